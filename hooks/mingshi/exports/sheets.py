"""Records of a kind → the workbook that clerks fill: an empty one with an example, or all that there is."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mingshi.catalogue import Catalogue
from mingshi.exports import workbook
from mingshi.exports.workbook import Workbook
from mingshi.problems import At
from mingshi.schema.columns import EXAMPLE, Column, SheetColumns, example_at, sheets_of
from mingshi.schema.examples import example
from mingshi.schema.faults import plain
from mingshi.schema.folding import Cell, fold
from mingshi.schema.record import Kind, Row, explained
from mingshi.schema.shape import Shape, shape_of
from mingshi.source.layout import EACH, ORDER, RECORD

MOST_CHOICES = 500
"""A longer drop-down helps nobody."""
WIDE, MIDDLE, NARROW = 44, 22, 14

_NOTE = (
    "第一張工作表一列一筆資料；其他工作表用「資料代號」說明屬於哪一筆。",
    "One row a record in the first sheet; rows of the other sheets name their record.",
    "一格要填多個時，用「；」隔開，或一行一個。",
    "Put “;” between several entries in a cell, or write one a line.",
    "範例列請改成自己的資料，或刪掉。填好後存成 ODS 或 XLSX，放進 data 裡同名的資料夾。",
    "Replace or delete the example row. Save as ODS or XLSX into the folder of the same name in data/.",
)

Cells = dict[At, Cell]


def template(kind: Kind, catalogue: Catalogue, author: str) -> Workbook:
    """An empty workbook with an example, which is refused until it is replaced."""
    record = example(kind.model)
    key, *language = example_at(kind, catalogue.languages)
    if shape_of(kind.model).fields[str(key)].scalar is None:  # type: ignore[index]
        record[str(key)] = record[str(key)] | {language[0]: EXAMPLE} if language else EXAMPLE
    return _workbook(kind, catalogue, author, [record])


def export(kind: Kind, catalogue: Catalogue, author: str) -> Workbook:
    """Everything that the catalogue has of a kind."""
    return _workbook(kind, catalogue, author, [plain(row, catalogue.languages) for row in _rows(kind, catalogue)])


def _rows(kind: Kind, catalogue: Catalogue) -> list[Row]:
    return [entry.record for entry in catalogue.of(kind.name)] or [own.row for own in catalogue.rows.get(kind.name, ())]


def _workbook(kind: Kind, catalogue: Catalogue, author: str, records: Sequence[Mapping[str, Any]]) -> Workbook:
    filling = _Filling(catalogue, author, shape_of(kind.model))
    main, *children = sheets_of(kind, catalogue.languages)
    apart = frozenset(child.levels[0] for child in children)
    sheets = [filling.sheet(main, [filling.cells(record, apart) for record in records], apart)]
    sheets += [filling.sheet(child, list(filling.children(child, records)), frozenset()) for child in children]
    return Workbook(tuple(sheets), note=_NOTE, title=main.title[author])


@dataclass(frozen=True, slots=True)
class _Filling:
    """What the sheets of a kind have in common."""

    catalogue: Catalogue
    author: str
    shape: Shape

    def cells(
        self, values: Mapping[str, Any], without: Collection[str], shape: Shape | None = None, at: At = ()
    ) -> Cells:
        own = {key: value for key, value in values.items() if key not in without}
        return dict(fold(own, shape or self.shape, self.catalogue.languages.first.key, self.told, at))

    def children(self, sheet: SheetColumns, records: Sequence[Mapping[str, Any]]) -> Iterator[Cells]:
        for record in records:
            rows = self._below(record, self.shape, sheet.levels, (), {})
            for number, row in enumerate(rows, 1):
                yield {(RECORD,): record["id"], (ORDER,): number} | row

    def _below(
        self, values: Mapping[str, Any], shape: Shape, levels: tuple[str, ...], at: At, above: Cells
    ) -> Iterator[Cells]:
        """One row an entry of the innermost list, with what stands above it."""
        level, *deeper = levels
        item = (shape.fields or {}).get(level, Shape()).item
        here = (*at, level, EACH)
        for entry in values.get(level, ()) if item is not None else ():
            assert item is not None
            own = above | self.cells(entry, deeper, item, here)
            rows = list(self._below(entry, item, tuple(deeper), here, own)) if deeper else []
            yield from rows or [own]
        if deeper and any(later in values for later in deeper):
            # A level that is left out: measures without a sub-indicator.
            yield from self._below(values, shape, tuple(deeper), here, above)

    def sheet(self, sheet: SheetColumns, rows: Sequence[Cells], without: Collection[str | int]) -> workbook.Sheet:
        templates = {_template(column.at): column for column in sheet.columns}
        proposed = {_first(column.at, len(sheet.levels)) for column in sheet.columns if not column.whole}
        used = {at for row in rows for at in row} | {at for at in proposed if at[0] not in without}
        order = _Order(sheet)
        paths = sorted(used, key=order.key)
        columns = tuple(self._column(templates[_template(at)], at) for at in paths)
        filled = tuple(tuple(row.get(at) for at in paths) for row in rows)
        return workbook.Sheet(sheet.title[self.author], columns, filled)

    def _column(self, column: Column, at: At) -> workbook.Column:
        numbers = tuple(step for step in at if isinstance(step, int))
        choices = self._choices(column.shape)
        many = column.shape.item is not None or column.shape.words
        return workbook.Column(
            heading=column.heading(self.author, numbers),
            help=_help(column),
            type="list" if many and choices else "choice" if choices else _type(column),
            choices=choices,
            required=column.required,
            width=_width(column),
        )

    def _choices(self, shape: Shape) -> tuple[str, ...]:
        own = shape.item or shape
        if own.choices is not None:
            return tuple(self.told(code, own) for code in own.choices)
        if own.scalar is bool:
            return tuple(self.told(word, own) for word in ("true", "false"))
        if own.to is None:
            return ()
        entries = [entry for kind in own.to.kinds for entry in self.catalogue.of(kind)]
        return tuple(self.told(entry.ref, own) for entry in entries) if len(entries) <= MOST_CHOICES else ()

    def told(self, value: str, shape: Shape) -> str:
        """A code or a reference with its name behind it, as the drop-down offers it."""
        if shape.scalar is bool:
            return {"true": "是", "false": "否"}[value] if self.author == "zh" else value
        if shape.choices:
            return f"{value} {shape.choices.get(value, '')}".strip() if self.author == "zh" else value
        if shape.to is None:
            return value
        entry = self.catalogue.entries.get(value)
        name = entry.record.title_text.own(self.catalogue.languages.first) if entry else ""
        short = value.partition(":")[2] if len(shape.to.kinds) == 1 and ":" in value else value
        return f"{short} {' '.join(name.split())}".strip()


class _Order:
    """The order of columns: as the kind has its fields, entries of a list one after the other."""

    def __init__(self, sheet: SheetColumns) -> None:
        self.ranks: dict[At, int] = {}
        for column in sheet.columns:
            at = _template(column.at)
            for length in range(1, len(at) + 1):
                self.ranks.setdefault(at[:length], len(self.ranks))

    def key(self, at: At) -> tuple[int, ...]:
        steps = _template(at)
        return tuple(
            step if isinstance(step, int) else self.ranks[steps[: length + 1]] for length, step in enumerate(at)
        )


def _template(at: At) -> At:
    """The path with `*` for every number."""
    return tuple(EACH if isinstance(step, int) else step for step in at)


def _first(at: At, levels: int) -> At:
    """The path of the first entry; levels stay open."""
    seen = 0
    steps: list[str | int] = []
    for step in at:
        seen += step == EACH
        steps.append(0 if step == EACH and seen > levels else step)
    return tuple(steps)


def _help(column: Column) -> str:
    return "\n".join((explained(column.info) if column.info else column.label).values())


def _type(column: Column) -> Any:
    scalar = column.shape.scalar
    if column.at == (ORDER,) or scalar is int:
        return "number"
    return "date" if scalar is date else "text"


def _width(column: Column) -> int:
    shape = column.shape.item or column.shape
    if column.language is not None:
        return WIDE if shape.prose or shape.words or column.shape.item else MIDDLE + 8
    return NARROW if shape.scalar else MIDDLE
