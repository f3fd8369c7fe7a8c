"""What only shows when records are held against each other: pointers that lead nowhere, circles, sums that disagree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from mingshi import folder
from mingshi.kinds import BY_NAME, RECORDS
from mingshi.kinds.code import Code
from mingshi.kinds.commitment import Commitment
from mingshi.kinds.disclosure import ITEMS, Disclosure
from mingshi.kinds.plan import Plan
from mingshi.kinds.redirect import Redirect
from mingshi.kinds.service import HOURS_A_DAY, Service
from mingshi.kinds.sop import Sop
from mingshi.kinds.workday import Workday
from mingshi.loading import Entry, Loading, Pointing, TableRow
from mingshi.problems import Fault, Mark, Problem, nearest, problem
from mingshi.source import locate

LISTS = frozenset(f"list:{kind.section}" for kind in RECORDS)
"""What `list:services` may name."""

OWN_FILES = ("assets/", "sitemap", "robots.txt", "404.html", "index.html", "index.json")
"""What the beginning of an address of a file of every site may be."""

ROUNDING = 1e-9


def cross_check(loading: Loading, data: Path) -> Iterator[Problem]:
    yield from _references(loading)
    yield from _files(loading, data)
    yield from _cycles(loading.entries)
    yield from _steps_over_limit(loading)
    yield from _promised_measures(loading.entries)
    yield from _ten_items(loading)
    yield from _codes(loading)
    yield from _whole_years(loading)
    yield from _redirects(loading)


@dataclass(frozen=True, slots=True)
class Offer:
    """A file to download."""

    path: Path
    size: int


def downloads(loading: Loading, data: Path) -> Iterator[tuple[str, Offer]]:
    """The files to offer by their URL."""
    for pointing in loading.pointing:
        if pointing.pointer.to_file and _file_fault(pointing, data) is None:
            path = data / pointing.kind.folder / pointing.pointer.target
            yield (
                f"{pointing.kind.section}/{pointing.owner.partition(':')[2]}/{pointing.pointer.target}",
                Offer(path, path.stat().st_size),
            )


def _references(loading: Loading) -> Iterator[Problem]:
    """Every reference meets a record, or is a problem at its place."""
    by_kind: dict[str, list[str]] = {}
    for ref in (*loading.claims, *LISTS):
        by_kind.setdefault(ref.partition(":")[0], []).append(ref)
    for pointing in loading.pointing:
        pointer, document = pointing.pointer, pointing.document
        kind = pointer.target.partition(":")[0]
        known = pointer.target in loading.claims or pointer.target in LISTS or pointer.target in loading.spoken_for
        if pointer.to_file or known or kind in loading.blind:
            continue
        choices = by_kind.get(kind, []) if kind in BY_NAME else loading.claims
        mark = document.place(pointer.at, False)
        if pointer.in_prose:
            mark = locate(document.source, mark, pointer.target, pointer.nth)
        near = nearest(pointer.target, choices)
        yield problem(Fault("unknown-reference", pointer.at, pointer.target, nearest=near), mark)


def _files(loading: Loading, data: Path) -> Iterator[Problem]:
    for pointing in loading.pointing:
        fault = _file_fault(pointing, data) if pointing.pointer.to_file else None
        if fault is not None:
            yield problem(fault, pointing.document.place(fault.at, False))


def _file_fault(pointing: Pointing, data: Path) -> Fault | None:
    pointer, base = pointing.pointer, (data / pointing.kind.folder).resolve()
    path, name = base / pointer.target, f"data/{pointing.kind.folder}"
    if not path.resolve().is_relative_to(base):
        return Fault("file-outside", pointer.at, pointer.target, name)
    if not path.is_file():
        there = (other for other in base.rglob("*.*") if other.suffix.lower() not in folder.READABLE)
        near = nearest(pointer.target, [other.relative_to(base).as_posix() for other in there])
        return Fault("file-missing", pointer.at, pointer.target, name, nearest=near)
    size = path.stat().st_size
    if size > folder.DOWNLOAD_LIMIT:
        megabyte = 1024 * 1024
        return Fault(
            "file-too-large", pointer.at, f"{size / megabyte:.1f} MB", f"{folder.DOWNLOAD_LIMIT // megabyte} MB"
        )
    return None


def _cycles(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A parent that is its own descendant, each circle once."""
    done: set[str] = set()
    for ref in entries:
        way: list[str] = []
        here: str | None = ref
        while here is not None and here in entries and here not in done and here not in way:
            way.append(here)
            here = getattr(entries[here].record, "parent", None)
        if here in way:
            circle = way[way.index(here) :]
            found = " → ".join((*circle, circle[0]))
            first = entries[min(circle)]
            yield problem(Fault("reference-cycle", ("parent",), found), first.place(("parent",), False))
        done.update(way)


