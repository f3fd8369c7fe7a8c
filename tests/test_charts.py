"""Series as drawings: what is drawn, where labels stand, what the axis says, and what the figure finds."""

import re
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingshi.charts import BARS, LINE, Box, Chart, Mark, Plane, Stop, Target, scale, svg, width_of
from mingshi.kinds.plan import Measure
from mingshi.kinds.statistic import Statistic
from mingshi.languages import DEFAULT
from mingshi.pages import painters
from mingshi.pages.figures import Figure, between, of_progress, of_statistic
from mingshi.pages.painter import Painter
from mingshi.pages.records import record_pages
from mingshi.schema.faults import structure
from mingshi.schema.record import Period
from mingshi.schema.types import SpanText
from mingshi.source import Value
from office import STATISTIC, TODAY, catalogue, office, vary

NAMESPACE = "{http://www.w3.org/2000/svg}"


def stops(*numbers: float | None, target: float | None = None) -> tuple[Stop, ...]:
    return tuple(
        Stop(f"Q{index % 4 + 1}", number, "none" if number is None else f"{number:g}", _kept(number, target))
        for index, number in enumerate(numbers)
    )


def _kept(number: float | None, target: float | None) -> bool | None:
    return None if number is None or target is None else number >= target


def chart(*numbers: float | None, target: float | None = None, share: bool = False, from_zero: bool = False) -> Chart:
    goal = None if target is None else Target(target, f"Target: {target:g} or more")
    own = stops(*numbers, target=target)
    return Chart("c", "The finding", "What it shows", own, goal, share=share, from_zero=from_zero)


def drawn(own: Chart, marks: tuple[Mark, ...] = LINE) -> ElementTree.Element:
    return ElementTree.fromstring(svg(own, marks).replace("<svg", f'<svg xmlns="{NAMESPACE[1:-1]}"', 1))


def classes(root: ElementTree.Element, tag: str) -> list[str]:
    return [element.get("class", "") for element in root.iter(NAMESPACE + tag)]


def labels(root: ElementTree.Element) -> list[tuple[str, Box]]:
    """Every text with the box that it fills."""
    found = []
    for element in root.iter(NAMESPACE + "text"):
        x, y, size = (float(element.get(name, "")) for name in ("x", "y", "font-size"))
        wide, anchor = width_of(element.text or "", size), element.get("class", "")
        left = x - wide if anchor.endswith(" e") else x if anchor == "f" else x - wide / 2
        found.append((element.text or "", Box(left, y - 0.8 * size, left + wide, y + 0.1 * size)))
    return found


# --- The scale


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        pytest.param(chart(94, 97, share=True), (90, 100), id="a share that hardly moves spans ten points"),
        pytest.param(chart(99.5, 100, share=True), (90, 100), id="a share ends at 100"),
        pytest.param(chart(3, 5, share=True), (0, 15), id="near zero it begins at zero"),
        pytest.param(chart(5276, 6024, from_zero=True), (0, 8000), id="bars begin at zero"),
        pytest.param(chart(5276, 6024), (5000, 6500), id="a line may begin higher"),
        pytest.param(chart(17, 14, target=20), (14, 20), id="the target lies on the scale"),
        pytest.param(chart(0, 0), (0, 1), id="nothing but zeros"),
        pytest.param(chart(None), (0, 1), id="no value at all"),
    ],
)
def test_the_scale_has_round_ends_that_hold_everything(own: Chart, ends: tuple[float, float]) -> None:
    assert scale(own) == pytest.approx(ends)


NUMBERS = st.one_of(st.none(), st.floats(0, 2e6).map(lambda number: float(f"{number:.3g}")))
SERIES = st.lists(NUMBERS, min_size=1, max_size=48)


@given(SERIES, st.one_of(st.none(), st.floats(0, 2e6)), st.booleans())
def test_every_value_lies_on_the_scale(numbers: list[float | None], target: float | None, from_zero: bool) -> None:
    own = chart(*numbers, target=target, from_zero=from_zero)
    low, high = scale(own)
    known = [number for number in (*numbers, target) if number is not None]
    assert low < high
    assert all(low <= number * (1 + 1e-9) and number <= high * (1 + 1e-9) for number in known)
    assert not from_zero or low == 0


# --- The drawing


