"""Filtering and sorting: every list that offers it, and the long table of services against its own data."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .page_types import Built
from .probes import listed

LIMIT = 100
NONSENSE = "沒有這回事"


@dataclass(frozen=True)
class Row:
    """A service as the data of the long table has it."""

    title: str
    channels: str
    unit: str
    days: float
    fee: int
    words: str


@pytest.fixture(scope="module")
def rows(office: Path) -> list[Row]:
    text = (office / "site/services/rows.js").read_text("utf-8")
    data = json.loads(text.strip().removeprefix("mingshiRows(").removesuffix(")"))["rows"]
    return [Row(own[1], own[5], own[6], own[7], own[8], own[10]) for own in data]


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A desktop, where every filter stands open."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def seen(page: Page) -> list[str]:
    return page.locator("#rows tbody tr:visible > th").all_inner_texts()


def said(page: Page, number: int) -> None:
    """The reader is told how many there are; a screen reader says it, too."""
    status = page.locator(".found")
    assert status.get_attribute("role") == "status"
    expect(status).to_contain_text(re.compile(rf"(?<!\d){number}(?!\d)"))


def _at_once(page: Page) -> None:
    page.fill("#w", "號申請")
    page.locator("label:has([name=d][value='15'])").click()


CASES: dict[str, tuple[Callable[[Page], object], Callable[[Row], bool]]] = {
    "words": (lambda page: page.fill("#w", "第7"), lambda row: "第7" in row.title),
    "full-width": (lambda page: page.fill("#w", "第７號"), lambda row: row.title.startswith("第7號")),
    "two-words": (lambda page: page.fill("#w", "申請 第10"), lambda row: "第10" in row.title),
    "unit": (
        lambda page: page.select_option("#u", page.locator("#u option").nth(1).get_attribute("value")),
        lambda _: True,
    ),
    "days": (lambda page: page.locator("label:has([name=d][value='7'])").click(), lambda row: row.days <= 7),
    "channel": (lambda page: page.locator("label:has([name=c][value=p])").click(), lambda row: "p" in row.channels),
    "all-at-once": (_at_once, lambda row: row.days <= 15 and "號申請" in row.title),
}


@pytest.mark.parametrize("name", CASES)
def test_the_table_of_services_keeps_what_fits(desk: Page, below: str, rows: list[Row], name: str) -> None:
    choose, fits = CASES[name]
    desk.goto(f"{below}services/")
    choose(desk)
    unit = desk.locator("#u").input_value()
    wanted = [row.title for row in rows if fits(row) and row.unit in (unit or row.unit)]
    said(desk, len(wanted))
    expect(desk.locator("#rows tbody tr:visible > th")).to_have_count(min(LIMIT, len(wanted)))
    shown = seen(desk)
    assert set(shown) <= set(wanted)
    assert 0 < len(wanted) < len(rows)


@pytest.mark.parametrize(("head", "key"), [("d", "days"), ("f", "fee")])
def test_the_table_of_services_sorts_by_number(desk: Page, below: str, rows: list[Row], head: str, key: str) -> None:
    desk.goto(f"{below}services/?w=申請")
    expect(desk.locator("#rows")).to_be_visible()
    matching = [row for row in rows if "申請" in row.title + row.words]
    numbers = {row.title: getattr(row, key) for row in rows}
    for order, down in (("ascending", False), ("descending", True)):
        desk.locator(f".sort[data-by={head}]").click()
        assert desk.locator("[aria-sort]").count() == 1
        assert desk.locator(f"th:has(.sort[data-by={head}])").get_attribute("aria-sort") == order
        wanted = sorted((getattr(row, key) for row in matching), reverse=down)
        assert [numbers[title] for title in seen(desk)] == wanted[:LIMIT]


def test_a_sorted_and_filtered_table_can_be_linked_reloaded_and_come_back_to(desk: Page, below: str) -> None:
    desk.goto(f"{below}services/")
    desk.fill("#w", "第1")
    desk.locator("label:has([name=d][value='30'])").click()
    expect(desk.locator("#rows")).to_be_visible()
    desk.locator(".sort[data-by=f]").click()
    desk.wait_for_url(re.compile(r"w=.*d=30.*sort="))
    before, url = seen(desk), desk.url
    assert len(before) > 3
    desk.reload()
    expect(desk.locator("#rows")).to_be_visible()
    assert seen(desk) == before
    desk.locator("#rows tbody th a").first.click()
    desk.wait_for_url(lambda now: now != url)
    desk.go_back()
    expect(desk.locator("#rows")).to_be_visible()
    assert seen(desk) == before
    assert desk.locator("#w").input_value() == "第1"
    assert desk.locator("[name=d]:checked").get_attribute("value") == "30"
    assert desk.locator("[aria-sort]").count() == 1


def test_a_row_made_from_data_reads_like_one_of_the_page(desk: Page, below: str, types: list[Built]) -> None:
    path = next(built.path for built in types if built.name == "services/*/*")
    desk.goto(below + path)
    cells = "rows => rows.map(row => Array.from(row.cells, cell => [cell.innerText.trim(), cell.dataset.label]))"
    [written, *_] = desk.locator("#rows tbody tr").evaluate_all(cells)
    desk.goto(f"{below}services/?w={written[0][0]}")
    expect(desk.locator("#rows")).to_be_visible()
    assert written in desk.locator("#rows tbody tr:visible").evaluate_all(cells)


def test_the_caption_tells_the_order_until_somebody_sorts(desk: Page, below: str) -> None:
    desk.goto(f"{below}services/?w=申請")
    expect(desk.locator("#rows caption span")).to_be_visible()
    desk.locator(".sort[data-by=f]").click()
    expect(desk.locator("#rows caption span")).to_be_hidden()
    desk.reload()
    expect(desk.locator("#rows caption span")).to_be_hidden()


def test_titles_sort_both_ways(desk: Page, below: str, types: list[Built]) -> None:
    path = next(built.path for built in types if built.name == "services/*/*")
    desk.goto(below + path)
    orders = []
    for _ in range(2):
        desk.locator(".sort[data-by=n]").click()
        orders.append(seen(desk))
    assert len(orders[0]) > 3
    assert orders[0] == orders[1][::-1]


def test_every_filter_finds_hides_says_and_remembers(desk: Page, below: str, types: list[Built]) -> None:
    """On every type of page that has one: by each of its selects, by the words of its last row, by nonsense."""
    found: dict[str, list[str]] = {}
    for built in types:
        desk.goto(below + built.path)
        if desk.locator("form.filter").count() and desk.locator("#rows [data-w]").count():
            found[built.path] = [*_by_selects(desk), *_by_words(desk)]
    assert len(found) > 3
    assert not any(found.values()), listed(found)


def _by_selects(page: Page) -> Iterator[str]:
    for index in range(page.locator("form.filter select").count()):
        page.goto(page.url.partition("?")[0])
        select = page.locator("form.filter select").nth(index)
        name, value = select.get_attribute("name"), select.locator("option").last.get_attribute("value")
        select.select_option(value)
        page.wait_for_url(re.compile(rf"[?&]{name}="))
        shown = page.locator("#rows [data-w]:visible").evaluate_all(f"all => all.map(row => row.dataset.{name})")
        if not shown or not all(value in own.split() for own in shown):
            yield f"the choice {name}={value} shows {shown}"
        if str(len(shown)) not in page.locator(".found").inner_text():
            yield f"the choice {name}={value} does not say how many"


def _by_words(page: Page) -> Iterator[str]:
    page.goto(page.url.partition("?")[0])
    last = page.locator("#rows [data-w]").last
    title = last.locator("a, h3, th").first.inner_text().strip()
    page.locator("form.filter [name=w]").fill(title)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("[?&]w="))
    if not last.is_visible():
        yield f"does not find {title}"
    count = page.locator("#rows [data-w]:visible").count()
    page.reload()
    if page.locator("#rows [data-w]:visible").count() != count:
        yield "forgets its words when it is loaded again"
    page.locator("form.filter [name=w]").fill(NONSENSE)
    none = page.locator("form.filter").get_attribute("data-none")
    expect(page.locator(".found")).to_have_text(none or "")
    if page.locator("#rows [data-w]:visible").count():
        yield "shows something for nonsense"
    if page.locator("#rows :is(h2, h3, caption):visible").count():
        yield "leaves headings over nothing"


def test_rows_that_come_late_are_filtered_by_all_that_was_chosen_meanwhile(desk: Page, below: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/rows.js*", hold)
    desk.goto(f"{below}services/")
    with desk.expect_request("**/rows.js*"):
        desk.fill("#w", "號申請")
    desk.locator("label:has([name=d][value='15'])").click()
    desk.wait_for_timeout(100)
    held[0].continue_()
    said(desk, 45)
    expect(desk.locator("#rows tbody tr:visible > th")).to_have_count(45)
