"""Where everything stands on the grid: lanes as columns, steps in rows, branch labels in rows of their own below."""

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingshi.flow.chart import Chart, Step

FEW_LANES = 3
"""Up to so many lanes there is room for a column beside a lane that has more than one way on."""
MANY_LANES = 10
"""More lanes than this keep the order of the records: the best order would take too long to find."""


_DELAY = {"wait": 1, "end": 2}
"""What the main path rather avoids where a step has several ways on."""


class Cell(NamedTuple):
    column: int
    row: int


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


class Way(NamedTuple):
    source: int
    target: int
    label: str
    back: bool


def place(chart: Chart) -> Grid:
    ways = tuple(_ways(chart.steps))
    main = _main_path(chart.steps, ways)
    columns = _columns(chart, ways, main)
    cells = _place_steps(chart, ways, main, columns)
    return _place_labels(chart, ways, main, columns, cells)


# --- What leads where


def _ways(steps: Sequence[Step]) -> Iterator[Way]:
    index = {step.id: number for number, step in enumerate(steps)}
    onward = [[index[branch.to] for branch in step.branches] for step in steps]
    for source, step in enumerate(steps):
        for branch in step.branches:
            target = index[branch.to]
            # A loop runs against the order of the list, and leads to where it came from.
            back = target <= source and _leads(onward, target, source)
            yield Way(source, target, branch.label, back)


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


def _main_path(steps: Sequence[Step], ways: Sequence[Way]) -> frozenset[int]:
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


def _columns(chart: Chart, ways: Sequence[Way], main: frozenset[int]) -> tuple[int, ...]:
    """The lanes in the order with the shortest lines; a lane whose main path would be in its own way gets more room."""
    order = _lane_order(chart, ways)
    beside = _beside(chart, ways, main, order)
    columns: list[int] = []
    for lane in order:
        columns += [lane] * (1 + beside.get(lane, 0))
    return tuple(columns)


def _lane_order(chart: Chart, ways: Sequence[Way]) -> tuple[int, ...]:
    used = list(dict.fromkeys(step.lane for step in chart.steps))
    if len(used) > MANY_LANES:
        return tuple(used)
    between = [[0] * len(used) for _ in used]
    for way in ways:
        one, other = (used.index(chart.steps[end].lane) for end in (way.source, way.target))
        between[one][other] += 1
        between[other][one] += 1
    return tuple(used[lane] for lane in _shortest_row(between))


def _shortest_row(between: Sequence[Sequence[int]]) -> list[int]:
    """The order of things in a row with the least distance between those that belong together; the first stays first.

    Every gap of the row costs what passes over it, so the best beginning of each set is found from smaller sets.
    """
    count = len(between)
    best: dict[int, tuple[int, list[int]]] = {1: (0, [0])}
    for chosen in range(3, 1 << count, 2):
        inside = [lane for lane in range(count) if chosen >> lane & 1]
        outside = [lane for lane in range(count) if not chosen >> lane & 1]
        passing = sum(between[one][other] for one in inside for other in outside)
        cost, row, last = min((*best[chosen ^ 1 << lane], lane) for lane in inside[1:])
        best[chosen] = (cost + passing, [*row, last])
    return best[(1 << count) - 1][1]


def _beside(chart: Chart, ways: Sequence[Way], main: frozenset[int], order: tuple[int, ...]) -> dict[int, int]:
    """How many columns a lane gets beside its own."""
    steps = chart.steps
    cells = _place_steps(chart, ways, main, order)
    beside = {
        steps[way.source].lane: 1
        for way in ways
        if _is_down(way, cells) and way.source in main and way.target in main and _between(way, cells)
    }
    answers = [[way for way in ways if way.source == source and way.label] for source in range(len(steps))]
    if len(order) <= FEW_LANES:
        for source, own in enumerate(answers):
            if sum(steps[way.target].lane == steps[source].lane and not way.back for way in own) > 1:
                beside[steps[source].lane] = 1
    busiest = max(range(len(steps)), key=lambda source: len(answers[source]))
    missing = min(len(answers[busiest]), len(order) + 2) - len(order) - sum(beside.values())
    if missing > 0:
        lane = steps[busiest].lane
        beside[lane] = beside.get(lane, 0) + missing
    return beside


def _is_down(way: Way, cells: Sequence[Cell]) -> bool:
    return cells[way.source].column == cells[way.target].column and cells[way.source].row < cells[way.target].row


def _between(way: Way, cells: Sequence[Cell]) -> bool:
    """Whether anything stands between the two ends of a way straight down."""
    column, top = cells[way.source]
    return any(cell.column == column and top < cell.row < cells[way.target].row for cell in cells)


# --- Steps


def _place_steps(chart: Chart, ways: Sequence[Way], main: frozenset[int], columns: tuple[int, ...]) -> tuple[Cell, ...]:
    """Every step one row below the last that leads to it, so that time runs down the picture."""
    steps = chart.steps
    into = [0] * len(steps)
    onward: list[list[int]] = [[] for _ in steps]
    for way in ways:
        if not way.back:
            into[way.target] += 1
            onward[way.source].append(way.target)
    rows = [0] * len(steps)
    cells: dict[int, Cell] = {}
    taken: set[Cell] = set()
    ready = [(0, number not in main, number) for number in range(len(steps)) if not into[number]]
    heapq.heapify(ready)
    while ready:
        _, aside, number = heapq.heappop(ready)
        cells[number] = cell = _free_cell(steps[number].lane, rows[number], aside, columns, taken)
        taken.add(cell)
        for target in onward[number]:
            rows[target] = max(rows[target], cell.row + 1)
            into[target] -= 1
            if not into[target]:
                heapq.heappush(ready, (rows[target], target not in main, target))
    return tuple(cells[number] for number in range(len(steps)))


