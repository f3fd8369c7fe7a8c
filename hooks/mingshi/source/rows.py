"""Grids → documents, one a record: headings become paths, child sheets join their records. Knows no type."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mingshi.problems import At, Fault, Mark, Problem, nearest, problem
from mingshi.source.document import Document, Reading, SourceFile, Value
from mingshi.source.grid import Grids, Row
from mingshi.source.headings import Column, Heads, heads
from mingshi.source.layout import EACH, ORDER, RECORD, Layout
from mingshi.source.nesting import closed, fill, numbered
from mingshi.source.refining import refine

MOST_DIGITS = 9
"""Of the number that orders a row."""


def documents(file: SourceFile, grids: Grids, layout: Layout) -> Reading:
    """Every record of the sheets, and what is wrong with their form."""
    sheets, problems = heads(file, grids, layout)
    reading = _Joining(layout, [*grids.problems, *problems])
    for sheet in sheets:
        if not sheet.layout.levels:
            reading.records(sheet)
    for sheet in sheets:
        if sheet.layout.levels:
            reading.children(sheet)
    headings = tuple(
        (column.at, sheet.grid.place(sheet.header.number, column.index)) for sheet in sheets for column in sheet.columns
    )
    found = tuple(Document(file, closed(own.values), own.place, True, False, own.refine) for own in reading.found)
    return Reading(found, tuple(reading.problems), tuple(_plain_headings(headings)))


def _plain_headings(headings: Iterable[tuple[At, Mark]]) -> Iterator[tuple[At, Mark]]:
    """Paths as a schema knows them, without what only sheets have."""
    for at, mark in headings:
        if at[0] not in (RECORD, ORDER):
            yield tuple(0 if step == EACH else step for step in at), mark


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a sheet, and which path of its record each of its cells holds."""

    sheet: Heads
    row: Row
    parts: tuple[tuple[At, Mapping[At, int]], ...]
    """The paths of an entry and, below it, those of its cells."""
    prefix: At = ()
    """The path of the innermost entry."""

    @property
    def cells(self) -> dict[At, int]:
        """Path → column. Worked out only for problems: it takes longer than reading the row."""
        return {(*at, *rest): column for at, rests in self.parts for rest, column in numbered(rests).items()}

    def mark(self, column: int) -> Mark:
        return self.sheet.grid.place(self.row.number, column)


@dataclass(slots=True)
class _Own:
    """A record while its rows are gathered."""

    values: dict[str, Value]
    lines: list[_Line] = field(default_factory=list)

    def place(self, at: At, on_key: bool = False) -> Mark:
        line, column = self._cell(at)
        if on_key:
            return line.sheet.grid.place(line.sheet.header.number, column)
        return line.mark(column)

    def refine(self, fault: Fault) -> Fault:
        for line in self.lines:
            column = line.cells.get(fault.at)
            if column is not None and (line.row.number, column) in line.sheet.grid.numbers:
                return refine(fault)
        return fault

    def _cell(self, at: At) -> tuple[_Line, int]:
        """The cell of a path, else a filled one inside it, else the one around it, else where its column would be."""
        for length in range(len(at), 0, -1):
            own = at[:length]
            for line in self.lines:
                for path, column in line.cells.items():
                    if path[:length] == own:
                        return line, column
            for line in self.lines:
                for head in line.sheet.columns:
                    if _template(head, line.prefix) == own:
                        return line, head.index
        return self.lines[0], self.lines[0].sheet.first


def _template(column: Column, prefix: At) -> At:
    """The path that a column has in the rows of an entry."""
    numbers = iter(step for step in prefix if isinstance(step, int))
    return tuple(next(numbers, 0) if step == EACH else step for step in column.at)


