"""JSON Schemas, by which an editor completes and marks data files while they are written."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from mingshi.languages import Languages
from mingshi.schema.reading import MARK
from mingshi.schema.record import HEADINGS, START, Kind

FOLDER = ".vscode"
SETTINGS = f"{FOLDER}/settings.json"
EXTENSIONS = f"{FOLDER}/extensions.json"

JsonSchema = dict[str, Any]

_OURS_ALONE = frozenset({MARK, HEADINGS, START, "default"})
_TEXT: JsonSchema = {"type": ["string", "number"]}


def files(kinds: Iterable[Kind], languages: Languages) -> Mapping[str, str]:
    """Path → content of everything the editor needs on opening the folder."""
    kinds = tuple(kinds)
    found = {path_of(kind): _dump(json_schema(kind, languages)) for kind in kinds}
    wiring = {"yaml.schemas": {f"./{path_of(kind)}": _globs(kind) for kind in kinds}}
    return {
        **found,
        SETTINGS: _dump(wiring),
        EXTENSIONS: _dump({"recommendations": ["redhat.vscode-yaml"]}),
    }


def path_of(kind: Kind) -> str:
    return f"{FOLDER}/schemas/{kind.name}.schema.json"


def json_schema(kind: Kind, languages: Languages) -> JsonSchema:
    """The schema of a kind's files: one record, or a list of records."""
    schema = _rewrite(kind.model.model_json_schema(by_alias=True), _shared(languages))
    definitions = schema.pop("$defs", {}) | {kind.model.__name__: schema}
    record = {"$ref": f"#/$defs/{kind.model.__name__}"}
    one_or_many = {"if": {"type": "array"}, "then": {"items": record}, "else": record}
    whole = record if kind.single else one_or_many
    return {"$schema": "http://json-schema.org/draft-07/schema#", **whole, "$defs": definitions}


def _globs(kind: Kind) -> list[str]:
    if kind.single:
        return [f"data/{kind.folder}"]
    return [f"data/{kind.folder}/**/*.{suffix}" for suffix in ("yml", "yaml")]


def _shared(languages: Languages) -> Mapping[str, JsonSchema]:
    words: JsonSchema = {"type": "array", "items": _TEXT}
    return {
        "localised": _by_language(_TEXT, languages, list(languages.keys[:2])),
        "words": _by_language(words, languages, []),
    }


def _by_language(one: JsonSchema, languages: Languages, required: list[str]) -> JsonSchema:
    each = {language.key: {**one, "description": language.name} for language in languages}
    many = {"type": "object", "properties": each, "required": required, "additionalProperties": False}
    return {"anyOf": [one, many]}


def _rewrite(node: Any, shared: Mapping[str, JsonSchema]) -> Any:
    """Put in what depends on languages; leave out what pydantic says for itself."""
    if isinstance(node, list):
        return [_rewrite(child, shared) for child in node]
    if not isinstance(node, dict):
        return node
    named_by_class = isinstance(node.get("title"), str)
    left_out = _OURS_ALONE | ({"title"} if named_by_class else set())
    own = {key: _rewrite(child, shared) for key, child in node.items() if key not in left_out}
    return own | shared[node[MARK]] if MARK in node else own


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
