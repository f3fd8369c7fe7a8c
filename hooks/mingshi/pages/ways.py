"""Pages that are the list of no kind: the site map, what changed lately, the search page, the lobby display."""

from collections.abc import Iterator, Mapping
from typing import Any

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds import RECORDS
from mingshi.pages.initials import initials
from mingshi.pages.painter import Painter
from mingshi.pages.signage import SECTION as SIGNAGE
from mingshi.pages.signage import slides

CHANGES = 100
MOST_BY_INITIAL = 200
SECTIONS = ("sitemap", "changes", "search", SIGNAGE)
"""Each is one page at the root of a language."""


def way_pages(painter: Painter, handwritten: Mapping[str, str]) -> Iterator[Page]:
    words = painter.language.words
    contexts: dict[str, dict[str, Any]] = {
        "sitemap": {"lists": lists(painter), "written": _written(painter, handwritten)},
        "changes": {"changed": changes(painter)[:CHANGES]},
        "search": {"lists": lists(painter), "initials": _initials(painter)},
        SIGNAGE: slides(painter),
    }
    for section in SECTIONS:
        path = f"{section}/"
        main = painter.paint(f"ways/{section}.html", path, path=path, topics=painter.topics, **contexts[section])
        yield Page(path, painter.language, words[f"list.{section}"], main, "", words[f"lead.{section}"])


def _initials(painter: Painter) -> Mapping[str, list[Entry]]:
    """The services by the first character of their names, unless they are too many for a page."""
    services = painter.catalogue.of("service")
    return initials(services, painter.language) if len(services) <= MOST_BY_INITIAL else {}


def lists(painter: Painter) -> list[tuple[str, int]]:
    """Section and length of every list that holds something, those of the menu first."""
    menu = [item.id for item in painter.catalogue.site.navigation]
    counts = {kind.section: len(painter.catalogue.of(kind.name)) for kind in RECORDS}
    order = [*menu, *(section for section in counts if section not in menu)]
    return [(section, counts[section]) for section in order if counts.get(section)]


def changes(painter: Painter) -> list[Entry]:
    """What lists lead to today, the latest change first."""
    entries = painter.catalogue.entries.values()
    return sorted((entry for entry in entries if entry.record.listed(painter.today)), key=_newest)


def _newest(entry: Entry) -> tuple[int, str]:
    return -entry.record.last_updated.toordinal(), entry.ref


def _written(painter: Painter, handwritten: Mapping[str, str]) -> list[tuple[str, str]]:
    """Title and path of the handwritten pages of this language."""
    language = painter.language
    own = [(title, url) for url, title in handwritten.items() if painter.catalogue.languages.of_url(url) == language]
    return sorted((url.removeprefix(language.prefix), title) for title, url in own if url != language.prefix)
