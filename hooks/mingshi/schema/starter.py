"""A commented first record of a kind, and the heading of its table. Text only."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic.fields import FieldInfo

from mingshi.languages import Languages
from mingshi.schema.columns import sheets_of
from mingshi.schema.record import Kind, Model, explained, starts
from mingshi.schema.shape import Shape, shape_of
from mingshi.source.layout import EACH

_BARE = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#\n,\[\]{}]*")


def record(kind: Kind, record_id: str, today: str) -> str:
    """YAML with every field explained: required ones filled with an example, the others commented out."""
    title = " / ".join(line for line in (f"data/{kind.folder}", kind.name) if line)
    head = [
        f"# {title}",
        "# 每個欄位上方是說明；行首有 # 的是選填，要用時把「# 」刪掉。",
        "# Each field is explained above it; lines behind “# ” are optional.",
    ]
    lines = _fields(kind.model, {"id": record_id, "published": today})
    return "\n".join([*head, "", *lines]) + "\n"


def heading(kind: Kind, languages: Languages) -> str:
    """The first line of a CSV: one column a field, one a language where it is text."""
    main, *_ = sheets_of(kind, languages)
    paths = (column.at for column in main.columns if not column.whole)
    return ",".join(".".join("1" if step == EACH else str(step) for step in at) for at in paths) + "\n"


def _fields(model: type[Model], given: dict[str, str], depth: int = 0) -> list[str]:
    lines: list[str] = []
    for name, info in model.model_fields.items():
        key = info.alias or name
        shape = (shape_of(model).fields or {})[key]
        own = _field(key, info, shape, given.get(key), depth)
        optional = not (info.is_required() or key in given or starts(info))
        lines.append("# " + " / ".join(explained(info).values()))
        lines += [f"# {line}" for line in own] if optional else own
    return lines


def _field(key: str, info: FieldInfo, shape: Shape, given: str | None, depth: int) -> list[str]:
    if given is not None:
        return [f"{key}: {given}"]
    if info.examples:
        return _value(key, info.examples[0])
    below = shape.item or shape
    if below.model is None:
        return [f"{key}:"]
    inner = _fields(below.model, {}, depth + 1)
    if shape.item is None:
        return [f"{key}:", *(f"  {line}" for line in inner)]
    first = next(index for index, line in enumerate(inner) if not line.startswith("#"))
    # A list entry starts at its first real field; the comment above it stays above the dash.
    head = [f"  {line}" for line in inner[:first]]
    return [f"{key}:", *head, f"  - {inner[first]}", *(f"    {line}" for line in inner[first + 1 :])]


def _value(key: str, value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}:", *(f"  {line}" for name, child in value.items() for line in _value(name, child))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [f"{key}:", *(line for child in value for line in _entry(child))]
    if isinstance(value, list):
        return [f"{key}: [{', '.join(_scalar(child) for child in value)}]"]
    return [f"{key}: {_scalar(value)}"]


def _entry(value: dict[str, Any]) -> Iterator[str]:
    lines = [line for name, child in value.items() for line in _value(name, child)]
    yield f"  - {lines[0]}"
    yield from (f"    {line}" for line in lines[1:])


def _scalar(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return text if _BARE.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
