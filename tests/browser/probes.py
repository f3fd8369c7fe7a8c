"""What the tests ask of a page in a browser: each probe gives back what is wrong, as lines of text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, FloatRect, Page

PROBES = Path(__file__).with_name("probes.js").read_text("utf-8")
AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
LONGEST_WALK = 2_000


@dataclass(frozen=True)
class Audit:
    """What axe says: its violations, and how often it could not tell."""

    violations: list[str]
    incomplete: int


def ask(page: Page, probe: str) -> Any:
    """The answer of a probe, such as `sideways()`."""
    try:
        return page.evaluate(f"probe.{probe}")
    except Error:
        page.evaluate(PROBES)
        return page.evaluate(f"probe.{probe}")


def start_axe(page: Page) -> None:
    """Every rule that is not experimental, best practice included; several pages may run at once."""
    page.evaluate(AXE)
    page.evaluate("window.audit = axe.run(document, { resultTypes: ['violations', 'incomplete'] }); 0")


def axe(page: Page) -> Audit:
    """What the audit that was started says, or one that is started now."""
    if not page.evaluate("'audit' in window"):
        start_axe(page)
    found = page.evaluate("window.audit")
    wrong = [
        f"{rule['id']}: {' '.join(map(str, node['target']))} {node['html'][:120]}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    return Audit(wrong, sum(len(rule["nodes"]) for rule in found["incomplete"]))


def walk(page: Page, looks: set[str], whole: bool = True) -> Iterator[str]:
    """Tab from the top to the end, or, where the shell is known, from the main part to its end.

    A kind of control whose look is new is also compared with and without focus.
    """
    ask(page, "thin(6)")
    if not whole:
        page.evaluate("document.querySelectorAll('header, footer').forEach(part => { part.inert = true })")
    reached: list[int] = []
    for _ in range(LONGEST_WALK):
        page.keyboard.press("Tab")
        stop = ask(page, "stop()")
        if stop is None or stop["at"] in reached[:-1]:
            break
        # A date has a stop for its year, its month, its day: one control nevertheless.
        if reached and reached[-1] == stop["at"]:
            continue
        reached.append(stop["at"])
        yield from (f"{wrong}: {stop['name']}" for wrong in stop["wrong"])
        if stop["look"] not in looks:
            looks.add(stop["look"])
            yield from _unchanged(page, stop)
    else:
        yield "the walk does not end"
    yield from ask(page, f"unreached({reached})")
    yield from ask(page, "pointerOnly()")


def _unchanged(page: Page, stop: dict[str, Any]) -> Iterator[str]:
    size = page.viewport_size
    assert size is not None
    box = stop["box"]
    left, top = max(0.0, box["x"] - 8), max(0.0, box["y"] - 8)
    right, bottom = min(size["width"], box["x"] + box["width"] + 8), min(size["height"], box["y"] + box["height"] + 8)
    if right <= left or bottom <= top:
        return
    clip: FloatRect = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    focused = page.screenshot(clip=clip, caret="hide")
    page.evaluate("window.left = document.activeElement; window.left.blur()")
    if page.screenshot(clip=clip, caret="hide") == focused:
        yield f"looks the same with focus: {stop['name']}"
    page.evaluate("window.left.focus({ preventScroll: true })")


def sheets(page: Page) -> Iterator[str]:
    """Every button that opens something over the page: Escape closes it, and the focus returns."""
    buttons = page.locator("button[popovertarget], button[aria-haspopup], button[aria-expanded]")
    for index in range(buttons.count()):
        button = buttons.nth(index)
        if not button.is_visible():
            continue
        name = button.inner_text()
        button.focus()
        page.keyboard.press("Enter")
        if not page.evaluate(_OPEN):
            yield f"Enter opens nothing: {name}"
            continue
        page.keyboard.press("Tab")
        if not page.evaluate(f"{_OPEN}.contains(document.activeElement)"):
            yield f"Tab does not lead into what opened: {name}"
        page.keyboard.press("Escape")
        if page.evaluate(_OPEN):
            yield f"Escape does not close: {name}"
        if not button.evaluate("button => button === document.activeElement"):
            yield f"the focus does not return to: {name}"


_OPEN = "document.querySelector('[popover]:popover-open, dialog[open]')"


def size_text(page: Page, percent: int) -> None:
    """The reader's own setting of the browser, which media queries follow, too. It outlives the page."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16 * percent // 100, "fixed": 13 * percent // 100}})


def listed(found: Mapping[str, list[str]]) -> str:
    """What is wrong with which page, for a person."""
    return "".join(f"\n{page or 'home'}\n  " + "\n  ".join(lines) for page, lines in found.items() if lines)
