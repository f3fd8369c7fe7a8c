"""Runs the rules over a finished site and gathers what they find. Holds no rule and no wording."""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from mingshi.built import Facts, FileTree, Needle, Origin, Site, Tree, Way, gather, settle
from mingshi.catalogue import Catalogue
from mingshi.problems import Problem
from mingshi.rules import RULES, axe
from mingshi.rules.finding import Audit, Finding, Inspection, PageView, Person
from mingshi.rules.grouping import Manner, problems
from mingshi.rules.settings import Settings, settings_of, sift
from mingshi.rules.texts import BY_HAND, TEXTS
from mingshi.rules.tracing import Tracer

FINDING, PASS, PERSON, PARTIAL = "finding", "pass", "person", "partial"
"""What a rule can come to. Partial: it found nothing, but could not look at everything."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be inspected, and how."""

    root: Path
    today: date
    shown: str = ""
    """The folder as its author knows it, before the path of every page."""
    base_url: str = ""
    cache: Path | None = None
    office: Catalogue | None = None
    """The records, where the site is our own."""
    site_src: Path | None = None
    only: tuple[str, ...] = ()
    """Codes, or starts of codes, to look for; all of them if left out."""
    audits: tuple[Callable[[Site], Audit], ...] = ()
    """What else is to be done with the site than to read it."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """Everything that came out."""

    problems: tuple[Problem, ...]
    outcomes: Mapping[str, str]
    """Code → what the rule came to."""
    files: int
    pages: int
    partial: bool
    excepted: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()
    """Rules whose level the office changed."""
    origin: str = ""
    audits: tuple[Audit, ...] = ()

    @property
    def unsure(self) -> dict[str, int]:
        """Code → at how many places a person has to look."""
        return {code: times for audit in self.audits for code, times in sorted(audit.unsure.items())}


def inspect(task: Task) -> Inspected:
    """Read the site, run every rule, put the findings in order. NoSiteError where there is no site."""
    rules = tuple(rule for rule in chosen(task.only) if any(_codes(rule, task)))
    settings = _settings(task)
    site = gather(task.root, Way(task.base_url, task.cache, _key(rules), _judge(rules)))
    found, persons = _found(rules, task, site)
    audits = tuple(audit(site) for audit in task.audits)
    found += [own for audit in audits for own in audit.findings]
    persons += [Person(code, {}) for audit in audits for code in audit.unsure]
    wanted = {code for rule in rules for code in _codes(rule, task)} | {code for own in audits for code in own.codes}
    trace = Tracer(task.office, task.site_src) if task.office and task.site_src else lambda _finding: None
    manner = Manner(settings.levels, trace, task.shown)
    told = problems((own for own in found if own.code in wanted), site, manner)
    sifted = sift((*told, *_levelled(audits, settings)), settings, wanted)
    blind = {code for code in wanted if site.unread} | {code for own in audits if own.partial for code in own.codes}
    site.cache.save()
    every = (*sifted.problems, *settings.problems, *sifted.unused)
    return Inspected(
        problems=tuple(sorted(every, key=Problem.order)),
        outcomes=_outcomes(wanted, sifted.problems, persons, blind),
        files=len(site.tree.files),
        pages=len(site.pages),
        partial=bool(site.unread) or any(own.partial for own in audits),
        excepted=sifted.excepted,
        changed=settings.changed,
        origin=site.origin.root,
        audits=audits,
    )


def audits_alone(task: Task) -> Inspected:
    """What the audits find that need no site, only the records from which it is made."""
    settings, site = _settings(task), Site(task.root, FileTree(), Origin())
    audits = tuple(audit(site) for audit in task.audits)
    wanted = {code for audit in audits for code in audit.codes}
    sifted = sift(_levelled(audits, settings), settings, wanted)
    blind = {code for audit in audits if audit.partial for code in audit.codes}
    return Inspected(
        problems=tuple(sorted((*sifted.problems, *settings.problems, *sifted.unused), key=Problem.order)),
        outcomes=_outcomes(wanted, sifted.problems, (), blind),
        files=0,
        pages=0,
        partial=any(audit.partial for audit in audits),
        excepted=sifted.excepted,
        changed=settings.changed,
        audits=audits,
    )


def nothing(problems: Iterable[Problem]) -> Inspected:
    """What comes out where there is nothing to inspect: the reasons why."""
    return Inspected(tuple(problems), dict.fromkeys(BY_HAND, PERSON), 0, 0, partial=True)


def chosen(only: Iterable[str]) -> tuple[ModuleType, ...]:
    """The rules with one of these codes, in their order."""
    wanted = tuple(only)
    return tuple(rule for rule in RULES if not wanted or any(code.startswith(wanted) for code in rule.CODES))


def manual(code: str) -> ModuleType | None:
    """The module whose docstring explains a code."""
    return next((rule for rule in (*RULES, axe) if code in rule.CODES), None)


def _codes(rule: ModuleType, task: Task) -> Iterator[str]:
    for code in rule.CODES:
        asked = not task.only or code.startswith(task.only)
        if asked and (task.office is not None or not TEXTS[code].office):
            yield code


def _settings(task: Task) -> Settings:
    office = task.office
    return settings_of(office.site, office.site_place, task.today) if office else Settings()


def _found(rules: tuple[ModuleType, ...], task: Task, site: Site) -> tuple[list[Finding], list[Person]]:
    """What the rules find; kept from the last run where not a single file has changed since."""
    others = [(file, own.stamp) for file, own in site.tree.files.items() if file not in site.holders]
    names = " ".join(rule.__name__ for rule in rules)
    # What depends on the records is not told by the files of the site alone.
    seal = site.cache.seal(others, f"{task.today} {task.base_url} {names}") if task.office is None else None
    kept = site.cache.result(seal)
    if kept is None:
        settle(site)
        found, persons = _run(rules, Inspection(site, task.today, task.office))
        if not persons:
            site.cache.keep_result(seal, tuple((own.page, _kept(own)) for own in found))
    else:
        found, persons = [_read_again(page, own) for page, own in kept], []
    for page in site.pages.values():
        found += [_read_again(page.file, own) for own in page.facts.told]
    return found, persons


def _run(rules: Iterable[ModuleType], inspection: Inspection) -> tuple[list[Finding], list[Person]]:
    found: list[Finding] = []
    persons: list[Person] = []
    for rule in rules:
        for own in rule.check(inspection) if rule.SUBJECT == "site" else ():
            if isinstance(own, Person):
                persons.append(own)
            else:
                found.append(own)
    return found, persons


def _judge(rules: Iterable[ModuleType]) -> Any:
    """The page rules as one function, for the moment at which a page is read; None if there are none."""
    checks = [rule.check for rule in rules if rule.SUBJECT == "page"]
    if not checks:
        return None

    def judge(file: str, tree: Callable[[], Tree], facts: Facts) -> tuple[Any, ...]:
        view = PageView(file, tree, facts)
        return tuple(_kept(finding) for check in checks for finding in check(view))

    return judge


def _kept(finding: Finding) -> tuple[Any, ...]:
    """A finding without its page, as a cache can keep it."""
    needle = finding.needle
    facts = tuple((name, dict(own) if isinstance(own, Mapping) else own) for name, own in finding.facts.items())
    place = (needle.tag, needle.attribute, needle.value, needle.nth)
    return finding.code, finding.url, finding.subject, place, facts, finding.nearest


def _read_again(page: str, kept: tuple[Any, ...]) -> Finding:
    code, url, subject, place, facts, near = kept
    return Finding(code, page, url, subject, Needle(*place), dict(facts), near)


def _levelled(audits: Iterable[Audit], settings: Settings) -> Iterator[Problem]:
    """The problems that audits know by their lines, at the levels that the office gave them."""
    for audit in audits:
        for own in audit.problems:
            yield replace(own, level=settings.levels.get(own.code, own.level))


def _outcomes(
    wanted: Iterable[str], found: Iterable[Problem], persons: Iterable[Person], blind: Container[str]
) -> dict[str, str]:
    faulty = {own.code for own in found}
    unsure = {own.code for own in persons}
    outcomes = {}
    for code in sorted(wanted):
        empty = PARTIAL if code in blind else PASS
        outcomes[code] = FINDING if code in faulty else PERSON if code in unsure else empty
    return outcomes | dict.fromkeys(BY_HAND, PERSON)


def _key(rules: Iterable[ModuleType]) -> str:
    """What the kept facts depend on: the code that reads and judges, and which page rules ran."""
    pages = [rule.__name__ for rule in rules if rule.SUBJECT == "page"]
    return f"{_code_digest()} {' '.join(pages)}"


@cache
def _code_digest() -> str:
    seal = hashlib.sha256()
    for package in ("mingshi.built", "mingshi.rules"):
        for own in sorted(files(package).iterdir(), key=lambda path: path.name):
            if own.name.endswith((".py", ".toml")):
                seal.update(own.read_bytes())
    return seal.hexdigest()
