"""The words, level and basis of every rule, read from `rules.toml` and `axe.toml`. Judges nothing."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from mingshi.problems import Level
from mingshi.wording import AUTHOR_LANGUAGES, WORDING

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


def _read_axe() -> Mapping[str, Mapping[str, Any]]:
    table = tomllib.loads(files("mingshi.rules").joinpath("axe.toml").read_text("utf-8"))
    return {f"{AXE_PREFIX}{rule}": own for rule, own in table["axe"].items()}


def _of_axe(own: Mapping[str, Any]) -> RuleTexts:
    """The message is the same for all of axe's rules; only what each asks differs."""
    criteria = [f"WCAG {criterion}" for criterion in own["wcag"]]
    return RuleTexts(
        level=Level.ERROR if criteria else Level.WARNING,
        strength="rule" if criteria else "tool",
        basis=(*criteria, *own.get("codes", ()), *(() if criteria else ("axe-core best practice",))),
        name={language: own[language] for language in AUTHOR_LANGUAGES},
        message={
            "zh": f"不符合「{own['zh']}」：{{snippet}}{{ways}}",
            "en": f"Fails “{own['en']}”: {{snippet}}{{ways}}",
        },
        hint={"zh": "axe的說明（英文）：{says}", "en": "axe says: {says}"},
        office=False,
    )


AXE_PREFIX, EXTERNAL_PREFIX = "axe-", "external-"

_OWN, BY_HAND, ALIASES = _read()
"""The last: number of a demand, in our own list or the official one → the codes that see to it."""
_AXE = _read_axe()
AXE: Mapping[str, RuleTexts] = {code: _of_axe(own) for code, own in _AXE.items()}
WRITTEN = frozenset(code for code, own in _AXE.items() if own.get("written"))
"""Rules of axe against which the words of an office can offend; otherwise what offends comes of shell and style."""
SPREADING = frozenset(code for code, own in _AXE.items() if own.get("spreads"))
"""Rules of axe that look at an element and where it stands: what offends here offends wherever its like is."""
TEXTS: Mapping[str, RuleTexts] = {**_OWN, **AXE}

EXTERNAL = tuple(code for code in WORDING if code.startswith(EXTERNAL_PREFIX) and code != "external-unfinished")
"""What can be wrong with a link that leaves the site. It is known by its line, so its words are with those of data."""

LEVELS: Mapping[str, Level] = {code: own.level for code, own in TEXTS.items()} | {
    code: Level(WORDING[code].level) for code in EXTERNAL
}
"""Every code that an office may give another level, or except from."""
