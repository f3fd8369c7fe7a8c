"""The counter touch screen and the lobby display: nobody leaves the site or is sent home unasked."""

import re
from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import Browser, Page, expect

from sites import build, copy_project, once

from . import served

NOON = datetime(2026, 11, 20, 12, 0)
SERVICE = "services/unemployment-benefit/"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = once(tmp_path_factory, "kiosk", lambda root: build(copy_project(root), "--today", str(NOON.date())))
    with served({"/some/where/": root / "site"}) as url:
        yield f"{url}/some/where/"


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A touch screen whose clock the test turns."""
    context = browser.new_context(viewport={"width": 1080, "height": 1600}, has_touch=True)
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.clock.install(time=NOON)
    yield page
    context.close()


def open_kiosk(page: Page, url: str) -> None:
    page.goto(url)
    page.locator(".bar-keys").wait_for()


# --- The counter


def test_without_its_word_the_page_is_the_usual_one(screen: Page, site: str) -> None:
    screen.goto(f"{site}{SERVICE}")
    screen.locator("#deadline-received").wait_for()
    assert screen.locator("html.kiosk, .bar-keys").count() == 0
    assert screen.evaluate("[...document.scripts].filter(own => own.src.includes('kiosk')).length") == 0


@pytest.mark.parametrize("path", ["", SERVICE, f"en/{SERVICE}", "services/", "disclosures/budget/"])
def test_no_link_leads_out_of_the_site_or_to_a_file(screen: Page, site: str, path: str) -> None:
    open_kiosk(screen, f"{site}{path}?kiosk")
    hrefs = screen.evaluate("[...document.querySelectorAll('a[href]')].map(link => link.href)")
    assert hrefs
    outside = [href for href in hrefs if not href.startswith(site)]
    files = [href for href in hrefs if not href.partition("?")[0].partition("#")[0].endswith(("/", ".html"))]
    free = [href for href in hrefs if "kiosk" not in href]
    assert (outside, files, free) == ([], [], [])


def test_words_of_a_link_stay_when_the_link_goes(screen: Page, site: str) -> None:
    screen.goto(f"{site}{SERVICE}")
    before = screen.locator("#law + ul").inner_text()
    open_kiosk(screen, f"{site}{SERVICE}?kiosk")
    assert screen.locator("#law + ul").inner_text() == before
    assert screen.locator("#law + ul a").count() == 0


def test_a_way_through_the_site_stays_in_the_mode(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}?kiosk")
    screen.locator(".tasks a").first.tap()
    screen.wait_for_url(f"{site}services/**")
    screen.locator(".bar-keys").wait_for()
    assert screen.locator("html.kiosk").count() == 1
    screen.locator(".bar-keys button").first.tap()
    screen.wait_for_url(f"{site}?kiosk*")
    screen.locator(".bar-keys").wait_for()


def test_a_search_stays_in_the_mode(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}?kiosk")
    field = screen.locator("main form.find input[type=search]").first
    field.fill("失業")
    field.press("Enter")
    screen.wait_for_url(f"{site}search/?*")
    screen.locator(".bar-keys").wait_for()


def test_targets_are_large(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}{SERVICE}?kiosk")
    heights = "[...document.querySelectorAll('main :is(button,.btn,.plain a,summary),.bar-keys button')]"
    small = f"{heights}.filter(own => own.checkVisibility() && own.getBoundingClientRect().height < 56).length"
    assert screen.evaluate(small) == 0
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_home_again_when_nobody_is_there(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}en/{SERVICE}?kiosk")
    screen.clock.run_for(59_000)
    assert not screen.locator("dialog.still").is_visible()
    screen.clock.run_for(2_000)
    expect(screen.get_by_role("alertdialog", name="Are you still there?")).to_be_visible()
    screen.clock.run_for(20_000)
    assert re.match("In (9|10) seconds", screen.locator("#still-left").inner_text())
    screen.clock.run_for(11_000)
    screen.wait_for_url(f"{site}?kiosk*")


def test_who_is_there_stays_as_long_as_she_says_so(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}en/{SERVICE}?kiosk")
    for _ in range(12):
        screen.clock.run_for(70_000)
        screen.get_by_role("button", name="I am still here").tap()
        assert not screen.locator("dialog.still").is_visible()
    screen.clock.run_for(70_000)
    screen.get_by_role("button", name="Give me 5 minutes").tap()
    screen.clock.run_for(240_000)
    assert not screen.locator("dialog.still").is_visible()
    assert SERVICE in screen.url


def test_a_touch_starts_the_time_anew(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}{SERVICE}?kiosk")
    for _ in range(4):
        screen.clock.run_for(50_000)
        screen.locator("h1").tap()
    assert not screen.locator("dialog.still").is_visible()


def test_the_question_is_answered_by_keyboard(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}en/{SERVICE}?kiosk")
    screen.clock.run_for(70_000)
    assert screen.evaluate("document.activeElement.textContent") == "I am still here"
    screen.keyboard.press("Enter")
    assert not screen.locator("dialog.still").is_visible()
    screen.clock.run_for(70_000)
    screen.keyboard.press("Escape")
    assert not screen.locator("dialog.still").is_visible()
    screen.clock.run_for(30_000)
    assert SERVICE in screen.url


def test_an_office_chooses_the_time(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}{SERVICE}?kiosk=300")
    screen.clock.run_for(200_000)
    assert not screen.locator("dialog.still").is_visible()
    hrefs = screen.evaluate("[...document.querySelectorAll('.crumb li a')].map(link => link.href)")
    assert [href for href in hrefs if not href.endswith("?kiosk=300")] == []


def test_the_home_page_alone_asks_nobody(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}?kiosk=")
    screen.clock.run_for(600_000)
    assert not screen.locator("dialog.still").is_visible()


# --- The wall


def position(page: Page) -> str:
    return page.locator(".bar-keys span").inner_text()


@pytest.mark.parametrize("path", ["signage/", "en/signage/"])
def test_the_display_shows_one_part_after_the_other(screen: Page, site: str, path: str) -> None:
    open_kiosk(screen, f"{site}{path}")
    parts = screen.locator(".signage > section")
    seen = []
    for _ in range(parts.count() + 1):
        assert screen.locator(".signage > section:visible").count() == 1
        seen.append(screen.locator(".signage > section:visible h2").inner_text())
        assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
        screen.clock.run_for(12_000)
    assert seen[0] == seen[-1]
    assert len(set(seen)) == parts.count()
    assert not screen.locator("header, footer").first.is_visible()


def test_the_display_can_be_paused_and_turned_by_keyboard(screen: Page, site: str) -> None:
    open_kiosk(screen, f"{site}en/signage/")
    screen.get_by_role("button", name="Pause").press("Enter")
    before = position(screen)
    screen.clock.run_for(60_000)
    assert position(screen) == before
    screen.get_by_role("button", name="Next").press("Enter")
    assert position(screen).startswith("2 of")
    screen.get_by_role("button", name="Back").press("Enter")
    screen.get_by_role("button", name="Play").press("Enter")
    screen.clock.run_for(12_000)
    assert position(screen).startswith("2 of")


def test_who_asks_for_less_motion_starts_the_display(browser: Browser, site: str) -> None:
    page = browser.new_context(reduced_motion="reduce").new_page()
    page.clock.install(time=NOON)
    open_kiosk(page, f"{site}en/signage/")
    page.clock.run_for(60_000)
    assert position(page).startswith("1 of")
    assert page.get_by_role("button", name="Play").is_visible()
    page.context.close()


def test_without_script_the_parts_stand_below_each_other(browser: Browser, site: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}signage/")
    assert page.locator(".signage > section").count() == page.locator(".signage > section:visible").count() > 2
    assert page.locator("header").is_visible()
    page.context.close()
