"""The arithmetic of deadlines in Python: the shared vectors, and what always holds."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deadlines import make
from mingshi.deadlines import Length, OfficeDays, Pause, due
from mingshi.kinds.workday import Workday
from mingshi.workdays import WorkCalendar

VECTORS: Mapping[str, Any] = json.loads((Path(__file__).parent / "deadlines/vectors.json").read_text("utf-8"))
CASES: list[dict[str, Any]] = VECTORS["cases"]
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)


def calendar() -> WorkCalendar:
    """The calendar of the vectors, as an official file would give it."""
    all_ = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    head = VECTORS["calendar"]
    off, worked = set(head["off"]), set(head["worked"])
    return WorkCalendar.of(
        Workday.model_construct(date=day, off="0" if _works(day, off, worked) else "2", note=None) for day in all_
    )


def _works(day: date, off: set[str], worked: set[str]) -> bool:
    return str(day) in worked or (day.weekday() < 5 and str(day) not in off)


DAYS = OfficeDays(calendar(), FIRST, LAST, tuple(tuple(shift) for shift in VECTORS["calendar"]["shifts"]))


def length(text: str) -> Length | None:
    if not text:
        return None
    number, unit, counting, *first = text.split()
    return Length(int(number), unit, counting, bool(first))  # type: ignore[arg-type]


def ask(case: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Counted, last and extended as the vectors write them."""
    limit, more = length(case["limit"]), length(case["more"])
    pauses = [Pause(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in case["pauses"]]
    assert limit
    answer = due(datetime.fromisoformat(case["received"]), limit, DAYS, pauses, more)
    if answer is None:
        return "", "", None
    end, extended = answer
    texts = [make.written(moment, case["limit"]) for moment in (end.counted, end.last)]
    return texts[0], texts[1], make.written(extended.last, case["more"]) if extended else None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"] or f"{case['received']} {case['limit']}")
def test_the_vectors_hold(case: dict[str, Any]) -> None:
    assert ask(case) == (case["last"] and case["counted"], case["last"], case["extended"])


def test_the_vectors_are_many_and_of_every_sort() -> None:
    assert len(CASES) >= 200
    assert {case["limit"].partition(" ")[2] for case in CASES} >= {
        f"{unit} {counting}" for unit in ("day", "month", "hour") for counting in ("calendar", "working")
    }
    assert {case["received"][:4] for case in CASES} >= {"2025", "2026", "2027"}
    assert sum(bool(case["pauses"]) for case in CASES) > 100
    assert sum(bool(case["extended"]) for case in CASES) > 50
    assert sum(case["counted"] != case["last"] for case in CASES) > 20


def test_the_vectors_are_what_their_maker_walks_to() -> None:
    assert json.loads(json.dumps(make.vectors())) == CASES


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_calendar_of_the_vectors_is_the_official_one(year: int) -> None:
    ours, theirs = WorkCalendar(), calendar()
    all_ = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in all_ if ours.works(day) != theirs.works(day)] == []


# --- What always holds


LENGTHS = st.builds(
    Length,
    st.integers(1, 40),
    st.sampled_from(["day", "month"]),
    st.sampled_from(["calendar", "working"]),
    st.booleans(),
).filter(lambda own: own.unit == "day" or own.value <= 6)
STARTS = st.dates(date(2025, 1, 1), date(2026, 12, 1)).map(lambda day: datetime(day.year, day.month, day.day))


def last(received: datetime, own: Length, *pauses: Pause) -> datetime:
    answer = due(received, own, DAYS, pauses)
    assert answer
    return answer[0].last


@given(STARTS, LENGTHS)
def test_days_and_months_never_end_on_a_day_off(received: datetime, own: Length) -> None:
    assert calendar_works(last(received, own))


def calendar_works(moment: datetime) -> bool:
    return DAYS.works(moment.toordinal())


@given(STARTS, LENGTHS, st.integers(1, 30))
def test_who_applies_later_is_not_answered_sooner(received: datetime, own: Length, days: int) -> None:
    assert last(received, own) <= last(received + timedelta(days=days), own)


@given(STARTS, LENGTHS)
def test_a_longer_period_does_not_end_sooner(received: datetime, own: Length) -> None:
    longer = Length(own.value + 1, own.unit, own.counting, own.first_day)
    assert last(received, own) <= last(received, longer)


@given(STARTS, LENGTHS, st.integers(0, 40), st.integers(0, 40))
def test_a_correction_never_brings_the_end_forward(received: datetime, own: Length, begin: int, long: int) -> None:
    after = received + timedelta(days=begin)
    assert last(received, own) <= last(received, own, Pause(after, after + timedelta(days=long)))


@given(STARTS, st.integers(1, 40), st.integers(1, 40))
def test_calendar_days_are_as_many_as_were_promised(received: datetime, days: int, more: int) -> None:
    answer = due(received, Length(days, "day", "calendar"), DAYS, (), Length(more, "day", "calendar"))
    assert answer
    end, extended = answer
    assert (end.counted - received).days == days
    assert extended
    assert (extended.counted - end.last).days == more


@given(STARTS, st.integers(1, 40))
def test_working_days_are_as_many_as_were_promised(received: datetime, days: int) -> None:
    end = last(received, Length(days, "day", "working"))
    between = range(received.toordinal() + 1, end.toordinal() + 1)
    assert sum(DAYS.works(number) for number in between) == days


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 1)).map(
    lambda own: own.replace(second=0, microsecond=0)
)


@given(MOMENTS, st.integers(1, 200))
def test_office_hours_end_while_the_office_is_open(received: datetime, hours: int) -> None:
    end = last(received, Length(hours, "hour", "working"))
    minute = end.hour * 60 + end.minute
    assert calendar_works(end)
    assert any(opens < minute <= closes for opens, closes in DAYS.shifts)


@given(MOMENTS, st.integers(1, 200))
def test_hours_around_the_clock_are_exact(received: datetime, hours: int) -> None:
    assert last(received, Length(hours, "hour", "calendar")) == received + timedelta(hours=hours)


@pytest.mark.parametrize("unit", ["day", "month", "hour"])
def test_beyond_the_calendar_there_is_no_answer(unit: str) -> None:
    own = length(f"3 {unit} working")
    assert own
    answers = [due(datetime(2027, 12, day, 17), own, DAYS) for day in range(20, 32)]
    assert answers[-1] is None
    assert all(one is not None or other is None for one, other in pairwise(answers))


def test_the_calendar_reaches_to_the_end_of_next_year_and_further_where_a_year_is_announced() -> None:
    around = OfficeDays.around(date(2026, 11, 21), WorkCalendar(), ())
    assert (around.first, around.last) == (date(2025, 1, 1), date(2027, 12, 31))
    far = WorkCalendar.of([Workday.model_construct(date=date(2028, 1, 1), off="2", note=None)])
    assert OfficeDays.around(date(2026, 11, 21), far, ()).last == date(2028, 12, 31)
