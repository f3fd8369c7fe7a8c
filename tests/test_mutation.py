"""Every field of every kind, broken in each way that fits it, is one problem at its place."""

import copy
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import pytest
import yaml

from full import ALTERNATIVES, full, path_of, write, write_office
from grids import Sheet, office_of, tables
from mingshi import exports, source
from mingshi.catalogue import load
from mingshi.kinds import KINDS
from mingshi.languages import DEFAULT
from mingshi.problems import At, Mark
from mingshi.schema.columns import layout
from mingshi.schema.faults import structure
from mingshi.schema.reading import Reads
from mingshi.schema.record import Kind, Model, Row
from mingshi.schema.shape import Shape, shape_of
from mingshi.schema.types import To
from mingshi.source import SourceFile, yaml_file
from mingshi.source.grid import Grids
from mingshi.source.rows import documents
from records import bare

GONE = object()
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Mutation:
    """A value put at a path, and the one problem that must follow."""

    at: At
    value: Any
    code: str
    place: At
    on_key: bool = False

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.at))}-{self.code}"


BAD_SCALARS: dict[str, list[tuple[str, str]]] = {
    "date": [
        ("2026-02-30", "impossible-date"),
        ("115-01-02", "roc-date"),
        ("民國115年1月2日", "roc-date"),
        ("soon", "bad-date"),
    ],
    "slug": [("Not A Slug", "bad-id"), ("2nd", "bad-id")],
    "roc-year": [("2026", "gregorian-year"), ("next", "wrong-type")],
    "url": [("www.demo.example", "bad-url"), ("https://demo", "bad-url"), ("javascript:alert(1)", "bad-url")],
    "phone": [("call me", "bad-phone"), ("12", "bad-phone")],
    "email": [("office", "bad-email"), ("a@b", "bad-email")],
    "interval": [("often", "bad-interval"), ("0 months", "bad-interval")],
    "quarter": [("2026-Q5", "bad-quarter"), ("115Q1", "bad-quarter")],
    "quantity": [("many", "bad-number"), ("120%", "percentage-over-100")],
    "percentage": [("half", "bad-number"), ("101%", "percentage-over-100"), ("50", "bad-number")],
    "theme-code": [("x", "bad-code")],
    "cake-code": [("x", "bad-code")],
    "service-code": [("Z99", "bad-code")],
    "download": [
        ("../secret.odt", "file-outside"),
        ("/etc/passwd", "file-outside"),
        ("files/form.exe", "file-format"),
        ("files/none.odt", "file-missing"),
    ],
    "compact-date": [
        ("20260230", "impossible-date"),
        ("1150101", "roc-date"),
        ("115-01-01", "roc-date"),
        ("民國115年1月1日", "roc-date"),
        ("2026/01/01", "bad-date"),
        ("202601", "bad-date"),
    ],
    "span": [
        ("2026-Q5", "bad-period"),
        ("2026-13", "bad-period"),
        ("115-Q3", "bad-period"),
        ("2026-9", "bad-period"),
        ("last year", "bad-period"),
    ],
    "condition": [
        ("many questions", "bad-condition"),
        ("faqs.published = 150", "bad-condition"),
        ("faqs.published >=", "bad-condition"),
        ("faqs >= 150", "bad-condition"),
        ("150 <= faqs.published", "bad-condition"),
    ],
    "site-path": [
        ("/services/jobless-claim/", "bad-path"),
        ("https://labor.demo.example/services/", "bad-path"),
        ("services/jobless?claim/", "bad-path"),
        ("services//jobless-claim", "bad-path"),
        ("../jobless-claim/", "bad-path"),
        ("services/../../jobless-claim/", "bad-path"),
        ("..", "bad-path"),
    ],
    "hours": [
        ("8-12", "bad-hours"),
        ("08:30–12:30", "bad-hours"),
        ("12:30-08:30", "bad-hours"),
        ("25:00-26:00", "bad-hours"),
    ],
    "colour": [("yellow", "bad-colour"), ("#fc3", "bad-colour")],
    "text": [],
}


def mutations(kind: Kind) -> Iterator[Mutation]:
    yield from _of_model(kind.model, full(kind), ())


def _of_model(model: type[Model], values: dict[str, Any], at: At) -> Iterator[Mutation]:
    shapes = shape_of(model).fields or {}
    misspelt = f"{next(iter(values))}x"
    yield Mutation((*at, misspelt), "x", "unknown-key", (*at, misspelt), on_key=True)
    for name, info in model.model_fields.items():
        key = info.alias or name
        if info.is_required():
            yield Mutation((*at, key), GONE, "missing-field", at)
        if key in values:
            yield from _of_value(shapes[key], info.annotation, info.metadata, values[key], (*at, key))


