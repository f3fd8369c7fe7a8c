"""What only shows when records are held against each other: pointers that lead nowhere, circles, sums that disagree."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from mingshi import folder
from mingshi.kinds import BY_NAME, RECORDS
from mingshi.kinds.service import HOURS_A_DAY, Service
from mingshi.kinds.sop import Sop
from mingshi.loading import Entry, Loading, Pointing
from mingshi.problems import Fault, Problem, nearest, problem
from mingshi.source import locate

LISTS = frozenset(f"list:{kind.folder}" for kind in RECORDS)
"""What `list:services` may name."""

ROUNDING = 1e-9


def cross_check(loading: Loading, data: Path) -> Iterator[Problem]:
    yield from _references(loading)
    yield from _files(loading, data)
    yield from _cycles(loading.entries)
    yield from _steps_over_limit(loading)


def downloads(loading: Loading, data: Path) -> Iterator[tuple[Path, str]]:
    """The files to offer: where they are, and their URL."""
    for pointing in loading.pointing:
        if pointing.pointer.to_file and _file_fault(pointing, data) is None:
            path = data / pointing.kind.folder / pointing.pointer.target
            yield path, f"{pointing.kind.folder}/{pointing.owner.partition(':')[2]}/{pointing.pointer.target}"


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