def _free_cell(lane: int, row: int, aside: bool, columns: tuple[int, ...], taken: set[Cell]) -> Cell:
    """The first free cell of a lane; the main path keeps to the lane's own column, what is aside to those beside it."""
    own = [column for column, owner in enumerate(columns) if owner == lane]
    if not aside:
        own = own[:1]
    elif len(own) > 1:
        own = [*own[1:], own[0]]
    free = []
    for preference, column in enumerate(own):
        at = row
        while Cell(column, at) in taken:
            at += 1
        free.append((at, preference, column))
    at, _, column = min(free)
    return Cell(column, at)


# --- Labels


def _place_labels(
    chart: Chart, ways: Sequence[Way], main: frozenset[int], columns: tuple[int, ...], cells: tuple[Cell, ...]
) -> Grid:
    """The answers of a question stand side by side below it, each on the way that it opens."""
    labels: list[Label] = []
    spots: list[tuple[Cell, int]] = []
    taken: set[tuple[Cell, int]] = set()
    wires: list[Wire] = []
    for source in sorted(range(len(chart.steps)), key=lambda number: (cells[number].row, number)):
        own = [way for way in ways if way.source == source]
        answers = [way for way in own if way.label]
        for way, spot in zip(answers, _spots(answers, columns, cells, main, taken, ways), strict=True):
            taken.add(spot)
            spots.append(spot)
            node = len(chart.steps) + len(labels)
            labels.append(Label(way.label, way.source, way.target))
            wires += (Wire(way.source, node), Wire(node, way.target, way.back))
        wires += (Wire(way.source, way.target, way.back) for way in own if not way.label)
    label_rows, row_of = _rows(cells, spots)
    placed = [Cell(cell.column, row_of[cell.row, -1]) for cell in cells]
    placed += [Cell(cell.column, row_of[cell.row, shelf]) for cell, shelf in spots]
    return Grid(columns, label_rows, tuple(placed), tuple(labels), tuple(wires))


def _rows(
    cells: Sequence[Cell], spots: Sequence[tuple[Cell, int]]
) -> tuple[tuple[bool, ...], dict[tuple[int, int], int]]:
    """All rows from top to bottom: steps are on shelf -1 of theirs, the labels below them on shelf 0 and further."""
    shelves = sorted({*((cell.row, -1) for cell in cells), *((cell.row, shelf) for cell, shelf in spots)})
    return tuple(shelf >= 0 for _, shelf in shelves), {shelf: row for row, shelf in enumerate(shelves)}


def _spots(
    answers: Sequence[Way],
    columns: tuple[int, ...],
    cells: tuple[Cell, ...],
    main: frozenset[int],
    taken: set[tuple[Cell, int]],
    ways: Sequence[Way],
) -> list[tuple[Cell, int]]:
    """The best columns for the labels of one step: near the step, near where they lead, and without crossing."""
    if not answers:
        return []
    row = cells[answers[0].source].row
    spots: list[tuple[Cell, int]] = []
    shelf = 0
    rest = list(answers)
    while rest:
        free = [column for column in range(len(columns)) if (Cell(column, row), shelf) not in taken]
        now, rest = rest[: len(free)], rest[len(free) :]
        costs = [[_cost(way, column, columns, cells, main, ways) for column in free] for way in now]
        targets = [cells[way.target].column for way in now]
        spots += [(Cell(free[at], row), shelf) for at in _assign(costs, targets)]
        shelf += 1
    return spots


def _cost(
    way: Way, column: int, columns: tuple[int, ...], cells: tuple[Cell, ...], main: frozenset[int], ways: Sequence[Way]
) -> float:
    source, target = cells[way.source], cells[way.target]
    cost = 10.0 * (abs(column - source.column) + abs(column - target.column))
    if columns[column] not in (columns[source.column], columns[target.column]):
        cost += 6
    occupied = {cell for cell in cells if cell.column == column}
    low, high = sorted((column, source.column))
    if any(cell.row == source.row and low <= cell.column <= high and cell != source for cell in cells):
        cost += 4
    if any(
        other is not way
        and _is_down(other, cells)
        and cells[other.source].column == column
        and cells[other.source].row <= source.row < cells[other.target].row
        and not _between(other, cells)
        for other in ways
    ):
        cost += 36
    if way.back:
        cost += 5 * (column > source.column)
    elif column == target.column:
        cost += 12 * any(source.row < cell.row < target.row for cell in occupied)
    else:
        cost += 8
    if way.target in main and column != source.column:
        cost += 6
    return cost


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
        order = sorted(range(len(costs[number])), key=lambda at: costs[number][at])
        for at in order:
            if at not in chosen:
                crossings = sum(
                    (at - other) * (targets[number] - target) < 0
                    for other, target in zip(chosen, targets, strict=False)
                )
                go_on([*chosen, at], cost + costs[number][at] + 8 * crossings)

    go_on([], 0.0)
    return best[1]
