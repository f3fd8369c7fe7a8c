"""Where the steps stand on the grid: lanes as columns, and rows in which time runs down."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingshi.flow.chart import Bone

FEW_LANES = 3
"""Up to so many lanes there is room for a column beside a lane that has more than one way on."""
MANY_LANES = 10
"""More lanes than this keep the order of the records: the best order would take too long to find."""
NO_ANSWER = -1
_DELAY = {"wait": 1, "end": 2}
"""What the main path rather avoids where a step has several ways on."""


class Cell(NamedTuple):
    column: int
    row: int


class Way(NamedTuple):
    source: int
    target: int
    answer: int
    """Which of the ways of its step it is, where that is a question; or that it is none."""
    back: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """The steps of a chart on the grid, without the labels between them."""

    ways: tuple[Way, ...]
    main: frozenset[int]
    """What a case passes when nothing is amiss."""
    columns: tuple[int, ...]
    """The lane of every column, from left to right."""
    cells: tuple[Cell, ...]

    def is_down(self, way: Way) -> bool:
        source, target = self.cells[way.source], self.cells[way.target]
        return source.column == target.column and source.row < target.row

    def is_free(self, way: Way) -> bool:
        """Whether nothing stands between the two ends of a way straight down."""
        column, top = self.cells[way.source]
        bottom = self.cells[way.target].row
        return not any(cell.column == column and top < cell.row < bottom for cell in self.cells)


def place(steps: Sequence[Bone]) -> Placed:
    """Lanes in the order with the shortest lines; one whose steps would be in each other's way gets more columns."""
    ways = tuple(_ways(steps))
    main = _main_path(steps, ways)
    order = _lane_order(steps, ways)
    bare = Placed(ways, main, order, _place_steps(steps, ways, main, order))
    beside = _beside(steps, bare)
    if not beside:
        return bare
    columns = tuple(lane for lane in order for _ in range(1 + beside.get(lane, 0)))
    return Placed(ways, main, columns, _place_steps(steps, ways, main, columns))


# --- What leads where


def _ways(steps: Sequence[Bone]) -> Iterator[Way]:
    onward = [[target for target, _ in step.ways] for step in steps]
    for source, step in enumerate(steps):
        for number, (target, answers) in enumerate(step.ways):
            # A loop runs against the order of the list, and leads to where it came from.
            back = target <= source and _leads(onward, target, source)
            yield Way(source, target, number if answers else NO_ANSWER, back)


def _leads(onward: list[list[int]], start: int, goal: int) -> bool:
    seen, waiting = {start}, [start]
    while waiting:
        step = waiting.pop()
        if step == goal:
            return True
        new = [target for target in onward[step] if target not in seen]
        seen.update(new)
        waiting.extend(new)
    return False


def _main_path(steps: Sequence[Bone], ways: Sequence[Way]) -> frozenset[int]:
    """What a case passes when nothing is amiss: from the start, the first way that does not end or wait."""
    onward: dict[int, list[int]] = {}
    for way in ways:
        if not way.back:
            onward.setdefault(way.source, []).append(way.target)
    at: int | None = next((number for number, step in enumerate(steps) if step.kind == "start"), 0)
    path: set[int] = set()
    while at is not None and at not in path:
        path.add(at)
        at = min(onward.get(at, ()), key=lambda target: _DELAY.get(steps[target].kind, 0), default=None)
    return frozenset(path)


# --- Columns


def _lane_order(steps: Sequence[Bone], ways: Sequence[Way]) -> tuple[int, ...]:
    used = list(dict.fromkeys(step.lane for step in steps))
    if len(used) > MANY_LANES:
        return tuple(used)
    between = [[0] * len(used) for _ in used]
    for way in ways:
        one, other = (used.index(steps[end].lane) for end in (way.source, way.target))
        if one != other:
            between[one][other] += 1
            between[other][one] += 1
    return tuple(used[lane] for lane in _shortest_row(between))


