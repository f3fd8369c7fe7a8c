"""Which way every line takes over the grid: straight where it can, through the channels between cells where not.

Points are counted in halves of the grid: columns and rows have odd numbers, the channels between them even ones.
"""

from collections.abc import Iterator
from itertools import pairwise

from mingshi.flow.placing import Grid, Wire

WIDE, HIGH = 60, 34
"""About the size of half a column and half a row: what it costs to go along them."""
BEND, CROSSING = 40, 90
BESIDE, IN_CELL, THROUGH = 10, 16, 10
"""What it costs to run along another line, also within a cell's column or row, and through a cell at all."""
SIDE_ENTRY, SHARED_PORT, TWO_WAY_PORT = 14, 60, 150
TOGETHER = 0.8
"""How much of the length is saved where a line to the same end runs already."""
LOOPS_LAST = 1000

Point = tuple[int, int]
Path = tuple[Point, ...]
Side = tuple[int, int]
"""(1, 0) is right of a node, (0, 1) below it."""


def route(grid: Grid) -> tuple[Path, ...]:
    """The path of every wire, from cell to cell; the short ones choose first."""
    board = _Board(grid)
    order = sorted(range(len(grid.wires)), key=lambda number: (board.distance(grid.wires[number]), number))
    paths = {number: board.lay(grid.wires[number]) for number in order}
    return tuple(paths[number] for number in range(len(grid.wires)))


