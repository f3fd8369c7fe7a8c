"""mingshi check: what it finds in our own site and in others', how it tells it, and what it says when it cannot see."""

import json
import os
import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from mingshi import audits
from mingshi.browser import auditing
from mingshi.browser.serving import Served
from mingshi.browser.windows import Looked, Order, Seen
from mingshi.built import elements, reading
from mingshi.cli import cli
from mingshi.rules import RULES, axe, engine
from mingshi.rules.engine import Task, inspect
from mingshi.rules.finding import PageView, of_element
from mingshi.rules.texts import ALIASES, BY_HAND, STRENGTHS, TEXTS
from mingshi.wording import AUTHOR_LANGUAGES, WORDING
from rules.planted import BASE, in_page, site
from sites import Ran, another, build, copy_project, replace, small_site, write

TODAY = date(2026, 11, 21)
ALPHA = "services/alpha/index.html"
SERVICE = "data/services/unemployment-benefit.yml"
DEAD_LINK = f'\n<a href="{BASE}nowhere/">x</a>\n'

Values = Mapping[str, Any]


def check(*arguments: str, **environment: str) -> Ran:
    """The command in this process, outside of any project."""
    done = CliRunner().invoke(cli, ["check", "--lang", "en", *arguments], env={"LC_ALL": "C.UTF-8", **environment})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def told(*arguments: str) -> Values:
    values = json.loads(check(*arguments, "--format", "json").out)
    assert isinstance(values, dict)
    return values


