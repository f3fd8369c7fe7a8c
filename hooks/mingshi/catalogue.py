"""All records of an office with their relations, immutable: data/ → Catalogue. Knows no page and no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from mingshi.crosschecks import LISTS, Offer, cross_check, downloads
from mingshi.kinds import Site
from mingshi.kinds.workday import Workday
from mingshi.languages import DEFAULT, Languages
from mingshi.loading import Entry as Entry
from mingshi.loading import Loading, TableRow, load_records
from mingshi.problems import Problem
from mingshi.schema.faults import structure
from mingshi.source import Place, Value
from mingshi.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class Catalogue:
    site: Site
    site_place: Place | None
    languages: Languages
    entries: Mapping[str, Entry]
    outgoing: Mapping[str, tuple[str, ...]]
    incoming: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, tuple[TableRow, ...]]
    """Kind → the rows of its reference tables."""
    claims: frozenset[str]
    """Every reference that something stands for: records, also broken ones, and lists."""
    downloads: Mapping[str, Offer]
    """URL → file to offer."""

    @property
    def calendar(self) -> WorkCalendar:
        days = (own.row for own in self.rows.get("workday", ()))
        return WorkCalendar.of(day for day in days if isinstance(day, Workday))

    def of(self, kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries.values() if entry.kind.name == kind)

    def related(self, ref: str, kind: str) -> tuple[Entry, ...]:
        """Records of a kind that point to a record or that it points to, each once."""
        refs = dict.fromkeys((*self.outgoing.get(ref, ()), *self.incoming.get(ref, ())))
        return tuple(self.entries[other] for other in refs if other.startswith(f"{kind}:") and other in self.entries)


@dataclass(frozen=True, slots=True)
class Loaded:
    catalogue: Catalogue | None
    """What could be read; None where there is no site to speak of."""
    problems: tuple[Problem, ...]


def load(data: Path) -> Loaded:
    """Every record under data/, and every problem of every file."""
    loading = load_records(data)
    problems = (*loading.problems, *cross_check(loading, data))
    catalogue = _catalogue(loading.site, loading, data) if loading.site else None
    return Loaded(catalogue, problems)


def _catalogue(site: Site, loading: Loading, data: Path) -> Catalogue:
    outgoing: dict[str, list[str]] = {}
    incoming: dict[str, list[str]] = {}
    for pointing in loading.pointing:
        target = pointing.pointer.target
        if not pointing.pointer.in_prose and not pointing.pointer.to_file:
            outgoing.setdefault(pointing.owner, []).append(target)
            incoming.setdefault(target, []).append(pointing.owner)
    return Catalogue(
        site=site,
        site_place=loading.site_place,
        languages=loading.languages,
        entries=MappingProxyType(loading.entries),
        outgoing=MappingProxyType({ref: tuple(targets) for ref, targets in outgoing.items()}),
        incoming=MappingProxyType({ref: tuple(owners) for ref, owners in incoming.items()}),
        rows=MappingProxyType({kind: tuple(rows) for kind, rows in loading.rows.items()}),
        claims=LISTS.union(loading.claims, loading.spoken_for),
        downloads=MappingProxyType(dict(downloads(loading, data))),
    )


_NAMES: dict[str, Value] = {"zh": "明示", "en": "Mingshi"}
_FALLBACK: dict[str, Value] = {
    "name": _NAMES,
    "description": _NAMES,
    "agency": "none",
    "base_url": "http://localhost/",
    "languages": [{"key": lang.key, "tag": lang.tag, "name": lang.name} for lang in DEFAULT],
    "navigation": [],
    "contact": {"address": _NAMES, "phone": "1999", "email": "office@demo.example", "hours": _NAMES},
    "licence": {"name": _NAMES, "url": "https://data.gov.tw/license"},
}


def fallback() -> Catalogue:
    """An empty site, for a preview whose site.yml cannot be read."""
    site = structure(Site, _FALLBACK, DEFAULT)
    assert isinstance(site, Site)
    return _catalogue(site, Loading(DEFAULT), Path())
