"""Every sort of page in a real browser: phone and desktop, both languages, with and without script, from any place."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, ViewportSize

from sites import build

from .conftest import AT, HOME_OF_404
from .page_types import NOT_FOUND, Built


@dataclass(frozen=True)
class Window:
    width: int
    script: bool

    def __str__(self) -> str:
        return f"{self.width}{'' if self.script else '-no-script'}"


DESKTOP = Window(1280, True)
PHONE_WITHOUT_SCRIPT, DESKTOP_WITHOUT_SCRIPT = Window(360, False), Window(1280, False)
LANGUAGES = {"": "zh-Hant-TW", "en/": "en"}
PATHS = {"home": "", "service": "services/unemployment-benefit/"}
SEEN = """({
  sideways: document.documentElement.scrollWidth > innerWidth,
  headings: Array.from(document.querySelectorAll("h1"), own => own.innerText),
  language: document.documentElement.lang,
  brand: document.querySelector("a.brand").innerText,
  sheet: document.styleSheets[0].href,
  band: getComputedStyle(document.querySelector(".band")).display,
  skip: getComputedStyle(document.querySelector(".skip")).position,
})"""
"""All that is asked of a page in one question: a hundred pages are asked."""


@dataclass
class Tab:
    """A page with everything that the browser complained about and asked for."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._complain(message.type, message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("requestfailed", self._failed)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def _failed(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # the icon, which a page asks for last: by then we had gone on
            self.complaints.append(f"failed: {request.url}")

    def open(self, url: str) -> None:
        answer = self.page.goto(url)
        assert answer is not None
        assert answer.status == 200, url

    def ask(self, script: str) -> Any:
        return self.page.evaluate(script)


