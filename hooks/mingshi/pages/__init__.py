"""Catalogue → pages. Pure: reads no disk but templates, writes nothing, knows no MkDocs."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mingshi.catalogue import Catalogue
from mingshi.frame import FramePage, Outline, Page
from mingshi.kinds import RECORDS
from mingshi.languages import Language
from mingshi.pages.home import home_page, problem_notice
from mingshi.pages.lists import ROWS, list_pages
from mingshi.pages.painter import Painter
from mingshi.pages.records import record_pages
from mingshi.problems import Problem

__all__ = ["Painter", "frames", "notice", "outline", "paint", "painters"]


def painters(catalogue: Catalogue, overrides: Path | None, today: date, index: str = "") -> list[Painter]:
    """One painter a language; `overrides` is the folder of templates that go before ours."""
    return [Painter(catalogue, language, overrides, index, today) for language in catalogue.languages]


def paint(painter: Painter) -> Iterator[Page]:
    """Every page of the records in one language: home, lists, records."""
    yield home_page(painter)
    for kind in RECORDS:
        yield from list_pages(painter, kind)
        for entry in painter.catalogue.of(kind.name):
            yield from record_pages(painter, entry)


def frames(catalogue: Catalogue) -> list[FramePage]:
    """The frames that those pages need. Lists are one deep, records two, and what continues them goes deeper."""
    sections = [FramePage("", 0, language) for language in catalogue.languages]
    for kind in RECORDS:
        long = len(catalogue.of(kind.name)) > ROWS
        depths = (1, 2, 3, 4) if long else (1, 2, 3) if kind.name == "plan" else (1, 2)
        sections += [FramePage(kind.section, depth, language) for depth in depths for language in catalogue.languages]
    return sections


def outline(catalogue: Catalogue, language: Language) -> Outline:
    """What the shell says about the site."""
    site, contact = catalogue.site, catalogue.site.contact
    return Outline(
        site_name=site.name.own(language),
        navigation=tuple((language.words[f"list.{item.id}"], item.id) for item in site.navigation),
        contact={
            "address": contact.address.own(language),
            "phone": contact.phone,
            "tel": contact.phone.tel,
            "fax": contact.fax or "",
            "email": contact.email,
            "hours": contact.hours.own(language),
        },
        licence=(site.licence.name.own(language), site.licence.url),
        demo=site.demo.own(language) if site.demo else "",
        base_url=site.base_url,
    )


def notice(painter: Painter, problems: tuple[Problem, ...]) -> str:
    """The problems of a preview, as HTML above the page."""
    return problem_notice(painter, problems) if problems else ""
