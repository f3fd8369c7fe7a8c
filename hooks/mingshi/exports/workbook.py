"""A workbook to be written: sheets with headings, help, drop-downs and rows. Knows neither kinds nor file formats."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from math import ceil
from typing import Literal

Cell = str | int | date | None
Type = Literal["text", "number", "date", "choice", "list"]

FIRST_DATE = date(1900, 3, 1)
"""Before it spreadsheets count days differently, so an earlier date is written as text."""
EXACT = 10**15
"""From here on spreadsheets lose the last digits of a number, so it is written as text."""
MOST_ROWS = 1_000_000
MOST_LINES = 24
SPARE_ROWS = 2000
"""Rows below the data that have drop-downs and checks."""

REQUIRED, REQUIRED_HEADING = "是 Yes", "必填 Required"
HELP_WIDTHS = (28, 76, 16)
HELP_HEADINGS = ("欄位 Column", "說明 Help", REQUIRED_HEADING)
_PICK = "請從選單裡選一項。\nPlease pick one from the list."
_DATE = "請填西元日期，例如 2026-03-05。\nPlease enter a date such as 2026-03-05."
_NUMBER = "請填 0 以上的整數。\nPlease enter a whole number, 0 or more."

_NAME = re.compile(r"(?!')[^\[\]:*?/\\]{1,31}(?<!')")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Column:
    heading: str
    help: str
    """What belongs here, in both languages, one a line."""
    type: Type = "text"
    choices: tuple[str, ...] = ()
    """What the drop-down offers; of a list, one of these may be picked or several be written."""
    required: bool = False
    width: int = 16
    """In Latin characters."""

    @property
    def title(self) -> str:
        return _clip(self.heading, 32)

    @property
    def prompt(self) -> str:
        """The help that stands beside a cell; Excel allows 255 characters."""
        return _clip(self.comment, 255)

    @property
    def comment(self) -> str:
        return "\n".join(line for line in (REQUIRED_HEADING if self.required else "", self.help) if line)

    @property
    def comment_lines(self) -> int:
        """How many lines the comment fills that is 36 characters wide."""
        return lines(self.comment, 36)

    @property
    def refusal(self) -> str:
        """What is said to who types something that the column cannot hold; nothing where all is allowed."""
        if self.type == "choice":
            return _PICK if self.choices else ""
        return {"date": _DATE, "number": _NUMBER}.get(self.type, "")

    @property
    def checked(self) -> bool:
        """Whether its cells say or refuse anything."""
        return bool(self.prompt or self.choices or self.refusal)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()

    def __post_init__(self) -> None:
        _refuse_name(self.name)
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"{self.name} has {len(self.rows)} rows; a sheet holds {MOST_ROWS}")
        for column in self.columns:
            _refuse_illegal(self.name, (column.heading, column.help, *column.choices))
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"a row of {self.name} has {len(row)} cells, not {len(self.columns)}")
            _refuse_illegal(self.name, row)


@dataclass(frozen=True, slots=True)
class Workbook:
    sheets: tuple[Sheet, ...]
    help_name: str = "說明 Help"
    lists_name: str = "選單 Lists"
    """The hidden sheet that holds what drop-downs offer."""
    note: tuple[str, ...] = ()
    """Lines at the head of the help sheet."""
    title: str = ""
    """Of the document; without it the name of the first sheet."""

    def __post_init__(self) -> None:
        names = [name.casefold() for name in (*(sheet.name for sheet in self.sheets), self.help_name, self.lists_name)]
        if not self.sheets or len(set(names)) < len(names):
            raise ValueError("a workbook needs sheets, each with a name of its own")
        _refuse_name(self.help_name)
        _refuse_name(self.lists_name)
        _refuse_illegal(self.help_name, (self.title, *self.note))

    @property
    def heading(self) -> str:
        return self.title or self.sheets[0].name

    def lists(self) -> Sheet:
        """The hidden sheet: a column for each different set of choices."""
        offers = {column.choices: column for sheet in self.sheets for column in sheet.columns if column.choices}
        columns = tuple(Column(column.heading, "", choices=choices) for choices, column in offers.items())
        return Sheet(self.lists_name, columns, tuple(zip_longest(*offers)))

    def help(self) -> Iterator[tuple[Literal["title", "note", "heading", "text"], tuple[str, ...]]]:
        """The rows of the help sheet and how each is to look."""
        yield "title", (self.heading,)
        yield from (("note", (line,)) for line in self.note)
        for sheet in self.sheets:
            yield "note", ()
            yield "title", (sheet.name,)
            yield "heading", HELP_HEADINGS
            for column in sheet.columns:
                yield "text", (column.heading, column.help, REQUIRED if column.required else "")


def writable(value: int | date) -> Cell:
    """The number or date as it can be written without loss: beyond what spreadsheets count exactly, as text."""
    if isinstance(value, date):
        return value if value >= FIRST_DATE else value.isoformat()
    return value if -EXACT < value < EXACT else str(value)


def tallness(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """How many lines a row needs, up to a page of them: LibreOffice takes a minute to find out for 10,000 rows."""
    needs = [lines(text, width) for text, width in zip(row, widths, strict=True) if isinstance(text, str)]
    return min(max(needs, default=1), MOST_LINES)


def length(text: str) -> int:
    """As Excel counts it: an emoji is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def lines(text: str, width: int) -> int:
    """How many lines a text fills, a Chinese character being as wide as two others: it has three bytes, not one."""
    if "\n" in text:
        return sum(lines(line, width) for line in text.split("\n"))
    return max(1, ceil((len(text) + len(text.encode())) / 2 / width))


def _refuse_name(name: str) -> None:
    if not _NAME.fullmatch(name) or length(name) > 31:
        raise ValueError(f"{name!r} cannot name a sheet")
    _refuse_illegal(name, (name,))


def _refuse_illegal(where: str, texts: tuple[Cell, ...]) -> None:
    found = _ILLEGAL.search("".join([text for text in texts if isinstance(text, str)]))
    if found:
        raise ValueError(f"{where!r}: a file cannot hold the character {found[0]!r}")


def _clip(text: str, limit: int) -> str:
    if length(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * limit - 2].decode("utf-16-le", "ignore") + "…"