def _shortest_row(between: Sequence[Sequence[int]]) -> list[int]:
    """The order of things in a row with the least distance between those that belong together; the first stays first.

    Every gap of the row costs what passes over it, so the best beginning of each set is found from smaller sets.
    """
    count = len(between)
    passing = {1: sum(between[0])}
    best: dict[int, tuple[int, list[int]]] = {1: (0, [0])}
    for chosen in range(3, 1 << count, 2):
        inside = [lane for lane in range(count) if chosen >> lane & 1]
        last = inside[-1]
        new = between[last]
        passing[chosen] = passing[chosen ^ 1 << last] + sum(new) - 2 * sum(new[lane] for lane in inside[:-1])
        cost, row, last = min((*best[chosen ^ 1 << lane], lane) for lane in inside[1:])
        best[chosen] = (cost + passing[chosen], [*row, last])
    return best[(1 << count) - 1][1]


def _beside(steps: Sequence[Bone], bare: Placed) -> dict[int, int]:
    """How many columns a lane gets beside its own."""
    main, lanes = bare.main, len(bare.columns)
    beside: dict[int, int] = {}
    for way in bare.ways:
        if not bare.is_down(way) or bare.is_free(way):
            continue
        column, top = bare.cells[way.source]
        between = (step for step, cell in enumerate(bare.cells) if cell.column == column and cell.row > top)
        # The main path goes straight on, and nothing goes round an end that could stand aside.
        ends = (steps[step].kind == "end" and bare.cells[step].row < bare.cells[way.target].row for step in between)
        if {way.source, way.target} <= main or (way.answer == NO_ANSWER and any(ends)):
            beside[steps[way.source].lane] = 1
    answers: list[list[Way]] = [[] for _ in steps]
    for way in bare.ways:
        if way.answer != NO_ANSWER:
            answers[way.source].append(way)
    for step, own in zip(steps, answers, strict=True):
        inside = [way for way in own if steps[way.target].lane == step.lane and not way.back]
        if lanes <= FEW_LANES and len(inside) > 1:
            beside[step.lane] = 1
    most = max(answers, key=len)
    missing = min(len(most), lanes + 2) - lanes - sum(beside.values())
    if missing > 0:
        lane = steps[most[0].source].lane
        beside[lane] = beside.get(lane, 0) + missing
    return beside


# --- Steps


def _place_steps(
    steps: Sequence[Bone], ways: Sequence[Way], main: frozenset[int], columns: tuple[int, ...]
) -> tuple[Cell, ...]:
    """Every step one row below the last that leads to it, so that time runs down the picture."""
    into = [0] * len(steps)
    answers = [0] * len(steps)
    onward: list[list[int]] = [[] for _ in steps]
    for way in ways:
        answers[way.source] += way.answer != NO_ANSWER
        if not way.back:
            into[way.target] += 1
            onward[way.source].append(way.target)
    rows = [0] * len(steps)
    cells: dict[int, Cell] = {}
    field = _Field(columns)
    ready = [(0, number not in main, number) for number in range(len(steps)) if not into[number]]
    heapq.heapify(ready)
    while ready:
        _, aside, number = heapq.heappop(ready)
        cells[number] = cell = field.take(steps[number].lane, rows[number], aside, answers[number])
        for target in onward[number]:
            rows[target] = max(rows[target], cell.row + 1)
            into[target] -= 1
            if not into[target]:
                # What ends gives way to what goes on, so that nothing has to pass it.
                turn = rows[target] + (steps[target].kind == "end")
                heapq.heappush(ready, (turn, target not in main, target))
    return tuple(cells[number] for number in range(len(steps)))


class _Field:
    """The cells that are taken, and how many answers stand below each row."""

    def __init__(self, columns: tuple[int, ...]) -> None:
        self.columns = columns
        self.taken: set[Cell] = set()
        self.answers: dict[int, int] = {}

    def take(self, lane: int, row: int, aside: bool, answers: int) -> Cell:
        """The first free cell of a lane: the main path keeps to its own column, what is aside to those beside it."""
        own = [column for column, owner in enumerate(self.columns) if owner == lane]
        if not aside:
            own = own[:1]
        elif len(own) > 1:
            own = [*own[1:], own[0]]
        at, _, column = min((self._row(column, row, answers), place, column) for place, column in enumerate(own))
        self.taken.add(Cell(column, at))
        self.answers[at] = self.answers.get(at, 0) + answers
        return Cell(column, at)

    def _row(self, column: int, row: int, answers: int) -> int:
        """The first row with a free cell and room for the answers of a step, side by side with those of others."""
        while Cell(column, row) in self.taken or 0 < self.answers.get(row, 0) > len(self.columns) - answers:
            row += 1
        return row
