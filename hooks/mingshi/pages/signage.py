"""What a screen on the wall shows in turn: today and the days off to come, services with their days, notices."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from mingshi.catalogue import Entry
from mingshi.kinds.notice import Notice
from mingshi.kinds.service import Service
from mingshi.pages.painter import Painter

SECTION = "signage"
SERVICES, ON_A_SLIDE, NOTICES, DAYS_OFF = 24, 6, 6, 3
"""More than this nobody waits for in front of a wall."""


def slides(painter: Painter) -> dict[str, Any]:
    """The values of the template."""
    services = list(islice(_services(painter), SERVICES))
    notices = [entry for entry in painter.catalogue.of("notice") if _current(entry, painter.today)]
    days = painter.office_days
    return {
        "open": days.works(painter.today.toordinal()),
        "days_off": list(islice(_days_off(painter), DAYS_OFF)),
        "groups": [services[start : start + ON_A_SLIDE] for start in range(0, len(services), ON_A_SLIDE)],
        "notices": sorted(notices, key=lambda entry: entry.record.order)[:NOTICES],
    }


def _services(painter: Painter) -> Iterator[Entry]:
    """Those of the home page first, then the quickest."""
    home = painter.catalogue.site.home
    chosen = [str(way.to) for way in home.tasks] if home else []
    rest = sorted(painter.catalogue.of("service"), key=lambda entry: entry.record.order)
    refs = dict.fromkeys([*chosen, *(entry.ref for entry in rest)])
    entries = (painter.entry(ref) for ref in refs)
    return (entry for entry in entries if entry and isinstance(entry.record, Service))


def _current(entry: Entry, today: date) -> bool:
    return isinstance(entry.record, Notice) and entry.record.listed(today)


def _days_off(painter: Painter) -> Iterator[tuple[date, str, bool]]:
    """Days from Monday to Friday on which the office is closed, their occasions, and whether these are translated."""
    days = painter.office_days
    english = painter.language.tag.partition("-")[0] == "en"
    for number in range(1, (days.last - painter.today).days + 1):
        day = painter.today + timedelta(days=number)
        if day.weekday() < 5 and not days.works(day.toordinal()):
            name = days.calendar.english(day) if english else ""
            yield day, name or days.calendar.occasion(day), bool(name)
