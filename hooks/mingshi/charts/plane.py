"""What a chart is made of, its scale, and where its values lie on the paper."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, floor, log10
from unicodedata import east_asian_width

TEXT, SMALL = 16.0, 13.0
"""Heights of the printed figures and of everything else, in units of the drawing."""
NEAR_ZERO = 0.5
"""A scale starts at zero when its lowest value is no further from it than this share of its highest."""


@dataclass(frozen=True, slots=True)
class Stop:
    """One period of a series."""

    label: str
    value: float | None
    """None where there is no value."""
    said: str
    """What is printed at it: 97.5%, or a word for nothing."""
    kept: bool | None = None
    """Whether it reached the target; None where nothing is judged."""
    group: str = ""
    """What several stops have in common, such as their year: printed once, at the first."""


@dataclass(frozen=True, slots=True)
class Target:
    value: float
    said: str = ""
    """What stands at its line; nothing where the scale says it already."""


@dataclass(frozen=True, slots=True)
class Chart:
    key: str
    """What its ids begin with, unique on its page."""
    title: str
    """The finding."""
    description: str
    stops: tuple[Stop, ...]
    target: Target | None = None
    share: bool = False
    """Whether the values are percentages, which end at 0 and 100."""
    from_zero: bool = False
    """Lengths mean something only from zero; the height of a station on a line may start higher."""
    whole: bool = False
    """Whether a share is drawn from 0 to 100 whatever its values."""
    small: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def width_of(text: str, size: float) -> float:
    """How wide a short label is at most: figures are tabular, Han characters are square."""
    return sum(_advance(sign) for sign in text) * size


def _advance(sign: str) -> float:
    if east_asian_width(sign) in "WF":
        return 1.0
    if sign in ".,: ilI|'":
        return 0.32
    return 0.92 if sign in "%mwMW@—" else 0.62


def scale(chart: Chart) -> tuple[float, float]:
    """The lowest and the highest value of the axis: round numbers that hold every value and the target."""
    known = [stop.value for stop in chart.stops if stop.value is not None]
    values = known + ([chart.target.value] if chart.target else [])
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if chart.whole:
        return 0.0, 100.0
    if chart.from_zero or low <= NEAR_ZERO * high:
        low = min(low, 0.0)
    # A series that hardly moves must not look like one that does.
    least = 10.0 if chart.share else 0.2 * abs(high)
    high = max(high, low + (least or 1.0))
    if chart.share and high > 100.0:
        low, high = min(low, 100.0 - least), 100.0
    step = _step(high - low)
    low, high = floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step
    if chart.target and low >= step and abs(low - chart.target.value) < step / 1e6:
        low -= step  # so that the line of the target is not that of the axis
    return (low, min(high, 100.0)) if chart.share else (low, high)


def _step(span: float) -> float:
    """A round number of which about four make the span: 1, 2 or 5 times a power of ten."""
    raw = span / 4
    power = 10.0 ** floor(log10(raw))
    return next(step * power for step in (1, 2, 5, 10) if step * power >= raw * (1 - 1e-9))


def say_number(value: float, share: bool) -> str:
    """A round number of the axis: 12,500, 0.5, 85%."""
    return f"{value:,.10g}" + ("%" if share else "")


class Plane:
    """Where the values of a chart lie on the paper."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart
        self.width, self.height = (200.0, 92.0) if chart.small else (360.0, 216.0)
        self.low, self.high = scale(chart)
        self.ends = (say_number(self.low, chart.share), say_number(self.high, chart.share))
        self.left = max(width_of(end, SMALL) for end in self.ends) + 8
        self.right = self.width - 4
        self.top = 20.0 if chart.small else 30.0
        self.bottom = self.height - (20.0 if not any(stop.group for stop in chart.stops) else 40.0)
        self.ground = self.bottom - (0.0 if chart.from_zero else 14.0)
        """Where the lowest value lies; a station needs some room below it."""

    @cached_property
    def step(self) -> float:
        return (self.right - self.left) / max(1, len(self.chart.stops))

    @cached_property
    def text(self) -> float:
        """The height of the numbers: large where all of them fit side by side."""
        widest = max((width_of(stop.said, TEXT) for stop in self.chart.stops), default=0.0)
        return SMALL if self.chart.small or widest + 3 > self.step else TEXT

    def x(self, index: int) -> float:
        return self.left + (index + 0.5) * self.step

    def y(self, value: float) -> float:
        return self.ground - (value - self.low) / (self.high - self.low) * (self.ground - self.top)

    @cached_property
    def radius(self) -> float:
        return max(2.5, min(7.5, self.step * 0.22))

    @cached_property
    def runs(self) -> list[list[int]]:
        """Stretches of stops that have a value: a line ends where there is none."""
        runs: list[list[int]] = [[]]
        for index, stop in enumerate(self.chart.stops):
            if stop.value is None:
                runs.append([])
            else:
                runs[-1].append(index)
        return [run for run in runs if run]

    @cached_property
    def segments(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """The line, from stop to stop."""
        return [(self.station(one), self.station(other)) for run in self.runs for one, other in pairwise(run)]

    def station(self, index: int) -> tuple[float, float]:
        """Where a stop that has a value stands."""
        value = self.chart.stops[index].value
        assert value is not None
        return self.x(index), self.y(value)

    @property
    def corners(self) -> list[Box]:
        """What stands at the ends of the axis: its numbers, and the break where it does not begin at zero."""
        low, high = self.y(self.low), self.y(self.high)
        broken = Box(0.0, low - 7, self.left + (30 if self.low else -6), low + 7)
        return [broken, Box(0.0, high - 7, self.left - 6, high + 7)]
