"""Which days an office works: the calendar that we bring, and the official file that overrides it."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingshi.kinds.workday import WEEKDAYS
from mingshi.workdays import WorkCalendar
from office import catalogue, found, office, problems, read

OURS = WorkCalendar()
HEADING = "西元日期,星期,是否放假,備註"
FILE = "data/calendar/2026.csv"


def day(text: str) -> date:
    return date.fromisoformat(text)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(number) for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


def official(year: int, changed: Mapping[str, str] | None = None, without: tuple[str, ...] = ()) -> str:
    """The calendar of a year as it is downloaded; `changed` gives other cells behind the day of the week."""
    lines = [HEADING]
    for own in days_of(year):
        cells = "0," if OURS.works(own) else f"2,{'' if own.weekday() > 4 else '放假'}"
        if own.isoformat() not in without:
            told = (changed or {}).get(own.isoformat(), cells)
            lines.append(f"{own:%Y%m%d},{WEEKDAYS[own.weekday()]},{told}")
    return "\n".join([*lines, ""])


# --- The calendar that we bring


@pytest.mark.parametrize(
    ("text", "works"),
    [
        ("2024-02-08", False),
        ("2024-02-17", True),
        ("2025-01-27", False),
        ("2025-02-08", True),
        ("2025-02-07", True),
        ("2026-01-01", False),
        ("2026-01-02", True),
        ("2026-02-13", True),
        ("2026-02-16", False),
        ("2026-02-17", False),
        ("2026-02-18", False),
        ("2026-02-19", False),
        ("2026-02-20", False),
        ("2026-02-23", True),
        ("2026-02-27", False),
        ("2026-10-09", False),
    ],
)
def test_days_off_and_days_made_up_are_known(text: str, works: bool) -> None:
    assert OURS.works(day(text)) is works


@pytest.mark.parametrize(
    ("year", "off", "made_up"), [(2024, 115, ["2024-02-17"]), (2025, 118, ["2025-02-08"]), (2026, 120, [])]
)
def test_a_year_has_as_many_days_off_as_was_announced(year: int, off: int, made_up: list[str]) -> None:
    assert sum(not OURS.works(own) for own in days_of(year)) == off
    assert [str(own) for own in days_of(year) if own.weekday() > 4 and OURS.works(own)] == made_up


def test_a_weekend_is_off_unless_it_is_made_up() -> None:
    weekends = [own for own in days_of(2026) if own.weekday() > 4]

    assert not any(OURS.works(own) for own in weekends)


def test_a_day_off_has_its_occasion() -> None:
    assert "國慶日" in OURS.occasion(day("2026-10-10"))
    assert OURS.occasion(day("2026-07-15")) == ""
    assert (OURS.english(day("2026-10-10")), OURS.english(day("2026-07-15"))) == ("National Day", "")


@pytest.mark.parametrize(
    ("year", "provisional"), [(2024, False), (2025, False), (2026, False), (2027, True), (2040, True)]
)
def test_a_year_that_nobody_announced_is_provisional(year: int, provisional: bool) -> None:
    assert OURS.provisional(year) is provisional


# --- The official file


OTHERWISE = {"2026-07-15": "2,停止上班", "2026-03-07": "0,補行上班", "2026-02-16": "0,"}


@pytest.mark.parametrize(
    ("encoding", "notices"),
    [
        pytest.param("utf-8", [], id="utf-8"),
        pytest.param("utf-8-sig", [], id="with-bom"),
        pytest.param("big5", [(f"{FILE}:1:1", "table-big5")], id="big5"),
    ],
)
def test_the_official_file_overrides_its_year_alone(
    tmp_path: Path, encoding: str, notices: list[tuple[str, str]]
) -> None:
    data = office(tmp_path, {"calendar/2026.csv": official(2026, OTHERWISE).replace("\n", "\r\n").encode(encoding)})
    calendar = read(data).calendar

    assert problems(data) == notices
    assert [calendar.works(day(text)) for text in OTHERWISE] == [False, True, True]
    assert (calendar.occasion(day("2026-07-15")), calendar.occasion(day("2026-02-16"))) == ("停止上班", "")
    others = [own for own in days_of(2026) if own.isoformat() not in OTHERWISE]
    assert all(calendar.works(own) == OURS.works(own) for own in (*others, *days_of(2025)))


def test_the_year_of_an_official_file_is_certain(tmp_path: Path) -> None:
    calendar = catalogue(office(tmp_path, {"calendar/2027.csv": official(2027)})).calendar

    assert not calendar.provisional(2027)
    assert calendar.provisional(2028)


def test_files_of_several_years_are_one_calendar(tmp_path: Path) -> None:
    files = {"calendar/115.csv": official(2026, OTHERWISE), "calendar/116.csv": official(2027, {"2027-07-15": "2,"})}
    calendar = catalogue(office(tmp_path, {**files})).calendar

    assert list(calendar.official) == [2026, 2027]
    assert not calendar.works(day("2026-07-15"))
    assert not calendar.works(day("2027-07-15"))
    assert calendar.works(day("2025-07-15"))


def test_an_office_without_a_file_has_the_calendar_that_we_bring(tmp_path: Path) -> None:
    calendar = catalogue(office(tmp_path, {})).calendar

    assert calendar.official == {}
    assert not calendar.works(day("2026-02-16"))


@pytest.mark.parametrize(
    ("year", "without", "told"),
    [
        pytest.param(2026, ("2026-05-04",), "2026-05-04", id="one"),
        pytest.param(2026, ("2026-01-01",), "2026-01-01", id="the-first"),
        pytest.param(2024, ("2024-02-29",), "2024-02-29", id="leap-day"),
        pytest.param(
            2026,
            ("2026-05-04", "2026-05-05", "2026-05-06", "2026-12-31"),
            "2026-05-04, 2026-05-05, 2026-05-06 … (4)",
            id="many",
        ),
    ],
)
def test_a_year_that_lacks_a_day_is_a_problem(tmp_path: Path, year: int, without: tuple[str, ...], told: str) -> None:
    [problem] = found(office(tmp_path, {f"calendar/{year}.csv": official(year, without=without)}))

    assert (str(problem.mark), problem.code) == (f"data/calendar/{year}.csv:2:1", "calendar-incomplete")
    assert problem.found == told
    assert str(year) in problem.message["zh"]


def test_only_the_year_that_lacks_days_is_told(tmp_path: Path) -> None:
    files = {"calendar/a.csv": official(2025), "calendar/b.csv": official(2026, without=("2026-06-01",))}

    assert problems(office(tmp_path, {**files})) == [("data/calendar/b.csv:2:1", "calendar-incomplete")]


# --- Faults of its rows

NEW_YEAR = f"20260101,{WEEKDAYS[3]},2,放假"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("1150101,四,2,", ("2:1", "roc-date"), id="roc"),
        pytest.param("115/01/01,四,2,", ("2:1", "roc-date"), id="roc-with-signs"),
        pytest.param("民國115年1月1日,四,2,", ("2:1", "roc-date"), id="roc-in-words"),
        pytest.param("20260230,四,2,", ("2:1", "impossible-date"), id="impossible"),
        pytest.param("1月1日,四,2,", ("2:1", "bad-date"), id="without-year"),
        pytest.param("20260101,五,2,", ("2:10", "wrong-weekday"), id="weekday"),
        pytest.param("20260101,Thu,2,", ("2:10", "wrong-weekday"), id="weekday-in-english"),
        pytest.param("20260101,四,1,", ("2:12", "not-a-choice"), id="choice"),
        pytest.param("20260101,四,,", ("2:1", "missing-field"), id="off-or-not"),
        pytest.param(",四,2,", ("2:10", "missing-field"), id="date"),
    ],
)
def test_a_fault_of_a_row_is_one_problem_and_accuses_no_year(
    tmp_path: Path, row: str, expected: tuple[str, str]
) -> None:
    text = official(2026)
    assert text.count(NEW_YEAR) == 1
    [(place, code)] = problems(office(tmp_path, {"calendar/2026.csv": text.replace(NEW_YEAR, row)}))

    assert code == expected[1]
    if row.startswith(","):
        assert place.startswith(f"{FILE}:2:")
    else:
        assert place == f"{FILE}:{expected[0]}"


@pytest.mark.parametrize("written", ["1150101", "115/01/01", "民國115年1月1日", "115-1-1"])
def test_a_roc_date_is_told_with_the_right_one(tmp_path: Path, written: str) -> None:
    text = official(2026).replace("20260101,", f"{written},")
    [problem] = found(office(tmp_path, {"calendar/2026.csv": text}))

    assert (problem.code, problem.found, problem.nearest) == ("roc-date", written, "2026-01-01")


@pytest.mark.parametrize("written", ["四", "週四", "星期四"])
def test_the_day_of_the_week_may_be_written_out(tmp_path: Path, written: str) -> None:
    text = official(2026).replace(NEW_YEAR, f"20260101,{written},2,放假")

    assert problems(office(tmp_path, {"calendar/2026.csv": text})) == []


def test_the_day_of_the_week_may_be_left_out(tmp_path: Path) -> None:
    lines = (line.split(",") for line in official(2026).splitlines())
    text = "\n".join(f"{cells[0]},{cells[2]}" for cells in lines)

    assert problems(office(tmp_path, {"calendar/2026.csv": text})) == []


def test_a_wrong_day_of_the_week_names_the_right_one(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"calendar/2026.csv": official(2026).replace(NEW_YEAR, "20260101,五,2,")}))

    assert problem.nearest == "四"
    assert "2026-01-01" in problem.message["en"]


def test_a_day_that_stands_in_two_files_names_both(tmp_path: Path) -> None:
    files = {"calendar/2026.csv": official(2026), "calendar/more.csv": f"{HEADING}\n2026-01-01,四,2,\n"}
    [problem] = found(office(tmp_path, {**files}))

    assert (str(problem.mark), problem.code) == ("data/calendar/more.csv:2:1", "duplicate-id")
    assert [str(mark) for mark in problem.related] == [f"{FILE}:2:1"]
