"""作業流程: the steps behind a service, with branches, waits and the time each may take."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from mingshi.problems import Fault, nearest
from mingshi.schema.record import Kind, Model, Record, about
from mingshi.schema.texts import Prose, Text
from mingshi.schema.types import Date, Plain, Reference, Slug, To


class Duration(Model):
    value: Annotated[int, Field(ge=1, le=3650)] = about("多久", "How long", example=3)
    unit: Literal["hour", "day"] = about(
        "單位：hour 小時、day 天（與申辦項目同一種算法）",
        "Unit: hour or day, counted as the service counts",
        example="day",
    )


class Next(Model):
    to: Slug = about("下一個步驟的代號", "Id of the next step", example="review")
    when: Text | None = about(
        "在什麼情形下", "In which case", None, example={"zh": "文件齊全", "en": "Papers complete"}
    )


class Step(Model):
    id: Slug = about("步驟代號", "Id of the step", example="check-papers")
    kind: Literal["start", "task", "decision", "wait", "end"] = about(
        "類型：start 開始、task 作業、decision 判斷、wait 等候、end 結束",
        "Type: start, task, decision, wait or end",
        example="task",
    )
    title: Text = about("步驟名稱", "Name of the step", example={"zh": "查驗文件", "en": "Check the papers"})
    text: Prose | None = about(
        "做什麼、注意什麼",
        "What is done and what to mind",
        None,
        example={"zh": "逐項核對應備文件。", "en": "Each paper is checked."},
    )
    unit: Annotated[Reference, To("unit")] | None = about(
        "由哪個單位做；省略時同承辦單位",
        "Which unit; the responsible one if left out",
        None,
        example="employment-security",
    )
    actor: Text | None = about(
        "由機關以外的人做時，寫誰", "Who does it, if not a unit", None, example={"zh": "申請人", "en": "Applicant"}
    )
    limit: Duration | None = about("這一步最多多久", "How long it may take", None)
    forms: tuple[Annotated[Reference, To("form")], ...] = about(
        "用到的表單", "Forms used", (), example=["unemployment-claim"]
    )
    next: tuple[Next, ...] = about("下一步；結束以外都要寫", "What follows; every step but an end has one", ())


class Approval(Model):
    on: Date = about("核定日期", "Day of approval", example="2026-01-02")
    by: Text = about(
        "核定的職務（不寫姓名）", "The post that approved it (no names)", example={"zh": "局長", "en": "Commissioner"}
    )


_STEPS = [
    {
        "id": "receive",
        "kind": "start",
        "title": {"zh": "收件", "en": "Receive"},
        "next": [{"to": "check"}],
    },
    {
        "id": "check",
        "kind": "decision",
        "title": {"zh": "查驗文件", "en": "Check the papers"},
        "text": {"zh": "逐項核對應備文件。", "en": "Each paper is checked."},
        "unit": "employment-security",
        "limit": {"value": 3, "unit": "day"},
        "forms": ["unemployment-claim"],
        "next": [
            {"to": "close", "when": {"zh": "文件齊全", "en": "Papers complete"}},
            {"to": "correct", "when": {"zh": "需要補件", "en": "Papers missing"}},
        ],
    },
    {
        "id": "correct",
        "kind": "wait",
        "title": {"zh": "等候補件", "en": "Wait for papers"},
        "actor": {"zh": "申請人", "en": "Applicant"},
        "next": [{"to": "check"}],
    },
    {"id": "close", "kind": "end", "title": {"zh": "結案", "en": "Close"}},
]
"""A small whole procedure: a single step would not show how steps lead to each other."""


class Sop(Record):
    title: Text = about(
        "流程名稱",
        "Name of the procedure",
        example={"zh": "失業給付申請流程", "en": "How an unemployment claim is handled"},
    )
    unit: Annotated[Reference, To("unit")] = about("承辦單位", "Responsible unit", example="employment-security")
    purpose: Text = about(
        "目的",
        "Purpose",
        example={
            "zh": "讓每一件申請都用同樣的步驟、在期限內辦完。",
            "en": "Every claim follows the same steps and is done in time.",
        },
    )
    scope: Text | None = about(
        "適用範圍", "Scope", None, example={"zh": "初次申請與再次認定", "en": "First claims and monthly confirmations"}
    )
    services: tuple[Annotated[Reference, To("service")], ...] = about(
        "適用的申辦項目", "Services it is for", (), example=["unemployment-benefit"]
    )
    steps: Annotated[tuple[Step, ...], Field(min_length=2)] = about("步驟", "Steps", example=_STEPS)
    control_points: tuple[Text, ...] = about(
        "控制重點", "Control points", (), example=[{"zh": "收件當天完成登錄", "en": "Registered on the day of receipt"}]
    )
    version: Plain = about("版次", "Version", example="2")
    approved: Approval = about("核定", "Approval")

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        broken = [*self._doubled(), *self._single_steps(), *self._unknown_steps()]
        # Reachability would only repeat a fault of the steps themselves.
        yield from broken or self._unreached()

    def _doubled(self) -> Iterator[Fault]:
        seen = Counter[str]()
        for index, step in enumerate(self.steps):
            seen[step.id] += 1
            if seen[step.id] > 1:
                yield Fault("step-twice", ("steps", index, "id"), step.id)

    def _single_steps(self) -> Iterator[Fault]:
        starts = [index for index, step in enumerate(self.steps) if step.kind == "start"]
        if len(starts) != 1:
            yield Fault("step-start", ("steps", starts[1], "kind") if starts else ("steps",), str(len(starts)))
        for index, step in enumerate(self.steps):
            at = ("steps", index)
            if step.kind == "end" and step.next:
                yield Fault("step-after-end", (*at, "next"), step.id)
            elif step.kind != "end" and not step.next:
                yield Fault("step-dead-end", at, step.id)
            elif step.kind == "decision" and len(step.next) < 2:
                yield Fault("decision-branch", (*at, "next"), step.id)
            if len(step.next) > 1:
                for branch, onward in enumerate(step.next):
                    if onward.when is None:
                        yield Fault("branch-without-when", (*at, "next", branch), onward.to)

    def _unknown_steps(self) -> Iterator[Fault]:
        ids = [step.id for step in self.steps]
        for index, step in enumerate(self.steps):
            for branch, onward in enumerate(step.next):
                if onward.to not in ids:
                    at = ("steps", index, "next", branch, "to")
                    yield Fault("step-unknown", at, onward.to, ", ".join(ids), nearest(onward.to, ids))

    def _unreached(self) -> Iterator[Fault]:
        onward = {step.id: [branch.to for branch in step.next] for step in self.steps}
        backward: dict[str, list[str]] = {step: [] for step in onward}
        for source, targets in onward.items():
            for target in targets:
                backward[target].append(source)
        reached = _reach(onward, [step.id for step in self.steps if step.kind == "start"])
        ending = _reach(backward, [step.id for step in self.steps if step.kind == "end"])
        for index, step in enumerate(self.steps):
            if step.id not in reached:
                yield Fault("step-unreached", ("steps", index, "id"), step.id)
            elif step.id not in ending:
                yield Fault("step-no-end", ("steps", index, "id"), step.id)
                return

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number under which a step is shown."""
        return {step.id: number for number, step in enumerate(self.steps, 1)}

    @cached_property
    def main_path(self) -> tuple[Step, ...]:
        """What a case passes when nothing is amiss: the first way of every step, without the questions on it."""
        steps = {step.id: step for step in self.steps}
        path: list[Step] = []
        at: Step | None = next((step for step in self.steps if step.kind == "start"), None)
        while at is not None and at not in path:
            path.append(at)
            at = next((steps[way.to] for way in at.next), None)
        return tuple(step for step in path if step.kind != "decision")

    def longest_days(self, hours_a_day: int) -> float:
        """Days of the slowest way from start to end: no loop twice, and waiting stops the clock."""
        steps = {step.id: step for step in self.steps}
        longest: dict[str, float] = {}
        on_the_way: set[str] = set()

        def walk(step: Step) -> float:
            if step.id not in longest:
                on_the_way.add(step.id)
                # A way back to a step that led here is a loop (a correction, say), which the limit does not count.
                ways = [walk(steps[way.to]) for way in step.next if way.to not in on_the_way]
                on_the_way.discard(step.id)
                longest[step.id] = _own_days(step, hours_a_day) + max(ways, default=0.0)
            return longest[step.id]

        return max(walk(step) for step in self.steps if step.kind == "start")


def _own_days(step: Step, hours_a_day: int) -> float:
    if step.limit is None or step.kind == "wait":
        return 0.0
    return step.limit.value / hours_a_day if step.limit.unit == "hour" else float(step.limit.value)


def _reach(ways: Mapping[str, list[str]], start: list[str]) -> set[str]:
    reached: set[str] = set()
    waiting = list(start)
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting.extend(ways.get(step, ()))
    return reached


KIND = Kind("sop", Sop, "sops", sheets=("steps",))
