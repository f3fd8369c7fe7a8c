"""Golden files: one text holds a small data folder, the problems it has and the pages it makes.

    -- data/services/x.yml --    a file of the office; site, agency and unit are added where they are missing
    -- problems --               expected: place and code, the English message below
    -- page en/services/x/ --    expected: what the page shows inside its shell

`pytest --update-golden` rewrites what is expected and fails, so that somebody reads the difference.
"""

import re
from pathlib import Path

import pytest

from mingshi import pages
from office import AGENCY, FAQ, FORM, PLAN, SERVICE, SOP, UNIT, catalogue, found, in_chinese, office, read, vary

_HEADING = re.compile(r"^-- (.+) --\n", re.MULTILINE)

Sections = dict[str, str]


def sections(text: str) -> Sections:
    """The parts of a golden file; what stands before the first heading is its comment, under ''."""
    comment, *rest = _HEADING.split(text)
    return {"": comment} | dict(zip(rest[::2], rest[1::2], strict=True))


def join(parts: Sections) -> str:
    return "".join(f"-- {name} --\n{body}" if name else body for name, body in parts.items())


def actual(expected: Sections, folder: Path) -> Sections:
    """The same parts as the code makes them."""
    files = {name.removeprefix("data/"): body for name, body in expected.items() if name.startswith("data/")}
    data = office(folder, {**files})
    painted = paint(data) if any(name.startswith("page ") for name in expected) else {}
    made = {"problems": say_problems(data)} | {f"page {url}": html for url, html in painted.items()}
    return {
        name: body if name == "" or name.startswith("data/") else made.get(name, "no such page\n")
        for name, body in expected.items()
    }


def say_problems(data: Path) -> str:
    return "".join(f"{problem.mark} {problem.code}\n    {problem.message['en']}\n" for problem in found(data))


def paint(data: Path) -> dict[str, str]:
    """The inside of every page by its URL; the home page of the first language is `./`."""
    return {
        page.url or "./": (page.head + page.main).rstrip("\n") + "\n"
        for painter in pages.painters(read(data), None)
        for page in pages.paint(painter)
    }


def test_golden(golden: Path, tmp_path: Path, update_golden: bool) -> None:
    text = golden.read_text("utf-8")
    expected = sections(text)
    made = actual(expected, tmp_path)
    if update_golden and made != expected:
        golden.write_text(join(made), "utf-8")
        pytest.fail(f"{golden.name} was rewritten; read the difference before you commit it")

    assert made == expected


def test_golden_files_hold_every_kind_and_their_own_expectations() -> None:
    texts = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "golden").glob("*.txt"))]

    assert len(texts) >= 14
    assert all("-- problems --\n" in text for text in texts)
    for folder in ("services", "sops", "faqs", "forms", "plans", "agencies", "units"):
        assert any(re.search(rf"^-- page {folder}/[^/]+/ --$", text, re.MULTILINE) for text in texts), folder
        assert any(re.search(rf"^-- page en/{folder}/[^/]+/ --$", text, re.MULTILINE) for text in texts), folder


@pytest.mark.parametrize(
    ("text", "right"),
    [
        pytest.param("-- problems --\n", True, id="right"),
        pytest.param("-- problems --\ndata/faqs/x.yml:1:1 empty-file\n", False, id="problem-that-is-not-there"),
        pytest.param("-- data/faqs/x.yml --\n-- problems --\n", False, id="problem-that-is-missing"),
        pytest.param("-- problems --\n-- page faqs/nope/ --\n", False, id="page-that-is-not-there"),
        pytest.param("-- problems --\n-- page faqs/ --\n<p>wrong</p>\n", False, id="page-that-differs"),
    ],
)
def test_a_wrong_expectation_is_noticed(tmp_path: Path, text: str, right: bool) -> None:
    expected = sections(text)

    assert (actual(expected, tmp_path) == expected) is right
    assert join(expected) == text


