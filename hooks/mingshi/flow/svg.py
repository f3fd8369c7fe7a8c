"""A layout as SVG: classes only, so that the style sheet colours it by day, by night, on paper and in forced colours."""

from collections.abc import Iterator, Sequence
from html import escape

from mingshi.flow.chart import Chart, Step
from mingshi.flow.layout import Box, Layout, Line
from mingshi.flow.sizes import CLOCK, PLATE, POINT, SMALL, SMALL_LINE, TITLE, TITLE_LINE, faces, stopped
from mingshi.flow.widths import text_width

CURVE = 7
"""The radius of a bend."""
UNITS_A_REM = 16


def draw(chart: Chart, layout: Layout) -> str:
    return "".join(_parts(chart, layout))


def _parts(chart: Chart, layout: Layout) -> Iterator[str]:
    width, height = layout.width, layout.height
    yield (
        f'<svg viewBox="0 0 {width} {height}" width="{width / UNITS_A_REM:g}rem" font-size="{TITLE}"'
        ' text-anchor="middle" role="img" aria-labelledby="flow_name flow_about">'
        f'<title id="flow_name">{escape(chart.name)}</title><desc id="flow_about">{escape(chart.description)}</desc>'
        '<defs><marker id="flow_tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="10" markerHeight="10"'
        ' markerUnits="userSpaceOnUse" orient="auto"><path class="m" d="M0 0 10 5 0 10z"/></marker></defs>'
    )
    yield from _lanes(chart, layout)
    yield '<g class="w">'
    yield from _lines(layout.lines)
    yield "</g>"
    for step, box, text in zip(chart.steps, layout.boxes, layout.texts, strict=False):
        yield from _step(chart, step, box, text.lines)
    yield f'<g class="s" font-size="{SMALL}">'
    count = len(chart.steps)
    for box, text in zip(layout.boxes[count:], layout.texts[count:], strict=True):
        yield _text(text.lines, box.middle[0], box.y + 13, SMALL_LINE)
    yield "</g></svg>"


def _lanes(chart: Chart, layout: Layout) -> Iterator[str]:
    for _, box, _ in layout.lanes:
        yield f'<rect class="lane" x="{box.x}" y="1" width="{box.width}" height="{box.height}" rx="12"/>'
    for _, box, _ in layout.lanes:
        yield f'<rect class="cap" x="{box.x}" y="1" width="{box.width}" height="{layout.head}" rx="12"/>'
    yield f'<g class="capt" font-size="{TITLE - 1}">'
    for _, box, text in layout.lanes:
        top = 1 + (layout.head - TITLE_LINE * len(text.lines)) // 2 + 15
        yield _text(text.lines, box.middle[0], top, TITLE_LINE)
    yield "</g>"


# --- Lines


def _lines(lines: Sequence[Line]) -> Iterator[str]:
    drawn: dict[int, list[tuple[tuple[int, int], ...]]] = {}
    for line in lines:
        others = drawn.setdefault(line.target, [])
        points, whole = _own_part(_straight(line.points), others)
        others.append(_straight(line.points))
        tip = ' marker-end="url(#flow_tip)"' if line.arrow and whole else ""
        yield f'<path d="{_curve(points)}"{tip}/>'


