"""Every type of page by axe, by keyboard, by large text: zero findings."""

from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from . import probes
from .conftest import HOME_OF_404
from .engines import Finding, excused
from .page_types import NOT_FOUND, Built
from .probes import ask, listed
from .ways import PREFIXES

PLANTED = """<main><h1>A page</h1><img src="data:,"><p style="width: 2000px">wide</p>
<a href="#x" style="position: absolute; left: -9999px">away</a><a href="#y" class="y" style="outline: none">no focus</a>
<div style="cursor: pointer">press</div><button type="button">dead</button>
<div style="position: fixed; inset: 0 0 auto; height: 90px; background: red">over</div>
<a href="#z" style="position: fixed; top: 20px; z-index: -1">behind</a></main>"""


def url_of(below: str, built: Built, prefix: str = "") -> str:
    """The 404 page knows where it is at home; every other page does not care."""
    root = below.removesuffix("/some/where/") + HOME_OF_404 if built.path == NOT_FOUND else below
    return f"{root}{prefix}{built.path}"


LOADS = 8
WINDOWS: tuple[tuple[int, Literal["light", "dark"]], ...] = ((360, "light"), (1280, "dark"))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_axe_finds_nothing_and_nothing_jumps(
    browser: Browser, below: str, types: list[Built], counts: dict[str, int], prefix: str
) -> None:
    """Phone by day and desktop in the dark; the two windows of a page work at the same time."""
    pages = {
        width: browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        for width, scheme in WINDOWS
    }
    found: dict[str, list[str]] = {}
    for built in (own for own in types if prefix in own.prefixes):
        jumps = {width: _open(page, url_of(below, built, prefix), built) for width, page in pages.items()}
        for page in pages.values():
            probes.start_axe(page)
        for width, page in pages.items():
            audit = probes.axe(page)
            counts["axe: pages"] = counts.get("axe: pages", 0) + 1
            counts["axe: needs a person"] = counts.get("axe: needs a person", 0) + audit.incomplete
            found[f"{prefix}{built.path} {width}"] = jumps[width] + audit.violations
    for page in pages.values():
        page.close()
    assert not any(found.values()), listed(found)


def _open(page: Page, url: str, built: Built) -> list[str]:
    """The page with all that is folded open; what jumped while it was loading."""
    jump = _own_jump(page, url)
    shift = Finding("shift", "jump", built.path, f"jumps by {jump:.3f}")
    ask(page, "unfold()")
    ask(page, "thin()")
    return [] if not jump or excused(shift) else [str(shift)]


def _own_jump(page: Page, url: str) -> float:
    """The least of several loads: a busy machine may paint half a page; what is the page's own comes again."""
    least = _jump(page, url)
    for _ in range(LOADS - 1):
        least = least and min(least, _jump(page, url))
    return least


def _jump(page: Page, url: str) -> float:
    """How far the page jumps when it is loaded."""
    page.goto(url)
    shift: float = ask(page, "shift()")
    return round(shift, 3)


def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, below: str, types: list[Built]) -> None:
    """The shell of the home page and of a list, and the main part of every type."""
    looks: set[str] = set()
    found: dict[str, list[str]] = {}
    for number, built in enumerate(types):
        whole = number < 2 or built.path == NOT_FOUND
        page.goto(url_of(below, built))
        wrong = ask(page, "shortcuts()")
        if whole:
            wrong += probes.sheets(page)
            page.goto(url_of(below, built))
        found[built.path] = wrong + list(probes.walk(page, looks, whole))
    assert not any(found.values()), listed(found)
    assert len(looks) > 10


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_page_scrolls_sideways_or_cuts_text(browser: Browser, below: str, types: list[Built], prefix: str) -> None:
    """At 320 px, with the text spacing of WCAG, and with text twice as large."""
    context = browser.new_context(viewport={"width": 320, "height": 640})
    page, found = context.new_page(), dict[str, list[str]]()
    for built in types:
        if prefix in built.prefixes:
            page.goto(url_of(below, built, prefix))
            probes.size_text(page, 100)
            own = {"320 px": ask(page, "sideways()")}
            ask(page, "spaced()")
            own["text spacing"] = ask(page, "sideways()")
            page.evaluate("document.adoptedStyleSheets = []")
            probes.size_text(page, 200)
            own["200 % text"] = ask(page, "sideways()")
            found |= {f"{built.path} {name}": lines for name, lines in own.items()}
    context.close()
    assert not any(found.values()), listed(found)


def test_forced_colours_leave_every_control_its_edge(browser: Browser, below: str, types: list[Built]) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, forced_colors="active")
    page, found = context.new_page(), dict[str, list[str]]()
    for built in types:
        page.goto(url_of(below, built))
        found[built.path] = ask(page, "forced()")
    context.close()
    assert not any(found.values()), listed(found)


def test_the_probes_find_what_is_planted(page: Page) -> None:
    page.set_content(f"<!doctype html><html lang=en><title>A page</title>{PLANTED}")
    page.evaluate("addEventListener('keydown', event => { if (event.key === 's') event.preventDefault() })")
    assert {line.partition(":")[0] for line in probes.axe(page).violations} >= {"image-alt"}
    assert ask(page, "sideways()") != []
    assert ask(page, "dead()") == ["does nothing without script: button “dead”"]
    assert ask(page, "shortcuts()") == ["the key s does something"]
    walked = list(probes.walk(page, set()))
    wanted = ["off the screen: a “away”", "focus not visible: a.y “no focus”", "behind something else: a “behind”"]
    assert [line for line in wanted if line not in walked] == []
    assert "only a pointer reaches div “press”" in walked
    assert "looks the same with focus: a.y “no focus”" in walked
