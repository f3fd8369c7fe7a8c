"""A page as plain elements, for rules that look at its structure. Knows no parser."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class Element:
    """An element as browsers have it after reading: parents repaired, attributes once, entities resolved."""

    tag: str
    attributes: Mapping[str, str]
    parent: "Element | None"
    children: "list[Element | str]" = field(default_factory=list)
    number: int = 0
    """How many elements of its tag stand before it."""

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
    def texts(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            elif child.tag not in ("script", "style", "template"):
                yield from child.texts

    @property
    def text(self) -> str:
        return " ".join("".join(self.texts).split())

    @property
    def language(self) -> str:
        """The language that its nearest `lang` names."""
        return next((own.attributes["lang"] for own in (self, *self.above()) if own.attributes.get("lang")), "")

    @property
    def is_hidden(self) -> bool:
        """Whether it is kept from everybody, or from screen readers."""
        return any(
            own.attributes.get("aria-hidden") == "true" or "hidden" in own.attributes for own in (self, *self.above())
        )


def number(root: Element) -> None:
    counted: Counter[str] = Counter()
    for own in root.walk():
        own.number = counted[own.tag]
        counted[own.tag] += 1
