"""Ways through the site that are the list of no kind: the site map, what changed lately, the search page."""

from collections.abc import Iterator, Mapping
from typing import Any

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds import RECORDS
from mingshi.pages.initials import initials
from mingshi.pages.painter import Painter

CHANGES = 100
MOST_BY_INITIAL = 200
SECTIONS = ("sitemap", "changes", "search")
"""Each is one page at the root of a language."""


def way_pages(painter: Painter, handwritten: Mapping[str, str]) -> Iterator[Page]:
    words = painter.language.words
    contexts: dict[str, dict[str, Any]] = {
        "sitemap": {"lists": lists(painter), "written": _written(painter, handwritten)},
        "changes": {"changed": changes(painter)[:CHANGES]},
        "search": {"lists": lists(painter), "initials": _initials(painter)},
    }
    for section in SECTIONS:
        path = f"{section}/"
        main = painter.paint(f"ways/{section}.html", path, topics=painter.topics, **contexts[section])
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
    """All records, the latest change first."""
    return sorted(painter.catalogue.entries.values(), key=_newest)


def _newest(entry: Entry) -> tuple[int, str]:
    return -entry.record.last_updated.toordinal(), entry.ref


def _written(painter: Painter, handwritten: Mapping[str, str]) -> list[tuple[str, str]]:
    """Title and path of the handwritten pages of this language."""
    language = painter.language
    own = [(title, url) for url, title in handwritten.items() if painter.catalogue.languages.of_url(url) == language]
    return sorted((url.removeprefix(language.prefix), title) for title, url in own if url != language.prefix)
