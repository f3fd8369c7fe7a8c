"""Which pages stand for themselves: what is shown for errors, leads on or hides is none. Finds nothing."""

import re

from mingshi.built import Holder
from mingshi.rules.finding import Inspection

_NOT_READ = re.compile(
    r"(?:.*/)?(?:[45]\d\d|[45]xx|50x|offline|error|not[-_]?found|google[0-9a-f]{8,}|yandex_[0-9a-f]+|baidu_verify_.*)"
    r"(?:/index)?\.x?html?",
    re.IGNORECASE,
)


def is_standing(page: Holder) -> bool:
    """Whether readers are meant to come to this page by themselves."""
    return not (page.facts.is_stub or page.facts.is_hidden or _NOT_READ.fullmatch(page.file))


def lists_itself(inspection: Inspection, page: Holder) -> bool:
    """Whether it names no other page as its canonical address."""
    own = inspection.relations.get(page.file)
    return own is None or all(use.file == page.file for use in own.canonicals)
