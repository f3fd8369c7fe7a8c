"""The deadline calculator in a real browser: one arithmetic with Python, one form for hand and keyboard."""

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from deadlines import make
from mingshi.exports import calendar_script
from office import SERVICE, vary
from sites import build, copy_project, once, write
from test_deadlines import CASES, DAYS, ask

from . import served

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 12, 0)
LIMIT = "limit: {value: 15, unit: day, counting: calendar}"
SERVICES = {
    "calc-days": f"{LIMIT}\nextension: {{value: 10, unit: day}}",
    "calc-working": "limit: {value: 10, unit: day, counting: working, excludes: [correction]}",
    "calc-month": "limit: {value: 2, unit: month, counting: calendar, start: {zh: 備齊隔天起算, en: once complete}}",
    "calc-hours": "limit: {value: 4, unit: hour, counting: working}",
    "calc-at-once": "limit: {unit: immediate}",
    "calc-long": "limit: {value: 900, unit: day, counting: calendar}",
}


@dataclass(frozen=True)
class Desk:
    root: Path
    url: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Our project with a service of every sort of limit, built for a fixed day."""
    root = once(tmp_path_factory, "calculator", with_limits)
    with served({"/": root / "site"}) as url:
        yield Desk(root, url)


def with_limits(root: Path) -> None:
    copy_project(root)
    unit = min(path.stem for path in (root / "data/units").glob("*.yml"))
    for name, limit in SERVICES.items():
        write(root / f"data/services/{name}.yml", vary(SERVICE, LIMIT, limit).replace("front-desk", unit))
    build(root, "--today", str(TODAY))


def opened(browser: Browser, desk: Desk, path: str, script: bool = True) -> Page:
    context = browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=script)
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    if script:
        page.clock.set_fixed_time(f"{NOON.isoformat()}+08:00")
    page.goto(f"{desk.url}/{path}")
    if script and page.locator(".deadline").count():
        page.locator("#deadline-received").wait_for()
    assert complaints == []
    return page


@pytest.fixture
def close(browser: Browser) -> Iterator[None]:
    """Ends the windows that a test opened."""
    yield
    for context in browser.contexts:
        context.close()


pytestmark = pytest.mark.usefixtures("close")


def result(page: Page) -> tuple[str, list[tuple[str, str]]]:
    """The sentence, and the stops of the line."""
    stops = page.locator(".deadline .line li")
    texts = [(stop.locator(".when").inner_text(), stop.locator("h3").inner_text()) for stop in stops.all()]
    return page.locator(".deadline .says").inner_text(), texts


# --- One arithmetic

COUNT = """([calendar, cases]) => {
  const own = window.mingshiDeadlines, data = JSON.parse(calendar), days = own.officeDays(data);
  return cases.map(({received, limit, pauses, more}) => {
    const length = own.length(limit), longer = own.length(more);
    const found = own.due(own.parse(received), length, days, pauses.map(pause => pause.map(own.parse)), longer);
    if (!found) return ["", "", null];
    const timed = unit => unit.unit === "hour";
    return [
      own.write(found.end.counted, timed(length)), own.write(found.end.last, timed(length)),
      found.extended && own.write(found.extended.last, timed(longer)),
    ];
  });
}"""


def counted(page: Page, cases: list[dict[str, Any]]) -> list[tuple[str, str, str | None]]:
    data = re.fullmatch(r"mingshiCalendar\((.*)\);\n", calendar_script(DAYS))
    assert data
    return [tuple(answer) for answer in page.evaluate(COUNT, [data[1], cases])]


def test_the_vectors_hold_in_the_browser(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-days/")
    expected = [(case["last"] and case["counted"], case["last"], case["extended"]) for case in CASES]
    assert counted(page, CASES) == expected


def test_browser_and_python_agree_on_random_cases(browser: Browser, desk: Desk) -> None:
    seed = random.randrange(10**9)
    cases = json.loads(json.dumps([case._asdict() for case in make.at_random(random.Random(seed), 1000)]))
    page = opened(browser, desk, "services/calc-days/")
    differ = [pair for pair in zip(cases, counted(page, cases), strict=True) if pair[1] != ask(pair[0])]
    assert differ == [], f"seed {seed}"


# --- One form


@pytest.mark.parametrize("language", ["", "en/"], ids=["zh", "en"])
@pytest.mark.parametrize("name", ["calc-days", "calc-working", "calc-month"])
def test_the_script_says_what_the_page_says_without_it(browser: Browser, desk: Desk, language: str, name: str) -> None:
    bare = opened(browser, desk, f"{language}services/{name}/", script=False)
    page = opened(browser, desk, f"{language}services/{name}/")
    (example, stops), (sentence, lively) = result(bare), result(page)
    assert re.split("[：:] ?", example, maxsplit=1)[1] == sentence
    assert lively == stops
    assert page.locator(".deadline .line").inner_html() == bare.locator(".deadline .line").inner_html()
    assert bare.locator(".ask-day").count() == 0


@pytest.mark.parametrize("missing", ["deadline", "words", "calendar"])
def test_a_calculator_that_does_not_come_leaves_no_empty_room(page: Page, desk: Desk, missing: str) -> None:
    room = """() => { const says = document.querySelector(".says"), above = says.previousElementSibling;
        return says.getBoundingClientRect().top - above.getBoundingClientRect().bottom }"""
    page.goto(f"{desk.url}/services/calc-days/")
    page.locator(".ask-day").wait_for()
    page.route(f"**/{missing}.js", lambda route: route.abort())
    page.reload()
    page.locator(".deadline.on").wait_for(state="attached")
    assert page.locator(".ask-day").count() == 0
    given_back = page.evaluate(room)
    page.evaluate("document.querySelector('.deadline').classList.remove('on')")
    assert given_back < 40 < page.evaluate(room)


def test_another_day_gives_another_answer(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "en/services/calc-days/")
    page.locator("#deadline-received").fill("2026-02-02")
    sentence, stops = result(page)
    assert sentence == "Received on Monday, 2 February 2026: our reply by Monday, 23 February 2026 at the latest."
    assert stops[-2:] == [
        ("Monday, 23 February", "Reply at the latest"),
        ("Thursday, 5 March", "If extended once"),
    ]
    assert "Tuesday, 17 February" in page.locator(".deadline .stop p").first.inner_text()
    page.get_by_role("button", name="Count from today").click()
    assert "21 November 2026" in result(page)[0]


def test_a_correction_is_a_stop_on_the_line_and_does_not_count(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-working/")
    page.locator("#deadline-received").fill("2026-11-02")
    assert result(page)[1][-1] == ("11月16日（週一）", "最晚答覆")
    page.locator(".deadline summary").click()
    page.locator("#deadline-after").fill("2026-11-04")
    page.locator("#deadline-until").fill("2026-11-10")
    sentence, stops = result(page)
    assert stops[1:] == [("11月4日至11月10日", "補件"), ("11月20日（週五）", "最晚答覆")]
    assert sentence == "115年11月2日（週一）收件，最晚115年11月20日（週五）答覆。"
    page.locator("#deadline-until").fill("2026-11-03")
    assert result(page) == ("補齊的日期要在通知補件之後。", [])


def test_hours_are_counted_while_the_office_is_open(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-hours/")
    assert page.locator("#deadline-received").input_value() == "2026-11-21T12:00"
    page.locator("#deadline-received").fill("2026-11-20T16:30")
    assert result(page)[1][-1] == ("11月23日（週一） 11:30", "最晚答覆")


def test_a_year_that_is_not_announced_is_marked(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "en/services/calc-month/")
    assert "2027 is not announced yet" in page.locator(".deadline .note").inner_text()
    page.locator("#deadline-received").fill("2026-06-01")
    assert not page.locator(".deadline .note").is_visible()


def test_beyond_the_calendar_nothing_is_guessed(browser: Browser, desk: Desk) -> None:
    for script in (True, False):
        page = opened(browser, desk, "en/services/calc-long/", script)
        assert "The work calendar covers Wednesday, 1 January 2025 to Friday, 31 December 2027" in result(page)[0]
        assert result(page)[1] == []
        assert not page.locator(".ics:visible").count()


def test_what_is_done_at_once_has_no_calculator(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-at-once/")
    assert page.locator(".deadline").count() == 0
    assert page.evaluate("document.querySelector('script[src*=deadline]')") is None


def test_the_event_for_a_calendar_is_the_one_that_is_shown(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-days/")
    page.locator("#deadline-received").fill("2026-02-02")
    with page.expect_download() as download:
        page.locator(".ics").click()
    assert download.value.suggested_filename == "calc-days.ics"
    text = Path(download.value.path()).read_bytes().decode()
    assert "\r\nDTSTART;VALUE=DATE:20260223\r\n" in text
    assert "\r\nSUMMARY:最晚答覆：失業給付申請\r\n" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")


def test_hours_end_at_a_moment_of_the_calendar(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "en/services/calc-hours/")
    page.locator("#deadline-received").fill("2026-11-21T09:00")
    with page.expect_download() as download:
        page.locator(".ics").click()
    assert "DTSTART:20261123T043000Z" in Path(download.value.path()).read_text("utf-8")


def test_the_day_of_the_example_is_offered_to_no_calendar(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-days/", script=False)
    assert result(page)[1], "the example is there"
    assert not page.locator(".deadline a").count()


def test_the_calculator_works_by_keyboard(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "en/services/calc-working/")
    page.locator("#deadline-received").focus()
    focused = "document.activeElement.textContent || document.activeElement.name"
    seen = []
    for _ in range(12):
        page.keyboard.press("Tab")
        seen.append(page.evaluate(focused))
    order = [seen.index(name) for name in ("Count from today", "Were papers missing?", "Add to your calendar (.ics)")]
    assert order == sorted(order)
    page.locator(".deadline summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "after"


def test_the_calculator_says_its_answer_aloud_and_names_its_fields(browser: Browser, desk: Desk) -> None:
    page = opened(browser, desk, "services/calc-days/")
    assert page.locator(".deadline [role=status]").count() == 1
    unnamed = "[...document.querySelectorAll('.deadline input')].filter(input => !input.labels.length).length"
    assert page.evaluate(unnamed) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_calculator_works_from_a_disk(browser: Browser, desk: Desk) -> None:
    site = build(desk.root, "--offline", "--today", str(TODAY))
    page = browser.new_context().new_page()
    page.clock.set_fixed_time(f"{NOON.isoformat()}+08:00")
    page.goto((site / "services/calc-days/index.html").as_uri())
    page.locator("#deadline-received").wait_for()
    assert result(page)[1][1] == ("12月7日（週一）", "最晚答覆")
