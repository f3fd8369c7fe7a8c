"""What is to be drawn, in plain values: the steps of a process, who does them, and what leads where."""

from dataclasses import dataclass


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
