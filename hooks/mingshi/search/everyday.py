"""What people say instead of official words, whatever the office: our own tables, beside the office's synonyms.

The table of a language is `everyday.KEY.tsv`, a group a line, the official word first. Asks no index itself.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files


@cache
def groups(language: str) -> tuple[tuple[str, ...], ...]:
    """The groups of a language; one that has no table of its own has none."""
    table = files("mingshi.search") / f"everyday.{language}.tsv"
    lines = table.read_text("utf-8").splitlines() if table.is_file() else []
    return tuple(tuple(line.split("\t")) for line in lines if line and line[0] != "#")


def leads(language: str, says: Callable[[str], bool]) -> Iterator[list[str]]:
    """The groups that lead to a page: the first name that a page says, then what people say instead."""
    for group in groups(language):
        word = next(filter(says, group), None)
        if word is not None:
            yield [word, *(name for name in group if name != word)]
