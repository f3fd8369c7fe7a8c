"""Series of numbers → inline SVG, in the drawing language of a transit line. Knows no kind, no words, no colours.

A chart is a scale and a row of marks; every mark is a function from the plane on which it is drawn to pieces of SVG.
What is printed comes with the values; what it looks like is decided by the classes in the style sheet.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape

from mingshi.charts.labels import periods, values
from mingshi.charts.marks import axis, bars, gaps, line, stations, target
from mingshi.charts.pieces import short
from mingshi.charts.plane import Box, Chart, Plane, Stop, Target, say_number, scale, width_of

__all__ = ["BARS", "LINE", "Box", "Chart", "Mark", "Plane", "Stop", "Target", "say_number", "scale", "svg", "width_of"]

Mark = Callable[[Plane], Iterator[str]]

LINE: tuple[Mark, ...] = (axis, gaps, target, line, stations, values, periods)
BARS: tuple[Mark, ...] = (axis, gaps, bars, target, values, periods)


def svg(chart: Chart, marks: Sequence[Mark]) -> str:
    """The drawing, named by its finding and described in a sentence."""
    plane = Plane(chart)
    name, told = f"{chart.key}-t", f"{chart.key}-d"
    pieces = "".join(piece for mark in marks for piece in mark(plane))
    return (
        f'<svg class="chart{" small" if chart.small else ""}" viewBox="0 0 {short(plane.width)} {short(plane.height)}"'
        f' role="img" aria-labelledby="{name} {told}"><title id="{name}">{escape(chart.title)}</title>'
        f'<desc id="{told}">{escape(chart.description)}</desc>{pieces}</svg>'
    )
