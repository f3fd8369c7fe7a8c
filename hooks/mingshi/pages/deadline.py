"""The latest day of a reply on the page of a service: the rule in words, and an example for the day of the build.

`site_src/assets/deadline.js` puts the same words together for the day that a reader chooses, and offers that day for a
calendar; the day of the example would be the wrong one there.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from markupsafe import Markup

from mingshi.catalogue import Entry
from mingshi.deadlines import End, Length, OfficeDays, due
from mingshi.kinds.service import Limit, Service
from mingshi.languages import ROC_EPOCH
from mingshi.pages.painter import Painter

OPENING = time(9)
"""When the example of a limit in hours begins."""


@dataclass(frozen=True, slots=True)
class Station:
    style: str
    when: str
    name: str
    note: str | Markup


@dataclass(frozen=True, slots=True)
class Deadline:
    limit: str
    """15 day calendar: what the script counts."""
    more: str
    pause: str
    """What stops the clock, in a word."""
    rule: str
    sentence: str
    """The example; where the calendar ends before it, that."""
    stations: tuple[Station, ...] = ()
    provisional: str = ""


def of_service(painter: Painter, entry: Entry, days: OfficeDays) -> Deadline | None:
    """None where the reply comes while one waits."""
    assert isinstance(entry.record, Service)
    service, limit = entry.record, entry.record.limit
    length = length_of(limit)
    if length is None:
        return None
    extension = service.extension
    more = Length(extension.value, extension.unit, length.counting) if extension else None
    words = painter.language.words
    received = datetime.combine(painter.today, OPENING if length.unit == "hour" else time())
    answer = due(received, length, days, (), more)
    make = partial(
        Deadline,
        limit=_script(length),
        more=_script(more) if more else "",
        pause=words["deadline.pause" if _corrects(limit) else f"excludes.{limit.excludes[0]}"],
        rule=_rule(painter, limit),
    )
    calendar = _Sayer(painter)
    if answer is None:
        reach = {"first": calendar.date(days.first), "last": calendar.date(days.last)}
        return make(sentence=words["deadline.beyond"].format(**reach))
    end, extended = answer
    facts = {"date": calendar.moment(received, length.unit), "last": calendar.moment(end.last, length.unit)}
    result = words[_result(limit)].format(**facts)
    return make(
        sentence=words["deadline.example"].format(result=result),
        stations=tuple(_stations(painter, calendar, service, length, received, end, extended)),
        provisional=_provisional(painter, days, (extended or end).last),
    )


def length_of(limit: Limit) -> Length | None:
    if limit.unit == "immediate":
        return None
    return Length(limit.value or 0, limit.unit, limit.counting or "calendar", limit.first_day)


def _rule(painter: Painter, limit: Limit) -> str:
    """How it is counted; that a correction stops the clock, where the limit does not say so itself."""
    words = painter.language.words
    rule = words["deadline.rule.hour" if limit.unit == "hour" else "deadline.rule"]
    return rule.format(counting=painter.sayings.counting(limit)) + (
        "" if limit.excludes else words["deadline.rule.pause"]
    )


def _result(limit: Limit) -> str:
    if not limit.start:
        return "deadline.result"
    return "deadline.result.moment" if limit.unit == "hour" or limit.first_day else "deadline.result.start"


def _corrects(limit: Limit) -> bool:
    return not limit.excludes or "correction" in limit.excludes


def _script(length: Length) -> str:
    return f"{length.value} {length.unit} {length.counting}{' first' if length.first_day else ''}"


def _stations(
    painter: Painter,
    calendar: "_Sayer",
    service: Service,
    length: Length,
    received: datetime,
    end: End,
    extended: End | None,
) -> list[Station]:
    words = painter.language.words
    begins = "clock" if length.unit == "hour" else "same" if length.first_day else "next"
    name, first = words["deadline.received"], words[f"deadline.{begins}"]
    if service.limit.start:
        name, first = words["deadline.start"], painter.text(service.limit.start)
    year = received.year
    stations = [
        Station("hub", calendar.short(received, length.unit, year), name, first),
        Station(
            "stop later" if extended else "stop",
            calendar.short(end.last, length.unit, year),
            words["deadline.last"],
            _reason(painter, calendar, length, end),
        ),
    ]
    if extended and service.extension:
        time_ = painter.sayings.time(service.extension.value, service.extension.unit)
        when = calendar.short(extended.last, service.extension.unit, year)
        note = words["deadline.extended.note"].format(time=time_)
        stations.append(Station("stop maybe", when, words["deadline.extended"], note))
    return stations


def _reason(painter: Painter, calendar: "_Sayer", length: Length, end: End) -> str:
    """Why it is this day: how many are counted, and from which day it was put off."""
    words = painter.language.words
    kind = f"day.{length.counting}" if length.unit == "day" else length.unit
    nth = words[f"deadline.nth.{kind}"].format(n=length.value)
    if end.counted == end.last:
        return nth
    monday = end.counted.weekday() == 5 and end.last - end.counted == timedelta(days=2)
    word = "deadline.moved.saturday" if monday else "deadline.moved"
    return words[word].format(nth=nth, day=calendar.short(end.counted, length.unit, end.last.year))


def _provisional(painter: Painter, days: OfficeDays, last: datetime) -> str:
    years = [year for year in range(painter.today.year, last.year + 1) if days.calendar.provisional(year)]
    words = painter.language.words
    said = [words["period.year"].format(roc=year - ROC_EPOCH, year=year) for year in years]
    return words["deadline.provisional"].format(years=words["join.list"].join(said)) if said else ""


class _Sayer:
    """Dates in words, put together as the script does it."""

    def __init__(self, painter: Painter) -> None:
        self.words = painter.language.words
        self.months, self.weekdays = (self.words[f"deadline.{name}"].split(" ") for name in ("months", "weekdays"))

    def date(self, day: date, form: str = "deadline.date") -> str:
        month = self.months[day.month - 1]
        said = self.words[form].format(roc=day.year - ROC_EPOCH, year=day.year, month=month, day=day.day)
        return self.words["deadline.date.weekday"].format(date=said, weekday=self.weekdays[day.weekday()])

    def moment(self, moment: datetime, unit: str, form: str = "deadline.date") -> str:
        said = self.date(moment, form)
        return said if unit != "hour" else self.words["deadline.date.time"].format(date=said, time=f"{moment:%H:%M}")

    def short(self, moment: datetime, unit: str, year: int) -> str:
        """Without its year where that is plain."""
        return self.moment(moment, unit, "deadline.date.short" if moment.year == year else "deadline.date")
