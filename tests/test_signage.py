"""What the lobby display shows: whether the office is open, days off to come, services and notices in order."""

import re
from datetime import date
from pathlib import Path

import pytest

from mingshi.pages import painters
from mingshi.pages.signage import NOTICES, SERVICES, slides
from mingshi.pages.ways import way_pages
from office import NOTICE, SERVICE, SITE, catalogue, office, vary

HOME = """\
home:
  question: {zh: 今天要辦什麼？, en: What do you need today?}
  example: {zh: 失業, en: jobless}
  tasks:
    - {label: {zh: 慢的, en: Slow}, to: service:slow}
    - {label: {zh: 問答, en: Questions}, to: list:faqs}
"""
LIMIT = "limit: {value: 15, unit: day, counting: calendar}"


def service(days: int) -> str:
    return vary(SERVICE, LIMIT, LIMIT.replace("15", str(days)))


def notice(start: str, end: str, more: str = "") -> str:
    return re.sub("^valid: .*$", f"valid: {{from: {start}, until: {end}}}", NOTICE, flags=re.MULTILINE) + more


def test_the_services_of_the_home_page_come_first_then_the_quickest(tmp_path: Path) -> None:
    files = {
        "site.yml": SITE + HOME,
        "services/slow.yml": service(90),
        "services/a.yml": service(20),
        "services/b.yml": service(3),
    }
    painter = painters(catalogue(office(tmp_path, files)), None, date(2026, 11, 20))[0]
    assert [[entry.record.id for entry in group] for group in slides(painter)["groups"]] == [["slow", "b", "a"]]


def test_no_more_is_shown_than_somebody_waits_for(tmp_path: Path) -> None:
    files = {f"services/s{number:02}.yml": service(number + 1) for number in range(40)}
    files |= {f"notices/n{number:02}.yml": notice("2026-11-01", "2026-12-01") for number in range(10)}
    shown = slides(painters(catalogue(office(tmp_path, files)), None, date(2026, 11, 20))[0])
    assert sum(len(group) for group in shown["groups"]) == SERVICES
    assert len(shown["notices"]) == NOTICES


@pytest.mark.parametrize(
    ("today", "open_", "days_off"),
    [
        (date(2026, 11, 20), True, ["2026-12-25", "2027-01-01", "2027-02-04"]),
        (date(2026, 11, 21), False, ["2026-12-25", "2027-01-01", "2027-02-04"]),
        (date(2026, 12, 25), False, ["2027-01-01", "2027-02-04", "2027-02-05"]),
    ],
)
def test_it_says_whether_the_office_is_open_and_when_it_will_not_be(
    tmp_path: Path, today: date, open_: bool, days_off: list[str]
) -> None:
    shown = slides(painters(catalogue(office(tmp_path, {})), None, today)[0])
    assert shown["open"] is open_
    assert [str(day) for day, _, _ in shown["days_off"]] == days_off


def test_only_notices_of_the_day_are_shown_the_important_one_first(tmp_path: Path) -> None:
    files = {
        "notices/now.yml": notice("2026-11-10", "2026-12-01"),
        "notices/urgent.yml": notice("2026-11-01", "2026-12-01", "important: true\n"),
        "notices/over.yml": notice("2026-10-01", "2026-11-01"),
        "notices/soon.yml": notice("2026-12-01", "2026-12-31"),
    }
    shown = slides(painters(catalogue(office(tmp_path, files)), None, date(2026, 11, 20))[0])
    assert [entry.record.id for entry in shown["notices"]] == ["urgent", "now"]


def test_the_page_stands_in_both_languages(tmp_path: Path) -> None:
    own = catalogue(office(tmp_path, {"services/a.yml": service(3)}))
    for painter, heading in zip(
        painters(own, None, date(2026, 11, 20)), ("幾天辦好", "How long it takes"), strict=True
    ):
        page = next(page for page in way_pages(painter, {}) if page.path == "signage/")
        assert heading in page.main
        assert "<b>3</b>" in page.main
