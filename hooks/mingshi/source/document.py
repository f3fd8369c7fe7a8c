"""A document: plain values whose scalars are still text, and the place of every one of them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mingshi.problems import At, Fault, Mark, Problem, problem

Value = str | list["Value"] | dict[str, "Value"]

Place = Callable[[At, bool], Mark]
"""(path, on the key itself) → mark. Worked out only when a problem asks for it."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read: where it is, and the name by which its author knows it."""

    path: Path
    name: str

    def fault(self, fault: Fault, line: int = 1, column: int = 1) -> Problem:
        return problem(fault, Mark(self.name, line, column))


def _as_told(fault: Fault) -> Fault:
    return fault


@dataclass(frozen=True, slots=True)
class Document:
    """One record as it stands in a file. In a row of a table a list is one cell of text."""

    source: SourceFile
    values: Value
    place: Place
    row: bool = False
    alone: bool = True
    """Whether it is the only record of its file, so that the file name is its id."""
    refine: Callable[[Fault], Fault] = _as_told
    """A fault told in the terms of its file: a number in a cell was meant as a date, say."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gave: documents, problems, or both."""

    documents: tuple[Document, ...] = ()
    problems: tuple[Problem, ...] = ()
    headings: tuple[tuple[At, Mark], ...] = ()
    """The columns of a table, also the empty ones."""
