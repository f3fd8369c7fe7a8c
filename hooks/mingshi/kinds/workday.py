"""辦公日曆: a day of the official calendar, as its file is downloaded (西元日期, 星期, 是否放假, 備註)."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from mingshi.problems import Fault
from mingshi.schema.record import Kind, Row, about
from mingshi.schema.types import CompactDate, Plain

WEEKDAYS = "一二三四五六日"


class Workday(Row):
    key_fields: ClassVar[tuple[str, ...]] = ("date",)

    date: CompactDate = about("西元日期", "Date", example="20260101", also=("日期",))
    weekday: Plain | None = about("星期", "Day of the week", None, example="四")
    off: Literal["0", "2"] = about("是否放假：0 上班、2 放假", "Day off: 0 a working day, 2 a day off", example="2")
    note: Plain | None = about("備註", "Remark", None, example="開國紀念日")

    def faults(self) -> Iterator[Fault]:
        right = WEEKDAYS[self.date.weekday()]
        if self.weekday is not None and self.weekday.removeprefix("星期").removeprefix("週") != right:
            facts = {"date": self.date.isoformat()}
            yield Fault("wrong-weekday", ("weekday",), self.weekday, right, nearest=right, facts=facts)


KIND = Kind("workday", Workday, "calendar")
