"""What every record has in common, and the row that describes a kind. Knows no particular kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo

from mingshi.problems import Fault
from mingshi.schema.reading import refuse
from mingshi.schema.texts import Text, Words
from mingshi.schema.types import CakeCode, Date, Months, ServiceCode, Slug, ThemeCode


def about(zh: str, en: str, default: Any = ..., *, example: object = None, alias: str | None = None) -> Any:
    """A field with its explanation in both languages; starters and editors show it."""
    examples = None if example is None else [example]
    return Field(default, description=f"{zh}\n{en}", examples=examples, alias=alias)


def explained(info: FieldInfo) -> dict[str, str]:
    """What `about` said, by author language."""
    zh, _, en = (info.description or "").partition("\n")
    return {"zh": zh, "en": en}


class Model(BaseModel):
    """A frozen group of fields that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True)


class Checked(Model):
    """A group whose fields depend on each other."""

    def faults(self) -> Iterator[Fault]:
        """Faults that no single field shows; asked only when every field is right by itself."""
        yield from ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        faults = list(self.faults())
        if faults:
            raise refuse(*faults)
        return self


class Period(Checked):
    from_: Date | None = about("開始日", "First day", None, example="2026-01-01", alias="from")
    until: Date | None = about("結束日（含當日）", "Last day, included", None, example="2026-12-31")

    def faults(self) -> Iterator[Fault]:
        if self.from_ and self.until and self.until < self.from_:
            start = {"start": self.from_.isoformat()}
            yield Fault("until-before-from", ("until",), self.until.isoformat(), facts=start)


class Category(Model):
    """主題、施政、服務三種分類。"""

    theme: ThemeCode | None = about("主題分類代碼", "Theme code", None, example="610")
    cake: CakeCode | None = about("施政分類代碼", "Administration code", None, example="C21")
    service: ServiceCode | None = about("服務分類代碼", "Service code", None, example="A50")


class Record(Checked):
    """The fields that every published record has."""

    title_field: ClassVar[str] = "title"

    id: Slug = about(
        "代號，也就是網址；省略時用檔名", "Id and web address; the file name if left out", "", example="my-record"
    )
    published: Date = about("發布日期", "Day of publication", example="2026-01-02")
    reviewed: Date | None = about("最近一次檢視日期", "Day of the last review", None, example="2026-10-01")
    updated: Date | None = about(
        "內容更新日期；省略時同檢視日期",
        "Day of the last change; the day of review if left out",
        None,
        example="2026-10-01",
    )
    review_every: Months | None = about("多久檢視一次", "How often it is reviewed", None, example="6 months")
    valid: Period | None = about("公開期間", "When it is shown", None)
    illustrative: bool = about("內容為展示用的假設值", "The values are for demonstration only", False, example=True)
    aliases: Words | None = about(
        "民眾會用的說法", "Words that citizens use", None, example={"zh": ["失業補助"], "en": ["dole"]}
    )
    category: Category | None = about("分類代碼", "Classification codes", None)

    @property
    def title_text(self) -> Text:
        title: Text = getattr(self, self.title_field)
        return title

    @property
    def last_updated(self) -> date:
        return self.updated or self.reviewed or self.published

    def faults(self) -> Iterator[Fault]:
        for field in ("reviewed", "updated"):
            day: date | None = getattr(self, field)
            if day and day < self.published:
                facts = {"start": self.published.isoformat()}
                yield Fault("date-order", (field,), day.isoformat(), facts=facts)


@dataclass(frozen=True, slots=True)
class Kind:
    """A row of the table of kinds."""

    name: str
    model: type[Model]
    folder: str
    flat: bool = False
    """Whether a row of a table can hold a whole record."""
