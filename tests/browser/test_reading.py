"""Every type of page without script, on paper, by a link into it, and by its weight."""

import gzip
import re
import unicodedata
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pypdf import PdfReader

from .page_types import Built
from .probes import ask, listed
from .test_access import url_of
from .ways import PREFIXES

PAPER = ".filter,.crumb,.toc,.btn,.sort,.ask,.vh,.brick,.find,noscript,.hot,nav,form,.problems"
"""What no paper needs; everything else of the main part has to be in the text of the PDF."""
OPEN, RADICAL = "□", re.compile("[\u2e80-\u2eff]")
A4: ViewportSize = {"width": 688, "height": 972}
"""The printable part of a sheet, in CSS pixels."""
SHEETS = 4
"""A citizen takes a service along: so many sheets of A4 hold it."""
KB = 1024
WEIGHTS = {"record": (16, 5), "services": (16, 5), "sops": (40, 8), "list": (60, 10)}
"""Bounds for HTML in KB: as it is, and as gzip sends it."""
FIRST_VIEW = {"script": 5, "style": 9, "all": 25}


def test_without_script_everything_is_there_and_nothing_dead_is_shown(
    browser: Browser, below: str, types: list[Built]
) -> None:
    contexts = [
        browser.new_context(viewport={"width": 360, "height": 800}, java_script_enabled=on) for on in (True, False)
    ]
    (scripted, plain), found = [context.new_page() for context in contexts], dict[str, list[str]]()
    for built in types:
        for page in (scripted, plain):
            page.goto(url_of(below, built))
        wrong = ask(plain, "dead()")
        lines = [set(ask(page, "lines('noscript, .filter, .sort')")) for page in (scripted, plain)]
        # What a script adds, such as a calculator, needs one; what was sent has to be read without.
        sent = ask(plain, "sent()")
        wrong += [f"only with script: {line}" for line in sorted(lines[0] - lines[1]) if line in sent]
        if built.name != "404":
            wrong += [] if plain.locator(".noscript").is_visible() else ["does not say that script is off"]
        found[built.path] = wrong
    for context in contexts:
        context.close()
    assert not any(found.values()), listed(found)


@pytest.mark.parametrize("part", range(3))
def test_paper_holds_every_answer_and_fits_a_sheet(browser: Browser, below: str, types: list[Built], part: int) -> None:
    """Reading a PDF takes long: three processes share the types."""
    context = browser.new_context(viewport=A4)
    page, found = context.new_page(), dict[str, list[str]]()
    for built in types[part::3]:
        page.goto(url_of(below, built))
        ask(page, "thin(6)")
        page.emulate_media(media="print")
        wrong = ask(page, "sideways()")
        # One long sheet: the reader takes the fonts apart for every sheet anew.
        pdf = PdfReader(BytesIO(page.pdf(width="210mm", height="4800mm")))
        text = _letters("".join(sheet.extract_text() for sheet in pdf.pages))
        lines = {_letters(line) for line in ask(page, f"lines({PAPER!r})")}
        wrong += [f"not on paper: {line}" for line in sorted(lines) if not _holds(text, line)]
        found[built.path] = wrong
    context.close()
    assert not any(found.values()), listed(found)


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("most", [8, pytest.param(None, marks=pytest.mark.matrix, id="all")])
def test_a_service_fits_its_sheets(browser: Browser, below: str, office: Path, prefix: str, most: int | None) -> None:
    """On sheets as a printer cuts them: of the services, the longest; in the whole matrix, all that differ."""
    records = (path.stem for path in (office / "data/services").glob("*.yml") if not path.stem.startswith("more-"))
    paths = sorted(
        records, key=lambda name: -(office / "site" / prefix / "services" / name / "index.html").stat().st_size
    )
    context = browser.new_context(viewport=A4)
    page, sheets = context.new_page(), dict[str, int]()
    for name in paths[:most]:
        page.goto(f"{below}{prefix}services/{name}/")
        sheets[name] = len(PdfReader(BytesIO(page.pdf(format="A4"))).pages)
    context.close()
    assert sheets
    assert {name: count for name, count in sheets.items() if count > SHEETS} == {}


def _letters(text: str) -> str:
    """Letters and digits alone. A PDF names a character by one that its font draws alike, so a few are open."""
    folded = RADICAL.sub(OPEN, unicodedata.normalize("NFKC", text))
    return "".join(letter for letter in folded if letter.isalnum() or letter == OPEN)