def _of_value(shape: Shape, annotation: Any, metadata: list[Any], value: Any, at: At) -> Iterator[Mutation]:
    if shape.fields is not None and shape.model is not None:
        yield Mutation(at, "text", "wrong-type", at)
        yield Mutation(at, "", "empty-text", at)
        yield from _of_model(shape.model, value, at)
    elif shape.item is not None:
        yield from _of_list(shape, annotation, metadata, value, at)
    elif shape.text:
        yield from _of_text(at)
    elif shape.words:
        yield Mutation(at, "text", "wrong-type", at)
        yield Mutation((*at, "fr"), ["mot"], "unknown-language", (*at, "fr"), on_key=True)
        yield Mutation((*at, "zh"), [], "too-few", (*at, "zh"))
        yield Mutation((*at, "zh", 0), "", "empty-text", (*at, "zh", 0))
    else:
        yield Mutation(at, ["a", "b"], "wrong-type" if not shape.to else "bad-reference", at)
        yield Mutation(at, "", "empty-text", at)
        yield from _of_scalar(annotation, metadata, at)


def _of_list(shape: Shape, annotation: Any, metadata: list[Any], value: list[Any], at: At) -> Iterator[Mutation]:
    assert shape.item is not None
    yield Mutation(at, "text", "wrong-type", at)
    if any(getattr(mark, "min_length", None) for mark in metadata):
        yield Mutation(at, [], "too-few", at)
    (inner, *_) = get_args(bare(annotation)[0])
    inner_type, inner_marks = bare(inner)
    for index, entry in enumerate(value):
        yield from _of_value(shape.item, inner_type, inner_marks, entry, (*at, index))


def _of_text(at: At) -> Iterator[Mutation]:
    yield Mutation(at, ["a"], "wrong-type", at)
    yield Mutation(at, "", "empty-text", at)
    yield Mutation(at, {"zh": "只有中文"}, "half-translation", at)
    yield Mutation(at, {"zh": "中文", "en": ""}, "empty-text", (*at, "en"))
    yield Mutation(at, {"zh": "中文", "en": "English", "fr": "x"}, "unknown-language", (*at, "fr"), on_key=True)
    yield Mutation(at, {"zh": "中文", "en": ["x"]}, "wrong-type", (*at, "en"))


def _of_scalar(annotation: Any, metadata: list[Any], at: At) -> Iterator[Mutation]:
    own, marks = bare(annotation)
    for mark in (*metadata, *marks):
        if isinstance(mark, Reads):
            yield from (Mutation(at, value, code, at) for value, code in BAD_SCALARS[mark.expected])
        if isinstance(mark, To):
            yield Mutation(at, "No Such Thing!", "bad-reference", at)
            if mark.kinds != ("list",):
                yield Mutation(at, f"{mark.kinds[0]}:no-such-thing", "unknown-reference", at)
        for bound, value in (("ge", -1), ("le", 10**6)):
            if getattr(mark, bound, None) is not None:
                yield Mutation(at, value, "out-of-range", at)
    if own is int and not any(isinstance(mark, Reads) for mark in (*metadata, *marks)):
        yield Mutation(at, "many", "wrong-type", at)
    if own is bool:
        yield Mutation(at, "maybe", "wrong-type", at)
    if get_origin(own) is Literal:
        yield Mutation(at, "none-of-these", "not-a-choice", at)


CASES = [(kind, mutation) for kind in KINDS for mutation in mutations(kind)]


@pytest.fixture(scope="module", autouse=True)
def _composed_once() -> Iterator[None]:
    """Every case reads the same office but for one file: what stands in the others is taken apart once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_file, "_compose", lru_cache(500)(yaml_file._compose))
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office") / "data"
    write_office(folder)
    return folder


@pytest.fixture(scope="module")
def light(whole: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same without the days of a year, which take as long to read as all the rest."""
    folder = tmp_path_factory.mktemp("light") / "data"
    shutil.copytree(whole, folder, ignore=shutil.ignore_patterns("calendar"))
    return folder


def test_the_full_records_have_no_problem(whole: Path) -> None:
    assert [(str(p.mark), p.code) for p in load(whole).problems] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_full_record_holds_every_field(kind: Kind) -> None:
    def missing(model: type[Model], values: dict[str, Any]) -> Iterator[str]:
        for key, shape in (shape_of(model).fields or {}).items():
            below = shape.item or shape
            if key not in values:
                yield key
            elif below.model is not None:
                entries = values[key] if shape.item else [values[key]]
                found = [set(missing(below.model, entry)) for entry in entries]
                yield from set.intersection(*found)

    assert set(missing(kind.model, full(kind))) <= ALTERNATIVES


