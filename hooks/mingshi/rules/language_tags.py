"""Which language a tag names, and in which script it is written. Looks at no page."""

import re
from functools import lru_cache

from mingshi.rules.vocabulary import words

_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*|x-[a-z0-9-]+|i-[a-z-]+", re.IGNORECASE)
_TWO = words("language_tags.two")
_HAS_SHORTER = words("language_tags.has_shorter")
"""Codes of three letters that a tag may not use, because the language has one of two."""
CHINESE = words("language_tags.chinese")
HAN = CHINESE | frozenset(("ja", "ko", "vi", "za", "mul", "und", "zxx"))
"""Languages in which Han characters may stand."""
NEAREST = {"cn": "zh-Hans", "jp": "ja", "gr": "el", "cz": "cs", "dk": "da", "eng": "en", "zho": "zh-Hant"}
"""What people mean by some tags that name no language."""


def primary(tag: str) -> str:
    """The language alone: "zh-Hant-TW" → "zh"."""
    return tag.strip().lower().partition("-")[0]


@lru_cache(maxsize=1024)
def is_valid(tag: str) -> bool:
    """Whether a tag names a language; of codes with three letters, only the form is looked at."""
    if not _TAG.fullmatch(tag.strip()):
        return False
    own = primary(tag)
    return own in _TWO if len(own) == 2 else own not in _HAS_SHORTER


def may_hold_han(tag: str) -> bool:
    return primary(tag) in HAN


def is_chinese(tag: str) -> bool:
    """Whether it is Chinese in its own characters."""
    return primary(tag) in CHINESE and "-latn" not in tag.lower()


def same(first: str, second: str) -> bool:
    return first.strip().lower() == second.strip().lower()
