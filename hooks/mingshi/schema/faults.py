"""Plain values → a model, or the faults that keep them from being one. The only reader of pydantic's errors."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from mingshi.languages import Languages
from mingshi.problems import At, Fault, nearest
from mingshi.schema.reading import ERROR, show
from mingshi.schema.record import Model, explained
from mingshi.schema.shape import Shape, at_model, shape_of
from mingshi.source import Value

_TYPES: Mapping[str, str] = {
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "dict_type": "mapping",
    "tuple_type": "list",
    "list_type": "list",
    "int_type": "number",
    "int_parsing": "number",
    "int_parsing_size": "number",
    "int_from_float": "number",
    "bool_type": "yes-no",
    "bool_parsing": "yes-no",
}
_BOUNDS: Mapping[str, str] = {"greater_than_equal": "≥ {ge}", "less_than_equal": "≤ {le}"}


def structure(model: type[Model], values: Value, languages: Languages) -> Model | list[Fault]:
    """The record that the values mean, or everything that is wrong with them."""
    try:
        return model.__pydantic_validator__.validate_python(values, context=languages)  # type: ignore[no-any-return]
    except ValidationError as error:
        shape = shape_of(model)
        return _misspelt([fault for detail in error.errors(include_url=False) for fault in _faults(detail, shape)])


def _misspelt(faults: list[Fault]) -> list[Fault]:
    """A required field under a wrong name is one fault, not a missing field and an unknown one."""
    missing = {(*fault.at, _field(fault)) for fault in faults if fault.code == "missing-field"}
    found = []
    for fault in faults:
        if fault.code == "unknown-key":
            around = [str(path[-1]) for path in missing if path[:-1] == fault.at[:-1]]
            meant = nearest(fault.found, around)
            if meant:
                missing.discard((*fault.at[:-1], meant))
                fault = replace(fault, nearest=meant)  # noqa: PLW2901
        found.append(fault)
    return [fault for fault in found if fault.code != "missing-field" or (*fault.at, _field(fault)) in missing]


def _field(fault: Fault) -> str:
    return str((fault.facts or {}).get("field", ""))


def _faults(detail: ErrorDetails, shape: Shape) -> Iterator[Fault]:
    at: At = detail["loc"]
    kind, found, facts = detail["type"], show(detail["input"]), detail.get("ctx", {})
    if kind == ERROR:
        yield from (_below(at, fault) for fault in facts["faults"])
    elif kind == "missing":
        yield _missing(at, shape)
    elif kind == "extra_forbidden":
        yield _unknown(at, shape)
    elif kind == "literal_error" and isinstance(detail["input"], str):
        yield _choice(at, found, facts["expected"])
    elif kind == "literal_error":
        yield Fault("wrong-type", at, found, "text")
    elif kind in _TYPES:
        yield Fault("wrong-type" if found else "empty-text", at, found, _TYPES[kind])
    elif kind in _BOUNDS:
        yield Fault("out-of-range", at, found, _BOUNDS[kind].format(**facts))
    elif kind == "too_short":
        # Entries that are wrong themselves are missing from pydantic's count, not from the author's list.
        if len(detail["input"]) < facts["min_length"]:
            yield Fault("too-few", at, expected=str(facts["min_length"]))
    else:
        raise AssertionError(f"pydantic reported {kind!r}, for which there are no words yet")


def _below(at: At, fault: Fault) -> Fault:
    related = None if fault.related is None else (*at, *fault.related)
    return Fault(
        fault.code,
        (*at, *fault.at),
        fault.found,
        fault.expected,
        fault.nearest,
        fault.facts,
        fault.on_key,
        related,
    )


def _missing(at: At, shape: Shape) -> Fault:
    model = at_model(shape, at[:-1])
    field = str(at[-1])
    info = next(info for name, info in model.model_fields.items() if field in (name, info.alias)) if model else None
    about = explained(info) if info else field
    return Fault("missing-field", at[:-1], facts={"field": field, "about": about})


def _unknown(at: At, shape: Shape) -> Fault:
    model = at_model(shape, at[:-1])
    fields = [info.alias or name for name, info in model.model_fields.items()] if model else []
    key = str(at[-1])
    return Fault("unknown-key", at, key, ", ".join(fields), nearest(key, fields), on_key=True)


def unknown_field(at: At, shape: Shape) -> Fault | None:
    """What is wrong with a path that stands for a whole column."""
    for length in range(1, len(at) + 1):
        model = at_model(shape, at[: length - 1])
        if model is not None and at[length - 1] not in (shape_of(model).fields or {}):
            return _unknown(at[:length], shape)
    return None


def _choice(at: At, found: str, expected: str) -> Fault:
    choices = expected.replace(" or ", ", ").replace("'", "").split(", ")
    if not found:
        return Fault("empty-text", at, expected=", ".join(choices))
    return Fault("not-a-choice", at, found, ", ".join(choices), nearest(found, choices))


def plain(record: Model, languages: Languages) -> dict[str, Any]:
    """A record as plain values again, the way an author would write it."""
    return record.model_dump(mode="json", by_alias=True, exclude_unset=True, context=languages)
