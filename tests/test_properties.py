"""What holds for every record and every file, however it was made."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from full import DUMPER, write_office
from grids import Sheet
from mingshi.catalogue import load
from mingshi.kinds import BY_NAME, KINDS
from mingshi.languages import DEFAULT
from mingshi.problems import Problem
from mingshi.schema.cells import Names, told, unfold
from mingshi.schema.columns import Column, layout, sheets_of
from mingshi.schema.faults import plain, structure
from mingshi.schema.record import Kind, Model
from mingshi.schema.shape import shape_of
from mingshi.source import SourceFile, parse_yaml, read
from mingshi.source.grid import Grids
from mingshi.source.rows import documents
from mingshi.wording import WORDING
from records import records

FILE = SourceFile(Path("data/x.yml"), "data/x.yml")
CALM = settings(max_examples=60, suppress_health_check=list(HealthCheck))

# Pieces of YAML and CSV, so that random files get past the first character.
YAML_PIECES = st.sampled_from(
    [
        "id: x\n",
        "title: ",
        "- ",
        "  ",
        "{",
        "}",
        "[",
        "]",
        "&a ",
        "*a",
        "<<: ",
        "|\n",
        ">-\n",
        "#",
        "'",
        '"',
        "\t",
        "\n",
        "---\n",
        "...\n",
        "!!python/object:os.system ",
        "? ",
        ": ",
        "%YAML 1.1\n",
        "zh: 甲\n",
        "\u2028",
        "\ufeff",
        "\r",
        "😀",
        ",",
        ";",
        "\\",
        "a.1.b",
        "\x85",
    ]
)
BYTES = st.binary(max_size=300) | st.lists(YAML_PIECES, max_size=40).map(lambda parts: "".join(parts).encode())
# The same for tables: headings of several kinds, right and wrong, and what may stand below them.
HEADINGS = st.sampled_from(
    [
        "id",
        "title",
        "title.zh",
        "項目",
        "項目名稱（English）",
        "處理期限",
        "limit",
        "limit.value",
        "應備文件",
        "應備文件1 文件名稱",
        "documents.2.name.zh",
        "documents.0.name",
        "documents.1.nonsense",
        "documents." + "9" * 5000 + ".name",
        "民眾會用的說法（中文）2",
        "points.1.period",
        "西元日期",
        "詞彙",
        "問題",
        "published",
        "看不懂",
        "",
        "1",
        "a.b",
    ]
)
CELLS = st.sampled_from(
    [
        "",
        " ",
        "x",
        "x;y",
        '"x\ny"',
        "15日曆天",
        "現場",
        "免費",
        "例：",
        "20260101",
        "2026-01-02",
        "1",
        "是",
        "\u3000",
        '"',
        "\x07",
    ]
)
TABLE = st.lists(HEADINGS, max_size=8).flatmap(
    lambda headings: st.lists(st.lists(CELLS, max_size=len(headings) + 1), max_size=4).map(
        lambda rows: "".join(f"{','.join(row)}\n" for row in [headings, *rows]).encode()
    )
)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@CALM
@given(data=st.data())
def test_a_record_survives_yaml_and_back(kind: Kind, data: st.DataObject) -> None:
    first = _read(kind, data.draw(records(kind)))
    again = _read(kind, plain(first, DEFAULT))
    assert again == first
    assert plain(again, DEFAULT) == plain(first, DEFAULT)


@pytest.mark.parametrize(
    "name", ["services/x.yml", "faqs/x.yml", "faqs/x.csv", "units/x.csv", "services/x.ods", "faqs/x.xlsx", "site.yml"]
)
@settings(CALM, max_examples=150)
@given(content=BYTES)
def test_any_bytes_are_records_or_problems(name: str, content: bytes, tmp_path: Path) -> None:
    _judged(name, content, tmp_path)


@pytest.mark.parametrize("name", [f"{kind.folder}/x.csv" for kind in KINDS if kind.tabular])
@settings(CALM, max_examples=30)
@given(content=TABLE)
def test_any_table_is_records_or_problems(name: str, content: bytes, tmp_path: Path) -> None:
    _judged(name, content, tmp_path)


@st.composite
def workbooks(draw: st.DrawFn, kind: Kind) -> list[Sheet]:
    """Sheets with headings that the kind proposes, a few others, and rows that fit them or not."""
    found = []
    for columns in draw(st.lists(st.sampled_from(sheets_of(kind, DEFAULT)), max_size=4)):
        proposed = st.sampled_from([heading for column in columns.columns for heading in _headings(column)])
        headings = draw(st.lists(proposed | HEADINGS, max_size=8))
        cells = CELLS | st.sampled_from(["a", "b", "example", "unit:a", "服務台", "46024", "start 開始", "９", "1.5"])
        rows = draw(st.lists(st.lists(cells, max_size=len(headings) + 1), max_size=5))
        name = draw(st.sampled_from([columns.title["zh"], columns.title["en"].upper(), "工作表1", "說明 Help", ""]))
        places = [f"{chr(65 + column)}{row}" for row in range(1, 7) for column in range(9)]
        numbers = frozenset(draw(st.lists(st.sampled_from(places), max_size=4)))
        found.append(Sheet([headings, *rows], name, numbers, hidden=draw(st.integers(0, 9)) == 0))
    return found


def _headings(column: Column) -> list[str]:
    return [column.heading("zh", (number,) * 5) for number in (0, 1)] + [column.heading("en", (0,) * 5)]


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.tabular], ids=lambda kind: kind.name)
@settings(CALM, max_examples=25)
@given(data=st.data())
def test_any_sheets_are_records_or_problems_inside_them(kind: Kind, data: st.DataObject) -> None:
    sheets = data.draw(workbooks(kind))
    reading = documents(FILE, Grids(tuple(sheet.grid(FILE) for sheet in sheets)), layout(kind, DEFAULT))
    marks = [problem.mark for problem in reading.problems]
    shape = shape_of(kind.model)
    for document in reading.documents:
        assert isinstance(document.values, dict)
        record = structure(kind.model, unfold(document.values, shape, Names()), DEFAULT)
        for fault in record if isinstance(record, list) else ():
            assert told(document.refine(fault), shape, Names()).code in WORDING
            marks.append(document.place(fault.at, fault.on_key))
    names = {sheet.name for sheet in sheets}
    assert all(mark.file == FILE.name and mark.sheet in names and mark.line <= 6 for mark in marks)


def _judged(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "data" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    loaded = load(tmp_path / "data")
    assert all(isinstance(problem, Problem) and problem.mark.line > 0 for problem in loaded.problems)


@settings(CALM, max_examples=150)
@given(content=BYTES)
def test_a_broken_file_accuses_no_other_file(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    data = tmp_path_factory.mktemp("office") / "data"
    write_office(data)
    broken = data / "services/unemployment-benefit.yml"
    broken.write_bytes(content)
    accused = {problem.mark.file for problem in load(data).problems}
    assert accused <= {"data/services/unemployment-benefit.yml"}


@settings(CALM, max_examples=150)
@given(content=BYTES.map(lambda raw: raw.decode("utf-8", "replace").replace("\0", "")))
def test_every_place_in_a_file_lies_in_the_file(content: str) -> None:
    reading = parse_yaml(FILE, content)
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in reading.problems:
        # A mark may stand just behind the last character, where something is missing.
        assert problem.mark.line <= len(lines) + 1


def test_the_readers_know_their_files(tmp_path: Path) -> None:
    table = tmp_path / "x.csv"
    table.write_text("id,name.zh\na,甲\n", "utf-8")
    (document,) = read(SourceFile(table, "x.csv"), lambda: layout(BY_NAME["unit"], DEFAULT)).documents
    assert document.values == {"id": "a", "name": {"zh": "甲"}}


def _read(kind: Kind, values: dict[str, Any]) -> Model:
    text = yaml.dump(values, Dumper=DUMPER, allow_unicode=True, sort_keys=False)
    reading = parse_yaml(FILE, text)
    assert reading.problems == ()
    record = structure(kind.model, reading.documents[0].values, DEFAULT)
    assert isinstance(record, Model), record
    return record
