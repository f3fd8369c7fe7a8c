"""mingshi check --browser: what is planted in a small folder is found and told at its line; nothing leaves it."""

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from mingshi.browser import Request, audit, windows
from mingshi.browser.finding import criteria
from mingshi.browser.windows import COLOURS, TAGS, Limits
from mingshi.built import Way, gather
from mingshi.rules.finding import Audit
from mingshi.rules.texts import AXE, AXE_PREFIX
from sites import Ran, run, write

from .probes import AXE as SCRIPT

TODAY = date(2026, 11, 21)
STYLE = """body { color: #111; background: #fff; font: 1rem/1.5 sans-serif }
main a { color: #05a } .dense a { display: block; height: 8px; width: 8px; overflow: hidden }
.dense a { font-size: .3rem; line-height: 8px }
.narrow { display: none }
@media (max-width: 500px) { .narrow { display: block } }
@media (prefers-color-scheme: dark) { body { color: #eee; background: #111 } main a { color: #8cf } }
@media (prefers-color-scheme: dark) { .hint { color: #333 } }
"""
PAGE = """<!doctype html>
<html lang="{lang}">
<head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{up}style.css"></head>
<body><header><p>The office</p></header>
<main><h1>{title}</h1>
{body}
</main></body></html>
"""
BODIES: Mapping[str, str] = {
    "index.html": '<p><a href="fees/">Fees</a></p>\n<p class="hint">Only by day</p>',
    "fees/index.html": '<p class="hint">More of it</p>',
    "forms/index.html": '<h4>A level is left out</h4>\n<p><button class="narrow"></button></p>',
    "order/index.html": '<p tabindex="3">First of all</p>\n<p><img src="https://other.demo.example/x.png" alt="x"></p>',
    "made/index.html": '<div id="here"></div>\n<script src="../made.js"></script>',
    "folded/index.html": "<details><summary>More</summary><p><input></p></details>",
    "dense/index.html": '<p class="dense"><a href="../">ab</a><a href="../fees/">cd</a></p>',
    "open/index.html": '<p class="over">Over a picture</p>',
    "wide/index.html": '<div class="wide">A fixed width</div>\n<div class="scroll"><p class="wide">x</p></div>',
    "word/index.html": f"<p>{'word' * 50}</p>",
    "table/index.html": '<table class="wide"><tr><th>x</th><td>y</td></tr></table>',
    "頁 面/it's.html": "<p>An address that browsers write in another way</p>",
    "sound/index.html": "<h2>As it should be</h2><p>Words.</p>",
    "away/index.html": '<script src="../away.js"></script>',
}
FILES: Mapping[str, str] = {
    "style.css": STYLE
    + ".wide { width: 700px } .scroll { overflow-x: auto } "
    + ".over { background-image: linear-gradient(#fff, #999); color: #666 }",
    "made.js": "document.getElementById('here').innerHTML = '<a href=\"../fees/\"></a>'",
    "away.js": "location.href = '../sound/'",
}


def planted(folder: Path, lang: str = "en") -> Path:
    for file, body in BODIES.items():
        title = file.partition("/")[0].removesuffix(".html")
        write(folder / file, PAGE.format(lang=lang, title=title, body=body, up="../" * file.count("/")))
    for file, text in FILES.items():
        write(folder / file, text)
    return folder


def check(folder: Path, *arguments: str) -> Ran:
    return run(folder.parent, "mingshi", "check", "--lang", "en", "--site", str(folder), *arguments, more=PATHS)


PATHS = {"PYTHONPATH": str(Path(windows.__file__).parents[2])}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted(tmp_path_factory.mktemp("planted") / "public")


@pytest.fixture(scope="module")
def values(folder: Path) -> Mapping[str, Any]:
    done = check(folder, "--browser", "--format", "json")
    assert done.code == 1, done.err
    found = json.loads(done.out)
    assert isinstance(found, dict)
    return found


def of(values: Mapping[str, Any], code: str) -> Iterator[tuple[str, str]]:
    """(page, the line to which it points) of every finding."""
    for own in values["findings"]:
        if own["code"] == code:
            yield own["page"], f"{own['line']}:{own['column']}"


def line_of(folder: Path, file: str, text: str) -> str:
    lines = (folder / file).read_text("utf-8").splitlines()
    number = next(number for number, line in enumerate(lines) if text in line)
    return f"{number + 1}:{lines[number].index(text) + 1}"


@pytest.mark.parametrize(
    ("code", "file", "start"),
    [
        ("axe-heading-order", "forms/index.html", "<h4"),
        ("axe-button-name", "forms/index.html", "<button"),
        ("axe-tabindex", "order/index.html", '<p tabindex="3"'),
        ("axe-label", "folded/index.html", "<input"),
        ("axe-link-name", "made/index.html", '<div id="here"'),
        ("axe-target-size", "dense/index.html", '<a href="../">ab'),
        ("reflow", "wide/index.html", '<div class="wide"'),
        ("request-outside", "order/index.html", "https://other.demo.example/x.png"),
    ],
)
def test_a_fault_is_told_at_its_line(values: Mapping[str, Any], folder: Path, code: str, file: str, start: str) -> None:
    """What a script made is told at the element of the file in which it stands."""
    assert (file, line_of(folder, file, start)) in set(of(values, code))
    assert {page for page, _ in of(values, code)} - {"word/index.html"} == {file}


