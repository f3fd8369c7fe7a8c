"""Records by the three classifications: 主題, 施政, 服務. Paints nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingshi.catalogue import Catalogue, Entry
from mingshi.kinds import RECORDS
from mingshi.kinds.code import Code

SECTION = "topics"
_RANK = {kind.name: rank for rank, kind in enumerate(RECORDS)}


@dataclass(slots=True)
class Topic:
    """A code with what stands under it and under the codes below it."""

    code: Code
    entries: list[Entry] = field(default_factory=list)
    below: list["Topic"] = field(default_factory=list)

    @property
    def path(self) -> str:
        return topic_path(self.code.scheme, self.code.code)


def topic_path(scheme: str, code: str) -> str:
    return f"{SECTION}/{scheme}/{code}/"


def topics(catalogue: Catalogue, today: date) -> Mapping[str, Topic]:
    """Path → topic, in the order of the table; those without a record are left out."""
    codes = [own.row for own in catalogue.rows.get("code", ()) if isinstance(own.row, Code)]
    all_topics: dict[tuple[str, str], Topic] = {(code.scheme, code.code): Topic(code) for code in codes}
    for entry in catalogue.entries.values():
        category = entry.record.category
        if category is not None and entry.record.listed(today):
            for scheme, code in category:
                if code is not None and (scheme, code) in all_topics:
                    _put(all_topics, entry, scheme, code)
    for topic in all_topics.values():
        parent = all_topics.get((topic.code.scheme, topic.code.parent or ""))
        if parent is not None and topic.entries:
            parent.below.append(topic)
        topic.entries.sort(key=lambda entry: (_RANK[entry.kind.name], entry.record.order))
    return {topic.path: topic for topic in all_topics.values() if topic.entries}


def _put(all_topics: Mapping[tuple[str, str], Topic], entry: Entry, scheme: str, code: str) -> None:
    """Under its code and under every code above it; a circle of codes ends where it began."""
    seen: set[str] = set()
    while code not in seen and (scheme, code) in all_topics:
        seen.add(code)
        topic = all_topics[scheme, code]
        topic.entries.append(entry)
        code = topic.code.parent or ""


def topics_in_use(catalogue: Catalogue) -> bool:
    return bool(catalogue.rows.get("code")) and any(
        entry.record.category is not None for entry in catalogue.entries.values()
    )
