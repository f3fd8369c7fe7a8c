"""Which days an office works: the government calendar, overridden year by year by the official file. Knows no page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from mingshi.kinds.workday import Workday

COMPARED = range(2024, 2027)
"""Years for which the holidays package was found to agree with the official calendar, day for day."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    official: Mapping[int, Mapping[date, Workday]] = field(default_factory=dict)
    """Year → its days, as the official file has them."""

    @classmethod
    def of(cls, days: Iterable[Workday]) -> "WorkCalendar":
        years: dict[int, dict[date, Workday]] = {}
        for day in days:
            years.setdefault(day.date.year, {})[day.date] = day
        return cls(MappingProxyType({year: MappingProxyType(own) for year, own in sorted(years.items())}))

    def works(self, day: date) -> bool:
        """Whether offices are open: a Saturday made up for another day is a working day."""
        own = self.official.get(day.year, {}).get(day)
        return own.off == "0" if own else bool(_package().is_working_day(day))

    def occasion(self, day: date) -> str:
        """What the day is called (春節, 補行上班), '' for an ordinary one."""
        own = self.official.get(day.year, {}).get(day)
        return (own.note or "") if own else str(_package().get(day) or "")

    def english(self, day: date) -> str:
        """What a holiday is called in English; '' for what an office noted itself."""
        return str(_package("en_US").get(day) or "")

    def provisional(self, year: int) -> bool:
        """Whether the calendar of a year is not announced yet, as far as is known here."""
        return year not in self.official and year not in COMPARED


@cache
def _package(language: str = "zh_TW") -> Any:
    # Imported on use: most commands need no calendar, and it takes a tenth of a second.
    import holidays

    return holidays.country_holidays("TW", categories=("public", "government"), language=language)
