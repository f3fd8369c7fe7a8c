"""`python -m tests.deadlines.make`: writes vectors.json anew.

The cases by hand come with the date that a person read off a calendar; all others are worked out here by walking from
day to day or from minute to minute, the slow and obvious way. Nothing here uses the code that is tested.
"""

import json
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

PLACE = Path(__file__).with_name("vectors.json")
BY_HAND = Path(__file__).with_name("by_hand.txt")
ONE_DAY, ONE_MINUTE = timedelta(days=1), timedelta(minutes=1)

OFF = """
2025-01-01 2025-01-27 2025-01-28 2025-01-29 2025-01-30 2025-01-31 2025-02-28 2025-04-03 2025-04-04 2025-05-30 2025-09-29
2025-10-06 2025-10-10 2025-10-24 2025-12-25
2026-01-01 2026-02-16 2026-02-17 2026-02-18 2026-02-19 2026-02-20 2026-02-27 2026-04-03 2026-04-06 2026-05-01 2026-06-19
2026-09-25 2026-09-28 2026-10-09 2026-10-26 2026-12-25
2027-01-01 2027-02-04 2027-02-05 2027-02-08 2027-02-09 2027-02-10 2027-03-01 2027-04-05 2027-04-06 2027-04-30 2027-06-09
2027-09-15 2027-09-28 2027-10-11 2027-10-25 2027-12-24 2027-12-31
"""
MADE_UP = "2025-02-08"
"""Days off from Monday to Friday, and weekends that are worked. 2027 is not announced: it stands here as an example."""
SHIFTS = ((510, 750), (810, 1050))
FIRST, LAST = date(2025, 1, 1), date(2027, 12, 31)

Pauses = tuple[tuple[str, str], ...]


class Case(NamedTuple):
    received: str
    limit: str
    """15 day calendar; `first` at its end where the day of the event counts."""
    pauses: Pauses = ()
    more: str = ""


class Answer(NamedTuple):
    counted: str
    last: str
    extended: str | None


BEYOND = (
    ("the calendar ends before the period", Case("2027-12-20", "30 day calendar")),
    ("an end that could only be put off to an unknown day", Case("2027-12-21", "10 day calendar")),
    ("working days beyond the calendar", Case("2027-12-30", "1 day working")),
    ("months beyond the calendar", Case("2027-11-30", "2 month calendar")),
    ("an extension beyond the calendar", Case("2027-12-13", "10 day calendar", (), "10 day calendar")),
    ("a day before the calendar", Case("2024-12-31", "10 day calendar")),
    ("hours beyond the calendar", Case("2027-12-31T10:00", "24 hour calendar")),
)

DAYS_OFF, WORKED = frozenset(OFF.split()), frozenset(MADE_UP.split())


def works(day: date) -> bool:
    return day.isoformat() in WORKED or (day.weekday() < 5 and day.isoformat() not in DAYS_OFF)


def walk(case: Case) -> Answer | None:
    """The answer, worked out step by step; None where it leaves the calendar."""
    gaps = [(_moment(after), _moment(until)) for after, until in case.pauses]
    counted, last = _walk(_moment(case.received), case.limit, gaps)
    ends = [last]
    if case.more:
        over_night = "hour" in case.more and "hour" not in case.limit
        ends.append(_walk(last + (ONE_DAY if over_night else 0 * ONE_DAY), case.more, gaps)[1])
    if _moment(case.received).date() < FIRST or any(end.date() > LAST for end in ends):
        return None
    extended = written(ends[1], case.more) if case.more else None
    return Answer(written(counted, case.limit), written(last, case.limit), extended)


def _walk(start: datetime, limit: str, gaps: list[tuple[datetime, datetime]]) -> tuple[datetime, datetime]:
    number, unit, counting, *first = limit.split()
    if unit == "hour":
        end = _walk_minutes(start, int(number) * 60, counting, gaps)
        return end, end
    stops = [(after.date(), until.date()) for after, until in gaps]
    begin = start.date() if first else start.date() + ONE_DAY
    if unit == "month":
        day = _walk_months(begin, int(number), stops)
    else:
        day = _walk_days(begin, int(number), counting, stops)
    counted = day
    while not works(day):
        day += ONE_DAY
    return _at_midnight(counted), _at_midnight(day)


