"""What the cells of a row say → plain values as in YAML: lists, names instead of ids, groups in short."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from mingshi.problems import Fault, nearest
from mingshi.schema.shape import Shape, at_model, shape_at
from mingshi.schema.types import To
from mingshi.source import Value
from mingshi.source.layout import squeeze

_SIGNS = re.compile(r"\s*[;；]\s*")
_LINES = re.compile(r"\s*\n\s*")
_YES_NO: Mapping[str, str] = {"是": "true", "否": "false"}


@dataclass(frozen=True, slots=True)
class Names:
    """What records are called, so that a cell may say 就業安全科 where YAML says employment-security."""

    ids: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """(kind, name, squeezed) → id; a name that two records share is none."""
    told: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind → the names as they are written."""
    first: str = "zh"
    """The site's first language."""

    @classmethod
    def of(cls, named: Iterable[tuple[str, str, str]], first: str) -> "Names":
        """From (kind, name, id)."""
        owners: dict[tuple[str, str], set[str]] = {}
        told: dict[str, dict[str, None]] = {}
        for kind, name, record_id in named:
            owners.setdefault((kind, squeeze(name)), set()).add(record_id)
            told.setdefault(kind, {})[name] = None
        unique = {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}
        return cls(unique, {kind: tuple(names) for kind, names in told.items()}, first)


def unfold(value: Value, shape: Shape, names: Names) -> Value:
    """A row of a table as the record that it means."""
    if shape.model is not None and isinstance(value, str):
        short = shape.model.from_cell(value.strip())
        return value if short is None else dict(short)
    if shape.fields is not None and isinstance(value, dict):
        return {key: unfold(child, shape.fields.get(key, Shape()), names) for key, child in value.items()}
    if shape.item is not None:
        return _list(value, shape.item, names)
    if shape.words:
        words = value if isinstance(value, dict) else {"": value}
        split = {language: _split(given) for language, given in words.items()}
        return split if isinstance(value, dict) else split[""]
    if shape.text and isinstance(value, dict):
        return _translated(value, names)
    return _scalar(value, shape, names) if isinstance(value, str) else value


def _list(value: Value, item: Shape, names: Names) -> Value:
    if item.text and isinstance(value, dict):
        return _side_by_side({language: _split(given) for language, given in value.items()}, names)
    entries = _split(value)
    return [unfold(entry, item, names) for entry in entries] if isinstance(entries, list) else entries


def _side_by_side(columns: Mapping[str, Value], names: Names) -> Value:
    """[{zh, en}, …] from one list a language."""
    lists = {language: given for language, given in columns.items() if isinstance(given, list)}
    length = max((len(given) for given in lists.values()), default=0)
    return [
        _translated({language: given[index] for language, given in lists.items() if index < len(given)}, names)
        for index in range(length)
    ]


def _translated(texts: dict[str, Value], names: Names) -> Value:
    """In a table every text has a cell a language: an empty one is a translation that is not there yet."""
    return texts[names.first] if tuple(texts) == (names.first,) else texts


def _scalar(text: str, shape: Shape, names: Names) -> str:
    own = text.strip()
    if shape.to is not None:
        return _reference(own, shape.to, names)
    if shape.choices is not None:
        return _choice(own, shape.choices)
    if shape.scalar is bool:
        return _YES_NO.get(own, own)
    return text


def _reference(text: str, to: To, names: Names) -> str:
    """`employment-security`, `employment-security 就業安全科` as the drop-down offers it, or the name alone."""
    if to.whole(text) is not None:
        return text
    name, head = squeeze(text), text.split(maxsplit=1)[0] if text else ""
    found = (f"{kind}:{names.ids[kind, name]}" for kind in to.kinds if (kind, name) in names.ids)
    return next(found, head if to.whole(head) is not None else text)


def _choice(text: str, choices: Mapping[str, str]) -> str:
    """`counter`, `counter 臨櫃` as the drop-down offers it, or 臨櫃."""
    head = text.split(maxsplit=1)[0] if text else ""
    if head in choices:
        return head
    return next((code for code, called in choices.items() if called and called == text), text)


def _split(value: Value) -> Value:
    """A cell of many entries: one a line, or with `;` between them."""
    if not isinstance(value, str):
        return value
    return [part for part in (_LINES if "\n" in value else _SIGNS).split(value.strip(" ")) if part]


def told(fault: Fault, shape: Shape, names: Names) -> Fault:
    """A fault of a row, told in the terms of its cell."""
    if fault.code == "wrong-type" and fault.expected == "mapping":
        model = at_model(shape, fault.at)
        if model is not None and model.in_short:
            return replace(fault, code="not-in-short", expected=model.in_short)
    if fault.code == "not-a-choice":
        choices = shape_at(shape, fault.at).choices or {}
        offered = "、".join(f"{code} {called}".strip() for code, called in choices.items())
        near = nearest(fault.found, [*choices, *filter(None, choices.values())])
        return replace(fault, expected=offered, nearest=near)
    if fault.code == "bad-reference" and not fault.found.isascii():
        kinds = [part.partition(":")[0] for part in fault.expected.split(", ")]
        near = nearest(fault.found, [name for kind in kinds for name in names.told.get(kind, ())])
        return replace(fault, code="unknown-name", nearest=near)
    return fault
