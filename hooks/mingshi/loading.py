"""Files → entries, claims and pointers: what is known of an office before its records are held against each other."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mingshi import folder
from mingshi.kinds import RECORDS, SITE, TABLES, Site
from mingshi.languages import DEFAULT, Languages
from mingshi.problems import Fault, Mark, Problem, errors, problem
from mingshi.schema.cells import Names, told, unfold
from mingshi.schema.columns import layout
from mingshi.schema.faults import structure, unknown_field
from mingshi.schema.record import Kind, Record, Row
from mingshi.schema.shape import Pointer, pointers, shape_of
from mingshi.schema.types import Reference, is_slug
from mingshi.source import Document, Place, Reading, SourceFile, Value, ids_in_broken, is_table, read, read_yaml


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
        return f"{self.kind.section}/{self.record.id}/"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of a reference table and where it stands."""

    row: Row
    place: Place


@dataclass(frozen=True, slots=True)
class Pointing:
    """A pointer and whose it is."""

    owner: str
    kind: Kind
    document: Document
    pointer: Pointer


@dataclass(slots=True)
class Loading:
    """What is known while the files are read."""

    languages: Languages
    site: Site | None = None
    site_place: Place | None = None
    problems: list[Problem] = field(default_factory=list)
    claims: dict[str, Mark] = field(default_factory=dict)
    """References for which a record stands, also a broken one."""
    spoken_for: set[str] = field(default_factory=set)
    """References that a broken file may have meant; nothing that points to them is accused."""
    blind: set[str] = field(default_factory=set)
    """Kinds of which some ids could not be read at all."""
    unreadable: set[Mark] = field(default_factory=set)
    """Cells that are at fault by themselves; what they hold is not judged again."""
    broken: set[str] = field(default_factory=set)
    """Kinds of which some records could not be read: what is missing from all of them may stand there."""
    entries: dict[str, Entry] = field(default_factory=dict)
    rows: dict[str, list[TableRow]] = field(default_factory=dict)
    """Kind → the rows of its reference tables."""
    keys: dict[str, Mark] = field(default_factory=dict)
    """What tells those rows from each other; nothing can point there."""
    names: Names = field(default_factory=Names)
    pointing: list[Pointing] = field(default_factory=list)

    def fault(self, fault: Fault, place: Place) -> None:
        self.problems.append(problem(fault, place(fault.at, fault.on_key)))


def load_records(data: Path) -> Loading:
    """Every file under data/, read by itself."""
    files, problems = folder.list_files(data)
    loading = _load_site(files.site)
    loading.problems += problems
    readings = [
        (kind, file, read(file, lambda kind=kind: layout(kind, loading.languages)))  # type: ignore[misc]
        for kind in (*RECORDS, *TABLES)
        for file in files.records[kind.name]
    ]
    if any(is_table(file) for _, file, _ in readings):
        # A table may name a record instead of its id, so all names are gathered first.
        loading.names = Names.of(_named(readings), loading.languages.first.key)
    for kind, file, reading in readings:
        _load_file(loading, kind, file, reading)
    return loading


def _named(readings: list[tuple[Kind, SourceFile, Reading]]) -> Iterator[tuple[str, str, str]]:
    for kind, file, reading in readings:
        for document in reading.documents:
            values = document.values
            if not isinstance(values, dict) or not issubclass(kind.model, Record):
                continue
            record_id = values.get("id", file.path.stem if document.alone else None)
            told = values.get(kind.model.title_field)
            for name in told.values() if isinstance(told, dict) else [told]:
                if isinstance(name, str) and isinstance(record_id, str):
                    yield kind.name, name, record_id


def _load_site(file: SourceFile | None) -> Loading:
    loading = Loading(Languages(DEFAULT.all, unsure=True))
    if file is None:
        loading.problems.append(problem(Fault("site-missing"), Mark(f"data/{SITE.folder}")))
        return loading
    reading = read_yaml(file)
    loading.problems += reading.problems
    for document in reading.documents[:1]:
        if not document.alone:
            loading.problems.append(file.fault(Fault("wrong-type", found="- …", expected="mapping")))
            break
        loading.languages = _site_languages(document.values)
        loading.pointing += _pointing(SITE.name, SITE, document, document.values)
        site = structure(SITE.model, document.values, loading.languages)
        if isinstance(site, Site):
            loading.site, loading.languages = site, site.site_languages
            loading.site_place = document.place
        elif isinstance(site, list):
            for fault in site:
                loading.fault(fault, document.place)
    return loading


