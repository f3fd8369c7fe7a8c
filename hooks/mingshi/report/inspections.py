"""What came out of an inspection, for the terminal and as JSON; and what of it is new since an earlier one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mingshi import report
from mingshi.problems import Problem
from mingshi.rules.engine import FINDING, PARTIAL, PASS, PERSON, Inspected
from mingshi.rules.texts import BY_HAND

EVERYWHERE = 10
"""A fault that stood on so many pages before is known on every page."""

_TEXTS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "looked": "檢查了{pages}頁、{files}個檔案。",
        "rules": "規則：{good}條通過，{bad}條有問題，{person}條要由人判斷。",
        "partial": "結果不完整：有些沒有檢查到，不能算通過。",
        "changed": "改過等級的規則：{codes}",
        "excepted": "依 site.yml 的例外不計：{n}個",
        "known": "先前就有、這次不計：{n}個",
    },
    "en": {
        "looked": "Looked at {pages} pages, {files} files.",
        "rules": "Rules: {good} passed, {bad} found something, {person} need a person.",
        "partial": "The result is partial: not everything could be looked at, so it is no pass.",
        "changed": "Rules with another level: {codes}",
        "excepted": "Set aside by exceptions in site.yml: {n}",
        "known": "Known from before and not counted: {n}",
    },
}

Identity = tuple[str, str, str]
"""(code, subject, page or file) of a fault, the same as long as the fault is."""


@dataclass(frozen=True, slots=True)
class Told:
    """An inspection as it is reported: the problems that count, and those that were known."""

    inspected: Inspected
    problems: tuple[Problem, ...]
    known: tuple[Problem, ...] = ()

    @property
    def outcomes(self) -> Mapping[str, str]:
        return self.inspected.outcomes


def since(inspected: Inspected, baseline: Mapping[str, Any] | None) -> Told:
    """Part what an earlier report (its JSON) already had from what is new."""
    if baseline is None:
        return Told(inspected, inspected.problems)
    known, everywhere = identities(baseline)
    old = [own for own in inspected.problems if (own.code, own.subject) in everywhere or _identities(own) <= known]
    return Told(inspected, tuple(own for own in inspected.problems if own not in old), tuple(old))


def identities(baseline: Mapping[str, Any]) -> tuple[set[Identity], set[tuple[str, str]]]:
    """The faults of an earlier report by place, and those that were nearly everywhere."""
    known = {(own["code"], own["subject"], own["page"] or own["file"]) for own in baseline["findings"]}
    everywhere = {(own["code"], own["subject"]) for own in baseline["problems"] if own["pages"] >= EVERYWHERE}
    return known, everywhere


def _identities(problem: Problem) -> set[Identity]:
    if not problem.spots:
        return {(problem.code, problem.subject or problem.found, problem.mark.file)}
    return {(problem.code, problem.subject, spot.page) for spot in problem.spots}


def summary(told: Told, language: str) -> str:
    """The last lines of a terminal report."""
    words, inspected = _TEXTS[language], told.inspected
    results = list(inspected.outcomes.values())
    lines = [words["looked"].format(pages=inspected.pages, files=inspected.files)] if inspected.files else []
    counts = {"good": results.count(PASS), "bad": results.count(FINDING), "person": results.count(PERSON)}
    lines.append(words["rules"].format(**counts))
    lines += [own.said[language] for own in inspected.audits if own.said]
    if inspected.changed:
        lines.append(words["changed"].format(codes=", ".join(inspected.changed)))
    for name, problems in (("excepted", inspected.excepted), ("known", told.known)):
        lines += [words[name].format(n=len(problems))] if problems else []
    lines += [words["partial"]] if inspected.partial else []
    return "\n".join((*lines, report.totals(told.problems, language)))


def as_json(told: Told, **facts: Any) -> str:
    """`problems` has each fault once, `findings` each place of it; the keys are always the same."""
    inspected = told.inspected
    values = {
        **facts,
        "pages": inspected.pages,
        "files": inspected.files,
        "base_url": inspected.origin,
        "partial": inspected.partial,
        **report.counts(told.problems),
        "known": len(told.known),
        "excepted": len(inspected.excepted),
        "changed": list(inspected.changed),
        "rules": dict(inspected.outcomes),
        "needs_person": inspected.unsure,
        "audits": {own.name: dict(own.facts) for own in inspected.audits},
        "by_hand": {code: dict(own.reason) for code, own in BY_HAND.items()},
        "problems": [report.as_values(problem) for problem in told.problems],
        "findings": findings(told.problems),
    }
    return json.dumps(values, ensure_ascii=False, indent=2)


def findings(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Every place of every problem, each with its page, line, address and code."""
    return [own for problem in problems for own in _places(problem)]


def _places(problem: Problem) -> Sequence[dict[str, Any]]:
    mark = problem.mark
    common = {
        "code": problem.code,
        "level": problem.level.value,
        "subject": problem.subject or problem.found,
        "file": mark.file,
        "message": dict(problem.message),
    }
    if not problem.spots:
        return [{"page": "", "line": mark.line, "column": mark.column, "url": "", **common}]
    return [
        {"page": spot.page, "line": spot.line, "column": spot.column, "url": spot.url, **common}
        for spot in problem.spots
    ]


def unfinished(inspected: Inspected) -> list[str]:
    """The rules that could not look at everything."""
    return [code for code, outcome in inspected.outcomes.items() if outcome == PARTIAL]