def laid_out(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return laid_out(tmp_path / "public", site())


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    files = site()
    in_page(ALPHA, DEAD_LINK)(files)
    return laid_out(tmp_path / "public", files)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of our own with its site, for tests that copy it."""
    return small_site(tmp_path_factory)


@pytest.fixture
def own(built: Path, tmp_path: Path) -> Path:
    """The same for a test that changes it; `--built` spares one where no page changes."""
    return another(built, tmp_path / "office")


# --- Any folder of HTML


def test_a_sound_folder_is_exit_0(sound: Path) -> None:
    done = check("--site", str(sound), "--root", str(sound))
    assert done.code == 0
    assert "Errors: 0, warnings: 0, notices: 0" in done.out
    assert f"{len([own for own in site() if own.endswith('.html')])} pages" in done.out


def test_json_gives_page_line_address_and_code_of_each_finding(faulty: Path) -> None:
    values = told("--site", str(faulty))
    (finding,) = values["findings"]
    assert (finding["code"], finding["page"], finding["url"]) == ("link-missing", ALPHA, f"{BASE}nowhere/")
    line = (faulty / ALPHA).read_text("utf-8").splitlines()[finding["line"] - 1]
    assert line[finding["column"] - 1 :].startswith(f"{BASE}nowhere/")
    assert values["errors"] == len(values["problems"]) == 1
    assert values["rules"]["link-missing"] == "finding"
    assert values["rules"]["link-case"] == "pass"
    assert check("--site", str(faulty)).code == 1


def test_a_fault_of_the_shell_is_told_once_and_each_place_is_listed(tmp_path: Path) -> None:
    files = {name: content.replace(b'assets/icon.png">', b'assets/gone.png">') for name, content in site().items()}
    folder = laid_out(tmp_path / "public", files)
    values = told("--site", str(folder), "--only", "asset-missing")
    pages = [name for name in files if name.endswith(".html")]
    (problem,) = values["problems"]
    assert problem["pages"] == len(pages)
    assert {own["page"] for own in values["findings"]} == set(pages)
    assert all(own["line"] > 1 for own in values["findings"])
    assert f"On {len(pages)} pages: " in check("--site", str(folder), "--only", "asset-missing").out


def test_a_site_below_a_path_is_read_where_it_is_served(sound: Path) -> None:
    values = told("--site", str(sound), "--base-url", "https://www.demo.example/sub/", "--only", "link-")
    # The links from the root of the host to what lies in the folder leave the site now.
    assert {own["code"] for own in values["findings"]} == {"link-outside"}
    assert {own["url"].startswith(("/files/", BASE)) for own in values["findings"]} == {True}
    assert values["base_url"] == "https://www.demo.example/sub/"


def test_only_looks_for_what_it_is_asked_for(faulty: Path) -> None:
    assert told("--site", str(faulty), "--only", "download-")["findings"] == []
    assert set(told("--site", str(faulty), "--only", "orphan")["rules"]) == {"orphan", *BY_HAND}
    assert check("--site", str(faulty), "--only", "link-mising").code == 2


def test_the_print_is_capped_and_the_count_is_not(tmp_path: Path) -> None:
    files = site()
    in_page(ALPHA, "".join(f'<a href="nowhere-{number}/">x</a>\n' for number in range(300)))(files)
    done = check("--site", str(laid_out(tmp_path / "public", files)))
    assert done.out.count("[link-missing]") < 30
    assert "… and 280 more of [link-missing]" in done.out
    assert "Errors: 300," in done.out


def test_warnings_fail_when_asked_to(tmp_path: Path) -> None:
    files = site()
    in_page(ALPHA, '<a href="">x</a>')(files)
    folder = laid_out(tmp_path / "public", files)
    assert check("--site", str(folder)).code == 0
    assert check("--site", str(folder), "--strict").code == 1


# --- An earlier report


def test_what_an_earlier_report_had_does_not_fail_again(faulty: Path, tmp_path: Path) -> None:
    baseline = tmp_path / "baseline.json"
    assert check("--site", str(faulty), "--format", "json", "--output", str(baseline)).code == 1
    again = check("--site", str(faulty), "--baseline", str(baseline))
    assert again.code == 0
    assert "Known from before and not counted: 1" in again.out
    path = faulty / "services/beta/index.html"
    path.write_text(path.read_text("utf-8").replace("</main>", '<a href="../new-fault/">x</a></main>'), "utf-8")
    new = told("--site", str(faulty), "--baseline", str(baseline))
    assert [own["url"] for own in new["findings"]] == ["../new-fault/"]
    assert new["known"] == 1


def test_a_baseline_that_is_none_is_misuse(faulty: Path, tmp_path: Path) -> None:
    for text in ("", "[]", '{"findings": 1}'):
        baseline = write(tmp_path / "baseline.json", text)
        assert check("--site", str(faulty), "--baseline", str(baseline)).code == 2


# --- Formats


def test_sarif_names_rule_place_and_fingerprint(faulty: Path) -> None:
    log = json.loads(check("--site", str(faulty), "--format", "sarif").out)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    (result,) = run["results"]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "link-missing"
    region = result["locations"][0]["physicalLocation"]
    assert region["artifactLocation"]["uri"].endswith(f"public/{ALPHA}")
    assert region["region"]["startLine"] > 1
    assert len(result["partialFingerprints"]["mingshi/v1"]) == 64
    assert run["invocations"] == [{"executionSuccessful": True}]


def test_junit_has_a_case_for_every_rule(faulty: Path) -> None:
    suite = ElementTree.fromstring(check("--site", str(faulty), "--format", "junit").out)
    cases = {case.attrib["name"].partition(":")[0]: case for case in suite.iter("testcase")}
    assert set(cases) == {code for code, own in TEXTS.items() if not own.office} - set(axe.CODES) | set(BY_HAND)
    assert cases["link-missing"].find("failure") is not None
    assert cases["link-case"].find("failure") is None
    assert cases["foi-complete"].find("skipped") is not None
    assert suite.attrib["failures"] == "1"


def test_github_gets_annotations_and_a_summary(faulty: Path, tmp_path: Path) -> None:
    summary = write(tmp_path / "summary.md", "before\n")
    done = check("--site", str(faulty), "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert re.search(rf"^::error file=[^,]*{ALPHA},line=\d+,col=\d+,title=link-missing::", done.out, re.MULTILINE)
    assert summary.read_text("utf-8").startswith("before\n## Mingshi")
    assert "| error | `link-missing` |" in summary.read_text("utf-8")


def test_reports_are_the_same_each_time(faulty: Path) -> None:
    for form in ("text", "json", "sarif", "junit", "github"):
        assert check("--site", str(faulty), "--format", form) == check("--site", str(faulty), "--format", form)


# --- What cannot be looked at


@pytest.mark.parametrize("what", ["missing", "empty", "file", "no pages"])
def test_what_is_no_site_is_misuse(what: str, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    if what == "file":
        write(folder, "text")
    elif what != "missing":
        folder.mkdir()
        if what == "no pages":
            write(folder / "data.json", "{}")
    done = check("--site", str(folder))
    assert done.code == 2
    assert "is no site" in done.err


def test_a_page_that_is_too_large_makes_the_result_partial(sound: Path) -> None:
    with (sound / "huge.html").open("wb") as huge:
        huge.truncate(200 * 1024 * 1024)
    done = check("--site", str(sound))
    assert done.code == 2
    assert "“huge.html” is too large (200 MB)" in done.out
    assert "The result is partial" in done.out
    values = told("--site", str(sound))
    assert values["partial"] is True
    assert "pass" not in values["rules"].values()


def test_a_page_that_cannot_be_read_makes_the_result_partial(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = reading._bytes

    def refuse(path: str, size: int) -> bytes:
        if path.endswith(f"/public/{ALPHA}"):
            raise PermissionError(13, "Permission denied")
        return read(path, size)

    monkeypatch.setattr(reading, "_bytes", refuse)
    values = told("--site", str(sound))
    assert [own["page"] for own in values["findings"] if own["code"] == "page-unreadable"] == [ALPHA]
    assert values["partial"] is True
    assert check("--site", str(sound)).code == 2


def test_links_that_lead_in_circles_on_the_disk_end(sound: Path) -> None:
    (sound / "services/loop").symlink_to(sound, target_is_directory=True)
    (sound / "services/dead").symlink_to(sound / "nothing")
    assert check("--site", str(sound)).code == 0


# --- What is kept


def kept(folder: Path, cache: Path) -> list[tuple[str, str]]:
    done = inspect(Task(folder, TODAY, cache=cache))
    return [(own.code, spot.page) for own in done.problems for spot in own.spots]


def test_a_second_run_finds_the_same(faulty: Path, tmp_path: Path) -> None:
    cache = tmp_path / "facts"
    assert kept(faulty, cache) == kept(faulty, cache) == kept(faulty, cache) == [("link-missing", ALPHA)]


@pytest.mark.parametrize("change", ["same time and size", "other page", "file gone"])
def test_a_change_is_seen_whatever_is_kept(change: str, sound: Path, tmp_path: Path) -> None:
    cache = tmp_path / "facts"
    assert kept(sound, cache) == []
    if change == "same time and size":
        path = sound / ALPHA
        status = path.stat()
        path.write_text(path.read_text("utf-8").replace('"#fees"', '"#feez"'), "utf-8")
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        assert path.stat().st_size == status.st_size
        assert kept(sound, cache) == [("link-fragment", ALPHA)]
    elif change == "other page":
        path = sound / "services/beta/index.html"
        path.write_text(path.read_text("utf-8").replace('href="#fees"', 'href="#none"'), "utf-8")
        assert kept(sound, cache) == [("link-fragment", "services/beta/index.html")]
    else:
        (sound / "files/form.pdf").unlink()
        assert {code for code, _ in kept(sound, cache)} == {"link-missing"}


@pytest.mark.parametrize("content", [b"", b"dead", b"\0" * 5000])
def test_a_dead_cache_is_left_out(content: bytes, faulty: Path, tmp_path: Path) -> None:
    cache = tmp_path / "facts"
    kept(faulty, cache)
    whole = cache.read_bytes()
    cache.write_bytes(content or whole[: len(whole) // 2])
    assert kept(faulty, cache) == [("link-missing", ALPHA)]
    cache.write_bytes(whole[:40] + bytes([whole[40] ^ 1]) + whole[41:])
    assert kept(faulty, cache) == [("link-missing", ALPHA)]


def test_a_cache_that_cannot_be_written_is_no_fault(faulty: Path, tmp_path: Path) -> None:
    blocked = write(tmp_path / "blocked", "a file where a folder should be")
    assert kept(faulty, blocked / "facts") == [("link-missing", ALPHA)]


def test_page_rules_run_once_a_content_and_are_told_at_their_element(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How a rule of one page finds its place: it sees elements, and what it finds is kept with the page."""
    seen: list[str] = []

    def headings(view: PageView) -> Any:
        seen.append(view.file)
        for heading in view.root.find("h2"):
            if heading.text == "費用":
                yield of_element("duplicate-id", view, heading)

    rule = ModuleType("rule")
    rule.__dict__.update({"SUBJECT": "page", "CODES": ("duplicate-id",), "check": headings})
    monkeypatch.setattr(engine, "RULES", (rule,))
    cache = tmp_path / "facts"
    first = inspect(Task(sound, TODAY, cache=cache))
    pages = len(seen)
    assert inspect(Task(sound, TODAY, cache=cache)) == first
    assert len(seen) == pages == first.pages
    (problem,) = first.problems
    line = (sound / problem.spots[0].page).read_text("utf-8").splitlines()[problem.spots[0].line - 1]
    assert line[problem.spots[0].column - 1 :].startswith('<h2 id="費用"')


# --- Our own site


def test_the_demonstration_portal_is_sound(tmp_path: Path) -> None:
    project = copy_project(tmp_path / "office")
    done = check("--root", str(project))
    assert (done.code, done.err) == (0, "")
    assert "Errors: 0, warnings: 0, notices: 0" in done.out
    assert not (project / "site").exists()


def test_a_fault_is_told_at_the_line_of_data_or_of_markdown_that_caused_it(own: Path) -> None:
    address = "https://labor.demo.example/nowhere/"
    replace(own / SERVICE, "https://apply.demo.example/unemployment-benefit", address)
    path = own / "site_src/about.md"
    write(path, path.read_text("utf-8") + "\n\n[x](https://labor.demo.example/nowhere/at-all/)\n")
    done = check("--root", str(own), "--format", "json")
    assert done.code == 1
    of_data, of_page = json.loads(done.out)["problems"]
    line = (own / SERVICE).read_text("utf-8").splitlines()[of_data["line"] - 1]
    assert (of_data["file"], of_data["code"]) == (SERVICE, "link-missing")
    assert line[of_data["column"] - 1 :].startswith(address)
    assert of_data["pages"] == 2
    assert (of_page["file"], of_page["code"]) == ("site_src/about.md", "link-missing")
    assert "at-all" in path.read_text("utf-8").splitlines()[of_page["line"] - 1]


def test_faulty_data_are_told_and_nothing_is_passed(own: Path) -> None:
    replace(own / SERVICE, "title:", "titel:")
    values = told("--root", str(own))
    assert values["errors"] >= 1
    assert "pass" not in values["rules"].values()
    assert check("--root", str(own)).code == 1


def test_the_site_as_it_was_built_can_be_taken(own: Path) -> None:
    assert check("--root", str(own), "--built").code == 0
    shutil.rmtree(own / "site")
    done = check("--root", str(own), "--built")
    assert done.code == 2
    assert "is no site" in done.err


SETTINGS = """
rules:
  orphan: {level: error, reason: {zh: 不能有孤兒頁, en: No page is lost}}
exceptions:
  - {rule: link-missing, place: services/unemployment-benefit/, reason: {zh: 搬家, en: Moving}, until: 2026-11-21}
"""


def test_levels_and_exceptions_are_taken_and_told(own: Path) -> None:
    address = "https://labor.demo.example/nowhere/"
    replace(own / SERVICE, "https://apply.demo.example/unemployment-benefit", address)
    path = own / "data/site.yml"
    write(path, path.read_text("utf-8") + SETTINGS)
    build(own)
    done = check("--root", str(own), "--built", "--today", "2026-11-21")
    assert "Rules with another level: orphan" in done.out
    assert "Set aside by exceptions in site.yml: 1" in done.out
    (problem,) = told("--root", str(own), "--built", "--today", "2026-11-21")["problems"]
    assert [spot["page"] for spot in problem["spots"]] == ["en/services/unemployment-benefit/index.html"]


def test_an_exception_that_has_ended_is_a_fault_itself(own: Path) -> None:
    path = own / "data/site.yml"
    write(path, path.read_text("utf-8") + SETTINGS)
    (problem,) = told("--root", str(own), "--built", "--today", "2026-11-22", "--only", "link")["problems"]
    assert (problem["code"], problem["level"], problem["file"]) == ("exception-expired", "error", "data/site.yml")
    line = path.read_text("utf-8").splitlines()[problem["line"] - 1]
    assert line[problem["column"] - 1 :].startswith("2026-11-21")
    (unused,) = told("--root", str(own), "--built", "--today", "2026-11-21", "--only", "link")["problems"]
    assert (unused["code"], unused["level"]) == ("exception-unused", "warning")


AXE_EXCEPTION = """
exceptions:
  - {rule: axe-heading-order, place: services/, reason: {zh: 改版中, en: Being mended}, until: 2027-06-30}
  - {rule: external-dead, place: "*", reason: {zh: 改版中, en: Being mended}, until: 2027-06-30}
"""
HEADED = "services/unemployment-benefit/index.html"


def first_heading(order: Order, served: Served) -> Looked:
    """What a browser would show if axe disliked the title of a service."""
    answer = served.answer(dict(order.pages)[HEADED])
    assert answer is not None
    heading = next(elements(answer.body).root.find("h1"))
    told_so = {"tag": "h1", "attributes": dict(heading.attributes), "text": heading.text, "nth": 0}
    node = {"target": "h1", "html": "<h1>", "says": "Wrong", "element": told_so, "above": [], "inside": True}
    way = {"wrong": [{"rule": "heading-order", "tags": [], "nodes": [node]}], "axe": "4.12", "rules": 90}
    return Looked(tuple(Seen(file, {("light", 320): way} if file == HEADED else {}) for file, _ in order.pages), "156")


def test_what_a_browser_finds_is_told_at_its_data_kept_and_excepted(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auditing, "look", first_heading)
    monkeypatch.setattr(audits, "make_ready", lambda _: None)
    arguments = ("--root", str(own), "--built", "--browser=all", "--today", "2026-11-21")
    (problem,) = told(*arguments)["problems"]
    line = (own / SERVICE).read_text("utf-8").splitlines()[problem["line"] - 1]
    assert (problem["code"], problem["file"], problem["pages"]) == ("axe-heading-order", SERVICE, 1)
    assert "失業給付申請" in line
    (kept_audit,) = json.loads((own / "data/ledger/accessibility.json").read_text("utf-8"))["audits"]
    assert kept_audit["findings"] == {"axe-heading-order": {"pages": 1, "places": 1}}
    assert (kept_audit["day"], kept_audit["rules"]) == ("2026-11-21", 90)
    path = own / "data/site.yml"
    write(path, path.read_text("utf-8") + AXE_EXCEPTION)
    values = told(*arguments)
    # The exception from links is not called useless: nobody asked for links.
    assert (values["problems"], values["excepted"]) == ([], 1)


def test_a_rule_that_there_is_not_cannot_be_set(own: Path) -> None:
    path = own / "data/site.yml"
    write(path, path.read_text("utf-8") + SETTINGS.replace("orphan:", "orfan:").replace("link-missing", "link-mising"))
    problems = told("--root", str(own), "--built", "--today", "2026-11-21")["problems"]
    assert [(own["code"], own["nearest"]) for own in problems] == [
        ("unknown-rule", "orphan"),
        ("unknown-rule", "link-missing"),
    ]


def test_where_there_is_no_project_it_says_what_to_do(tmp_path: Path) -> None:
    done = check("--root", str(tmp_path))
    assert done.code == 2
    assert "--site" in done.err


# --- The rules themselves


def test_every_code_has_its_rule_and_every_rule_its_words() -> None:
    codes = {(code, rule.SUBJECT) for rule in RULES for code in rule.CODES}
    assert {code for code, _ in codes} | set(axe.CODES) == set(TEXTS)
    assert len(codes) == sum(len(rule.CODES) for rule in RULES)
    assert not {code for code, _ in codes} & set(axe.CODES)
    assert not set(TEXTS) & set(BY_HAND)
    for code, texts in TEXTS.items():
        assert texts.strength in STRENGTHS, code
        assert texts.basis, code
        for words in (texts.name, texts.message, texts.hint):
            assert re.search(r"[\u4e00-\u9fff]", words["zh"]), code
            assert words["en"], code
            assert not re.search(r"[\u4e00-\u9fff]", words["en"]), code


def test_every_rule_has_its_page_in_the_manual() -> None:
    for rule in RULES:
        manual = rule.__doc__ or ""
        assert rule.SUBJECT in ("site", "page")
        assert all(f"`{code}`" in manual for code in rule.CODES), rule
        assert rule.__name__.endswith("unread") or ("Fails: " in manual and "Passes: " in manual), rule


@pytest.mark.parametrize("code", [*TEXTS, *BY_HAND])
def test_every_rule_can_be_explained(code: str) -> None:
    for language in AUTHOR_LANGUAGES:
        done = CliRunner().invoke(cli, ["check", "--explain", code, "--lang", language])
        assert done.exit_code == 0
        name = (TEXTS.get(code) or BY_HAND[code]).name[language]
        assert done.output.startswith(f"{code}: {name}")


def test_a_rule_that_there_is_not_is_not_explained() -> None:
    done = check("--explain", "link-mising")
    assert done.code == 2
    assert "The nearest is “link-missing”" in done.err
    assert check("--explain", "unknown-reference").code == 0


NUMBERS = {
    *(f"FOI-{number:02}" for number in range(1, 11)),
    *(f"META-{number:02}" for number in range(1, 5)),
    *(f"SITE-{number:02}" for number in range(1, 9)),
    *(f"A11Y-{number:02}" for number in range(1, 16)),
    *(f"HM111010{number}C" for number in (0, 1, 3, 4, 5, 6)),
    *(f"HM113010{number}C" for number in range(6)),
    *("HM1130200C", "HM1240102C", "HM1240200C", "HM1240400C", "HM1240401C", "HM1310100C", "HM1410200C", "HM1410201C"),
    *("ME1320200C", "CS2140401C", "HM2310200C", "CS3140800C", "CS3140801C", "CS3140802C", "HM3240900C", "HM3241000C"),
}
"""Every number of our list in these families, and every machine code of the official one."""


def test_every_number_has_a_rule_or_a_reason_why_there_is_none() -> None:
    assert set(ALIASES) >= NUMBERS
    for number, codes in ALIASES.items():
        assert all(code in TEXTS or code in BY_HAND or code in WORDING for code in codes), number


def test_a_number_stands_for_its_rules(faulty: Path) -> None:
    done = check("--explain", "site-04")
    assert done.code == 0
    assert "link-missing: " in done.out
    named = told("--site", str(faulty), "--only", "HM1240401C")["rules"]
    assert set(named) == {code for code in ALIASES["HM1240401C"] if code in TEXTS} | set(BY_HAND)
