"""Where something stands in the source of a page. Asked only when there is a finding, so it may take its time."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
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


class Places:
    """The places in one source; its tags are read once, however many are asked for."""

    def __init__(self, source: str) -> None:
        self._source = source

    def locate(self, needle: Needle) -> tuple[int, int]:
        """Line and column, counted from 1, in characters; the start of the file where it cannot be found."""
        offset = self._plain(needle)
        if offset is None and needle.tag:
            offset = self._exact(needle)
        if offset is None and needle.value:
            offset = self._of_text(needle.value)
        return line_column(self._source, offset or 0)

    def _plain(self, needle: Needle) -> int | None:
        """The place of an attribute that stands only once, and is written in the plainest way."""
        if not needle.attribute or needle.nth or not needle.value:
            return None
        written, source = f'{needle.attribute}="{escape(needle.value)}"', self._source
        offset = source.find(written)
        if offset < 0 or source.find(written, offset + 1) >= 0:
            return None
        in_comment = source.rfind("<!--", 0, offset) > source.rfind("-->", 0, offset)
        return None if in_comment else offset + len(needle.attribute) + 2

    def _exact(self, needle: Needle) -> int | None:
        if not needle.attribute:
            places = self._by_tag.get(needle.tag, ())
        elif needle.attribute in _LISTS and needle.value:
            named = self._by_attribute.get((needle.tag, needle.attribute), ())
            places = [offset for value, offset in named if needle.value in value]
        else:
            named = self._by_attribute.get((needle.tag, needle.attribute), ())
            places = [offset for value, offset in named if value == needle.value]
        return places[needle.nth] if needle.nth < len(places) else None

    def _of_text(self, value: str) -> int | None:
        for written in (
            value,
            escape(value),
            escape(value, quote=False),
            dumps(value)[1:-1],
            value.replace("/", "\\/"),
        ):
            found = self._source.find(written)
            if found >= 0:
                return found
        return None

    @cached_property
    def _tags(self) -> list[tuple[int, str, dict[str, tuple[str, int]]]]:
        return list(_tags(self._source))

    @cached_property
    def _by_tag(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for offset, tag, _ in self._tags:
            found.setdefault(tag, []).append(offset)
        return found

    @cached_property
    def _by_attribute(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        """(tag or *, attribute) → every value and its offset."""
        found: dict[tuple[str, str], list[tuple[str, int]]] = {}
        for _, tag, attributes in self._tags:
            for name, own in attributes.items():
                found.setdefault((tag, name), []).append(own)
                found.setdefault(("*", name), []).append(own)
        return found


def line_column(source: str, offset: int) -> tuple[int, int]:
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


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
