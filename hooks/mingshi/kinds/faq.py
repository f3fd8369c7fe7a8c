"""常見問答: a question as citizens ask it, and its answer."""

from typing import Annotated, ClassVar

from mingshi.schema.record import Kind, Record, about
from mingshi.schema.texts import Prose, Text, Words
from mingshi.schema.types import Reference, To


class Faq(Record):
    title_field: ClassVar[str] = "question"

    question: Text = about("問題", "Question", example={"zh": "自己辭職可以領嗎？", "en": "Can I claim if I quit?"})
    answer: Prose = about(
        "回答；第一段就是簡短的答案",
        "Answer; the first paragraph is the short answer",
        example={
            "zh": "不可以，但有例外。\n\n公司欠薪等情形，視同非自願離職。",
            "en": "No, with exceptions.\n\nIf you were not paid, it counts as being let go.",
        },
    )
    also_asked: Words | None = about(
        "其他問法", "Other ways to ask it", None, example={"zh": ["自願離職能領嗎"], "en": ["I resigned, can I claim"]}
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="employment-security")
    services: tuple[Annotated[Reference, To("service")], ...] = about(
        "相關申辦項目", "Services it is about", (), example=["unemployment-benefit"]
    )
    topic: Text | None = about(
        "主題，清單依此分組",
        "Topic, by which the list is grouped",
        None,
        example={"zh": "失業與資遣", "en": "Losing a job"},
    )

    @property
    def order(self) -> tuple[bool, str, str]:
        """By topic."""
        return self.topic is None, self.topic.first if self.topic else "", self.id


KIND = Kind("faq", Faq, "faqs")
