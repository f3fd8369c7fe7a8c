"""All records of an office, checked against each other: data/ → an immutable Catalogue. Knows no page and no clock."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from mingshi import folder
from mingshi.kinds import BY_NAME, RECORDS, SITE, Site
from mingshi.kinds.service import HOURS_A_DAY, Service
from mingshi.kinds.sop import Sop
from mingshi.languages import DEFAULT, Languages
from mingshi.problems import Fault, Mark, Problem, nearest, problem
from mingshi.schema.faults import structure
from mingshi.schema.record import Kind, Record
from mingshi.schema.shape import Pointer, pointers, shape_of, unfold
from mingshi.schema.types import Reference, is_slug
from mingshi.source import Document, Place, SourceFile, Value, locate, read, read_yaml


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its kind, its reference and where it stands."""

    ref: Reference
    kind: Kind
    record: Record
    place: Place

    @property
    def path(self) -> str:
        """Its URL below the root of a language."""
        return f"{self.kind.folder}/{self.record.id}/"


@dataclass(frozen=True, slots=True)
class Catalogue:
    site: Site
    languages: Languages
    entries: Mapping[str, Entry]
    outgoing: Mapping[str, tuple[str, ...]]
    incoming: Mapping[str, tuple[str, ...]]
    claims: frozenset[str]
    """Every reference that some record stands for, also the broken ones."""
    downloads: tuple[tuple[Path, str], ...]
    """Files to offer: where they are, and their URL."""

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


@dataclass(slots=True)
class _Loading:
    """What is known while the files are read."""

    languages: Languages
    problems: list[Problem] = field(default_factory=list)
    claims: dict[str, Mark] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    pointing: list[tuple[str, Kind, Document, Pointer]] = field(default_factory=list)
    downloads: list[tuple[Path, str]] = field(default_factory=list)
    blind: set[str] = field(default_factory=set)
    """Kinds of which a whole table could not be read, so that nobody knows which ids it holds."""

    def fault(self, fault: Fault, place: Place) -> None:
        related = [] if fault.related is None else [place(fault.related, False)]
        self.problems.append(problem(fault, place(fault.at, fault.on_key), related))


def load(data: Path) -> Loaded:
    """Every record under data/, and every problem of every file."""
    files, problems = folder.list_files(data)
    site, languages, site_problems = _load_site(files.site)
    loading = _Loading(languages, [*problems, *site_problems])
    if site is not None and files.site is not None:
        document = read_yaml(files.site).documents[0]
        loading.pointing.extend((SITE.name, SITE, document, pointer) for pointer in _pointers(document.values, SITE))
    for kind in RECORDS:
        for file in files.records[kind.name]:
            _load_file(loading, kind, file)
    _resolve(loading, data)
    entries = loading.entries
    loading.problems.extend(_cycles(entries))
    loading.problems.extend(_steps_over_limit(entries, loading))
    if site is None:
        return Loaded(None, tuple(loading.problems))
    return Loaded(_catalogue(site, loading), tuple(loading.problems))


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
    return _catalogue(site, _Loading(DEFAULT))


def _catalogue(site: Site, loading: _Loading) -> Catalogue:
    outgoing: dict[str, list[str]] = {}
    incoming: dict[str, list[str]] = {}
    for owner, _, _, pointer in loading.pointing:
        if not pointer.in_prose and not pointer.to_file:
            outgoing.setdefault(owner, []).append(pointer.target)
            incoming.setdefault(pointer.target, []).append(owner)
    return Catalogue(
        site=site,
        languages=loading.languages,
        entries=MappingProxyType(loading.entries),
        outgoing=MappingProxyType({ref: tuple(targets) for ref, targets in outgoing.items()}),
        incoming=MappingProxyType({ref: tuple(owners) for ref, owners in incoming.items()}),
        claims=frozenset(loading.claims),
        downloads=tuple(dict.fromkeys(loading.downloads)),
    )


