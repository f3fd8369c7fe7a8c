"""The links of an office that leave its site, each with its places and the unit that has to mend it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mingshi import commonmark
from mingshi.built import Site
from mingshi.catalogue import Catalogue
from mingshi.external.address import below
from mingshi.languages import Localised
from mingshi.problems import At, Mark
from mingshi.schema.record import Model
from mingshi.schema.shape import Shape, shape_of
from mingshi.schema.types import Reference
from mingshi.source import Place, SourceFile, line_column, locate, read_text

LIMIT = 2 * 1024 * 1024
"""Bytes of a handwritten page."""
_RESPONSIBLE = ("unit", "agency")
_FOLLOWED = frozenset({"a href", "area href"})
_OUTSIDE = re.compile(r"\s*https?:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A URL as it is written, and one place where it stands."""

    url: str
    mark: Mark
    owner: str
    """`service:x`, `site`, or the path of a handwritten page."""
    unit: str = ""
    """`unit:x` or `agency:x`; '' where nobody in particular is responsible."""
    page: str = ""
    """The page of a finished site on which it was found; '' where it stands in records or Markdown."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A URL inside a record."""

    at: At
    url: str
    unit: str
    written: str = ""
    """The URL as it stands in its prose; '' where it is the whole value."""
    nth: int = 0
    """Which occurrence of it, counted from 0."""


def collect(catalogue: Catalogue, root: Path, site_src: Path) -> list[Link]:
    """Every link that leaves the site, in the order of its URL and place."""
    links = [*_in_records(catalogue, root), *_in_pages(site_src, site_src.name)]
    return sorted({link for link in links if not below(link.url, catalogue.site.base_url)})


def collect_from_site(site: Site, shown: str) -> list[Link]:
    """The links that leave a finished site, each once a page; on which line is not looked for."""
    found = {
        Link(url, Mark(f"{shown}{page.file}"), page.file, page=page.file)
        for page in site.pages.values()
        for where, url, _ in page.facts.references
        if where in _FOLLOWED and _OUTSIDE.match(url) and not (site.origin and below(url, site.origin.root))
    }
    return sorted(found)


def _in_records(catalogue: Catalogue, root: Path) -> Iterator[Link]:
    keys = catalogue.languages.keys
    owners: list[tuple[str, Model, Place]] = [
        (entry.ref, entry.record, entry.place) for entry in catalogue.entries.values()
    ]
    owners += [(f"{kind}:{own.row.key}", own.row, own.place) for kind, rows in catalogue.rows.items() for own in rows]
    if catalogue.site_place is not None:
        owners.append(("site", catalogue.site, catalogue.site_place))
    for owner, model, place in owners:
        own_unit = owner if owner.startswith(("unit:", "agency:")) else ""
        for found in _urls(model, shape_of(type(model)), (), own_unit, keys):
            yield Link(found.url, _mark(found, place, root), owner, found.unit)


def _urls(value: object, shape: Shape, at: At, unit: str, keys: tuple[str, ...]) -> Iterator[_Found]:
    if isinstance(value, Model):
        yield from _urls_of_fields(value, shape, at, unit, keys)
    elif shape.item is not None and isinstance(value, tuple):
        for index, entry in enumerate(value):
            yield from _urls(entry, shape.item, (*at, index), unit, keys)
    elif shape.prose and isinstance(value, Localised):
        for key, text in zip(keys, value, strict=True):
            yield from _urls_of_prose(text or "", (*at, key), unit)
    elif shape.url and isinstance(value, str):
        yield _Found(at, value, unit)


def _urls_of_fields(model: Model, shape: Shape, at: At, unit: str, keys: tuple[str, ...]) -> Iterator[_Found]:
    """The nearest unit above a link is the one to mend it."""
    named = (getattr(model, field, None) for field in _RESPONSIBLE)
    own = next((reference for reference in named if isinstance(reference, Reference)), "")
    # A section names its office, but mends its own links.
    unit = unit if at == () and unit else own or unit
    for name, info in type(model).model_fields.items():
        key = info.alias or name
        value = getattr(model, name)
        if value is not None and shape.fields is not None:
            yield from _urls(value, shape.fields[key], (*at, key), unit, keys)


def _urls_of_prose(text: str, at: At, unit: str) -> Iterator[_Found]:
    if commonmark.may_link(text):
        for link in commonmark.outside(text):
            yield _Found(at, link.target, unit, link.written, text.count(link.written, 0, link.offset))


def _mark(found: _Found, place: Place, root: Path) -> Mark:
    start = place(found.at, False)
    # A cell is a place by itself; in a block of prose the line is looked for.
    if not found.written or start.cell:
        return start
    return locate(SourceFile(root / start.file, start.file), start, found.written, found.nth)


def _in_pages(site_src: Path, name: str) -> Iterator[Link]:
    for path in sorted(site_src.rglob("*.md")):
        page = path.relative_to(site_src).as_posix()
        file = SourceFile(path, f"{name}/{page}")
        text, _ = read_text(file, LIMIT)
        for link in commonmark.outside(text, whole_page=True):
            yield Link(link.target, Mark(file.name, *line_column(text[: link.offset])), page)
