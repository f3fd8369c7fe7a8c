"""Search in a real browser: terms and ranking as in Python, by keyboard, by link, from a disk, without script."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from mingshi import project, search
from sites import build, copy_project, once, write

from . import served

AT = "/some/where/"
VECTORS: list[dict[str, Any]] = json.loads((Path(__file__).parents[1] / "search/vectors.json").read_text("utf-8"))
TAGS = {"zh": "zh-Hant-TW", "en": "en"}
PREFIXES = {"zh": "", "en": "en/"}
EVERY_LETTER = """\
question: {{zh: {texts}, en: Every letter}}
answer: {{zh: 範例, en: An example}}
unit: front-desk
published: 2026-01-02
"""
FAR_IN = f"""\
question: {{zh: 圖書室在哪裡, en: Where is the library}}
answer: {{zh: {"這裡有很多書。" * 18}書架後面養了一隻貓頭鷹。歡迎來看。, en: Upstairs.}}
unit: front-desk
published: 2026-01-02
"""
ASKED = [
    ("zh", "我被資遣了可以領什麼"),
    ("zh", "失业给付"),
    ("zh", "失葉給付"),
    ("zh", "職災"),
    ("zh", "三個月內要通報嗎"),
    ("zh", "ＬＢ－０１"),
    ("zh", "的"),
    ("zh", "老闆不發薪水，媽媽還在住院的時候要不要去檢舉"),
    ("zh", "申請護照換發"),
    ("en", "I was laid off, what can I claim?"),
    ("en", "unemploymnt benifit"),
    ("en", "re-employment"),
    ("en", "registrant"),
    ("en", "the"),
    ("en", "my boss owes me salary, who helps foreigners"),
]
"""Beside pieces of titles, changed by chance."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return once(tmp_path_factory, "search", with_every_letter)


def with_every_letter(root: Path) -> None:
    copy_project(root)
    texts = json.dumps("。".join(vector["text"] for vector in VECTORS), ensure_ascii=False)
    write(root / "data/faqs/every-letter.yml", EVERY_LETTER.format(texts=texts))
    write(root / "data/faqs/far-in.yml", FAR_IN)
    build(root)


@pytest.fixture(scope="module")
def finder(office: Path) -> project.Finder:
    return project.finder(project.Project(office))


@pytest.fixture(scope="module")
def server(office: Path) -> Iterator[str]:
    with served({AT: office / "site"}) as url:
        yield url + AT


