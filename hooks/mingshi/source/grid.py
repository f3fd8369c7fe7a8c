"""A table as it stands in a file: rows of cells that are text, and the place of every cell. Knows no heading."""

from collections.abc import Callable
from dataclasses import dataclass

from mingshi.problems import Mark, Problem
from mingshi.source.document import SourceFile

CellPlace = Callable[[int, int], Mark]
"""(number of the row, index of the column from 0) → mark."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds anything. Its number is the author's, counted from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet of a workbook, or a CSV file, which has no name."""

    file: SourceFile
    rows: tuple[Row, ...]
    place: CellPlace
    sheet: str = ""
    hidden: bool = False
    numbers: frozenset[tuple[int, int]] = frozenset()
    """Row number and column index of the cells that hold a number, not text."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with the sheet itself; it counts only where the sheet is used."""


@dataclass(frozen=True, slots=True)
class Grids:
    """What a file of tables gave: sheets, problems, or both."""

    sheets: tuple[Grid, ...] = ()
    problems: tuple[Problem, ...] = ()