def _holds(text: str, line: str) -> bool:
    return line in text or re.search("".join(f"[{letter}{OPEN}]" for letter in line), text) is not None


def test_a_link_to_an_answer_opens_it(page: Page, below: str, types: list[Built]) -> None:
    tried = 0
    for built in types:
        page.goto(url_of(below, built))
        ids = page.evaluate("[...document.querySelectorAll('main details[id]:not([open])')].map(box => box.id)")
        for id_ in ids[-1:]:
            tried += 1
            for url in (f"{below}{built.path}#{id_}", f"{below}{built.path}#{ids[0]}"):
                page.goto(url)
                box = page.locator("details:target")
                assert box.evaluate("box => box.open"), url
                place = box.bounding_box()
                assert place is not None
                assert 0 <= place["y"] < 800, f"{url} is not in view"
    assert tried


def test_every_page_keeps_within_its_weight(office: Path, counts: dict[str, int]) -> None:
    """A record may be longer than the bound has room for, such as a list of laws or the fields of a form: its page then
    weighs no more than shell and record. A service has no such room: its page is read on the way, on a phone."""
    site, heavy = office / "site", []
    shell = min(_weights(path.with_name("index.html")) for path in site.rglob("index.json"))
    for path in sorted(site.rglob("index.html")):
        own = path.relative_to(site).parent.as_posix().removeprefix("en/")
        data = site / own / "index.json"
        section = own.partition("/")[0]
        kind = section if section in WEIGHTS else "record"
        if not data.is_file():
            kind = "list"
        record = _weights(data) if data.is_file() else (0.0, 0.0)
        room = (0.0, 0.0) if kind == "services" else (shell[0] + 1.5 * record[0], shell[1] + record[1])
        weights = _weights(path)
        counts[f"heaviest {kind} page, bytes"] = max(
            counts.get(f"heaviest {kind} page, bytes", 0), int(weights[0] * KB)
        )
        if any(weight > max(bound, own) for weight, bound, own in zip(weights, WEIGHTS[kind], room, strict=True)):
            heavy.append(f"{path.relative_to(site)}: {weights[0]:.1f} KB, {weights[1]:.1f} KB gzip")
    assert heavy == []


def _weights(path: Path) -> tuple[float, float]:
    """In KB: as it is, and as gzip sends it."""
    content = path.read_bytes()
    return len(content) / KB, len(gzip.compress(content)) / KB


def test_the_first_view_is_light_and_still(page: Page, below: str, office: Path, types: list[Built]) -> None:
    """What the HTML names is small; so is all of it with what is loaded for use. The page of a tool may weigh more."""
    tools = re.findall(r'load\("([a-z]+)\.js"\)', (office / "site/assets/site.js").read_text("utf-8"))
    assert "table" in tools
    heavy: dict[str, list[str]] = {}
    for built in types:
        page.goto(url_of(below, built))
        assert page.evaluate("document.getAnimations().length") == 0, built.path
        asked = page.evaluate(
            "[location, ...performance.getEntriesByType('resource')].map(own => own.name || own.href)"
        )
        files = [office / "site" / re.sub(r"^https?://[^/]+/(some/where|a/b)/", "", url) for url in asked]
        sizes = {file.name: len(gzip.compress(_content(file))) / KB for file in files}
        names = re.findall(r'(?:href|src)="([^"]+\.(?:css|js))"', built.file().read_text("utf-8"))
        named = {Path(name).name for name in names}
        script = sum(size for name, size in sizes.items() if name.endswith(".js") and name in named)
        style = sum(size for name, size in sizes.items() if name.endswith(".css") and name in named)
        total = 0.0 if built.name in tools else sum(sizes.values())
        if script > FIRST_VIEW["script"] or style > FIRST_VIEW["style"] or total > FIRST_VIEW["all"]:
            heavy[built.path] = [f"{name} {size:.1f} KB" for name, size in sizes.items()]
    assert not heavy, listed(heavy)


def _content(file: Path) -> bytes:
    return (file / "index.html" if file.is_dir() else file).read_bytes()


@pytest.mark.parametrize("path", ["services/", "faqs/"])
def test_the_site_asks_for_nothing_from_elsewhere(page: Page, below: str, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(below + path, wait_until="networkidle")
    assert [url for url in asked if not url.startswith(below)] == []
