"""Bytes → text: size, encoding and characters that no author can see. Knows no syntax."""

import re

from mingshi.problems import Fault, Mark, Problem
from mingshi.source.document import SourceFile

YAML_LIMIT = 1024 * 1024
TABLE_LIMIT = 16 * 1024 * 1024

_VISIBLE_BYTES = bytes(byte for byte in range(256) if byte in b"\t\n\r" or (byte >= 0x20 and byte not in (0x7F, 0xC2)))
INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def read_text(file: SourceFile, limit: int, big5: bool = False) -> tuple[str, list[Problem]]:
    """The text of a file without BOM and with plain line ends; '' with a problem where it cannot be had."""
    data, problems = read_bytes(file, limit)
    return ("", problems) if problems else decode(file, data, big5)


def read_bytes(file: SourceFile, limit: int) -> tuple[bytes, list[Problem]]:
    """All of a file; nothing with a problem where it cannot be had."""
    try:
        size = file.path.stat().st_size
        if size > limit:
            return b"", [file.fault(Fault("file-too-large", found=_megabytes(size), expected=_megabytes(limit)))]
        return file.path.read_bytes(), []
    except OSError as error:
        return b"", [file.fault(Fault("file-unreadable", found=error.strerror or type(error).__name__))]


def decode(file: SourceFile, data: bytes, big5: bool = False) -> tuple[str, list[Problem]]:
    notices: list[Problem] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [file.fault(_not_utf8("UTF-16"))]
    data = data.removeprefix(b"\xef\xbb\xbf")
    if b"\0" in data:
        before = data[: data.index(b"\0")].decode("utf-8", "replace")
        return "", [file.fault(Fault("nul-character"), *line_column(before))]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        chinese = _big5(data)
        if chinese is None or not big5:
            place = line_column(data[: error.start].decode("utf-8", "replace"))
            return "", [file.fault(_not_utf8("" if chinese is None else "Big5"), *place)]
        text, notices = chinese, [file.fault(Fault("table-big5"))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = INVISIBLE.search(text) if _may_hold_invisible(data) else None
    if invisible:
        code = f"U+{ord(invisible[0]):04X}"
        return "", [file.fault(Fault("control-character", found=code), *line_column(text[: invisible.start()]))]
    return text, notices


def _not_utf8(encoding: str) -> Fault:
    return Fault("not-utf8", found=encoding, expected=encoding or "another-encoding")


_SUSPECTS = (b"\xef\xbf", b"\xef\xbb\xbf", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
"""The first bytes of the invisible characters beyond U+009F."""


def _may_hold_invisible(data: bytes) -> bool:
    """A quick look at the bytes: nearly every file is free of them."""
    return bool(data.translate(None, _VISIBLE_BYTES)) or any(start in data for start in _SUSPECTS)


def locate(file: SourceFile, start: Mark, needle: str, nth: int = 0) -> Mark:
    """The nth occurrence of a text at or after a mark; the mark itself where there is none."""
    text, _ = read_text(file, TABLE_LIMIT, big5=True)
    lines = text.split("\n")
    found = sum(len(line) + 1 for line in lines[: start.line - 1]) + start.column - 2
    for _ in range(nth + 1):
        found = text.find(needle, found + 1)
        if found < 0:
            return start
    return Mark(file.name, *line_column(text[:found]))


def _big5(data: bytes) -> str | None:
    try:
        return data.decode("cp950")
    except UnicodeDecodeError:
        return None


def line_column(before: str) -> tuple[int, int]:
    """The place just behind a piece of text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.2f} MB"