def _walk_days(day: date, left: int, counting: str, stops: list[tuple[date, date]]) -> date:
    while True:
        stopped = any(after < day <= until for after, until in stops)
        if not stopped and (counting == "calendar" or works(day)):
            left -= 1
        if not left:
            return day
        day += ONE_DAY


def _walk_months(begin: date, months: int, stops: list[tuple[date, date]]) -> date:
    """Ahead month by month to the corresponding day, then on by each day that was stopped before the end."""
    year, month = begin.year, begin.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    try:
        end = date(year, month, begin.day) - ONE_DAY
    except ValueError:
        end = date(year, month, 28)
        while (end + ONE_DAY).month == month:
            end += ONE_DAY
    day = begin
    while day <= end:
        if any(after < day <= until for after, until in stops):
            end += ONE_DAY
        day += ONE_DAY
    return end


def _walk_minutes(moment: datetime, left: int, counting: str, gaps: list[tuple[datetime, datetime]]) -> datetime:
    while left:
        minute = moment.hour * 60 + moment.minute
        open_ = works(moment.date()) and any(opens <= minute < closes for opens, closes in SHIFTS)
        if (counting == "calendar" or open_) and not any(after <= moment < until for after, until in gaps):
            left -= 1
        moment += ONE_MINUTE
    return moment


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _at_midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def written(moment: datetime, limit: str) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M") if "hour" in limit else moment.date().isoformat()


def at_random(dice: random.Random, number: int) -> Iterator[Case]:
    """Cases from 2025 to 2027, of every unit and counting, with and without pauses and extensions."""
    for index in range(number):
        unit = ("day", "day", "day", "month", "hour")[index % 5]
        counting = ("calendar", "working")[index // 5 % 2]
        length = {"day": dice.randint(1, 60), "month": dice.randint(1, 6), "hour": dice.randint(1, 72)}[unit]
        start = datetime(2025, 1, 1) + dice.randint(0, 1000) * ONE_DAY
        start += dice.randint(0, 1439) * ONE_MINUTE if unit == "hour" else 0 * ONE_DAY
        pauses = tuple(_pause(dice, start, unit) for _ in range(dice.choice((0, 0, 1, 1, 2))))
        first = " first" if unit != "hour" and dice.random() < 0.15 else ""
        more = f"{dice.randint(1, length)} {unit} {counting}" if dice.random() < 0.4 else ""
        yield Case(written(start, unit), f"{length} {unit} {counting}{first}", pauses, more)


def _pause(dice: random.Random, start: datetime, unit: str) -> tuple[str, str]:
    after = start + dice.randint(0, 20) * ONE_DAY
    until = after + dice.randint(0, 15) * ONE_DAY
    if unit == "hour":
        after, until = (moment + dice.randint(0, 900) * ONE_MINUTE for moment in (after, until))
    return written(after, unit), written(max(after, until), unit)


def _read(line: str) -> tuple[str, Case, Answer]:
    why, received, limit, pauses, more, counted, last, extended = (cell.strip() for cell in line.split("|"))
    stops = tuple((after, until) for after, _, until in (pause.partition("/") for pause in pauses.split()))
    return why, Case(received, limit, stops, more), Answer(counted, last, extended or None)


def vectors() -> list[dict[str, object]]:
    by_hand = [_read(line) for line in BY_HAND.read_text("utf-8").splitlines() if line[0] != "#"]
    for why, case, answer in by_hand:
        assert walk(case) == answer, f"{why}: read off as {answer}, walked to {walk(case)}"
    beyond = [(why, case, walk(case)) for why, case in BEYOND]
    assert all(answer is None for _, _, answer in beyond)
    rolled = [("", case, walk(case)) for case in at_random(random.Random(48), 260)]
    return [
        {"why": why, **case._asdict(), **(answer._asdict() if answer else Answer("", "", None)._asdict())}
        for why, case, answer in [*by_hand, *beyond, *rolled]
    ]


def main() -> None:
    head = {"first": str(FIRST), "last": str(LAST), "off": sorted(DAYS_OFF), "worked": sorted(WORKED), "shifts": SHIFTS}
    lines = ",\n".join(json.dumps(vector, ensure_ascii=False) for vector in vectors())
    PLACE.write_text(f'{{"calendar": {json.dumps(head)},\n"cases": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main()
