"""CommonMark of records: what becomes HTML, what never does, and where its links stand."""

import pytest

from mingshi import commonmark


def href(ref: str) -> str:
    return f"../{ref.replace(':', 's/')}/"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        pytest.param("甲**乙**丙", "<p>甲<strong>乙</strong>丙</p>\n", id="emphasis-without-spaces"),
        pytest.param("[x](faq:a)", '<p><a href="../faqs/a/">x</a></p>\n', id="by-id"),
        pytest.param("[x](faq:a#why)", '<p><a href="../faqs/a/#why">x</a></p>\n', id="by-id-with-anchor"),
        pytest.param("[x][1]\n\n[1]: faq:a", '<p><a href="../faqs/a/">x</a></p>\n', id="by-reference"),
        pytest.param("# 大標", "<h3>大標</h3>\n", id="heading-below-the-section"),
        pytest.param("##### 小標", "<h6>小標</h6>\n", id="heading-no-lower-than-six"),
        pytest.param("甲，\n乙。\n丙", "<p>甲，乙。丙</p>\n", id="lines-of-chinese-are-one"),
        pytest.param("**甲**\n[乙](#z)", '<p><strong>甲</strong><a href="#z">乙</a></p>\n', id="across-marks"),
        pytest.param("甲\nform\n乙", "<p>甲\nform\n乙</p>\n", id="words-of-letters-stay-apart"),
        pytest.param("甲\\\n乙", "<p>甲<br />\n乙</p>\n", id="asked-for-line-break"),
        pytest.param("```\n甲\n乙\n```", "<pre><code>甲\n乙\n</code></pre>\n", id="lines-of-code"),
        pytest.param("- 甲\n- 乙", "<ul>\n<li>甲</li>\n<li>乙</li>\n</ul>\n", id="items-of-a-list"),
        pytest.param("`[x](faq:a)`", "<p><code>[x](faq:a)</code></p>\n", id="code"),
    ],
)
def test_a_field_becomes_html(text: str, html: str) -> None:
    assert commonmark.render(text, href) == html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "甲<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>)",
        "![x](vbscript:x)",
        '[x](https://demo.example/"onclick="alert(1))',
        "<a href='javascript:alert(1)'>x</a>",
        "<!-- --><svg/onload=alert(1)>",
    ],
)
def test_record_text_never_becomes_markup_that_acts(text: str) -> None:
    html = commonmark.render(text, href).lower()
    tags = html.split("<")[1:]
    assert not any(tag.startswith(("script", "svg", "iframe")) for tag in tags)
    assert not any(" on" in tag.split(">")[0] for tag in tags)
    assert not any('="javascript' in tag or '="vbscript' in tag or '="data:' in tag for tag in tags)


def test_a_table_can_be_scrolled_by_keyboard_and_has_scopes() -> None:
    html = commonmark.render("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n", href)
    assert '<div class="scroll" tabindex="0">' in html
    assert html.count('<th scope="col">') == 2


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("[x](faq:a)", [("faq:a", "faq:a)")], id="plain"),
        pytest.param('甲乙[丙](faq:a "t") 丁', [("faq:a", 'faq:a "t"')], id="title-after-chinese"),
        pytest.param("[faq:a](faq:a)", [("faq:a", "faq:a)")], id="text-like-the-target"),
        pytest.param("<faq:a>", [("faq:a", "faq:a>")], id="autolink"),
        pytest.param("[x][1]\n\n[1]: faq:a", [("faq:a", "faq:a")], id="definition"),
        pytest.param("[x](faq:a-b)[y](faq:a)", [("faq:a-b", "faq:a-b)"), ("faq:a", "faq:a)")], id="longer-first"),
        pytest.param("- 甲\n- [x](unit:u)\n", [("unit:u", "unit:u)")], id="list"),
        pytest.param("![x](faq:a)", [("faq:a", "faq:a)")], id="image"),
        pytest.param("`[x](faq:a)`\n\n    [x](faq:a)\n", [], id="code"),
        pytest.param("[a](https://x.demo.example) [b](mailto:a@b.example) [c](#d)", [], id="elsewhere"),
    ],
)
def test_links_are_found_where_their_target_is_written(text: str, found: list[tuple[str, str]]) -> None:
    links = commonmark.links(text)
    assert [
        (link.target, text[link.offset :].startswith(rest)) for link, (_, rest) in zip(links, found, strict=True)
    ] == [(target, True) for target, _ in found]


def test_html_of_a_handwritten_page_gets_its_links_by_id() -> None:
    html = '<p><a href="faq:a">x</a> <a href="https://a.demo.example/faq:a">y</a> faq:a</p>'
    assert commonmark.point(html, href) == html.replace('"faq:a"', '"../faqs/a/"')


def test_handwritten_tables_are_named_by_the_heading_above() -> None:
    html = '<table><tr></tr></table><h2 id="a">A</h2><table></table><h3 id="b" class="x">B</h3><p>x</p><table></table>'
    assert commonmark.entitled(html) == (
        '<table><tr></tr></table><h2 id="a">A</h2><table aria-labelledby="a"></table>'
        '<h3 id="b" class="x">B</h3><p>x</p><table aria-labelledby="b"></table>'
    )


def test_tables_of_records_are_named_by_their_headers() -> None:
    html = commonmark.render("|月|**件**|\n|-|-|\n|一|2|\n", str)
    assert '<table class="mini" aria-label="月／件"><thead>' in html.replace("\n", "")