def _load_site(file: SourceFile | None) -> tuple[Site | None, Languages, list[Problem]]:
    if file is None:
        return None, Languages(DEFAULT.all, unsure=True), [problem(Fault("site-missing"), Mark("data/site.yml"))]
    reading = read_yaml(file)
    problems = list(reading.problems)
    if not reading.documents:
        return None, Languages(DEFAULT.all, unsure=True), problems
    document = reading.documents[0]
    languages = _site_languages(document.values)
    site = structure(SITE.model, document.values, languages)
    if isinstance(site, list):
        return None, languages, problems + [problem(f, document.place(f.at, f.on_key)) for f in site]
    assert isinstance(site, Site)
    return site, site.site_languages, problems


def _site_languages(values: Value) -> Languages:
    """The languages of the site, needed to read its very name."""
    given = values.get("languages") if isinstance(values, dict) else None
    keys = [own.get("key") for own in given if isinstance(own, dict)] if isinstance(given, list) else []
    sure = bool(keys) and isinstance(given, list) and len(keys) == len(given) == len({str(key) for key in keys})
    if not sure or not all(isinstance(key, str) and is_slug(key) for key in keys):
        return Languages(DEFAULT.all, unsure=True)
    return Languages.of_keys([str(key) for key in keys])


def _load_file(loading: _Loading, kind: Kind, file: SourceFile) -> None:
    reading = read(file)
    loading.problems.extend(reading.problems)
    if not reading.documents:
        # A file that cannot be read still claims its id, so that nothing that points to it is accused.
        loading.claims.setdefault(f"{kind.name}:{file.path.stem}", Mark(file.name))
        if file.path.suffix.lower() == ".csv":
            loading.blind.add(kind.name)
    for document in reading.documents:
        _load_record(loading, kind, file, document)


def _load_record(loading: _Loading, kind: Kind, file: SourceFile, document: Document) -> None:
    values = unfold(document.values, shape_of(kind.model)) if document.row else document.values
    if isinstance(values, dict):
        values = _with_id(loading, kind, file, document, values)
    loading.pointing.extend(
        (f"{kind.name}:{values.get('id')}", kind, document, pointer)
        for pointer in _pointers(values, kind)
        if isinstance(values, dict)
    )
    record = structure(kind.model, values, loading.languages)
    if isinstance(record, list):
        for fault in record:
            loading.fault(fault, document.place)
        return
    assert isinstance(record, Record)
    ref = Reference(f"{kind.name}:{record.id}")
    loading.entries.setdefault(ref, Entry(ref, kind, record, document.place))


def _with_id(
    loading: _Loading, kind: Kind, file: SourceFile, document: Document, values: dict[str, Value]
) -> dict[str, Value]:
    """The record with its id, claimed for it; two claims on one id are a problem that names both places."""
    given, stem = values.get("id"), file.path.stem
    if given is None and not document.alone:
        about = {"zh": "代號", "en": "id"}
        loading.fault(Fault("missing-field", facts={"field": "id", "about": about}), document.place)
        return values
    own = given.strip() if isinstance(given, str) and is_slug(given.strip()) else stem
    if document.alone and own != stem:
        loading.fault(Fault("id-not-file-name", ("id",), own, stem, nearest=stem), document.place)
        loading.claims.setdefault(f"{kind.name}:{stem}", Mark(file.name))
    if document.alone or own == given:
        mark = document.place(("id",), False) if given is not None else Mark(file.name)
        first = loading.claims.setdefault(f"{kind.name}:{own}", mark)
        if first != mark:
            fault = Fault("duplicate-id", ("id",), f"{kind.name}:{own}", facts={"other": str(first)})
            loading.problems.append(problem(fault, mark, [first]))
    return {"id": stem, **values}


def _pointers(values: Value, kind: Kind) -> Iterable[Pointer]:
    return pointers(values, shape_of(kind.model))


