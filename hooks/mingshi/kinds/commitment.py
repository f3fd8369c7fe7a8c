"""承諾: what the office promised, where it did so, and the condition that proves it."""

from collections.abc import Iterator
from typing import Annotated

from mingshi.problems import Fault
from mingshi.schema.groups import Law
from mingshi.schema.record import Checked, Kind, Record, about
from mingshi.schema.texts import Text
from mingshi.schema.types import Condition, Reference, Slug, To


class Source(Checked):
    """承諾的出處."""

    plan: Annotated[Reference, To("plan")] | None = about("計畫", "Plan", None, example="service-plan-115", start=True)
    measure: Slug | None = about("計畫裡的措施代號", "Measure of the plan", None, example="publish-sops")
    law: Law | None = about("法規條文", "Article of a law", None)
    record: Annotated[Reference, To("document", "sop", "service", "disclosure")] | None = about(
        "本站的其他資料", "Another record of this site", None, example="document:service-charter"
    )

    def faults(self) -> Iterator[Fault]:
        if not (self.plan or self.law or self.record):
            yield Fault("promise-without-source")
        elif self.measure and not self.plan:
            yield Fault("measure-without-plan", ("measure",), self.measure)


class Commitment(Record):
    title: Text = about(
        "承諾", "The promise", example={"zh": "常見問答至少150題", "en": "At least 150 questions answered"}
    )
    unit: Annotated[Reference, To("unit")] = about("負責單位", "Responsible unit", example="general-affairs")
    source: Source = about("出處", "Where it was promised")
    holds_when: Condition = about(
        "檢查條件：指標、比較（>= 至少、<= 至多、== 等於）與數字，例如 faqs.published >= 150",
        "Condition: a metric, a comparison (>=, <=, ==) and a number, such as faqs.published >= 150",
        example="faqs.published >= 150",
    )
    note: Text | None = about("說明", "Remark", None, example={"zh": "每天重新計算。", "en": "Counted anew every day."})


KIND = Kind("commitment", Commitment, "commitments", section="checks")
