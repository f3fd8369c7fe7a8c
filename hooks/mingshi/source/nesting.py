"""Cells → nested values: a path with numbers becomes lists, in the order of the numbers. Knows no sheet."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from mingshi.problems import At
from mingshi.source.document import Value

T = TypeVar("T")


def fill(record: dict[str, Value], cells: Mapping[At, str]) -> list[At]:
    """Put cells at their paths; the paths at which something else stood already. Lists stay open for `closed`."""
    return [at for at, cell in cells.items() if not _put(record, at, cell)]


def _put(record: dict[str, Value], path: At, cell: str) -> bool:
    """Lists are kept as mappings from number to value until the record is whole."""
    for step in path[:-1]:
        below = record.setdefault(step, {})  # type: ignore[arg-type]
        if not isinstance(below, dict):
            return False
        record = below
    return record.setdefault(path[-1], cell) == cell  # type: ignore[arg-type]


def closed(value: Value) -> Value:
    """The value with its lists closed."""
    if isinstance(value, list):
        return [closed(child) for child in value]
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(key, int) for key in value):
        return [closed(value[key]) for key in sorted(value)]
    return {str(key): closed(child) for key, child in value.items()}


def numbered(cells: Mapping[At, T]) -> dict[At, T]:
    """The paths as they are once the lists are closed: who leaves the first entry out starts with the second."""
    return {_renumbered(at, cells): column for at, column in cells.items()}


def _renumbered(at: At, all_paths: Iterable[At]) -> At:
    paths = tuple(all_paths)
    steps: list[str | int] = []
    for depth, step in enumerate(at):
        if isinstance(step, int):
            beside = {path[depth] for path in paths if len(path) > depth and path[:depth] == at[:depth]}
            steps.append(sorted(number for number in beside if isinstance(number, int)).index(step))
        else:
            steps.append(step)
    return tuple(steps)
