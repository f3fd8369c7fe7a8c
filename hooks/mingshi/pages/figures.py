"""Series and progress as figures: what is drawn, what it is called, and the rows that stand beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from mingshi import charts
from mingshi.charts import Chart, Stop, Target
from mingshi.kinds.plan import Measure
from mingshi.kinds.statistic import Point, Statistic
from mingshi.languages import ROC_EPOCH
from mingshi.pages.painter import Painter
from mingshi.schema.record import Period
from mingshi.schema.types import Quantity, SpanText

PARTS = {"quarter": 4, "month": 12, "year": 1}
LATEST = 48
"""A drawing shows no more periods than this; the table shows all."""


@dataclass(frozen=True, slots=True)
class Figure:
    finding: str
    drawing: Markup
    key: str
    """How to read the shapes and the axis."""


def of_statistic(painter: Painter, statistic: Statistic) -> Figure:
    """A line against its target; bars for a bare count, which begin at zero."""
    known = {point.period: point for point in statistic.points}
    periods = between(min(known), max(known))
    shown = periods[-LATEST:]
    share = is_share(statistic)
    by_length = not share and goal(statistic) is None
    chart = Chart(
        key="series",
        title=finding(painter, statistic),
        description=_told(painter, statistic, periods),
        stops=tuple(_stop(painter, statistic, period, known.get(period)) for period in shown),
        target=_target(painter, statistic),
        share=share,
        from_zero=by_length,
    )
    drawing = Markup(charts.svg(chart, charts.BARS if by_length else charts.LINE))
    return Figure(chart.title, drawing, _key(painter, chart, len(shown) < len(periods)))


def is_share(statistic: Statistic) -> bool:
    """Whether the numbers are percentages."""
    values = [point.value for point in statistic.points if point.value]
    return statistic.measured_in.first in ("%", "％") or any(value.endswith("%") for value in values)


def goal(statistic: Statistic) -> Quantity | None:
    return statistic.at_least or statistic.at_most


def kept(statistic: Statistic, value: Quantity | None) -> bool | None:
    """Whether a value reaches the target; None where there is no value or no target."""
    if value is None:
        return None
    if statistic.at_least:
        return value.number >= statistic.at_least.number
    return value.number <= statistic.at_most.number if statistic.at_most else None


def finding(painter: Painter, statistic: Statistic) -> str:
    """What the series shows, in a few words: 「8季中7季達標」."""
    judged = [kept(statistic, point.value) for point in statistic.points if point.value]
    words, step = painter.language.words, statistic.points[0].period.step
    if goal(statistic) and judged:
        reached = judged.count(True)
        if len(judged) == 1:
            return words["chart.reached" if reached else "chart.missed"]
        which = "all" if reached == len(judged) else "some" if reached else "nothing"
        return words[f"chart.{which}"].format(n=len(judged), k=reached, unit=words[step])
    latest = statistic.latest
    if latest is None:
        return words["statistic.none"]
    year_before = f"{int(latest.period[:4]) - 1}{latest.period[4:]}"
    before = next((point for point in statistic.points if point.period == year_before and point.value), None)
    word = "chart.year" if before else "chart.now"
    return words[word].format(
        period=painter.sayings.period(latest.period),
        new=_said(painter, statistic, latest),
        old=_said(painter, statistic, before) if before else "",
    )


def between(first: SpanText, last: SpanText) -> list[SpanText]:
    """Every period from one to another, also those of which the record says nothing."""
    parts = PARTS[first.step]
    start, end = _number(first, parts), _number(last, parts)
    return [_span(number, first.step, parts) for number in range(start, end + 1)]


def _number(period: SpanText, parts: int) -> int:
    return int(period[:4]) * parts + (int(period[5:].lstrip("Q")) - 1 if parts > 1 else 0)


def _span(number: int, step: str, parts: int) -> SpanText:
    year, part = divmod(number, parts)
    forms = {"year": f"{year:04}", "quarter": f"{year:04}-Q{part + 1}", "month": f"{year:04}-{part + 1:02}"}
    return SpanText(forms[step])


def _stop(painter: Painter, statistic: Statistic, period: SpanText, point: Point | None) -> Stop:
    label, group = _labels(painter, period)
    value = point.value if point else None
    if value is None:
        return Stop(label, None, painter.language.words["chart.empty"], None, group)
    return Stop(label, value.number, value.rstrip("%"), kept(statistic, value), group)


def _labels(painter: Painter, period: SpanText) -> tuple[str, str]:
    """What a period is called on the axis, and the year that it shares with its neighbours."""
    words, year = painter.language.words, int(period[:4])
    said = words["period.year"].format(roc=year - ROC_EPOCH, year=year)
    if period.step == "year":
        return said, ""
    part = int(period[5:].lstrip("Q"))
    month = f"{date(year, part, 1):%b}" if period.step == "month" else ""
    return words[f"chart.label.{period.step}"].format(part=part, month=month), said


def _target(painter: Painter, statistic: Statistic) -> Target | None:
    bound = goal(statistic)
    return Target(bound.number, _goal(painter, statistic)) if bound else None


def _goal(painter: Painter, statistic: Statistic) -> str:
    """目標95%以上; Target: 95% or more."""
    word = "chart.at-least" if statistic.at_least else "chart.at-most"
    return painter.language.words[word].format(n=goal(statistic))


def _said(painter: Painter, statistic: Statistic, point: Point) -> str:
    """A value with its unit; a drawing cannot mark a unit that is not translated, so it leaves that to the table."""
    assert point.value is not None
    if is_share(statistic):
        return point.value.rstrip("%") + "%"
    unit = statistic.measured_in[painter.language.index]
    return painter.language.words["amount"].format(n=point.value, unit=unit) if unit else point.value


def _told(painter: Painter, statistic: Statistic, periods: Sequence[SpanText]) -> str:
    """The series in a sentence or two, for who does not see it."""
    words, say = painter.language.words, painter.sayings
    known = sorted((point for point in statistic.points if point.value), key=lambda point: point.period)
    parts = []
    if known:
        ends = (known[0], known[-1])
        (start, end), (old, new) = (
            [say.period(point.period) for point in ends],
            [_said(painter, statistic, point) for point in ends],
        )
        parts.append(words["chart.change"].format(start=start, end=end, old=old, new=new))
    if goal(statistic):
        parts.append(_goal(painter, statistic))
    without = set(periods) - {point.period for point in known}
    if without:
        gaps = words["join.list"].join(say.period(period) for period in sorted(without))
        parts.append(words["chart.gaps"].format(periods=gaps))
    return words["join.clause"].join(parts)


def _key(painter: Painter, chart: Chart, left_out: bool) -> str:
    """What the shapes mean, as far as they occur, and what the drawing leaves out."""
    words = painter.language.words
    low, _ = charts.scale(chart)
    said = {
        "chart.key.line": any(stop.kept is not None for stop in chart.stops),
        "chart.key.empty": any(stop.value is None for stop in chart.stops),
        "chart.axis": bool(low),
        "chart.latest": left_out,
    }
    facts = {"low": charts.say_number(low, chart.share), "n": LATEST}
    return "".join(words[word].format(**facts) for word, holds in said.items() if holds).strip()


# --- Progress of a measure


def of_progress(painter: Painter, measure: Measure, period: Period) -> Figure | None:
    """The share of a measure that is done, by quarter: bars from 0 to 100 %."""
    if not measure.progress:
        return None
    done = {SpanText(report.quarter): report.done for report in measure.progress}
    quarters = _quarters(done, measure.period or period)
    words, say = painter.language.words, painter.sayings
    latest = max(done)
    finding = words["chart.done"].format(period=say.period(latest), done=done[latest])
    told = words["join.list"].join(f"{say.period(quarter)} {done[quarter]}" for quarter in quarters if quarter in done)
    open_ = words["join.list"].join(say.period(quarter) for quarter in quarters if quarter not in done)
    chart = Chart(
        key=f"p-{measure.id}",
        title=finding,
        description=words["join.clause"].join([told, *([words["chart.open"].format(periods=open_)] if open_ else [])]),
        stops=tuple(_quarter(painter, quarter, done.get(quarter), quarters) for quarter in quarters),
        target=Target(100.0),
        share=True,
        from_zero=True,
        whole=True,
        small=True,
    )
    return Figure(finding, Markup(charts.svg(chart, charts.BARS)), "")


def _quarters(done: Mapping[SpanText, Quantity], period: Period) -> list[SpanText]:
    """The quarters of the plan, and those with a report."""
    ends = [_quarter_of(day) for day in (period.from_, period.until) if day]
    all_ = between(min([*done, *ends]), max([*done, *ends]))
    return all_[-LATEST:]


def _quarter_of(day: date) -> SpanText:
    return SpanText(f"{day.year:04}-Q{(day.month + 2) // 3}")


def _quarter(painter: Painter, quarter: SpanText, done: Quantity | None, all_: Sequence[SpanText]) -> Stop:
    label, year = _labels(painter, quarter)
    group = "" if all_[0][:4] == all_[-1][:4] else year
    return Stop(label, done.number if done else None, done.rstrip("%") if done else "", None, group)
