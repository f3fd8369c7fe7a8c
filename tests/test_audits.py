"""What a browser audit is made of, without a browser: structure, places, answers, findings, the ledger, the levels."""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mingshi import audits
from mingshi.browser import auditing, ledger, windows
from mingshi.browser.auditing import entry
from mingshi.browser.choosing import pages_of, representatives, sets
from mingshi.browser.finding import criteria, findings, undecided, unsure
from mingshi.browser.placing import find
from mingshi.browser.serving import Served
from mingshi.browser.structure import features
from mingshi.browser.windows import SCHEMES, WIDTHS, Looked, Seen
from mingshi.built import Site, Way, elements, gather
from mingshi.cli import cli
from mingshi.cli_check import PACKAGES
from mingshi.external import collect_from_site
from mingshi.rules import engine
from mingshi.rules.engine import Task
from mingshi.rules.finding import Audit, Finding
from mingshi.rules.settings import Settings, sift
from mingshi.rules.texts import AXE, EXTERNAL, LEVELS, SPREADING, WRITTEN
from sites import PROJECT, write

TODAY = date(2026, 11, 21)
Facts = Mapping[str, str | int | Mapping[str, str]]

PAGE = '<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body><main>{body}</main></body></html>'


def page(body: str, lang: str = "en", title: str = "A page") -> str:
    return PAGE.format(lang=lang, title=title, body=body)


def laid_out(folder: Path, bodies: Mapping[str, str], lang: str = "en") -> Site:
    for file, body in bodies.items():
        write(folder / file, page(body, lang))
    return gather(folder, Way())


def of(body: str, lang: str = "en", title: str = "A page") -> frozenset[str]:
    return features(elements(page(body, lang, title).encode()).root)


# --- Structure


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Fees</p>", "<p>Other words, and more of them</p>"),
        ('<a href="x/">Go</a>', '<a href="../y/">Come here</a>'),
        ("<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li><li>c</li></ul>"),
        ('<li class="step-1">a</li>', '<li class="step-22">a</li>'),
        ('<img src="a.png" alt="a">', '<img src="b.png" alt="something else">'),
        ("<script>1</script>", "<script>2</script>"),
    ],
)
def test_pages_that_differ_in_words_only_are_alike(one: str, other: str) -> None:
    assert of(one) == of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>x</p>", '<p class="hint">x</p>'),
        ('<p class="hint">x</p>', '<div class="dark"><p class="hint">x</p></div>'),
        ('<section class="a"><div><p>x</p></div></section>', '<section class="b"><div><p>x</p></div></section>'),
        ("<p>x</p>", '<p style="color: #777">x</p>'),
        ('<img src="a.png" alt="a">', '<img src="a.png" alt="">'),
        ('<img src="a.png" alt="">', '<img src="a.png">'),
        ("<button>x</button>", "<button></button>"),
        ('<a href="x/"><b>x</b></a>', '<a href="x/"><b></b></a>'),
        ('<p><a href="x/">x</a></p>', '<p>See <a href="x/">x</a> for more.</p>'),
        ("<h2>x</h2><h3>x</h3>", "<h2>x</h2><h4>x</h4><h3>x</h3>"),
        ("<h1>x</h1>", "<h1>x</h1><h1>y</h1>"),
        ('<p id="a">x</p><p id="b">x</p>', '<p id="a">x</p><p id="a">x</p>'),
        ('<label for="a">x</label><input id="a">', '<label for="b">x</label><input id="a">'),
        ('<p id="a">x</p><b aria-labelledby="a">x</b>', '<p id="a">x</p><b aria-labelledby="z">x</b>'),
        ("<table><tr><th>x</th><td>x</td></tr></table>", "<table><tr><td>x</td><td>x</td></tr></table>"),
        ('<p tabindex="0">x</p>', '<p tabindex="3">x</p>'),
        (
            '<nav aria-label="a"></nav><nav aria-label="b"></nav>',
            '<nav aria-label="a"></nav><nav aria-label="a"></nav>',
        ),
        ("<p>x</p>", f"<p>{'x' * 50}</p>"),
    ],
)
def test_pages_that_an_engine_may_judge_otherwise_are_not(one: str, other: str) -> None:
    assert of(one) != of(other)