@given(SERIES, st.one_of(st.none(), st.floats(0, 2e6)), st.booleans())
def test_labels_lie_on_the_paper_and_never_on_each_other(
    numbers: list[float | None], target: float | None, bars: bool
) -> None:
    own = chart(*numbers, target=target, from_zero=bars)
    plane, root = Plane(own), drawn(own, BARS if bars else LINE)
    found = labels(root)
    for text, box in found:
        assert box.left >= -0.5, text
        assert box.right <= plane.width + 0.5, text
        assert box.top >= -0.5, text
        assert box.bottom <= plane.height + 0.5, text
    values = [own for own in found if own[1].bottom < plane.bottom + 4]
    for (one, box), (other, next_to) in combinations(values, 2):
        assert not box.meets(next_to), f"{one} on {other}"


@given(SERIES, st.one_of(st.none(), st.floats(0, 2e6)))
def test_the_same_series_makes_the_same_drawing(numbers: list[float | None], target: float | None) -> None:
    own = chart(*numbers, target=target)
    assert svg(own, LINE) == svg(own, LINE)


def test_the_last_the_first_and_the_extremes_are_labelled_however_long_the_series() -> None:
    numbers = [float(1000 + (index * 7919) % 500) for index in range(40)]
    said = [text for text, _ in labels(drawn(chart(*numbers)))]
    for number in (numbers[0], numbers[-1], max(numbers), min(numbers)):
        assert f"{number:g}" in said


def test_a_stop_is_round_on_target_and_square_off_it() -> None:
    root = drawn(chart(94, 97, 93, target=95, share=True))
    assert classes(root, "rect") == ["x", "x"]
    assert classes(root, "circle") == ["y"]
    assert "g" in classes(root, "path")
    assert "Target: 95 or more" in [text for text, _ in labels(root)]


def test_bars_off_target_are_hatched() -> None:
    root = drawn(chart(3, 7, target=5, from_zero=True), BARS)
    bars = list(root.iter(NAMESPACE + "rect"))
    assert [bar.get("class") for bar in bars] == ["w", "b"]
    assert bars[0].get("fill") == "url(#c-h)"
    assert root.find(f"{NAMESPACE}pattern[@id='c-h']") is not None


def test_the_line_is_open_where_there_is_no_value() -> None:
    root = drawn(chart(80, 82, None, 84, 83))
    lines = [element.get("d", "") for element in root.iter(NAMESPACE + "path") if element.get("class") == "l"]
    assert len(lines) == 2
    assert classes(root, "rect") == ["q"]
    assert len(classes(root, "circle")) == 4
    assert "none" in [text for text, _ in labels(root)]


def test_bars_stand_on_zero_and_are_as_long_as_their_values() -> None:
    root = drawn(chart(200, 400, from_zero=True), BARS)
    first, second = (float(element.get("height", "")) for element in root.iter(NAMESPACE + "rect"))
    assert second == pytest.approx(2 * first, rel=0.01)


@pytest.mark.parametrize(("own", "broken"), [(chart(94, 97, share=True), True), (chart(1, 7), False)])
def test_an_axis_that_does_not_begin_at_zero_is_broken(own: Chart, broken: bool) -> None:
    assert ("z" in classes(drawn(own), "path")) is broken


def test_the_drawing_is_named_by_its_finding() -> None:
    root = drawn(Chart("c", "5 < 6", "It & more", stops(5, 6)))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c-t c-d"
    assert [(element.get("id"), element.text) for element in root if element.get("id")] == [
        ("c-t", "5 < 6"),
        ("c-d", "It & more"),
    ]


def test_a_drawing_has_neither_colour_nor_style_of_its_own() -> None:
    text = svg(chart(3, 7, None, target=5, from_zero=True), BARS)
    assert re.findall(r"(?:fill|stroke|style)=\"(?!url\(#c-h\))[^\"]*", text) == []


# --- Figures of records


def figure(tmp_path: Path, language: int, *points: str, more: str = "", unit: str = "%") -> Figure:
    painter, statistic = _statistic(tmp_path, language, points, more, unit)
    return of_statistic(painter, statistic)


def _statistic(
    tmp_path: Path, language: int, points: tuple[str, ...], more: str = "", unit: str = "%"
) -> tuple[Painter, Statistic]:
    listed = "\n".join(f"  - {{{point}}}" for point in points)
    text = vary(STATISTIC, '  - {period: 2026-Q3, value: "7"}', listed) + more
    text = vary(text, "measured_in: {zh: 件, en: cases}", f'measured_in: {{zh: "{unit}", en: "{unit}"}}')
    own = catalogue(office(tmp_path, {"statistics/x.yml": text}))
    statistic = own.entries["statistic:x"].record
    assert isinstance(statistic, Statistic)
    return painters(own, None, TODAY)[language], statistic


