"""From the grid to the page: every box, label, lane and line with its coordinates, in whole units."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingshi.flow.chart import Chart
from mingshi.flow.placing import Cell, Grid, place
from mingshi.flow.routing import Path, route
from mingshi.flow.sizes import CORNERS, POINT, Sized, column_widths, size_head, size_label, size_step
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


class Box(NamedTuple):
    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2


class Line(NamedTuple):
    points: tuple[tuple[int, int], ...]
    arrow: bool
    source: int
    target: int


@dataclass(frozen=True, slots=True)
class Layout:
    width: int
    height: int
    head: int
    """The height of the lanes' heads."""
    lanes: tuple[tuple[int, Box, Sized], ...]
    """Every lane with its place from top to bottom, from left to right."""
    boxes: tuple[Box, ...]
    """The steps, and after them the labels."""
    texts: tuple[Sized, ...]
    lines: tuple[Line, ...]


class _Scale(NamedTuple):
    """The coordinates of one direction: the middle of every cell, and the first track of every channel."""

    at: tuple[int, ...]
    """By the number of the band."""
    splits: tuple[int, ...]
    """Channel by channel, how many tracks lie before the border of two lanes."""

    def coordinate(self, band: int, track: int) -> int:
        shift = BORDER if band % 2 == 0 and track >= self.splits[band // 2] else 0
        return self.at[band] + track * TRACK + shift


def lay_out(chart: Chart) -> Layout:
    grid = place(chart)
    paths = route(grid)
    tracks = assign(grid.wires, paths)
    channels = _channels(grid, tracks)
    around = sum(channel.room for channel in channels) + 2
    widths = column_widths(chart, grid, _spreads(tracks, 1, len(grid.columns), 18), around)
    texts = _texts(chart, grid, widths, _spreads(tracks, 0, len(grid.label_rows), 12))
    across, borders, width = _columns(grid, channels, widths)
    lanes = _lanes(chart, borders)
    head = max(sized.height for _, _, sized in lanes)
    down, height = _rows(grid, tracks, texts, head)
    boxes = tuple(
        _box(cell, widths[cell.column], text.height, across, down) for cell, text in zip(grid.cells, texts, strict=True)
    )
    lines = tuple(
        Line(_points(number, path, tracks, across, down, boxes, grid, chart), wire.target < len(chart.steps), wire.source, wire.target)
        for number, (wire, path) in enumerate(zip(grid.wires, paths, strict=True))
    )
    return Layout(
        width,
        height,
        head,
        tuple((lane, Box(left, 1, right - left, height - 2), sized) for lane, (left, right), sized in lanes),
        boxes,
        texts,
        lines,
    )


def _spreads(tracks: Tracks, axis: int, count: int, around: int) -> list[int]:
    """What the lines through the middle of every column or row need."""
    spreads = []
    for number in range(count):
        low, high = tracks.bands.get(Band(axis, 2 * number + 1), (0, 0))
        spreads.append(2 * (max(-low, high) * TRACK + around) if low or high else 0)
    return spreads


def _texts(chart: Chart, grid: Grid, widths: Sequence[int], spreads: Sequence[int]) -> tuple[Sized, ...]:
    steps = [
        size_step(chart, step, widths[cell.column], spreads[cell.row])
        for step, cell in zip(chart.steps, grid.cells, strict=False)
    ]
    cells = grid.cells[len(steps) :]
    labels = [
        size_label(chart, label.text, widths[cell.column]) for label, cell in zip(grid.labels, cells, strict=True)
    ]
    return (*steps, *labels)


class _Channel(NamedTuple):
    """The room between two columns: how many of its tracks lie before the border of two lanes, and where that is."""

    room: int
    split: int
    border: int


def _channels(grid: Grid, tracks: Tracks) -> list[_Channel]:
    channels, last = [], len(grid.columns)
    for number in range(last + 1):
        count = tracks.bands.get(Band(1, 2 * number), (0, -1))[1] + 1
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


def _columns(
    grid: Grid, channels: Sequence[_Channel], widths: Sequence[int]
) -> tuple[_Scale, list[tuple[int, tuple[int, int]]], int]:
    """Where the columns and the channels between them are, and from where to where each lane goes."""
    at: list[int] = []
    edges: list[int] = []
    x = 1
    for channel, width in zip(channels, (*widths, 0), strict=True):
        at.append(x + CLEAR)
        edges.append(x + channel.border)
        at.append(x + channel.room + width // 2)
        x += channel.room + width
    splits = tuple(channel.split for channel in channels)
    lanes: list[tuple[int, tuple[int, int]]] = []
    edges[0], edges[-1] = 0, x + 1
    for column, lane in enumerate(grid.columns):
        left, right = edges[column] + 1, edges[column + 1] - 1
        if lanes and lanes[-1][0] == lane:
            lanes[-1] = (lane, (lanes[-1][1][0], right))
        else:
            lanes.append((lane, (left, right)))
    return _Scale(tuple(at), splits), lanes, x + 1


def _lanes(
    chart: Chart, borders: Sequence[tuple[int, tuple[int, int]]]
) -> list[tuple[int, tuple[int, int], Sized]]:
    return [(lane, span, size_head(chart, chart.lanes[lane], span[1] - span[0])) for lane, span in borders]


def _rows(grid: Grid, tracks: Tracks, texts: Sequence[Sized], head: int) -> tuple[_Scale, int]:
    heights = [0] * len(grid.label_rows)
    for cell, text in zip(grid.cells, texts, strict=True):
        heights[cell.row] = max(heights[cell.row], text.height)
    at: list[int] = []
    y, last = head + 1, len(heights)
    for channel in range(last + 1):
        count = tracks.bands.get(Band(0, 2 * channel), (0, -1))[1] + 1
        to_steps = channel < last and not grid.label_rows[channel]
        at.append(y + CLEAR)
        least = EDGE + 6 if channel in (0, last) else TO_STEPS if to_steps else TO_LABELS
        room = CLEAR + (count - 1) * TRACK + (ARROW if to_steps else CLEAR) if count else 0
        y += max(room, least)
        if channel < last:
            at.append(y + heights[channel] // 2)
            y += heights[channel]
    return _Scale(tuple(at), (1000,) * (last + 1)), y + 1


def _box(cell: Cell, width: int, height: int, across: _Scale, down: _Scale) -> Box:
    x, y = across.at[2 * cell.column + 1], down.at[2 * cell.row + 1]
    return Box(x - width // 2, y - height // 2, width, height)


def _points(
    number: int,
    path: Path,
    tracks: Tracks,
    across: _Scale,
    down: _Scale,
    boxes: Sequence[Box],
    grid: Grid,
    chart: Chart,
) -> tuple[tuple[int, int], ...]:
    """A path in coordinates, from the outline of its source to that of its target."""
    parts = []
    for part in range(len(path) - 1):
        (x1, y1), (x2, _) = path[part], path[part + 1]
        track = tracks.of[number, part]
        parts.append((1, across.coordinate(x1, track)) if x1 == x2 else (0, down.coordinate(y1, track)))
    wire = grid.wires[number]
    kinds = [chart.steps[node].kind if node < len(chart.steps) else "" for node in (wire.source, wire.target)]
    points = [_port(kinds[0], boxes[wire.source], path[0], path[1], parts[0])]
    for (axis, one), (_, other) in zip(parts, parts[1:], strict=False):
        points.append((one, other) if axis else (other, one))
    points.append(_port(kinds[1], boxes[wire.target], path[-1], path[-2], parts[-1]))
    return tuple(points)


def _port(
    kind: str, box: Box, node: tuple[int, int], beside: tuple[int, int], part: tuple[int, int]
) -> tuple[int, int]:
    """Where a line meets the outline of a box: in the middle of a side, or beside it where several meet."""
    axis, at = part
    if axis:
        inset = _inset(kind, abs(at - box.middle[0]), box.width, box.height) if kind != "decision" else 0
        return at, box.y + box.height - inset if beside[1] > node[1] else box.y + inset
    inset = _inset(kind, abs(at - box.middle[1]), box.height, box.height)
    return (box.x + box.width - inset if beside[0] > node[0] else box.x + inset), at


def _inset(kind: str, off: int, side: int, height: int) -> int:
    """How far the outline draws back from its frame, so much off the middle of a side."""
    if kind == "decision":
        return POINT * off * 2 // side
    radius = min(CORNERS.get(kind, 10), height // 2)
    over = off - (side // 2 - radius)
    return radius - int((radius * radius - over * over) ** 0.5) if over > 0 else 0