def test_a_language_a_title_and_a_sheet_make_another_structure() -> None:
    assert of("x") != of("x", lang="zh-Hant-TW")
    assert of("x") != of("x", title="")
    sheets = [f'<link rel="stylesheet" href="{up}assets/site.css">' for up in ("", "../", "../../")]
    assert len({of(sheet) for sheet in sheets}) == 1
    assert of(sheets[0]) != of('<link rel="stylesheet" href="assets/other.css">')


def test_every_part_of_structure_is_opened_in_every_language(tmp_path: Path) -> None:
    for lang in ("zh-Hant-TW", "en"):
        bodies = {f"{lang}/{number}/index.html": f"<p>{number}</p>" for number in range(30)}
        bodies |= {f"{lang}/a.html": "<p>x</p><table></table>", f"{lang}/b.html": "<p>x</p><form></form>"}
        laid_out(tmp_path, bodies, lang)
    write(tmp_path / "old/index.html", '<meta http-equiv="refresh" content="0; url=../en/1/">')
    pages = pages_of(gather(tmp_path, Way()))
    assert (len(pages), len(sets(pages))) == (64, 6)
    chosen = representatives(pages)
    assert [own.file for own in chosen] == ["en/a.html", "en/b.html", "zh-Hant-TW/a.html", "zh-Hant-TW/b.html"]
    assert representatives(reversed(pages)) == chosen
    for lang in {own.language for own in pages}:
        seen = [own.features for own in chosen if own.language == lang]
        assert frozenset[str]().union(*seen) == {part for own in pages if own.language == lang for part in own.features}


# --- Back to the file


def told(tag: str, text: str = "", nth: int = 0, classes: str = "", **attributes: str) -> dict[str, Any]:
    own = {"class": classes} if classes else {}
    return {"tag": tag, "attributes": own | attributes, "text": text, "nth": nth}


def found(body: str, *chain: Mapping[str, Any]) -> tuple[str, int] | None:
    element = find(elements(page(body).encode()).root.walk(), chain[0], chain[1:])
    return (element.tag, element.number) if element else None


def test_an_element_is_known_by_what_it_says_and_of_twins_by_its_turn() -> None:
    body = '<p>a</p><p>b</p><p class="x">b</p><p>b</p>'
    assert found(body, told("p", "b")) == ("p", 1)
    assert found(body, told("p", "b", nth=1)) == ("p", 3)
    assert found(body, told("p", "b", classes="x")) == ("p", 2)


def test_an_element_that_a_script_changed_is_known_by_the_rest() -> None:
    assert found("<details><summary>x</summary></details>", told("details", "x", open="")) == ("details", 0)
    assert found('<p>x</p><p id="b">x</p>', told("p", "new words", id="b", hidden="")) == ("p", 1)


def test_what_a_script_made_is_told_by_what_it_stands_in() -> None:
    chain = (told("a", "made"), told("li", "made"), told("ul", "made", id="list"), told("main"))
    assert found('<ul id="other"></ul><ul id="list"></ul>', *chain) == ("ul", 1)
    assert found("<p>x</p>", told("b", "made"), told("aside")) is None


# --- What a server would answer


