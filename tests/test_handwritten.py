"""Handwritten pages: links by id and to other pages, found where they stand."""

from pathlib import Path

import pytest

from mingshi import handwritten
from mingshi.catalogue import Catalogue
from office import FAQ, SERVICE, SITE, catalogue, office


@pytest.fixture
def records(tmp_path: Path) -> Catalogue:
    return catalogue(office(tmp_path, {"services/benefit.yml": SERVICE, "faqs/quit.yml": FAQ}))


def pages(folder: Path, texts: dict[str, str | bytes]) -> Path:
    site_src = folder / "site_src"
    for name, text in texts.items():
        path = site_src / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return site_src


def of(folder: Path, text: str | bytes, records: Catalogue | None) -> list[tuple[str, str]]:
    """The problems of a page, beside one that is there."""
    site_src = pages(folder, {"page.md": text, "there.md": "# There\n"})
    found = handwritten.problems(site_src, "site_src", records)
    return [(str(problem.mark), problem.code) for problem in found]


@pytest.mark.parametrize("page", ["hello.md", "hello/index.md", "en/hello.md", "hello/README.md"])
def test_a_page_of_today_is_not_covered_by_a_redirect(tmp_path: Path, page: str) -> None:
    site_src = pages(tmp_path, {page: "# Hello\n"})
    moved = "from,to\nhello/,list:faqs\nbye/,list:faqs\n"
    found = list(handwritten.covered(site_src, catalogue(office(tmp_path, {"redirects/r.csv": moved}))))

    assert [(str(problem.mark), problem.code) for problem in found] == [
        ("data/redirects/r.csv:2:1", "redirect-of-page")
    ]


def test_a_page_that_the_footer_names_has_to_be_there(tmp_path: Path) -> None:
    site_src = pages(tmp_path, {"privacy.md": "# 隱私\n", "help/index.md": "# 說明\n"})
    own = catalogue(office(tmp_path, {"site.yml": f"{SITE}footer: [privacy, help, privat]\n"}))
    [problem] = handwritten.missing(site_src, own)

    assert (str(problem.mark), problem.code, problem.nearest) == ("data/site.yml:17:25", "unknown-page", "privacy")


def test_the_image_of_the_badge_has_to_be_there(tmp_path: Path) -> None:
    badge = "badge: {image: badge.png, url: https://accessibility.moda.gov.tw/x, level: AA}\n"
    own = catalogue(office(tmp_path, {"site.yml": SITE + badge}))
    [problem] = handwritten.missing(pages(tmp_path, {"a.md": ""}), own)
    assert (str(problem.mark), problem.code) == ("data/site.yml:17:16", "file-missing")

    pages(tmp_path, {"assets/badge.png": b"PNG"})
    assert list(handwritten.missing(tmp_path / "site_src", own)) == []


P = "site_src/page.md"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("[x](service:nope)\n", "1:5", id="first-line"),
        pytest.param("# 標題\n\n請看[這裡](service:nope)。\n", "3:8", id="after-chinese"),
        pytest.param("😀 [x](faq:nope#part)\n", "1:7", id="anchor-after-emoji"),
        pytest.param("[x](<service:nope>)\n", "1:6", id="angle-brackets"),
        pytest.param('[x](service:nope "Title")\n', "1:5", id="title"),
        pytest.param("[x](list:nope)\n", "1:5", id="list"),
        pytest.param("[x](unit:benefit)\n", "1:5", id="id-of-another-kind"),
        pytest.param("- one\n    - [x](service:nope)\n", "2:11", id="in-a-list"),
        pytest.param("| a |\n|---|\n| [x](service:nope) |\n", "3:7", id="in-a-table"),
    ],
)
def test_an_unknown_record_is_reported_at_its_link(tmp_path: Path, records: Catalogue, text: str, place: str) -> None:
    assert of(tmp_path, text, records) == [(f"{P}:{place}", "unknown-reference")]


@pytest.mark.parametrize(
    "text",
    ["[x](service:Nope)\n", "[x](servise:benefit)\n", "[x](service:benefit/)\n", "[x][1]\n\n[1]: service:nope\n"],
)
def test_no_form_of_link_to_an_unknown_record_goes_unnoticed(tmp_path: Path, records: Catalogue, text: str) -> None:
    assert [place.rpartition(":")[0] for place, _ in of(tmp_path, text, records)] in ([f"{P}:1"], [f"{P}:3"])


def test_an_unknown_record_names_the_nearest(tmp_path: Path, records: Catalogue) -> None:
    site_src = pages(tmp_path, {"page.md": "[x](service:benefits)\n"})
    [problem] = handwritten.problems(site_src, "site_src", records)

    assert problem.nearest == "service:benefit"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbfa\r\n\r\n[x](service:nope)\r\n", id="bom-and-crlf"),
        pytest.param(b"a\r\r[x](service:nope)\r", id="cr"),
    ],
)
def test_boms_and_line_ends_do_not_move_marks(tmp_path: Path, records: Catalogue, data: bytes) -> None:
    assert of(tmp_path, data, records) == [(f"{P}:3:5", "unknown-reference")]