SIX = tuple(
    f"period: 2025-Q{index + 1}, value: {value}" if index < 4 else f"period: 2026-Q{index - 3}, value: {value}"
    for index, value in enumerate(("96%", "94%", "95%", "97%", "95.5%", "99%"))
)


@pytest.mark.parametrize(
    ("language", "more", "finding"),
    [
        (0, "at_least: 95%\n", "6季中5季達標"),
        (1, "at_least: 95%\n", "On target in 5 of 6 quarters"),
        (0, "at_least: 94%\n", "6季都達標"),
        (1, "at_most: 93%\n", "Off target in all 6 quarters"),
        (0, "", "115年第2季99%，一年前94%"),
        (1, "", "99% in Quarter 2 of 2026, 94% a year before"),
    ],
)
def test_the_title_is_the_finding(tmp_path: Path, language: int, more: str, finding: str) -> None:
    assert figure(tmp_path, language, *SIX, more=more).finding == finding


def test_a_period_that_is_not_listed_is_a_gap_and_is_told(tmp_path: Path) -> None:
    own = figure(
        tmp_path, 1, "period: 2026-05, value: 3", "period: 2026-08, value: 4", more="at_most: 5\n", unit="days"
    )
    assert own.drawing.count('class="q"') == 2
    assert "No data: June 2026, July 2026" in own.drawing
    assert "From 3 days in May 2026 to 4 days in August 2026; Target: 5 or less" in own.drawing
    assert "A dashed frame stands for no data." in own.key


def test_a_bare_count_is_drawn_from_zero_and_says_nothing_of_targets(tmp_path: Path) -> None:
    own = figure(tmp_path, 0, 'period: "2025", value: "5,276"', 'period: "2026", value: "5,459"', unit="件")
    assert own.drawing.count('class="b"') == 2
    assert own.key == ""
    assert own.finding == "115年5,459件，一年前5,276件"


def test_an_axis_that_begins_higher_is_told(tmp_path: Path) -> None:
    assert "縱軸從90%開始，不是從0開始。" in figure(tmp_path, 0, *SIX, more="at_least: 95%\n").key


def test_the_table_says_in_words_what_the_shapes_say(tmp_path: Path) -> None:
    points = ("period: 2026-Q1, value: 94%", "period: 2026-Q2", "period: 2026-Q3, value: 96%")
    painter, _ = _statistic(tmp_path, 1, points, "at_least: 95%\n")
    entry = painter.catalogue.entries["statistic:x"]
    html = next(record_pages(painter, entry)).main
    rows = [re.sub(r"<[^>]+>", " ", row).split() for row in re.findall(r"<tr>(.*?)</tr>", html)[-3:]]
    assert [" ".join(row) for row in rows] == [
        "Quarter 3 of 2026 96% On target",
        "Quarter 2 of 2026 No data",
        "Quarter 1 of 2026 94% Off target",
    ]


def test_a_long_series_is_drawn_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    points = [f"period: {year}-{month:02}, value: {month}" for year in range(2019, 2025) for month in range(1, 13)]
    own = figure(tmp_path, 1, *points, unit="cases")
    assert own.drawing.count('class="b"') == 48
    assert own.key.endswith("The chart shows the latest 48 periods.")


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [("2025-Q3", "2026-Q2", 4), ("2025-11", "2026-02", 4), ("2021", "2026", 6), ("2026-Q1", "2026-Q1", 1)],
)
def test_all_periods_between_two_are_known(first: str, last: str, number: int) -> None:
    all_ = between(SpanText(first), SpanText(last))
    assert (all_[0], all_[-1], len(all_)) == (first, last, number)
    assert sorted(set(all_)) == all_


def test_progress_is_shown_for_every_quarter_of_the_plan(tmp_path: Path) -> None:
    values: dict[str, Value] = {
        "id": "publish",
        "text": "公開",
        "lead": ["unit:front-desk"],
        "progress": [{"quarter": "2026-Q1", "done": "25%"}, {"quarter": "2026-Q2", "done": "60%"}],
    }
    measure = structure(Measure, values, DEFAULT)
    assert isinstance(measure, Measure)
    period = Period.model_validate({"from": "2026-01-01", "until": "2026-12-31"})
    painter = painters(catalogue(office(tmp_path, {})), None, TODAY)[1]
    own = of_progress(painter, measure, period)
    assert own is not None
    assert own.finding == "60% done by Quarter 2 of 2026"
    assert own.drawing.count('class="b"') == 2
    assert own.drawing.count('class="q"') == 2
    assert "Not reported yet: Quarter 3 of 2026, Quarter 4 of 2026" in own.drawing
    assert of_progress(painter, measure.model_copy(update={"progress": ()}), period) is None
