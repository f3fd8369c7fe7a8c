"""Numbers and rules in words: limits, fees, counts. One place, so that every page says them alike."""

from collections.abc import Callable, Mapping
from datetime import date

from mingshi.kinds.service import Fee, Limit, Service
from mingshi.languages import ROC_EPOCH, Localised
from mingshi.schema.types import Phone, SpanText


class Sayings:
    """Sentences in one language."""

    def __init__(self, words: Mapping[str, str], plain: Callable[[Localised | None], str]) -> None:
        self.words = words
        self.plain = plain

    def time(self, value: int, unit: str) -> str:
        """15天, 15 days."""
        return self.words["time"].format(n=value, unit=self.unit(value, unit))

    def unit(self, value: int | None, unit: str) -> str:
        return self.words[f"{unit}.one" if value == 1 else unit]

    def limit(self, limit: Limit) -> str:
        """15天（日曆天）, 15 calendar days; the counting stands at every number of days."""
        if limit.unit == "immediate":
            return self.words["immediate"]
        if limit.unit != "day":
            return self.time(limit.value or 0, limit.unit)
        counting = self.words[f"{limit.counting}.short"]
        return self.words["limit.days"].format(n=limit.value, counting=counting, unit=self.unit(limit.value, "day"))

    def counted(self, limit: Limit) -> str:
        """What stands beside the number on a display: 工作天, working days, 小時."""
        unit = self.unit(limit.value, limit.unit)
        if limit.unit != "day":
            return unit
        return self.words["limit.unit"].format(counting=self.words[f"{limit.counting}.short"], unit=unit)

    def counting(self, limit: Limit, named: bool = False) -> str:
        """How the days are counted, from when, and what does not count; which days they are may be `named` already."""
        if limit.unit == "immediate":
            return self.words["immediate.note"]
        of_days = f"{limit.counting}.note" if named else limit.counting
        key = of_days if limit.unit == "day" else f"counting.{limit.counting}.{limit.unit}"
        usual = self.words["start.same" if limit.first_day else "start.default"]
        start = self.plain(limit.start) or ("" if limit.unit == "hour" else usual)
        excluded = self.words["join.list"].join(self.words[f"excludes.{what}"] for what in limit.excludes)
        parts = [self.words[str(key)], start, self.words["excludes"] + excluded if excluded else ""]
        return self.words["join.clause"].join(part for part in parts if part)

    def fee(self, fee: Fee) -> str:
        """免費, 100元, NTD 100."""
        return self.words["money"].format(n=f"{fee.amount:,}") if fee.amount else self.words["free"]

    def facts(self, service: Service) -> tuple[str, str]:
        """How long a service takes and what it costs."""
        return self.limit(service.limit), self.fee(service.fee)

    def phone(self, phone: Phone) -> str:
        """(02)0000-1234 分機21, (02)0000-1234 ext. 21."""
        extension = self.words["phone.extension"].format(n=phone.extension)
        return f"{phone.main} {extension}" if phone.extension else phone.main

    def year(self, roc: int, key: str = "plan.year.value") -> str:
        """103年度, 2014 (ROC year 103)."""
        return self.words[key].format(roc=roc, year=roc + ROC_EPOCH)

    def period(self, period: SpanText) -> str:
        """115年第3季; Quarter 3 of 2026."""
        year, part = int(period[:4]), period[5:].lstrip("Q0")
        month = f"{date(year, int(part), 1):%B}" if period.step == "month" else ""
        return self.words[f"period.{period.step}"].format(roc=year - ROC_EPOCH, year=year, part=part, month=month)

    def quarter(self, quarter: str) -> str:
        return self.period(SpanText(quarter))

    def count(self, number: int, key: str = "count") -> str:
        one = self.words.get(f"{key}.one", self.words[key])
        return (one if number == 1 else self.words[key]).format(n=number)