def test_a_site_is_served_at_its_address_and_nothing_else_is(tmp_path: Path) -> None:
    write(
        tmp_path / "a/index.html",
        page("x").replace("<title>", '<link rel="canonical" href="https://o.example/s/a/"><title>'),
    )
    write(tmp_path / "頁.html", page("y"))
    write(tmp_path / "404.html", page("z"))
    (tmp_path / "x.css").write_bytes(b"p {}")
    served = Served(gather(tmp_path, Way()))
    assert served.root == "https://o.example/s/"

    def answer(url: str) -> tuple[int, str, bytes]:
        own = served.answer(url)
        assert own is not None
        return own.status, own.type, own.body[-1:]

    assert answer(served.address("a/")) == (200, "text/html", b">")
    assert answer("https://o.example/s/a")[0] == 200
    assert answer(served.address("頁.html"))[0] == 200
    assert answer("https://o.example/s/x.css?v=1#a") == (200, "text/css", b"}")
    assert answer("https://o.example/s/none.css")[:2] == (404, "text/html")
    assert answer("https://o.example/elsewhere/x.css")[0] == 404
    assert answer("https://o.example/s/../../etc/passwd")[0] == 404
    assert served.answer("http://o.example/s/x.css") is None
    assert served.answer("https://other.example/s/x.css") is None


# --- Findings


def seen(
    file: str, rule: str, element: Mapping[str, Any], ways: Iterable[tuple[str, int]], name: str = "wrong"
) -> Seen:
    node = {
        "target": element["tag"],
        "html": f"<{element['tag']}>",
        "says": "Too little",
        "element": element,
        "above": [],
        "inside": True,
    }
    result = {name: [{"rule": rule, "tags": ["wcag2aa", "wcag1410"], "nodes": [node]}]}
    return Seen(file, dict.fromkeys(ways, result))


EVERY = [(scheme.name, width) for scheme in SCHEMES for width in WIDTHS]
BODIES = {f"{number}.html": f'<h2>x</h2>\n<p class="hint">{number}</p>' for number in range(60)}


def test_a_fault_is_told_on_every_page_built_alike_with_its_line_on_the_first_ones(tmp_path: Path) -> None:
    site = laid_out(tmp_path, BODIES)
    others = [own for own in pages_of(site) if own.file != "7.html"]
    opened = [seen("7.html", "target-size", told("p", "7", classes="hint"), EVERY)]
    own = list(findings(opened, site, others))
    assert (own[0].page, own[0].needle.tag, own[0].written) == ("7.html", "p", False)
    assert len({finding.page for finding in own}) == 60
    assert sum(bool(finding.needle.tag) for finding in own) == 51
    assert {finding.subject for finding in own} == {own[0].subject}
    assert own[0].facts["ways"] == {
        "zh": "（推及結構相同而沒有打開的59頁）",
        "en": " (also on what is built alike and was not opened: 59 pages)",
    }


def test_what_depends_on_the_whole_page_is_told_of_that_page_alone(tmp_path: Path) -> None:
    site = laid_out(tmp_path, BODIES)
    opened = [seen("7.html", "heading-order", told("h2", "x"), EVERY)]
    (own,) = findings(opened, site, (page for page in pages_of(site) if page.file != "7.html"))
    assert (own.page, own.code, own.url, own.written) == ("7.html", "axe-heading-order", "x", True)


def test_windows_are_named_where_a_fault_does_not_show_in_all(tmp_path: Path) -> None:
    site = laid_out(tmp_path, {"a.html": "<p>x</p>"})

    def ways(rule: str, *own: tuple[str, int]) -> str:
        (finding,) = findings([seen("a.html", rule, told("p", "x"), own)], site, ())
        facts = finding.facts["ways"]
        assert isinstance(facts, Mapping)
        return facts["en"]

    assert ways("target-size", *EVERY) == ""
    assert ways("color-contrast", *(way for way in EVERY if way[0] != "forced")) == ""
    assert ways("color-contrast", ("dark", 320), ("dark", 360), ("dark", 1280)) == " (only in: dark)"
    assert ways("target-size", ("light", 320), ("forced", 320)) == " (only in: light 320 px, forced colours 320 px)"


def test_a_rule_newer_than_our_words_is_told_with_its_criteria(tmp_path: Path) -> None:
    site = laid_out(tmp_path, {"a.html": "<p>x</p>"})
    (own,) = findings([seen("a.html", "brand-new", told("p", "x"), EVERY)], site, ())
    assert (own.code, own.facts["rule"]) == ("axe-other", "brand-new")
    assert own.facts["criteria"] == {"zh": "WCAG 1.4.10", "en": "WCAG 1.4.10"}


