"""What an editor is told about data files: the same as what the compiler accepts."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from full import full
from mingshi.kinds import KINDS, RECORDS, SITE, TABLES
from mingshi.languages import DEFAULT, Language, Languages
from mingshi.schema import editor
from mingshi.schema.record import Kind

ROOT = Path(__file__).resolve().parents[1]
DATA = [
    (kind, path)
    for kind in KINDS
    for path in ([ROOT / "data" / kind.folder] if kind is SITE else sorted((ROOT / "data" / kind.folder).glob("*.yml")))
]


def validator(kind: Kind, languages: Languages = DEFAULT) -> Draft7Validator:
    schema = editor.json_schema(kind, languages)
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


def as_editor(value: Any) -> Any:
    """Text as an editor's YAML 1.2 sees it: numbers and true or false are typed, everything else is text."""
    if isinstance(value, dict):
        return {key: as_editor(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_editor(child) for child in value]
    if re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value) if "." in value else int(value)
    return {"true": True, "false": False}.get(value, value)


@pytest.mark.parametrize(("kind", "path"), DATA, ids=[str(path.relative_to(ROOT)) for _, path in DATA])
def test_the_demonstration_data_pleases_the_editor(kind: Kind, path: Path) -> None:
    values = as_editor(yaml.load(path.read_text("utf-8"), yaml.BaseLoader))
    assert [error.message for error in validator(kind).iter_errors(values)] == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_full_record_pleases_the_editor(kind: Kind) -> None:
    assert [error.message for error in validator(kind).iter_errors(full(kind))] == []


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.name)
def test_the_editor_marks_what_the_compiler_refuses(kind: Kind) -> None:
    values = full(kind)
    title = kind.model.title_field  # type: ignore[attr-defined]
    broken = [
        {**values, "colour": "red"},
        {key: value for key, value in values.items() if key != "published"},
        {**values, "published": "115-01-02"},
        {**values, title: {"zh": "只有中文"}},
        {**values, title: {"zh": "甲", "en": "A", "fr": "B"}},
        {**values, "review_every": "often"},
        [values, {**values, "colour": "red"}],
    ]
    assert [bool(list(validator(kind).iter_errors(one))) for one in broken] == [True] * len(broken)


@pytest.mark.parametrize("kind", TABLES, ids=lambda kind: kind.name)
def test_the_editor_marks_what_the_compiler_refuses_in_a_row(kind: Kind) -> None:
    values, key = full(kind), kind.model.key_fields[0]  # type: ignore[attr-defined]
    broken = [
        {**values, "colour": "red"},
        {name: value for name, value in values.items() if name != key},
        {**values, key: []},
        [values, {**values, "colour": "red"}],
    ]
    assert [bool(list(validator(kind).iter_errors(one))) for one in broken] == [True] * len(broken)


def test_every_field_is_explained_in_both_author_languages() -> None:
    for kind in KINDS:
        schema = editor.json_schema(kind, DEFAULT)
        for name, definition in schema["$defs"].items():
            for key, field in definition.get("properties", {}).items():
                zh, _, en = field.get("description", "").partition("\n")
                assert zh, f"{name}.{key}"
                assert en, f"{name}.{key}"


def test_a_third_language_reaches_the_editor() -> None:
    third = Languages((*DEFAULT.all, Language("vi", "vi", "Tiếng Việt", "vi/", 2)))
    unit = next(kind for kind in KINDS if kind.name == "unit")
    values = full(unit) | {"name": {"zh": "甲", "en": "A", "vi": "B"}}
    assert list(validator(unit, third).iter_errors(values)) == []
    assert list(validator(unit).iter_errors(values)) != []


def test_the_committed_files_are_up_to_date_and_wired() -> None:
    for name, content in editor.files(KINDS, DEFAULT).items():
        assert (ROOT / name).read_text("utf-8") == content, f"{name}: run mingshi schema"
    wiring = json.loads((ROOT / editor.SETTINGS).read_text("utf-8"))["yaml.schemas"]
    assert {globs[0] for globs in wiring.values()} >= {"data/site.yml", "data/services/**/*.yml"}
    assert all((ROOT / schema).is_file() for schema in wiring)