@pytest.mark.parametrize(
    "link",
    [
        "service:benefit",
        "faq:quit#why",
        "list:services",
        "there.md",
        "there.md#part",
        "./there.md",
        "there.md?x=1",
        "#part",
        "https://demo.example/nope.md",
        "mailto:job@demo.example",
        "tel:021",
        "/nope.md",
        "nope.pdf",
        "nope/",
    ],
)
def test_a_link_that_leads_somewhere_is_no_problem(tmp_path: Path, records: Catalogue, link: str) -> None:
    assert of(tmp_path, f"[x]({link})\n", records) == []


CODE = [
    pytest.param("```\n[x](service:nope)\n```\n", id="fence"),
    pytest.param("~~~ md\n[x](service:nope)\n~~~\n", id="tildes"),
    pytest.param("````\n```\n[x](service:nope)\n```\n````\n", id="fence-in-a-fence"),
    pytest.param("   ```\n   [x](service:nope)\n   ```\n", id="indented-fence"),
    pytest.param("`[x](service:nope)`\n", id="inline"),
    pytest.param("``[x](service:nope)``\n", id="inline-with-two-backticks"),
    pytest.param("`` ` [x](service:nope) ``\n", id="inline-around-a-backtick"),
    pytest.param("<!-- [x](service:nope) -->\n", id="comment"),
    pytest.param("<!--\n[x](service:nope)\n-->\n", id="comment-of-many-lines"),
]


@pytest.mark.parametrize("text", CODE)
def test_links_in_code_and_comments_are_not_links(tmp_path: Path, records: Catalogue, text: str) -> None:
    assert of(tmp_path, text, records) == []


@pytest.mark.parametrize("text", CODE)
def test_a_link_after_code_is_still_found(tmp_path: Path, records: Catalogue, text: str) -> None:
    line = text.count("\n") + 2

    assert of(tmp_path, f"{text}\n[y](service:gone)\n", records) == [(f"{P}:{line}:5", "unknown-reference")]


@pytest.mark.parametrize(
    ("page", "link", "code"),
    [
        pytest.param("page.md", "gone.md", ["unknown-page"], id="beside"),
        pytest.param("page.md", "gone.md#part", ["unknown-page"], id="with-an-anchor"),
        pytest.param("page.md", "en/there.md", [], id="below"),
        pytest.param("page.md", "en/gone.md", ["unknown-page"], id="gone-below"),
        pytest.param("en/page.md", "../there.md", [], id="above"),
        pytest.param("en/page.md", "there.md", [], id="beside-below"),
        pytest.param("en/page.md", "../../there.md", ["unknown-page"], id="outside"),
        pytest.param("page.md", "%E9%97%9C%E6%96%BC.md", [], id="percent-encoded"),
        pytest.param("page.md", "關於.md", [], id="chinese"),
    ],
)
def test_a_page_that_is_not_there_is_reported(tmp_path: Path, page: str, link: str, code: list[str]) -> None:
    texts: dict[str, str | bytes] = {"there.md": "", "en/there.md": "", "關於.md": "", page: f"一\n[x]({link})\n"}
    found = list(handwritten.problems(pages(tmp_path, texts), "site_src", None))

    assert [problem.code for problem in found] == code
    assert [str(problem.mark) for problem in found] == [f"site_src/{page}:2:5"] * len(code)


def test_a_missing_page_names_the_nearest_as_it_is_to_be_written(tmp_path: Path) -> None:
    site_src = pages(tmp_path, {"en/page.md": "[x](abuot.md)\n", "en/about.md": ""})
    [problem] = handwritten.problems(site_src, "site_src", None)

    assert problem.nearest == "about.md"


def test_without_a_catalogue_links_by_id_are_not_judged(tmp_path: Path) -> None:
    assert of(tmp_path, "[x](service:nope) [y](gone.md)\n", None) == [(f"{P}:1:23", "unknown-page")]


def test_a_page_in_another_encoding_is_a_problem(tmp_path: Path, records: Catalogue) -> None:
    assert of(tmp_path, "# 標題\n".encode("big5"), records) == [(f"{P}:1:3", "not-utf8")]


def test_every_page_is_read_in_order(tmp_path: Path, records: Catalogue) -> None:
    texts: dict[str, str | bytes] = dict.fromkeys(("b.md", "a.md", "en/a.md"), "[x](faq:nope) [y](faq:gone)\n")
    found = handwritten.problems(pages(tmp_path, texts), "site_src", records)

    assert [str(problem.mark) for problem in found] == [
        f"site_src/{page}:1:{column}" for page in ("a.md", "b.md", "en/a.md") for column in (5, 19)
    ]
