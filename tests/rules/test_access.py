"""What keeps people from reading a page: every planted fault is found, and nothing that only looks like one."""

from pathlib import Path

import pytest

from mingshi.rules import ACCESS
from mingshi.rules.texts import TEXTS
from rules.access_cases import FAULTS, TRAPS
from rules.planted import CSS, DOWNLOADS, Case, both, in_head, in_page, put, swap
from rules.test_planted import found, judged, spoiled

ALPHA = "services/alpha/index.html"
SHEET = "assets/style.css"
LANG = '<html lang="zh-Hant-TW">'
ENGLISH = "<p>You can apply for this at the office or by post, and we will answer in fourteen days.</p>" * 3


def css(text: str) -> bytes:
    return (CSS + text).encode()


HEADS = (
    Case("no language", swap(ALPHA, LANG, "<html>"), (("lang-missing", ALPHA, "<html>"),)),
    Case("no such language", swap(ALPHA, LANG, '<html lang="tw-ZH-x">'), ()),
    Case("language that is none", swap(ALPHA, LANG, '<html lang="zh_TW">'), (("lang-invalid", ALPHA, "zh_TW"),)),
    Case(
        "two languages",
        swap(ALPHA, LANG, '<html lang="zh-Hant-TW" xml:lang="en">'),
        (("lang-mismatch", ALPHA, "zh-Hant-TW"),),
    ),
    Case("same twice", swap(ALPHA, LANG, '<html lang="zh-Hant-TW" xml:lang="zh">')),
    Case("English under a Chinese flag", in_page(ALPHA, ENGLISH), (("lang-wrong", ALPHA, "zh-Hant-TW"),)),
    Case("no title", swap(ALPHA, "<title>alpha </title>", ""), (("title-missing", ALPHA, ""),)),
    Case("blank title", swap(ALPHA, "<title>alpha </title>", "<title> </title>"), (("title-missing", ALPHA, ""),)),
    Case(
        "title of another page",
        swap(ALPHA, "<title>alpha </title>", "<title>About</title>"),
        (("title-repeated", ALPHA, "About"),),
    ),
    Case(
        "viewport that is fixed",
        in_head(ALPHA, '<meta name="viewport" content="width=device-width, user-scalable=no">'),
        (("viewport-no-zoom", ALPHA, "width=device-width, user-scalable=no"),),
    ),
    Case(
        "viewport of less than twice",
        in_head(ALPHA, '<meta name="viewport" content="maximum-scale=1.5">'),
        (("viewport-no-zoom", ALPHA, "maximum-scale=1.5"),),
    ),
    Case("viewport", in_head(ALPHA, '<meta name="viewport" content="width=device-width, maximum-scale=5">')),
    Case("viewport that is not", in_head(ALPHA, '<meta name="view" content="user-scalable=no">')),
    Case("hidden body", swap(ALPHA, "<body>", '<body aria-hidden="true">'), (("body-hidden", ALPHA, "<body>"),)),
    Case(
        "no heading",
        swap(ALPHA, "<h1>alpha </h1>", "<p>alpha</p>"),
    ),
    Case(
        "day of the Republic",
        in_head(ALPHA, '<meta name="DC.Date" content="115.5.29">'),
        (("meta-date-malformed", ALPHA, "115.5.29"),),
    ),
    Case(
        "ends before it starts",
        in_head(
            ALPHA,
            '<meta name="DC.Coverage.t.min" content="2026-02-01"><meta name="DC.coverage.t.max" content="2026-01-01">',
        ),
        (("meta-date-malformed", ALPHA, "2026-01-01"),),
    ),
    Case("code", in_head(ALPHA, '<meta name="Category.Theme" content="x">'), (("meta-code-malformed", ALPHA, "x"),)),
    Case("two codes", in_head(ALPHA, '<meta name="Category.Cake" content="812, C21">')),
    Case("day", in_head(ALPHA, '<meta name="DC.Date" content="2026-05-29T10:00:00+08:00">')),
    Case("fixed size", put(SHEET, css("p{font-size:13px}")), (("font-size-fixed", SHEET, "13px"),)),
    Case("fixed size in short", put(SHEET, css("p{font:italic 13pt/2 a}")), (("font-size-fixed", SHEET, "13pt"),)),
    Case("fixed line", put(SHEET, css("p{line-height:20px}")), (("line-height-fixed", SHEET, "20px"),)),
    Case("fixed column", put(SHEET, css("main{max-width:960px}")), (("column-width-fixed", SHEET, "960px"),)),
    Case("narrow picture", put(SHEET, css("img{max-width:120px}@media (max-width:960px){p{margin:0}}"))),
    Case(
        "closed format",
        both(put("files/old.docx", DOWNLOADS["form.docx"]), in_page(ALPHA, '<a href="/files/old.docx">x</a>')),
        (("download-closed", ALPHA, "/files/old.docx"),),
    ),
    Case("closed and open", in_page(ALPHA, '<a href="/files/form.docx">x</a>')),
    Case(
        "closed here, open elsewhere",
        both(
            put("files/old.docx", DOWNLOADS["form.docx"]),
            in_page(ALPHA, '<a href="/files/old.docx">x</a> <a href="https://a.example/old.odt">y</a>'),
        ),
    ),
    Case("pale", put(SHEET, css(".b{color:#ccc;background:#fff}")), (("contrast-low", SHEET, "#ccc"),)),
    Case("no focus", put(SHEET, css("a:focus{outline:none}")), (("focus-hidden", SHEET, "a:focus"),)),
    Case("no outline", put(SHEET, css("*{outline:0}")), (("focus-hidden", SHEET, "*"),)),
    Case(
        "turned",
        put(SHEET, css("@media (orientation:portrait){body{transform:rotate(90deg)}}")),
        (("orientation-locked", SHEET, "rotate(90deg)"),),
    ),
    Case("sheet that nobody uses", put("assets/old.css", "p{font-size:13px}")),
    Case("print", both(put("assets/print.css", "p{font-size:10pt}"))),
    Case("sizes that grow", put(SHEET, css("p{font-size:.9rem;line-height:1.5;max-width:60ch}"))),
    Case("focus of its own", put(SHEET, css("a:focus{outline:none;box-shadow:0 0 0 3px}"))),
    Case("focus elsewhere", put(SHEET, css(":focus{outline:none}:focus-visible{outline:3px solid}"))),
    Case(
        "only with the mouse", put(SHEET, css(":focus:not(:focus-visible){outline:none}a:focus-visible{outline:auto}"))
    ),
    Case("wheel", put(SHEET, css("@media (orientation:portrait){.w{transform:rotate(4deg)}}"))),
    Case("switched off", put(SHEET, css("a:disabled{color:#ccc;background:#fff}"))),
)


