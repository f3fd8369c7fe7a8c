"""What is to be drawn, in plain values: the steps of a process, who does them, and what leads where."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Branch:
    to: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    kind: str
    """start, task, decision, wait or end."""
    lane: int
    """Which of the chart's lanes it stands in."""
    title: str
    number: int
    limit: str = ""
    href: str = ""
    branches: tuple[Branch, ...] = ()


class Bone(NamedTuple):
    """A step without its words."""

    kind: str
    lane: int
    ways: tuple[tuple[int, bool], ...]
    """The steps that it leads to, and whether each is the answer to a question."""


@dataclass(frozen=True, slots=True)
class Chart:
    name: str
    description: str
    stopped: str
    """What a wait says about the clock."""
    lanes: tuple[str, ...]
    steps: tuple[Step, ...]
    foreign: frozenset[str] = frozenset()
    """The texts that are not in the language of the page, because nobody has translated them."""
    foreign_tag: str = ""
    """The language of those."""
    latin: bool = False
    """Whether the page sets Latin letters in a face of their own, as English pages do."""

    @property
    def skeleton(self) -> tuple[Bone, ...]:
        """What decides where things stand; the same in every language, and in many a process of the same course."""
        index = {step.id: number for number, step in enumerate(self.steps)}
        return tuple(
            Bone(step.kind, step.lane, tuple((index[way.to], bool(way.label)) for way in step.branches))
            for step in self.steps
        )
