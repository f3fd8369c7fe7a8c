"""CSV → documents, one a row. A heading is a path: `question.zh`, `fields.1.name.zh`."""

import csv
import io
import re
from dataclasses import dataclass

from mingshi.problems import At, Fault, Mark, Problem
from mingshi.source.document import Document, Place, Reading, SourceFile, Value
from mingshi.source.text import TABLE_LIMIT, read_text


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def read_table(file: SourceFile) -> Reading:
    text, problems = read_text(file, TABLE_LIMIT, big5=True)
    if not text.strip():
        return Reading(problems=tuple(problems) or (file.fault(Fault("empty-file")),))
    lines = text.split("\n")
    try:
        rows = [row for row in _rows(text) if any(cell.strip() for cell in row.cells)]
    except _SyntaxError as error:
        line = min(error.line, len(lines))
        return Reading(problems=(*problems, file.fault(Fault("table-syntax", found=lines[line - 1]), line)))
    if not rows:
        return Reading(problems=(*problems, file.fault(Fault("empty-file"))))
    header, body = rows[0], rows[1:]
    separator = next((sign for sign in ";\t" if len(header.cells) == 1 and sign in header.cells[0]), None)
    if separator:
        found = "Tab" if separator == "\t" else separator
        return Reading(problems=(*problems, file.fault(Fault("table-separator", found=found), header.line)))
    paths = tuple(_path(cell) for cell in header.cells)
    problems += _header_faults(file, header, paths, body, lines)
    problems += _overflow(file, header, body, lines)
    table = _Table(file, paths, header, lines)
    documents = tuple(Document(file, _values(paths, row), table.place(row), row=True, alone=False) for row in body)
    places = (Mark(file.name, *_cell(lines, header, index)) for index in range(len(paths)))
    headings = tuple((path, place) for path, place in zip(paths, places, strict=True) if path != ("",))
    return Reading(documents, tuple(problems), headings)


class _SyntaxError(Exception):
    """The table cannot be read from this line on."""

    def __init__(self, line: int) -> None:
        self.line = line


def _rows(text: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(_Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        raise _SyntaxError(line) from None
    return rows


def _path(heading: str) -> At:
    """`fields.1.name.zh` → ("fields", 0, "name", "zh")."""
    first, *parts = heading.strip().split(".")
    return (first, *(int(part) - 1 if re.fullmatch(r"[1-9][0-9]*", part) else part for part in parts))


def _values(paths: tuple[At, ...], row: _Row) -> Value:
    record: dict[str, Value] = {}
    for path, cell in zip(paths, row.cells, strict=False):
        if cell.strip() and path != ("",):
            _put(record, path, cell.strip())
    return _closed(record)


def _put(record: dict[str, Value], path: At, cell: str) -> None:
    """Lists are kept as mappings from number to value until the row is complete."""
    for step in path[:-1]:
        below = record.setdefault(step, {})  # type: ignore[arg-type]
        if not isinstance(below, dict):
            return
        record = below
    record.setdefault(path[-1], cell)  # type: ignore[arg-type]


def _closed(value: Value) -> Value:
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [_closed(value[key]) for key in sorted(value)]
    return {str(key): _closed(child) for key, child in value.items()}


def _header_faults(
    file: SourceFile, header: _Row, paths: tuple[At, ...], body: list[_Row], lines: list[str]
) -> list[Problem]:
    problems = []
    for index, path in enumerate(paths):
        place = _cell(lines, header, index)
        heading = header.cells[index].strip()
        if path == ("",):
            if any(index < len(row.cells) and row.cells[index].strip() for row in body):
                problems.append(file.fault(Fault("header-empty"), *place))
        elif path in paths[:index]:
            problems.append(file.fault(Fault("header-twice", found=heading), *place))
        elif any(_inside(path, other) or _inside(other, path) for other in paths[:index]):
            problems.append(file.fault(Fault("header-clash", found=heading), *place))
    return problems


def _inside(path: At, other: At) -> bool:
    return len(path) > len(other) and path[: len(other)] == other


def _overflow(file: SourceFile, header: _Row, body: list[_Row], lines: list[str]) -> list[Problem]:
    width = len(header.cells)
    return [
        file.fault(Fault("row-too-long", found=extra[0]), *_cell(lines, row, row.cells.index(extra[0], width)))
        for row in body
        if (extra := [cell for cell in row.cells[width:] if cell.strip()])
    ]


@dataclass(frozen=True, slots=True)
class _Table:
    """Where the cells of a table stand."""

    file: SourceFile
    paths: tuple[At, ...]
    header: _Row
    lines: list[str]

    def place(self, row: _Row) -> Place:
        def place(at: At, on_key: bool = False) -> Mark:
            index = self._column(row, self._as_headed(row, at))
            of_header = on_key and index is not None
            return Mark(self.file.name, *_cell(self.lines, self.header if of_header else row, index or 0))

        return place

    def _as_headed(self, row: _Row, at: At) -> At:
        """A path with the numbers of the headings: a row that leaves the first group empty starts with the second."""
        headed: list[str | int] = []
        for step in at:
            if isinstance(step, int):
                length = len(headed)
                below = [
                    path[length] for path in self._filled(row) if list(path[:length]) == headed and len(path) > length
                ]
                numbers = sorted({number for number in below if isinstance(number, int)})
                headed.append(numbers[step] if step < len(numbers) else step)
            else:
                headed.append(step)
        return tuple(headed)

    def _filled(self, row: _Row) -> list[At]:
        return [path for path, cell in zip(self.paths, row.cells, strict=False) if cell.strip()]

    def _column(self, row: _Row, at: At) -> int | None:
        """The column of a path, else a filled one inside it, else the one around it, which holds a whole list."""
        filled = self._filled(row)
        for length in range(len(at), 0, -1):
            for index, path in enumerate(self.paths):
                if path == at[:length] or (_inside(path, at[:length]) and path in filled):
                    return index
        return None


def _cell(lines: list[str], row: _Row, index: int) -> tuple[int, int]:
    """Line and column at which a cell of a row starts; a quoted cell may span lines."""
    line, column = row.line, 1
    for _ in range(index):
        line, column = _after_cell(lines, line, column)
    return line, column


def _after_cell(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """The start of the next cell. Quotes count only where they open a cell."""
    text = lines[line - 1]
    if text[column - 1 : column] == '"':
        column += 1
        while not re.match(r'"(?!")', text[column - 1 :]):
            if column > len(text):
                line, column = line + 1, 1
                text = lines[line - 1]
            else:
                column += 2 if text[column - 1 : column + 1] == '""' else 1
    comma = text.find(",", column - 1)
    return (line, comma + 2) if comma >= 0 else (line, len(text) + 1)