def _steps_over_limit(loading: Loading) -> Iterator[Problem]:
    """An SOP whose steps take longer than its service may."""
    for sop_ref, service_ref in sorted(_procedures(loading)):
        sop, service = loading.entries.get(sop_ref), loading.entries.get(service_ref)
        if sop is None or service is None:
            continue
        assert isinstance(sop.record, Sop)
        assert isinstance(service.record, Service)
        limit = service.record.limit
        if limit.counting is None:
            continue
        days = sop.record.longest_days(HOURS_A_DAY[limit.counting])
        if days > limit.days + ROUNDING:
            facts = {"service": service_ref, "limit": f"{limit.days:g}"}
            fault = Fault("steps-over-limit", ("steps",), f"{days:g}", facts=facts)
            yield problem(fault, sop.place(("steps",), True), [service.place(("limit",), True)])


def _procedures(loading: Loading) -> set[tuple[str, str]]:
    """SOP and service that name each other, whichever of them does."""
    pairs = set()
    for pointing in loading.pointing:
        ends = sorted((pointing.owner, pointing.pointer.target))
        kinds = [end.partition(":")[0] for end in ends]
        if kinds == ["service", "sop"] and not pointing.pointer.in_prose:
            pairs.add((ends[1], ends[0]))
    return pairs


def _promised_measures(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A promise names a measure that its plan has."""
    for entry in entries.values():
        if not isinstance(entry.record, Commitment):
            continue
        source = entry.record.source
        plan = entries.get(source.plan or "")
        if source.measure is None or plan is None or not isinstance(plan.record, Plan):
            continue
        measures = [measure.id for measure in plan.record.measures]
        if source.measure not in measures:
            at, near = ("source", "measure"), nearest(source.measure, measures)
            fault = Fault("unknown-measure", at, source.measure, nearest=near, facts={"plan": plan.ref})
            yield problem(fault, entry.place(at, False))


def _ten_items(loading: Loading) -> Iterator[Problem]:
    """An office that discloses says something about each of the ten items, and once."""
    first: dict[str, Entry] = {}
    for entry in loading.entries.values():
        if isinstance(entry.record, Disclosure):
            other = first.setdefault(entry.record.item, entry)
            if other is not entry:
                mark = other.place(("item",), False)
                fault = Fault("item-twice", ("item",), entry.record.item, facts={"other": str(mark)})
                yield problem(fault, entry.place(("item",), False), [mark])
    missing = [item for item in ITEMS if item not in first]
    if first and missing and "disclosure" not in loading.broken:
        fault = Fault("disclosure-missing", facts={"missing": ", ".join(missing)})
        yield problem(fault, Mark(f"data/{BY_NAME['disclosure'].folder}"))


def _codes(loading: Loading) -> Iterator[Problem]:
    """Codes of records stand in the office's own list, where it has one for that scheme."""
    known: dict[str, set[str]] = {}
    for own in loading.rows.get("code", ()):
        assert isinstance(own.row, Code)
        known.setdefault(own.row.scheme, set()).add(own.row.code)
    for entry in loading.entries.values() if known and "code" not in loading.broken else ():
        for scheme, codes in known.items():
            given = getattr(entry.record.category, scheme, None)
            if given is not None and given not in codes:
                fault = Fault("unknown-code", ("category", scheme), given, nearest=nearest(given, codes))
                yield problem(fault, entry.place(fault.at, False))


def _whole_years(loading: Loading) -> Iterator[Problem]:
    """The calendar of a year has all its days."""
    years: dict[int, dict[date, TableRow]] = {}
    for own in loading.rows.get("workday", ()):
        assert isinstance(own.row, Workday)
        years.setdefault(own.row.date.year, {})[own.row.date] = own
    for year, days in years.items() if "workday" not in loading.broken else ():
        new_year = date(year, 1, 1)
        whole = [new_year + timedelta(days=number) for number in range((date(year + 1, 1, 1) - new_year).days)]
        missing = [day.isoformat() for day in whole if day not in days]
        if missing:
            more = f" … ({len(missing)})" if len(missing) > 3 else ""
            fault = Fault("calendar-incomplete", found=", ".join(missing[:3]) + more, facts={"year": year})
            yield problem(fault, days[min(days)].place(("date",), False))


def _redirects(loading: Loading) -> Iterator[Problem]:
    """What is a page today, in whatever language, leads nowhere else."""
    paths = {entry.path for entry in loading.entries.values()} | {f"{kind.section}/" for kind in RECORDS}
    plans = [(entry.path, entry.record) for entry in loading.entries.values() if isinstance(entry.record, Plan)]
    paths |= {f"{path}{part.id}/" for path, plan in plans for part in plan.dimensions}
    pages = {language.prefix + path for language in loading.languages for path in ("", *paths)}
    for own in loading.rows.get("redirect", ()):
        assert isinstance(own.row, Redirect)
        if own.row.from_ in pages or own.row.from_.startswith(OWN_FILES) or own.row.from_.endswith("/index.json"):
            yield problem(Fault("redirect-of-page", ("from",), own.row.from_), own.place(("from",), False))
