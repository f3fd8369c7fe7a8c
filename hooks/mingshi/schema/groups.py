"""Groups of fields that several kinds share: files to offer, citations of law. Knows no particular kind."""

import re
from typing import ClassVar

from mingshi.schema.record import Model, about
from mingshi.schema.texts import Text
from mingshi.schema.types import DownloadPath, Plain, Url


class File(Model):
    path: DownloadPath = about(
        "檔案，放在這一類的資料夾裡", "File, inside the folder of its kind", example="files/unemployment-claim.odt"
    )
    label: Text = about("檔案說明", "What it is", example={"zh": "空白表單", "en": "Blank form"})


class Law(Model):
    """法令依據."""

    in_short: ClassVar[str] = "law-in-short"

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:
        """就業保險法第11條. Paragraphs and items stay with the name, which loses nothing."""
        match = re.fullmatch(r"(.+?)\s*第\s*([0-9]+(?:-[0-9]+)?)\s*條", text)
        return {"law": match[1], "article": match[2]} if match else {"law": text}

    law: Text = about("法規名稱", "Name of the law", example={"zh": "就業保險法", "en": "Employment Insurance Act"})
    article: Plain | None = about("條號", "Article", None, example="11")
    url: Url | None = about(
        "法規網址",
        "Address of the text",
        None,
        example="https://law.moj.gov.tw/LawClass/LawSingle.aspx?pcode=N0050021&flno=11",
    )
    about_: Text | None = about(
        "這一條規定什麼", "What it says", None, example={"zh": "誰可以領", "en": "Who may claim"}, alias="about"
    )
