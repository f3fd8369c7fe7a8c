"""From the grid to the page: every box, label, lane and line with its coordinates, in whole units."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from mingshi.flow.chart import Bone, Chart
from mingshi.flow.labelling import Grid, Wire, grid_of
from mingshi.flow.routing import Path, route
from mingshi.flow.sizes import CORNERS, POINT, Sized, Sizes
from mingshi.flow.tracks import Band, Tracks, assign

TRACK = 14
"""From one line to the next; at least 12, so that they can be told apart."""
BORDER = 4
"""How much farther apart two lines are with the border of two lanes between them."""
EDGE, GUTTER = 10, 16
"""The least room at the rim, and between columns."""
CLEAR, ARROW = 12, 22
"""From a line to what it only passes, and to what it points at."""
TO_LABELS, TO_STEPS = 14, 26
"""The least room above a row of labels, and above one of steps."""
FROM_CORNER, FROM_END = 18, 12
"""How far from the end of a side of a box a line may meet it, across and down."""

SKETCHES = 256
"""So many are kept, as the languages of a process come one after the other, and many processes run alike."""

Point = tuple[int, int]


class Box(NamedTuple):
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2


class Line(NamedTuple):
    points: tuple[Point, ...]
    arrow: bool
    target: int


class Lane(NamedTuple):
    """A lane from top to bottom, and its name."""

    box: Box
    head: Sized


@dataclass(frozen=True, slots=True)
class Layout:
    width: int
    height: int
    head: int
    """The height of the lanes' heads."""
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    """The steps, and after them the labels."""
    texts: tuple[Sized, ...]
    wires: tuple[Wire, ...]
    lines: tuple[Line, ...]


