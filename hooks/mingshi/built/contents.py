"""What a file to download really is, told from its bytes. Says what it sees; whether that is right is for rules."""

import json
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import IO, NamedTuple

from mingshi.source.workbook.archive import RefusedError, disguised
from mingshi.source.workbook.markup import scan

CHECKED_WHOLE = 64 * 1024 * 1024
"""Bigger files are looked at from both ends only."""
_ENDS = 64 * 1024
_ODF = re.compile(rb"application/vnd\.oasis\.opendocument\.([a-z]+)")
_ODF_NAMES = {b"text": "odt", b"spreadsheet": "ods", b"presentation": "odp", b"graphics": "odg"}
_OFFICE_PARTS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError, RuntimeError)
"""What zipfile throws at bytes that are no zip, half of one, or locked."""
_TEXT_LIKE = frozenset({"csv", "txt", "json", "geojson", "xml", "rtf", "svg", "kml", "ics", "md"})

SAME = {
    "jpeg": "jpg",
    "htm": "html",
    "xhtml": "html",
    "docm": "docx",
    "dotx": "docx",
    "xlsm": "xlsx",
    "xltx": "xlsx",
    "pptm": "pptx",
    "ppsx": "pptx",
    "ott": "odt",
    "ots": "ods",
    "geojson": "json",
    "tif": "tiff",
    "dot": "doc",
    "xlt": "xls",
    "pps": "ppt",
}
"""Endings that mean the same format."""
KNOWN = frozenset(
    [
        "pdf",
        "odt",
        "ods",
        "odp",
        "odg",
        "docx",
        "xlsx",
        "pptx",
        "doc",
        "xls",
        "ppt",
        "zip",
        "png",
        "jpg",
        "gif",
        "webp",
        "svg",
        "json",
        "xml",
        "csv",
        "txt",
        "rtf",
        "mp3",
        "mp4",
        "gz",
        "7z",
        "rar",
        "epub",
        "woff",
        "woff2",
    ]
)


class Content(NamedTuple):
    """The format a file shows, and what is wrong with it: "truncated", "damaged" or nothing."""

    form: str
    flaw: str = ""


def ending(path: str) -> str:
    """The format that a name promises: "forms/申請書.ODT" → odt."""
    name = path.rpartition("/")[2]
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    return SAME.get(suffix, suffix)


def content_of(promised: str, data: bytes, size: int) -> Content:
    """`data` is the whole file, or its two ends where it is bigger than `CHECKED_WHOLE`."""
    form = _form(promised, data)
    whole = len(data) == size
    judge = _JUDGES.get(form)
    return Content(form, judge(data, whole) if judge else "")


def ends(opened: IO[bytes], size: int) -> bytes:
    """The start and the end of a file that is too big to be looked at as a whole."""
    start = opened.read(_ENDS)
    opened.seek(size - _ENDS)
    return start + opened.read()


def _form(promised: str, data: bytes) -> str:
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _form_of_zip(data)
    start = data[:1024]
    for magic, form in _MAGIC:
        if start.startswith(magic):
            return form
    for mark, (first, last), form in _INSIDE:
        if mark in start[first:last]:
            return form
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return {"Word": "doc", "PowerPoint": "ppt"}.get(disguised(data), promised if promised in _OLD else "xls")
    return _form_of_text(promised, data)


_OLD = frozenset({"doc", "xls", "ppt", "msi", "msg", "vsd", "mpp"})
_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"\x1f\x8b", "gz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"ID3", "mp3"),
    (b"wOFF", "woff"),
    (b"wOF2", "woff2"),
    (b"{\\rtf", "rtf"),
)
_INSIDE = ((b"%PDF-", (0, 1024), "pdf"), (b"WEBP", (8, 12), "webp"), (b"ftyp", (4, 8), "mp4"))
"""What stands a little behind the start, and between which bytes."""