class Tab:
    """A page that must not complain, or ask for anything elsewhere."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.asked: list[str] = []
        page.on("console", lambda message: self.faults.append(message.text))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("request", lambda request: self.asked.append(request.url))

    def open(self, url: str) -> Page:
        self.page.goto(url)
        return self.page

    def titles(self) -> list[str]:
        return self.page.locator(".hits h2").all_inner_texts()


@pytest.fixture
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    width, script = getattr(request, "param", (1280, True))
    size: ViewportSize = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, java_script_enabled=script)
    context.set_default_timeout(10_000)
    own = Tab(context.new_page())
    yield own
    assert own.faults == []
    context.close()


def found(page: Page) -> None:
    page.locator(".hits li").first.wait_for()


# --- The same as in Python


def test_every_vector_holds_in_the_browser(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=x")
    page.locator("#found [role=status]").wait_for()
    got = page.evaluate(
        """([tag, texts]) => mingshiSearch.kit.open(tag).then((book) => texts.map((text) => {
          const { fold, cut, hay } = mingshiSearch.kit, folded = fold(book, text);
          return { text, folded, tokens: cut(book, folded), hay: hay(book, folded)[0] };
        }))""",
        [TAGS["zh"], [vector["text"] for vector in VECTORS]],
    )
    assert got == VECTORS


def questions(finder: project.Finder) -> Iterator[tuple[str, str, bool]]:
    dice = random.Random(7)
    for key, question in ASKED:
        yield key, question, False
        yield key, question, True
    for key, reader in finder.readers.items():
        for entry in reader.index.entries:
            title = entry.record.title_text.own(reader.index.language)
            start = dice.randrange(len(title))
            piece = title[start : start + dice.randint(2, 16)]
            at = dice.randrange(len(piece))
            slip = dice.choice(
                (piece, piece[:at] + piece[at + 1 :], piece[:at] + dice.choice("業e的x") + piece[at + 1 :])
            )
            yield key, slip, dice.random() < 0.5


def test_the_browser_ranks_as_python_does(tab: Tab, server: str, finder: project.Finder) -> None:
    page = tab.open(f"{server}search/?q=x")
    page.locator("#found [role=status]").wait_for()
    every = list(questions(finder))
    asked = [[TAGS[key], question, typing] for key, question, typing in every]
    got = page.evaluate(
        """async (all) => {
          const out = [];
          for (const [tag, question, typing] of all) {
            const { hits, hints, close } = await mingshiSearch.kit.search(question, typing, tag);
            out.push([hits.map((hit) => [hit.record, hit.score, hit.level]), hints, close]);
          }
          return out;
        }""",
        asked,
    )
    answered = 0
    for (key, question, typing), own in zip(every, got, strict=True):
        there = search.search(finder.readers[key], question, typing)
        hits = [[hit.record, hit.score, hit.level] for hit in there.hits]
        assert [hits, there.understood.hints, there.close] == own, question
        answered += bool(hits)
    assert answered > 150


# --- The page of results


@pytest.mark.parametrize("tab", [(1280, True), (320, True)], indirect=True, ids=["wide", "narrow"])
def test_a_linked_search_shows_its_results(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=我被資遣了可以領什麼")
    found(page)
    first = page.locator(".hits li").first
    assert "我被資遣了可以領什麼" in first.inner_text()
    assert first.locator("mark").count() > 0
    assert page.locator("#q").input_value() == "我被資遣了可以領什麼"
    assert "找到" in page.locator("[role=status]").inner_text()
    assert not page.locator("#browse").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    first.locator("h2 a").click()
    page.wait_for_url(f"{server}faqs/laid-off-what-can-i-claim/")
    page.go_back()
    found(page)
    assert {url for url in tab.asked if not url.startswith(server)} == set()


def test_a_result_shows_the_passage_that_answers(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=貓頭鷹")
    found(page)
    text = page.locator(".hits li", has_text="圖書室").locator("p").last
    assert text.inner_text() == "… 書架後面養了一隻貓頭鷹。歡迎來看。"
    assert text.locator("mark").all_inner_texts() == ["貓頭鷹"]
    page = tab.open(f"{server}search/?q=圖書室")
    found(page)
    text = page.locator(".hits li", has_text="圖書室").locator("p").last
    assert text.inner_text() == "這裡有很多書。" * 14 + "這裡…", "the beginning where no passage says more"


def test_a_service_shows_days_fee_and_form(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=失業給付申請")
    found(page)
    facts = page.locator(".hits li", has=page.locator("a[href$='services/unemployment-benefit/']")).locator(".facts")
    assert "15天（日曆天）" in facts.inner_text()
    assert "免費" in facts.inner_text()
    facts.locator("a").click()
    page.wait_for_url(f"{server}forms/unemployment-claim/")


def test_results_are_narrowed_down_and_the_address_says_so(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=資遣")
    found(page)
    assert page.locator(".hits .note", has_text="申辦項目").count() > 0
    page.get_by_role("group", name="種類").get_by_role("button", name="常見問答").click()
    page.locator(".hits .note", has_text="申辦項目").first.wait_for(state="detached")
    kinds = page.locator(".hits .note").all_inner_texts()
    assert kinds
    assert all(kind.startswith("常見問答") for kind in kinds)
    assert page.evaluate("document.activeElement.getAttribute('aria-pressed')") == "true"
    assert "k=" in page.url
    page.reload()
    found(page)
    assert page.locator(".hits .note").all_inner_texts() == kinds
    assert page.get_by_role("button", name="常見問答").get_attribute("aria-pressed") == "true"


def test_typing_searches_and_going_back_brings_the_last_search(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/")
    assert page.locator("#browse").is_visible()
    page.fill("#q", "資遣通報")
    page.keyboard.press("Enter")
    found(page)
    before = tab.titles()
    page.fill("#q", "工作規則")
    page.keyboard.press("Enter")
    page.locator(".hits h2").first.filter(has_text="工作規則").wait_for()
    assert tab.titles() != before
    page.go_back()
    page.locator(".hits h2").first.filter(has_text=before[0]).wait_for()
    assert tab.titles() == before
    assert page.locator("#q").input_value() == "資遣通報"
    page.fill("#q", "")
    page.locator("#browse").wait_for()
    assert page.locator(".hits").count() == 0


def test_what_nothing_matches_leads_to_people(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=申請護照換發")
    call = page.locator("#found a[href^='tel:']")
    call.wait_for()
    assert call.inner_text().startswith("打電話問")


def test_the_other_language_is_offered_where_it_answers_better(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=mediation of labor disputes")
    other = page.locator("#found [lang=en] a").first
    other.wait_for()
    other.click()
    page.wait_for_url(f"{server}en/services/labor-dispute-mediation/")


def test_results_do_not_push_the_page_about(tab: Tab, server: str) -> None:
    page = tab.page
    page.add_init_script(
        "window.shifts = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {"
        "window.shifts += entry.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    tab.open(f"{server}search/?q=資遣")
    found(page)
    page.wait_for_timeout(300)
    assert page.evaluate("window.shifts") < 0.02


# --- The field on every page


@pytest.mark.parametrize("path", ["", "services/", "faqs/quit-myself/"])
def test_a_page_is_chosen_from_the_field_by_keyboard(tab: Tab, server: str, path: str) -> None:
    page = tab.open(f"{server}{path}")
    assert not [url for url in tab.asked if "search" in url], "loaded only when it is used"
    field = page.locator("#q")
    field.focus()
    page.locator("#q[role=combobox]").wait_for()
    assert field.get_attribute("aria-expanded") == "false"
    page.keyboard.type("失業給付")
    options = page.get_by_role("listbox").get_by_role("option")
    options.first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{field.get_attribute('aria-controls')}").get_attribute("role") == "listbox"
    assert "找到" in page.locator("[role=search] [role=status]").inner_text()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    active = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert active.get_attribute("aria-selected") == "true"
    assert page.locator("[aria-selected=true]").count() == 1
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert not page.get_by_role("listbox").is_visible()
    assert field.input_value() == "失業給付"
    page.keyboard.press("ArrowDown")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}services/unemployment-benefit/")


def test_enter_without_a_choice_goes_to_the_page_of_results(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}services/")
    page.locator("#q").focus()
    page.keyboard.type("調解")
    page.locator("#picks [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{server}search/?q=*")
    found(page)


@pytest.mark.parametrize("tab", [(320, True)], indirect=True, ids=["narrow"])
def test_the_field_of_a_phone_lists_pages_too(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}en/services/")
    page.locator("button[popovertarget=find]").click()
    page.locator("#q:focus").wait_for()
    page.keyboard.type("mediation")
    page.locator("#picks [role=option]").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("#picks [role=option]").first.click()
    page.wait_for_url(f"{server}en/**/")
    assert "ediation" in page.locator("h1").inner_text()


# --- Elsewhere


def test_an_offline_site_is_searched_from_a_disk(tab: Tab, office: Path) -> None:
    root = build(office, "--offline").as_uri()
    page = tab.open(f"{root}/search/index.html?q=失業給付申請")
    found(page)
    page.locator(".hits h2 a").first.click()
    page.wait_for_url(f"{root}/services/unemployment-benefit/index.html")
    page.locator("#q").fill("調解")
    page.locator("#picks [role=option]").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{root}/search/index.html?q=*")
    found(page)


@pytest.mark.parametrize("tab", [(1280, False)], indirect=True, ids=["no-script"])
def test_without_script_the_lists_lead_on(tab: Tab, server: str) -> None:
    page = tab.open(f"{server}search/?q=失業")
    page.locator("#browse a", has_text="申辦項目").first.click()
    page.wait_for_url(f"{server}services/")
