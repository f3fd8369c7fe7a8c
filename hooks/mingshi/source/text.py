"""Bytes → text: size, encoding and characters that no author can see. Knows no syntax."""

import re

from mingshi.problems import Fault, Mark, Problem
from mingshi.source.document import SourceFile

YAML_LIMIT = 1024 * 1024
TABLE_LIMIT = 16 * 1024 * 1024

_VISIBLE_BYTES = bytes(byte for byte in range(256) if byte in b"\t\n\r" or (byte >= 0x20 and byte not in (0x7F, 0xC2)))
_INVISIBLE = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


def read_text(file: SourceFile, limit: int, big5: bool = False) -> tuple[str, list[Problem]]:
    """The text of a file without BOM and with plain line ends; '' with a problem where it cannot be had."""
    try:
        size = file.path.stat().st_size
        if size > limit:
            return "", [file.fault(Fault("file-too-large", found=_megabytes(size), expected=_megabytes(limit)))]
        data = file.path.read_bytes()
    except OSError as error:
        return "", [file.fault(Fault("file-unreadable", found=error.strerror or type(error).__name__))]
    return decode(file, data, big5)


def decode(file: SourceFile, data: bytes, big5: bool = False) -> tuple[str, list[Problem]]:
    notices: list[Problem] = []
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", [file.fault(Fault("not-utf8", found="UTF-16"))]
    if b"\0" in data:
        return "", [
            file.fault(Fault("nul-character"), *_line_column(data[: data.index(b"\0")].decode("utf-8", "replace")))
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        chinese = _big5(data)
        if chinese is None or not big5:
            guess = "Big5" if chinese is not None else "?"
            place = _line_column(data[: error.start].decode("utf-8-sig", "replace"))
            return "", [file.fault(Fault("not-utf8", found=guess), *place)]
        text, notices = chinese, [file.fault(Fault("table-big5"))]
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    invisible = _INVISIBLE.search(text) if _may_hold_invisible(data) else None
    if invisible:
        code = f"U+{ord(invisible[0]):04X}"
        return "", [file.fault(Fault("control-character", found=code), *_line_column(text[: invisible.start()]))]
    return text, notices


def _may_hold_invisible(data: bytes) -> bool:
    """A quick look at the bytes: nearly every file is free of them."""
    return bool(data.translate(None, _VISIBLE_BYTES)) or b"\xef\xbf" in data


def locate(file: SourceFile, start: Mark, needle: str, skip: int = 0) -> Mark:
    """Where a piece of text stands at or after a mark, `skip` characters into it; the mark itself if it does not."""
    text, _ = read_text(file, TABLE_LIMIT, big5=True)
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: start.line - 1]) + start.column - 1
    found = text.find(needle, offset)
    if found < 0:
        return start
    return Mark(file.name, *_line_column(text[: found + skip]))


def _big5(data: bytes) -> str | None:
    try:
        return data.decode("cp950")
    except UnicodeDecodeError:
        return None


def _line_column(before: str) -> tuple[int, int]:
    before = before.replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
