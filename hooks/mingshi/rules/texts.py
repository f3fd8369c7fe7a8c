"""The words, level and basis of every rule, read from `rules.toml`. Judges nothing."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from mingshi.problems import Level
from mingshi.wording import AUTHOR_LANGUAGES

_NUMBER = re.compile(r"[A-Z][A-Z0-9]*-\d\d|[A-Z]{2}\d{7}[CE]")
STRENGTHS = ("law", "rule", "tool", "convention", "design")
"""Where a demand comes from, the strongest first."""


@dataclass(frozen=True, slots=True)
class RuleTexts:
    level: Level
    strength: str
    basis: tuple[str, ...]
    """Articles, plan items and the numbers under which our own list of demands knows it."""
    name: Mapping[str, str]
    message: Mapping[str, str]
    hint: Mapping[str, str]
    office: bool
    """Whether only a site of our own has to meet it."""


@dataclass(frozen=True, slots=True)
class ByHand:
    """A demand that no machine can decide, and why."""

    basis: tuple[str, ...]
    name: Mapping[str, str]
    reason: Mapping[str, str]


def _read() -> tuple[Mapping[str, RuleTexts], Mapping[str, ByHand], Mapping[str, tuple[str, ...]]]:
    table = tomllib.loads(files("mingshi.rules").joinpath("rules.toml").read_text("utf-8"))
    rules = {
        code: RuleTexts(
            level=Level(own.get("level", "error")),
            strength=own["strength"],
            basis=tuple(own["basis"]),
            name=_both(own, "name"),
            message=_both(own),
            hint=_both(own, "mend"),
            office=own.get("office", False),
        )
        for code, own in table["rule"].items()
    }
    by_hand = {
        code: ByHand(tuple(own["basis"]), _both(own, "name"), _both(own, "why"))
        for code, own in table["by-hand"].items()
    }
    return rules, by_hand, _numbered({**rules, **by_hand}, table["data"])


def _numbered(
    rules: Mapping[str, "RuleTexts | ByHand"], data: Mapping[str, list[str]]
) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for code, own in rules.items():
        for number in filter(_NUMBER.fullmatch, own.basis):
            found.setdefault(number, []).append(code)
    return {number: (*found.get(number, ()), *data.get(number, ())) for number in sorted({*found, *data})}


def _both(own: Mapping[str, str], prefix: str = "") -> Mapping[str, str]:
    return {language: own[f"{prefix}_{language}" if prefix else language] for language in AUTHOR_LANGUAGES}


TEXTS, BY_HAND, ALIASES = _read()
"""The last: number of a demand, in our own list or the official one → the codes that see to it."""
