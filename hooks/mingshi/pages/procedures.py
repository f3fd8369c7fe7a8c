"""The picture of a procedure, and what its caption says about time."""

from typing import Any

from markupsafe import Markup

from mingshi.catalogue import Entry
from mingshi.flow import Branch, Chart, Step, picture
from mingshi.kinds.service import HOURS_A_DAY, Limit, Service
from mingshi.kinds.sop import Sop
from mingshi.kinds.sop import Step as SopStep
from mingshi.languages import Localised
from mingshi.pages.painter import Painter

BESIDE = 40 * 16
"""A picture wider than this leaves the steps no room beside it."""
FITTING = 28 * 16
"""A picture up to this width is made smaller for a phone; a wider one is scrolled."""


def procedure(painter: Painter, entry: Entry) -> dict[str, Any]:
    sop = entry.record
    assert isinstance(sop, Sop)
    drawn = picture(_chart(painter, sop))
    size = "fit" if drawn.width <= FITTING else "beside" if drawn.width <= BESIDE else "over"
    return {"flow": Markup(drawn.svg), "flow_size": size, "flow_time": _time(painter, entry, sop)}


def _chart(painter: Painter, sop: Sop) -> Chart:
    words = painter.language.words
    names = [_lane(painter, sop, step) for step in sop.steps]
    lanes = tuple(dict.fromkeys(map(painter.plain, names)))
    texts = [*names, *(step.title for step in sop.steps), *(way.when for step in sop.steps for way in step.next)]
    return Chart(
        name=words["flow.name"],
        description=words["flow.about"],
        stopped=words["flow.stopped"],
        lanes=lanes,
        steps=tuple(
            _step(painter, sop, step, lanes.index(painter.plain(name)))
            for step, name in zip(sop.steps, names, strict=True)
        ),
        foreign=frozenset(text.first for text in texts if text and not text.speaks(painter.language)),
        foreign_tag=painter.catalogue.languages.first.tag,
        latin=painter.language.tag.partition("-")[0] == "en",
    )


def _lane(painter: Painter, sop: Sop, step: SopStep) -> Localised:
    """Who does a step: somebody outside the office, a unit, or the one responsible for it all."""
    if step.actor:
        return step.actor
    unit = painter.entry(step.unit or sop.unit)
    # Only a preview of faulty data has a unit that is not there.
    return unit.record.title_text if unit else Localised([sop.unit] * len(painter.catalogue.languages))


def _step(painter: Painter, sop: Sop, step: SopStep, lane: int) -> Step:
    return Step(
        id=step.id,
        kind=step.kind,
        lane=lane,
        title=painter.plain(step.title),
        number=sop.numbers[step.id],
        limit=painter.sayings.time(step.limit.value, step.limit.unit) if step.limit else "",
        href=f"#{step.id}",
        branches=tuple(Branch(way.to, painter.plain(way.when)) for way in step.next),
    )


def _time(painter: Painter, entry: Entry, sop: Sop) -> str:
    """What the limits of the steps add up to, and the limit that they must keep."""
    related = [other.record for other in painter.related(entry, "service")]
    limits = sorted(
        (service.limit for service in related if isinstance(service, Service)), key=lambda limit: limit.days
    )
    hours_a_day = HOURS_A_DAY[limits[0].counting or "calendar"] if limits else HOURS_A_DAY["calendar"]
    days = sop.longest_days(hours_a_day)
    if not days:
        return ""
    sentences = [painter.language.words["flow.sum"].format(time=_days_and_hours(painter, days, hours_a_day))]
    if limits:
        sentences.append(_promise(painter, limits))
    return painter.language.words["join.sentence"].join(sentences)


def _promise(painter: Painter, limits: list[Limit]) -> str:
    word = "flow.limit.shortest" if limits[0].days < limits[-1].days else "flow.limit"
    return painter.language.words[word].format(limit=painter.sayings.limit(limits[0]))


def _days_and_hours(painter: Painter, days: float, hours_a_day: int) -> str:
    whole, hours = divmod(round(days * hours_a_day), hours_a_day)
    parts = [painter.sayings.time(value, unit) for value, unit in ((whole, "day"), (hours, "hour")) if value]
    return painter.language.words["join.and"].join(parts)
