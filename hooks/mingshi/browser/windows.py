"""Opens pages in Chromium and has axe-core judge them. The only door to playwright; knows nothing of our site.

There is no network: every request is answered from what is served, or refused. A page that crashes, hangs or takes too
long is opened once more in a new browser, and told if it fails again.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Page, Playwright, Route, async_playwright

from mingshi.browser.serving import Served

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told after each page: how many are done, of how many."""

WIDTHS = (320, 360, 1280)
HEIGHT = 800
COLOURS = ("color-contrast", "link-in-text-block")
"""Rules that read the author's colours, which nobody sees while the reader's own are forced."""
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

_NAMES = (
    "chromium-headless-shell",  # the same without a window to draw first, which opens pages twice as fast
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    "chrome",
)
_CHANNELS = ("chrome", "msedge")
"""Where Windows and macOS keep a browser, playwright knows."""
_ARGUMENTS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    # What does not ask us asks nobody: prefetched names, sockets, beacons.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class NoBrowserError(Exception):
    """There is no Chromium, or it does not start; says why."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A way in which a reader has the colours."""

    name: str
    options: Mapping[str, Any]
    leaving: tuple[str, ...] = ()
    """Rules that have no sense in it."""


SCHEMES = (
    Scheme("light", {"color_scheme": "light"}),
    Scheme("dark", {"color_scheme": "dark"}),
    Scheme("forced", {"forced_colors": "active"}, COLOURS),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds after which nobody waits any longer."""

    load: float = 60
    audit: float = 120
    """For one page in one width, which a table of thousands of rows may take."""


def silent(_done: int, _of: int) -> None:
    """Tells nobody."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be looked at, and how."""

    pages: tuple[tuple[str, str], ...]
    """(file, address) of each."""
    only: tuple[str, ...] = ()
    """Rules of axe; all of them if left out."""
    reflow: bool = True
    """Whether it is also asked if a page has to be scrolled sideways."""
    limits: Limits = field(default_factory=Limits)
    progress: Progress = silent


@dataclass(slots=True)
class Seen:
    """What came of a page."""

    file: str
    results: dict[tuple[str, int], Mapping[str, Any]] = field(default_factory=dict)
    """(scheme, width) → what the script in the page gives back."""
    outside: set[str] = field(default_factory=set)
    """What it asked other sites for."""
    failure: str = ""
    leads_on: bool = False
    """Whether it leaves for another page as soon as it is opened."""


@dataclass(frozen=True, slots=True)
class Looked:
    pages: tuple[Seen, ...]
    """In the order of their files."""
    chromium: str


def look(order: Order, served: Served) -> Looked:
    """Every page in every scheme and width. NoBrowserError where there is no browser."""
    return asyncio.run(_look(order, served))


def probe() -> None:
    """Start a browser and end it. NoBrowserError where that fails."""

    async def start() -> None:
        async with async_playwright() as playwright:
            await (await _launched(playwright)).close()

    asyncio.run(start())


async def _look(order: Order, served: Served) -> Looked:
    done: dict[str, Seen] = {}
    waiting = list(order.pages)
    version = ""
    async with async_playwright() as playwright:
        for _ in range(2):
            browser = await _launched(playwright)
            version = browser.version
            queue = asyncio.Queue[tuple[str, str]]()
            for page in waiting:
                queue.put_nowait(page)
            workers = [_Worker(browser, order, served) for _ in range(_at_once())]
            await asyncio.gather(*(worker.work(queue, done) for worker in workers))
            with suppress(Error, TimeoutError):
                await _within(browser.close(), order.limits.load)
            waiting = [page for page in waiting if done[page[0]].failure]
            if not waiting:
                break
    return Looked(tuple(done[file] for file in sorted(done)), version)


def _at_once() -> int:
    """Windows that work at the same time."""
    return min(8, max(2, os.cpu_count() or 2))


@dataclass(slots=True)
class _Window:
    """A window in one scheme, in which page after page is opened."""

    context: BrowserContext
    page: Page
    seen: Seen
    """Of the page that is open now."""


class _Worker:
    """Opens one page after the other, in a window for each scheme; a window in which one failed is thrown away."""

    def __init__(self, browser: Browser, order: Order, served: Served) -> None:
        self._browser, self._order, self._served = browser, order, served
        self._windows: dict[str, _Window] = {}

    async def work(self, queue: asyncio.Queue[tuple[str, str]], done: dict[str, Seen]) -> None:
        while not queue.empty():
            file, address = queue.get_nowait()
            done[file] = seen = Seen(file)
            for scheme in SCHEMES:
                if not self._order.only or set(self._order.only) - set(scheme.leaving):
                    seen.failure = await self._look(scheme, address, seen)
                if seen.failure or seen.leads_on:
                    break
            self._order.progress(len(done), len(self._order.pages))

    async def _look(self, scheme: Scheme, address: str, seen: Seen) -> str:
        """Look at a page in one scheme; why it could not be done, or ''."""
        try:
            if scheme.name not in self._windows:
                await _within(self._open(scheme, seen), self._order.limits.load)
            window = self._windows[scheme.name]
            window.seen = seen
            await _audit(scheme, window.page, address, self._order, seen)
        except TimeoutError:
            why = "timeout"
        except Error as error:
            why = error.message.partition("\n")[0][:200]
        else:
            return ""
        lost = self._windows.pop(scheme.name, None)
        if lost is not None:
            with suppress(Error, TimeoutError):
                await _within(lost.context.close(), self._order.limits.load)
        return why

    async def _open(self, scheme: Scheme, seen: Seen) -> None:
        context = await self._browser.new_context(
            viewport={"width": WIDTHS[0], "height": HEIGHT},
            reduced_motion="reduce",
            service_workers="block",
            **scheme.options,
        )
        await context.add_init_script(_script())
        window = self._windows[scheme.name] = _Window(context, await context.new_page(), seen)
        await context.route("**/*", partial(_answer, self._served, window))
        await context.route_web_socket("**/*", lambda socket: window.seen.outside.add(socket.url))


async def _within(wanted: Awaitable[T], seconds: float) -> T:
    """A page that hangs answers nothing, so nobody may wait for it without an end."""
    return await asyncio.wait_for(wanted, seconds)


async def _audit(scheme: Scheme, page: Page, address: str, order: Order, seen: Seen) -> None:
    limits = order.limits
    await _within(page.set_viewport_size({"width": WIDTHS[0], "height": HEIGHT}), limits.load)
    await page.goto(address, timeout=limits.load * 1000)
    if _path(page.url) != _path(address):
        seen.leads_on = True
        return
    only = [rule for rule in order.only if rule not in scheme.leaving]
    for width in WIDTHS:
        await _within(page.set_viewport_size({"width": width, "height": HEIGHT}), limits.load)
        known = {own["sums"]["looks"]: own for own in seen.results.values()}
        asked = {
            "looks": [*known],
            "places": [own["sums"]["places"] for own in seen.results.values()],
            "leaving": [*scheme.leaving],
            "only": only,
            "reflow": order.reflow,
            "tags": [*TAGS],
        }
        found = await _within(page.evaluate(_question(), asked), limits.audit)
        alike = known.get(found["sums"]["looks"]) if "wrong" not in found else None
        # What looks as it did before, and stands where it stood before, needs no second verdict.
        seen.results[scheme.name, width] = {**alike, **found, "alike": True} if alike else found


def _path(url: str) -> str:
    """Browsers write some signs of an address otherwise than we do; scripts add a query of their own."""
    return unquote(urlsplit(url).path)


async def _answer(served: Served, window: _Window, route: Route) -> None:
    answer = served.answer(route.request.url)
    with suppress(Error):  # the page may be gone
        if answer is None:
            window.seen.outside.add(route.request.url)
            await route.abort("blockedbyclient")
        else:
            await route.fulfill(status=answer.status, content_type=answer.type, body=answer.body)


async def _launched(playwright: Playwright) -> Browser:
    """The first browser that starts."""
    why = ""
    for options in _ways(playwright):
        try:
            return await playwright.chromium.launch(args=[*_ARGUMENTS], **options)
        except Error as error:
            why = error.message.partition("\n")[0]
    raise NoBrowserError(why)


def _ways(playwright: Playwright) -> Iterator[dict[str, Any]]:
    found: Iterable[str | None] = map(shutil.which, _NAMES)
    yield from ({"executable_path": path} for path in found if path)
    if Path(playwright.chromium.executable_path).exists():
        yield {}
    if sys.platform in ("win32", "darwin"):
        yield from ({"channel": channel} for channel in _CHANNELS)


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")


@cache
def _question() -> str:
    text = files("mingshi.browser").joinpath("audit.js").read_text("utf-8")
    return text.partition("*/")[2].strip()
