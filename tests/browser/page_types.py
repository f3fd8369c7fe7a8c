"""The types of page of a built site, each by its richest page. Found in what was built, never listed by hand."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

NOT_FOUND = "404.html"

_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"]*)\")?")
_TELLING = ("class", "type", "role", "scope", "lang", "aria-current", "aria-sort")
"""Attributes whose value makes another kind of element."""
_HANDWRITTEN = re.compile(r'class="intro[^"]*">\s*<h1')
"""A text that brings its own title is a page of its own, not the introduction of a list."""


@dataclass(frozen=True)
class Built:
    """A page as it lies in the site, in the first language; its twins lie below the prefix of their language."""

    site: Path
    path: str
    """Its URL below the root of the language, such as `services/x/`."""
    prefixes: tuple[str, ...]

    @cached_property
    def name(self) -> str:
        """The type: the section, and a star for each step below it."""
        if self.path in ("", NOT_FOUND):
            return self.path.removesuffix(".html") or "home"
        if _HANDWRITTEN.search(self.file().read_text("utf-8")):
            return "handwritten"
        section, *below = self.path.strip("/").split("/")
        return section + "/*" * len(below)

    def file(self, prefix: str = "") -> Path:
        return self.site / prefix / self.path / ("" if self.path == NOT_FOUND else "index.html")

    @cached_property
    def features(self) -> frozenset[str]:
        """The kinds of element in it, in any language: tag, names of attributes, telling values."""
        texts = (self.file(prefix).read_text("utf-8") for prefix in self.prefixes)
        return frozenset(feature for text in texts for feature in _features(text))


def prefixes(site: Path) -> tuple[str, ...]:
    """Where the languages of a site lie, the first at its root: the others have a home page, to which it switches."""
    home = (site / "index.html").read_text("utf-8")
    return ("", *dict.fromkeys(re.findall(r'<a href="\./([^"./]+/)(?:index\.html)?" lang=', home)))


def page_types(site: Path) -> list[Built]:
    """The richest page of every type, and a page for each kind of element that none of those holds."""
    types: dict[str, list[Built]] = {}
    for page in _pages(site):
        types.setdefault(page.name, []).append(page)
    chosen = [max(pages, key=_richness) for pages in types.values()]
    seen = frozenset[str]().union(*(page.features for page in chosen))
    for page in sorted((page for pages in types.values() for page in pages), key=_richness, reverse=True):
        if not page.features <= seen:
            chosen.append(page)
            seen |= page.features
    return sorted(chosen, key=lambda page: page.path)


def _richness(page: Built) -> tuple[int, int, str]:
    return len(page.features), page.file().stat().st_size, page.path


def _pages(site: Path) -> Iterator[Built]:
    """Every page of the first language; no stub that leads an old address on."""
    own = prefixes(site)
    for file in sorted(site.rglob("index.html")):
        path = file.parent.relative_to(site).as_posix() + "/"
        if path.startswith(own[1:]) or 'http-equiv="refresh"' in file.read_text("utf-8"):
            continue
        path = path.removeprefix("./")
        yield Built(site, path, tuple(prefix for prefix in own if (site / prefix / path / "index.html").is_file()))
    yield Built(site, NOT_FOUND, ("",))


def _features(text: str) -> Iterable[str]:
    for tag, attributes in _TAG.findall(text):
        own = dict(_ATTRIBUTE.findall(re.sub(r'(href|src|content)="[^"]*"', r"\1", attributes)))
        yield " ".join([tag, *sorted(own), *(f"{name}={own[name]}" for name in _TELLING if own.get(name))])
