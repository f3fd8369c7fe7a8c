"""What the sheets of a workbook hold, gathered while its file is read; and what is wrong with them. Opens nothing."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingshi.problems import Fault, Mark, problem
from mingshi.source.document import SourceFile
from mingshi.source.grid import Grid, Row
from mingshi.source.text import INVISIBLE
from mingshi.source.workbook.archive import RefusedError
from mingshi.source.workbook.values import clean, is_error

SHEETS, ROWS, COLUMNS = 1000, 50_000, 500
BOX = 2_000_000
"""So many cells the used part of a sheet may span, and a workbook may hold."""
CHARACTERS = 64 * 1024 * 1024
RANGES = 50_000
INVISIBLES = 1000
"""So many cells with characters that nobody sees are told one by one."""

_CONSTANTS = frozenset({"=TRUE()", "=FALSE()"})
"""LibreOffice makes formulas of the truth values it finds in an XLSX file."""

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column; all count from 1."""


@dataclass(slots=True)
class _Group:
    """Cells of one column that have the same fault: the first one, and how many."""

    row: int
    column: int
    found: str
    count: int = 0


@dataclass(slots=True)
class Sheet:
    """A sheet while it is gathered. Rows and columns count from 1."""

    name: str
    book: "Book"
    hidden: bool = False
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    numbers: set[tuple[int, int]] = field(default_factory=set)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    groups: dict[tuple[str, int], _Group] = field(default_factory=dict)
    invisible: list[tuple[int, int, str]] = field(default_factory=list)
    widest: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """A value that is no text of the author's: a date, a percentage."""
        if not text:
            return
        cells = self.rows.get(row)
        if cells is None or column > self.widest:
            cells = self._make_room(row, column)
        cells[column] = text
        self.book.count(len(text))

    def _make_room(self, row: int, column: int) -> dict[int, str]:
        self.widest = max(self.widest, column)
        self.reach(row, self.widest)
        cells = self.rows.setdefault(row, {})
        if len(self.rows) > ROWS:
            raise self.too_large(row, column)
        return cells

    def put_number(self, row: int, column: int, text: str) -> None:
        self.put(row, column, text)
        self.numbers.add((row, column))

    def put_text(self, row: int, column: int, raw: str) -> None:
        text, blanks = clean(raw)
        if blanks:
            self.note("cell-spaces", row, column, text)
        invisible = INVISIBLE.search(text)
        if invisible and len(self.invisible) < INVISIBLES:
            self.invisible.append((row, column, f"U+{ord(invisible[0]):04X}"))
        if is_error(text):
            self.put_error(row, column, text)
        else:
            self.put(row, column, text)

    def put_error(self, row: int, column: int, text: str) -> None:
        self.note("formula-error", row, column, text)
        self.put(row, column, text)

    def put_formula(self, row: int, column: int, formula: str, has_value: bool) -> None:
        """A formula; its value is put before, if there is one."""
        text = self.rows.get(row, {}).get(column, "")
        if not has_value:
            self.reach(row, column)
            self.note("formula-without-value", row, column, formula)
        elif text and not is_error(text) and formula not in _CONSTANTS:
            self.note("formula-cell", row, column, formula)

    def merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if len(self.merged) >= RANGES:
            raise RefusedError(Fault("sheet-bomb"))
        self.merged.append((top, left, bottom, right))

    def note(self, code: str, row: int, column: int, found: str) -> None:
        group = self.groups.get((code, column))
        if group is None:
            group = self.groups[code, column] = _Group(row, column, found)
        group.count += 1

    def reach(self, row: int, column: int) -> None:
        """Refuse a cell so far away that nobody meant to write there."""
        if column > COLUMNS or row * column > BOX:
            raise self.too_large(row, column)

    def too_large(self, row: int, column: int) -> RefusedError:
        limits = {"rows": f"{ROWS:,}", "columns": str(COLUMNS), "cells": f"{BOX:,}"}
        fault = Fault("sheet-too-large", found=cell_name(row, column), facts=limits)
        return RefusedError(fault, self.name, row, column)


