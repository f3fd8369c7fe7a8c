"""A record's plain values → the cells of a row, by path: the way back from `cells`. Loses nothing."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from mingshi.problems import At
from mingshi.schema.shape import Shape

Cell = str | int | date
Told = Callable[[str, Shape], str]
"""How a reference or a code is shown in a cell."""

_SIGNS, _LINE = ";；", "\n"


def fold(values: Mapping[str, Any], shape: Shape, first: str, told: Told, at: At = ()) -> Iterator[tuple[At, Cell]]:
    """The cells of a group of fields. `first` is the site's first language."""
    for key, value in values.items():
        below = (shape.fields or {})[key]
        yield from _cells(value, below, first, told, (*at, key))


def _cells(value: Any, shape: Shape, first: str, told: Told, at: At) -> Iterator[tuple[At, Cell]]:
    if shape.fields is not None:
        yield from fold(value, shape, first, told, at)
    elif shape.text:
        yield from (((*at, language), text) for language, text in _by_language(value, first).items())
    elif shape.words:
        for language, words in _by_language(value, first).items():
            yield from _entries(words, (*at, language), ";")
    elif shape.item is None:
        yield at, _scalar(value, shape, told)
    elif shape.item.model is not None:
        for index, entry in enumerate(value):
            yield from fold(entry, shape.item, first, told, (*at, index))
    elif shape.item.text:
        yield from _texts([_by_language(entry, first) for entry in value], at)
    else:
        yield from _entries([str(entry) for entry in value], at, ";")


def _by_language(value: Any, first: str) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {first: value}


def _texts(entries: Sequence[Mapping[str, str]], at: At) -> Iterator[tuple[At, Cell]]:
    """A list of texts: one cell a language, one line an entry; numbered cells where lines would not tell them apart."""
    languages = list(dict.fromkeys(language for entry in entries for language in entry))
    even = all(list(entry) == list(entries[0]) for entry in entries)
    if even and not any(_LINE in text for entry in entries for text in entry.values()):
        for language in languages:
            yield (*at, language), _joined([entry[language] for entry in entries], _LINE)
        return
    for index, entry in enumerate(entries):
        yield from (((*at, index, language), text) for language, text in entry.items())


def _entries(entries: Sequence[str], at: At, between: str) -> Iterator[tuple[At, Cell]]:
    if not any(_LINE in entry for entry in entries):
        yield at, _joined(entries, between)
        return
    yield from (((*at, index), entry) for index, entry in enumerate(entries))


def _joined(entries: Sequence[str], between: str) -> str:
    """Entries that hold the sign between them go on lines; a line end says so even of a single one."""
    if any(sign in entry for entry in entries for sign in _SIGNS):
        return _LINE.join(entries) + (_LINE if len(entries) == 1 else "")
    return between.join(entries)


def _scalar(value: Any, shape: Shape, told: Told) -> Cell:
    if isinstance(value, bool):
        return told("true" if value else "false", shape)
    if isinstance(value, int):
        return value
    if shape.scalar is date:
        return date.fromisoformat(value)
    return told(str(value), shape)
