"""Long lists: pages of at most 100 rows that continue by unit, and record pages that stay light."""

import re
from pathlib import Path

import pytest

from mingshi import pages
from mingshi.frame import Page
from mingshi.pages.initials import initials
from mingshi.pages.lists import ROWS
from office import (
    COMMITMENT,
    DATASET,
    DOCUMENT,
    FAQ,
    NOTICE,
    PLAN,
    SERVICE,
    STATISTIC,
    TODAY,
    UNIT,
    catalogue,
    office,
    vary,
)


def painted(folder: Path, services: dict[str, int]) -> dict[str, Page]:
    """The pages of an office whose units handle so many services each."""
    files: dict[str, str | bytes] = {f"units/{unit}.yml": UNIT for unit in services}
    for unit, number in services.items():
        own = re.sub(r"^unit: .*$", f"unit: {unit}", SERVICE, flags=re.MULTILINE)
        files |= {f"services/{unit}-{index}.yml": own for index in range(number)}
    painters = pages.painters(catalogue(office(folder, files)), None, TODAY)
    return {page.url: page for page in pages.paint(painters[0])}


def rows(page: Page) -> int:
    return page.main.count('<th scope="row">')


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    return painted(tmp_path_factory.mktemp("long"), {"counter": 3, "archive": 2 * ROWS + 1})


def test_a_short_list_is_one_page(tmp_path: Path) -> None:
    short = painted(tmp_path, {"counter": 3, "archive": ROWS - 3})
    assert rows(short["services/"]) == ROWS
    assert not [url for url in short if url.startswith("services/unit/")]


def test_a_long_list_continues_by_unit_in_pages_of_at_most_100_rows(long: dict[str, Page]) -> None:
    found = {url: rows(page) for url, page in long.items() if url.startswith("services/unit/")}
    assert found == {
        "services/unit/counter/": 3,
        "services/unit/archive/": ROWS,
        "services/unit/archive/2/": ROWS,
        "services/unit/archive/3/": 1,
    }


def test_the_head_of_a_long_list_leads_to_every_unit_and_says_how_many(long: dict[str, Page]) -> None:
    head = long["services/"]
    assert rows(head) == 0
    assert 'href="../services/unit/archive/"' in head.main
    assert f">{2 * ROWS + 1}項<" in head.main
    assert f"共{2 * ROWS + 4}項" in head.head


def test_the_pages_of_a_unit_lead_to_each_other(long: dict[str, Page]) -> None:
    second = long["services/unit/archive/2/"]
    links = re.findall(r'<a href="([^"]+)"(?: aria-current="(page)")?>第', second.main)
    base = "../../../../services/unit/archive/"
    assert links == [(base, ""), (f"{base}2/", "page"), (f"{base}3/", "")]


def test_every_long_list_has_its_frames(long: dict[str, Page], tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"services/s{index}.yml": SERVICE for index in range(ROWS + 1)}
    frames = {frame.url for frame in pages.frames(catalogue(office(tmp_path, files)))}
    wanted = {page.frame_url for url, page in long.items() if url.startswith("services/")}
    assert wanted <= frames


@pytest.mark.parametrize(
    ("folder", "section", "text"),
    [
        ("faqs", "faqs", FAQ),
        ("notices", "notices", NOTICE),
        ("documents", "documents", DOCUMENT),
        ("statistics", "statistics", STATISTIC),
        ("datasets", "open-data", DATASET),
        ("commitments", "checks", COMMITMENT),
    ],
)
def test_a_long_list_of_any_kind_continues_by_unit_below_its_own_section(
    tmp_path: Path, folder: str, section: str, text: str
) -> None:
    files: dict[str, str | bytes] = {f"{folder}/r{index}.yml": text for index in range(ROWS + 1)}
    loaded = catalogue(office(tmp_path, {**files, "datasets/files/cases.csv": "x"}))
    found = [page for painter in pages.painters(loaded, None, TODAY) for page in pages.paint(painter)]
    urls = {page.url for page in found if "unit/" in page.url}
    first = f"{section}/unit/front-desk/"
    assert urls == {f"{prefix}{first}{more}" for prefix in ("", "en/") for more in ("", "2/")}
    assert {page.frame_url for page in found} <= {frame.url for frame in pages.frames(loaded)}
    assert f'href="../{first}"' in next(page.main for page in found if page.url == f"{section}/")


def test_the_page_of_a_busy_unit_stays_light(long: dict[str, Page]) -> None:
    page = long["units/archive/"].main
    assert page.count('<span class="soft">') <= 40
    assert f"看全部{2 * ROWS + 1}項" in page


def test_the_page_of_an_office_names_its_plan_once_whatever_its_measures_refer_to(tmp_path: Path) -> None:
    lead = vary(
        PLAN, "lead: [unit:front-desk]", "lead: [agency:labor-bureau]\n            support: [agency:labor-bureau]"
    )
    painters = pages.painters(catalogue(office(tmp_path, {"plans/plan-115.yml": lead})), None, TODAY)
    own = next(page for page in pages.paint(painters[0]) if page.url == "agencies/labor-bureau/")
    assert own.main.count('href="../../plans/plan-115/"') == 1


@pytest.mark.parametrize(
    ("title", "initial"),
    [
        ("一般申請", "1"),
        ("失業給付", "5"),
        ("求職登記", "7"),
        ("勞資爭議", "12"),
        ("職業訓練", "18"),
        ("ODT 檔", "O"),
        ("(急)補助", "#"),
    ],
)
def test_services_stand_by_the_strokes_or_the_letter_with_which_they_begin(
    tmp_path: Path, title: str, initial: str
) -> None:
    own = re.sub(r"^title: .*$", f"title: {{zh: '{title}', en: Écrire}}", SERVICE, flags=re.MULTILINE)
    loaded = catalogue(office(tmp_path, {"services/benefit.yml": own}, without=("services/unemployment-benefit.yml",)))
    found = [initials(loaded.of("service"), language) for language in loaded.languages]
    assert [list(groups) for groups in found] == [[initial], ["E"]]


def test_too_many_services_for_a_page_stand_in_their_list_only(tmp_path: Path) -> None:
    few, many = painted(tmp_path / "few", {"counter": 3}), painted(tmp_path / "many", {"counter": 201})
    assert 'class="initials"' in few["search/"].main
    assert 'class="initials"' not in many["search/"].main
