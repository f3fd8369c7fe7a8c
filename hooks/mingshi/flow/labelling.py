"""The whole grid: below every question its answers side by side, each on the way that it opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingshi.flow.chart import Bone
from mingshi.flow.placing import NO_ANSWER, Cell, Placed, Way, place

AT_ONCE = 4
"""So many answers get the best places together; more would take too long."""
FAR, STRANGE_LANE, HIDDEN, IN_THE_WAY = 10, 6, 4, 36
"""What it costs a label to be a column away, in a lane not concerned, behind a step, and on somebody else's way."""
BLOCKED, TURNING, ASIDE, RIGHT_LOOP, CROSSING = 12, 8, 6, 5, 8
"""What it costs that the way on is blocked or turns, the main path goes aside, a loop runs right, and ways cross."""


class Label(NamedTuple):
    source: int
    answer: int
    """Which of the ways of its step it belongs to."""


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


def grid_of(steps: Sequence[Bone]) -> Grid:
    placed = place(steps)
    labels: list[Label] = []
    wires: list[Wire] = []
    shelves = _Shelves(placed)
    spots: list[Spot] = []
    ways: list[list[Way]] = [[] for _ in steps]
    for way in placed.ways:
        ways[way.source].append(way)
    for source in sorted(range(len(steps)), key=lambda number: (placed.cells[number].row, number)):
        answers = [way for way in ways[source] if way.answer != NO_ANSWER]
        spots += shelves.put(answers)
        for way in answers:
            node = len(steps) + len(labels)
            labels.append(Label(way.source, way.answer))
            wires += (Wire(way.source, node), Wire(node, way.target, way.back))
        wires += (Wire(way.source, way.target, way.back) for way in ways[source] if way.answer == NO_ANSWER)
    # Steps stand on shelf -1 of their row, which is above all shelves with labels.
    rows = sorted({*((cell.row, -1) for cell in placed.cells), *((spot.row, spot.shelf) for spot in spots)})
    number = {row: place for place, row in enumerate(rows)}
    cells = [Cell(cell.column, number[cell.row, -1]) for cell in placed.cells]
    cells += [Cell(spot.column, number[spot.row, spot.shelf]) for spot in spots]
    return Grid(placed.columns, tuple(shelf >= 0 for _, shelf in rows), tuple(cells), tuple(labels), tuple(wires))


class _Shelves:
    def __init__(self, placed: Placed) -> None:
        self.placed = placed
        self.taken: dict[tuple[int, int], set[int]] = {}
        """The columns that hold labels, by row and shelf."""
        self.in_row: dict[int, list[int]] = {}
        self.in_column: list[list[int]] = [[] for _ in placed.columns]
        """The columns with a step by row, and the rows with one by column."""
        for column, row in placed.cells:
            self.in_row.setdefault(row, []).append(column)
            self.in_column[column].append(row)
        self.passing: list[list[tuple[Way, int, int]]] = [[] for _ in placed.columns]
        """The ways that run straight down a column, each with the rows between which it does."""
        for way in placed.ways:
            if placed.is_down(way) and placed.is_free(way):
                (column, top), (_, bottom) = placed.cells[way.source], placed.cells[way.target]
                self.passing[column].append((way, top, bottom))

    def put(self, answers: Sequence[Way]) -> list[Spot]:
        """The best spots for the answers of one step: near it, near where they lead, and without crossing."""
        spots: list[Spot] = []
        shelf = 0
        while len(spots) < len(answers):
            row = self.placed.cells[answers[0].source].row
            taken = self.taken.setdefault((row, shelf), set())
            free = [column for column in range(len(self.placed.columns)) if column not in taken]
            now = answers[len(spots) :][: min(len(free), AT_ONCE)]
            costs = [[self._cost(way, column) for column in free] for way in now]
            targets = [self.placed.cells[way.target].column for way in now]
            chosen = [free[at] for at in _assign(costs, targets)]
            spots += (Spot(row, shelf, column) for column in chosen)
            taken.update(chosen)
            shelf += not chosen
        return spots

    def _cost(self, way: Way, column: int) -> int:
        placed = self.placed
        source, target = placed.cells[way.source], placed.cells[way.target]
        cost = FAR * (abs(column - source.column) + abs(column - target.column))
        if placed.columns[column] not in (placed.columns[source.column], placed.columns[target.column]):
            cost += STRANGE_LANE
        low, high = (column, source.column) if column < source.column else (source.column, column)
        if any(low <= other <= high and other != source.column for other in self.in_row[source.row]):
            cost += HIDDEN
        if any(top <= source.row < bottom and other is not way for other, top, bottom in self.passing[column]):
            cost += IN_THE_WAY
        if column != source.column and way.target in placed.main:
            cost += ASIDE
        return cost + self._onward(way.back, column, source, target)

    def _onward(self, back: bool, column: int, source: Cell, target: Cell) -> int:
        """What the way from the label to its target costs."""
        if back:
            return RIGHT_LOOP * (column > source.column)
        if column != target.column:
            return TURNING
        return BLOCKED * any(source.row < row < target.row for row in self.in_column[column])


def _assign(costs: Sequence[Sequence[int]], targets: Sequence[int]) -> list[int]:
    """One place each with the least cost in all; lines that would cross cost too."""
    best: tuple[float, list[int]] = (float("inf"), [])
    orders = [sorted(range(len(row)), key=row.__getitem__) for row in costs]
    # What those that are left cost at least.
    left = [sum(map(min, costs[number:])) for number in range(1, len(costs) + 1)]

    def go_on(chosen: list[int], cost: int) -> None:
        nonlocal best
        number = len(chosen)
        if number == len(costs):
            best = (cost, chosen)
            return
        for at in orders[number]:
            least = cost + costs[number][at]
            if least + left[number] >= best[0]:
                break
            if at not in chosen:
                before = zip(chosen, targets, strict=False)
                crossings = sum((at - other) * (targets[number] - target) < 0 for other, target in before)
                if least + CROSSING * crossings + left[number] < best[0]:
                    go_on([*chosen, at], least + CROSSING * crossings)

    go_on([], 0)
    return best[1]
