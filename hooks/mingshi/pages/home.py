"""The home page, and the list of problems that a preview shows over the last good site."""

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds import RECORDS
from mingshi.pages.lists import listed
from mingshi.pages.painter import Painter
from mingshi.problems import Problem

TASKS, QUESTIONS, NOTICES, CHANGES = 8, 6, 4, 6


def home_page(painter: Painter) -> Page:
    catalogue, site = painter.catalogue, painter.catalogue.site
    services, faqs = catalogue.of("service"), catalogue.of("faq")
    context = {
        "services": services[:TASKS],
        "faqs": faqs[:QUESTIONS],
        "agencies": catalogue.of("agency"),
        "plans": catalogue.of("plan"),
        "notices": sorted(_current(painter), key=lambda entry: entry.record.order)[:NOTICES],
        "more": _beside_navigation(painter),
        "changed": sorted(catalogue.entries.values(), key=_newest)[:CHANGES],
        "totals": [
            (words, count, path)
            for words, count, path in (
                ("list.services", len(services), "services/"),
                ("list.faqs", len(faqs), "faqs/"),
                ("list.forms", len(catalogue.of("form")), "forms/"),
            )
            if count
        ],
    }
    title = painter.plain(site.name)
    head = painter.paint("home/head.html", "", **context)
    main = painter.paint("home/main.html", "", **context)
    return Page("", painter.language, title, main, head, painter.plain(site.description))


def problem_notice(painter: Painter, problems: tuple[Problem, ...]) -> str:
    return painter.paint("home/problems.html", "", problems=problems)


def _current(painter: Painter) -> list[Entry]:
    return [entry for entry in painter.catalogue.of("notice") if listed(entry, painter.today)]


def _beside_navigation(painter: Painter) -> list[tuple[str, int]]:
    """Lists that hold something and do not stand in the menu: no page is without a way to it."""
    menu = {item.id for item in painter.catalogue.site.navigation}
    counts = [(kind.section, len(painter.catalogue.of(kind.name))) for kind in RECORDS]
    return [(section, count) for section, count in counts if count and section not in menu]


def _newest(entry: Entry) -> tuple[int, str]:
    return -entry.record.last_updated.toordinal(), entry.ref
