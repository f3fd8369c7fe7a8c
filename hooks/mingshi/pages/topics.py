"""A page for every code of the classifications that something stands under, and the directory of them."""

from collections.abc import Iterator
from itertools import groupby

from mingshi.frame import Page
from mingshi.pages.painter import Painter
from mingshi.topics import SECTION, Topic, topic_path

ROWS = 100


def topic_pages(painter: Painter) -> Iterator[Page]:
    """The directory of the three schemes, and a page of every topic."""
    words, own = painter.language.words, painter.topics
    if not own:
        return
    schemes = [(scheme, list(group)) for scheme, group in groupby(own.values(), key=lambda topic: topic.code.scheme)]
    main = painter.paint("ways/topics.html", f"{SECTION}/", path=f"{SECTION}/", schemes=schemes)
    yield Page(f"{SECTION}/", painter.language, words["list.topics"], main, "", words["lead.topics"])
    for topic in own.values():
        yield from _pages(painter, topic)


def _pages(painter: Painter, topic: Topic) -> Iterator[Page]:
    words = painter.language.words
    name = painter.plain(topic.code.name)
    above = own.code if (own := painter.topics.get(topic_path(topic.code.scheme, topic.code.parent or ""))) else None
    crumbs = [(words["list.topics"], f"{SECTION}/")]
    if above is not None:
        crumbs.append((painter.plain(above.name), topic_path(above.scheme, above.code)))
    paths = [topic.path, *(f"{topic.path}{number}/" for number in range(2, (len(topic.entries) - 1) // ROWS + 2))]
    lead = words["lead.topic"].format(topic=name, scheme=words[f"scheme.{topic.code.scheme}"])
    for number, path in enumerate(paths):
        title = name if number == 0 else f"{name}{words['join.list']}{words['page.n'].format(n=number + 1)}"
        rows = topic.entries[number * ROWS : (number + 1) * ROWS]
        groups = [(kind, list(group)) for kind, group in groupby(rows, key=lambda entry: entry.kind)]
        context = {"topic": topic, "title": title, "lead": lead, "path": path, "groups": groups}
        main = painter.paint("ways/topic.html", path, pages=paths if len(paths) > 1 else (), **context)
        own_crumbs = [*crumbs, *([(name, topic.path)] if number else [])]
        scheme = words[f"scheme.{topic.code.scheme}"]
        yield Page(path, painter.language, title, main, "", lead, tuple(own_crumbs), part_of=scheme)
