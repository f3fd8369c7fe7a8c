"""The list of a kind, in pages of at most 100 rows that continue by topic and by unit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds.faq import Faq
from mingshi.kinds.service import KIND as SERVICE
from mingshi.pages.facets import CHANNELS, ROWS_FILE, choices, facets, row_file
from mingshi.pages.painter import Painter
from mingshi.schema.record import Kind
from mingshi.schema.texts import Text
from mingshi.topics import topic_path

ROWS = 100
AT_A_GLANCE = 7
"""Up to so many rows need no filter."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a long list."""

    path: str
    title: Text | None
    """None for what belongs to no topic or unit."""
    entries: list[Entry]

    @property
    def count(self) -> int:
        return len(self.entries)


def list_pages(painter: Painter, kind: Kind) -> Iterator[Page]:
    """The list at `services/`; a long one is a directory of topics and units, each with a list of its own."""
    words = painter.language.words
    title, path = words[f"list.{kind.section}"], f"{kind.section}/"
    entries = in_list(painter, kind)
    if len(entries) <= ROWS:
        yield _page(painter, kind, path, title, entries, ())
        return
    directory = [(words[heading], groups) for heading, groups in _directory(painter, kind, entries) if groups]
    yield _page(painter, kind, path, title, (), (), directory, total=len(entries))
    for _, groups in directory:
        for group in groups:
            yield from _group_pages(painter, kind, group)


def in_list(painter: Painter, kind: Kind) -> list[Entry]:
    """The records that stand in the list of a kind today, in its order."""
    entries = [entry for entry in painter.catalogue.of(kind.name) if entry.record.listed(painter.today)]
    return sorted(entries, key=lambda entry: entry.record.order)


def row_files(painter: Painter) -> Iterator[tuple[str, str]]:
    """Path and text of the data by which a script filters a table that is too long for one page."""
    entries = in_list(painter, SERVICE)
    if len(entries) > ROWS:
        yield f"{SERVICE.section}/{ROWS_FILE}", row_file(painter, entries)


def _group_pages(painter: Painter, kind: Kind, group: Group) -> Iterator[Page]:
    words = painter.language.words
    name = words[f"list.{kind.section}"]
    own_name = painter.plain(group.title) if group.title else words["topic.other"]
    title = words["list.unit"].format(unit=own_name, list=name)
    base = group.path
    paths = [base, *(f"{base}{number}/" for number in range(2, (group.count - 1) // ROWS + 2))]
    for number, path in enumerate(paths):
        own = title if number == 0 else f"{title}{words['join.list']}{words['page.n'].format(n=number + 1)}"
        crumbs = [(name, f"{kind.section}/"), *([(title, base)] if number else [])]
        chunk = group.entries[number * ROWS : (number + 1) * ROWS]
        yield _page(painter, kind, path, own, chunk, crumbs, pages=paths if len(paths) > 1 else ())


def _page(
    painter: Painter,
    kind: Kind,
    path: str,
    title: str,
    rows: Sequence[Entry],
    crumbs: Sequence[tuple[str, str]],
    directory: Sequence[tuple[str, Sequence[Group]]] = (),
    pages: Sequence[str] = (),
    total: int = 0,
) -> Page:
    lead = painter.language.words[f"lead.{kind.section}"]
    context: dict[str, Any] = {"kind": kind.name, "title": title, "lead": lead, "path": path}
    head = painter.paint("lists/_head.html", path, total=total or len(rows), **context)
    groups = [(topic, list(group)) for topic, group in groupby(rows, key=lambda entry: _topic(painter, entry))]
    context |= {
        "rows": rows,
        "groups": groups,
        "directory": directory,
        "pages": pages,
        "filter": choices(painter, rows or in_list(painter, kind)) if len(rows) > AT_A_GLANCE or directory else None,
        "facets": partial(facets, painter),
        "channels": CHANNELS,
        "rows_file": "" if rows else ROWS_FILE,
    }
    main = painter.paint(f"lists/{kind.section}.html", path, **context)
    return Page(path, painter.language, title, main, head, lead, tuple(crumbs))


def _directory(painter: Painter, kind: Kind, entries: Sequence[Entry]) -> list[tuple[str, list[Group]]]:
    """The ways to split a long list: by topic where its records have one, and by unit."""
    by_topic: dict[str, list[Entry]] = {}
    by_unit: dict[str, list[Entry]] = {}
    for entry in entries:
        category = entry.record.category
        by_topic.setdefault(category.theme or "" if category else "", []).append(entry)
        by_unit.setdefault(_owner(entry), []).append(entry)
    topics = sorted(by_topic.items()) if any(by_topic) else []
    return [
        ("by.topic", [_topic_group(painter, kind, code, own) for code, own in topics]),
        ("by.unit", [_unit_group(painter, kind, ref, own) for ref, own in sorted(by_unit.items())]),
    ]


def _topic_group(painter: Painter, kind: Kind, code: str, entries: list[Entry]) -> Group:
    topic = painter.topics.get(topic_path("theme", code))
    return Group(f"{kind.section}/topic/{code or 'other'}/", topic.code.name if topic else None, entries)


def _unit_group(painter: Painter, kind: Kind, ref: str, entries: list[Entry]) -> Group:
    owner = painter.catalogue.entries.get(ref)
    name = owner.record.title_text if owner else None
    return Group(f"{kind.section}/unit/{ref.partition(':')[2] or 'other'}/", name, entries)


def _owner(entry: Entry) -> str:
    return getattr(entry.record, "unit", None) or getattr(entry.record, "agency", None) or ""


def _topic(painter: Painter, entry: Entry) -> str:
    record = entry.record
    if not isinstance(record, Faq):
        return ""
    return painter.plain(record.topic) or painter.language.words["topic.other"]
