"""The shell of a page: painted once a language, section and depth, filled for every page. Knows no record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from html import escape

from mingshi.languages import Language, Languages, say_date

SLOTS = ("title", "description", "metadata", "canonical", "alternates", "switch", "crumbs", "notice", "head", "main")

_BLOCK = (
    "html|head|meta|link|title|script|noscript|body|header|main|footer|nav|section|aside|form|div|address|p|h\\d|ul|ol|li|dl"
    "|dt|dd|details|summary|figure|figcaption|fieldset|legend|optgroup|option|table|caption|thead|tbody|tr|th|td"
)
_GAP = re.compile(rf"(</?(?:{_BLOCK})\b[^<>]*>)\n\s*|\n\s*(?=</?(?:{_BLOCK})\b)")
_BLANK = re.compile(r"\n\s*\n")
_SLOT = re.compile(r"⟦(\w+)⟧")


class Address:
    """Where a page lives, and how it reaches others: every URL of the site is made here."""

    __slots__ = ("home", "index", "language", "path", "root")

    def __init__(self, path: str, language: Language, index: str = "") -> None:
        self.path = path
        """The URL below the root of its language, such as `services/x/`."""
        self.language = language
        self.index = index
        """`index.html` where no server adds it."""
        depth = path.count("/")
        self.home = "../" * depth or "./"
        """The way to the root of the page's language."""
        self.root = "../" * (depth + language.prefix.count("/")) or "./"

    @property
    def url(self) -> str:
        return self.language.prefix + self.path

    def to(self, path: str) -> str:
        """A relative URL of a page in this language, or of a file."""
        return f"{self.home}{path}{self.index}" if path[-1:] in ("/", "") else self.home + path

    def in_language(self, path: str, language: Language, file: str | None = None) -> str:
        """A relative URL of a page in another language, or of a file beside it."""
        return f"{self.root}{language.prefix}{path}{self.index if file is None else file}"


@dataclass(frozen=True, slots=True)
class FramePage:
    """A page that MkDocs paints only for its shell."""

    section: str
    depth: int
    language: Language

    @property
    def url(self) -> str:
        return _frame_url(self.section, self.depth, self.language)

    @property
    def source(self) -> str:
        return f"{self.url}index.md"


@cache
def _frame_url(section: str, depth: int, language: Language) -> str:
    """As deep as the pages it frames, so that relative URLs hold."""
    return language.prefix + (section + "/" + "_frame/" * (depth - 1) if depth else "")


@dataclass(frozen=True, slots=True)
class Page:
    """A finished page but for its shell. `head` and `main` are HTML; everything else is text."""

    path: str
    language: Language
    title: str
    main: str
    head: str = ""
    """What stands above a handwritten introduction."""
    description: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    """Title and path of the pages above this one, from the section down."""
    updated: date | None = None
    metadata: str = ""
    """Tags of the head, as HTML."""
    part_of: str = ""
    """What tells it from other pages of the same title: the office of a unit, the plan of a dimension."""

    @property
    def url(self) -> str:
        return self.language.prefix + self.path

    @property
    def section(self) -> str:
        return self.path.partition("/")[0]

    @property
    def frame_url(self) -> str:
        """The URL of the frame page whose shell this page wears."""
        return _frame_url(self.section, self.path.count("/"), self.language)


@dataclass(frozen=True, slots=True)
class Frame:
    """Finished HTML, cut at its slots."""

    pieces: tuple[str, ...]
    slots: tuple[str, ...]

    def fill(self, values: Mapping[str, str]) -> str:
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts.append(values[slot])
            parts.append(piece)
        return "".join(parts)


def cut(html: str) -> Frame:
    parts = _SLOT.split(_BLANK.sub("\n", without_gaps(html)))
    return Frame(tuple(parts[::2]), tuple(parts[1::2]))


def without_gaps(html: str) -> str:
    """Without the line breaks beside blocks: nobody sees them, and every page would carry those of its template."""
    return _GAP.sub(r"\1", html)


def slot(name: str) -> str:
    return f"⟦{name}⟧"


@dataclass(frozen=True, slots=True)
class Outline:
    """What the shell says about the site in one language; plain text."""

    site_name: str
    navigation: tuple[tuple[str, str], ...]
    """Label and section of the primary navigation."""
    contact: Mapping[str, str]
    licence: tuple[str, str]
    demo: str
    base_url: str
    sections: tuple[tuple[str, str], ...] = ()
    """Label and path of what the menu does not hold: the ways through the site, the other lists."""
    footer: tuple[tuple[str, str], ...] = ()
    """Title and path of the handwritten pages that stand at every foot."""
    brand: bool = False
    """Whether the site has colours of its own."""
    badge: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Shell:
    """What the theme's templates know of the page they paint: `shell` in `site_src/templates`."""

    address: Address
    outline: Outline
    languages: Languages
    title: str
    description: str = ""
    metadata: str = ""
    canonical: str = ""
    alternates: str = ""
    switch: str = ""
    crumbs: str = ""
    notice: str = ""
    head: str = ""
    main: str = ""
    secure: bool = True
    """Whether to ask for a strict content security policy; a live preview cannot."""
    base: str = field(default="")
    """The root of the site where relative URLs cannot work (the 404 page)."""

    @cached_property
    def words(self) -> Mapping[str, str]:
        return self.language.words

    @property
    def language(self) -> Language:
        return self.address.language

    @property
    def section(self) -> str:
        return self.address.path.partition("/")[0]

    def to(self, path: str) -> str:
        if self.base:
            return self.base + self.language.prefix + path
        return self.address.to(path)

    def asset(self, path: str) -> str:
        return (self.base or self.address.root) + path

    def say_date(self, day: str) -> str:
        return say_date(date.fromisoformat(day), self.language)


def values_of(page: Page, address: Address, languages: Languages, base_url: str, notice: str = "") -> dict[str, str]:
    """What goes into the slots of a frame for a page."""
    return {
        "title": escape(f"{page.title}｜{page.part_of}" if page.part_of else page.title),
        "description": escape(page.description),
        "metadata": page.metadata,
        "canonical": base_url + page.url,
        "alternates": alternates(page.path, languages.all, base_url),
        "switch": switch(address, languages.all),
        "crumbs": crumbs(page, address),
        "notice": notice,
        "head": page.head,
        "main": page.main,
    }


def alternates(path: str, languages: tuple[Language, ...], base_url: str) -> str:
    links = [f'<link rel="alternate" hreflang="{lang.tag}" href="{base_url}{lang.prefix}{path}">' for lang in languages]
    return "".join(links)


def switch(address: Address, languages: tuple[Language, ...], path: str | None = None) -> str:
    """Links to the same page in the other languages."""
    here = address.path if path is None else path
    return "".join(
        f'<li><a href="{address.in_language(here, lang)}" lang="{lang.tag}" hreflang="{lang.tag}">'
        f"{escape(lang.name)}</a></li>"
        for lang in languages
        if lang != address.language
    )


def crumbs(page: Page, address: Address) -> str:
    if not page.path:
        return ""
    above = [(page.language.words["home"], ""), *page.crumbs]
    links = [f'<li><a href="{address.to(path)}">{escape(title)}</a></li>' for title, path in above]
    return "".join([*links, f'<li aria-current="page">{escape(page.title)}</li>'])