class _Board:
    """What stands and runs where while lines are laid. Lines with the same end are one net, a bit where many meet."""

    def __init__(self, grid: Grid) -> None:
        self.label_rows = grid.label_rows
        self.steps = len(grid.cells) - len(grid.labels)
        self.gutters = range(0, 2 * len(grid.columns) + 1, 2)
        self.points = [(2 * column + 1, 2 * row + 1) for column, row in grid.cells]
        self.filled = set(self.points)
        self.lines: tuple[dict[Point, int], dict[Point, int]] = ({}, {})
        """The nets that run across a point, and those that run down through it."""
        self.leaving: dict[tuple[int, Side], int] = {}
        self.arriving: dict[tuple[int, Side], int] = {}

    def distance(self, wire: Wire) -> int:
        (x1, y1), (x2, y2) = self.points[wire.source], self.points[wire.target]
        return abs(x1 - x2) * WIDE + abs(y1 - y2) * HIGH + LOOPS_LAST * wire.back

    def lay(self, wire: Wire) -> Path:
        best: Path = ()
        least = float("inf")
        for length, path in sorted([(_length(path), path) for path in self._ways(wire)]):
            if length >= least:
                break
            if self._is_clear(path):
                cost = length + self._hindrance(wire, path)
                if cost < least:
                    best, least = path, cost
        self._take(wire, best)
        return best

    def _ways(self, wire: Wire) -> Iterator[Path]:
        start, end = self.points[wire.source], self.points[wire.target]
        from_step, to_step = wire.source < self.steps, wire.target < self.steps
        yield from _down_to_top(start, end, self.gutters)
        if to_step:
            yield from _down_to_side(start, end, self.gutters)
        if from_step:
            yield from _side_to_top(start, end, self.gutters)
        if from_step and to_step:
            yield from _side_to_side(start, end, self.gutters)

    def _is_clear(self, path: Path) -> bool:
        """Whether every cell on the way is empty, apart from the ends."""
        last = len(path) - 2
        for number, (start, end) in enumerate(pairwise(path)):
            axis = 1 if start[0] == end[0] else 0
            fixed = start[1 - axis]
            if not fixed % 2:
                continue
            if not axis and self.label_rows[fixed // 2]:
                return False
            low, high = (start[axis], end[axis]) if start[axis] < end[axis] else (end[axis], start[axis])
            for along in range(low | 1, high + 1, 2):
                point = (fixed, along) if axis else (along, fixed)
                own = (number == 0 and point == path[0]) or (number == last and point == path[-1])
                if point in self.filled and not own:
                    return False
        return True

    # --- What a way costs beyond its length

    def _hindrance(self, wire: Wire, path: Path) -> float:
        net = 1 << wire.target
        cost = sum(self._along(start, end, net) for start, end in pairwise(path))
        leaves, enters = _side(path[0], path[1]), _side(path[-1], path[-2])
        cost += SHARED_PORT * self.leaving.get((wire.source, leaves), 0).bit_count()
        cost += TWO_WAY_PORT * self.arriving.get((wire.source, leaves), 0).bit_count()
        cost += TWO_WAY_PORT * self.leaving.get((wire.target, enters), 0).bit_count()
        return cost + SIDE_ENTRY * abs(enters[0])

    def _along(self, start: Point, end: Point, net: int) -> float:
        """Crossings, what runs beside, and what is saved where the same net runs already."""
        axis = 1 if start[0] == end[0] else 0
        along, across = self.lines[axis], self.lines[1 - axis]
        fixed, size = start[1 - axis], HIGH if axis else WIDE
        low, high = (start[axis], end[axis]) if start[axis] < end[axis] else (end[axis], start[axis])
        beside, cost = 0, 0.0
        for at in range(low, high + 1):
            point = (fixed, at) if axis else (at, fixed)
            here = along.get(point, 0)
            beside |= here
            if here & net and at > low:
                cost -= size * TOGETHER
            if low < at < high:
                cost += CROSSING * (across.get(point, 0) & ~net).bit_count()
                cost += THROUGH * (fixed & at & 1)
        return cost + (beside & ~net).bit_count() * (BESIDE + IN_CELL * (fixed & 1))

    def _take(self, wire: Wire, path: Path) -> None:
        net = 1 << wire.target
        for start, end in pairwise(path):
            axis = 1 if start[0] == end[0] else 0
            line, fixed = self.lines[axis], start[1 - axis]
            for at in range(min(start[axis], end[axis]), max(start[axis], end[axis]) + 1):
                point = (fixed, at) if axis else (at, fixed)
                line[point] = line.get(point, 0) | net
        leaves, enters = (wire.source, _side(path[0], path[1])), (wire.target, _side(path[-1], path[-2]))
        self.leaving[leaves] = self.leaving.get(leaves, 0) | net
        self.arriving[enters] = self.arriving.get(enters, 0) | net


def _side(node: Point, beside: Point) -> Side:
    return (beside[0] > node[0]) - (beside[0] < node[0]), (beside[1] > node[1]) - (beside[1] < node[1])


def _length(path: Path) -> int:
    cost = BEND * (len(path) - 2)
    for (x1, y1), (x2, y2) in pairwise(path):
        cost += abs(x1 - x2) * WIDE + abs(y1 - y2) * HIGH
    return cost


# --- The ways there are, by the side where they leave and the one where they arrive


def _down_to_top(start: Point, end: Point, gutters: range) -> Iterator[Path]:
    (x1, y1), (x2, y2) = start, end
    below, above = y1 + 1, y2 - 1
    if y1 < y2 and x1 == x2:
        yield (start, end)
    elif y1 < y2:
        yield (start, (x1, below), (x2, below), end)
        if below != above:
            yield (start, (x1, above), (x2, above), end)
    if below != above:
        for x in gutters:
            yield (start, (x1, below), (x, below), (x, above), (x2, above), end)


def _down_to_side(start: Point, end: Point, gutters: range) -> Iterator[Path]:
    (x1, y1), (x2, y2) = start, end
    if y1 < y2 and x1 != x2:
        yield (start, (x1, y2), end)
    for x in gutters:
        yield (start, (x1, y1 + 1), (x, y1 + 1), (x, y2), end)


def _side_to_top(start: Point, end: Point, gutters: range) -> Iterator[Path]:
    (x1, y1), (x2, y2) = start, end
    if y1 < y2 and x1 != x2:
        yield (start, (x2, y1), end)
    for x in gutters:
        yield (start, (x, y1), (x, y2 - 1), (x2, y2 - 1), end)


def _side_to_side(start: Point, end: Point, gutters: range) -> Iterator[Path]:
    (x1, y1), (x2, y2) = start, end
    if y1 == y2 and x1 != x2:
        yield (start, end)
    elif y1 != y2:
        for x in gutters:
            yield (start, (x, y1), (x, y2), end)
