"""The content of an ODS file → sheets: values, formulas, merged and hidden cells. Opens no zip and judges nothing."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mingshi.problems import Fault
from mingshi.source.workbook.archive import Archive, RefusedError
from mingshi.source.workbook.markup import scan
from mingshi.source.workbook.sheet import Book, Sheet
from mingshi.source.workbook.values import read_number, say_duration, say_moment, say_number, say_percent

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_CALC = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "

_ASIDE = frozenset(
    {
        *(_TABLE + name for name in ("tracked-changes", "shapes", "dde-links", "content-validations")),
        *(_TEXT + name for name in ("ruby-text", "note")),
        _OFFICE + "forms",
    }
)
"""What holds tables, cells or text that are none of a sheet."""

_TYPE, _VALUE, _STRING = (_OFFICE + name for name in ("value-type", "value", "string-value"))
_ERROR, _FORMULA = _CALC + "value-type", _TABLE + "formula"
_COLUMNS_REPEATED, _ROWS_REPEATED = (_TABLE + f"number-{side}-repeated" for side in ("columns", "rows"))
_COLUMNS_SPANNED, _ROWS_SPANNED = (_TABLE + f"number-{side}-spanned" for side in ("columns", "rows"))
_NUMBERS = frozenset({"float", "currency"})
_HIDDEN = frozenset({"collapse", "filter"})

_COUNT = re.compile(r"[1-9][0-9]{0,8}")
_LONGEST_BLANK = 32_767
_BLANKS = re.compile(r"[ \t\r\n]+")
_KEPT = str.maketrans({"\x01": " ", "\x02": "\t", "\x03": "\n"})
"""Blanks that are elements; these characters cannot stand in XML themselves."""
_PREFIX = re.compile(r"(?:[a-z]+:)?=?")
_REFERENCE = re.compile(r"\[([^\]\[\"]*\.[^\]\[\"]+)\]")


def read_ods(archive: Archive, book: Book) -> None:
    """Gather the sheets of an ODS file in a book."""
    reader = _Reader(book)
    scan("content.xml", archive.chunks("content.xml"), reader.start, reader.end, reader.text)


def _number(attributes: Mapping[str, str], say: Callable[[float], str]) -> str | None:
    value = read_number(attributes.get(_VALUE, ""))
    return None if value is None else say(value)


_VALUES: Mapping[str, Callable[[Mapping[str, str]], str | None]] = {
    "float": lambda attributes: _number(attributes, say_number),
    "currency": lambda attributes: _number(attributes, say_number),
    "percentage": lambda attributes: _number(attributes, say_percent),
    "date": lambda attributes: say_moment(attributes.get(_OFFICE + "date-value", "")) or None,
    "time": lambda attributes: say_duration(attributes.get(_OFFICE + "time-value", "")) or None,
    "boolean": lambda attributes: attributes.get(_OFFICE + "boolean-value"),
}
"""How a value of a type is told; whatever has no such value is text."""


@dataclass(slots=True)
class _Cell:
    """A cell, as often as it is repeated to the right."""

    attributes: dict[str, str]
    first: int
    last: int
    span: tuple[int, int]
    """How many rows and columns it covers, where it is merged."""
    paragraphs: list[str] = field(default_factory=list)
    text: str = ""
    value: str | None = None
    holds: bool = False
    """Whether there is anything in it, be it a formula without a value."""

    def close(self) -> None:
        """Read the value, once for all its repetitions."""
        self.text = "\n".join(self.paragraphs) or self.attributes.get(_STRING, "")
        read = _VALUES.get(self.attributes.get(_TYPE, ""))
        self.value = read(self.attributes) if read else None
        self.holds = self.value is not None or bool(self.text) or _FORMULA in self.attributes

    def put(self, sheet: Sheet, row: int) -> None:
        for column in range(self.first, self.last + 1):
            if self.attributes.get(_ERROR) == "error":
                sheet.put_error(row, column, self.text or self._formula())
                continue
            self._put_value(sheet, row, column)
            if _FORMULA in self.attributes:
                sheet.put_formula(row, column, self._formula(), has_value=_TYPE in self.attributes or bool(self.text))

    def _put_value(self, sheet: Sheet, row: int, column: int) -> None:
        if self.value is None:
            sheet.put_text(row, column, self.text)
        elif self.attributes.get(_TYPE) in _NUMBERS:
            sheet.put_number(row, column, self.value)
        else:
            sheet.put(row, column, self.value)

    def _formula(self) -> str:
        """of:=SUM([.A1:.B2]) → =SUM(A1:B2)"""
        formula = "=" + _PREFIX.sub("", self.attributes.get(_FORMULA, ""), count=1)
        return _REFERENCE.sub(lambda found: found[1].replace(":.", ":").removeprefix("."), formula)


class _Reader:
    """Follows the content of an ODS file; skips with all it holds what is none of a sheet."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.hidden_groups: list[bool] = []
        self.sheet: Sheet | None = None
        self.row = self.column = 1
        self.row_attributes: dict[str, str] = {}
        self.cells: list[_Cell] = []
        self.cell: _Cell | None = None
        self.paragraph: list[str] | None = None
        self.skipped = 0
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            _STYLE + "style": self._style,
            _STYLE + "table-properties": self._table_style,
            _TABLE + "table": self._table,
            _TABLE + "table-row-group": self._group,
            _TABLE + "table-column-group": self._group,
            _TABLE + "table-column": self._columns,
            _TABLE + "table-row": self._row,
            _TABLE + "table-cell": self._cell,
            _TABLE + "covered-table-cell": self._cell,
            _TEXT + "p": self._paragraph,
            _TEXT + "h": self._paragraph,
            _TEXT + "s": self._spaces,
            _TEXT + "tab": lambda _: self.text("\x02"),
            _TEXT + "line-break": lambda _: self.text("\x03"),
        }
        self.ends: dict[str, Callable[[], None]] = {
            _TABLE + "table": self._table_end,
            _TABLE + "table-row-group": self._group_end,
            _TABLE + "table-column-group": self._group_end,
            _TABLE + "table-row": self._row_end,
            _TABLE + "table-cell": self._cell_end,
            _TABLE + "covered-table-cell": self._cell_end,
            _TEXT + "p": self._paragraph_end,
            _TEXT + "h": self._paragraph_end,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.skipped:
            self.skipped += 1
        elif handle := self.starts.get(name):
            handle(attributes)
        elif name in _ASIDE or (self.cell is not None and not name.startswith(_TEXT)):
            self.skipped = 1

    def end(self, name: str) -> None:
        if self.skipped:
            self.skipped -= 1
        elif handle := self.ends.get(name):
            handle()

    def text(self, text: str) -> None:
        if self.paragraph is not None and not self.skipped:
            self.paragraph.append(text)

    def _style(self, attributes: dict[str, str]) -> None:
        self.style = attributes.get(_STYLE + "name", "")

    def _table_style(self, attributes: dict[str, str]) -> None:
        if attributes.get(_TABLE + "display") == "false":
            self.hidden_styles.add(self.style)

    def _table(self, attributes: dict[str, str]) -> None:
        if self.sheet is not None:
            self.skipped = 1
            return
        hidden = attributes.get(_TABLE + "style-name") in self.hidden_styles
        self.sheet = self.book.sheet(attributes.get(_TABLE + "name", ""), hidden)
        self.row = self.column = 1

    def _table_end(self) -> None:
        self.sheet = None

    def _group(self, attributes: dict[str, str]) -> None:
        self.hidden_groups.append(attributes.get(_TABLE + "display") == "false")

    def _group_end(self) -> None:
        self.hidden_groups.pop()

    def _columns(self, attributes: dict[str, str]) -> None:
        last = self.column + _count(attributes, _COLUMNS_REPEATED) - 1
        if self.sheet is not None and self._is_hidden(attributes):
            self.sheet.hidden_columns.append((self.column, last))
        self.column = last + 1

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        return attributes.get(_TABLE + "visibility") in _HIDDEN or any(self.hidden_groups)

    def _row(self, attributes: dict[str, str]) -> None:
        if self.sheet is None or self.cell is not None:
            self.skipped = 1
            return
        self.row_attributes = attributes
        self.column = 1
        self.cells = []

    def _row_end(self) -> None:
        if self.sheet is None:
            return
        last = self.row + _count(self.row_attributes, _ROWS_REPEATED) - 1
        if self._is_hidden(self.row_attributes):
            self.sheet.hidden_rows.append((self.row, last))
        filled = [cell for cell in self.cells if cell.holds]
        if filled:
            self.sheet.reach(last, filled[-1].last)
        # Of empty rows one is enough: they may be repeated a million times.
        for row in range(self.row, (last if filled else self.row) + 1):
            self._put_row(self.sheet, row)
        self.row = last + 1

    def _put_row(self, sheet: Sheet, row: int) -> None:
        for cell in self.cells:
            if cell.holds:
                cell.put(sheet, row)
            if cell.span != (1, 1):
                rows, columns = cell.span
                sheet.merge(row, cell.first, row + rows - 1, cell.first + columns - 1)

    def _cell(self, attributes: dict[str, str]) -> None:
        if self.cell is not None:
            self.skipped = 1
            return
        last = self.column + _count(attributes, _COLUMNS_REPEATED) - 1
        span = _count(attributes, _ROWS_SPANNED), _count(attributes, _COLUMNS_SPANNED)
        self.cell = _Cell(attributes, self.column, last, span)
        self.column = last + 1

    def _cell_end(self) -> None:
        if self.cell is not None:
            self.cell.close()
            if self.cell.holds or self.cell.span != (1, 1):
                self.cells.append(self.cell)
        self.cell = None

    def _paragraph(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.paragraph = []

    def _paragraph_end(self) -> None:
        if self.cell is not None and self.paragraph is not None:
            text = _BLANKS.sub(_blank, "".join(self.paragraph))
            self.cell.paragraphs.append(text if text.isprintable() else text.translate(_KEPT))
        self.paragraph = None

    def _spaces(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, _TEXT + "c")
        if count > _LONGEST_BLANK:
            raise RefusedError(Fault("sheet-bomb"))
        self.text("\x01" * count)


def _blank(found: re.Match[str]) -> str:
    """One space where the file breaks a line.

    Plain spaces stay: LibreOffice writes them so in cells of several lines.
    """
    return " " if found[0].strip(" ") else found[0]


def _count(attributes: Mapping[str, str], name: str) -> int:
    """How often something stands there; once, where nothing is said."""
    text = attributes.get(name)
    if text is None:
        return 1
    if not _COUNT.fullmatch(text):
        raise RefusedError(Fault("sheet-bomb"))
    return int(text)