class _Scale(NamedTuple):
    """The coordinates of one direction: for every band its middle, or for a channel its first track."""

    at: tuple[int, ...]
    splits: tuple[int, ...]
    """Channel by channel, how many tracks lie before the border of two lanes."""
    end: int

    def coordinate(self, band: int, track: int) -> int:
        shift = BORDER if band % 2 == 0 and track >= self.splits[band // 2] else 0
        return self.at[band] + track * TRACK + shift


class _Channel(NamedTuple):
    """The room between two columns: how many of its tracks lie before the border of two lanes, and where that is."""

    room: int
    split: int
    border: int


def lay_out(chart: Chart) -> Layout:
    grid, paths, tracks = sketch(chart.skeleton)
    sizes = Sizes(chart, grid)
    channels = _channels(grid, tracks)
    around = sum(channel.room for channel in channels) + 2
    widths = sizes.column_widths(_spreads(tracks, 1, len(grid.columns), FROM_CORNER), around)
    heights = _spreads(tracks, 0, len(grid.label_rows), FROM_END)
    texts = tuple(sizes.sized(number, widths[cell.column], heights[cell.row]) for number, cell in enumerate(grid.cells))
    across = _columns(channels, widths)
    spans = _spans(grid, channels, widths, across.end)
    heads = [sizes.head(lane, right - left) for lane, left, right in spans]
    head = max(sized.height for sized in heads)
    down = _rows(grid, tracks, texts, head)
    boxes = _boxes(grid, texts, widths, across, down)
    lanes = (Box(left, 1, right - left, down.end - 2) for _, left, right in spans)
    lines = _Lines(chart, tracks, across, down, boxes)
    return Layout(
        across.end,
        down.end,
        head,
        tuple(map(Lane, lanes, heads)),
        boxes,
        texts,
        grid.wires,
        tuple(lines.line(number, wire, paths[number]) for number, wire in enumerate(grid.wires)),
    )


@lru_cache(maxsize=SKETCHES)
def sketch(skeleton: tuple[Bone, ...]) -> tuple[Grid, tuple[Path, ...], Tracks]:
    """Where everything goes, before words give it a size: drawn once for a process in all its languages."""
    grid = grid_of(skeleton)
    paths = route(grid)
    return grid, paths, assign(grid.wires, paths)


# --- Room


def _count(tracks: Tracks, axis: int, channel: int) -> int:
    """How many tracks a channel has."""
    return tracks.bands.get(Band(axis, 2 * channel), (0, -1))[1] + 1


def _spreads(tracks: Tracks, axis: int, count: int, around: int) -> list[int]:
    """What the lines through the middle of every column or row need."""
    spreads = []
    for number in range(count):
        low, high = tracks.bands.get(Band(axis, 2 * number + 1), (0, 0))
        spreads.append(2 * (max(-low, high) * TRACK + around) if low or high else 0)
    return spreads


def _channels(grid: Grid, tracks: Tracks) -> list[_Channel]:
    channels, last = [], len(grid.columns)
    for number in range(last + 1):
        count = _count(tracks, 1, number)
        outer = number in (0, last)
        border = not outer and grid.columns[number - 1] != grid.columns[number]
        if not count:
            room = EDGE if outer else GUTTER
            channels.append(_Channel(room, 0, room // 2))
            continue
        split = (count + 1) // 2 if border else count
        # The border lies in the middle between two tracks, or between the only one and the next column.
        extra = 0 if not border else BORDER if count > 1 else 2 * BORDER
        room = 2 * CLEAR + (count - 1) * TRACK + extra
        channels.append(_Channel(room, split, CLEAR + (split - 1) * TRACK + (TRACK + BORDER) // 2))
    return channels


def _columns(channels: Sequence[_Channel], widths: Sequence[int]) -> _Scale:
    at: list[int] = []
    x = 1
    for channel, width in zip(channels, (*widths, 0), strict=True):
        at += (x + CLEAR, x + channel.room + width // 2)
        x += channel.room + width
    return _Scale(tuple(at), tuple(channel.split for channel in channels), x + 1)


def _spans(grid: Grid, channels: Sequence[_Channel], widths: Sequence[int], end: int) -> list[tuple[int, int, int]]:
    """Every lane with its left and right side, from left to right."""
    spans: list[tuple[int, int, int]] = []
    x, left = 1, 1
    last = len(widths) - 1
    for column, (lane, width) in enumerate(zip(grid.columns, widths, strict=True)):
        x += channels[column].room + width
        if column == last or grid.columns[column + 1] != lane:
            border = end if column == last else x + channels[column + 1].border
            spans.append((lane, left, border - 1))
            left = border + 1
    return spans


def _rows(grid: Grid, tracks: Tracks, texts: Sequence[Sized], head: int) -> _Scale:
    last = len(grid.label_rows)
    heights = [0] * last
    for cell, text in zip(grid.cells, texts, strict=True):
        heights[cell.row] = max(heights[cell.row], text.height)
    at: list[int] = []
    y = head + 1
    for channel, height in enumerate((*heights, 0)):
        count = _count(tracks, 0, channel)
        to_steps = channel < last and not grid.label_rows[channel]
        least = GUTTER if channel in (0, last) else TO_STEPS if to_steps else TO_LABELS
        room = CLEAR + (count - 1) * TRACK + (ARROW if to_steps else CLEAR) if count else 0
        at.append(y + CLEAR)
        y += max(room, least)
        at.append(y + height // 2)
        y += height
    return _Scale(tuple(at), (tracks.highest + 1,) * (last + 1), y + 1)


def _boxes(grid: Grid, texts: Sequence[Sized], widths: Sequence[int], across: _Scale, down: _Scale) -> tuple[Box, ...]:
    boxes = []
    for cell, text in zip(grid.cells, texts, strict=True):
        x, y, width = across.at[2 * cell.column + 1], down.at[2 * cell.row + 1], widths[cell.column]
        boxes.append(Box(x - width // 2, y - text.height // 2, width, text.height))
    return tuple(boxes)


# --- Lines


@dataclass(frozen=True, slots=True)
class _Lines:
    """Turns paths over the grid into lines from outline to outline."""

    chart: Chart
    tracks: Tracks
    across: _Scale
    down: _Scale
    boxes: tuple[Box, ...]

    def line(self, number: int, wire: Wire, path: Path) -> Line:
        parts = []
        for part, ((x1, y1), (x2, _)) in enumerate(pairwise(path)):
            track = self.tracks.of[number, part]
            down = x1 == x2
            parts.append((down, self.across.coordinate(x1, track) if down else self.down.coordinate(y1, track)))
        points = [self._port(wire.source, path[0], path[1], parts[0][1])]
        points += [(one, other) if down else (other, one) for (down, one), (_, other) in pairwise(parts)]
        points.append(self._port(wire.target, path[-1], path[-2], parts[-1][1]))
        return Line(_straight(points), wire.target < len(self.chart.steps), wire.target)

    def _port(self, node: int, cell: Point, beside: Point, at: int) -> Point:
        """Where a line meets the outline of a node: in the middle of a side, or beside it where several meet."""
        box = self.boxes[node]
        kind = self.chart.steps[node].kind if node < len(self.chart.steps) else ""
        if cell[0] == beside[0]:
            inset = 0 if kind == "decision" else _inset(kind, abs(at - box.middle[0]), box.width, box.height)
            return at, box.y + box.height - inset if beside[1] > cell[1] else box.y + inset
        inset = _inset(kind, abs(at - box.middle[1]), box.height, box.height)
        return (box.x + box.width - inset if beside[0] > cell[0] else box.x + inset), at


def _inset(kind: str, off: int, side: int, height: int) -> int:
    """How far the outline draws back from its frame, so much off the middle of a side."""
    if kind == "decision":
        return POINT * off * 2 // side
    radius = min(CORNERS.get(kind, CORNERS["task"]), height // 2)
    over = off - (side // 2 - radius)
    return radius - int((radius * radius - over * over) ** 0.5) if over > 0 else 0


def _straight(points: Sequence[Point]) -> tuple[Point, ...]:
    """Without points that repeat or lie on the way."""
    kept: list[Point] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)
