"""The whole matrix, in `make test-all` alone: every type of page, every engine, every way of looking. Needs Node."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext

from . import engines, probes
from .engines import ENGINES, Excuse, Finding
from .page_types import Built
from .test_access import PREFIXES, url_of

pytestmark = pytest.mark.matrix

SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


@dataclass(frozen=True)
class Way:
    """A way of looking at a page."""

    prefix: Literal["", "en/"]
    scheme: str
    width: int
    text: int

    def __str__(self) -> str:
        return f"{self.prefix.strip('/') or 'first'}-{self.scheme}-{self.width}-{self.text}%"


WAYS = [
    Way(prefix, scheme, width, text)
    for prefix, scheme, (width, text) in product(PREFIXES, SCHEMES, ((320, 100), (360, 100), (1280, 100), (1280, 200)))
]
PLANTED = "<main><h1>A page</h1><input><img src='data:,'></main>"
USED: set[Excuse] = set()


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_no_engine_finds_anything(
    browser: Browser, below: str, types: list[Built], counts: dict[str, int], way: Way
) -> None:
    context = browser.new_context(viewport={"width": way.width, "height": 800}, **SCHEMES[way.scheme])
    found = [
        f"\n{built.path}: {finding}"
        for built in types
        if way.prefix in built.prefixes
        for finding in _unexcused(_findings(context, url_of(below, built, way.prefix), way, counts))
    ]
    context.close()
    assert not found, "".join(sorted(found))


def _findings(context: BrowserContext, url: str, way: Way, counts: dict[str, int]) -> Iterator[Finding]:
    """A page of its own for every page: an engine leaves its marks."""
    page = context.new_page()
    probes.size_text(page, way.text)
    page.goto(url)
    probes.ask(page, "thin()")
    probes.ask(page, "unfold()")
    for name, engine in ENGINES.items():
        verdict = engine(page)
        counts[f"{name}: pages"] = counts.get(f"{name}: pages", 0) + 1
        counts[f"{name}: needs a person"] = counts.get(f"{name}: needs a person", 0) + verdict.open
        yield from (own for own in verdict.findings if not (way.scheme == "forced" and own.of_contrast))
    page.close()


def _unexcused(findings: Iterator[Finding]) -> Iterator[Finding]:
    for finding in findings:
        excuses = [own for own in engines.exceptions() if own.covers(finding)]
        USED.update(excuses)
        if not excuses:
            yield finding


def test_every_page_is_valid_html(office: Path) -> None:
    files = sorted((office / "site").rglob("*.html"))
    found = engines.html_validate(files)
    assert not found, "".join(f"\n{finding}" for finding in found[:50])


def test_every_exception_has_a_reason_is_in_time_and_covers_something() -> None:
    """The last of the file: by now every exception that covers something was used."""
    today = datetime.now(UTC).date()
    own = engines.exceptions()
    assert [one for one in own if one.until < today or len(one.reason) < 20] == []
    assert [one for one in own if one not in USED and one.engine != "shift"] == []


def test_the_engines_find_what_is_planted(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    html = (
        "<!doctype html><html lang=en><title>A page</title><main><h1>A page</h1><input><img src='data:,'></main></html>"
    )
    page.set_content(html)
    assert all(engine(page).findings for engine in ENGINES.values())
    page.close()
    (tmp_path / "page.html").write_text(html, "utf-8")
    assert engines.html_validate([tmp_path / "page.html"]) != []