def _site_languages(values: Value) -> Languages:
    """The languages of the site, needed to read its very name."""
    given = values.get("languages") if isinstance(values, dict) else None
    keys = [own.get("key") for own in given if isinstance(own, dict)] if isinstance(given, list) else []
    sure = bool(keys) and isinstance(given, list) and len(keys) == len(given) == len({str(key) for key in keys})
    if not sure or not all(isinstance(key, str) and is_slug(key) for key in keys):
        return Languages(DEFAULT.all, unsure=True)
    return Languages.of_keys([str(key) for key in keys])


def _load_file(loading: Loading, kind: Kind, file: SourceFile, reading: Reading) -> None:
    loading.problems += reading.problems
    for heading, mark in reading.headings:
        fault = unknown_field(heading, shape_of(kind.model))
        if fault is not None:
            loading.problems.append(problem(fault, mark))
    if reading.problems or not all(isinstance(document.values, dict) for document in reading.documents):
        ids = {file.path.stem, *ids_in_broken(file)}
        loading.spoken_for |= {f"{kind.name}:{own}" for own in ids}
        if is_table(file) and errors(reading.problems):
            loading.blind.add(kind.name)
    if errors(reading.problems):
        loading.broken.add(kind.name)
        loading.unreadable |= {found.mark for found in errors(reading.problems) if found.mark.cell}
    for document in reading.documents:
        _load_record(loading, kind, file, document)


def _load_record(loading: Loading, kind: Kind, file: SourceFile, document: Document) -> None:
    shape = shape_of(kind.model)
    values = unfold(document.values, shape, loading.names) if document.row else document.values
    keyed = issubclass(kind.model, Record)
    if isinstance(values, dict):
        values = _with_id(loading, kind, file, document, values) if keyed else values
        loading.pointing += _pointing(f"{kind.name}:{values.get('id')}", kind, document, values)
    record = structure(kind.model, values, loading.languages)
    if isinstance(record, list):
        loading.broken.add(kind.name)
        for fault in record:
            if not document.row:
                loading.fault(fault, document.place)
            elif document.place(fault.at, fault.on_key) not in loading.unreadable:
                loading.fault(told(document.refine(fault), shape, loading.names), document.place)
    elif isinstance(record, Record):
        ref = Reference(f"{kind.name}:{record.id}")
        loading.entries.setdefault(ref, Entry(ref, kind, record, document.place))
    elif isinstance(record, Row):
        _claim(loading, loading.keys, f"{kind.name}:{record.key}", document.place((record.key_fields[0],), False))
        loading.rows.setdefault(kind.name, []).append(TableRow(record, document.place))


def _pointing(owner: str, kind: Kind, document: Document, values: Value) -> Iterable[Pointing]:
    return [Pointing(owner, kind, document, pointer) for pointer in pointers(values, shape_of(kind.model))]


def _with_id(
    loading: Loading, kind: Kind, file: SourceFile, document: Document, values: dict[str, Value]
) -> dict[str, Value]:
    """The record with its id, claimed for it."""
    given, stem = values.get("id"), file.path.stem
    if document.alone and not is_slug(stem):
        loading.problems.append(file.fault(Fault("bad-file-name", found=file.path.name, expected="slug")))
        return {"id": "unnamed", **values}
    own = given.strip() if isinstance(given, str) and is_slug(given.strip()) else None
    if document.alone:
        if own not in (None, stem):
            loading.fault(Fault("id-not-file-name", ("id",), str(own), stem, nearest=stem), document.place)
            loading.spoken_for.add(f"{kind.name}:{stem}")
        own = own or stem
    elif given is None:
        about = {"zh": "代號", "en": "id"}
        loading.fault(Fault("missing-field", facts={"field": "id", "about": about}), document.place)
    if own is None:
        loading.blind.add(kind.name)
    else:
        mark = Mark(file.name) if given is None else document.place(("id",), False)
        _claim(loading, loading.claims, f"{kind.name}:{own}", mark)
    # Without an id of its own the record is judged by its other fields.
    return {"id": own or "unnamed", **values}


def _claim(loading: Loading, claims: dict[str, Mark], ref: str, mark: Mark) -> None:
    """Two claims on one id are a problem that names both places."""
    first = claims.setdefault(ref, mark)
    if first != mark:
        fault = Fault("duplicate-id", ("id",), ref, facts={"other": str(first)})
        loading.problems.append(problem(fault, mark, [first]))
