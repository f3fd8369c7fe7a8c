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

HEADINGS, START = "x-headings", "x-start"


def about(
    zh: str,
    en: str,
    default: Any = ...,
    *,
    example: object = None,
    alias: str | None = None,
    also: tuple[str, ...] = (),
    start: bool = False,
) -> Any:
    """A field with its explanation in both languages; starters, editors and sheets show it.

    What stands before the first `；`, `：`, `，` or `（` is its label, the heading of its column; `also` names others.
    With `start`, a first record holds the field though it is optional.
    """
    examples = None if example is None else [example]
    more: Any = ({HEADINGS: list(also)} if also else {}) | ({START: True} if start else {})
    return Field(default, description=f"{zh}\n{en}", examples=examples, alias=alias, json_schema_extra=more or None)


def explained(info: FieldInfo) -> dict[str, str]:
    """What `about` said, by author language."""
    zh, _, en = (info.description or "").partition("\n")
    return {"zh": zh, "en": en}


def starts(info: FieldInfo) -> bool:
    return isinstance(info.json_schema_extra, dict) and START in info.json_schema_extra


class Model(BaseModel):
    """A frozen group of fields that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False, validate_by_alias=True)

    in_short: ClassVar[str] = ""
    """What a cell may say for the whole group, as the key of an expectation in the wording."""

    @classmethod
    def from_cell(cls, text: str) -> dict[str, str] | None:  # noqa: ARG003
        """The fields that a cell says in short (`3工作天`), None if it says none."""
        return None


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
    service: ServiceCode | None = about("服務分類代碼", "Service code", None, example="500")


class Row(Checked):
    """What a reference table holds a line of: looked up, never published as a page."""

    key_fields: ClassVar[tuple[str, ...]] = ("id",)
    """The fields that tell it from every other row."""

    @property
    def key(self) -> str:
        values = [getattr(self, name, None) or getattr(self, f"{name}_", "") for name in self.key_fields]
        return ":".join(value.first if isinstance(value, Text) else str(value) for value in values)


class Record(Row):
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
    valid: Period | None = about(
        "有效期間；公告過了結束日就離開清單",
        "When it holds; a notice leaves its list after it",
        None,
        also=("公開期間",),
    )
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

    @property
    def order(self) -> tuple[Any, ...]:
        """Where it stands in the list of its kind."""
        return (self.id,)

    def listed(self, today: date) -> bool:  # noqa: ARG002
        """Whether lists lead to it on that day; its page is always there."""
        return True

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
    """Its folder in data/, or its file."""
    section: str = ""
    """The first part of the URL of its pages; the folder if left out."""
    tabular: bool = True
    """Whether CSV and spreadsheets may hold its records."""
    sheets: tuple[str, ...] = ()
    """Lists with a sheet of their own, each as the way to it: `dimensions.indicators.measures`."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "section", self.section or self.folder)

    @property
    def single(self) -> bool:
        """Whether it is one file with one record."""
        return self.folder.endswith(".yml")
