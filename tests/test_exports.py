"""Files for machines: the sitemap, in one file or in many."""

import xml.etree.ElementTree as ET
from datetime import date

import pytest

from mingshi import exports
from mingshi.exports import Location, folders_without_page, sitemap, squeezed
from mingshi.languages import DEFAULT

BASE = "https://a.demo.example/x/"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PLACES = [Location(f"faqs/q{number}/", ("zh", "en"), date(2026, 1, number + 1)) for number in range(5)]


def locations(text: str) -> list[str]:
    return [loc.text or "" for loc in ET.fromstring(text).iter(f"{SITEMAP}loc")]


def test_a_page_is_listed_once_a_language_with_its_twin_and_its_day() -> None:
    [(name, text)] = exports.sitemaps(PLACES[:1], DEFAULT, BASE)
    root = ET.fromstring(text)
    twins = [link.get("href") for link in root.iter("{http://www.w3.org/1999/xhtml}link")]
    assert name == "sitemap.xml"
    assert locations(text) == [f"{BASE}faqs/q0/", f"{BASE}en/faqs/q0/"]
    assert twins == [f"{BASE}faqs/q0/", f"{BASE}en/faqs/q0/"] * 2
    assert [day.text for day in root.iter(f"{SITEMAP}lastmod")] == ["2026-01-01"] * 2


def test_a_page_in_one_language_names_no_twin() -> None:
    [(_, text)] = exports.sitemaps([Location("about/", ("zh",))], DEFAULT, BASE)
    assert "xhtml:link " not in text
    assert locations(text) == [f"{BASE}about/"]


def test_too_many_pages_for_one_file_are_an_index_of_several(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "URLS_A_FILE", 4)
    files = dict(exports.sitemaps(PLACES, DEFAULT, BASE))
    assert set(files) == {"sitemap.xml", "sitemap-1.xml", "sitemap-2.xml", "sitemap-3.xml"}
    assert locations(files["sitemap.xml"]) == [f"{BASE}sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [url for number in (1, 2, 3) for url in locations(files[f"sitemap-{number}.xml"])]
    assert len(listed) == len(set(listed)) == 10


@pytest.mark.parametrize(
    ("css", "small"),
    [
        ("a { color: red; }\n\nb,\nc > d { margin: 0 auto }\n", "a{color:red}b,c>d{margin:0 auto}"),
        ("/* why */ a { color: red } /* and */ b { x: y }", "a{color:red} b{x:y}"),
        ('a::before { content: "x;  { /* no */ }" }', 'a::before{content:"x;  { /* no */ }"}'),
        ("a { content: '\\'  ;' }", "a{content:'\\'  ;'}"),
        ("ul :hover { x: calc(1px + 2px) }", "ul :hover{x:calc(1px + 2px)}"),
        ("@media (min-width: 62rem) { a { x: y } }", "@media (min-width:62rem){a{x:y}}"),
    ],
)
def test_a_style_sheet_keeps_its_rules_and_strings(css: str, small: str) -> None:
    assert squeezed(css) == small


def test_folders_without_a_page_lead_to_the_next_page_above() -> None:
    paths = ("", "topics/", "topics/theme/100/", "topics/theme/100/2/", "a/b/c/", "about/")
    assert folders_without_page(paths) == {"topics/theme/": "topics/", "a/b/": "", "a/": ""}
