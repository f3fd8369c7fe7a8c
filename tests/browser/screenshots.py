"""`python -m tests.browser.screenshots [SITE]`: every type of page as pictures, and all of them on a sheet."""

import base64
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import product
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import Browser, Page

from . import chromium, served
from .page_types import page_types

PROJECT = Path(__file__).resolve().parents[2]
WIDTHS = (360, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NONSENSE = "qqxzzq"
LONGEST = 8_000
"""Pixels of a page that a picture shows; a list of 100 rows looks the same further down."""
THUMB = {360: (96, 1_280), 1_280: (171, 2_560)}
"""Width of a picture on the contact sheet, and how much of the page it shows, by the width of the page."""
STYLE = """
body { margin: 12px; width: 3370px; font: 14px/1.4 sans-serif; background: #777; display: flex; flex-wrap: wrap }
figure { margin: 6px; padding: 6px; background: #fff; display: grid; gap: 4px }
figure { grid-template-columns: repeat(4, 96px) repeat(4, 171px) }
figcaption { grid-column: 1/-1; font-weight: 700 }
img { width: 100%; height: 342px; object-fit: cover; object-position: top; outline: 1px solid #ccc }
"""


@dataclass(frozen=True)
class Shown:
    """A page, or a state of one that its address names."""

    name: str
    path: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """A way in which a page is looked at."""

    width: int
    prefix: str
    scheme: Literal["light", "dark"]

    @property
    def name(self) -> str:
        return f"{self.prefix.strip('/') or 'first'}-{self.width}-{self.scheme}"


def main() -> None:
    site = Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "site"
    folder = PROJECT / "screenshots"
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    types = [Shown(page.name, page.path, page.prefixes) for page in page_types(site)]
    prefixes = next(page.prefixes for page in types if page.name == "home")
    types += states(site, prefixes)
    looks = [Look(*own) for own in product(WIDTHS, prefixes, SCHEMES)]
    with served({"/": site}) as server, chromium() as browser:
        thumbs = [list(pictures(browser, server, page, looks, folder)) for page in types]
        sheet = contact_sheet(browser, types, thumbs)
    (folder / "contact-sheet.png").write_bytes(sheet)
    print(f"{len(types)} types of page, {sum(map(len, thumbs))} pictures: {folder / 'contact-sheet.png'}")


def states(site: Path, prefixes: tuple[str, ...]) -> Iterator[Shown]:
    """What readers meet after they searched or filtered, with something found and with nothing."""
    service = next(iter(sorted(path.parent.name for path in (site / "services").glob("*/index.html"))), "")
    for prefix in prefixes:
        page = site / prefix / "services" / service / "index.html"
        title = re.search(r"<h1>([^<]+)", page.read_text("utf-8")) if page.is_file() else None
        words = quote(unescape(title[1])) if title else NONSENSE
        for name, path, query in (("search", "search/", "q"), ("filter", "services/", "w")):
            for kind, said in (("found", words), ("nothing", NONSENSE)):
                yield Shown(f"{name}: {kind}", f"{path}?{query}={said}", (prefix,))


def pictures(browser: Browser, server: str, built: Shown, looks: list[Look], folder: Path) -> Iterator[bytes]:
    """A page in every look as a file of its own; gives it back small."""
    address, _, state = built.path.partition("?")
    stem = address.replace("/", ".").removesuffix(".html").rstrip(".") or "home"
    stem += f"-{built.name.partition(': ')[2]}" if state else ""
    for look in looks:
        if look.prefix not in built.prefixes:
            continue
        tab = browser.new_page(viewport={"width": look.width, "height": 800}, color_scheme=look.scheme)
        tab.goto(f"{server}/{look.prefix}{built.path}", wait_until="networkidle" if state else "load")
        height = min(LONGEST, tab.evaluate("document.documentElement.scrollHeight"))
        clip = {"x": 0, "y": 0, "width": look.width, "height": height}
        (folder / f"{stem}-{look.name}.png").write_bytes(_shot(tab, clip))
        width, high = THUMB[look.width]
        yield _shot(tab, clip | {"height": min(high, height), "scale": width / look.width})
        tab.close()


def contact_sheet(browser: Browser, types: list[Shown], thumbs: list[list[bytes]]) -> bytes:
    """All of them in a grid: a type in each frame, its looks beside each other."""
    figures = [
        f"<figure><figcaption>{escape(f'{page.name} · {page.path}')}</figcaption>{''.join(map(_img, own))}</figure>"
        for page, own in zip(types, thumbs, strict=True)
    ]
    tab = browser.new_page(viewport={"width": 3394, "height": 800})
    tab.set_content(f"<!doctype html><title>Contact sheet</title><style>{STYLE}</style>{''.join(figures)}")
    return tab.screenshot(full_page=True)


def _img(picture: bytes) -> str:
    return f'<img alt="" src="data:image/png;base64,{base64.b64encode(picture).decode()}">'


def _shot(tab: Page, clip: dict[str, float]) -> bytes:
    """A part of the page, also below the fold, and smaller where the clip has a scale."""
    session = tab.context.new_cdp_session(tab)
    asked = {"clip": {"scale": 1} | clip, "captureBeyondViewport": True}
    return base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])


if __name__ == "__main__":
    main()
