"""How much room the words of a chart need: lines, boxes, and the widths of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingshi.flow.chart import Chart, Step
from mingshi.flow.labelling import Grid
from mingshi.flow.widths import HAN, HAN_BOLD, LATIN, LATIN_BOLD
from mingshi.flow.wrapping import words, wrap

TITLE, SMALL = 15, 13
TITLE_LINE, SMALL_LINE, PLATE = 20, 18, 22
"""Sizes of letters and lines, and the height of the plate with the time limit."""
CLOCK = 18
"""The width of the clock before a wait's words."""
POINT = 14
"""How far a question is drawn out to both sides."""
CORNERS = {"start": 22, "end": 22, "task": 10, "wait": 10, "": 0}
"""The radius of the corners by kind; labels have none."""
PADDING, LEAST_HEIGHT, LEAST_WIDTH = 11, 44, 84
WIDEST, FEW_LINES = 140, 124
"""No column is wider for a single word than the one, or for a whole title than the other."""
WELL_BROKEN = 32
"""So much wider may a column be if two lines then end where words do."""
ON_PHONE, BESIDE = 384, 640
"""The width of a picture that fits a phone, and of one that fits beside the steps."""


@dataclass(frozen=True, slots=True)
class Sized:
    """The words of a step, a label or the head of a lane, broken into lines."""

    lines: tuple[str, ...]
    height: int
    clock: tuple[str, ...] = ()
    """What a wait says about the clock."""
    tag: str = ""
    """The language of the words, where it is not that of the page."""


class Sizes:
    """The words of one chart, measured in its faces."""

    def __init__(self, chart: Chart, grid: Grid) -> None:
        self.chart, self.grid = chart, grid
        self.bold, self.medium = (LATIN_BOLD, LATIN) if chart.latin else (HAN_BOLD, HAN)
        self.stopped = words(chart.stopped, self.medium, SMALL)
        titles = [words(step.title, self.bold, TITLE) for step in chart.steps]
        self.labels = [chart.steps[label.source].branches[label.answer].label for label in grid.labels]
        self.texts = (*titles, *(words(label, self.medium, SMALL) for label in self.labels))

    def column_widths(self, spread: Sequence[int], channels: int) -> list[int]:
        """The width of every column; narrower than would be best where the picture then fits its place.

        `spread` is what the lines through a column need, `channels` the width of all channels between them.
        """
        least, even, good = ([max(LEAST_WIDTH, need) for need in spread] for _ in range(3))
        for number, (column, _) in enumerate(self.grid.cells):
            for widths, need in zip((least, even, good), self._needs(number), strict=True):
                widths[column] = max(widths[column], need)
        for room in (ON_PHONE, BESIDE):
            if sum(even) + channels <= room:
                return _shared(even, good, room - channels)
            if sum(least) + channels <= room:
                return _shared(least, even, room - channels)
        return good

    def _needs(self, number: int) -> tuple[int, int, int]:
        """The width without which a word would be cut, one for two even lines, and one in which lines are few."""
        text = self.texts[number]
        if number >= len(self.chart.steps):
            low = min(text.longest, WIDEST)
            good = max(low, min(text.width / 2.6 + 8, WIDEST))
            return int(low) + 5, int(low) + 5, int(good) + 5
        step = self.chart.steps[number]
        around, word = margin(step) + 1, text.longest
        if step.kind == "wait":
            word = max(word, CLOCK + self.stopped.width)
        narrow = min(text.width / 2.2 + 10, FEW_LINES)
        even = text.half if narrow < text.half <= narrow + WELL_BROKEN else narrow
        low = int(min(max(word, narrow), WIDEST)) + around
        middle = int(min(max(word, even), WIDEST)) + around
        return low, middle, max(middle, int(min(text.width / 1.8 + 12, FEW_LINES)) + around - 1)

    def sized(self, number: int, width: int, spread: int) -> Sized:
        """A step as high as its words and as the lines that meet its sides, or a label."""
        text = self.texts[number]
        if number >= len(self.chart.steps):
            lines = wrap(text, width)
            return Sized(lines, SMALL_LINE * len(lines), tag=self._tag(self.labels[number - len(self.chart.steps)]))
        step = self.chart.steps[number]
        lines = wrap(text, width - margin(step))
        clock = wrap(self.stopped, width - margin(step) - CLOCK) if step.kind == "wait" else ()
        height = 2 * PADDING + TITLE_LINE * len(lines) + PLATE * bool(step.limit) + SMALL_LINE * len(clock)
        return Sized(lines, max(height, LEAST_HEIGHT, spread), clock, self._tag(step.title))

    def head(self, lane: int, width: int) -> Sized:
        name = self.chart.lanes[lane]
        lines = wrap(words(name, self.bold, TITLE - 1), width - 12)
        return Sized(lines, TITLE_LINE * len(lines) + 18, tag=self._tag(name))

    def _tag(self, text: str) -> str:
        return self.chart.foreign_tag if text in self.chart.foreign else ""


def margin(step: Step) -> int:
    """What the outline of a step takes from its column on both sides together."""
    return {"decision": 2 * POINT + 2, "start": 24, "end": 24}.get(step.kind, 18)


def _shared(least: Sequence[int], good: Sequence[int], room: int) -> list[int]:
    """Between the least and the good width, all columns alike."""
    missing = sum(good) - sum(least)
    share = min(1.0, (room - sum(least)) / missing) if missing else 0.0
    return [low + int((high - low) * share) for low, high in zip(least, good, strict=True)]
