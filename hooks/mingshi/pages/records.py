"""The page of a record, and the pages below it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import quote

from mingshi.catalogue import Entry
from mingshi.frame import Page
from mingshi.kinds.agency import Agency
from mingshi.kinds.commitment import Commitment
from mingshi.kinds.faq import Faq
from mingshi.kinds.plan import Plan
from mingshi.kinds.service import Service
from mingshi.kinds.sop import Sop
from mingshi.kinds.statistic import Statistic
from mingshi.kinds.unit import Unit
from mingshi.languages import Localised
from mingshi.pages import figures
from mingshi.pages.deadline import of_service
from mingshi.pages.metadata import metadata
from mingshi.pages.painter import Painter
from mingshi.pages.procedures import procedure
from mingshi.schema.groups import File
from mingshi.schema.record import Record
from mingshi.schema.types import Phone
from mingshi.topics import Topic, topic_path

STATIONS = 7
"""More stops than this make no line that can be taken in at a glance."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask about a record: its unit, with what the unit does not say taken from its office."""

    name: Localised
    phone: Phone
    email: str
    hours: Localised
    address: Localised
    fax: Phone | None
    map: str | None
    website: str | None = None


@dataclass(frozen=True, slots=True)
class FileLink:
    label: Localised
    url: str
    format: str
    size: str


def record_pages(painter: Painter, entry: Entry) -> Iterator[Page]:
    record, kind = entry.record, entry.kind
    context = _context(painter, entry)
    more = _MORE.get(kind.name)
    if more is not None:
        context |= more(painter, entry)
    main = painter.paint(f"records/{kind.name}.html", entry.path, **context)
    words = painter.language.words
    crumbs = ((words[f"list.{kind.section}"], f"{kind.section}/"),)
    title = painter.plain(record.title_text)
    description = _description(painter, entry)
    tags = metadata(painter.catalogue, painter.language, title, description, record.last_updated, entry)
    office = painter.entry(getattr(record, "agency", None)) if kind.name == "unit" else None
    whose = painter.plain(office.record.title_text) if office else ""
    yield Page(entry.path, painter.language, title, main, "", description, crumbs, record.last_updated, tags, whose)
    if isinstance(record, Plan):
        yield from _dimension_pages(painter, entry, record, context, (*crumbs, (title, entry.path)))


def _dimension_pages(
    painter: Painter, entry: Entry, plan: Plan, context: dict[str, Any], crumbs: tuple[tuple[str, str], ...]
) -> Iterator[Page]:
    for dimension in plan.dimensions:
        path = f"{entry.path}{dimension.id}/"
        leads = sorted({ref for measure in dimension.measures for ref in (*measure.lead, *measure.support)})
        progress = {own.id: figures.of_progress(painter, own, plan.period) for own in dimension.measures}
        own = context | {"heading": dimension.title, "dimension": dimension, "leads": leads, "progress": progress}
        main = painter.paint("records/dimension.html", path, **own)
        title = painter.plain(dimension.title)
        lead = crumbs[-1][0]
        tags = metadata(painter.catalogue, painter.language, title, lead, plan.last_updated, entry)
        yield Page(path, painter.language, title, main, "", lead, crumbs, plan.last_updated, tags, lead)


def _context(painter: Painter, entry: Entry) -> dict[str, Any]:
    unit = painter.entry(getattr(entry.record, "unit", None))
    whom = unit or entry
    return {
        "kind": entry.kind.name,
        "entry_here": entry,
        "path": entry.path,
        "record": entry.record,
        "heading": entry.record.title_text,
        "unit": unit,
        "publisher": unit or (entry if entry.kind.name in ("agency", "unit") else None),
        "contact": contact_of(painter, whom),
        "whom": whom,
        "next_review": next_review(entry.record),
        "themes": _themes(painter, entry),
        "offer": partial(_offer, painter, entry),
    }


def _themes(painter: Painter, entry: Entry) -> list[Topic]:
    """The topics under which a record stands: its theme and its life event."""
    category = entry.record.category
    codes = [("theme", category.theme), ("service", category.service)] if category else []
    paths = [topic_path(scheme, code) for scheme, code in codes if code]
    return [painter.topics[path] for path in paths if path in painter.topics]


