"""Flow charts: nothing lies on anything else, whatever the process; and the words break where they may."""

import re
from itertools import combinations, pairwise, permutations
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from charts import HAN as SIGNS
from charts import WORDS, charts
from mingshi.flow import Branch, Chart, Layout, Step, lay_out, picture
from mingshi.flow.layout import Box, Line, Point
from mingshi.flow.widths import HAN, HAN_BOLD, LATIN, LATIN_BOLD, Face, text_width
from mingshi.flow.wrapping import words, wrap

CALM = settings(max_examples=150, suppress_health_check=list(HealthCheck))
APART = 12
SVG = "{http://www.w3.org/2000/svg}"

Piece = tuple[int, int, int]
"""A straight part of a line: where it runs, and from where to where."""


def pieces(line: Line, axis: int) -> list[Piece]:
    return [
        (start[1 - axis], min(start[axis], end[axis]), max(start[axis], end[axis]))
        for start, end in pairwise(line.points)
        if start[1 - axis] == end[1 - axis]
    ]


def overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height and other.y < one.y + one.height


def runs_through(start: Point, end: Point, box: Box) -> bool:
    left, right = sorted((start[0], end[0]))
    top, bottom = sorted((start[1], end[1]))
    return left < box.x + box.width and right > box.x and top < box.y + box.height and bottom > box.y


def with_number(box: Box) -> Box:
    """A step with the number at its corner."""
    return Box(box.x - 5, box.y - 10, box.width + 5, box.height + 10)


def boxes_and_labels_stand_apart_inside_the_picture(chart: Chart, layout: Layout) -> None:
    steps = [with_number(box) for box in layout.boxes[: len(chart.steps)]]
    boxes = [*steps, *layout.boxes[len(chart.steps) :]]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))
    for box in boxes:
        assert 0 <= box.x < box.x + box.width <= layout.width
        assert layout.head < box.y < box.y + box.height <= layout.height


def every_step_stands_in_its_lane(chart: Chart, layout: Layout) -> None:
    used = {lane.head.lines: lane.box for lane in layout.lanes}
    assert len(layout.lanes) == len({step.lane for step in chart.steps})
    assert all(one.box.x + one.box.width < other.box.x for one, other in pairwise(layout.lanes))
    by_lane: dict[int, set[Box]] = {}
    for step, box in zip(chart.steps, layout.boxes, strict=False):
        around = [
            lane.box
            for lane in layout.lanes
            if lane.box.x <= box.x and box.x + box.width <= lane.box.x + lane.box.width
        ]
        assert len(around) == 1
        by_lane.setdefault(step.lane, set()).add(around[0])
    assert all(len(lanes) == 1 for lanes in by_lane.values())
    assert len(used) <= len(layout.lanes)


def no_line_runs_through_a_box_or_out_of_the_picture(_: Chart, layout: Layout) -> None:
    for wire, line in zip(layout.wires, layout.lines, strict=True):
        for x, y in line.points:
            assert 0 <= x <= layout.width
            assert layout.head < y <= layout.height
        last = len(line.points) - 2
        for number, (start, end) in enumerate(pairwise(line.points)):
            ends = ({wire.source} if number == 0 else set()) | ({wire.target} if number == last else set())
            for node, box in enumerate(layout.boxes):
                if node not in ends:
                    assert not runs_through(start, end, box), (wire, node)


def lines_meet_the_outline_of_what_they_join(_: Chart, layout: Layout) -> None:
    for wire, line in zip(layout.wires, layout.lines, strict=True):
        for node, (x, y) in ((wire.source, line.points[0]), (wire.target, line.points[-1])):
            box = layout.boxes[node]
            assert box.x <= x <= box.x + box.width
            assert box.y <= y <= box.y + box.height
            sides = (x - box.x, box.x + box.width - x, y - box.y, box.y + box.height - y)
            assert min(sides) <= 14, "farther inside than any outline draws back"


def parallel_lines_are_apart(_: Chart, layout: Layout) -> None:
    """Only lines to the same end may run together, and then they are one line."""
    for one, other in combinations(layout.lines, 2):
        for axis in (0, 1):
            for at, low, high in pieces(one, axis):
                for beside, from_, to in pieces(other, axis):
                    if low < to and from_ < high:
                        together = at == beside and one.target == other.target
                        assert together or abs(at - beside) >= APART, (one, other)


def words_fit_their_boxes(chart: Chart, layout: Layout) -> None:
    bold, medium = (LATIN_BOLD, LATIN) if chart.latin else (HAN_BOLD, HAN)
    for number, (box, text) in enumerate(zip(layout.boxes, layout.texts, strict=True)):
        face, size = (bold, 15) if number < len(chart.steps) else (medium, 13)
        assert text.lines
        assert max(text_width(line, face, size) for line in text.lines) <= box.width
        assert box.height >= (20 if number < len(chart.steps) else 18) * len(text.lines)


