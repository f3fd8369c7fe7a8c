"""How the sheets and headings of a kind are to be understood. Made by `schema`, which knows the kinds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from unicodedata import normalize

from mingshi.problems import At

EACH = "*"
"""In a path: the number of an entry of a list."""
RECORD, ORDER = "@record", "@order"
"""The columns of a child sheet that say whose row it is, and which one."""

_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class SheetLayout:
    title: str
    names: frozenset[str]
    """What the sheet may be called, squeezed."""
    headings: Mapping[str, At]
    """Heading, squeezed and with `#` for numbers → path in the record."""
    labels: tuple[str, ...]
    """The headings as they are proposed."""
    levels: tuple[str, ...] = ()
    """The lists, from the outermost to the one whose entries are the rows; none for the sheet of the records."""
    optional: frozenset[str] = frozenset()
    """Levels that a row may leave out."""

    def at(self, heading: str) -> At | None:
        """The path that a heading means."""
        key = squeeze(heading)
        found = self.headings.get(_DIGITS.sub("#", key))
        if found is None:
            return None
        numbers = iter(_DIGITS.findall(key))
        lists = found.count(EACH) - len(self.levels)
        free = [] if lists <= 0 else [int(next(numbers, "1")) - 1 for _ in range(lists)]
        return _numbered(found, len(self.levels), free)


@dataclass(frozen=True, slots=True)
class Layout:
    main: SheetLayout
    children: tuple[SheetLayout, ...] = ()
    ignored: frozenset[str] = frozenset()
    """Sheets of ours that hold no record, squeezed."""
    texts: frozenset[At] = frozenset()
    """Fields that may have a column a language."""
    first: str = "zh"
    """The language of a column that names none."""
    skipped: frozenset[str] = frozenset()
    """Headings of columns that only count the rows, squeezed."""
    example: str = ""
    """What the example in an empty sheet is called, which must not be published."""
    example_at: At = ("id",)


def squeeze(name: str) -> str:
    """A name without what people write differently: spaces, signs, case, width."""
    return "".join(sign for sign in normalize("NFKC", name).casefold() if sign.isalnum())


def _numbered(path: At, levels: int, numbers: list[int]) -> At:
    """The path with its free places filled; those of the levels are filled row by row."""
    filled: list[str | int] = []
    seen = 0
    for step in path:
        if step == EACH:
            seen += 1
            filled.append(EACH if seen <= levels else numbers[seen - levels - 1])
        else:
            filled.append(step)
    return tuple(filled)
