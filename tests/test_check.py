"""`mingshi check` over a folder of HTML: a planted fault is one code at its page; what looks like one is none."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from mingshi.catalogue import load
from mingshi.cli_check import check as command
from mingshi.rules.settings import settings_of, sift
from office import SERVICE, SITE, TODAY, office
from sites import SMALL

PAGE = """\
<!doctype html>
<html lang="zh-Hant-TW"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>
<nav><a href="{up}">首頁</a> <a href="{up}a/">甲</a> <a href="{up}b/">乙</a></nav>
<p id="part">段落</p>
<p id="說明">說明</p>
{more}
</body></html>
"""
PAGES = {"index.html": ("首頁", "./"), "a/index.html": ("甲", "../"), "b/index.html": ("乙", "../")}
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==")
PDF = (SMALL / "data/documents/files/plan-115.pdf").read_bytes()


def site(folder: Path, more: str = "", files: dict[str, bytes] | None = None) -> Path:
    """Three pages that link to each other; `more` stands on the page a/."""
    for name, (title, up) in PAGES.items():
        path = folder / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        own = more if name == "a/index.html" else ""
        path.write_text(PAGE.format(title=title, up=up, more=own), "utf-8")
    for name, content in (files or {}).items():
        path = folder / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / "site"


def check(*arguments: str) -> tuple[int, Any]:
    done = CliRunner().invoke(command, ["--format", "json", *arguments])
    return done.exit_code, json.loads(done.stdout) if done.stdout.startswith("{") else done.output


def found(folder: Path) -> list[tuple[str, str]]:
    _, report = check("--site", str(folder))
    return [(finding["code"], finding["page"]) for finding in report["findings"]]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ('<a href="../gone/">無</a>', "link-missing"),
        ('<a href="../B/">乙</a>', "link-case"),
        ('<a href="#nope">無</a>', "link-fragment"),
        ('<a href="../b/#nope">無</a>', "link-fragment"),
        ('<a href="">空</a>', "link-empty"),
        ('<a href="javascript:void(0)">動作</a>', "link-script"),
        ('<a href="../b/"></a>', "link-empty-text"),
        ('<a href="../b/"><img src="../x.png" alt=""></a>', "link-empty-text"),
        ('<a href="mailto:nobody">寫信</a>', "mail-malformed"),
        ('<a href="tel:call-me">電話</a>', "phone-malformed"),
        ('<img src="../none.png" alt="圖">', "asset-missing"),
        ('<img srcset="../x.png 1x, ../none.png 2x" alt="圖">', "asset-missing"),
        ('<video poster="../none.png"></video>', "asset-missing"),
        ('<link rel="preload" href="../none.woff2" as="font">', "asset-missing"),
        ("<style>p { background: url(../none.png) }</style>", "asset-missing"),
        ('<script src="http://cdn.example.org/x.js"></script>', "insecure-subresource"),
        ('<form action="http://example.org/send"></form>', "insecure-form"),
        ('<p id="part">再一次</p>', "duplicate-id"),
        ('<a href="../empty.pdf">檔案（PDF）</a>', "download-empty"),
        ('<a href="../wrong.pdf">檔案（PDF）</a>', "download-mislabelled"),
        ('<a href="../x.pdf">檔案（ODT）</a>', "download-label"),
        ('<a href="http://localhost:8000/">本機</a>', "link-local"),
    ],
)
def test_a_planted_fault_is_one_finding_at_its_page(tmp_path: Path, more: str, code: str) -> None:
    files = {
        "x.png": b"\x89PNG\r\n\x1a\n" + bytes(64),
        "empty.pdf": b"",
        "wrong.pdf": b"PK\x03\x04" + bytes(64),
        "x.pdf": PDF,
    }
    assert (code, "a/index.html") in found(site(tmp_path, more, files))


@pytest.mark.parametrize(
    "more",
    [
        '<a href="../b/#part">乙</a>',
        '<a href="../b/#%E8%AA%AA%E6%98%8E">說明</a> <a href="../b/#說明">說明</a>',
        '<a href="#top">頁首</a> <a href="#">頁首</a>',
        '<a href="../b/#:~:text=段落">文字</a>',
        '<a href="../b/" href="../gone/">第一個才算</a>',
        '<textarea><a href="../gone/">不是連結</a></textarea>',
        '<script>var x = "<a href=../gone/>no</a>";</script>',
        '<template><a href="../gone/">不是連結</a></template>',
        '<!-- <a href="../gone/">不是連結</a> -->',
        '<a href="../x.pdf#page=2">檔案（PDF）</a>',
        '<a href="../b/" aria-label="乙"></a>',
        '<svg><g aria-hidden="true"><a href="../b/" tabindex="-1"><rect width="9" height="9"/></a></g></svg>',
        '<a href="../b/"><img src="../x.png" alt="乙"></a>',
        '<a href="mailto:desk@demo.example?subject=a%20b">寫信</a> <a href="tel:+886200001234,21">電話</a>',
        '<a href="https://law.moj.gov.tw/">別的網站</a>',
    ],
)
def test_what_only_looks_like_a_fault_is_none(tmp_path: Path, more: str) -> None:
    assert found(site(tmp_path, more, {"x.png": PNG, "x.pdf": PDF})) == []


def test_a_page_that_nothing_leads_to_is_an_orphan(tmp_path: Path) -> None:
    page = PAGE.format(title="孤兒", up="../", more="").encode()
    assert found(site(tmp_path, files={"alone/index.html": page})) == [("orphan", "alone/index.html")]


def test_a_finding_has_its_line_and_url(tmp_path: Path) -> None:
    code, report = check("--site", str(site(tmp_path, '<p>一</p>\n<a href="../gone/">無</a>')))
    [finding] = report["findings"]

    assert code == 1
    assert (finding["code"], finding["page"], finding["line"], finding["url"]) == (
        "link-missing",
        "a/index.html",
        8,
        "../gone/",
    )


def test_a_fault_of_every_page_is_reported_once_and_says_on_how_many(tmp_path: Path) -> None:
    folder = site(tmp_path)
    for name, (_, up) in PAGES.items():
        path = folder / name
        path.write_text(path.read_text("utf-8").replace("</nav>", f'<a href="{up}gone/">無</a></nav>'), "utf-8")
    _, report = check("--site", str(folder))

    assert len(report["findings"]) == 3
    assert [problem["code"] for problem in report["problems"]] == ["link-missing"]


def test_a_folder_without_any_page_is_misuse(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        code, said = check("--site", str(folder), "--lang", "en")
        assert code == 2
        assert "is no site" in said


def test_a_dead_cache_or_none_finds_the_same(tmp_path: Path) -> None:
    folder = site(tmp_path, '<a href="../gone/">無</a>')
    assert check("--site", str(folder)) == check("--site", str(folder), "--no-cache")


def test_a_baseline_lets_only_what_is_new_fail(tmp_path: Path) -> None:
    folder = site(tmp_path, '<a href="../gone/">無</a>')
    old = tmp_path / "old.json"
    assert CliRunner().invoke(command, ["--site", str(folder), "--format", "json", "--output", str(old)]).exit_code == 1
    assert check("--site", str(folder), "--baseline", str(old))[0] == 0

    site(tmp_path, '<a href="../gone/">無</a> <a href="../lost/">無</a>')
    code, report = check("--site", str(folder), "--baseline", str(old))
    assert (code, [problem["code"] for problem in report["problems"]]) == (1, ["link-missing"])


@pytest.mark.parametrize("form", ["text", "json", "sarif", "junit", "github"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_form_of_report_names_the_fault(tmp_path: Path, form: str, language: str) -> None:
    folder = site(tmp_path, '<a href="../gone/">無</a>')
    done = CliRunner().invoke(command, ["--site", str(folder), "--format", form, "--lang", language])

    assert done.exit_code == 1
    assert "link-missing" in done.stdout
    assert "a/index.html" in done.stdout


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ("rules: {no-such-rule: {level: warning, reason: x}}", ["unknown-rule"]),
        ("exceptions: [{rule: link-missing, place: 'a/', reason: x, until: 2026-01-01}]", ["exception-expired"]),
        ("exceptions: [{rule: link-missing, place: 'a/', reason: x, until: 2099-01-01}]", ["exception-unused"]),
    ],
)
def test_what_an_office_sets_aside_is_never_silent(tmp_path: Path, settings: str, codes: list[str]) -> None:
    data = office(tmp_path, {"site.yml": f"{SITE}{settings}\n", "services/benefit.yml": SERVICE})
    loaded = load(data)
    assert loaded.catalogue is not None, [str(problem.mark) + problem.message["en"] for problem in loaded.problems]
    own = settings_of(loaded.catalogue.site, loaded.catalogue.site_place, TODAY)

    problems = (*own.problems, *sift((), own).unused)
    assert [problem.code for problem in problems] == codes
    assert all(str(problem.mark).startswith("data/site.yml:17:") for problem in problems)


def test_a_rule_explains_itself() -> None:
    done = CliRunner().invoke(command, ["--explain", "link-missing", "--lang", "en"])
    assert done.exit_code == 0
    assert "To mend:" in done.output

    wrong = CliRunner().invoke(command, ["--explain", "link-mising", "--lang", "en"])
    assert wrong.exit_code == 2
    assert "link-missing" in wrong.output
