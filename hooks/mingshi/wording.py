"""The words of every problem, read from `wording.toml`. Finds no problem and prints none."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

AUTHOR_LANGUAGES = ("zh", "en")
"""The languages in which authors are spoken to, whatever languages the site has."""


@dataclass(frozen=True, slots=True)
class Wording:
    level: str
    message: Mapping[str, str]
    hint: Mapping[str, str]


def _read() -> tuple[Mapping[str, Wording], Mapping[str, Mapping[str, str]], Mapping[str, Mapping[str, str]]]:
    table = tomllib.loads(files("mingshi").joinpath("wording.toml").read_text("utf-8"))
    return {code: _wording(entry) for code, entry in table["problem"].items()}, table["expected"], table["reason"]


def _wording(entry: Mapping[str, str]) -> Wording:
    return Wording(
        level=entry.get("level", "error"),
        message={language: entry[language] for language in AUTHOR_LANGUAGES},
        hint={language: entry[f"mend_{language}"] for language in AUTHOR_LANGUAGES},
    )


WORDING, EXPECTED, REASONS = _read()