@pytest.mark.parametrize(("kind", "mutation"), CASES, ids=[f"{kind.name}-{mutation}" for kind, mutation in CASES])
def test_one_fault_is_one_problem_at_its_place(kind: Kind, mutation: Mutation, whole: Path, light: Path) -> None:
    data = whole if kind.name == "workday" else light
    values = _mutated(full(kind), mutation)
    text = write(data, path_of(kind), values)
    try:
        found = [(str(problem.mark), problem.code) for problem in load(data).problems]
    finally:
        write(data, path_of(kind), full(kind))
    assert found == [(f"data/{path_of(kind)}:{_place(text, mutation)}", mutation.code)]


def _mutated(values: Any, mutation: Mutation) -> Any:
    values = copy.deepcopy(values)
    parent = values
    for step in mutation.at[:-1]:
        parent = parent[step]
    if mutation.value is GONE:
        del parent[mutation.at[-1]]
    else:
        parent[mutation.at[-1]] = mutation.value
    return values


def _place(text: str, mutation: Mutation) -> str:
    """Line and column of a path, by PyYAML's own composer."""
    node: Any = yaml.compose(text, LOADER)
    mark = node.start_mark
    for step in mutation.place:
        if isinstance(node, yaml.MappingNode):
            key, node = next((key, value) for key, value in node.value if key.value == step)
            mark = key.start_mark if mutation.on_key and step == mutation.place[-1] else node.start_mark
        else:
            node = node.value[step]
            mark = node.start_mark
    return f"{mark.line + 1}:{mark.column + 1}"


# --- The same in the cells of a table


def _in_cells(kind: Kind) -> Iterator[Mutation]:
    """Those that put another text in a cell of its own; an empty cell, a list or a group is no such thing."""
    values = full(kind)
    for mutation in mutations(kind):
        value: Any = values
        for step in mutation.at:
            value = value.get(step) if isinstance(value, dict) else value[step]
        # Rows of other sheets name the record by its id.
        joined = mutation.at == ("id",) and kind.sheets
        if (
            isinstance(value, str | int)
            and isinstance(mutation.value, str | int)
            and mutation.value != ""
            and not joined
        ):
            yield mutation


CELLS = [(kind, mutation) for kind in KINDS if kind.tabular for mutation in _in_cells(kind)]


@pytest.mark.parametrize(("kind", "mutation"), CELLS, ids=[f"{kind.name}-{mutation}" for kind, mutation in CELLS])
def test_one_fault_in_a_table_is_one_problem_at_its_cell(
    kind: Kind, mutation: Mutation, whole: Path, light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = whole if kind.name == "workday" else light
    sheets = _sheets(kind)
    file = SourceFile(data / kind.folder / "all.ods", f"data/{kind.folder}/all.ods")
    [own] = documents(file, Grids(tuple(sheet.grid(file) for sheet in sheets)), layout(kind, DEFAULT)).documents
    mark = own.place(mutation.at, False)
    broken = [_with_cell(sheet, mark, str(mutation.value)) for sheet in sheets]
    monkeypatch.setitem(source._GRIDS, ".ods", lambda file: Grids(tuple(sheet.grid(file) for sheet in broken)))
    yaml_file = data / path_of(kind)
    text = yaml_file.read_text("utf-8")
    yaml_file.unlink()
    file.path.touch()
    try:
        found = [(str(problem.mark), problem.code) for problem in load(data).problems]
    finally:
        yaml_file.write_text(text, "utf-8")
        file.path.unlink()
    assert found == [(str(mark), mutation.code)]


@cache
def _sheets(kind: Kind) -> tuple[Sheet, ...]:
    """The full record of a kind as sheets."""
    row = structure(kind.model, yaml.load(yaml.safe_dump(full(kind)), yaml.BaseLoader), DEFAULT)
    assert isinstance(row, Row), row
    return tuple(tables(exports.export(kind, office_of(kind, [row]), "zh")))


def _with_cell(sheet: Sheet, mark: Mark, text: str) -> Sheet:
    if sheet.name != mark.sheet:
        return sheet
    rows = [list(row) for row in sheet.rows]
    rows[mark.line - 1][mark.column - 1] = text
    return Sheet(rows, sheet.name)
