"""The whole grid: below every question its answers side by side, each on the way that it opens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mingshi.flow.chart import Chart
from mingshi.flow.placing import Cell, Placed, Way, place

AT_ONCE = 4
"""So many answers get the best places together; more would take too long."""
FAR, STRANGE_LANE, HIDDEN, IN_THE_WAY = 10, 6, 4, 36
"""What it costs a label to be a column away, in a lane not concerned, behind a step, and on somebody else's way."""
BLOCKED, TURNING, ASIDE, RIGHT_LOOP, CROSSING = 12, 8, 6, 5, 8
"""What it costs that the way on is blocked or turns, the main path goes aside, a loop runs right, and ways cross."""


class Label(NamedTuple):
    text: str
    source: int
    target: int


class Wire(NamedTuple):
    """A line between two nodes; the labels are nodes too, after the steps."""

    source: int
    target: int
    back: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    columns: tuple[int, ...]
    """The lane of every column, from left to right."""
    label_rows: tuple[bool, ...]
    """Row by row, whether it holds labels instead of steps."""
    cells: tuple[Cell, ...]
    """Where the steps stand, and after them the labels."""
    labels: tuple[Label, ...]
    wires: tuple[Wire, ...]


class Spot(NamedTuple):
    """Where a label goes: below the steps of a row, on the first shelf or a further one."""

    row: int
    shelf: int
    column: int


def grid_of(chart: Chart) -> Grid:
    placed = place(chart)
    labels: list[Label] = []
    wires: list[Wire] = []
    shelves = _Shelves(placed)
    spots: list[Spot] = []
    for source in sorted(range(len(chart.steps)), key=lambda number: (placed.cells[number].row, number)):
        own = [way for way in placed.ways if way.source == source]
        answers = [way for way in own if way.label]
        spots += shelves.put(answers)
        for way in answers:
            node = len(chart.steps) + len(labels)
            labels.append(Label(way.label, way.source, way.target))
            wires += (Wire(way.source, node), Wire(node, way.target, way.back))
        wires += (Wire(way.source, way.target, way.back) for way in own if not way.label)
    # Steps stand on shelf -1 of their row, which is above all shelves with labels.
    rows = sorted({*((cell.row, -1) for cell in placed.cells), *((spot.row, spot.shelf) for spot in spots)})
    number = {row: place for place, row in enumerate(rows)}
    cells = [Cell(cell.column, number[cell.row, -1]) for cell in placed.cells]
    cells += [Cell(spot.column, number[spot.row, spot.shelf]) for spot in spots]
    return Grid(placed.columns, tuple(shelf >= 0 for _, shelf in rows), tuple(cells), tuple(labels), tuple(wires))


@dataclass(slots=True)
class _Shelves:
    placed: Placed
    taken: set[Spot] = field(default_factory=set)
    passing: list[tuple[Way, int, int, int]] = field(default_factory=list)
    """The ways that run straight down, each with its column and from which row to which."""

    def __post_init__(self) -> None:
        cells = self.placed.cells
        for way in self.placed.ways:
            if self.placed.is_down(way) and self.placed.is_free(way):
                self.passing.append((way, *cells[way.source], cells[way.target].row))

    def put(self, answers: Sequence[Way]) -> list[Spot]:
        """The best spots for the answers of one step: near it, near where they lead, and without crossing."""
        spots: list[Spot] = []
        shelf = 0
        while len(spots) < len(answers):
            row = self.placed.cells[answers[0].source].row
            free = [column for column in range(len(self.placed.columns)) if Spot(row, shelf, column) not in self.taken]
            now = answers[len(spots) :][: min(len(free), AT_ONCE)]
            costs = [[self._cost(way, column) for column in free] for way in now]
            targets = [self.placed.cells[way.target].column for way in now]
            chosen = [Spot(row, shelf, free[at]) for at in _assign(costs, targets)]
            spots += chosen
            self.taken.update(chosen)
            shelf += not chosen
        return spots

    def _cost(self, way: Way, column: int) -> float:
        placed = self.placed
        source, target = placed.cells[way.source], placed.cells[way.target]
        cost = FAR * (abs(column - source.column) + abs(column - target.column))
        if placed.columns[column] not in (placed.columns[source.column], placed.columns[target.column]):
            cost += STRANGE_LANE
        low, high = sorted((column, source.column))
        if any(cell.row == source.row and low <= cell.column <= high and cell != source for cell in placed.cells):
            cost += HIDDEN
        for other, at, top, bottom in self.passing:
            if at == column and top <= source.row < bottom and other is not way:
                cost += IN_THE_WAY
                break
        if way.target in placed.main and column != source.column:
            cost += ASIDE
        return cost + self._onward(way.back, column, source, target)

    def _onward(self, back: bool, column: int, source: Cell, target: Cell) -> float:
        """What the way from the label to its target costs."""
        if back:
            return RIGHT_LOOP * (column > source.column)
        if column != target.column:
            return TURNING
        blocking = (cell for cell in self.placed.cells if cell.column == column)
        return BLOCKED * any(source.row < cell.row < target.row for cell in blocking)


def _assign(costs: Sequence[Sequence[float]], targets: Sequence[int]) -> list[int]:
    """One place each with the least cost in all; lines that would cross cost too."""
    best: tuple[float, list[int]] = (float("inf"), [])

    def go_on(chosen: list[int], cost: float) -> None:
        nonlocal best
        number = len(chosen)
        if cost >= best[0]:
            return
        if number == len(costs):
            best = (cost, chosen)
            return
        for at in sorted(range(len(costs[number])), key=lambda at: costs[number][at]):
            if at not in chosen:
                before = zip(chosen, targets, strict=False)
                crossings = sum((at - other) * (targets[number] - target) < 0 for other, target in before)
                go_on([*chosen, at], cost + costs[number][at] + CROSSING * crossings)

    go_on([], 0.0)
    return best[1]
