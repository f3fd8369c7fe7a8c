"""How much room the words of a chart need: lines, boxes, and the widths of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from mingshi.flow.chart import Chart, Step
from mingshi.flow.placing import Grid
from mingshi.flow.widths import HAN, HAN_BOLD, LATIN, LATIN_BOLD, Face, text_width
from mingshi.flow.wrapping import longest_word, wrap

TITLE, SMALL = 15, 13
TITLE_LINE, SMALL_LINE, PLATE = 20, 18, 22
"""Sizes of letters and lines, and the height of the plate with the time limit."""
CLOCK = 18
"""The width of the clock before a wait's words."""
POINT = 14
"""How far a question is drawn out to both sides."""
CORNERS = {"start": 22, "end": 22, "": 0}
"""The radius of the corners by kind; others have 10."""
PADDING, LEAST_HEIGHT, LEAST_WIDTH = 11, 44, 84
ON_PHONE, BESIDE = 384, 640
"""The width of a picture that fits a phone, and of one that fits beside the steps."""


@dataclass(frozen=True, slots=True)
class Faces:
    bold: Face
    medium: Face


def faces(chart: Chart) -> Faces:
    return Faces(LATIN_BOLD, LATIN) if chart.latin else Faces(HAN_BOLD, HAN)


@dataclass(frozen=True, slots=True)
class Sized:
    """The words of a step, a label or the head of a lane, broken into lines."""

    lines: tuple[str, ...]
    height: int


def margin(step: Step) -> int:
    """What the outline of a step takes from its column on both sides together."""
    return {"decision": 2 * POINT + 2, "start": 24, "end": 24}.get(step.kind, 18)


def column_widths(chart: Chart, grid: Grid, spread: Sequence[int], channels: int) -> list[int]:
    """The width of every column; narrower than would be best where the picture then fits its place.

    `spread` is what the lines through a column need, `channels` the width of all channels between them.
    """
    least = [max(LEAST_WIDTH, need) for need in spread]
    good = list(least)
    for number, (column, _) in enumerate(grid.cells):
        low, high = _needs(chart, grid, number)
        least[column] = max(least[column], low)
        good[column] = max(good[column], high)
    for room in (ON_PHONE, BESIDE):
        if sum(least) + channels <= room:
            return _shared(least, good, room - channels)
    return good


def _shared(least: Sequence[int], good: Sequence[int], room: int) -> list[int]:
    """Between the least and the good width, all columns alike."""
    missing = sum(good) - sum(least)
    share = min(1.0, (room - sum(least)) / missing) if missing else 0.0
    return [low + int((high - low) * share) for low, high in zip(least, good, strict=True)]


def _needs(chart: Chart, grid: Grid, number: int) -> tuple[int, int]:
    """The width without which a word would be cut, and the one with which the words fill few lines."""
    set_in = faces(chart)
    if number >= len(chart.steps):
        text = grid.labels[number - len(chart.steps)].text
        word, whole = longest_word(text, set_in.medium, SMALL), text_width(text, set_in.medium, SMALL)
        return int(min(word, 140)) + 5, int(min(max(word, whole / 2.6 + 8), 140)) + 5
    step = chart.steps[number]
    around = margin(step)
    word = longest_word(step.title, set_in.bold, TITLE)
    whole = text_width(step.title, set_in.bold, TITLE)
    if step.kind == "wait":
        word = max(word, min(CLOCK + text_width(chart.stopped, set_in.medium, SMALL), 130))
    low = int(min(max(word, whole / 2.2 + 10), 120)) + around + 1
    return low, max(low, int(min(whole / 1.8 + 12, 130)) + around)


def size_step(chart: Chart, step: Step, width: int, spread: int) -> Sized:
    """A step as high as its words, and as the lines that meet its sides."""
    lines = wrap(step.title, faces(chart).bold, TITLE, width - margin(step))
    height = 2 * PADDING + TITLE_LINE * len(lines)
    height += PLATE * bool(step.limit) + SMALL_LINE * len(stopped(chart, step, width))
    return Sized(lines, max(height, LEAST_HEIGHT, spread))


def stopped(chart: Chart, step: Step, width: int) -> tuple[str, ...]:
    """What a wait says about the clock; nothing for other steps."""
    if step.kind != "wait":
        return ()
    return wrap(chart.stopped, faces(chart).medium, SMALL, width - margin(step) - CLOCK)


def size_label(chart: Chart, text: str, width: int) -> Sized:
    lines = wrap(text, faces(chart).medium, SMALL, width)
    return Sized(lines, SMALL_LINE * len(lines))


def size_head(chart: Chart, text: str, width: int) -> Sized:
    lines = wrap(text, faces(chart).bold, TITLE - 1, width - 12)
    return Sized(lines, TITLE_LINE * len(lines) + 18)