def contact_of(painter: Painter, entry: Entry) -> Contact:
    """The contact of a unit or an office; the site's where a record has neither."""
    own, site = entry.record, painter.catalogue.site
    if isinstance(own, Agency):
        return Contact(own.name, own.phone, own.email, own.hours, own.address, own.fax, own.map, own.website)
    if not isinstance(own, Unit):
        contact = site.contact
        return Contact(site.name, contact.phone, contact.email, contact.hours, contact.address, contact.fax, None)
    above = painter.entry(own.agency)
    office = above.record if above and isinstance(above.record, Agency) else None
    return Contact(
        own.name,
        own.phone,
        own.email,
        own.hours or (office or site.contact).hours,
        own.address or (office or site.contact).address,
        own.fax or (office or site.contact).fax,
        own.map or (office.map if office else None),
    )


def next_review(record: Record) -> date | None:
    """The day by which a record is to be looked at again."""
    if record.review_every is None:
        return None
    start = record.reviewed or record.published
    months = start.month - 1 + record.review_every.months
    year, month = start.year + months // 12, months % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, min(start.day, (after - date.resolution).day))


def _description(painter: Painter, entry: Entry) -> str:
    record = entry.record
    if isinstance(record, Service):
        say = painter.sayings
        facts = painter.language.words["summary"].format(
            title=painter.plain(record.title), limit=say.limit(record.limit), fee=say.fee(record.fee)
        )
        return facts + painter.plain(record.summary)
    for field in ("summary", "purpose", "answer", "text"):
        text = getattr(record, field, None)
        if text is not None:
            return painter.plain(text).partition("\n")[0]
    return painter.plain(record.title_text)


def _service(painter: Painter, entry: Entry) -> dict[str, Any]:
    related = {f"{kind}s": painter.related(entry, kind) for kind in ("form", "faq", "sop")}
    first = related["sops"][0].record if related["sops"] else None
    steps = first.main_path if isinstance(first, Sop) else ()
    deadline = of_service(painter, entry, painter.office_days)
    return related | {"stations": steps if 2 < len(steps) <= STATIONS else (), "deadline": deadline}


def _faq(painter: Painter, entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.record, Faq)
    asked = entry.record.also_asked
    return {"asked": asked[painter.language.index] if asked else ()}


def _offer(painter: Painter, entry: Entry, files: Iterable[File]) -> list[FileLink]:
    """Files of a record that are there, each with its format and size."""
    downloads, root = painter.catalogue.downloads, painter.at(entry.path).root
    return [
        FileLink(file.label, root + quote(url), file.path.kind, _say_size(downloads[url].size))
        for file in files
        if (url := entry.path + file.path) in downloads
    ]


def _say_size(size: int) -> str:
    return f"{max(1, round(size / 1024))} KB" if size < 1024 * 1024 else f"{size / 1024 / 1024:.1f} MB"


def _plan(_: Painter, entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.record, Plan)
    return {"targets": sum(1 for measure in entry.record.measures if measure.target)}


def _agency(painter: Painter, entry: Entry) -> dict[str, Any]:
    catalogue = painter.catalogue
    # Each once: the measures of a plan may name the office of the plan many times.
    refs = dict.fromkeys(catalogue.incoming.get(entry.ref, ()))
    below = [catalogue.entries[ref] for ref in refs if ref in catalogue.entries]
    return {
        "units": [other for other in below if other.kind.name == "unit"],
        "agencies": [other for other in below if other.kind.name == "agency"],
        "plans": [other for other in below if isinstance(other.record, Plan) and other.record.agency == entry.ref],
    }


def _commitment(painter: Painter, entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.record, Commitment)
    source = entry.record.source
    plan = painter.entry(source.plan)
    measures = plan.record.measures if plan and isinstance(plan.record, Plan) else ()
    return {"measure": next((measure for measure in measures if measure.id == source.measure), None)}


def _statistic(painter: Painter, entry: Entry) -> dict[str, Any]:
    assert isinstance(entry.record, Statistic)
    statistic = entry.record
    return {"figure": figures.of_statistic(painter, statistic), "kept": partial(figures.kept, statistic)}


_MORE = {
    "commitment": _commitment,
    "statistic": _statistic,
    "service": _service,
    "faq": _faq,
    "plan": _plan,
    "agency": _agency,
    "sop": procedure,
}