def test_a_word_that_does_not_break_is_told_at_its_paragraph(values: Mapping[str, Any], folder: Path) -> None:
    assert ("word/index.html", line_of(folder, "word/index.html", "<p>word")) in set(of(values, "reflow"))


def test_what_fails_only_in_the_dark_is_told_so_and_on_every_page_built_alike(
    values: Mapping[str, Any], folder: Path
) -> None:
    pages = {file: line_of(folder, file, '<p class="hint"') for file in ("index.html", "fees/index.html")}
    assert dict(of(values, "axe-color-contrast")) == pages
    (problem,) = [own for own in values["problems"] if own["code"] == "axe-color-contrast"]
    assert "(only in: dark)" in problem["message"]["en"]
    assert "只在深色" in problem["message"]["zh"]
    assert (problem["level"], problem["pages"]) == ("error", 2)
    assert "1.49" in problem["hint"]["en"]


def test_what_shows_only_in_a_narrow_window_is_told_so(values: Mapping[str, Any]) -> None:
    (problem,) = [own for own in values["problems"] if own["code"] == "axe-button-name"]
    assert "light 320/360 px" in problem["message"]["en"]


def test_nothing_else_is_found(values: Mapping[str, Any]) -> None:
    found = {own["code"] for own in values["findings"] if own["code"].startswith(("axe-", "re"))}
    assert found == {
        "axe-color-contrast",
        "axe-heading-order",
        "axe-button-name",
        "axe-tabindex",
        "axe-label",
        "axe-link-name",
        "axe-target-size",
        "reflow",
        "request-outside",
    }
    assert values["rules"]["axe-image-alt"] == "pass"


def test_what_axe_cannot_tell_needs_a_person_and_is_no_pass(values: Mapping[str, Any]) -> None:
    assert values["needs_person"]["axe-color-contrast"] >= 1
    assert [own["page"] for own in values["audits"]["browser"]["undecided"] if own["code"] == "reflow"] == [
        "table/index.html"
    ]
    assert values["rules"]["axe-color-contrast"] == "finding"


def test_the_facts_say_what_was_opened(values: Mapping[str, Any]) -> None:
    facts = values["audits"]["browser"]
    assert (facts["pages"], facts["sets"]) == (len(BODIES), 14)
    assert facts["opened"] < facts["pages"]
    assert facts["schemes"] == ["light", "dark", "forced"]
    assert facts["versions"]["axe"].startswith("4.")
    assert facts["rules"] == len(AXE)


def test_our_words_are_of_the_rules_that_axe_has(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><html lang=en><title>x</title><main><h1>x</h1></main></html>")
    page.evaluate(SCRIPT)
    found = page.evaluate("tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", [*TAGS])
    ran = {rule["id"] for name in ("violations", "passes", "incomplete", "inapplicable") for rule in found[name]}
    tags = {rule["ruleId"]: rule["tags"] for rule in page.evaluate("axe.getRules()")}
    page.close()
    assert {code.removeprefix(AXE_PREFIX) for code in AXE} == ran
    assert set(COLOURS) < ran
    for code, texts in AXE.items():
        own = [text.removeprefix("WCAG ") for text in texts.basis if text.startswith("WCAG ")]
        assert own == criteria(tags[code.removeprefix(AXE_PREFIX)]), code


def test_only_some_rules_and_every_page(folder: Path, tmp_path: Path) -> None:
    few = tmp_path / "public"
    for name in ("forms", "away", "sound"):
        shutil.copytree(folder / name, few / name)
    for name in FILES:
        shutil.copy(folder / name, few)
    done = check(few, "--browser=all", "--only", "axe-heading-order", "--format", "json")
    values = json.loads(done.out)
    assert (done.code, next(of(values, "axe-heading-order"))[0]) == (0, "forms/index.html")
    assert set(values["rules"]) & set(AXE) == {"axe-heading-order"}
    # One page leads on to another as soon as it is opened.
    facts = values["audits"]["browser"]
    assert (facts["opened"], facts["led_on"]) == (2, 1)


def aside(folder: Path, request: Request) -> Audit:
    """In a thread of its own: the browser of these tests already has the loop of this one."""
    site = gather(folder, Way())
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(audit, site, request).result()


def test_a_page_that_hangs_is_partial_and_holds_nobody_up(tmp_path: Path) -> None:
    page = PAGE.format(lang="en", title="x", body="<script>setTimeout(() => { for (;;) {} }, 50)</script>", up="")
    write(tmp_path / "index.html", page)
    start = time.monotonic()
    ledger = tmp_path / "data/ledger/accessibility.json"
    found = aside(tmp_path, Request(TODAY, ledger=ledger, limits=Limits(2, 2)))
    assert time.monotonic() - start < 25
    assert found.partial
    (problem,) = found.problems
    assert (problem.code, [spot.page for spot in problem.spots]) == ("browser-page-failed", ["index.html"])
    assert not ledger.exists()
