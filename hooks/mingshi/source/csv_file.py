"""CSV → a grid. Owns encoding, quotes and separators. The only door to csv."""

import csv
import io
import re

from mingshi.problems import Fault, Mark
from mingshi.source.document import SourceFile
from mingshi.source.grid import Grid, Grids, Row
from mingshi.source.text import TABLE_LIMIT, read_text
from mingshi.source.workbook.archive import disguised

MAGIC = 4096
"""So many bytes tell what a file really is."""


def read_csv(file: SourceFile) -> Grids:
    real = _disguise(file)
    if real:
        return Grids(problems=(file.fault(Fault("sheet-format", found=real)),))
    text, problems = read_text(file, TABLE_LIMIT, big5=True)
    if not text.strip():
        return Grids(problems=tuple(problems) or (file.fault(Fault("empty-file")),))
    lines = text.split("\n")
    try:
        rows = [row for row in _rows(text) if any(cell.strip() for cell in row.cells)]
    except _SyntaxError as error:
        line = min(error.line, len(lines))
        return Grids(problems=(*problems, file.fault(Fault("table-syntax", found=lines[line - 1]), line)))
    if not rows:
        return Grids(problems=(*problems, file.fault(Fault("empty-file"))))
    first = rows[0]
    separator = next((sign for sign in ";\t" if len(first.cells) == 1 and sign in first.cells[0]), None)
    if separator:
        found = "Tab" if separator == "\t" else separator
        return Grids(problems=(*problems, file.fault(Fault("table-separator", found=found), first.number)))

    def place(row: int, column: int) -> Mark:
        return Mark(file.name, *_cell(lines, row, column))

    return Grids((Grid(file, tuple(rows), place, problems=tuple(problems)),))


class _SyntaxError(Exception):
    """The table cannot be read from this line on."""

    def __init__(self, line: int) -> None:
        self.line = line


def _disguise(file: SourceFile) -> str:
    try:
        with file.path.open("rb") as stream:
            return disguised(stream.read(MAGIC))
    except OSError:
        return ""


def _rows(text: str) -> list[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            rows.append(Row(line, tuple(cell.strip(" \t\u3000") for cell in cells)))
            line = reader.line_num + 1
    except csv.Error:
        raise _SyntaxError(line) from None
    return rows


def _cell(lines: list[str], line: int, index: int) -> tuple[int, int]:
    """Line and column at which a cell of a row starts; a quoted cell may span lines."""
    column = 1
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
