"""The words, level and basis of every rule, read from `rules.toml`. Judges nothing."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

from mingshi.problems import Level
from mingshi.wording import AUTHOR_LANGUAGES

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


def _read() -> tuple[Mapping[str, RuleTexts], Mapping[str, ByHand]]:
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
    return rules, {
        code: ByHand(tuple(own["basis"]), _both(own, "name"), _both(own, "why"))
        for code, own in table["by-hand"].items()
    }


def _both(own: Mapping[str, str], prefix: str = "") -> Mapping[str, str]:
    return {language: own[f"{prefix}_{language}" if prefix else language] for language in AUTHOR_LANGUAGES}


TEXTS, BY_HAND = _read()
