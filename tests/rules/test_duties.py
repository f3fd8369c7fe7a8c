"""What offices put into their pages and records: each duty met, and each way to miss it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from mingshi.built import Way, read_site
from mingshi.built.parsing import PageReader
from mingshi.rules import disclosure_duties, dublin_core, guide_bricks, page_duties, page_titles, site_duties
from mingshi.rules.finding import Finding, Inspection, PageView, Person
from office import catalogue, office, ten_items

BRICKS = "".join(f'<a id="A{key}" href="#A{key}" accesskey="{key}" title="x">:::</a>' for key in ("U", "C", "Z"))
SKIP = '<a href="#main">跳到主要內容區塊</a>'
GOOD = (
    '<!doctype html><html lang="zh-Hant-TW"><head><title>x</title></head><body>{skip}{bricks}'
    '<nav><ol><li aria-current="page">x</li></ol></nav><main id="main"><h1>{h1}</h1>{main}</main>'
    '<dl><dt>發布單位</dt><dd>x</dd><dt>更新日期</dt><dd><time datetime="2026-01-02">x</time></dd></dl>'
    '<a href="tel:+88620000">x</a></body></html>'
)


def view(file: str = "a/index.html", skip: str = SKIP, bricks: str = BRICKS, **more: str) -> PageView:
    return of_html(GOOD.format(skip=skip, bricks=bricks, **{"h1": "x", "main": "", **more}), file)


def of_html(html: str, file: str = "a/index.html") -> PageView:
    facts, tree = PageReader().both(html.encode())
    return PageView(file, tree, facts)


def told(findings: Iterable[Finding | Person]) -> list[tuple[str, str]]:
    return [(own.code, own.url) for own in findings if isinstance(own, Finding)]


def test_a_page_with_skip_link_and_bricks_is_good() -> None:
    assert told(guide_bricks.check(view())) == []
    assert told(page_duties.check(view())) == []


@pytest.mark.parametrize(
    ("skip", "bricks", "expected"),
    [
        ("", BRICKS, [("skip-link-missing", ":::")]),
        ('<a href="#gone">x</a>', BRICKS, [("skip-link-missing", "x")]),
        ('<a href="../">Home</a>' + SKIP, BRICKS, [("skip-link-missing", "Home")]),
        (SKIP, BRICKS.replace('accesskey="C"', ""), [("brick-missing", "C")]),
        (SKIP, BRICKS.replace('href="#AZ"', 'href="#main"'), [("brick-missing", "Z")]),
    ],
)
def test_bricks_that_are_missing_are_told(skip: str, bricks: str, expected: list[tuple[str, str]]) -> None:
    assert told(guide_bricks.check(view(skip=skip, bricks=bricks))) == expected


def test_the_sitemap_page_lists_the_keys_in_use() -> None:
    keys = "".join(f"<kbd>Alt</kbd>＋<kbd>{key}</kbd>" for key in "UCZ")
    assert told(guide_bricks.check(view("sitemap/index.html", main=keys))) == []
    less = view("en/sitemap/index.html", main=keys.replace("<kbd>Z</kbd>", "<kbd>S</kbd>"))
    assert told(guide_bricks.check(less)) == [("accesskey-unlisted", "S"), ("accesskey-unlisted", "Z")]


def test_a_page_says_whose_it_is_and_where_it_stands() -> None:
    bare = of_html("<html lang=en><body><main><h1>x</h1></main></body></html>")
    found = list(page_duties.check(bare))
    assert [own.code for own in found] == ["page-origin-missing", "breadcrumb-missing"]
    assert found[0].facts["missing"] == {
        "zh": "更新日期、發布單位、聯絡方式",
        "en": "the day of the last update, who published it, a phone number or mail address",
    }
    home = of_html("<html lang=en><body><p>Published by x</p><time>y</time><a href='mailto:a@b.c'>z</a></body></html>")
    for file in ("index.html", "en/index.html", "404.html"):
        home.file = file
        assert told(page_duties.check(home)) == []


def test_policies_have_their_parts() -> None:
    whole = "適用範圍 蒐集個人資料 Cookie 資訊安全 政策修訂 聯絡"
    assert told(page_duties.check(view("privacy/index.html", main=whole))) == []
    (found,) = page_duties.check(view("privacy/index.html", main=whole.replace("Cookie", "")))
    assert (found.code, found.subject) == ("privacy-sections-missing", "cookies")
    terms = "15天內決定，7天內補正，第三人10天，收費，訴願"
    assert told(page_duties.check(view(h1="申請政府資訊", main=terms))) == []
    (found,) = page_duties.check(view(h1="申請政府資訊", main=terms.replace("訴願", "")))
    assert (found.code, found.subject) == ("request-terms-missing", "appeal")


def test_a_page_without_metadata_is_told_what_it_lacks() -> None:
    names = [name for name in dublin_core._ELEMENTS if name != "DC.Rights"]
    metas = "".join(f'<meta name="{name}" content="2026">' for name in names)
    found = told(dublin_core.check(of_html(f"<head>{metas}</head><body>x</body>")))
    assert ("meta-element-missing", "DC.Rights") in found


def page(title: str, body: str = "") -> str:
    publisher = '<meta name="DC.Publisher" content="Demo City Labor Bureau">'
    return f"<!doctype html><html lang=en><head><title>{title}</title>{publisher}</head><body>{body}</body></html>"


def inspection(tmp_path: Path, files: dict[str, str], **items: str) -> Inspection:
    for name, html in files.items():
        path = tmp_path / "site" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, "utf-8")
    records = catalogue(office(tmp_path / "data", ten_items(**items)))
    return Inspection(read_site(tmp_path / "site", Way()), date(2026, 11, 21), records)


def test_a_site_leads_home_and_has_a_page_for_each_folder(tmp_path: Path) -> None:
    links = '<a href="/">h</a><a href="/sitemap/">s</a><a href="/search/">q</a>'
    files = {name: page(name, links) for name in ("index.html", "sitemap/index.html", "search/index.html")}
    assert told(site_duties.check(inspection(tmp_path, files))) == []
    files["a/b/index.html"] = page("b", links.replace('<a href="/search/">q</a>', "")).replace("Demo City", "Other")
    assert told(site_duties.check(inspection(tmp_path, files))) == [
        ("global-link-missing", "search/index.html"),
        ("folder-without-index", "a/"),
        ("meta-publisher", "Other Labor Bureau"),
    ]


def test_titles_have_something_of_the_heading(tmp_path: Path) -> None:
    files = {
        "index.html": page("Site", "<h1>What do you need?</h1>"),
        "a/b/index.html": page("Fees｜Site", "<h1>Fees of courses</h1>"),
        "a/c/index.html": page("Home｜Site", "<h1>Unemployment</h1>"),
    }
    found = [own for own in told(page_titles.check(inspection(tmp_path, files))) if own[0] == "title-not-heading"]
    assert found == [("title-not-heading", "Home｜Site")]


def disclosure(item: str, entries: str) -> str:
    head = f"title: {{zh: {item}, en: {item}}}\nitem: {item}\nunit: front-desk\npublished: 2026-01-02\n"
    return f"{head}entries:\n{entries}"


def entry(title: str, day: str, more: str = "number: 1") -> str:
    return f"  - {{title: {{zh: {title}, en: x}}, date: {day}, record: agency:labor-bureau, {more}}}\n"


@pytest.mark.parametrize(
    ("item", "entries", "expected"),
    [
        ("subsidies", entry("第3季", "2026-10-15"), []),
        ("subsidies", entry("第2季", "2026-07-15"), [("foi-quarter-old", "2026-07-15")]),
        ("budget", entry("115年度預算", "2026-01-02") + entry("114年度預算", "2025-01-02"), []),
        ("budget", entry("114年度預算", "2026-01-02"), [("foi-year-gap", "114年度預算")]),
        (
            "budget",
            entry("115年度預算", "2026-01-02") + entry("113年度預算", "2025-01-02"),
            [("foi-year-gap", "113年度預算")],
        ),
        ("budget", entry("115年度預算", "2026-01-02") + entry("114年度決算", "2026-07-31"), []),
        ("plans", entry("x", "2027-01-02"), [("record-date-future", "2027-01-02")]),
        ("laws", entry("收費自治條例", "2026-01-02"), []),
        (
            "laws",
            entry("收費自治條例", "2026-01-02", "note: {zh: x, en: x}"),
            [("foi-gazette-missing", "收費自治條例")],
        ),
        ("laws", entry("行政程序法", "2026-01-02", "note: {zh: x, en: x}"), []),
        ("plans", entry("x", "2026-01-02") + "review_every: 12 months\n", []),
        ("plans", entry("x", "2026-01-02") + "review_every: 10 months\n", [("review-due", "2026-11-02")]),
        ("plans", entry("x", "2026-01-02") + "review_every: 3 months\n", [("review-overdue", "2026-04-02")]),
    ],
)
def test_disclosures_are_in_time(item: str, entries: str, expected: list[tuple[str, str]], tmp_path: Path) -> None:
    files = {"index.html": page("x")}
    assert told(disclosure_duties.check(inspection(tmp_path, files, **{item: disclosure(item, entries)}))) == expected
