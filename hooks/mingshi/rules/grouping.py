"""Findings → problems: the same fault once, however many pages show it, at the line that caused it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from mingshi.built import Places, Site
from mingshi.problems import Level, Mark, Problem, Spot, clip
from mingshi.rules.finding import Finding, Texts
from mingshi.rules.texts import TEXTS
from mingshi.wording import AUTHOR_LANGUAGES

Trace = Callable[[Finding], Mark | None]
"""The line of data that caused a finding, where that is known."""
Key = tuple[str, str, Mark | None]


@dataclass(frozen=True, slots=True)
class Manner:
    """How findings are told."""

    levels: Mapping[str, Level]
    trace: Trace
    shown: str = ""
    """What stands before the path of a page, so that its author can open it."""


def problems(findings: Iterable[Finding], site: Site, manner: Manner) -> Iterator[Problem]:
    groups: dict[Key, list[Finding]] = {}
    for finding in findings:
        key = finding.code, finding.subject or finding.url, manner.trace(finding) if finding.written else None
        groups.setdefault(key, []).append(finding)
    spots = _spots((own for group in groups.values() for own in group), site)
    for (code, subject, mark), group in groups.items():
        places = tuple(sorted({spots[id(own)] for own in group}))
        first = Mark(f"{manner.shown}{places[0].page}", places[0].line, places[0].column)
        yield _problem(group[0], manner.levels[code], mark or first, places, subject)


def _spots(findings: Iterable[Finding], site: Site) -> dict[int, Spot]:
    """Where each finding stands; page by page, so that each is read once."""
    found: dict[int, Spot] = {}
    ordered = sorted(findings, key=lambda own: own.page)
    for page, group in groupby(ordered, key=lambda own: own.page):
        places: Places | None = None
        for own in group:
            if not (own.needle.tag or own.needle.value):
                found[id(own)] = Spot(page, url=own.url)
                continue
            places = places or Places(site.source(page))
            found[id(own)] = Spot(page, *places.locate(own.needle), own.url)
    return found


def _problem(finding: Finding, level: Level, mark: Mark, spots: tuple[Spot, ...], subject: str) -> Problem:
    texts = TEXTS[finding.code]
    facts = {language: _facts(finding, language) for language in AUTHOR_LANGUAGES}
    return Problem(
        code=finding.code,
        level=level,
        mark=mark,
        message={language: texts.message[language].format(**facts[language]) for language in AUTHOR_LANGUAGES},
        hint={language: texts.hint[language].format(**facts[language]) for language in AUTHOR_LANGUAGES},
        found=clip(finding.url),
        nearest=finding.nearest,
        spots=spots,
        subject=subject,
    )


def _facts(finding: Finding, language: str) -> dict[str, str]:
    maybe = {"zh": f"最接近的是「{finding.nearest}」。", "en": f" The nearest is “{finding.nearest}”."}[language]
    return {
        "url": clip(finding.url),
        "page": finding.page,
        "nearest": finding.nearest,
        "maybe": maybe if finding.nearest else "",
        **{name: _said(value, language) for name, value in finding.facts.items()},
    }


def _said(value: str | int | Texts, language: str) -> str:
    """What stands on the page is clipped, sentences about it are not."""
    return value[language] if isinstance(value, Mapping) else clip(str(value))
