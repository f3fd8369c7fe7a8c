"""XML → events. Refuses DTDs, entities, foreign encodings and endless tags. The only door to expat."""

from collections.abc import Callable, Iterable
from xml.parsers import expat

from mingshi.problems import Fault
from mingshi.source.workbook.archive import RefusedError

Start = Callable[[str, dict[str, str]], None]
"""Names are "namespace name"; an attribute without a prefix has its name alone."""

LONGEST_TAG = 4 * 1024 * 1024
TAGS = 12_000_000
_ENCODINGS = frozenset({"utf-8", "utf-16", "us-ascii"})


def scan(
    part: str,
    chunks: Iterable[bytes],
    start: Start,
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Read a part of an archive from start to end; RefusedError where it cannot or must not be read."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse
    parser.XmlDeclHandler = _declared
    read = tags = 0
    try:
        for chunk in chunks:
            read += len(chunk)
            tags += chunk.count(b"<")
            if tags > TAGS:
                _refuse()
            parser.Parse(chunk, False)
            # Expat reads an unfinished tag from its start again with every chunk.
            if read - parser.CurrentByteIndex > LONGEST_TAG:
                _refuse()
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise RefusedError(Fault("sheet-unreadable", found=part)) from None


def _refuse(*_: object) -> None:
    raise RefusedError(Fault("sheet-bomb"))


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if encoding and encoding.lower() not in _ENCODINGS:
        raise RefusedError(Fault("sheet-unreadable", found=encoding))
