"""Words and numbers in a drawing, and where they have room."""

from collections.abc import Iterator
from math import ceil

from mingshi.charts.pieces import text
from mingshi.charts.plane import SMALL, Box, Plane, width_of


def values(plane: Plane) -> Iterator[str]:
    """The numbers at the stops, and the target at its line, as far as they have room; the table has all of them."""
    placed = plane.corners
    for spot, said in _empty(plane):
        placed.append(spot)
        yield text((spot.left + spot.right) / 2, spot.bottom - 3, said, SMALL, "s")
    spots = {index: _spots(plane, index) for index in _known(plane)}
    for spot in _target_spot(plane, placed, [own[0] for own in spots.values()]):
        assert plane.chart.target
        placed.append(spot)
        yield text(spot.left, spot.bottom - 3, plane.chart.target.said, SMALL, "f")
    for index in _by_weight(plane):
        free = [spot for spot in spots[index] if not any(spot.meets(other) for other in placed)]
        if free:
            spot, stop = free[0], plane.chart.stops[index]
            placed.append(spot)
            inside = plane.chart.from_zero and spot.top > plane.station(index)[1]
            yield text((spot.left + spot.right) / 2, spot.bottom - 3, stop.said, plane.text, "i" if inside else "")


def periods(plane: Plane) -> Iterator[str]:
    """What the stops are called, each second or third one where not all have room; their groups below."""
    stops, y = plane.chart.stops, plane.bottom + 16
    widest = max(width_of(stop.label, SMALL) for stop in stops) + 4
    every = max(1, ceil(widest / plane.step))
    for index, stop in enumerate(stops):
        if (len(stops) - 1 - index) % every == 0:
            yield text(plane.x(index), y, stop.label, SMALL, "s")
    yield from _groups(plane, y + 18)


def _groups(plane: Plane, y: float) -> Iterator[str]:
    """Each group at its first stop; a little to the left where the next one is near."""
    stops, limit = plane.chart.stops, plane.width
    firsts = [index for index, stop in enumerate(stops) if not index or stops[index - 1].group != stop.group]
    for index in reversed(firsts):
        half = width_of(stops[index].group, SMALL) / 2
        x = min(plane.x(index), limit - half)
        if stops[index].group and x >= half and plane.x(index) - x <= plane.step:
            yield text(x, y, stops[index].group, SMALL, "s")
            limit = x - half - 4


def _known(plane: Plane) -> list[int]:
    return [index for index, stop in enumerate(plane.chart.stops) if stop.value is not None]


def _by_weight(plane: Plane) -> list[int]:
    """The stops in the order in which they may claim room: the last, the first, the extremes, the missed, the rest."""
    stops, known = plane.chart.stops, _known(plane)
    by_value = sorted(known, key=lambda index: stops[index].value or 0.0)
    missed = [index for index in known[::-1] if stops[index].kept is False]
    return list(dict.fromkeys([*known[-1:], *known[:1], *by_value[-1:], *by_value[:1], *missed, *known[::-1]]))


def _spots(plane: Plane, index: int) -> list[Box]:
    """Places for the number of a stop, the best one first: off the line, then right above or below."""
    x, y = plane.station(index)
    half, away = width_of(plane.chart.stops[index].said, plane.text) / 2 + 1, plane.radius + 3
    if plane.chart.from_zero:
        x = min(max(x, plane.left - 4 + half), plane.width - half)
        above = Box(x - half, y - plane.text - 3, x + half, y)
        inside = Box(x - half, y + 1, x + half, y + plane.text + 4)
        fits = plane.chart.stops[index].kept is not False and inside.bottom < plane.ground
        return [inside] if fits and _crossings(plane, above) else [above]
    shifts = (0.0, 0.5 * half, -0.5 * half, half, -half)
    tops = (y - away - plane.text, y + away - 1, y - away - plane.text - 6)
    spots = [
        Box(left, top, left + 2 * half, top + plane.text + 2)
        for shift in shifts
        for top in tops
        if top >= 0 and top + plane.text <= plane.bottom + 4
        for left in [min(max(x + shift - half, 0.0), plane.width - 2 * half)]
    ]
    return sorted(spots, key=lambda spot: _crossings(plane, spot))


def _empty(plane: Plane) -> Iterator[tuple[Box, str]]:
    """The words of the stops without a value, in the middle of their frames, where one has room."""
    middle = (plane.top + plane.ground) / 2
    for index, stop in enumerate(plane.chart.stops):
        half = width_of(stop.said, SMALL) / 2
        if stop.value is None and 0 < 2 * half <= plane.step:
            yield Box(plane.x(index) - half, middle - 8, plane.x(index) + half, middle + 8), stop.said


def _target_spot(plane: Plane, placed: list[Box], wished: list[Box]) -> list[Box]:
    """A place for the words of the target, above or below its line, where they cover least; none without words."""
    goal = plane.chart.target
    if goal is None or not goal.said:
        return []
    y, wide, reach = plane.y(goal.value), width_of(goal.said, SMALL), plane.radius + 2
    stations = [plane.station(index) for index in _known(plane)]
    taken = [Box(x - reach, at - reach, x + reach, at + reach) for x, at in stations] + wished
    starts = sorted({plane.left, plane.right - wide, *(plane.x(index) for index in range(len(plane.chart.stops)))})
    spots = [
        Box(left, top, left + wide, top + SMALL + 3)
        for left in starts
        if left + wide <= plane.right
        for top in (y - SMALL - 6, y + 4)
        if top >= 0 and top + SMALL <= plane.bottom
    ]
    free = [spot for spot in spots if not any(spot.meets(other) for other in placed)]
    return sorted(free, key=lambda spot: _crossings(plane, spot) + sum(3 * spot.meets(box) for box in taken))[:1]


def _crossings(plane: Plane, spot: Box) -> int:
    """How much runs through a box: the thick line hides more than the dashed one."""
    goal = plane.chart.target
    count = int(goal is not None and spot.top < plane.y(goal.value) < spot.bottom)
    if plane.chart.from_zero:
        return count
    for (x1, y1), (x2, y2) in plane.segments:
        begin, end = max(x1, spot.left), min(x2, spot.right)
        if begin <= end:
            slope = (y2 - y1) / (x2 - x1)
            low, high = sorted((y1 + slope * (begin - x1), y1 + slope * (end - x1)))
            count += 2 * (low < spot.bottom + 3 and high > spot.top - 3)
    return count
