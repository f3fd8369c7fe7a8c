"""Bytes of a page → UTF-8, by what the page says of itself."""

import codecs
import re

_CHARSET = re.compile(rb"""<meta[^>]+?charset\s*=\s*["']?\s*([a-zA-Z0-9_:-]+)""", re.IGNORECASE)
_SAID_FIRST = 1024
"""Browsers look for the encoding in these bytes only."""
_BROWSERS_READ = {"big5": "cp950", "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "ascii": "cp1252"}

Flaw = tuple[str, str]


def utf8(data: bytes) -> tuple[bytes, tuple[Flaw, ...]]:
    """The page in UTF-8, and what is wrong with its bytes."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return _decoded(data[3:], "utf-8")
    said = _CHARSET.search(data, 0, _SAID_FIRST)
    name = said[1].decode().lower() if said else "utf-8"
    if name in ("utf-8", "utf8"):
        try:
            data.decode()
        except UnicodeDecodeError:
            return _decoded(data, "utf-8")
        return data, ()
    return _decoded(data, _BROWSERS_READ.get(name, name))


def _decoded(data: bytes, name: str) -> tuple[bytes, tuple[Flaw, ...]]:
    try:
        codec = codecs.lookup(name)
    except LookupError:
        return data.decode("utf-8", "replace").encode(), (("encoding", name),)
    try:
        return data.decode(codec.name).encode(), ()
    except UnicodeDecodeError:
        return data.decode(codec.name, "replace").encode(), (("encoding", name),)