@pytest.fixture
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A fresh window, as wide as the test wants it; without JavaScript unless the test wants it."""
    window: Window = getattr(request, "param", DESKTOP_WITHOUT_SCRIPT)
    size: ViewportSize = {"width": window.width, "height": 800}
    context = browser.new_context(viewport=size, java_script_enabled=window.script)
    context.set_default_timeout(10_000)
    tab = Tab(context.new_page())
    assert tab.ask("innerWidth") == window.width
    yield tab
    context.close()


def judge(tab: Tab, language: str, below: str) -> None:
    """What holds for every page."""
    page = tab.page
    page.wait_for_load_state("load")
    assert tab.complaints == []
    assert {url for url in tab.asked if not url.startswith(below)} == set()
    seen = tab.ask(SEEN)
    assert not seen["sideways"]
    assert [bool(heading.strip()) for heading in seen["headings"]] == [True]
    assert seen["language"] == LANGUAGES[language]
    assert page.title().endswith(seen["brand"].strip().replace("\n", ""))
    assert seen["sheet"].endswith("assets/style.css")
    assert seen["band"] == "block"
    assert seen["skip"] in ("absolute", "fixed")


@pytest.mark.parametrize("tab", [PHONE_WITHOUT_SCRIPT, DESKTOP], indirect=True, ids=str)
def test_every_page_is_whole_and_has_its_twin(tab: Tab, below: str, types: list[Built]) -> None:
    for built in types:
        if built.path == NOT_FOUND:
            continue
        tab.open(f"{below}{built.path}")
        judge(tab, "", below)
        if not tab.page.locator("header").is_visible():  # a display for a wall: one way out
            assert tab.page.get_by_role("link", name="首頁").last.is_visible()
            continue
        for language in ("en/", ""):
            assert tab.page.locator("header [hreflang]").count() == 1
            tab.page.locator("header [hreflang]").click()
            tab.page.wait_for_url(f"{below}{language}{built.path}")
            judge(tab, language, below)


@pytest.mark.parametrize("tab", [PHONE_WITHOUT_SCRIPT, DESKTOP_WITHOUT_SCRIPT], indirect=True, ids=str)
def test_the_404_page_is_whole_in_both_languages(tab: Tab, server: str) -> None:
    tab.open(f"{server}{HOME_OF_404}404.html")
    judge(tab, "", f"{server}{HOME_OF_404}")
    assert tab.page.locator("main [lang=en]").inner_text().strip()


def test_the_404_page_looks_the_same_wherever_a_dead_link_points(tab: Tab, server: str) -> None:
    answer = tab.page.goto(f"{server}{HOME_OF_404}no/such/page/")
    assert answer is not None
    assert answer.status == 404
    assert tab.asked[1:] != []
    assert {url for url in tab.asked[1:] if "/assets/" not in url} == set()
    assert [text for text in tab.complaints if "404 (" not in text] == []
    assert len([text for text in tab.complaints if "404 (" in text]) <= 1, "more than the page itself is missing"
    tab.page.locator("main [lang=en] a").first.click()
    tab.page.wait_for_url(f"{server}{HOME_OF_404}en/")


def test_a_breach_of_the_security_policy_would_be_seen(tab: Tab, server: str) -> None:
    tab.open(f"{server}{AT}")
    assert tab.complaints == []
    policy = tab.page.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert policy is not None
    assert "unsafe" not in policy
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    tab.page.set_content(f"{meta}<style>p {{ color: red }}</style><img src='https://other.example/x.png'>")
    assert len(tab.complaints) >= 2


@pytest.mark.parametrize("tab", [PHONE_WITHOUT_SCRIPT, DESKTOP_WITHOUT_SCRIPT], indirect=True, ids=str)
@pytest.mark.parametrize("name", ["home", "service"])
def test_the_first_tab_stop_skips_to_the_content(tab: Tab, server: str, name: str) -> None:
    tab.open(f"{server}{AT}{PATHS[name]}")
    keyboard = tab.page.keyboard
    keyboard.press("Tab")
    assert tab.ask("document.activeElement.className") == "skip"
    box = tab.page.locator(".skip").bounding_box()
    assert box is not None
    assert box["y"] >= 0, "the skip link shows itself when it has the focus"
    keyboard.press("Enter")
    assert tab.ask("document.activeElement.id") == "main"
    keyboard.press("Tab")
    assert tab.ask("document.querySelector('main').contains(document.activeElement)") is True


@pytest.mark.parametrize("tab", [PHONE_WITHOUT_SCRIPT], indirect=True, ids=str)
@pytest.mark.parametrize("language", LANGUAGES, ids=["zh", "en"])
def test_the_narrow_menu_works_by_keyboard(tab: Tab, server: str, language: str) -> None:
    tab.open(f"{server}{AT}{language}")
    button = "document.activeElement.getAttribute('popovertarget') === 'menu'"
    for _ in range(10):
        tab.page.keyboard.press("Tab")
        if tab.ask(button):
            break
    assert tab.ask(button), "the button of the menu is no Tab stop"
    menu = tab.page.locator("#menu")
    assert not menu.is_visible()
    tab.page.keyboard.press("Enter")
    assert menu.is_visible()
    tab.page.keyboard.press("Tab")
    assert tab.ask("document.querySelector('#menu').contains(document.activeElement)") is True
    tab.page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert tab.ask(button), "the focus did not return to the button"
    tab.page.keyboard.press("Enter")
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url(f"{server}{AT}{language}services/")


def test_the_wide_menu_stands_open(tab: Tab, server: str) -> None:
    tab.open(f"{server}{AT}")
    assert tab.page.locator("#menu").is_visible()
    assert not tab.page.locator("button[popovertarget=menu]").first.is_visible()
    tab.page.locator("#menu a").first.click()
    tab.page.wait_for_url(f"{server}{AT}services/")
    assert tab.page.locator("#menu [aria-current=page]").count() == 1


def test_an_offline_site_works_from_a_disk(tab: Tab, office: Path) -> None:
    site = build(office, "--offline")
    page, root = tab.page, site.as_uri()

    def arrived(path: str, language: str = "") -> None:
        page.wait_for_url(f"{root}/{language}{path}index.html")
        assert page.locator("html").get_attribute("lang") == LANGUAGES[language]
        assert page.locator("h1").count() == 1
        assert tab.ask("getComputedStyle(document.querySelector('.skip')).position") in ("absolute", "fixed")

    page.goto(f"{root}/index.html")
    arrived("")
    page.locator("#menu a").first.click()
    arrived("services/")
    page.locator("#menu a[href*='sops/']").click()
    arrived("sops/")
    page.locator("main a[href*='sops/unemployment-benefit']").click()
    arrived("sops/unemployment-benefit/")
    page.locator("main a[href*='services/unemployment-benefit']").first.click()
    arrived("services/unemployment-benefit/")
    page.locator("main a[href*='sops/unemployment-benefit']").first.click()
    arrived("sops/unemployment-benefit/")
    page.locator("header [hreflang=en]").click()
    arrived("sops/unemployment-benefit/", "en/")
    page.locator("header [hreflang=zh-Hant-TW]").click()
    arrived("sops/unemployment-benefit/")
    page.locator(".crumb a[href]").last.click()
    arrived("sops/")
    page.locator("a.brand").click()
    arrived("")
    assert tab.complaints == []
    assert {url for url in tab.asked if not url.startswith(root + "/")} == set()
