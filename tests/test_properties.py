"""What holds for every record and every file, however it was made."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from full import DUMPER, write_office
from mingshi.catalogue import load
from mingshi.kinds import KINDS
from mingshi.languages import DEFAULT
from mingshi.problems import Problem
from mingshi.schema.faults import plain, structure
from mingshi.schema.record import Kind, Model
from mingshi.source import SourceFile, parse_yaml, read
from records import records

FILE = SourceFile(Path("data/x.yml"), "data/x.yml")
CALM = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))

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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@CALM
@given(data=st.data())
def test_a_record_survives_yaml_and_back(kind: Kind, data: st.DataObject) -> None:
    first = _read(kind, data.draw(records(kind)))
    again = _read(kind, plain(first, DEFAULT))
    assert again == first
    assert plain(again, DEFAULT) == plain(first, DEFAULT)


@pytest.mark.parametrize("name", ["services/x.yml", "faqs/x.yml", "faqs/x.csv", "units/x.csv", "site.yml"])
@settings(CALM, max_examples=150)
@given(content=BYTES)
def test_any_bytes_are_records_or_problems(name: str, content: bytes, tmp_path: Path) -> None:
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
    (document,) = read(SourceFile(table, "x.csv")).documents
    assert document.values == {"id": "a", "name": {"zh": "甲"}}


def _read(kind: Kind, values: dict[str, Any]) -> Model:
    text = yaml.dump(values, Dumper=DUMPER, allow_unicode=True, sort_keys=False)
    reading = parse_yaml(FILE, text)
    assert reading.problems == ()
    record = structure(kind.model, reading.documents[0].values, DEFAULT)
    assert isinstance(record, Model), record
    return record
