"""Which track every piece of line gets, so that no two lines of different nets ever lie on each other.

A piece lies in a band: a column, a row, or a channel between them. A track is a number in its band, and has no size.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from mingshi.flow.labelling import Wire
from mingshi.flow.routing import Path

INSIDE, TOUCHING = 1.0, 0.3
"""What a leg costs that crosses a piece, and one that may, because both turn in the same channel."""


class Band(NamedTuple):
    axis: int
    """1 for pieces that run down, 0 for those that run across."""
    at: int


class Leg(NamedTuple):
    """Where a line turns off a piece: how far along it, and to which side."""

    along: int
    side: int


@dataclass(slots=True)
class Piece:
    """What one net occupies in a band, from low to high; counted in quarters, so that it can end at a box."""

    net: int
    low: int
    high: int
    parts: list[tuple[int, int]]
    legs: set[Leg] = field(default_factory=set)
    track: int = 0

    def touches(self, other: "Piece") -> bool:
        return self.low <= other.high and other.low <= self.high

    @property
    def rank(self) -> tuple[int, int, int]:
        """What has no turns stays in the middle, then what is long."""
        return (len(self.legs), self.low - self.high, self.net)


@dataclass(frozen=True, slots=True)
class Tracks:
    of: Mapping[tuple[int, int], int]
    """The track of every part of every path: (wire, number of the part) → track."""
    bands: Mapping[Band, tuple[int, int]]
    """The lowest and highest track of every band in use. In columns and rows track 0 is the middle."""

    @property
    def highest(self) -> int:
        return max((high for _, high in self.bands.values()), default=0)


def assign(wires: Sequence[Wire], paths: Sequence[Path]) -> Tracks:
    tracks: dict[tuple[int, int], int] = {}
    bands: dict[Band, tuple[int, int]] = {}
    for band, pieces in sorted(_pieces(wires, paths).items()):
        joined = _joined(pieces)
        for group in _groups(joined):
            _number(group, middle=band.at % 2 == 1)
        for piece in joined:
            tracks.update(dict.fromkeys(piece.parts, piece.track))
        numbers = [piece.track for piece in joined]
        bands[band] = (min(numbers), max(numbers))
    return Tracks(tracks, bands)


def _pieces(wires: Sequence[Wire], paths: Sequence[Path]) -> dict[Band, list[Piece]]:
    bands: dict[Band, list[Piece]] = {}
    for number, (wire, path) in enumerate(zip(wires, paths, strict=True)):
        last = len(path) - 2
        for part in range(last + 1):
            start, end = path[part], path[part + 1]
            axis = 1 if start[0] == end[0] else 0
            forward = 1 if end[axis] > start[axis] else -1
            # A quarter short of the middle of a cell: what ends at one side of a box is not in the way at the other.
            one = 2 * start[axis] + (forward if part == 0 else 0)
            other = 2 * end[axis] - (forward if part == last else 0)
            piece = Piece(wire.target, min(one, other), max(one, other), [(number, part)])
            if part > 0:
                piece.legs.add(Leg(one, _sign(path[part - 1][1 - axis] - start[1 - axis])))
            if part < last:
                piece.legs.add(Leg(other, _sign(path[part + 2][1 - axis] - end[1 - axis])))
            bands.setdefault(Band(axis, start[1 - axis]), []).append(piece)
    return bands


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Pieces of one net that touch are one."""
    joined: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.net, piece.low, piece.high, piece.parts)):
        before = joined[-1] if joined else None
        if before is not None and before.net == piece.net and piece.low <= before.high:
            before.high = max(before.high, piece.high)
            before.parts += piece.parts
            before.legs |= piece.legs
        else:
            joined.append(piece)
    return joined


def _groups(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces that are in each other's way, directly or by way of others."""
    groups: list[list[Piece]] = []
    reach = 0
    for piece in sorted(pieces, key=lambda piece: (piece.low, piece.high, piece.net)):
        if groups and piece.low <= reach:
            groups[-1].append(piece)
            reach = max(reach, piece.high)
        else:
            groups.append([piece])
            reach = piece.high
    return groups


def _number(group: list[Piece], middle: bool) -> None:
    """Gives the pieces of a group their tracks; in the middle of a column or row the plainest one has track 0."""
    if len(group) == 1:
        return
    order: list[Piece] = []
    for piece in sorted(group, key=lambda piece: piece.rank):
        order.insert(_best_place(order, piece), piece)
    for at, piece in enumerate(order):
        piece.track = max((before.track + 1 for before in order[:at] if before.touches(piece)), default=0)
    if middle:
        zero = min(group, key=lambda piece: piece.rank).track
        for piece in group:
            piece.track -= zero


def _best_place(order: Sequence[Piece], piece: Piece) -> int:
    """The place among the others with the fewest crossings."""
    costs = [sum(_crossings(piece, other) for other in order)]
    for other in order:
        costs.append(costs[-1] + _crossings(other, piece) - _crossings(piece, other))
    return min(range(len(costs)), key=lambda at: costs[at])


def _crossings(first: Piece, second: Piece) -> float:
    """What it costs that the first lies left of the second, or above it."""
    return sum(_over(leg, second) for leg in first.legs if leg.side > 0) + sum(
        _over(leg, first) for leg in second.legs if leg.side < 0
    )


def _over(leg: Leg, piece: Piece) -> float:
    if piece.low < leg.along < piece.high:
        return INSIDE
    return TOUCHING if leg.along in (piece.low, piece.high) else 0.0
