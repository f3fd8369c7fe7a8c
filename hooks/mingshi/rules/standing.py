"""Which pages stand for themselves: what is shown for errors, leads on or hides is none. Finds nothing."""

import re
from datetime import date

from mingshi.built import Holder
from mingshi.rules.finding import Inspection, PageView

_NOT_READ = re.compile(
    r"(?:.*/)?(?:[45]\d\d|[45]xx|50x|offline|error|not[-_]?found|google[0-9a-f]{8,}|yandex_[0-9a-f]+|baidu_verify_.*)"
    r"(?:/index)?\.x?html?",
    re.IGNORECASE,
)
_UNTIL = frozenset(
    {
        "dc.coverage.t.max",
        "dcterms.valid",
        "expires",
        "expiry-date",
        "expirationdate",
        "validthrough",
        "valid-until",
        "article:expiration_time",
        "unavailable_after",
    }
)
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_ROBOTS = re.compile(r"unavailable_after:\s*([^,]+)", re.IGNORECASE)


def is_standing(page: "Holder | PageView") -> bool:
    """Whether readers are meant to come to this page by themselves."""
    return not (page.facts.is_stub or page.facts.is_hidden or _NOT_READ.fullmatch(page.file))


def lists_itself(inspection: Inspection, page: Holder) -> bool:
    """Whether it names no other page as its canonical address."""
    own = inspection.relations.get(page.file)
    return own is None or all(use.file == page.file for use in own.canonicals)


def has_ended(page: Holder, today: date) -> bool:
    """Whether it says of itself that it held until a day that has passed."""
    texts = [content for name, content in page.facts.metas if name in _UNTIL]
    texts += [match[1] for name, content in page.facts.metas if name == "robots" for match in _ROBOTS.finditer(content)]
    return any(day is not None and day < today for day in map(_day, texts))


def _day(text: str) -> date | None:
    match = _DAY.search(text)
    try:
        return date(int(match[1]), int(match[2]), int(match[3])) if match else None
    except ValueError:
        return None
