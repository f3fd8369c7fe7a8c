"""Where something stands in the source of a page. Asked only when there is a finding, so it may take its time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from json import dumps

_MARKUP = re.compile(r"<!--(?:>|->|.*?(?:--!?>|\Z))|<[!?/][^>]*>?|<([a-zA-Z][^\s/>]*)", re.DOTALL)
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s/>=][^\s/>=]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
_LISTS = frozenset({"srcset", "imagesrcset", "ping", "style", "content"})
"""Attributes that hold more than one address."""


@dataclass(frozen=True, slots=True)
class Needle:
    """What to look for: an attribute of a tag with a value, the n-th tag of a name, or a passage of text."""

    tag: str = ""
    attribute: str = ""
    value: str = ""
    nth: int = 0


def locate(source: str, needle: Needle) -> tuple[int, int]:
    """Line and column, counted from 1, in characters; the start of the page where it cannot be found."""
    offset = _offset_of_tag(source, needle) if needle.tag else None
    if offset is None and needle.value:
        offset = _offset_of_text(source, needle)
    return line_column(source, offset or 0)


def line_column(source: str, offset: int) -> tuple[int, int]:
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


def _offset_of_tag(source: str, needle: Needle) -> int | None:
    nth = needle.nth
    for offset, tag, attributes in _tags(source):
        if needle.tag not in (tag, "*"):
            continue
        if needle.attribute:
            value, place = attributes.get(needle.attribute, (None, 0))
            if value is None or not (value == needle.value or _among(needle, value)):
                continue
            offset = place  # noqa: PLW2901
        if nth == 0:
            return offset
        nth -= 1
    return None


def _among(needle: Needle, value: str) -> bool:
    return needle.attribute in _LISTS and bool(needle.value) and needle.value in value


def _offset_of_text(source: str, needle: Needle) -> int | None:
    value = needle.value
    for written in (value, escape(value), escape(value, quote=False), dumps(value)[1:-1], value.replace("/", "\\/")):
        found = source.find(written)
        if found >= 0:
            return found
    return None


def _tags(source: str) -> Iterator[tuple[int, str, dict[str, tuple[str, int]]]]:
    """(offset, name, attribute → (value, its offset)) of every start tag, as browsers see them."""
    position = 0
    while match := _MARKUP.search(source, position):
        position = match.end()
        if not match[1]:
            continue
        tag = match[1].lower()
        attributes: dict[str, tuple[str, int]] = {}
        while (found := _ATTRIBUTE.match(source, position)) and found.end() > position:
            position = found.end()
            group = next((number for number in (2, 3, 4) if found[number] is not None), 0)
            value = unescape(found[group]) if group else ""
            name = found[1].lower().removeprefix("xlink:")
            attributes.setdefault(name, (value, found.start(group or 1)))
        yield match.start(), tag, attributes
        if tag == "plaintext":
            return
        if tag in _RAW:
            end = re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE).search(source, position)
            position = end.start() if end else len(source)