def test_what_axe_cannot_tell_is_counted_once_a_place(tmp_path: Path) -> None:
    pages = [seen(file, "color-contrast", told("p", "x"), EVERY, "open") for file in ("a.html", "b.html")]
    site = laid_out(tmp_path, {"a.html": "<p>x</p>", "b.html": "<p>x</p>"})
    left = undecided(pages, site)
    assert left == [
        {"code": "axe-color-contrast", "subject": "p text < main", "places": 2, "page": "a.html", "says": "Too little"}
    ]
    assert unsure(left) == {"axe-color-contrast": 2}
    assert list(findings(pages, laid_out(tmp_path, {"a.html": "x"}), ())) == []


def test_requests_to_other_sites_are_told(tmp_path: Path) -> None:
    site = laid_out(tmp_path, {"a.html": '<img alt="" src="https://o.example/x.png">'})
    (own,) = findings([Seen("a.html", outside={"https://o.example/x.png"})], site, ())
    assert (own.code, own.url) == ("request-outside", "https://o.example/x.png")


def test_criteria_are_read_from_the_tags_of_axe() -> None:
    assert criteria(["cat.color", "wcag2aa", "wcag143", "wcag1412", "wcag22aa", "EN-9.1.4.3"]) == ["1.4.3", "1.4.12"]


def test_every_rule_of_axe_has_its_criteria_and_official_codes() -> None:
    assert set(AXE["axe-color-contrast"].basis) == {"WCAG 1.4.3", "GN2140300E"}
    assert AXE["axe-image-alt"].basis == ("WCAG 1.1.1", "HM1110100C")
    assert AXE["axe-region"].level.value == "warning"
    assert {own.level.value for own in AXE.values() if own.basis[0].startswith("WCAG")} == {"error"}
    assert set(AXE) > WRITTEN
    assert set(AXE) > SPREADING


def test_a_page_that_fails_makes_the_audit_partial_and_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = laid_out(tmp_path, {"a.html": "<p>x</p>", "b.html": "<b>x</b>", "c.html": "<i>x</i>"})
    pages = (Seen("a.html"), Seen("b.html", failure="timeout"), Seen("c.html", failure="timeout"))
    monkeypatch.setattr(auditing, "look", lambda *_: Looked(pages, "156"))
    path = tmp_path / ledger.LEDGER
    done = auditing.audit(site, auditing.Request(TODAY, shown="public/", ledger=path))
    (problem,) = done.problems
    assert (problem.code, problem.mark.file, problem.pages) == ("browser-page-failed", "public/b.html", 2)
    assert (done.partial, path.exists()) == (True, False)
    write(path, "<<<<<<< HEAD")
    done = auditing.audit(site, auditing.Request(TODAY, ledger=path))
    assert ([own.code for own in done.problems], done.partial) == (["ledger-broken"], True)
    assert path.read_text("utf-8") == "<<<<<<< HEAD"


# --- The ledger

AUDIT = Audit(
    "browser",
    ("axe-region",),
    (Finding("axe-region", "a.html"), Finding("axe-region", "a.html"), Finding("axe-image-alt", "b.html")),
    unsure={"axe-color-contrast": 3},
    facts={"pages": 2, "versions": {"axe": "4.12.1"}},
)


def test_the_ledger_keeps_counts_and_versions_by_day(tmp_path: Path) -> None:
    path = tmp_path / ledger.LEDGER
    assert ledger.read(path) == ()
    ledger.write(path, ledger.with_audit((), entry(AUDIT, TODAY)))
    first = path.stat().st_mtime_ns, path.read_bytes()
    ledger.write(path, ledger.with_audit(ledger.read(path), entry(AUDIT, TODAY)))
    assert (path.stat().st_mtime_ns, path.read_bytes()) == first
    (own,) = ledger.read(path)
    assert own["day"] == "2026-11-21"
    assert own["findings"] == {"axe-image-alt": {"places": 1, "pages": 1}, "axe-region": {"places": 2, "pages": 1}}
    assert own["needs_person"] == {"axe-color-contrast": 3}
    assert list(own) == ["day", "pages", "versions", "findings", "needs_person"]


