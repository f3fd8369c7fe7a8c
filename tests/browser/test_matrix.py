"""The whole matrix, in `make test-all` alone: every type of page, every engine, every way of looking. Needs Node."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from . import engines, probes
from .engines import ENGINES, Finding
from .page_types import Built
from .test_access import url_of
from .ways import SCHEMES, WAYS, Way

pytestmark = pytest.mark.matrix

PLANTED = "<main><h1>A page</h1><input><img src='data:,'></main>"


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_no_engine_finds_anything(
    browser: Browser, below: str, types: list[Built], counts: dict[str, int], way: Way
) -> None:
    counts["ways of looking"] = 1
    context = browser.new_context(viewport={"width": way.width, "height": 800}, **SCHEMES[way.scheme])
    page = context.new_page()
    probes.size_text(page, way.text)
    found = [
        f"\n{built.path}: {finding}"
        for built in types
        if way.prefix in built.prefixes
        for finding in _unexcused(_findings(page, url_of(below, built, way.prefix), way, counts), counts)
    ]
    context.close()
    assert not found, "".join(sorted(found))


def _findings(page: Page, url: str, way: Way, counts: dict[str, int]) -> Iterator[Finding]:
    """One page for all addresses: the marks that an engine leaves go with the document, and a window costs a quarter
    of a second. Every way loads its pages anew: scripts and styles may decide by its width, its scheme, its text."""
    page.goto(url)
    probes.ask(page, "thin()")
    probes.ask(page, "unfold()")
    for name, engine in ENGINES.items():
        verdict = engine(page)
        counts[f"{name}: pages"] = counts.get(f"{name}: pages", 0) + 1
        counts[f"{name}: needs a person"] = counts.get(f"{name}: needs a person", 0) + verdict.open
        yield from (own for own in verdict.findings if not (way.scheme == "forced" and own.of_contrast))


def _unexcused(findings: Iterator[Finding], counts: dict[str, int]) -> Iterator[Finding]:
    """What an exception covers is counted: at its end the run fails for those that cover nothing."""
    for finding in findings:
        excuses = [own for own in engines.exceptions() if own.covers(finding)]
        for own in excuses:
            counts[own.counted] = counts.get(own.counted, 0) + 1
        if not excuses:
            yield finding


def test_every_page_is_valid_html(office: Path) -> None:
    files = sorted((office / "site").rglob("*.html"))
    found = engines.html_validate(files)
    assert not found, "".join(f"\n{finding}" for finding in found[:50])


def test_every_exception_has_a_reason_and_is_in_time() -> None:
    today = datetime.now(UTC).date()
    assert [one for one in engines.exceptions() if one.until < today or len(one.reason) < 20] == []


def test_the_engines_find_what_is_planted(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    html = f"<!doctype html><html lang=en><title>A page</title>{PLANTED}</html>"
    page.set_content(html)
    assert all(engine(page).findings for engine in ENGINES.values())
    page.close()
    (tmp_path / "page.html").write_text(html, "utf-8")
    assert engines.html_validate([tmp_path / "page.html"]) != []
