"""Findings → problems: the same fault once, however many pages show it, at the line that caused it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from mingshi.built import Needle, Site, locate
from mingshi.problems import Level, Mark, Problem, Spot, clip
from mingshi.rules.finding import Finding, Texts
from mingshi.rules.texts import TEXTS
from mingshi.wording import AUTHOR_LANGUAGES

EXACT = 200
"""So many places of one fault are looked up tag by tag; those after them by a plain search."""

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
        key = finding.code, finding.subject or finding.url, manner.trace(finding)
        groups.setdefault(key, []).append(finding)
    sources = _Sources(site)
    for (code, subject, mark), group in groups.items():
        spots = tuple(sorted({_spot(finding, sources, number < EXACT) for number, finding in enumerate(group)}))
        first = Mark(f"{manner.shown}{spots[0].page}", spots[0].line, spots[0].column)
        yield _problem(group[0], manner.levels[code], mark or first, spots, subject)


class _Sources:
    """The text of pages, the last ones kept: many findings stand on one page."""

    def __init__(self, site: Site) -> None:
        self.text = lru_cache(maxsize=64)(site.source)


def _spot(finding: Finding, sources: _Sources, exactly: bool) -> Spot:
    needle = finding.needle
    if not (needle.tag or needle.value):
        return Spot(finding.page, url=finding.url)
    source = sources.text(finding.page)
    quick = _plainly(source, needle)
    if quick is None and not exactly:
        needle = Needle(value=f'{needle.attribute}="{escape(needle.value)}"')
    line, column = quick or locate(source, needle)
    return Spot(finding.page, line, column, finding.url)


def _plainly(source: str, needle: Needle) -> tuple[int, int] | None:
    """The place of an attribute that stands only once, and is written in the plainest way."""
    if not needle.attribute or needle.nth or not needle.value:
        return None
    written = f'{needle.attribute}="{escape(needle.value)}"'
    offset = source.find(written)
    if offset < 0 or source.find(written, offset + 1) >= 0 or "<!--" in source[:offset]:
        return None
    offset += len(needle.attribute) + 2
    return source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset)


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
        **{name: clip(_said(value, language)) for name, value in finding.facts.items()},
    }


def _said(value: str | int | Texts, language: str) -> str:
    return str(value[language] if isinstance(value, Mapping) else value)
