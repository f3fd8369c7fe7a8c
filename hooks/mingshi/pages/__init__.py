"""Catalogue → pages. Pure: reads no disk but templates, writes nothing, knows no MkDocs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from mingshi.catalogue import Catalogue
from mingshi.frame import FramePage, Page
from mingshi.kinds import RECORDS
from mingshi.pages import ways
from mingshi.pages.home import home_page, problem_notice
from mingshi.pages.lists import ROWS, list_pages, row_files
from mingshi.pages.metadata import metadata
from mingshi.pages.outline import outline
from mingshi.pages.painter import Painter
from mingshi.pages.records import record_pages
from mingshi.pages.topics import topic_pages
from mingshi.pages.ways import way_pages
from mingshi.problems import Problem
from mingshi.topics import SECTION as TOPICS
from mingshi.topics import topics_in_use

NONE: Mapping[str, str] = {}
"""No handwritten pages."""

__all__ = ["Painter", "frames", "metadata", "notice", "outline", "paint", "painters", "row_files"]


def painters(catalogue: Catalogue, overrides: Path | None, today: date, index: str = "") -> list[Painter]:
    """One painter a language; `overrides` is the folder of templates that go before ours."""
    return [Painter(catalogue, language, overrides, index, today) for language in catalogue.languages]


def paint(painter: Painter, handwritten: Mapping[str, str] = NONE) -> Iterator[Page]:
    """Every page of the records in one language: home, lists, topics, ways, records."""
    for page in _paint(painter, handwritten):
        yield page if page.metadata else _told(painter, page)


def _told(painter: Painter, page: Page) -> Page:
    """A page of no record, with the metadata of the site."""
    updated = page.updated or painter.last_updated
    tags = metadata(painter.catalogue, painter.language, page.title, page.description, updated)
    return replace(page, metadata=tags)


def _paint(painter: Painter, handwritten: Mapping[str, str]) -> Iterator[Page]:
    yield home_page(painter)
    for kind in RECORDS:
        yield from list_pages(painter, kind)
        for entry in painter.catalogue.of(kind.name):
            yield from record_pages(painter, entry)
    yield from topic_pages(painter)
    yield from way_pages(painter, handwritten)


def frames(catalogue: Catalogue) -> list[FramePage]:
    """The frames that those pages need. Lists are one deep, records two, and what continues them goes deeper."""
    depths: dict[str, tuple[int, ...]] = {"": (0,), **dict.fromkeys(ways.SECTIONS, (1,))}
    for kind in RECORDS:
        long = len(catalogue.of(kind.name)) > ROWS
        depths[kind.section] = (1, 2, 3, 4) if long else (1, 2, 3) if kind.name == "plan" else (1, 2)
    if topics_in_use(catalogue):
        depths[TOPICS] = (1, 3, 4)
    return [
        FramePage(section, depth, language)
        for section, own in depths.items()
        for depth in own
        for language in catalogue.languages
    ]


def notice(painter: Painter, problems: tuple[Problem, ...]) -> str:
    """The problems of a preview, as HTML above the page."""
    return problem_notice(painter, problems) if problems else ""
