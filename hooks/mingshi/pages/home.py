"""The home page, and the list of problems that a preview shows over the last good site."""

from collections.abc import Iterator
from dataclasses import dataclass

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds import RECORDS
from mingshi.kinds.service import Service
from mingshi.pages.painter import Painter
from mingshi.pages.ways import changes
from mingshi.problems import Problem
from mingshi.schema.texts import Text

TASKS, QUESTIONS, NOTICES, CHANGES = 8, 6, 4, 6


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of the display."""

    words: str
    path: str
    value: str
    unit: str = ""
    note: str = ""


def home_page(painter: Painter) -> Page:
    catalogue, site = painter.catalogue, painter.catalogue.site
    context = {
        "home": site.home,
        "tasks": list(_tasks(painter)),
        "faqs": () if site.home and site.home.lines else catalogue.of("faq")[:QUESTIONS],
        "agencies": catalogue.of("agency"),
        "promises": catalogue.of("commitment"),
        "notices": sorted(_current(painter), key=lambda entry: entry.record.order)[:NOTICES],
        "more": _beside_navigation(painter),
        "changed": changes(painter)[:CHANGES],
        "totals": list(_totals(painter)),
    }
    title = painter.plain(site.name)
    head = painter.paint("home/head.html", "", **context)
    main = painter.paint("home/main.html", "", **context)
    return Page("", painter.language, title, main, head, painter.plain(site.description))


def _tasks(painter: Painter) -> Iterator[tuple[Text, str, Service | None]]:
    """Words, target and, of a service, the record; the first services where the office chose none."""
    home = painter.catalogue.site.home
    if home and home.tasks:
        chosen = [(way.label, str(way.to)) for way in home.tasks]
    else:
        chosen = [(entry.record.title_text, entry.ref) for entry in painter.catalogue.of("service")[:TASKS]]
    for label, target in chosen:
        entry = painter.entry(target)
        yield label, target, entry.record if entry and isinstance(entry.record, Service) else None


def _totals(painter: Painter) -> Iterator[Total]:
    """What the display says: how much there is, how much of it in time, how many promises."""
    catalogue, words = painter.catalogue, painter.language.words
    services = [entry.record for entry in catalogue.of("service") if isinstance(entry.record, Service)]
    if services:
        online = sum(any(way.type == "online" for way in service.channels) for service in services)
        note = words["home.online"].format(n=online) if online else ""
        yield Total("list.services", "services/", str(len(services)), words["unit.items"], note)
    for section, kind in (("faqs", "faq"), ("forms", "form")):
        if catalogue.of(kind):
            yield Total(f"list.{section}", f"{section}/", str(len(catalogue.of(kind))), words["unit.items"])


def problem_notice(painter: Painter, problems: tuple[Problem, ...]) -> str:
    return painter.paint("home/problems.html", "", problems=problems)


def _current(painter: Painter) -> list[Entry]:
    return [entry for entry in painter.catalogue.of("notice") if entry.record.listed(painter.today)]


def _beside_navigation(painter: Painter) -> list[tuple[str, int]]:
    """Lists that hold something and do not stand in the menu: no page is without a way to it."""
    menu = {item.id for item in painter.catalogue.site.navigation}
    counts = [(kind.section, len(painter.catalogue.of(kind.name))) for kind in RECORDS]
    return [(section, count) for section, count in counts if count and section not in menu]
