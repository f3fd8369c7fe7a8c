"""The list of a kind, in pages of at most 100 rows that continue by unit."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds.faq import Faq
from mingshi.kinds.notice import Notice
from mingshi.pages.painter import Painter
from mingshi.schema.record import Kind

ROWS = 100


def list_pages(painter: Painter, kind: Kind) -> Iterator[Page]:
    """The list at `services/`; a long one is a directory of units, each with a list of its own."""
    words = painter.language.words
    title, path = words[f"list.{kind.section}"], f"{kind.section}/"
    entries = [entry for entry in painter.catalogue.of(kind.name) if listed(entry, painter.today)]
    entries.sort(key=lambda entry: entry.record.order)
    if len(entries) <= ROWS:
        yield _page(painter, kind, path, title, entries, ())
        return
    groups = _by_unit(entries)
    yield _page(painter, kind, path, title, (), (), _directory(painter, kind, groups))
    for unit, rows in groups:
        yield from _unit_pages(painter, kind, unit, rows)


def listed(entry: Entry, today: date) -> bool:
    """Whether a record stands in its list; a notice that has ended does not, but keeps its page."""
    return not isinstance(entry.record, Notice) or entry.record.current(today)


def _unit_pages(painter: Painter, kind: Kind, unit: str, rows: Sequence[Entry]) -> Iterator[Page]:
    words = painter.language.words
    name = words[f"list.{kind.section}"]
    owner = painter.catalogue.entries.get(unit)
    group = painter.plain(owner.record.title_text) if owner else words["topic.other"]
    title = words["list.unit"].format(unit=group, list=name)
    base = _group_path(kind, unit)
    paths = [base, *(f"{base}{number}/" for number in range(2, (len(rows) - 1) // ROWS + 2))]
    for number, path in enumerate(paths):
        own = title if number == 0 else f"{title}{words['join.list']}{words['page.n'].format(n=number + 1)}"
        crumbs = [(name, f"{kind.section}/"), *([(title, base)] if number else [])]
        chunk = rows[number * ROWS : (number + 1) * ROWS]
        yield _page(painter, kind, path, own, chunk, crumbs, pages=paths if len(paths) > 1 else ())


def _page(
    painter: Painter,
    kind: Kind,
    path: str,
    title: str,
    rows: Sequence[Entry],
    crumbs: Sequence[tuple[str, str]],
    directory: Sequence[dict[str, Any]] = (),
    pages: Sequence[str] = (),
) -> Page:
    words = painter.language.words
    total = len(rows) or sum(group["count"] for group in directory)
    lead = words[f"lead.{kind.section}"]
    context: dict[str, Any] = {"kind": kind.name, "title": title, "lead": lead, "total": total, "path": path}
    head = painter.paint("lists/_head.html", path, **context)
    groups = [(topic, list(group)) for topic, group in groupby(rows, key=lambda entry: _topic(painter, entry))]
    main = painter.paint(
        f"lists/{kind.section}.html", path, rows=rows, groups=groups, directory=directory, pages=pages, **context
    )
    return Page(path, painter.language, title, main, head, lead, tuple(crumbs))


def _by_unit(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Units in order, each with its entries in the order of the list."""
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        groups.setdefault(_owner(entry), []).append(entry)
    return sorted(groups.items())


def _owner(entry: Entry) -> str:
    return getattr(entry.record, "unit", None) or getattr(entry.record, "agency", None) or ""


def _group_path(kind: Kind, unit: str) -> str:
    return f"{kind.section}/unit/{unit.partition(':')[2] or 'other'}/"


def _directory(painter: Painter, kind: Kind, groups: Sequence[tuple[str, list[Entry]]]) -> list[dict[str, Any]]:
    rows = []
    for unit, entries in groups:
        owner = painter.catalogue.entries.get(unit)
        rows.append({"entry": owner, "path": _group_path(kind, unit), "count": len(entries)})
    return rows


def _topic(painter: Painter, entry: Entry) -> str:
    record = entry.record
    if not isinstance(record, Faq):
        return ""
    return painter.plain(record.topic) or painter.language.words["topic.other"]