class _Joining:
    """Gathers rows into records."""

    def __init__(self, layout: Layout, problems: list[Problem]) -> None:
        self.layout = layout
        self.problems = problems
        self.found: list[_Own] = []
        self.by_id: dict[str, _Own] = {}
        self.told: set[tuple[str, str]] = set()
        """Lists that were found in two places: told once, not in every row."""
        self.orders: dict[tuple[str, tuple[str, ...], int], Mark] = {}

    def records(self, sheet: Heads) -> None:
        for row in sheet.body:
            rests = {column.at: column.index for column in sheet.columns if _filled(row, column.index)}
            if not rests:
                continue
            values: dict[str, Value] = {}
            fill(values, {at: row.cells[column] for at, column in rests.items()})
            own = _Own(values, [_Line(sheet, row, (((), rests),))])
            record_id = values.get("id")
            told = rests.get(self.layout.example_at)
            if told is not None and _cell(row, told) == self.layout.example:
                self._fault(Fault("example-row", found=self.layout.example), sheet, row, told)
                self.by_id.setdefault(self.layout.example, own)
                continue
            self.found.append(own)
            if isinstance(record_id, str):
                self.by_id.setdefault(record_id, own)

    def children(self, sheet: Heads) -> None:
        key = next((column.index for column in sheet.columns if column.at == (RECORD,)), None)
        if key is None:
            fault = Fault("sheet-without-key", found=sheet.grid.sheet, expected=sheet.layout.labels[0])
            self._fault(fault, sheet, sheet.header, 0)
            return
        order = next((column.index for column in sheet.columns if column.at == (ORDER,)), None)
        rows = [(self._order(sheet, row, order, key), number, row) for number, row in enumerate(sheet.body)]
        for _, _, row in sorted(rows, key=lambda entry: entry[:2]):
            self._child(sheet, row, key)

    def _child(self, sheet: Heads, row: Row, key: int) -> None:
        record_id = _cell(row, key)
        if record_id == self.layout.example and record_id:
            if not self.by_id.get(record_id):
                self._fault(Fault("example-row", found=record_id), sheet, row, key)
            return
        own = self.by_id.get(record_id)
        if own is None:
            code = "row-without-record" if record_id else "row-without-key"
            self._fault(Fault(code, found=record_id, nearest=_nearest(record_id, self.by_id)), sheet, row, key)
            return
        outer = sheet.layout.levels[0]
        column = next((column for path, column in own.lines[0].parts[0][1].items() if path[0] == outer), None)
        if column is not None:
            if (record_id, outer) in self.told:
                return
            self.told.add((record_id, outer))
            fault = Fault("list-twice", found=sheet.grid.sheet, facts={"other": str(own.lines[0].mark(column))})
            self._fault(fault, sheet, row, key)
            return
        self._join(own, sheet, row)

    def _join(self, own: _Own, sheet: Heads, row: Row) -> None:
        """Put the row into the lists of its record, level by level."""
        here = own.values
        prefix: At = ()
        parts: list[tuple[At, Mapping[At, int]]] = []
        for depth, level in enumerate(sheet.layout.levels, 1):
            rests = {
                column.at[2 * depth :]: column.index
                for column in sheet.columns
                if column.at.count(EACH) == depth and _filled(row, column.index)
            }
            last = depth == len(sheet.layout.levels)
            if not rests and (last or level in sheet.layout.optional):
                continue
            entries = here.setdefault(level, [])
            assert isinstance(entries, list)
            at = None if last else _with_id(entries, _cell(row, rests.get(("id",))))
            known = at is not None
            if at is None:
                entries.append({})
                at = len(entries) - 1
            entry = entries[at]
            assert isinstance(entry, dict)
            prefix = (*prefix, level, at)
            texts = {rest: row.cells[column] for rest, column in rests.items()}
            clash = fill(entry, texts)
            if known:
                for rest in clash:
                    self._fault(Fault("group-differs", found=texts[rest]), sheet, row, rests[rest])
            parts.append((prefix, rests))
            here = entry
        own.lines.append(_Line(sheet, row, tuple(parts), prefix))

    def _order(self, sheet: Heads, row: Row, order: int | None, key: int) -> tuple[str, float]:
        """Where a row stands among those of its record; as written where it does not say."""
        record_id, text = _cell(row, key), _cell(row, order)
        if not text:
            return record_id, float("inf")
        if not text.isdecimal() or len(text) > MOST_DIGITS:
            self._fault(Fault("bad-order", found=text, expected="number"), sheet, row, order or 0)
            return record_id, float("inf")
        number = int(text)
        mark = sheet.grid.place(row.number, order or 0)
        first = self.orders.setdefault((record_id, sheet.layout.levels, number), mark)
        if first != mark:
            fault = Fault("order-twice", found=text, facts={"record": record_id, "other": str(first)})
            self.problems.append(problem(fault, mark, [first]))
        return record_id, float(number)

    def _fault(self, fault: Fault, sheet: Heads, row: Row, column: int) -> None:
        self.problems.append(problem(fault, sheet.grid.place(row.number, column)))


def _cell(row: Row, column: int | None) -> str:
    return row.cells[column].strip() if column is not None and column < len(row.cells) else ""


def _filled(row: Row, column: int) -> bool:
    return bool(_cell(row, column))


def _with_id(entries: list[Value], entry_id: str) -> int | None:
    for index, entry in enumerate(entries):
        if entry_id and isinstance(entry, dict) and entry.get("id") == entry_id:
            return index
    return None


def _nearest(record_id: str, ids: Iterable[str]) -> str:
    return nearest(record_id, ids) if record_id else ""