def _form_of_zip(data: bytes) -> str:
    try:
        archive = zipfile.ZipFile(BytesIO(data))
        names = set(archive.namelist())
        inside = next(
            (archive.read(name)[:9999] for name in ("mimetype", "META-INF/manifest.xml") if name in names), b""
        )
    except _BROKEN:
        names = {part for part in (*_OFFICE_PARTS, "[Content_Types].xml") if part.encode() in data}
        inside = data[:200]
    if match := _ODF.search(inside):
        return _ODF_NAMES.get(match[1], "odf")
    if b"application/epub+zip" in inside:
        return "epub"
    if "[Content_Types].xml" not in names:
        return "zip"
    return next((form for part, form in _OFFICE_PARTS.items() if any(name.startswith(part) for name in names)), "zip")


def _form_of_text(promised: str, data: bytes) -> str:
    start = data[:4096].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) and promised not in ("txt", "md"):
        return "html"
    if start.startswith((b"<?xml", b"<svg", b"<!--", b"<!doctype svg")):
        if b"<html" in start:
            return "html"
        return "svg" if b"<svg" in start else promised if promised in ("kml", "xml", "svg", "gml", "xsd") else "xml"
    if promised in _TEXT_LIKE:
        return "binary" if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")) else promised
    return "" if promised not in KNOWN or promised in ("mp3", "mp4") else "text" if _is_text(start) else "binary"


def _is_text(start: bytes) -> bool:
    return not any(byte < 9 for byte in start)


def _pdf(data: bytes, whole: bool) -> str:  # noqa: ARG001
    end = data[-_ENDS:]
    return "" if b"%%EOF" in end and b"startxref" in end else "truncated"


def _zip(data: bytes, whole: bool) -> str:
    if b"PK\x05\x06" not in data[-_ENDS - 22 :]:
        return "truncated"
    if not whole:
        return ""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > 4 * CHECKED_WHOLE:
                return ""
            locked = any(member.flag_bits & 1 for member in members)
            return "" if locked or archive.testzip() is None else "damaged"
    except NotImplementedError:
        return ""
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError):
        return "damaged"


def _office(needed: str) -> Callable[[bytes, bool], str]:
    def judge(data: bytes, whole: bool) -> str:
        flaw = _zip(data, whole)
        if flaw or not whole:
            return flaw
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return "" if any(name.startswith(needed) for name in archive.namelist()) else "damaged"

    return judge


def _png(data: bytes, whole: bool) -> str:  # noqa: ARG001
    return "" if b"IEND" in data[-_ENDS:] else "truncated"


def _jpg(data: bytes, whole: bool) -> str:  # noqa: ARG001
    return "" if b"\xff\xd9" in data[-_ENDS:] else "truncated"


def _gif(data: bytes, whole: bool) -> str:  # noqa: ARG001
    return "" if b";" in data[-16:] else "truncated"


def _webp(data: bytes, whole: bool) -> str:
    return "truncated" if whole and int.from_bytes(data[4:8], "little") + 8 > len(data) else ""


def _json(data: bytes, whole: bool) -> str:
    if not whole:
        return ""
    try:
        json.loads(data.decode("utf-8-sig"))
    except RecursionError:
        return ""
    except ValueError:
        return "damaged"
    return ""


def _xml(data: bytes, whole: bool) -> str:
    # A document type is nothing to fetch or to follow here, and nothing to blame either.
    if not whole or b"<!DOCTYPE" in data[:4096]:
        return ""
    try:
        scan("xml", [data], lambda _name, _attributes: None)
    except RefusedError:
        return "damaged"
    return ""


def _gz(data: bytes, whole: bool) -> str:
    if not whole:
        return ""
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    left, spent = data, 0
    try:
        while left and not unpacker.eof and spent < 4 * CHECKED_WHOLE:
            spent += len(unpacker.decompress(left, 1 << 20))
            left = unpacker.unconsumed_tail
    except zlib.error:
        return "damaged"
    return "" if unpacker.eof or left else "truncated"


_JUDGES: Mapping[str, Callable[[bytes, bool], str]] = {
    "pdf": _pdf,
    "zip": _zip,
    "epub": _zip,
    "odt": _office("content.xml"),
    "ods": _office("content.xml"),
    "odp": _office("content.xml"),
    "odg": _office("content.xml"),
    "docx": _office("word/"),
    "xlsx": _office("xl/"),
    "pptx": _office("ppt/"),
    "png": _png,
    "jpg": _jpg,
    "gif": _gif,
    "webp": _webp,
    "json": _json,
    "xml": _xml,
    "svg": _xml,
    "gz": _gz,
}
