"""Which way every line takes over the grid: straight where it can, through the channels between cells where not.

Points are counted in halves of the grid: columns and rows have odd numbers, the channels between them even ones.
"""

from collections.abc import Iterator
from itertools import pairwise

from mingshi.flow.labelling import Grid, Wire

WIDE, HIGH = 60, 34
"""About the size of half a column and half a row: what it costs to go along them."""
BEND, CROSSING = 40, 90
BESIDE, IN_CELL, THROUGH = 10, 16, 10
"""What it costs to run along another line, also within a cell's column or row, and through a cell at all."""
SIDE_ENTRY, SHARED_PORT, TWO_WAY_PORT = 14, 60, 150
FORK = 120
TOGETHER = 0.8
"""How much of the length is saved where a line to the same end runs already."""
LOOPS_LAST = 1000
AROUND = 5
"""How far a way may go round: over two more columns on either side."""

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
        self.across = 2 * len(grid.columns)
        self.points = [(2 * column + 1, 2 * row + 1) for column, row in grid.cells]
        self.filled = set(self.points)
        down = 2 * len(grid.label_rows) + 1
        self.lines = ([[0] * (self.across + 1) for _ in range(down)], [[0] * down for _ in range(self.across + 1)])
        """The nets that run across every point of every row, and those that run down through each of every column."""
        self.laid = 0
        """The nets that have a line already."""
        self.parts: dict[tuple[Point, Point], float] = {}
        """What the parts of ways cost the line that is being laid: many ways share some."""
        self.extents: dict[int, int] = {}
        """How long the lines to each end are so far, all together."""
        self.leaving: dict[tuple[int, Side], int] = {}
        self.arriving: dict[tuple[int, Side], int] = {}

    def distance(self, wire: Wire) -> int:
        (x1, y1), (x2, y2) = self.points[wire.source], self.points[wire.target]
        return abs(x1 - x2) * WIDE + abs(y1 - y2) * HIGH + LOOPS_LAST * wire.back

    def lay(self, wire: Wire) -> Path:
        self.parts.clear()
        start, end = self.points[wire.source], self.points[wire.target]
        sides = (wire.source < self.steps, wire.target < self.steps)
        best, least = self._best(wire, _straight_ways(start, end, *sides), (), float("inf"))
        if least > _length((start, end)) + 2 * BEND:
            low, high = (start[0], end[0]) if start[0] < end[0] else (end[0], start[0])
            gutters = range(max(low - AROUND, 0), min(high + AROUND, self.across) + 1, 2)
            best, _ = self._best(wire, _ways_round(start, end, gutters, *sides), best, least)
        self._take(wire, best)
        return best

    def _best(self, wire: Wire, ways: Iterator[Path], best: Path, least: float) -> tuple[Path, float]:
        """The best of these ways and the one known so far."""
        # A longer way can cost less where it runs along a line to the same end.
        shared = self.extents.get(wire.target, 0)
        for length, path in sorted([(_length(path), path) for path in ways]):
            if length - TOGETHER * min(length, shared) >= least:
                break
            if self._is_clear(path):
                cost = length + self._hindrance(wire, path, least - length)
                if cost < least:
                    best, least = path, cost
        return best, least

    def _is_clear(self, path: Path) -> bool:
        """Whether every cell on the way is empty, apart from the ends."""
        ends = (path[0], path[-1])
        for start, end in pairwise(path):
            axis = 1 if start[0] == end[0] else 0
            fixed = start[1 - axis]
            if not fixed % 2:
                continue
            if not axis and self.label_rows[fixed // 2]:
                return False
            low, high = (start[axis], end[axis]) if start[axis] < end[axis] else (end[axis], start[axis])
            for along in range(low | 1, high + 1, 2):
                point = (fixed, along) if axis else (along, fixed)
                if point in self.filled and point not in ends:
                    return False
        return True

    # --- What a way costs beyond its length

    def _hindrance(self, wire: Wire, path: Path, most: float) -> float:
        """Not counted to the end where it surely is more than `most`."""
        net = 1 << wire.target
        leaves, enters = _side(path[0], path[1]), _side(path[-1], path[-2])
        cost = SHARED_PORT * self.leaving.get((wire.source, leaves), 0).bit_count()
        cost += TWO_WAY_PORT * self.arriving.get((wire.source, leaves), 0).bit_count()
        cost += TWO_WAY_PORT * self.leaving.get((wire.target, enters), 0).bit_count()
        cost += SIDE_ENTRY * abs(enters[0])
        joins = self.laid & net
        along = 0.0
        for start, end in pairwise(path):
            if along + cost >= most and not joins:
                break
            cost_of_part = self.parts.get((start, end))
            if cost_of_part is None:
                cost_of_part = self.parts[start, end] = self._along(start, end, net)
            along += cost_of_part
        return along + cost + (FORK * self._forks(path, net) if joins else 0)

    def _forks(self, path: Path, net: int) -> bool:
        """Whether a way runs into a line to the same end and leaves it again, so that both look like ways on."""
        on = False
        for start, end in pairwise(path):
            axis = 1 if start[0] == end[0] else 0
            line, step = self.lines[axis][start[1 - axis]], 1 if end[axis] > start[axis] else -1
            for at in range(start[axis], end[axis] + step, step):
                here = line[at] & net
                if on and not here:
                    return True
                on = bool(here)
        return False

    def _along(self, start: Point, end: Point, net: int) -> float:
        """Crossings, what runs beside, and what is saved where the same net runs already."""
        axis = 1 if start[0] == end[0] else 0
        fixed = start[1 - axis]
        low, high = (start[axis], end[axis]) if start[axis] < end[axis] else (end[axis], start[axis])
        line, others = self.lines[axis][fixed], self.lines[1 - axis]
        beside, together, crossed = line[low], 0, 0
        for at in range(low + 1, high):
            here, over = line[at], others[at][fixed] & ~net
            beside |= here
            together += here & net > 0
            crossed += over.bit_count() if over else 0
        if high > low:
            beside |= line[high]
            together += line[high] & net > 0
        through = (high // 2 - (low + 1) // 2) * (fixed & 1)
        cost = CROSSING * crossed + THROUGH * through - TOGETHER * together * (HIGH if axis else WIDE)
        return cost + (beside & ~net).bit_count() * (BESIDE + IN_CELL * (fixed & 1))

    def _take(self, wire: Wire, path: Path) -> None:
        net = 1 << wire.target
        self.laid |= net
        self.extents[wire.target] = self.extents.get(wire.target, 0) + _length(path)
        for start, end in pairwise(path):
            axis = 1 if start[0] == end[0] else 0
            line = self.lines[axis][start[1 - axis]]
            for at in range(min(start[axis], end[axis]), max(start[axis], end[axis]) + 1):
                line[at] |= net
        leaves, enters = (wire.source, _side(path[0], path[1])), (wire.target, _side(path[-1], path[-2]))
        self.leaving[leaves] = self.leaving.get(leaves, 0) | net
        self.arriving[enters] = self.arriving.get(enters, 0) | net


def _side(node: Point, beside: Point) -> Side:
    return (beside[0] > node[0]) - (beside[0] < node[0]), (beside[1] > node[1]) - (beside[1] < node[1])


def _length(path: Path) -> int:
    across = down = 0
    x, y = path[0]
    for next_x, next_y in path:
        across += abs(next_x - x)
        down += abs(next_y - y)
        x, y = next_x, next_y
    return BEND * (len(path) - 2) + across * WIDE + down * HIGH


# --- The ways there are. Only steps have sides where lines may leave or arrive; labels have a top and a bottom.


def _straight_ways(start: Point, end: Point, from_step: bool, to_step: bool) -> Iterator[Path]:
    """Those with at most two bends that use no channel between columns."""
    (x1, y1), (x2, y2) = start, end
    below, above = y1 + 1, y2 - 1
    if x1 == x2:
        if y1 < y2:
            yield (start, end)
        return
    if y1 < y2:
        yield (start, (x1, below), (x2, below), end)
        if below != above:
            yield (start, (x1, above), (x2, above), end)
        if to_step:
            yield (start, (x1, y2), end)
        if from_step:
            yield (start, (x2, y1), end)
    elif y1 == y2 and from_step and to_step:
        yield (start, end)


def _ways_round(start: Point, end: Point, gutters: range, from_step: bool, to_step: bool) -> Iterator[Path]:
    """Those through one of the channels between columns; the first of them is always clear."""
    (x1, y1), (x2, y2) = start, end
    below, above = y1 + 1, y2 - 1
    for x in gutters:
        if below != above:
            yield (start, (x1, below), (x, below), (x, above), (x2, above), end)
        if to_step:
            yield (start, (x1, below), (x, below), (x, y2), end)
        if from_step:
            yield (start, (x, y1), (x, above), (x2, above), end)
        if from_step and to_step and y1 != y2:
            yield (start, (x, y1), (x, y2), end)
