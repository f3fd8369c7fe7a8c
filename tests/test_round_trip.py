"""Records → sheets → records: what is exported and put back into data/ is the same."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from full import write_office
from grids import office_of, tables
from mingshi import exports
from mingshi.exports.workbook import Workbook
from mingshi.kinds import KINDS
from mingshi.languages import DEFAULT
from mingshi.schema.cells import Names, unfold
from mingshi.schema.columns import layout
from mingshi.schema.faults import structure
from mingshi.schema.record import Kind, Row
from mingshi.schema.shape import shape_of
from mingshi.source import SourceFile
from mingshi.source.grid import Grids
from mingshi.source.rows import documents
from mingshi.source.workbook import read_workbook
from office import catalogue
from records import records

FILE = SourceFile(Path("x.ods"), "x.ods")
TABULAR = [kind for kind in KINDS if kind.tabular]
CALM = settings(max_examples=20, suppress_health_check=list(HealthCheck))
FEW = settings(CALM, max_examples=4)


def read_back(kind: Kind, grids: Grids) -> list[object]:
    """The records of sheets in which nothing is wrong."""
    reading = documents(FILE, grids, layout(kind, DEFAULT))
    assert [(str(problem.mark), problem.code, problem.found) for problem in reading.problems] == []
    shape = shape_of(kind.model)
    return [structure(kind.model, unfold(own.values, shape, Names()), DEFAULT) for own in reading.documents]


def in_memory(workbook: Workbook) -> Grids:
    return Grids(tuple(table.grid(FILE) for table in tables(workbook)))


def written(workbook: Workbook, suffix: str, folder: Path) -> Grids:
    path = folder / f"x.{suffix}"
    path.write_bytes(exports.FORMATS[suffix](workbook))
    return read_workbook(SourceFile(path, path.name))


@st.composite
def rows_of(draw: st.DrawFn, kind: Kind) -> list[Row]:
    """A few valid records, each with an id of its own."""
    found = draw(st.lists(records(kind), min_size=1, max_size=3))
    if "id" in kind.model.model_fields:
        # Who leaves its id out has the name of its file.
        found = list(
            {values.setdefault("id", f"record-{index}"): values for index, values in enumerate(found)}.values()
        )
    read = [structure(kind.model, _sensible(values), DEFAULT) for values in found]
    assert all(isinstance(row, Row) for row in read), read
    return [row for row in read if isinstance(row, Row)]


def _sensible(values: Any) -> Any:
    """Without empty groups, of which no cell can tell whether they are there."""
    if isinstance(values, list):
        return [_sensible(value) for value in values]
    if isinstance(values, dict):
        return {key: _sensible(value) for key, value in values.items() if value != {}}
    return values


@pytest.mark.parametrize("kind", TABULAR, ids=lambda kind: kind.name)
@CALM
@given(author=st.sampled_from(["zh", "en"]), data=st.data())
def test_records_survive_sheets_and_back(kind: Kind, author: str, data: st.DataObject) -> None:
    rows = data.draw(rows_of(kind))

    assert read_back(kind, in_memory(exports.export(kind, office_of(kind, rows), author))) == rows


@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
@pytest.mark.parametrize("kind", TABULAR, ids=lambda kind: kind.name)
@FEW
@given(data=st.data())
def test_records_survive_files_and_back(
    kind: Kind, suffix: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rows = data.draw(rows_of(kind))
    workbook = exports.export(kind, office_of(kind, rows), "zh")

    assert read_back(kind, written(workbook, suffix, tmp_path_factory.mktemp("book"))) == rows


@pytest.fixture(scope="module")
def full_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("office") / "data"
    write_office(data)
    return data


@pytest.mark.parametrize("author", ["zh", "en"])
@pytest.mark.parametrize("suffix", ["ods", "xlsx"])
def test_an_office_whose_records_are_all_in_sheets_is_the_same_office(
    full_office: Path, suffix: str, author: str, tmp_path: Path
) -> None:
    """Every kind that sheets can hold is exported, and its other files are deleted."""
    before = catalogue(full_office)
    data = tmp_path / "data"
    for path in full_office.rglob("*.*"):
        kind = next((kind for kind in TABULAR if kind.folder == path.relative_to(full_office).parts[0]), None)
        if path.is_file() and (kind is None or "files" in path.parts):
            (data / path.relative_to(full_office)).parent.mkdir(parents=True, exist_ok=True)
            (data / path.relative_to(full_office)).write_bytes(path.read_bytes())
    for kind in TABULAR:
        book = exports.FORMATS[suffix](exports.export(kind, before, author))
        (data / kind.folder).mkdir(exist_ok=True)
        (data / kind.folder / f"all.{suffix}").write_bytes(book)
    after = catalogue(data)

    assert {ref: entry.record for ref, entry in after.entries.items()} == {
        ref: entry.record for ref, entry in before.entries.items()
    }
    assert {kind: [own.row for own in rows] for kind, rows in after.rows.items()} == {
        kind: [own.row for own in rows] for kind, rows in before.rows.items()
    }
    assert set(after.downloads) == set(before.downloads)
