"""Flow charts in a real browser: words as wide as the table says, every colour scheme, and a region of their own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from mingshi.flow import Branch, Chart, Step, picture
from mingshi.flow.widths import HAN, HAN_BOLD, LATIN, LATIN_BOLD, text_width

STYLE = (Path(__file__).parents[2] / "site_src/assets/style.css").read_text("utf-8")
CLOSE = 0.03
TAGS = {"zh": "zh-Hant-TW", "en": "en"}
TEXTS = {
    "zh": [
        "查驗文件、登記求職",
        "14天內有合適的工作嗎？",
        "「失業（再）認定」：第2次",
        "寄A4申請書，共1,200元",
        "線上API測試OK",
    ],
    "en": [
        "Register and look up the records",
        "Was it an accident at work?",
        "Within 14 days – “not corrected”",
        "Quick brown fox; JUMPS over 12,345 (lazy) dogs",
        "Fees: $60 & 1/2 hour @ counter #7",
        "A Chinese name 勞工局 in English, café",
    ],
}


def chart(language: str, lanes: int) -> Chart:
    texts = TEXTS[language]
    tasks = [
        Step(f"s{place}", "task", place % lanes, text, place + 1, "7天", f"#s{place}", (Branch(f"s{place + 1}", text),))
        for place, text in enumerate(texts)
    ]
    last = Step(f"s{len(texts)}", "wait", 0, texts[0], len(texts) + 1, "", "#end")
    return Chart("Name", "About", texts[0], tuple("甲乙丙丁戊己"[:lanes]), (*tasks, last), latin=language == "en")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    yield page
    page.close()


def show(page: Page, language: str, lanes: int = 2) -> None:
    region = f'<section class="flow" aria-label="x" tabindex="0">{picture(chart(language, lanes)).svg}</section>'
    page.set_content(
        f'<html lang="{TAGS[language]}"><style>{STYLE}</style><body><div class="wrap">{region}</div></body></html>'
    )


@pytest.mark.parametrize("language", TEXTS)
def test_words_are_as_wide_as_the_table_says(page: Page, language: str) -> None:
    show(page, language)
    measured = page.evaluate(
        """() => [...document.querySelectorAll(".flow tspan, .flow text:not(:has(tspan))")].map(node => {
            const style = getComputedStyle(node);
            return [node.textContent, node.getComputedTextLength(), parseFloat(style.fontSize), style.fontWeight];
        })"""
    )
    faces = {("zh", "700"): HAN_BOLD, ("zh", "500"): HAN, ("en", "700"): LATIN_BOLD, ("en", "500"): LATIN}
    assert len(measured) > 20
    for text, width, size, weight in measured:
        table = text_width(text, faces[language, weight], size)
        # A pixel is what the shortest texts may be off by rounding alone.
        assert abs(table - width) <= max(CLOSE * width, 1), (text, table, width)


@pytest.mark.parametrize("language", TEXTS)
def test_every_word_stays_inside_the_picture(page: Page, language: str) -> None:
    show(page, language)
    outside = page.evaluate(
        """() => { const frame = document.querySelector(".flow svg").getBoundingClientRect();
            return [...document.querySelectorAll(".flow text")].filter(node => {
                const box = node.getBoundingClientRect();
                const across = box.left >= frame.left && box.right <= frame.right;
                return !(across && box.top >= frame.top && box.bottom <= frame.bottom);
            }).map(node => node.textContent) }"""
    )
    assert outside == []


def test_a_wide_picture_scrolls_in_a_region_of_its_own(page: Page) -> None:
    show(page, "en", lanes=6)
    scroll = "document.querySelector('.flow').scrollLeft"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.querySelector('.flow').scrollWidth > document.querySelector('.flow').clientWidth")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "flow"
    assert page.evaluate(scroll) == 0
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{scroll} > 0")
    page.keyboard.press("Tab")
    assert page.evaluate("!document.querySelector('.flow').contains(document.activeElement)"), "no stop inside"


def test_a_step_leads_to_its_place_in_the_list(page: Page) -> None:
    show(page, "zh")
    page.locator(".flow a[href='#s1']").click()
    assert page.url.endswith("#s1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_takes_the_colours_of_the_scheme(page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    show(page, "zh")
    ground = {"light": "rgb(255, 255, 255)", "dark": "rgb(14, 27, 33)"}[scheme]
    assert page.locator(".flow .lane").first.evaluate("node => getComputedStyle(node).fill") == ground
    ink = page.locator(".flow .w").evaluate("node => getComputedStyle(node).stroke")
    assert ink == page.locator("body").evaluate("node => getComputedStyle(node).color")


def test_forced_colours_leave_only_the_readers_own(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    show(page, "zh")
    fills = page.evaluate(
        """() => [...new Set([...document.querySelectorAll(".flow rect:not(.hit), .flow .ask")]
            .map(node => getComputedStyle(node).fill))]"""
    )
    texts = page.evaluate(
        """() => [...new Set([...document.querySelectorAll(".flow text")].map(node => getComputedStyle(node).fill))]"""
    )
    assert len(fills) == len(texts) == 1
    assert fills != texts


@pytest.mark.parametrize("media", ["screen", "print"])
def test_every_kind_of_step_has_an_outline(page: Page, media: Literal["screen", "print"]) -> None:
    """No rule of the style sheet for something else may take one away."""
    kinds = ("start", "task", "decision", "wait", "end")
    steps = [Step(kind, kind, 0, "查驗", place + 1, "", f"#{kind}") for place, kind in enumerate(kinds)]
    svg = picture(Chart("Name", "About", "期限暫停", ("甲",), tuple(steps))).svg
    page.set_content(f'<style>{STYLE}</style><body><div class="flow">{svg}</div></body>')
    page.emulate_media(media=media)
    outlines = page.locator('.flow [role="img"] > :is(.box, .ask, .end, .hold)')
    assert outlines.count() == len(kinds)
    assert all(outlines.nth(place).is_visible() for place in range(len(kinds)))
