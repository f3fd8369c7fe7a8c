"""Bytes → the parts of a workbook: tells a format by what is inside and unpacks a zip that may be hostile."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from mingshi.problems import Fault
from mingshi.source.text import INVISIBLE

ODS, XLSX = "ODS", "XLSX"

MEMBERS = 10_000
UNPACKED = 200 * 1024 * 1024
RATIO, RATIO_COUNTS_FROM = 200, 32 * 1024 * 1024
CHUNK = 256 * 1024

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = {
    b"%PDF-": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"\x1f\x8b": "GZIP",
    b"7z\xbc\xaf": "7-Zip",
    b"Rar!": "RAR",
}
_OLD_OFFICE = {"WordDocument": "Word", "PowerPoint Document": "PowerPoint"}
_ODF = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z]+)")
_ODF_NAMES = {b"spreadsheet": ODS, b"text": ".odt", b"presentation": ".odp", b"graphics": ".odg"}
_SPREADSHEET = re.compile(rb"(spreadsheetml\.(sheet|template)|ms-excel\.(sheet|template)\.macroEnabled)\.main\+xml")
_MAIN_PARTS = {
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": ".xlsb",
    "word/document.xml": "Word",
    "ppt/presentation.xml": "PowerPoint",
}
_HTML = (b"<!doctype html", b"<html", b"<head", b"<meta", b"<table")
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)
"""What zipfile throws at bytes that are no zip, or half of one."""


class RefusedError(Exception):
    """Stops the reading of a workbook that cannot be read, or must not be."""

    def __init__(self, fault: Fault, sheet: str = "", row: int = 0, column: int = 0) -> None:
        """Without a row it is about the whole sheet, without a sheet about the whole file."""
        self.fault = fault
        self.sheet, self.row, self.column = sheet, row, column


def disguised(data: bytes) -> str:
    """The format of bytes that are not plain text: "XLSX", "PDF"; '' where they may be. The first 4 KB will do."""
    if data.startswith(_ZIP):
        mimetype = _ODF.search(data[:200])
        return _format(mimetype, {part for part in _MAIN_PARTS if part.encode() in data})
    if data.startswith(_OLE):
        return next((name for stream, name in _OLD_OFFICE.items() if stream.encode("utf-16-le") in data), ".xls")
    start = data[:CHUNK].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_HTML):
        return "HTML"
    if start.startswith(b"<?xml"):
        return ".fods" if b"opendocument.spreadsheet" in start else "XML"
    return next((name for magic, name in _MAGIC.items() if data.startswith(magic)), "")


class Archive:
    """The parts of a workbook. Counts what it unpacks, whatever the headers of the zip promise."""

    def __init__(self, data: bytes) -> None:
        if data.count(b"PK\x01\x02") > MEMBERS:
            raise RefusedError(Fault("sheet-bomb"))
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN:
            raise _unreadable("ZIP") from None
        self._left = UNPACKED
        self._parts = _parts(self._zip.infolist())
        self.format = self._told()

    def __contains__(self, part: str) -> bool:
        return part.casefold() in self._parts

    def chunks(self, part: str) -> Iterator[bytes]:
        info = self._parts.get(part.casefold())
        if info is None or info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _unreadable(part)
        unpacked = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    unpacked += len(chunk)
                    self._left -= len(chunk)
                    if self._left < 0 or unpacked > max(RATIO_COUNTS_FROM, RATIO * info.compress_size):
                        raise RefusedError(Fault("sheet-bomb"))
                    yield chunk
        except _BROKEN:
            raise _unreadable(part) from None

    def _told(self) -> str:
        mimetype = _ODF.match(self._start("mimetype")) or _ODF.search(self._start("META-INF/manifest.xml"))
        parts = {part for part in _MAIN_PARTS if part in self}
        if _SPREADSHEET.search(self._start("[Content_Types].xml")):
            parts.add("xl/workbook.xml")
        return _format(mimetype, parts)

    def _start(self, part: str) -> bytes:
        return next(self.chunks(part), b"") if part in self else b""


def open_archive(data: bytes) -> Archive:
    """A workbook in either format, or a RefusedError that says what else it is."""
    if not data.startswith(_ZIP):
        raise RefusedError(_no_zip(data))
    archive = Archive(data)
    if archive.format not in (ODS, XLSX):
        raise RefusedError(Fault("sheet-format", found=archive.format))
    manifest = archive.chunks("META-INF/manifest.xml") if "META-INF/manifest.xml" in archive else iter(())
    if b"encryption-data" in b"".join(manifest):
        raise RefusedError(Fault("sheet-encrypted"))
    return archive


def _unreadable(part: str) -> RefusedError:
    return RefusedError(Fault("sheet-unreadable", found=INVISIBLE.sub("", part)))


def _parts(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The members by name; some writers separate folders with backslashes."""
    if sum(member.file_size for member in members) > UNPACKED:
        raise RefusedError(Fault("sheet-bomb"))
    parts: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        # Bits 0 and 6: encrypted by a password.
        if member.flag_bits & 0x41:
            raise RefusedError(Fault("sheet-encrypted"))
        name = member.filename.replace("\\", "/").casefold()
        if name in parts or name.startswith("/") or ".." in name.split("/"):
            raise _unreadable("ZIP")
        parts[name] = member
    return parts


def _format(mimetype: re.Match[bytes] | None, parts: set[str]) -> str:
    if mimetype:
        return _ODF_NAMES.get(mimetype[1], "ODF")
    return next((name for part, name in _MAIN_PARTS.items() if part in parts), "ZIP")


def _no_zip(data: bytes) -> Fault:
    if data.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        return Fault("sheet-encrypted")
    found = disguised(data) or ("CSV" if _is_text(data) else "")
    return Fault("sheet-format", found=found) if found else Fault("sheet-unreadable", found="ZIP")


def _is_text(data: bytes) -> bool:
    """Whether these bytes were written as text, by whatever program in Taiwan."""
    if b"PK\x03\x04".startswith(data):
        return False
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp950")
    for encoding in encodings:
        try:
            return not INVISIBLE.search(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False