def _resolve(loading: _Loading, data: Path) -> None:
    """Every pointer meets its record or its file, or becomes a problem at its place."""
    lists = {f"list:{kind.folder}" for kind in RECORDS}
    by_kind: dict[str, list[str]] = {}
    for ref in (*loading.claims, *lists):
        by_kind.setdefault(ref.partition(":")[0], []).append(ref)
    for owner, kind, document, pointer in loading.pointing:
        if pointer.to_file:
            _resolve_file(loading, kind, document, owner, pointer, data)
        elif pointer.target not in loading.claims and pointer.target not in lists:
            target_kind = pointer.target.partition(":")[0]
            if target_kind in loading.blind:
                continue
            choices = by_kind.get(target_kind) or [f"{name}:" for name in BY_NAME]
            fault = Fault("unknown-reference", pointer.at, pointer.target, nearest=nearest(pointer.target, choices))
            mark = document.place(pointer.at, False)
            if pointer.in_prose:
                mark = locate(document.source, mark, f"]({pointer.target}", skip=2)
            loading.problems.append(problem(fault, mark))


def _resolve_file(loading: _Loading, kind: Kind, document: Document, owner: str, pointer: Pointer, data: Path) -> None:
    base = (data / kind.folder).resolve()
    path = base / pointer.target
    inside = path.resolve().is_relative_to(base)
    if not inside:
        loading.fault(Fault("file-outside", pointer.at, pointer.target, f"data/{kind.folder}"), document.place)
    elif not path.is_file():
        others = [str(p.relative_to(base)) for p in base.rglob("*.*") if p.suffix.lower() not in folder.READABLE]
        near = nearest(pointer.target, others)
        loading.fault(
            Fault("file-missing", pointer.at, pointer.target, f"data/{kind.folder}", nearest=near), document.place
        )
    elif path.stat().st_size > folder.DOWNLOAD_LIMIT:
        size = f"{path.stat().st_size / 1024 / 1024:.1f} MB"
        limit = f"{folder.DOWNLOAD_LIMIT // 1024 // 1024} MB"
        loading.fault(Fault("file-too-large", pointer.at, size, limit), document.place)
    else:
        loading.downloads.append((path, f"{kind.folder}/{owner.partition(':')[2]}/{path.name}"))


def _cycles(entries: Mapping[str, Entry]) -> Iterator[Problem]:
    """A parent that is its own descendant, each circle once."""
    done: set[str] = set()
    for ref, entry in entries.items():
        way: list[str] = []
        here: str | None = ref
        while here is not None and here in entries and here not in done and here not in way:
            way.append(here)
            here = getattr(entries[here].record, "parent", None)
        if here in way:
            circle = way[way.index(here) :]
            first = entries[min(circle)]
            found = " → ".join((*circle, circle[0]))
            yield problem(Fault("reference-cycle", ("parent",), found), first.place(("parent",), False))
        done.update(way)
        del entry


def _steps_over_limit(entries: Mapping[str, Entry], loading: _Loading) -> Iterator[Problem]:
    """An SOP whose steps take longer than the service may."""
    links = {(owner, pointer.target) for owner, _, _, pointer in loading.pointing if not pointer.in_prose}
    pairs = {(a, b) if a.startswith("sop:") else (b, a) for a, b in links if {a[:4], b[:4]} == {"sop:", "serv"}}
    for sop_ref, service_ref in sorted(pairs):
        sop, service = entries.get(sop_ref), entries.get(service_ref)
        if sop is None or service is None:
            continue
        assert isinstance(sop.record, Sop)
        assert isinstance(service.record, Service)
        limit = service.record.limit
        if limit.unit == "immediate" or limit.counting is None:
            continue
        days = sop.record.longest_days(HOURS_A_DAY[limit.counting])
        if days > limit.days + 1e-9:
            facts = {"service": service_ref, "limit": f"{limit.days:g}"}
            fault = Fault("steps-over-limit", ("steps",), f"{days:g}", facts=facts)
            yield problem(fault, sop.place(("steps",), True), [service.place(("limit",), True)])