SOUND = (
    boxes_and_labels_stand_apart_inside_the_picture,
    every_step_stands_in_its_lane,
    no_line_runs_through_a_box_or_out_of_the_picture,
    lines_meet_the_outline_of_what_they_join,
    parallel_lines_are_apart,
    words_fit_their_boxes,
)


@CALM
@given(charts())
def test_every_drawing_is_sound(chart: Chart) -> None:
    layout = lay_out(chart)
    for holds in SOUND:
        holds(chart, layout)


@CALM
@given(charts())
def test_the_picture_is_whole_and_always_the_same(chart: Chart) -> None:
    svg = picture(chart).svg
    assert svg == picture(chart).svg
    root = ElementTree.fromstring(svg.replace("<svg", f'<svg xmlns="{SVG[1:-1]}"', 1))
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == [step.href for step in chart.steps]
    image, links = root.findall(f"{SVG}g")
    assert (image.get("role"), image.findtext(f"{SVG}title")) == ("img", chart.name)
    assert list(image.iter(f"{SVG}a")) == [], "an image holds nothing to operate"
    assert links.get("aria-hidden") == "true"
    arrows = [path for path in root.iter(f"{SVG}path") if path.get("marker-end")]
    assert len(arrows) >= len({branch.to for step in chart.steps for branch in step.branches})
    shown = re.sub(r"\s", "", "".join(root.itertext()))
    for step in chart.steps:
        for text in (step.title, step.limit, *(branch.label for branch in step.branches)):
            assert re.sub(r"\s", "", text) in shown


def simple(*steps: Step, lanes: int = 1) -> Layout:
    return lay_out(Chart("名稱", "說明", "期限暫停", tuple("甲乙丙丁"[:lanes]), steps))


def test_what_follows_in_one_lane_runs_straight_down() -> None:
    steps = [Step(f"s{n}", "task", 0, "查驗", n + 1, branches=(Branch(f"s{n + 1}"),)) for n in range(5)]
    layout = simple(*steps, Step("s5", "end", 0, "結案", 6))
    assert all(len(line.points) == 2 for line in layout.lines)
    assert [box.y for box in layout.boxes] == sorted(box.y for box in layout.boxes)


def test_a_correction_loops_back_beside_the_main_path() -> None:
    layout = simple(
        Step("start", "start", 0, "送件", 1, branches=(Branch("check"),)),
        Step("check", "decision", 1, "齊全嗎？", 2, branches=(Branch("done", "齊全"), Branch("correct", "缺件"))),
        Step("correct", "wait", 0, "補件", 3, "7天", branches=(Branch("check"),)),
        Step("done", "end", 1, "結案", 4),
        lanes=2,
    )
    check, correct, done = layout.boxes[1:4]
    assert check.middle[0] == done.middle[0], "the main path is straight"
    back = next(line for wire, line in zip(layout.wires, layout.lines, strict=True) if wire.back)
    assert (back.points[0][1], back.points[-1][1]) > (correct.y, check.y)
    assert len(back.points) <= 4
    assert layout.texts[2].clock == ("期限暫停",)


def test_a_process_of_one_step_is_a_picture() -> None:
    layout = simple(Step("only", "task", 0, "查驗", 1))
    assert (len(layout.boxes), layout.lines) == (1, ())


def test_an_end_stands_aside_of_what_goes_on() -> None:
    answers = (Branch("now", "危險"), Branch("plan", "一般"), Branch("no", "別的機關"), Branch("more", "不清楚"))
    layout = simple(
        Step("ask", "decision", 1, "查什麼？", 1, branches=answers),
        Step("more", "wait", 0, "補充", 2, branches=(Branch("ask", "補了"), Branch("done", "沒補"))),
        Step("now", "task", 2, "當天檢查", 3, branches=(Branch("found"),)),
        Step("plan", "task", 1, "排檢查", 4, branches=(Branch("visit"),)),
        Step("visit", "task", 1, "檢查", 5, branches=(Branch("found"),)),
        Step("found", "decision", 1, "違法嗎？", 6, branches=(Branch("fine", "有"), Branch("done", "沒有"))),
        Step("fine", "task", 3, "裁罰", 7, branches=(Branch("done"),)),
        Step("done", "end", 1, "結案", 8),
        Step("no", "end", 1, "移轉", 9),
        lanes=4,
    )
    visit, end = layout.boxes[4], layout.boxes[8]
    assert visit.middle[0] != end.middle[0] or end.y < visit.y, "or what follows would have to go round it"


def test_questions_have_their_answers_side_by_side_below() -> None:
    ends = [Step(f"e{n}", "end", 0, "結案", n + 2) for n in range(3)]
    ways = tuple(Branch(f"e{n}", "答案") for n in range(3))
    layout = simple(Step("ask", "decision", 0, "哪一種？", 1, branches=ways), *ends)
    labels = layout.boxes[4:]
    assert len({box.y for box in labels}) == 1
    assert len({box.x for box in labels}) == 3