def test_the_ledger_keeps_the_last_audit_of_a_day_and_a_year_of_months() -> None:
    audits: tuple[ledger.Entry, ...] = ()
    for month in (3, 1, 2, *range(4, 13)):
        audits = ledger.with_audit(audits, {"day": f"2026-{month:02}-01", "pages": month})
    audits = ledger.with_audit(audits, {"day": "2026-12-01", "pages": 99})
    audits = ledger.with_audit(audits, {"day": "2027-01-01", "pages": 1})
    assert [own["day"][:7] for own in audits][:2] == ["2026-02", "2026-03"]
    assert (len(audits), audits[-2]["pages"]) == (12, 99)


@pytest.mark.parametrize("text", ["<<<<<<< HEAD", "[]", '{"format": 2, "audits": []}', '{"format": 1, "audits": [1]}'])
def test_a_broken_ledger_is_none(text: str, tmp_path: Path) -> None:
    path = write(tmp_path / "accessibility.json", text)
    with pytest.raises(ledger.BrokenLedgerError):
        ledger.read(path)


# --- Exceptions and levels


def test_offices_may_set_the_codes_of_axe_and_of_links() -> None:
    assert {"axe-color-contrast", "axe-other", "request-outside", "external-dead"} <= set(LEVELS)
    assert "external-unfinished" not in LEVELS
    assert "network-missing" not in LEVELS


def test_an_exception_whose_rule_was_not_asked_is_not_called_useless() -> None:
    from mingshi.kinds.site import RuleException
    from mingshi.problems import Level, Mark, Problem, Spot

    def problem(code: str, mark: Mark, *spots: Spot, related: tuple[Mark, ...] = ()) -> Problem:
        return Problem(code, Level.ERROR, mark, {}, {}, related=related, spots=spots)

    def exception(rule: str, place: str) -> tuple[RuleException, Mark]:
        own = RuleException.model_construct(rule=rule, place=place, until=TODAY)
        return own, Mark("data/site.yml", len(rule))

    settings = Settings(exceptions=(exception("axe-region", "a/"), exception("external-dead", "data/x.yml")))
    dead = problem("external-dead", Mark("data/x.yml", 3))
    both = problem("external-dead", Mark("data/x.yml", 4), related=(Mark("data/y.yml"),))
    region = problem("axe-region", Mark("site/a/index.html"), Spot("a/index.html"))
    sifted = sift((dead, both, region), settings, {"axe-region", "external-dead"})
    assert (sifted.problems, sifted.excepted, sifted.unused) == ((both,), (dead, region), ())
    assert sift((), settings, {"link-missing"}).unused == ()
    assert len(sift((), settings, {"axe-region"}).unused) == 1


# --- Through the engine, and the command


def test_what_an_audit_finds_goes_through_the_same_report(tmp_path: Path) -> None:
    site = laid_out(tmp_path, {"index.html": "<p>x</p>"})
    facts: Facts = {"snippet": "<p>", "ways": {"zh": "", "en": ""}, "says": {"zh": "y" * 99, "en": "y" * 99}}
    own = Finding("axe-region", "index.html", "x", facts=facts)
    told_by = Audit("browser", ("axe-region", "axe-label", "axe-list"), (own,), unsure={"axe-label": 2}, partial=True)
    done = engine.inspect(Task(site.root, TODAY, only=("axe-",), audits=(lambda _: told_by,)))
    assert {code: done.outcomes[code] for code in told_by.codes} == {
        "axe-region": "finding",
        "axe-label": "person",
        "axe-list": "partial",
    }
    assert (done.partial, done.unsure) == (True, {"axe-label": 2})
    (problem,) = done.problems
    assert "y" * 99 in problem.hint["en"]


