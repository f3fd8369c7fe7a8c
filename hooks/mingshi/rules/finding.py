"""What a rule finds, and what it looks at. Holds no rule."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from mingshi.built import Element, Facts, Holder, Needle, Site, Tree, Use, note
from mingshi.catalogue import Catalogue
from mingshi.problems import Problem
from mingshi.rules.naming import Names

Texts = Mapping[str, str]
"""One text an author language."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a page, or of another file of the site. The engine adds level, words and place."""

    code: str
    page: str
    """The file that holds it: "services/x/index.html"."""
    url: str = ""
    """The address or passage at fault, as written."""
    subject: str = ""
    """What is at fault, told so that it is the same on every page; the address if left out."""
    needle: Needle = field(default_factory=Needle)
    """Where in the file to look for it."""
    facts: Mapping[str, str | int | Texts] = field(default_factory=dict)
    """More words for the message."""
    nearest: str = ""
    written: bool = True
    """Whether the office wrote what is at fault; else it comes of the shell or the style, and no line is to blame."""


@dataclass(frozen=True, slots=True)
class Person:
    """A rule that cannot decide here: somebody has to look."""

    code: str
    reason: Texts


@dataclass(frozen=True, slots=True)
class Audit:
    """What was learnt by other means than reading the site: in a browser, or from other sites."""

    name: str
    codes: tuple[str, ...]
    """The rules that were asked."""
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is known by its line already."""
    unsure: Mapping[str, int] = field(default_factory=dict)
    """Code → at how many places a person has to look."""
    partial: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    said: Texts = field(default_factory=dict)
    """The facts as a sentence."""


@dataclass(slots=True)
class Relations:
    """What a page says of its own address, and where it stands in other languages."""

    canonicals: list[Use]
    alternates: list[tuple[str, Use]]
    """Language tags in lower case, and where; `x-default` among them."""


@dataclass(frozen=True, eq=False)
class Inspection:
    """A finished site on the day it is looked at; with the office's records where the site is our own."""

    site: Site
    today: date
    office: Catalogue | None = None

    @cached_property
    def relations(self) -> Mapping[str, Relations]:
        """File → its relations, for every page that names any."""
        related, found = self.site.related, {}
        for page in self.site.pages.values():
            if not related.isdisjoint(page.uses):
                found[page.file] = _relations([use for use in page.uses if use in related])
        return found


def _relations(uses: list[Use]) -> Relations:
    found = Relations([], [])
    for use in uses:
        rel, hreflang = _said(use.reference[2])
        if rel == "canonical":
            found.canonicals.append(use)
        elif hreflang:
            found.alternates.append((hreflang, use))
    return found


@lru_cache(maxsize=1024)
def _said(notes: str) -> tuple[str, str]:
    reference = ("link href", "", notes)
    return note(reference, "rel"), note(reference, "hreflang").lower()


class PageView:
    """One page, for rules that need nothing else. What they find is kept, so they may not know its place or the day."""

    def __init__(self, file: str, tree: Callable[[], Tree], facts: Facts) -> None:
        self.file, self.facts = file, facts
        self._tree = tree

    @cached_property
    def tree(self) -> Tree:
        return self._tree()

    @property
    def root(self) -> Element:
        return self.tree.root

    def tagged(self, *tags: str) -> list[Element]:
        """The elements with one of these tags; in document order only within a tag."""
        known = self.tree.tagged
        return [own for tag in tags for own in known.get(tag, ())]

    def having(self, attribute: str) -> list[Element]:
        """The elements with an attribute, in document order."""
        return self.tree.having.get(attribute, [])

    @cached_property
    def ids(self) -> Mapping[str, Element]:
        """Id → the first element that has it."""
        return {own.attributes["id"]: own for own in reversed(self.having("id"))}

    @cached_property
    def names(self) -> Names:
        return Names(self.tree, self.ids)


SiteCheck = Callable[[Inspection], Iterator[Finding | Person]]
PageCheck = Callable[[PageView], Iterator[Finding]]


def needle_of(use: Use) -> Needle:
    """Where an address stands: of ("a href", …) in an `a`; in other files wherever its text is."""
    tag, _, attribute = use.where.partition(" ")
    if attribute in ("url", "loc") or tag in ("jsonld", "search", "manifest", "robots"):
        return Needle(value=use.url)
    return Needle(tag, "content" if tag == "meta" else attribute, use.url)


def of_use(
    code: str, holder: Holder, use: Use, subject: str = "", nearest: str = "", **facts: str | int | Texts
) -> Finding:
    """A finding at an address."""
    return Finding(code, holder.file, use.url, subject or use.url, needle_of(use), facts, nearest)


def of_tag(code: str, page: PageView, element: Element, **facts: str | int | Texts) -> Finding:
    """A finding at an element that is told by its start tag."""
    return of_element(code, page, element, start_tag(element), **facts)


_TOLD = ("id", "name", "type", "role", "src", "href", "for", "class")


def start_tag(element: Element) -> str:
    """An element as its author would know it again: `<input type="text" name="q">`."""
    told = [f'{name}="{element.attributes[name]}"' for name in _TOLD if name in element.attributes]
    return f"<{' '.join((element.tag, *told[:2]))}>"


def of_element(code: str, page: PageView, element: Element, url: str = "", **facts: str | int | Texts) -> Finding:
    """A finding at an element of a page."""
    return Finding(code, page.file, url or element.text[:80], "", Needle(element.tag, nth=element.number), facts)
