"""Sheets of a file → those that hold records, with their heading row understood. Joins nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingshi.problems import At, Fault, Mark, Problem, nearest, problem
from mingshi.source.document import SourceFile
from mingshi.source.grid import Grid, Grids, Row
from mingshi.source.layout import EACH, RECORD, Layout, SheetLayout, squeeze

LOOK = 10
"""So many rows may stand above the headings: a title, the name of the office."""
LONGEST = 200
"""A longer cell is no heading."""

_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_NUMBER = re.compile(r"[1-9][0-9]*")


@dataclass(frozen=True, slots=True)
class Column:
    index: int
    at: At


@dataclass(frozen=True, slots=True)
class Heads:
    """A sheet whose columns are known."""

    grid: Grid
    layout: SheetLayout
    header: Row
    columns: tuple[Column, ...]
    body: tuple[Row, ...]

    @property
    def first(self) -> int:
        return self.columns[0].index if self.columns else 0


def heads(file: SourceFile, grids: Grids, layout: Layout) -> tuple[list[Heads], list[Problem]]:
    problems: list[Problem] = []
    sheets = []
    for own, grid in _chosen(file, grids, layout, problems):
        start = _header(grid, own)
        header, body = grid.rows[start], grid.rows[start + 1 :]
        # A title above the table may be merged or hold what it likes.
        problems += [found for found in grid.problems if not grid.sheet or found.mark.line >= header.number]
        if start:
            problems.append(problem(Fault("rows-above-heading", found=_span(grid.rows[:start])), grid.place(1, 0)))
        columns = _columns(grid, own, header, body, problems, layout)
        body = _inside(grid, columns, body, problems)
        problems += _overflow(grid, header, body)
        sheets.append(Heads(grid, own, header, columns, body))
    return sheets, problems


def _chosen(
    file: SourceFile, grids: Grids, layout: Layout, problems: list[Problem]
) -> Iterator[tuple[SheetLayout, Grid]]:
    """The sheets that hold records, the main one first; a lone sheet may be called anything."""
    known = (layout.main, *layout.children)
    chosen: list[tuple[SheetLayout, Grid]] = []
    strangers: list[Grid] = []
    for grid in grids.sheets:
        name = squeeze(grid.sheet)
        if not grid.rows or name in layout.ignored:
            continue
        if grid.hidden:
            problems.append(problem(Fault("hidden-sheet", found=grid.sheet), Mark(file.name, sheet=grid.sheet)))
            continue
        own = next((sheet for sheet in known if name in sheet.names), None)
        if own is None:
            strangers.append(grid)
        else:
            chosen.append((own, grid))
    if strangers and not any(own is layout.main for own, _ in chosen):
        chosen.insert(0, (layout.main, strangers.pop(0)))
    names = [sheet.title for sheet in known]
    for grid in strangers:
        fault = Fault("sheet-unknown", found=grid.sheet, expected="、".join(names), nearest=nearest(grid.sheet, names))
        problems.append(problem(fault, Mark(file.name, sheet=grid.sheet)))
    yield from chosen


def _header(grid: Grid, layout: SheetLayout) -> int:
    """The index of the row of headings: the first that names two columns, or all that there are.

    A title alone in its row may read like the heading of a column.
    """
    first = [[cell for cell in row.cells if cell.strip()] for row in grid.rows[:LOOK]]
    known = [sum(_proposed(cell, layout) is not None for cell in filled) for filled in first]
    two = (index for index, number in enumerate(known) if number >= 2)
    every = (index for index, number in enumerate(known) if number == len(first[index]) > 0)
    return next(two, next(every, 0))


def _span(rows: tuple[Row, ...]) -> str:
    first, last = rows[0].number, rows[-1].number
    return str(first) if first == last else f"{first}–{last}"


def _columns(
    grid: Grid,
    layout: SheetLayout,
    header: Row,
    body: tuple[Row, ...],
    problems: list[Problem],
    whole: Layout,
) -> tuple[Column, ...]:
    columns: list[Column] = []
    for index, cell in enumerate(header.cells):
        heading = cell.strip()
        at = _meant(heading, layout)
        earlier = [column.at for column in columns]
        fault = None
        if at is None and heading and squeeze(heading) in whole.skipped:
            continue
        if not heading:
            used = any(index < len(row.cells) and row.cells[index].strip() for row in body)
            fault = Fault("header-empty") if used else None
        elif at is None:
            near = nearest(heading, layout.labels)
            fault = Fault("unknown-heading", found=heading, nearest=near)
        elif at in earlier:
            fault = Fault("header-twice", found=heading)
        elif any(_clash(at, other, whole) for other in earlier):
            fault = Fault("header-clash", found=heading)
        else:
            columns.append(Column(index, at))
        if fault is not None:
            problems.append(problem(fault, grid.place(header.number, index)))
    paths = [column.at for column in columns]
    return tuple(Column(column.index, _in_language(column.at, paths, whole)) for column in columns)


def _meant(heading: str, layout: SheetLayout) -> At | None:
    """`fields.1.name.zh` → ("fields", 0, "name", "zh"), and every name that the kind proposes."""
    known = _proposed(heading, layout)
    if known is not None or len(heading) > LONGEST or not _PATH.fullmatch(heading):
        return known
    first, *parts = heading.split(".")
    path = (first, *(int(part) - 1 if _NUMBER.fullmatch(part) else part for part in parts))
    levels = tuple(step for level in layout.levels for step in (level, EACH))
    return (*levels, *path)


def _proposed(heading: str, layout: SheetLayout) -> At | None:
    return layout.at(heading) if len(heading) <= LONGEST else None


def _clash(at: At, other: At, layout: Layout) -> bool:
    """Whether one path is inside the other; a text may have a column without a language beside one with."""
    longer, shorter = (at, other) if len(at) > len(other) else (other, at)
    inside = len(longer) > len(shorter) and longer[: len(shorter)] == shorter
    return inside and (shorter not in layout.texts or longer[len(shorter)] == layout.first)


def _in_language(at: At, paths: list[At], layout: Layout) -> At:
    beside = any(len(path) > len(at) and path[: len(at)] == at for path in paths)
    return (*at, layout.first) if beside and at in layout.texts else at


def _inside(grid: Grid, columns: tuple[Column, ...], body: tuple[Row, ...], problems: list[Problem]) -> tuple[Row, ...]:
    """The rows of the table; what stands below a gap without a key is a note, not a record."""
    keys = [column.index for column in columns if column.at[0] in (RECORD, "id")]
    inside: list[Row] = []
    for row in body:
        if not any(cell.strip() for cell in row.cells):  # blanks that a reader does not know as such
            continue
        last = inside[-1].number if inside else None
        keyed = any(index < len(row.cells) and row.cells[index].strip() for index in keys)
        if grid.sheet and keys and not keyed and last is not None and row.number > last + 1:
            column, cell = next((index, cell) for index, cell in enumerate(row.cells) if cell.strip())
            problems.append(problem(Fault("row-past-table", found=cell), grid.place(row.number, column)))
            break
        inside.append(row)
    return tuple(inside)


def _overflow(grid: Grid, header: Row, body: tuple[Row, ...]) -> Iterator[Problem]:
    width = len(header.cells)
    for row in body:
        extra = next((index for index in range(width, len(row.cells)) if row.cells[index].strip()), None)
        if extra is not None:
            yield problem(Fault("row-too-long", found=row.cells[extra]), grid.place(row.number, extra))