# --- What holds for every page, and no golden file should contradict

FILES = """\
files:
  - path: files/claim.odt
    label: {zh: 空白表單, en: Blank form}
"""
SCHEDULE = """\
            schedule: {zh: 每季, en: Every quarter}
            period: {from: 2026-01-01, until: 2026-06-30}
"""
LEAD = "            lead: [unit:front-desk]\n"

ONE_OF_EACH = {
    "services/x.yml": vary(
        SERVICE, "en: Employment Insurance Act}\n", 'en: Employment Insurance Act}\n    article: "11"\n'
    ),
    "sops/x.yml": SOP + "services: [x]\n",
    "faqs/x.yml": FAQ + "services: [x]\n",
    "forms/x.yml": FORM + FILES,
    "forms/files/claim.odt": "x",
    "plans/x.yml": vary(PLAN, LEAD, LEAD + SCHEDULE),
}
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]+")
MARKED = re.compile(r'<(span|div) lang="zh-Hant-TW">.*?</\1>', re.DOTALL)
RECORDS = ["services/x/", "sops/x/", "faqs/x/", "forms/x/", "plans/x/", "plans/x/information/"]
OFFICES = ["units/front-desk/", "agencies/labor-bureau/"]
LISTS = ["services/", "sops/", "faqs/", "forms/", "plans/", "agencies/", "units/"]
PAGES = [pytest.param(path, id=path or "home") for path in ["", *LISTS, *RECORDS, *OFFICES]]

Painted = dict[str, str]


@pytest.fixture(scope="module")
def translated(tmp_path_factory: pytest.TempPathFactory) -> Painted:
    """The pages of an office with one record of each kind in both languages."""
    return painted(tmp_path_factory, ONE_OF_EACH)


@pytest.fixture(scope="module")
def untranslated(tmp_path_factory: pytest.TempPathFactory) -> Painted:
    """The same with the records in Chinese alone."""
    return painted(tmp_path_factory, {name: in_chinese(text) for name, text in ONE_OF_EACH.items()})


@pytest.fixture(scope="module")
def unnamed(tmp_path_factory: pytest.TempPathFactory) -> Painted:
    """The same with the unit and its agency in Chinese alone."""
    offices = {"units/front-desk.yml": in_chinese(UNIT), "agencies/labor-bureau.yml": in_chinese(AGENCY)}
    return painted(tmp_path_factory, {**ONE_OF_EACH, **offices})


def painted(factory: pytest.TempPathFactory, files: dict[str, str]) -> Painted:
    data = office(factory.mktemp("office"), {**files})
    catalogue(data)
    return paint(data)


def unmarked(html: str) -> list[str]:
    """The Chinese in an English page that is not marked as such."""
    return CHINESE.findall(MARKED.sub("", html))


@pytest.mark.parametrize("path", PAGES)
def test_a_translated_page_holds_nothing_chinese(translated: Painted, path: str) -> None:
    assert CHINESE.findall(translated[f"en/{path}"]) == []


@pytest.mark.parametrize("path", PAGES)
def test_text_without_translation_is_marked_with_its_language(untranslated: Painted, path: str) -> None:
    assert unmarked(untranslated[f"en/{path}"]) == []


@pytest.mark.parametrize("path", PAGES)
def test_names_of_offices_without_translation_are_marked_with_their_language(unnamed: Painted, path: str) -> None:
    assert unmarked(unnamed[f"en/{path}"]) == []


@pytest.mark.parametrize("path", ["plans/x/", "plans/"])
def test_one_measure_is_singular_in_english(translated: Painted, path: str) -> None:
    assert "1 measures" not in translated[f"en/{path}"]


def test_a_schedule_and_its_dates_do_not_run_together(translated: Painted) -> None:
    assert "Every quarter1 January 2026" not in re.sub(r"<[^>]+>", "", translated["en/plans/x/information/"])
