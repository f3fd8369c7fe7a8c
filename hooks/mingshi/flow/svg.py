"""A layout as SVG: with classes only, so that the style sheet colours it by day and night and in forced colours."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import pairwise

from mingshi.flow.chart import Chart, Step
from mingshi.flow.layout import Box, Layout, Line, Point
from mingshi.flow.sizes import CLOCK, CORNERS, PLATE, POINT, SMALL, SMALL_LINE, TITLE, TITLE_LINE, Sized
from mingshi.flow.widths import HAN, HAN_BOLD, LATIN, LATIN_BOLD, Face, text_width

CURVE = 7
"""The radius of a bend."""
UNITS_A_REM = 16
LANE_CORNER = 12
_SHAPES = {"start": "end", "end": "end", "wait": "hold", "decision": "ask"}


def draw(chart: Chart, layout: Layout) -> str:
    return "".join(_parts(chart, layout))


def _parts(chart: Chart, layout: Layout) -> Iterator[str]:
    width, height = layout.width, layout.height
    yield (
        f'<svg viewBox="0 0 {width} {height}" width="{width / UNITS_A_REM:g}rem" font-size="{TITLE}"'
        ' text-anchor="middle" role="none"><g role="img" aria-labelledby="flow_name flow_about">'
        f'<title id="flow_name">{_escaped(chart.name)}</title>'
        f'<desc id="flow_about">{_escaped(chart.description)}</desc>'
        '<defs><marker id="flow_tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path class="m" d="M0 0 10 5 0 10z"/></marker></defs>'
    )
    yield from _lanes(layout)
    yield '<g class="w">'
    yield from _lines(layout.lines)
    yield "</g>"
    yield from _steps(chart, layout)
    yield f'<g class="s" font-size="{SMALL}">'
    count = len(chart.steps)
    for box, text in zip(layout.boxes[count:], layout.texts[count:], strict=True):
        yield _text(text.lines, box.middle[0], box.y + SMALL, SMALL_LINE, tag=text.tag)
    # An image has no links inside; these lie over it, and for the keyboard they are in the list beside it.
    yield '</g></g><g aria-hidden="true">'
    for step, box in zip(chart.steps, layout.boxes, strict=False):
        yield f'<a href="{escape(step.href)}" tabindex="-1">{_outline(step.kind, box, "hit")}</a>'
    yield "</g></svg>"


def _steps(chart: Chart, layout: Layout) -> Iterator[str]:
    """In the order of the list, which is the order in which the picture is read."""
    bold, medium = (LATIN_BOLD, LATIN) if chart.latin else (HAN_BOLD, HAN)
    for step, box, text in zip(chart.steps, layout.boxes, layout.texts, strict=False):
        yield from _step(step, box, text, bold, medium)


def _lanes(layout: Layout) -> Iterator[str]:
    for name, height in (("lane", layout.height - 2), ("cap", layout.head)):
        for box, _ in layout.lanes:
            yield f'<rect class="{name}" x="{box.x}" y="1" width="{box.width}" height="{height}" rx="{LANE_CORNER}"/>'
    yield f'<g class="capt" font-size="{TITLE - 1}">'
    for box, text in layout.lanes:
        top = 1 + (layout.head - TITLE_LINE * len(text.lines)) // 2 + TITLE
        yield _text(text.lines, box.middle[0], top, TITLE_LINE, tag=text.tag)
    yield "</g>"


# --- Lines


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    drawn: dict[int, list[tuple[Point, ...]]] = {}
    for line in lines:
        others = drawn.setdefault(line.target, [])
        own = _own_part(line.points, others)
        others.append(line.points)
        tip = ' marker-end="url(#flow_tip)"' if line.arrow and own == line.points else ""
        yield f'<path d="{_curve(own)}"{tip}/>'


def _own_part(points: tuple[Point, ...], others: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    """A line until it has turned into one that is drawn already and leads on like it: drawn twice it looks thicker."""
    for at in range(1, len(points) - 1):
        turn, rest = points[at], points[at + 1 :]
        for other in others:
            place = len(other) - len(rest)
            if place > 0 and other[place:] == rest and _is_between(turn, other[place - 1], rest[0]):
                return *points[: at + 1], _toward(turn, rest[0], min(2 * CURVE, _distance(turn, rest[0])))
    return points


def _is_between(point: Point, one: Point, other: Point) -> bool:
    return _distance(one, point) + _distance(point, other) == _distance(one, other) and point != other


def _curve(points: Sequence[Point]) -> str:
    path = [f"M{points[0][0]} {points[0][1]}"]
    for (before, point), (_, after) in pairwise(pairwise(points)):
        radius = min(CURVE, _distance(before, point) // 2, _distance(point, after) // 2)
        (x1, y1), (x2, y2) = _toward(point, before, radius), _toward(point, after, radius)
        path.append(f"L{x1} {y1}Q{point[0]} {point[1]} {x2} {y2}")
    path.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(path)


def _distance(one: Point, other: Point) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(point: Point, goal: Point, by: int) -> Point:
    across = (goal[0] > point[0]) - (goal[0] < point[0])
    down = (goal[1] > point[1]) - (goal[1] < point[1])
    return point[0] + across * by, point[1] + down * by


# --- Steps


def _step(step: Step, box: Box, text: Sized, bold: Face, medium: Face) -> Iterator[str]:
    middle = box.middle[0]
    words = TITLE_LINE * len(text.lines) + PLATE * bool(step.limit) + SMALL_LINE * len(text.clock)
    y = box.y + (box.height - words) // 2
    name = _SHAPES.get(step.kind, "box")
    yield _outline(step.kind, box, name)
    yield _text(text.lines, middle, y + TITLE, TITLE_LINE, "endt" if name == "end" else "", text.tag)
    y += TITLE_LINE * len(text.lines)
    if step.limit:
        yield _plate(step.limit, middle, y + 3, bold)
        y += PLATE
    if text.clock:
        yield _clock(text.clock, middle, y, medium)
    yield _number(step.number, box)


def _outline(kind: str, box: Box, name: str) -> str:
    x, y, width, height = box
    if kind == "decision":
        half, right = height // 2, x + width
        upper = f"M{x} {y + half} {x + POINT} {y}H{right - POINT}L{right} {y + half}"
        return f'<path class="{name}" d="{upper} {right - POINT} {y + height}H{x + POINT}z"/>'
    radius = CORNERS.get(kind, CORNERS["task"])
    return f'<rect class="{name}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'


def _number(number: int, box: Box) -> str:
    width = 20 if number < 10 else 26
    x, y = box.x - 5, box.y - 10
    return (
        f'<rect class="no" x="{x}" y="{y}" width="{width}" height="20" rx="6"/>'
        f'<text class="not" x="{x + width // 2}" y="{y + TITLE}" font-size="14">{number}</text>'
    )


def _plate(limit: str, middle: int, y: int, bold: Face) -> str:
    width = int(text_width(limit, bold, SMALL)) + 16
    return (
        f'<rect class="cap" x="{middle - width // 2}" y="{y}" width="{width}" height="{PLATE - 2}" rx="6"/>'
        f'<text class="capt" x="{middle}" y="{y + TITLE}" font-size="{SMALL}">{_escaped(limit)}</text>'
    )


def _clock(words: tuple[str, ...], middle: int, y: int, medium: Face) -> str:
    width = max(text_width(line, medium, SMALL) for line in words)
    x = middle - int(width + CLOCK) // 2 + CLOCK // 2 - 2
    return (
        f'<path class="c" d="M{x} {y + 4}a6 6 0 1 0 .1 0M{x} {y + 6}v4h3"/>'
        f'<g class="s" font-size="{SMALL}">{_text(words, middle + CLOCK // 2, y + 14, SMALL_LINE)}</g>'
    )


def _text(lines: Sequence[str], x: int, y: int, leading: int, name: str = "", tag: str = "") -> str:
    named = (f' class="{name}"' if name else "") + (f' lang="{tag}"' if tag else "")
    if len(lines) == 1:
        return f'<text{named} x="{x}" y="{y}">{_escaped(lines[0])}</text>'
    top, down = f'y="{y}"', f'dy="{leading}"'
    spans = (f'<tspan x="{x}" {down if place else top}>{_escaped(line)}</tspan>' for place, line in enumerate(lines))
    return f"<text{named}>{''.join(spans)}</text>"


def _escaped(text: str) -> str:
    return escape(text, quote=False)
