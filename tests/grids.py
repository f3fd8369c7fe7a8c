"""Tables without a file format: sheets of plain rows, read as if a workbook had held them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from mingshi import source
from mingshi.catalogue import Catalogue, fallback
from mingshi.exports.workbook import Cell, Workbook
from mingshi.loading import Entry, TableRow
from mingshi.problems import At, Mark
from mingshi.schema.record import Kind, Record, Row
from mingshi.schema.types import Reference
from mingshi.source import SourceFile, grid
from mingshi.source.grid import Grid, Grids
from office import found, office

Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, the empty ones too; `numbers` names the cells that hold a number."""

    rows: Rows
    name: str = ""
    numbers: frozenset[str] = frozenset()
    hidden: bool = False

    def grid(self, file: SourceFile) -> Grid:
        filled = tuple(grid.Row(number, tuple(row)) for number, row in enumerate(self.rows, 1) if any(row))
        places = [(row.number, column) for row in filled for column in range(len(row.cells))]
        numbers = frozenset(place for place in places if cell_name(*place) in self.numbers)

        def place(row: int, column: int) -> Mark:
            return Mark(file.name, row, column + 1, self.name, cell_name(row, column) if self.name else "")

        return Grid(file, filled, place, self.name, self.hidden, numbers)


def cell_name(row: int, column: int) -> str:
    """(5, 2) → C5"""
    letters = chr(ord("A") + column % 26)
    return f"{chr(ord('A') + column // 26 - 1) if column >= 26 else ''}{letters}{row}"


def rows(text: str) -> list[list[str]]:
    """One line a row, `|` between cells; `↵` is a line break in a cell."""
    lines = text.strip("\n").split("\n")
    return [[cell.strip().replace("↵", "\n") for cell in line.split("|")] for line in lines]


def sheet(text: str, name: str = "", *numbers: str, hidden: bool = False) -> Sheet:
    return Sheet(rows(text), name, frozenset(numbers), hidden)


def tables(workbook: Workbook) -> list[Sheet]:
    """The sheets of a workbook as a reader gives them back."""
    return [
        Sheet(
            [[column.heading for column in own.columns], *([_text(cell) for cell in row] for row in own.rows)], own.name
        )
        for own in workbook.sheets
    ]


def _text(cell: Cell) -> str:
    return "" if cell is None else cell.isoformat() if isinstance(cell, date) else str(cell)


def nowhere(_at: At, _on_key: bool) -> Mark:
    return Mark("x.yml")


def office_of(kind: Kind, rows: Sequence[Row]) -> Catalogue:
    """A catalogue that holds these records alone."""
    if not issubclass(kind.model, Record):
        return replace(fallback(), rows={kind.name: tuple(TableRow(row, nowhere) for row in rows)})
    refs = {Reference(f"{kind.name}:{row.id}"): row for row in rows if isinstance(row, Record)}
    return replace(fallback(), entries={ref: Entry(ref, kind, row, nowhere) for ref, row in refs.items()})


class Book:
    """Offices of which one file is a workbook of these sheets."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.monkeypatch = monkeypatch

    def office(self, name: str, *sheets: Sheet, **files: str) -> Path:
        """An office with data/`name`.ods and what else is given: `faqs__x` is data/faqs/x.yml."""

        def read(file: SourceFile) -> Grids:
            return Grids(tuple(own.grid(file) for own in sheets))

        self.monkeypatch.setitem(source._GRIDS, ".ods", read)
        more = {f"{key.replace('__', '/')}.yml": text for key, text in files.items()}
        return office(self.folder, {f"{name}.ods": "", **more})

    def problems(self, name: str, *sheets: Sheet, **files: str) -> list[tuple[str, str]]:
        """Where and what, without the name of the file: ("申辦項目!C5", "bad-date")."""
        reported = found(self.office(name, *sheets, **files))
        assert {problem.mark.file for problem in reported} <= {f"data/{name}.ods"}
        return [(_place(problem.mark), problem.code) for problem in reported]


def _place(mark: Mark) -> str:
    return "!".join(filter(None, (mark.sheet, mark.cell))) or cell_name(mark.line, mark.column - 1)
