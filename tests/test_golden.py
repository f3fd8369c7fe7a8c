"""Golden files: one text holds a small data folder, the problems it has and the pages it makes.

    -- data/services/x.yml --    a file of the office; site, agency and unit are added where they are missing
    -- problems --               expected: place and code, the English message below
    -- page en/services/x/ --    expected: what the page shows inside its shell
    -- file services/x/index.json --    expected: a file that needs no shell: data, or a page at an old address

`pytest --update-golden` rewrites what is expected and fails, so that somebody reads the difference.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from mingshi import pages
from mingshi.build import Build
from mingshi.kinds import RECORDS as KINDS
from office import (
    AGENCY,
    COMMITMENT,
    DATASET,
    DOCUMENT,
    FAQ,
    FORM,
    NOTICE,
    PLAN,
    SERVICE,
    SOP,
    STATISTIC,
    TODAY,
    UNIT,
    catalogue,
    found,
    in_chinese,
    office,
    read,
    ten_items,
    vary,
)

_HEADING = re.compile(r"^-- (.+) --\n", re.MULTILINE)
_BLOCK = re.compile(r"(?<=>)(?=<(?:section|h[1-6]|dl|div|dd|ul|ol|li|table|tbody|tr|details|figure|form|nav|aside)\b)")

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
    written = write(data, folder / "site") if any(name.startswith("file ") for name in expected) else {}
    made = {"problems": say_problems(data)}
    made |= {f"page {url}": html for url, html in painted.items()} | {
        f"file {name}": text for name, text in written.items()
    }
    return {
        name: body if name == "" or name.startswith("data/") else made.get(name, "no such page\n")
        for name, body in expected.items()
    }


def say_problems(data: Path) -> str:
    return "".join(f"{problem.mark} {problem.code}\n    {problem.message['en']}\n" for problem in found(data))


def paint(data: Path) -> dict[str, str]:
    """The inside of every page by its URL; the home page of the first language is `./`."""
    return {
        page.url or "./": _in_lines(page.head + page.main)
        for painter in pages.painters(read(data), None, TODAY)
        for page in pages.paint(painter)
    }


def _in_lines(html: str) -> str:
    """A page has no lines; who reads a difference wants some."""
    return _BLOCK.sub("\n", html).strip("\n") + "\n"


def write(data: Path, site: Path) -> dict[str, str]:
    """Every file that a build writes without MkDocs."""
    made = Build(read(data), site_src=site, today=TODAY)
    for entry in made.catalogue.entries.values():  # their pages stand there already
        (site / entry.path).mkdir(parents=True)
    made._write_json(site)
    made._write_redirects(site)
    return {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in site.rglob("*.*") if path.is_file()}


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
    for folder in (kind.section for kind in KINDS):
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

ENTRIES = """\
title: {zh: 施政計畫, en: Plans}
item: plans
unit: front-desk
entries:
  - title: {zh: 服務計畫, en: Service plan}
    date: 2026-01-05
    record: plan:x
  - title: {zh: 研究報告, en: Research report}
    date: 2026-01-05
    files:
      - path: files/claim.odt
        label: {zh: 全文, en: Full text}
    withheld:
      ground: 18-1-6
      note: {zh: 姓名已遮蔽。, en: Names are masked.}
  - title: {zh: 意見, en: Opinion}
    date: 2026-01-05
    withheld: {ground: 18-1-3, partial: false}
published: 2026-01-02
"""

ONE_OF_EACH = {
    "services/x.yml": vary(
        SERVICE, "en: Employment Insurance Act}\n", 'en: Employment Insurance Act}\n    article: "11"\n'
    ),
    "sops/x.yml": SOP + "services: [x]\n",
    "faqs/x.yml": FAQ + "services: [x]\n",
    "forms/x.yml": FORM + FILES,
    "forms/files/claim.odt": "x",
    "plans/x.yml": vary(PLAN, LEAD, LEAD + SCHEDULE),
    "notices/x.yml": NOTICE + FILES,
    "notices/files/claim.odt": "x",
    "documents/x.yml": DOCUMENT + FILES,
    "documents/files/claim.odt": "x",
    "statistics/x.yml": STATISTIC + "services: [x]\nat_least: '5'\n",
    "datasets/x.yml": DATASET + "coverage: {from: 2026-01-01, until: 2026-12-31}\n",
    "datasets/files/cases.csv": "x",
    "commitments/x.yml": vary(COMMITMENT, "source:\n", "source:\n  plan: x\n  measure: publish-sops\n"),
    **ten_items(plans=ENTRIES),
    "disclosures/files/claim.odt": "x",
}
CHINESE = re.compile("[\u3000-\u9fff\uff00-\uffef]+")
MARKED = re.compile(r'<(span|div|text)(?: class="endt")? lang="zh-Hant-TW"[^>]*>.*?</\1>', re.DOTALL)
OFFICES = ["units/front-desk/", "agencies/labor-bureau/"]
ITEMS = ["disclosures/plans/", "disclosures/meetings/"]
OTHERS = [kind.section for kind in KINDS if kind.name not in ("unit", "agency", "disclosure")]
RECORDS = [*(f"{section}/x/" for section in OTHERS), "plans/x/information/", *ITEMS]
LISTS = [f"{kind.section}/" for kind in KINDS]
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


def test_a_series_without_any_value_yet_has_its_page(tmp_path: Path) -> None:
    series = vary(STATISTIC, ', value: "7"}', "}")
    painted = paint(office(tmp_path, {"statistics/x.yml": series}))

    assert "沒有資料" in painted["statistics/x/"]
    assert "statistics/x/" in painted["statistics/"]


@pytest.mark.parametrize(
    ("day", "shown"),
    [(date(2026, 11, 19), []), (date(2026, 11, 20), ["x"]), (date(2026, 11, 21), ["x"]), (date(2026, 11, 22), [])],
)
def test_a_notice_is_listed_from_its_first_day_to_its_last(tmp_path: Path, day: date, shown: list[str]) -> None:
    notice = vary(NOTICE, "{until: 2026-12-31}", "{from: 2026-11-20, until: 2026-11-21}")
    read_data = read(office(tmp_path, {"notices/x.yml": notice}))
    painted = {page.url: page for page in pages.paint(pages.painters(read_data, None, day)[0])}

    assert re.findall(r'href="../notices/([^/]+)/"', painted["notices/"].main) == shown
    assert "notices/x/" in painted


def test_a_notice_without_a_first_day_begins_when_it_is_published(tmp_path: Path) -> None:
    read_data = read(office(tmp_path, {"notices/x.yml": vary(NOTICE, "2026-01-02", "2026-11-21")}))

    for day, listed in ((date(2026, 11, 20), False), (date(2026, 11, 21), True)):
        painted = {page.url: page for page in pages.paint(pages.painters(read_data, None, day)[0])}
        assert ("../notices/x/" in painted["notices/"].main) is listed