def test_lines_to_one_end_run_together() -> None:
    questions = [
        Step(f"q{n}", "decision", 0, "符合嗎？", n + 1, branches=(Branch(f"q{n + 1}", "符合"), Branch("no", "不符合")))
        for n in range(4)
    ]
    steps = (*questions, Step("q4", "end", 0, "核定", 5), Step("no", "end", 0, "駁回", 6))
    layout = simple(*steps)
    refusals = [line for line in layout.lines if line.target == 5]
    assert len(refusals) == 4
    whole = Chart("名稱", "說明", "期限暫停", ("甲",), steps)
    assert picture(whole).svg.count("marker-end") == len(layout.lines) - 8 - 2, "what runs together is drawn once"
    assert len({line.points[-1] for line in refusals}) == 1, "and has one point"
    *together, last = refusals
    assert len({line.points[-3:] for line in together}) == 1
    assert len(last.points) == 2, "the last one comes straight from above"


def test_two_questions_at_a_time_have_room_for_all_their_answers() -> None:
    layout = simple(
        Step("start", "start", 0, "送件", 1, branches=(Branch("one"),)),
        Step("one", "decision", 1, "齊全？", 2, branches=(Branch("wait", "缺件"), Branch("two", "齊全"))),
        Step("wait", "wait", 0, "補件", 3, branches=(Branch("one", "補齊"), Branch("no", "沒補"))),
        Step("two", "decision", 1, "符合？", 4, branches=(Branch("yes", "是"), Branch("no", "否"))),
        Step("yes", "end", 1, "核定", 5),
        Step("no", "end", 1, "駁回", 6),
        lanes=2,
    )
    rows = sorted({box.y for box in layout.boxes[6:]})
    assert [sum(box.y == row for box in layout.boxes[6:]) for row in rows] == [2, 2, 2]


def passed(order: tuple[int, ...], ways: list[tuple[int, int]]) -> int:
    """How many lanes further the ways lead, all in all."""
    return sum(abs(order.index(one) - order.index(other)) for one, other in ways)


@CALM
@given(st.integers(2, 5), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_lanes_stand_in_the_order_with_the_shortest_lines(lanes: int, pairs: list[tuple[int, int]]) -> None:
    ways = [(one % lanes, other % lanes) for one, other in pairs]
    used = tuple(dict.fromkeys(lane for way in ways for lane in way))
    steps = []
    for place, (one, other) in enumerate(ways):
        steps.append(Step(f"a{place}", "task", one, "甲", 2 * place + 1, branches=(Branch(f"b{place}"),)))
        steps.append(Step(f"b{place}", "end", other, "乙", 2 * place + 2))
    layout = lay_out(Chart("名稱", "說明", "期限暫停", tuple("甲乙丙丁戊"), tuple(steps)))
    order = tuple("甲乙丙丁戊".index(lane.head.lines[0]) for lane in layout.lanes)
    best = min(passed((used[0], *others), ways) for others in permutations(used[1:]))
    assert order[0] == used[0], "who begins stands first"
    assert passed(order, ways) == best


# --- Words

BREAKS = [
    ("完成失業認定", 66, ("完成", "失業認定")),
    ("勞保局審查", 66, ("勞保局", "審查")),
    ("就業諮詢、推介工作或訓練", 120, ("就業諮詢、", "推介工作或訓練")),
    ("等待7天", 40, ("等待", "7天")),
    ("等申請人回覆", 66, ("等申請人", "回覆")),
    ("Check the papers", 90, ("Check the", "papers")),
    ("轉勞資爭議調解", 66, ("轉勞資", "爭議調解")),
    ("寄核准通知和繳費單", 80, ("寄核准通知", "和繳費單")),
    ("不發證明書", 50, ("不發", "證明書")),
    ("寄出不核准原因", 80, ("寄出", "不核准原因")),
    ("Is it a full-time course?", 105, ("Is it a full-time", "course?")),
    ("middle-to-low-income", 110, ("middle-to-", "low-income")),
    ("", 50, ()),
]


@pytest.mark.parametrize(("text", "room", "lines"), BREAKS)
def test_lines_break_between_words(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(words(text, LATIN_BOLD if text.isascii() else HAN_BOLD, 15), room) == lines


@CALM
@given(
    st.one_of(st.text(SIGNS, max_size=40), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), st.text()),
    st.sampled_from([HAN, LATIN_BOLD]),
    st.integers(10, 200),
)
def test_wrapping_loses_nothing_and_keeps_to_its_room(text: str, face: Face, room: int) -> None:
    lines = wrap(words(text, face, 15), room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert len(line) == 1 or text_width(line, face, 15) <= room + 1e-6
    for line in lines[1:] if room > 60 else ():
        assert line[0] not in "、，。？）」" or all(sign in "、，。？）」（「" for sign in line)
