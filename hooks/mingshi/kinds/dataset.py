"""開放資料: tables that anybody may reuse, with every column explained."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from mingshi.problems import Fault
from mingshi.schema.groups import File
from mingshi.schema.record import Kind, Model, Period, Record, about
from mingshi.schema.texts import Text, Words
from mingshi.schema.types import Plain, Reference, To

Frequency = Literal["day", "week", "month", "quarter", "half-year", "year", "irregular", "once"]


class DataField(Model):
    """資料表的一個欄位."""

    name: Plain = about("欄位名稱，與檔案裡的標題相同", "Name of the column, as in the file", example="件數")
    about_: Text = about(
        "欄位說明", "What it holds", example={"zh": "當季收件數", "en": "Cases received in the quarter"}, alias="about"
    )
    type: Literal["text", "number", "date", "code"] = about(
        "型態：text 文字、number 數字、date 日期、code 代碼",
        "Type: text, number, date or code",
        "text",
        example="number",
    )


class Dataset(Record):
    title: Text = about(
        "資料集名稱", "Name of the dataset", example={"zh": "各申辦項目每季件數", "en": "Cases by service and quarter"}
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="general-affairs")
    summary: Text = about(
        "這份資料說明什麼",
        "What the data tell",
        example={"zh": "每季收件與依限辦結的件數。", "en": "Cases received and closed in time, by quarter."},
    )
    frequency: Frequency = about(
        "更新頻率：day 每日、week 每週、month 每月、quarter 每季、half-year 每半年、year 每年、irregular 不定期、"
        "once 不更新",
        "How often it is renewed: day, week, month, quarter, half-year, year, irregular or once",
        example="quarter",
    )
    coverage: Period | None = about(
        "資料期間", "Period covered", None, example={"from": "2025-01-01", "until": "2026-09-30"}
    )
    keywords: Words | None = about("關鍵字", "Keywords", None, example={"zh": ["件數"], "en": ["cases"]})
    fields: Annotated[tuple[DataField, ...], Field(min_length=1)] = about("欄位", "Columns")
    files: Annotated[tuple[File, ...], Field(min_length=1)] = about("檔案", "Files")
    note: Text | None = about(
        "備註", "Remark", None, example={"zh": "未滿5件的格子以「-」表示。", "en": "Cells below 5 cases read “-”."}
    )

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        names = [field.name for field in self.fields]
        for index, name in enumerate(names):
            if name in names[:index]:
                yield Fault("column-twice", ("fields", index, "name"), name)


KIND = Kind("dataset", Dataset, "datasets", section="open-data", sheets=("fields",))
