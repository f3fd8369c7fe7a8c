"""ODS and XLSX → grids, one a sheet. Whatever the bytes are, it gives problems and throws nothing."""

from collections.abc import Callable, Mapping

from mingshi.problems import Fault, Mark, Problem, problem
from mingshi.source.document import SourceFile
from mingshi.source.grid import Grids
from mingshi.source.text import TABLE_LIMIT, read_bytes
from mingshi.source.workbook.archive import ODS, XLSX, Archive, RefusedError, open_archive
from mingshi.source.workbook.ods import read_ods
from mingshi.source.workbook.sheet import Book, as_grid, cell_name
from mingshi.source.workbook.xlsx import read_xlsx

_READERS: Mapping[str, Callable[[Archive, Book], None]] = {ODS: read_ods, XLSX: read_xlsx}
_FORMATS = {".ods": ODS, ".xlsx": XLSX, ".xlsm": XLSX}


def read_workbook(file: SourceFile) -> Grids:
    data, problems = read_bytes(file, TABLE_LIMIT)
    if not data:
        return Grids(problems=tuple(problems) or (file.fault(Fault("empty-file")),))
    book = Book()
    try:
        archive = open_archive(data)
        _READERS[archive.format](archive, book)
        grids = tuple(as_grid(file, sheet) for sheet in book.sheets)
    except RefusedError as refusal:
        return Grids(problems=(_refused(file, refusal),))
    if not any(grid.rows for grid in grids):
        problems.append(file.fault(Fault("empty-file")))
    expected = file.path.suffix.lower()
    if _FORMATS.get(expected, archive.format) != archive.format:
        problems.append(file.fault(Fault("sheet-other-format", found=archive.format, expected=expected)))
    return Grids(grids, tuple(problems))


def _refused(file: SourceFile, refusal: RefusedError) -> Problem:
    cell = cell_name(refusal.row, refusal.column) if refusal.row else ""
    return problem(refusal.fault, Mark(file.name, refusal.row or 1, refusal.column or 1, refusal.sheet, cell))