@dataclass(slots=True)
class Book:
    """All sheets of a workbook, and how much they hold together."""

    sheets: list[Sheet] = field(default_factory=list)
    cells: int = 0
    characters: int = 0

    def sheet(self, name: str, hidden: bool) -> Sheet:
        if len(self.sheets) >= SHEETS:
            raise RefusedError(Fault("sheet-bomb"))
        plain = INVISIBLE.sub("", " ".join(name.split()))
        self.sheets.append(Sheet(plain or f"#{len(self.sheets) + 1}", self, hidden))
        return self.sheets[-1]

    def count(self, length: int) -> None:
        self.cells += 1
        self.characters += length
        if self.cells > BOX or self.characters > CHARACTERS:
            raise RefusedError(Fault("sheet-bomb"))


def as_grid(file: SourceFile, sheet: Sheet) -> Grid:
    """The finished sheet, with what is wrong with it."""

    def place(row: int, column: int) -> Mark:
        return Mark(file.name, row, column + 1, sheet.name, cell_name(row, column + 1))

    numbers = sorted(sheet.rows)
    return Grid(
        file=file,
        rows=tuple(Row(number, _cells(sheet.rows[number])) for number in numbers),
        place=place,
        sheet=sheet.name,
        hidden=sheet.hidden,
        numbers=frozenset((row, column - 1) for row, column in sheet.numbers),
        problems=tuple(
            problem(fault, place(row, column - 1))
            for fault, row, column in (*_grouped(sheet), *_merged(sheet, numbers), *_hidden(sheet, numbers))
        ),
    )


def cell_name(row: int, column: int) -> str:
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """3 → C, 28 → AB"""
    name = ""
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_number(name: str) -> int:
    """C → 3, AB → 28"""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


Found = tuple[Fault, int, int]
"""A fault, and the row and column of its cell."""


def _cells(cells: dict[int, str]) -> tuple[str, ...]:
    return tuple(cells.get(column, "") for column in range(1, max(cells) + 1))


def _grouped(sheet: Sheet) -> Iterator[Found]:
    for (code, _), group in sheet.groups.items():
        yield Fault(code, found=group.found, facts={"n": group.count}), group.row, group.column
    for row, column, found in sheet.invisible:
        yield Fault("control-character", found=found), row, column


def _merged(sheet: Sheet, numbers: list[int]) -> Iterator[Found]:
    last = numbers[-1] if numbers else 0
    area = 0
    for top, left, bottom, right in sheet.merged:
        columns = range(left, min(right, sheet.widest) + 1)
        area += len(range(top, min(bottom, last) + 1)) * len(columns)
        # Ranges that do not overlap are smaller together than what the sheet uses.
        if area > BOX:
            raise RefusedError(Fault("sheet-bomb"))
        rows = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)] if columns else []
        if any(column in sheet.rows[row] for row in rows for column in columns):
            yield Fault("merged-cells", found=f"{cell_name(top, left)}:{cell_name(bottom, right)}"), top, left


def _hidden(sheet: Sheet, numbers: list[int]) -> Iterator[Found]:
    for first, last in _runs(sheet.hidden_rows):
        filled = numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]
        if filled:
            found = _span(str(filled[0]), str(filled[-1]))
            yield Fault("hidden-row", found=found), filled[0], min(sheet.rows[filled[0]])
    tops: dict[int, int] = {}
    for row in numbers if sheet.hidden_columns else ():
        for column in sheet.rows[row]:
            tops.setdefault(column, row)
    for first, last in _runs(sheet.hidden_columns):
        filled = sorted(column for column in tops if first <= column <= last)
        if filled:
            found = _span(column_name(filled[0]), column_name(filled[-1]))
            yield Fault("hidden-column", found=found), tops[filled[0]], filled[0]


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _runs(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans in order, those that touch joined."""
    start = end = 0
    for first, last in sorted(spans):
        if first > end + 1 or not end:
            if end:
                yield start, end
            start, end = first, last
        end = max(end, last)
    if end:
        yield start, end
