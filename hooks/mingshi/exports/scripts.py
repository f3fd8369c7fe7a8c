"""Data that scripts need, each as a script that hands it to a function: it loads without a server, too."""

import json
from collections.abc import Iterable
from datetime import date, timedelta

from mingshi.deadlines import OfficeDays
from mingshi.languages import Languages

WORDS = ("deadline.", "kiosk.")
"""The interface words that scripts speak begin so."""


def calendar_script(days: OfficeDays) -> str:
    """Year → its days off from Monday to Friday, and its weekends that are worked."""
    years = range(days.first.year, days.last.year + 1)
    data = {
        "years": {str(year): _unusual(days, year) for year in years},
        "provisional": [year for year in years if days.calendar.provisional(year)],
        "shifts": days.shifts,
    }
    return f"mingshiCalendar({_json(data)});\n"


def words_script(languages: Languages) -> str:
    """The tag of a language → its words."""
    more = (
        "period.year",
        "join.list",
        "time",
        "day",
        "day.one",
        "hour",
        "hour.one",
        "month",
        "month.one",
        "range",
        "close",
    )
    data = {
        language.tag: {word: said for word, said in language.words.items() if word.startswith(WORDS) or word in more}
        for language in languages
    }
    return f"mingshiWords({_json(data)});\n"


def _unusual(days: OfficeDays, year: int) -> list[str]:
    first = date(year, 1, 1)
    all_ = [first + timedelta(days=number) for number in range((date(year + 1, 1, 1) - first).days)]
    off = (day for day in all_ if day.weekday() < 5 and not days.works(day.toordinal()))
    worked = (day for day in all_ if day.weekday() > 4 and days.works(day.toordinal()))
    return [_short(off), _short(worked)]


def _short(days: Iterable[date]) -> str:
    return " ".join(f"{day:%m%d}" for day in days)


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
