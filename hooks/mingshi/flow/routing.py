"""Which way every line takes over the grid: straight where it can, through the channels between cells where not.

Points are counted in halves of the grid: columns and rows have odd numbers, the channels between them even ones.
"""

from collections.abc import Iterator
from typing import NamedTuple

from mingshi.flow.placing import Grid, Wire

WIDE, HIGH = 60, 34
"""What one step across or down the grid of halves costs, about its size in the picture."""
BEND, CROSSING, BESIDE, IN_CELL, STRANGE = 40, 90, 10, 16, 10
SIDE_ENTRY, SHARED_PORT, TWO_WAY_PORT = 14, 60, 150

Point = tuple[int, int]
Path = tuple[Point, ...]


class Net(NamedTuple):
    """Lines with the same end run together; `bit` stands for them where many are counted at once."""

    bit: int


def route(grid: Grid) -> tuple[Path, ...]:
    """The path of every wire, from cell to cell."""
    board = _Board(grid)
    paths: dict[int, Path] = {}
    for number in sorted(range(len(grid.wires)), key=lambda number: (board.distance(grid.wires[number]), number)):
        paths[number] = board.lay(grid.wires[number])
    return tuple(paths[number] for number in range(len(grid.wires)))


class _Board:
    """What stands and runs where while lines are laid."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.steps = len(grid.cells) - len(grid.labels)
        self.across = 2 * len(grid.columns)
        self.down = 2 * len(grid.label_rows)
        self.points = [(2 * column + 1, 2 * row + 1) for column, row in grid.cells]
        self.filled = set(self.points)
        self.vertical: dict[Point, int] = {}
        self.horizontal: dict[Point, int] = {}
        self.ports: dict[tuple[int, Point], tuple[int, int]] = {}

    def distance(self, wire: Wire) -> float:
        (x1, y1), (x2, y2) = self.points[wire.source], self.points[wire.target]
        return abs(x1 - x2) * WIDE + abs(y1 - y2) * HIGH + (1000 if wire.back else 0)

    def lay(self, wire: Wire) -> Path:
        best, least = None, float("inf")
        net = 1 << wire.target
        for base, path in sorted((_length(path), path) for path in self._ways(wire) if self._clear(path)):
            if base >= least + 0:
                break
            cost = base + self._hindrance(wire, path, net)
            if cost < least:
                best, least = path, cost
        assert best is not None, "a way through the channels is always clear"
        self._take(wire, best, net)
        return best

    # --- The ways there are

    def _ways(self, wire: Wire) -> Iterator[Path]:
        start, end = self.points[wire.source], self.points[wire.target]
        gutters = range(0, self.across + 1, 2)
        yield from _down_to_top(start, end, gutters)
        if wire.target < self.steps:
            yield from _down_to_side(start, end, gutters)
        if wire.source < self.steps:
            yield from _side_to_top(start, end, gutters)
            if wire.target < self.steps:
                yield from _side_to_side(start, end, gutters)

    def _clear(self, path: Path) -> bool:
        """Whether no cell on the way is filled, apart from the ends."""
        last = len(path) - 2
        for number in range(len(path) - 1):
            (x1, y1), (x2, y2) = path[number], path[number + 1]
            if x1 == x2 and x1 % 2:
                low, high = (y1, y2) if y1 < y2 else (y2, y1)
                for y in range(low | 1, high + 1, 2):
                    if (x1, y) in self.filled and not self._is_end(number, last, (x1, y), path):
                        return False
            elif y1 == y2 and y1 % 2:
                if self.grid.label_rows[y1 // 2]:
                    return False
                low, high = (x1, x2) if x1 < x2 else (x2, x1)
                for x in range(low | 1, high + 1, 2):
                    if (x, y1) in self.filled and not self._is_end(number, last, (x, y1), path):
                        return False
        return True

    def _is_end(self, number: int, last: int, point: Point, path: Path) -> bool:
        return (number == 0 and point == path[0]) or (number == last and point == path[-1])

    # --- What a way costs beyond its length

    def _hindrance(self, wire: Wire, path: Path, net: int) -> float:
        cost = 0.0
        for number in range(len(path) - 1):
            start, end = path[number], path[number + 1]
            if start[0] == end[0]:
                cost += self._stretch(start, end, net, self.vertical, self.horizontal, 1)
            else:
                cost += self._stretch(start, end, net, self.horizontal, self.vertical, 0)
        return cost + self._port_cost(wire, path, net)

    def _stretch(
        self, start: Point, end: Point, net: int, along: dict[Point, int], across: dict[Point, int], axis: int
    ) -> float:
        """Crossings, what runs beside, and what is saved where the same net runs already."""
        low, high = sorted((start[axis], end[axis]))
        fixed = start[1 - axis]
        beside, cost, size = 0, 0.0, HIGH if axis else WIDE
        for at in range(low, high + 1):
            point = (fixed, at) if axis else (at, fixed)
            here = along.get(point, 0)
            if here & net:
                if at > low:
                    cost -= size * 0.8
            beside |= here
            if low < at < high:
                crossing = across.get(point, 0) & ~net
                if crossing:
                    cost += CROSSING * crossing.bit_count()
                if fixed % 2 and at % 2:
                    cost += STRANGE
        others = (beside & ~net).bit_count()
        return cost + others * (IN_CELL + BESIDE if fixed % 2 else BESIDE)

    def _port_cost(self, wire: Wire, path: Path, net: int) -> float:
        cost = 0.0
        leaving, arriving = self.ports.get((wire.source, path[1] and _side(path[0], path[1])), (0, 0))
        cost += SHARED_PORT * leaving.bit_count() + TWO_WAY_PORT * arriving.bit_count()
        side = _side(path[-1], path[-2])
        leaving, arriving = self.ports.get((wire.target, side), (0, 0))
        cost += TWO_WAY_PORT * leaving.bit_count()
        if side[0]:
            cost += SIDE_ENTRY
        return cost

    def _take(self, wire: Wire, path: Path, net: int) -> None:
        for number in range(len(path) - 1):
            (x1, y1), (x2, y2) = path[number], path[number + 1]
            if x1 == x2:
                for y in range(min(y1, y2), max(y1, y2) + 1):
                    self.vertical[x1, y] = self.vertical.get((x1, y), 0) | net
            else:
                for x in range(min(x1, x2), max(x1, x2) + 1):
                    self.horizontal[x, y1] = self.horizontal.get((x, y1), 0) | net
        port = (wire.source, _side(path[0], path[1]))
        leaving, arriving = self.ports.get(port, (0, 0))
        self.ports[port] = (leaving | net, arriving)
        port = (wire.target, _side(path[-1], path[-2]))
        leaving, arriving = self.ports.get(port, (0, 0))
        self.ports[port] = (leaving, arriving | net)


def _side(node: Point, beside: Point) -> Point:
    """On which side of a node a point lies: (1, 0) right, (0, 1) below."""
    return (beside[0] > node[0]) - (beside[0] < node[0]), (beside[1] > node[1]) - (beside[1] < node[1])


def _length(path: Path) -> float:
    cost = float(BEND * (len(path) - 2))
    for number in range(len(path) - 1):
        (x1, y1), (x2, y2) = path[number], path[number + 1]
        cost += abs(x1 - x2) * WIDE + abs(y1 - y2) * HIGH
    return cost


def _down_to_top(start: Point, end: Point, gutters: range) -> Iterator[Path]:
    (x1, y1), (x2, y2) = start, end
    below, above = y1 + 1, y2 - 1
    if y1 < y2:
        if x1 == x2:
            yield (start, end)
        else:
            for y in {below, above}:
                yield (start, (x1, y), (x2, y), end)
    if below != above:
        for x in gutters:
            yield (start, (x1, below), (x, below), (x, above), (x2, above), end)
    elif y1 > y2 or x1 == x2:
        return


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
    if y1 == y2:
        if x1 != x2:
            yield (start, end)
        return
    for x in gutters:
        yield (start, (x, y1), (x, y2), end)
