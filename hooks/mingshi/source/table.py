"""CSV → documents, one a row. A heading is a path: `question.zh`, `fields.1.name.zh`."""

import csv
import io
from dataclasses import dataclass

from mingshi.problems import At, Fault, Mark, Problem
from mingshi.source.document import Document, Reading, SourceFile, Value
from mingshi.source.text import TABLE_LIMIT, read_text


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: tuple[str, ...]


def read_table(file: SourceFile) -> Reading:
    text, problems = read_text(file, TABLE_LIMIT, big5=True)
    if not text.strip():
        return Reading(problems=tuple(problems) or (file.fault(Fault("empty-file")),))
    try:
        rows = _rows(text)
    except csv.Error as error:
        line = getattr(error, "line", 1)
        return Reading(problems=(*problems, file.fault(Fault("table-syntax", found=str(error)), line)))
    header, body = rows[0], [row for row in rows[1:] if any(cell.strip() for cell in row.cells)]
    paths = tuple(_path(cell) for cell in header.cells)
    lines = text.split("\n")
    problems += _header_faults(file, header, paths, body, lines)
    problems += _overflow(file, header, body, lines)
    documents = tuple(
        Document(file, _values(paths, row), _place(file, paths, header, row, lines), row=True, alone=False)
        for row in body
    )
    return Reading(documents, tuple(problems))


def _rows(text: str) -> list[_Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[_Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(_Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error as error:
        error.line = line  # type: ignore[attr-defined]
        raise
    return rows


def _path(heading: str) -> At:
    """`fields.1.name.zh` → ("fields", 0, "name", "zh")."""
    return tuple(int(part) - 1 if part.isdecimal() and int(part) else part for part in heading.strip().split("."))


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


def _place(file: SourceFile, paths: tuple[At, ...], header: _Row, row: _Row, lines: list[str]):  # type: ignore[no-untyped-def]
    def place(at: At, on_key: bool = False) -> Mark:
        index = _column(paths, row, at)
        return Mark(file.name, *_cell(lines, header if on_key and index is not None else row, index or 0))

    return place


def _column(paths: tuple[At, ...], row: _Row, at: At) -> int | None:
    """The column that holds a path, else the one that starts it; list entries share the cell of their list."""
    for length in range(len(at), 0, -1):
        for index, path in enumerate(paths):
            filled = index < len(row.cells) and row.cells[index].strip()
            if path == at[:length] or (length == len(at) and _inside(path, at) and filled):
                return index
    return None


def _cell(lines: list[str], row: _Row, index: int) -> tuple[int, int]:
    """Line and column at which a cell of a row starts; a quoted cell may span lines."""
    line, column, quoted, cell = row.line, 1, False, 0
    while cell < index and line <= len(lines):
        text = lines[line - 1]
        if column > len(text):
            if not quoted:
                break
            line, column = line + 1, 1
            continue
        character = text[column - 1]
        quoted = quoted != (character == '"')
        if character == "," and not quoted:
            cell += 1
        column += 1
    return line, column