@pytest.mark.parametrize(("code", "url", "html"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_is_found_and_nothing_else(code: str, url: str, html: str, tmp_path: Path) -> None:
    files = spoiled([Case("", in_page(ALPHA, html))])
    assert found(judged(tmp_path, files, only=())) == [(code, ALPHA, url)]


@pytest.mark.parametrize("html", TRAPS)
def test_what_only_looks_like_a_fault_is_none(html: str, tmp_path: Path) -> None:
    assert found(judged(tmp_path, spoiled([Case("", in_page(ALPHA, html))]), only=())) == []


@pytest.mark.parametrize("case", HEADS, ids=lambda case: case.name)
def test_pages_and_sheets_as_a_whole(case: Case, tmp_path: Path) -> None:
    got = [own for own in found(judged(tmp_path, spoiled([case]), only=())) if own[0] in _CODES]
    assert got == sorted(case.found)


_CODES = {code for rule in ACCESS for code in rule.CODES} | {"meta-date-malformed", "meta-code-malformed"}


def test_a_page_without_any_heading_is_found(tmp_path: Path) -> None:
    files = spoiled([])
    files["about/index.html"] = files["about/index.html"].replace(b"<h1>About</h1>", b"<p>About</p>")
    assert found(judged(tmp_path, files, only=())) == [("heading-missing", "about/index.html", "<body>")]


def test_every_code_is_planted() -> None:
    planted = {code for code, _, _ in FAULTS} | {own[0] for case in HEADS for own in case.found} | {"heading-missing"}
    assert {code for code in _CODES if not TEXTS[code].office} <= planted
    assert len(TRAPS) >= len(FAULTS)


def test_all_passages_together(tmp_path: Path) -> None:
    """Full recall on one page that has every fault; and one that has every trap is sound but for ids said twice."""
    apart = {"heading-several", "heading-skipped", "main-several", "lang-wrong"}
    html = "\n".join(f"<div>{html}</div>" for code, _, html in FAULTS if code not in apart)
    got = found(judged(tmp_path / "faults", spoiled([Case("", in_page(ALPHA, html))]), only=()))
    assert {code for code, _, _ in FAULTS} - {own[0] for own in got} <= apart
    html = "\n".join(f"<div>{html}</div>" for html in TRAPS)
    got = found(judged(tmp_path / "traps", spoiled([Case("", in_page(ALPHA, html))]), only=()))
    assert {own[0] for own in got} <= {"duplicate-id"}
