"""公告: news that ends on a day of its own. Afterwards it leaves the list and keeps its address."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from mingshi.problems import Fault
from mingshi.schema.groups import File
from mingshi.schema.record import Kind, Period, Record, about
from mingshi.schema.texts import Prose, Text
from mingshi.schema.types import Reference, To


class Notice(Record):
    title: Text = about(
        "公告標題", "Title", example={"zh": "10月10日國慶日暫停受理", "en": "Closed on National Day, 10 October"}
    )
    unit: Annotated[Reference, To("unit")] = about("發布單位", "Unit", example="general-affairs")
    text: Prose = about(
        "公告內容；第一段就是重點",
        "Text; the first paragraph is the gist",
        example={"zh": "當天不受理臨櫃申請，線上照常。", "en": "Counters are closed that day; online service goes on."},
    )
    valid: Period = about(
        "公告期間，一定要有結束日",
        "When it is shown; it must end",
        example={"from": "2026-09-25", "until": "2026-10-10"},
    )
    important: bool = about("是否重要，放在最前面", "Whether it comes first", False, example=True)
    services: tuple[Annotated[Reference, To("service")], ...] = about(
        "相關申辦項目", "Services it is about", (), example=["unemployment-benefit"]
    )
    files: tuple[File, ...] = about("附件", "Files", ())

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.valid.until is None:
            yield Fault("notice-without-end", ("valid",))

    def listed(self, today: date) -> bool:
        return (self.valid.from_ or self.published) <= today <= (self.valid.until or today)

    @property
    def order(self) -> tuple[bool, int, str]:
        return not self.important, -(self.valid.from_ or self.published).toordinal(), self.id


KIND = Kind("notice", Notice, "notices")
