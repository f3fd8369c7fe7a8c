"""業務統計: one series of numbers by quarter, month or year, such as the results of a service."""

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from mingshi.problems import Fault
from mingshi.schema.record import Kind, Model, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Amount, Plain, Reference, Span, To


class Point(Model):
    """一期的數值."""

    period: Span = about(
        "期間：2026-Q3 季、2026-09 月或 2026 年", "Period: 2026-Q3, 2026-09 or 2026", example="2026-Q3"
    )
    value: Amount | None = about("數值；沒有資料時不填", "Value; left out where there is none", None, example="97.5%")
    note: Text | None = about("說明", "Remark", None, example={"zh": "9月起新制", "en": "New rules since September"})


class Statistic(Record):
    title: Text = about(
        "統計名稱", "Name of the series", example={"zh": "失業給付依限辦結率", "en": "Claims decided in time"}
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="employment-security")
    summary: Text = about(
        "這個數字怎麼算",
        "How the number is made",
        example={"zh": "期限內辦結的件數除以當季辦結件數。", "en": "Cases closed in time over all cases closed."},
    )
    measured_in: Text = about("計量單位", "Unit of the numbers", example={"zh": "%", "en": "%"})
    metric: Plain | None = about(
        "指標代號，承諾用它檢查", "Metric by which promises are checked", None, example="services.on_time"
    )
    at_least: Amount | None = about(
        "目標下限；上限與下限二擇一", "Target at least; this or “at most”", None, example="95%"
    )
    at_most: Amount | None = about("目標上限；上限與下限二擇一", "Target at most; this or “at least”", None)
    services: tuple[Annotated[Reference, To("service")], ...] = about(
        "是哪些申辦項目的成果", "Services it is about", (), example=["unemployment-benefit"]
    )
    points: Annotated[tuple[Point, ...], Field(min_length=1)] = about("各期數值", "Values")

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.at_least and self.at_most:
            yield Fault("target-unclear", ("at_most",))
        for index, point in enumerate(self.points):
            before = self.points[:index]
            if any(point.period == other.period for other in before):
                yield Fault("period-twice", ("points", index, "period"), point.period)
            elif before and point.period.step != before[0].period.step:
                yield Fault("period-mixed", ("points", index, "period"), point.period, before[0].period)

    @property
    def by_period(self) -> tuple[Point, ...]:
        """The latest first."""
        return tuple(sorted(self.points, key=lambda point: point.period, reverse=True))

    @property
    def latest(self) -> Point | None:
        """The last period that has a value."""
        return next((point for point in self.by_period if point.value), None)


KIND = Kind("statistic", Statistic, "statistics", sheets=("points",))
