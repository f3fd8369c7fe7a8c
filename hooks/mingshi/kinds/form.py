"""表單: what is asked, how a filled-in one looks, and the files to download."""

from itertools import groupby
from typing import Annotated, Literal

from pydantic import Field

from mingshi.schema.groups import File
from mingshi.schema.record import Kind, Model, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Plain, Reference, Slug, To


class FormField(Model):
    id: Slug = about("欄位代號", "Id of the field", example="full-name")
    label: Text = about("欄位名稱", "Label", example={"zh": "姓名", "en": "Full name"})
    part: Text | None = about(
        "表單的哪一部分；同一部分的欄位排在一起",
        "The part of the form it belongs to; fields of a part stand together",
        None,
        example={"zh": "申請人資料", "en": "About you"},
    )
    kind: Literal["text", "date", "number", "choice", "check", "signature"] = about(
        "類型：text 文字、date 日期、number 數字、choice 選項、check 勾選、signature 簽章",
        "Type: text, date, number, choice, check or signature",
        "text",
        example="text",
    )
    required: bool = about("是否必填", "Whether it must be filled in", True, example=True)
    note: Text | None = about(
        "填寫說明", "How to fill it in", None, example={"zh": "與身分證相同", "en": "As on your ID card"}
    )
    sample: Text | None = about("填寫範例", "A filled-in sample", None, example={"zh": "王○明", "en": "Wang, O-Ming"})


class Form(Record):
    title: Text = about(
        "表單名稱", "Name of the form", example={"zh": "失業給付申請書", "en": "Unemployment benefit claim"}
    )
    number: Plain | None = about("表單編號", "Form number", None, example="LB-01")
    version: Plain | None = about("版次", "Version", None, example="115.01")
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="employment-security")
    summary: Text = about(
        "什麼時候用這張表", "When to use it", example={"zh": "第一次申請失業給付時填寫。", "en": "For a first claim."}
    )
    services: tuple[Annotated[Reference, To("service")], ...] = about(
        "適用的申辦項目", "Services it is for", (), example=["unemployment-benefit"]
    )
    fields: Annotated[tuple[FormField, ...], Field(min_length=1)] = about("表單欄位", "Fields")
    files: tuple[File, ...] = about("可下載的檔案", "Files to download", ())

    @property
    def parts(self) -> list[tuple[Text | None, list[FormField]]]:
        """Fields by part, in the order of the form."""
        return [(part, list(fields)) for part, fields in groupby(self.fields, key=lambda field: field.part)]


KIND = Kind("form", Form, "forms", sheets=("fields",))
