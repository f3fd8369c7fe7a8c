"""What a result shows besides its rank: title, place, answer. Finds nothing."""

import re
from collections.abc import Callable
from typing import Any

from mingshi.catalogue import Catalogue
from mingshi.kinds.notice import Notice
from mingshi.kinds.service import Service
from mingshi.kinds.unit import Unit
from mingshi.languages import Language
from mingshi.loading import Entry
from mingshi.search.fields import Said
from mingshi.topics import Topic, topic_path

KEPT = 600
"""Bytes of text, of which a browser shows the passage that says most: about 200 Chinese characters."""
Facts = Callable[[Service], tuple[str, str]]
"""How long a service takes and what it costs, in the words of the pages."""
_GAPS = re.compile(r"(?<=[^\w\s）)」])；+|\s+|；(?=；|$)")
_ENDS = "。！？!?；;. "


def card(catalogue: Catalogue, entry: Entry, language: Language, words: Said, facts: Facts) -> list[Any]:
    """Path, title, text, unit (name, path, phone, link) and, of a service, days, fee and form (name, path)."""
    record = entry.record
    shown = [entry.path, record.title_text.own(language), _shortened(words)]
    unit = unit_of(catalogue, entry)
    shown += _unit(unit, language) if unit else [""] * 4
    if isinstance(record, Service):
        forms = [catalogue.entries[own] for form in record.forms if (own := f"form:{_id(form)}") in catalogue.entries]
        shown += facts(record)
        shown += [forms[0].record.title_text.own(language), forms[0].path] if forms else []
    return shown


def _unit(unit: Entry, language: Language) -> list[str]:
    assert isinstance(unit.record, Unit)
    return [unit.record.name.own(language), unit.path, unit.record.phone, unit.record.phone.tel]


def unit_of(catalogue: Catalogue, entry: Entry) -> Any:
    """The entry of the unit that answers for a record, if there is one; a unit answers for itself."""
    if isinstance(entry.record, Unit):
        return entry
    return catalogue.entries.get(f"unit:{_id(getattr(entry.record, 'unit', None))}")


def office_of(catalogue: Catalogue, entry: Entry) -> Entry | None:
    """The entry of the office to which a record belongs."""
    unit = unit_of(catalogue, entry)
    given = unit.record.agency if unit else getattr(entry.record, "agency", None)
    own = entry if entry.kind.name == "agency" else None
    return catalogue.entries.get(f"agency:{_id(given)}") or own


def topic_of(topics: dict[str, Topic], entry: Entry) -> Topic | None:
    """The broadest topic under which a record stands."""
    category = entry.record.category
    topic = topics.get(topic_path("theme", category.theme)) if category and category.theme else None
    seen: set[str] = set()
    while topic is not None and topic.code.parent and topic.path not in seen:
        seen.add(topic.path)
        topic = topics.get(topic_path("theme", topic.code.parent), topic)
    return topic


def ended(entry: Entry, today: Any) -> bool:
    return isinstance(entry.record, Notice) and not entry.record.listed(today)


def _id(ref: str | None) -> str:
    return (ref or "").rpartition(":")[2]


def _shortened(words: Said) -> str:
    """Whole sentences as far as there is room, else what fits."""
    text = _GAPS.sub(" ", f"{words.lead[:KEPT]}；{words.body[:KEPT]}").strip("； ")
    room = text.encode()[:KEPT].decode("utf-8", "ignore")
    if len(room) == len(text):
        return text
    end = max(room.rfind(mark) for mark in _ENDS)
    return room[: end + 1].rstrip() if end * 2 > len(room) else f"{room}…"