def check(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["check", "--lang", "en", *arguments], env={"LC_ALL": "C.UTF-8"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.exit_code, done.stdout + done.stderr


def test_rules_that_nobody_asks_are_no_pass(tmp_path: Path) -> None:
    laid_out(tmp_path, {"index.html": "<p>x</p>"})
    for code, option in (("axe-", "--browser"), ("request-outside", "--browser"), ("external-dead", "--external")):
        exit_code, said = check("--site", str(tmp_path), "--only", code)
        assert (exit_code, option in said) == (2, True), said


def test_without_the_packages_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, {"index.html": "<p>x</p>"})
    for name in [own for own in sys.modules if own.startswith("mingshi.browser")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("mingshi.browser", raising=False)
    monkeypatch.setitem(sys.modules, "playwright", None)
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    exit_code, said = check("--site", str(tmp_path), "--browser")
    assert (exit_code, said.count("\n")) == (2, 1)
    assert f"-m pip install {PACKAGES}" in said


def test_the_packages_are_those_of_the_extra() -> None:
    extra = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert " ".join(f'"{own}"' for own in extra["browser"]) == PACKAGES
    assert set(extra["browser"]) <= set(extra["test"])


def test_without_a_browser_one_line_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, {"index.html": "<p>x</p>"})

    def refuse(_asked: object) -> None:
        raise audits.NotReadyError("browser", "Executable doesn't exist")

    monkeypatch.setattr(audits, "make_ready", refuse)
    exit_code, said = check("--site", str(tmp_path), "--browser", "--format", "json")
    assert (exit_code, said.count("\n")) == (2, 1)
    assert "apt-get install chromium" in said


def test_a_computer_without_a_browser_is_told_from_one_whose_browser_does_not_start(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = write(tmp_path / "chromium", "no program")
    for ways, why in ((), ""), (({"executable_path": str(broken)},), "Failed to launch"):
        monkeypatch.setattr(windows, "_ways", lambda _, own=ways: iter(own))
        # In a thread of its own: the tests of the browser may have a loop in this one.
        with ThreadPoolExecutor(1) as pool, pytest.raises(audits.NotReadyError) as caught:
            pool.submit(audits.make_ready, audits.Asked(browser="sets")).result()
        assert caught.value.what == "browser"
        assert why in caught.value.detail


def test_links_of_a_foreign_site_are_told_on_their_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mingshi import external
    from mingshi.external import Examined, Ledger
    from mingshi.external.judging import Finding as Judged

    link = '<p>x</p>\n<a href="https://gone.gov.tw/a">x</a> <a href="mailto:a@b.tw">x</a>'
    site = laid_out(tmp_path / "public", {"index.html": link + '<a href="b.html">b</a>', "b.html": link})
    assert [own.url for own in collect_from_site(site, "public/")] == ["https://gone.gov.tw/a"] * 2

    def examine(links: Any, before: Ledger, day: date, *_: Any) -> Examined:
        urls = {own.url: None for own in links}
        looks = before.with_looks(day, {url: Judged("failing", "not-found", 404) for url in urls}, urls)
        return Examined(looks, dict.fromkeys(urls, "dead"), len(urls), 0)

    monkeypatch.setattr(external, "examine", examine)
    arguments = ("--site", str(tmp_path / "public"), "--external", "--only", "external-", "--format")
    exit_code, said = check(*arguments, "json")
    values = json.loads(said)
    assert exit_code == 1
    assert [(own["code"], own["page"], own["line"]) for own in values["findings"]] == [
        ("external-dead", "b.html", 2),
        ("external-dead", "index.html", 2),
    ]
    assert values["rules"]["external-dead"] == "finding"
    assert set(EXTERNAL) <= set(values["rules"])
    assert values["audits"]["external"]["verdicts"] == {"dead": 1}
    for form in ("sarif", "junit", "github", "text"):
        assert "external-dead" in check(*arguments, form)[1]
    assert not (tmp_path / "data").exists()
