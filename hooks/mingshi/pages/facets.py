"""What the rows of a list can be filtered by, and a long table as data for the script that filters it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from markupsafe import Markup, escape

from mingshi.catalogue import Entry
from mingshi.kinds.service import Service
from mingshi.kinds.unit import Unit
from mingshi.pages.painter import Painter
from mingshi.topics import topic_path

CHOICES = tuple[str, list[tuple[str, str]]]
"""A heading, and value and label of what stands under it."""
ROWS_FILE = "rows.js"
CHANNELS = {"counter": "c", "online": "o", "post": "p", "phone": "t"}


def facets(painter: Painter, entry: Entry) -> Markup:
    """The attributes of a row: words, unit, topic; of a service also days, fee and channels."""
    data = {"w": _words(painter, entry), "u": _unit(entry), "t": _theme(entry)}
    if isinstance(entry.record, Service):
        data |= _numbers(entry.record)
    return Markup("".join(f' data-{name}="{escape(value)}"' for name, value in data.items()))


def choices(painter: Painter, entries: Sequence[Entry]) -> dict[str, list[CHOICES]]:
    """What the selects of a list offer: its units by office, its topics by what is above them, where there are more."""
    units = list(_unit_choices(painter, {_unit(entry) for entry in entries}))
    topics = list(_topic_choices(painter, {_theme(entry) for entry in entries}))
    return {
        "units": _grouped(units) if len(units) > 1 else [],
        "topics": _grouped(topics) if len(topics) > 1 else [],
    }


def row_file(painter: Painter, entries: Sequence[Entry]) -> str:
    """A table of services that is too long for one page, as a script that hands its rows over."""
    words, say = painter.language.words, painter.sayings
    rows = [_row(painter, entry, entry.record) for entry in entries if isinstance(entry.record, Service)]
    channels = {letter: words[f"channel.{way}"] for way, letter in CHANNELS.items()}
    units = {own: name for _, own, name in _unit_choices(painter, {_unit(entry) for entry in entries})}
    data = {"names": {"u": units, "c": channels, "join": say.words["join.list"]}, "rows": rows}
    return f"mingshiRows({json.dumps(data, ensure_ascii=False, separators=(',', ':'))})\n"


def _row(painter: Painter, entry: Entry, service: Service) -> list[Any]:
    say, numbers = painter.sayings, _numbers(service)
    limit = service.limit
    at_once = limit.unit == "immediate"
    number, counted = (say.words["immediate"], "") if at_once else (str(limit.value), say.counted(limit))
    return [
        f"{service.id}/{painter.index}",
        painter.plain(service.title),
        number,
        counted,
        say.fee(service.fee),
        numbers["c"],
        _unit(entry),
        float(numbers["d"]),
        int(numbers["f"]),
        _theme(entry),
        _words(painter, entry),
    ]


def _numbers(service: Service) -> dict[str, str]:
    channels = "".join(dict.fromkeys(CHANNELS[channel.type] for channel in service.channels))
    return {"d": f"{service.limit.days:g}", "f": str(service.fee.amount), "c": channels}


def _words(painter: Painter, entry: Entry) -> str:
    aliases = entry.record.aliases
    return " ".join(aliases[painter.language.index] or ()) if aliases else ""


def _unit(entry: Entry) -> str:
    return str(getattr(entry.record, "unit", None) or "").partition(":")[2]


def _theme(entry: Entry) -> str:
    category = entry.record.category
    return category.theme or "" if category else ""


def _unit_choices(painter: Painter, ids: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for unit_id in sorted(ids):
        unit = painter.entry(f"unit:{unit_id}")
        if unit is not None and isinstance(unit.record, Unit):
            yield painter.name_of(unit.record.agency), unit_id, painter.plain(unit.record.name)


def _topic_choices(painter: Painter, codes: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    for code in sorted(codes):
        topic = painter.topics.get(topic_path("theme", code))
        if topic is not None:
            above = painter.topics.get(topic_path("theme", topic.code.parent or ""), topic)
            yield painter.plain(above.code.name), code, painter.plain(topic.code.name)


def _grouped(own: Iterable[tuple[str, str, str]]) -> list[CHOICES]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for heading, value, label in own:
        groups.setdefault(heading, []).append((value, label))
    return list(groups.items())
