"""Problems as values: what is wrong, where it stands, how to mend it. Prints nothing and reads no file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import lru_cache

from mingshi.wording import AUTHOR_LANGUAGES, EXPECTED, WORDING

CLIP = 60

At = tuple[str | int, ...]
"""The path from a record to one of its values: ("steps", 2, "next")."""


class Level(Enum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A place in a file: line and column count from 1, in characters. In a sheet they are row and column."""

    file: str
    line: int = 1
    column: int = 1
    sheet: str = ""
    cell: str = ""
    """The name of the cell: C5. A mark with a sheet and no cell is the whole sheet."""

    def __str__(self) -> str:
        if self.sheet:
            return "!".join(part for part in (self.file, self.sheet, self.cell) if part)
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in the finished site at which a problem shows: the file, and where in it."""

    page: str
    line: int = 1
    column: int = 1
    url: str = ""
    """The address or passage at fault, as written there."""


@dataclass(frozen=True, slots=True)
class Problem:
    code: str
    level: Level
    mark: Mark
    message: Mapping[str, str]
    hint: Mapping[str, str]
    found: str = ""
    expected: Mapping[str, str] | None = None
    nearest: str = ""
    related: tuple[Mark, ...] = ()
    spots: tuple[Spot, ...] = ()
    """Every place in the finished site, for what was found there."""
    subject: str = ""
    """What is at fault, told the same wherever it stands."""

    @property
    def pages(self) -> int:
        return len({spot.page for spot in self.spots})

    def order(self) -> tuple[str, str, Mark, str]:
        return self.mark.file, self.mark.sheet, self.mark, self.code


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem that does not know its file yet: `at` is the path from the value that was being read."""

    code: str
    at: At = ()
    found: str = ""
    expected: str = ""
    nearest: str = ""
    facts: Mapping[str, str | int | Mapping[str, str]] | None = None
    """More words for the message; a mapping holds one text an author language."""
    on_key: bool = False
    related: At | None = None


def problem(fault: Fault, mark: Mark, related: Iterable[Mark] = ()) -> Problem:
    """Put the words of `wording` around the facts of a fault."""
    words = WORDING[fault.code]
    expected = EXPECTED.get(fault.expected, dict.fromkeys(AUTHOR_LANGUAGES, fault.expected))
    facts = {language: _facts(fault, expected[language], language) for language in AUTHOR_LANGUAGES}
    return Problem(
        code=fault.code,
        level=Level(words.level),
        mark=mark,
        message={language: words.message[language].format(**facts[language]) for language in AUTHOR_LANGUAGES},
        hint={language: words.hint[language].format(**facts[language]) for language in AUTHOR_LANGUAGES},
        found=clip(fault.found),
        expected=expected if fault.expected else None,
        nearest=fault.nearest,
        related=tuple(related),
    )


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """File order, each problem once."""
    return sorted({(p.mark, p.code, p.message["en"]): p for p in problems}.values(), key=Problem.order)


def errors(problems: Iterable[Problem]) -> list[Problem]:
    return [found for found in problems if found.level is Level.ERROR]


def nearest(word: str, choices: Iterable[str]) -> str:
    """The choice that was probably meant, or ''."""
    known = {choice.casefold(): choice for choice in sorted(choices, reverse=True)}
    matches = _close(word.casefold(), tuple(sorted(known)))
    return known[matches[0]] if matches else ""


@lru_cache(maxsize=1024)
def _close(word: str, choices: tuple[str, ...]) -> list[str]:
    # Only words of about the same length can be close; this keeps 10,000 ids cheap.
    about = [choice for choice in choices if abs(len(choice) - len(word)) <= 1 + len(word) // 3]
    return get_close_matches(word, about, n=1, cutoff=0.6)


def clip(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= CLIP else line[: CLIP - 1] + "…"


def _facts(fault: Fault, expected: str, language: str) -> dict[str, str]:
    facts = {
        name: value[language] if isinstance(value, Mapping) else str(value)
        for name, value in (fault.facts or {}).items()
    }
    nearest_right = {"zh": f"最接近的是「{fault.nearest}」。", "en": f" The nearest is “{fault.nearest}”."}[language]
    return facts | {
        "found": clip(fault.found),
        "expected": expected,
        "nearest": fault.nearest,
        "maybe": nearest_right if fault.nearest else "",
    }
