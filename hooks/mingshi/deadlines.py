"""The latest day of a reply, by articles 48 and 51 of the Administrative Procedure Act. Knows no kind, no clock.

`site_src/assets/deadline.js` says the same in the browser; tests/deadlines/vectors.json holds the two together.
Days are numbered as `date.toordinal` does, moments are minutes since day 0: both languages count alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Literal

from mingshi.workdays import WorkCalendar

DAY = 24 * 60
Shift = tuple[int, int]
"""Opening and closing of an office, in minutes of the day."""


@dataclass(frozen=True, slots=True)
class Length:
    value: int
    unit: Literal["hour", "day", "month"]
    counting: Literal["calendar", "working"]
    first_day: bool = False
    """Whether the day of the event counts, as some laws say; by article 48 it does not."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count: from a notice to what it asked for. The day of the notice still counts."""

    after: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class End:
    counted: datetime
    """Where the counting arrives; of a period in days or months, the start of its last day."""
    last: datetime
    """The same, put off to a working day."""


@dataclass(frozen=True)
class OfficeDays:
    """A work calendar with an end: nobody knows the days off beyond it."""

    calendar: WorkCalendar
    first: date
    last: date
    shifts: tuple[Shift, ...]

    @classmethod
    def around(cls, today: date, calendar: WorkCalendar, shifts: Iterable[Shift]) -> "OfficeDays":
        """Last year, this year and the next, and every year of which there is an official calendar."""
        years = {today.year - 1, today.year + 1, *calendar.official}
        return cls(calendar, date(min(years), 1, 1), date(max(years), 12, 31), tuple(shifts))

    @cached_property
    def working(self) -> frozenset[int]:
        numbers = range(self.first.toordinal(), self.last.toordinal() + 1)
        return frozenset(number for number in numbers if self.calendar.works(date.fromordinal(number)))

    def check(self, number: int) -> None:
        if not self.first.toordinal() <= number <= self.last.toordinal():
            raise BeyondCalendarError

    def works(self, number: int) -> bool:
        self.check(number)
        return number in self.working


class BeyondCalendarError(Exception):
    """A day of which nobody knows yet whether offices work."""


def due(
    received: datetime, length: Length, days: OfficeDays, pauses: Iterable[Pause] = (), more: Length | None = None
) -> tuple[End, End | None] | None:
    """When the period ends, and when it does if it is extended once; None where the calendar does not reach."""
    gaps = list(_merged((_minutes(pause.after), _minutes(pause.until)) for pause in pauses))
    try:
        start = _minutes(received)
        days.check(start // DAY)
        end = _end(start, length, gaps, days)
        extended = _end(_after(end[1], length, more), more, gaps, days) if more else None
    except BeyondCalendarError:
        return None
    return _say(end), _say(extended) if extended else None


def _after(moment: int, length: Length, more: Length) -> int:
    """Where an extension begins to count: hours that follow on days begin when the last day is over."""
    return moment + DAY if more.unit == "hour" and length.unit != "hour" else moment


def _end(start: int, length: Length, gaps: list[Shift], days: OfficeDays) -> tuple[int, int]:
    if length.unit == "hour":
        moment = _hours(start, length, gaps, days)
        return moment, moment
    first = start // DAY + (0 if length.first_day else 1)
    stops = [(max(after // DAY, first - 1), until // DAY) for after, until in gaps]
    count = _months if length.unit == "month" else _days
    counted = count(first, length, stops, days)
    return counted * DAY, _put_off(counted, days) * DAY


def _days(first: int, length: Length, stops: list[Shift], days: OfficeDays) -> int:
    """The day on which as many days are counted as the period has."""
    number, left = first - 1, length.value
    while left:
        number += 1
        days.check(number)
        stands = any(after < number <= until for after, until in stops)
        left -= not stands and (length.counting == "calendar" or days.works(number))
    return number


def _months(first: int, length: Length, stops: list[Shift], _: OfficeDays) -> int:
    """The day before the one that corresponds to the first; the month's last where it has none. Pauses come on top."""
    start = date.fromordinal(first)
    months = start.month - 1 + length.value
    year, month = start.year + months // 12, months % 12 + 1
    after = date(year + month // 12, month % 12 + 1, 1)
    size = (after - timedelta(days=1)).day
    end = after.toordinal() - 1 if start.day > size else date(year, month, start.day).toordinal() - 1
    for begin, until in stops:
        if begin < end and until > begin:
            end += until - begin
    return end


def _hours(start: int, length: Length, gaps: list[Shift], days: OfficeDays) -> int:
    """The minute at which as many hours are counted: around the clock, or while the office is open."""
    left = length.value * 60
    for opens, closes in _open_time(start, length.counting, gaps, days):
        if left <= closes - opens:
            return opens + left
        left -= closes - opens
    raise BeyondCalendarError


def _open_time(start: int, counting: str, gaps: list[Shift], days: OfficeDays) -> Iterator[Shift]:
    """The stretches that count from a moment on, without the gaps."""
    for number in range(start // DAY, days.last.toordinal() + 1):
        shifts = ((0, DAY),) if counting == "calendar" else days.shifts if days.works(number) else ()
        for opens, closes in shifts:
            begin, end = max(start, number * DAY + opens), number * DAY + closes
            for after, until in gaps:
                if begin < min(after, end):
                    yield begin, min(after, end)
                    begin = min(after, end)
                if after < end:
                    begin = max(begin, until)
            if begin < end:
                yield begin, end


def _put_off(number: int, days: OfficeDays) -> int:
    """A day off at the end of a period gives way to the next working day; a made-up Saturday is one."""
    while not days.works(number):
        number += 1
    return number


def _merged(gaps: Iterable[Shift]) -> Iterator[Shift]:
    """In order, without overlap, so that no day is left out twice."""
    reached = 0
    for after, until in sorted(gaps):
        begin = max(after, reached)
        if until > begin:
            yield begin, until
            reached = until


def _minutes(moment: datetime) -> int:
    return moment.toordinal() * DAY + moment.hour * 60 + moment.minute


def _say(end: tuple[int, int]) -> End:
    return End(*(_moment(minutes) for minutes in end))


def _moment(minutes: int) -> datetime:
    day, minute = divmod(minutes, DAY)
    return datetime.combine(date.fromordinal(day), time(minute // 60, minute % 60))
