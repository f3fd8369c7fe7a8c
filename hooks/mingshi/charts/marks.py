"""The marks of a chart: axis, line, stations, bars, target. Each turns the plane into pieces of SVG."""

from collections.abc import Iterator

from mingshi.charts.pieces import point, rect, short, text
from mingshi.charts.plane import SMALL, Plane


def axis(plane: Plane) -> Iterator[str]:
    """The two ends of the scale, each with its number; a low end that is not zero shows a break."""
    for value, said in zip((plane.low, plane.high), plane.ends, strict=True):
        y = plane.y(value)
        yield f'<path class="a" d="M{short(plane.left)} {short(y)}H{short(plane.right)}"/>'
        yield text(plane.left - 6, y + SMALL * 0.36, said, SMALL, "s e")
    if plane.low:
        yield f'<path class="z" d="M{short(plane.left)} {short(plane.ground)}l4 -4 5 8 5 -8 5 8 4 -4"/>'


def target(plane: Plane) -> Iterator[str]:
    """The dashed line that is to be reached."""
    if plane.chart.target:
        y = plane.y(plane.chart.target.value)
        yield f'<path class="g" d="M{short(plane.left)} {short(y)}H{short(plane.right)}"/>'


def line(plane: Plane) -> Iterator[str]:
    """The thick line from stop to stop, open where there is no value."""
    for run in plane.runs:
        if len(run) > 1:
            yield f'<path class="l" d="M{" ".join(point(plane.station(index)) for index in run)}"/>'


def stations(plane: Plane) -> Iterator[str]:
    """Round where the target is reached, square where it is not."""
    r = plane.radius
    for index, stop in enumerate(plane.chart.stops):
        if stop.value is None:
            continue
        x, y = plane.station(index)
        if stop.kept is False:
            yield rect(x - r, y - r, 2 * r, 2 * r, "x")
        else:
            yield f'<circle class="y" cx="{short(x)}" cy="{short(y)}" r="{short(r)}"/>'


def gaps(plane: Plane) -> Iterator[str]:
    """A dashed frame as high as the drawing where there is no value: it stands at no height that could be read off."""
    wide = min(plane.step * 0.72, 34.0)
    for index, stop in enumerate(plane.chart.stops):
        if stop.value is None:
            yield rect(plane.x(index) - wide / 2, plane.top, wide, plane.ground - plane.top, "q")


def bars(plane: Plane) -> Iterator[str]:
    """Solid where the target is reached or none is set, hatched where it is missed."""
    if any(stop.kept is False for stop in plane.chart.stops):
        yield (
            f'<pattern id="{plane.chart.key}-h" width="6" height="6" patternUnits="userSpaceOnUse" '
            'patternTransform="rotate(45)"><path class="h" d="M0 0V6M3 0V6"/></pattern>'
        )
    wide = min(plane.step * 0.64, 34.0)
    for index, stop in enumerate(plane.chart.stops):
        if stop.value is None:
            continue
        left, tall = plane.x(index) - wide / 2, max(1.5, plane.ground - plane.y(stop.value))
        if stop.kept is False:
            yield rect(left, plane.ground - tall, wide, tall, "w", f"url(#{plane.chart.key}-h)")
        else:
            yield rect(left, plane.ground - tall, wide, tall, "b")