def _straight(points: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Without points that repeat or lie on the way."""
    kept: list[tuple[int, int]] = []
    for point in points:
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and (kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]):
            kept.pop()
        kept.append(point)
    return tuple(kept)


def _own_part(
    points: tuple[tuple[int, int], ...], others: Sequence[tuple[tuple[int, int], ...]]
) -> tuple[tuple[tuple[int, int], ...], bool]:
    """A line up to where it runs into one that is drawn already, and whether it is all of it."""
    common = 0
    for other in others:
        same = 0
        while same < min(len(points), len(other)) and points[-1 - same] == other[-1 - same]:
            same += 1
        common = max(common, same)
    if common < 1 or len(points) - common < 1:
        return points, not common
    return points[: len(points) - common + 1], False


def _curve(points: Sequence[tuple[int, int]]) -> str:
    path = [f"M{points[0][0]} {points[0][1]}"]
    for before, point, after in zip(points, points[1:], points[2:], strict=False):
        radius = min(CURVE, _distance(before, point) // 2, _distance(point, after) // 2)
        one, other = _toward(point, before, radius), _toward(point, after, radius)
        path.append(f"L{one[0]} {one[1]}Q{point[0]} {point[1]} {other[0]} {other[1]}")
    path.append(f"L{points[-1][0]} {points[-1][1]}")
    return "".join(path)


def _distance(one: tuple[int, int], other: tuple[int, int]) -> int:
    return abs(one[0] - other[0]) + abs(one[1] - other[1])


def _toward(point: tuple[int, int], goal: tuple[int, int], by: int) -> tuple[int, int]:
    across = (goal[0] > point[0]) - (goal[0] < point[0])
    down = (goal[1] > point[1]) - (goal[1] < point[1])
    return point[0] + across * by, point[1] + down * by


# --- Steps


def _step(chart: Chart, step: Step, box: Box, lines: tuple[str, ...]) -> Iterator[str]:
    clock = stopped(chart, step, box.width)
    middle = box.middle[0]
    y = box.y + (box.height - TITLE_LINE * len(lines) - PLATE * bool(step.limit) - SMALL_LINE * len(clock)) // 2
    yield f'<a href="{escape(step.href)}" tabindex="-1">{_outline(step.kind, box)}'
    yield _text(lines, middle, y + 15, TITLE_LINE, "endt" if step.kind in ("start", "end") else "")
    y += TITLE_LINE * len(lines)
    if step.limit:
        yield _plate(chart, step.limit, middle, y + 3)
        y += PLATE
    if clock:
        yield _clock(chart, clock, middle, y)
    yield f"{_number(step.number, box)}</a>"


def _outline(kind: str, box: Box) -> str:
    x, y, width, height = box
    if kind == "decision":
        half, right = height // 2, x + width
        return (
            f'<path class="ask" d="M{x} {y + half} {x + POINT} {y}H{right - POINT}L{right} {y + half} '
            f'{right - POINT} {y + height}H{x + POINT}z"/>'
        )
    shape, radius = {"start": ("end", 22), "end": ("end", 22), "wait": ("hold", 10)}.get(kind, ("box", 10))
    return f'<rect class="{shape}" x="{x}" y="{y}" width="{width}" height="{height}" rx="{radius}"/>'


def _number(number: int, box: Box) -> str:
    width = 20 if number < 10 else 26
    x, y = box.x - 5, box.y - 10
    return (
        f'<rect class="no" x="{x}" y="{y}" width="{width}" height="20" rx="6"/>'
        f'<text class="not" x="{x + width // 2}" y="{y + 15}" font-size="14">{number}</text>'
    )


def _plate(chart: Chart, limit: str, middle: int, y: int) -> str:
    width = int(text_width(limit, faces(chart).bold, SMALL)) + 16
    return (
        f'<rect class="cap" x="{middle - width // 2}" y="{y}" width="{width}" height="{PLATE - 2}" rx="6"/>'
        f'<text class="capt" x="{middle}" y="{y + 15}" font-size="{SMALL}">{escape(limit)}</text>'
    )


def _clock(chart: Chart, words: tuple[str, ...], middle: int, y: int) -> str:
    width = max(text_width(line, faces(chart).medium, SMALL) for line in words)
    x = int(middle - (width + CLOCK) / 2) + 6
    return (
        f'<path class="c" d="M{x} {y + 4}a6 6 0 1 0 .1 0M{x} {y + 6}v4h3"/>'
        f'<g class="s" font-size="{SMALL}">{_text(words, middle + CLOCK // 2, y + 14, SMALL_LINE)}</g>'
    )


def _text(lines: Sequence[str], x: int, y: int, leading: int, name: str = "") -> str:
    named = f' class="{name}"' if name else ""
    if len(lines) == 1:
        return f'<text{named} x="{x}" y="{y}">{escape(lines[0], quote=False)}</text>'
    first = f'<tspan x="{x}" y="{y}">{escape(lines[0], quote=False)}</tspan>'
    others = (f'<tspan x="{x}" dy="{leading}">{escape(line, quote=False)}</tspan>' for line in lines[1:])
    return f"<text{named}>{first}{''.join(others)}</text>"
