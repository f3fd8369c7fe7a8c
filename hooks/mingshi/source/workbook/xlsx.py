"""The parts of an XLSX file → sheets: values, formulas, merged and hidden cells. Opens no zip and judges nothing."""

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from mingshi.problems import Fault
from mingshi.source.workbook.archive import Archive, RefusedError
from mingshi.source.workbook.markup import scan
from mingshi.source.workbook.sheet import Book, Sheet, column_number
from mingshi.source.workbook.values import read_number, say_moment, say_number, say_percent, say_seconds, say_serial
from mingshi.source.workbook.xlsx_formulas import shifted, shown
from mingshi.source.workbook.xlsx_styles import Meaning, read_styles

_TRUE = frozenset({"1", "true", "on"})
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_RANGE = re.compile(r"\$?([A-Za-z]{1,7})\$?([0-9]{1,9}):\$?([A-Za-z]{1,7})\$?([0-9]{1,9})")
_ORDINAL = re.compile(r"[0-9]{1,9}")
_LONGEST_TIME = 1_000_000


def read_xlsx(archive: Archive, book: Book) -> None:
    """Gather the sheets of an XLSX file in a book."""
    main = next((part for kind, part in _related(archive, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    parts = _related(archive, main)
    by_kind = dict(parts.values())
    workbook, strings = _Workbook(), _Strings()
    scan(main, archive.chunks(main), workbook.start)
    if (part := by_kind.get("sharedStrings", "")) in archive:
        scan(part, archive.chunks(part), strings.start, strings.end, strings.text)
    styles = by_kind.get("styles", "")
    meanings = read_styles(styles, archive.chunks(styles)) if styles in archive else {}
    shared = _Shared(strings.found, meanings, workbook.since_1904)
    for name, hidden, relation in workbook.sheets:
        kind, part = parts.get(relation, ("worksheet", main))
        if kind == "worksheet":
            reader = _Reader(book.sheet(name, hidden), shared)
            scan(part, archive.chunks(part), reader.start, reader.end, reader.text)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the sheets of a workbook have in common."""

    strings: list[str]
    meanings: Mapping[str, Meaning]
    since_1904: bool


def _related(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """What a part refers to: by id, the kind and name of another part."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    related: dict[str, tuple[str, str]] = {}

    def start(element: str, attributes: dict[str, str]) -> None:
        if element.endswith(" Relationship") and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
            related[attributes.get("Id", "")] = kind, target.lstrip("/")

    if path in archive:
        scan(path, archive.chunks(path), start)
    return related


class _Workbook:
    """Which sheets there are, and from when days count."""

    def __init__(self) -> None:
        self.since_1904 = False
        self.sheets: list[tuple[str, bool, str]] = []
        """Name, whether it is hidden, id of its part."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "workbookPr":
            self.since_1904 = attributes.get("date1904") in _TRUE
        elif local == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            hidden = attributes.get("state", "visible") != "visible"
            self.sheets.append((attributes.get("name", ""), hidden, relation))


class _Texts:
    """Gathers the text of elements, without how it is pronounced."""

    def __init__(self) -> None:
        self.pieces: list[str] | None = None
        self.spoken = 0

    def text(self, text: str) -> None:
        if self.pieces is not None and not self.spoken:
            self.pieces.append(text)


class _Strings(_Texts):
    """The texts that cells share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "t":
            self.pieces = self.inside
        elif local == "si":
            self.inside = []
        elif local == "rPh":
            self.spoken += 1

    def end(self, name: str) -> None:
        local = name.rpartition(" ")[2]
        if local == "t":
            self.pieces = None
        elif local == "si":
            self.found.append(_unescaped("".join(self.inside)))
        elif local == "rPh":
            self.spoken -= 1


@dataclass(slots=True)
class _Cell:
    column: int
    type: str
    style: str
    value: list[str] | None = None
    inline: list[str] = field(default_factory=list)
    formula: list[str] | None = None
    sharing: str = ""
    """The number of a formula that is written once for many cells."""


class _Reader(_Texts):
    """Follows a sheet."""

    def __init__(self, sheet: Sheet, shared: _Shared) -> None:
        super().__init__()
        self.sheet = sheet
        self.shared = shared
        self.formulas: dict[str, tuple[str, int, int]] = {}
        self.row = self.column = 0
        self.cell: _Cell | None = None
        self.starts: dict[str, Callable[[dict[str, str]], None]] = {
            "row": self._row,
            "c": self._cell,
            "v": self._value,
            "t": self._inline,
            "f": self._formula,
            "col": self._columns,
            "mergeCell": self._merged,
            "rPh": self._spoken,
        }
        self.ends: dict[str, Callable[[], None]] = {
            "c": self._cell_end,
            "v": self._text_end,
            "t": self._text_end,
            "f": self._text_end,
            "rPh": self._spoken_end,
        }

    def start(self, name: str, attributes: dict[str, str]) -> None:
        handle = self.starts.get(_local(name))
        if handle:
            handle(attributes)

    def end(self, name: str) -> None:
        handle = self.ends.get(_local(name))
        if handle:
            handle()

    def _row(self, attributes: dict[str, str]) -> None:
        self.row = self._ordinal(attributes["r"]) if "r" in attributes else self.row + 1
        self.column = 0
        if attributes.get("hidden") in _TRUE:
            self.sheet.hidden_rows.append((self.row, self.row))

    def _columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            span = self._ordinal(attributes.get("min", "")), self._ordinal(attributes.get("max", ""))
            self.sheet.hidden_columns.append(span)

    def _merged(self, attributes: dict[str, str]) -> None:
        found = _RANGE.fullmatch(attributes.get("ref", ""))
        if found:
            left, right = column_number(found[1]), column_number(found[3])
            self.sheet.merge(int(found[2]), left, int(found[4]), right)

    def _cell(self, attributes: dict[str, str]) -> None:
        self.column = _column(attributes["r"]) if "r" in attributes else self.column + 1
        self.cell = _Cell(self.column, attributes.get("t", "n"), attributes.get("s", "0"))

    def _value(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.pieces = self.cell.value = []

    def _inline(self, _: dict[str, str]) -> None:
        if self.cell is not None:
            self.pieces = self.cell.inline

    def _formula(self, attributes: dict[str, str]) -> None:
        if self.cell is not None:
            self.pieces = self.cell.formula = []
            self.cell.sharing = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _text_end(self) -> None:
        self.pieces = None

    def _spoken(self, _: dict[str, str]) -> None:
        self.spoken += 1

    def _spoken_end(self) -> None:
        self.spoken -= 1

    def _cell_end(self) -> None:
        cell, self.cell = self.cell, None
        if cell is None:
            return
        raw = "".join(cell.inline if cell.value is None else cell.value)
        if raw:
            self._put(cell, raw)
        if cell.formula is not None and cell.type != "e":
            self.sheet.put_formula(self.row, cell.column, self._shown(cell), bool(raw) or cell.type == "str")

    def _put(self, cell: _Cell, raw: str) -> None:
        """Tell the sheet what the cell holds."""
        row, column = self.row, cell.column
        match cell.type:
            case "s":
                self.sheet.put_text(row, column, self._string(raw))
            case "str" | "inlineStr":
                self.sheet.put_text(row, column, _unescaped(raw))
            case "e":
                self.sheet.put_error(row, column, raw)
            case "b":
                self.sheet.put(row, column, "true" if raw.strip() in _TRUE else "false")
            case "d":
                self.sheet.put(row, column, say_moment(raw))
            case _:
                self._put_number(cell, raw)

    def _put_number(self, cell: _Cell, raw: str) -> None:
        value = read_number(raw.strip())
        if value is None:
            self.sheet.put_text(self.row, cell.column, raw)
            return
        said = self._said(value, self.shared.meanings.get(cell.style, "number"))
        if said is None:
            self.sheet.put_number(self.row, cell.column, say_number(value))
        else:
            self.sheet.put(self.row, cell.column, said)

    def _said(self, value: float, meaning: Meaning) -> str | None:
        """A number that is more than a number; nothing where it is none."""
        if meaning == "percent":
            return say_percent(value)
        if meaning == "date":
            return say_serial(value, self.shared.since_1904)
        if meaning == "time" and abs(value) < _LONGEST_TIME:
            return say_seconds(value * 86400)
        return None

    def _string(self, raw: str) -> str:
        number = self._ordinal(raw.strip())
        if number >= len(self.shared.strings):
            raise self._unreadable()
        return self.shared.strings[number]

    def _shown(self, cell: _Cell) -> str:
        formula = "".join(cell.formula or ())
        if cell.sharing and formula:
            self.formulas[cell.sharing] = formula, self.row, cell.column
        elif cell.sharing in self.formulas:
            formula, row, column = self.formulas[cell.sharing]
            formula = shifted(formula, self.row - row, cell.column - column)
        return shown(formula)

    def _ordinal(self, text: str) -> int:
        if not _ORDINAL.fullmatch(text):
            raise self._unreadable()
        return int(text)

    def _unreadable(self) -> RefusedError:
        return RefusedError(Fault("sheet-unreadable", found=self.sheet.name), self.sheet.name)


@lru_cache(maxsize=256)
def _local(name: str) -> str:
    """The name of an element without its namespace; '' for what is none of a spreadsheet's own."""
    namespace, _, local = name.rpartition(" ")
    return local if namespace.endswith(("/spreadsheetml/2006/main", "/spreadsheetml/main")) else ""


def _column(reference: str) -> int:
    return _column_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=1024)
def _column_of(letters: str) -> int:
    if not re.fullmatch("[A-Za-z]{1,7}", letters):
        raise RefusedError(Fault("sheet-unreadable", found=letters or "?"))
    return column_number(letters)


def _unescaped(text: str) -> str:
    """_x000D_ → the character of this number"""
    if "_x" not in text:
        return text
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
