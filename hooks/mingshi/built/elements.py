"""A page as plain elements, for rules that look at its structure. Knows no parser."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_AWAY = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))\b", re.IGNORECASE)
_COMMON = (
    "html head body title meta link script style noscript header footer main nav section article aside div p span a b "
    "i em strong small h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td form "
    "fieldset legend label input button select optgroup option textarea details summary img figure figcaption picture "
    "source video audio track iframe object embed br hr pre code kbd time abbr cite blockquote q sup sub mark address"
)
COMMON = tuple(_COMMON.split())
"""Elements whose names are worth knowing by heart."""
_NO_TEXT = frozenset({"script", "style", "template"})


@dataclass(slots=True, eq=False)
class Element:
    """An element as browsers have it after reading: parents repaired, attributes once, entities resolved."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Element | None"
    number: int = 0
    """How many elements of its tag stand before it."""
    order: int = 0
    """How many elements stand before it."""
    language: str = ""
    """The language that its nearest `lang` names."""
    children: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """It and everything below it, in document order."""
        waiting = [self]
        while waiting:
            own = waiting.pop()
            yield own
            waiting += [child for child in reversed(own.children) if isinstance(child, Element)]

    def find(self, *tags: str) -> "Iterator[Element]":
        """The elements below it with one of these tags."""
        return (own for own in self.walk() if own is not self and own.tag in tags)

    def above(self) -> "Iterator[Element]":
        """Its parent, the parent of that, and so on."""
        own = self.parent
        while own is not None:
            yield own
            own = own.parent

    @property
    def inner(self) -> "list[Element]":
        """The elements right below it."""
        return [child for child in self.children if isinstance(child, Element)]

    @property
    def texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in _NO_TEXT:
                yield from child.texts

    @property
    def text(self) -> str:
        children = self.children
        if len(children) == 1 and isinstance(children[0], str):
            return " ".join(children[0].split())
        return " ".join("".join(self.texts).split())

    @property
    def is_away(self) -> bool:
        """Whether it is kept from everybody, as far as the page itself says so."""
        own: Element | None = self
        while own is not None:
            if own.attributes and _is_away(own.attributes):
                return True
            own = own.parent
        return False

    @property
    def is_hidden(self) -> bool:
        """Whether it is kept from everybody, or from screen readers."""
        own: Element | None = self
        while own is not None:
            attributes = own.attributes
            if attributes and (attributes.get("aria-hidden") == "true" or _is_away(attributes)):
                return True
            own = own.parent
        return False


def _is_away(attributes: Mapping[str, str]) -> bool:
    if "hidden" in attributes or "inert" in attributes:
        return True
    return "style" in attributes and bool(_AWAY.search(attributes["style"]))


@dataclass(slots=True, eq=False)
class Tree:
    """All elements of a page, in document order: as a tree, by tag and by attribute."""

    root: Element
    tagged: dict[str, list[Element]]
    having: dict[str, list[Element]]
    texts: list[tuple[Element, str]]
    """Every text that is not blank, with the element that it stands in."""
