"""What people say instead of official words, whatever the office: our own tables, beside the office's synonyms.

The table of a language is `everyday.KEY.tsv`, a group a line, the official word first. Asks no index itself.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

GAP = ""
"""Stands in a group before the names that no page says."""


@cache
def groups(language: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a language; one that has no table of its own has none."""
    table = files("mingshi.search") / f"everyday.{language}.tsv"
    lines = table.read_text("utf-8").splitlines() if table.is_file() else []
    return tuple(tuple(line.split("\t")) for line in lines if line and line[0] != "#")


def useful(language: str, says: Callable[[str], bool]) -> Iterator[list[str]]:
    """The groups that lead to a page: the names that pages say, a gap, and what people say instead."""
    for group in groups(language):
        said = [name for name in group if says(name)]
        if said and len(group) > 1:
            yield [*said, GAP, *(name for name in group if name not in said)]
