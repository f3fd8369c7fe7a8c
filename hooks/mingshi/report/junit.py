"""Problems as JUnit's XML: one test case a rule, for every CI that can show tests."""

import re
from collections import defaultdict
from collections.abc import Sequence
from html import escape

from mingshi.problems import Level, Problem
from mingshi.report.inspections import Told
from mingshi.rules.engine import PARTIAL, PERSON
from mingshi.rules.texts import BY_HAND, TEXTS

SHOWN = 100
_SUITE = "mingshi"
_UNTOLD = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_junit(told: Told, language: str) -> str:
    by_code: dict[str, list[Problem]] = defaultdict(list)
    for problem in told.problems:
        by_code[problem.code].append(problem)
    codes = sorted({*told.outcomes, *by_code})
    cases = [_case(code, by_code[code], told.outcomes.get(code, ""), language) for code in codes]
    failures = sum(_fails(by_code[code]) for code in codes)
    skipped = sum("<skipped" in case for case in cases)
    errors = sum("<error" in case for case in cases)
    head = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" skipped="{skipped}"'
    body = "\n".join(cases)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites {head}>\n<testsuite name="{_SUITE}" {head}>\n{body}\n</testsuite>\n</testsuites>'
    )


def _case(code: str, problems: Sequence[Problem], outcome: str, language: str) -> str:
    texts = TEXTS.get(code) or BY_HAND.get(code)
    name = f"{code}: {texts.name[language]}" if texts else code
    told = _told(code, problems, outcome, language)
    return f"<testcase classname={_quoted(_SUITE)} name={_quoted(name)}>{told}</testcase>"


def _told(code: str, problems: Sequence[Problem], outcome: str, language: str) -> str:
    if problems:
        lines = _plain("\n".join(_line(own, language) for own in problems[:SHOWN]))
        more = f"\n… {len(problems) - SHOWN}" if len(problems) > SHOWN else ""
        if not _fails(problems):
            return f"<system-out>{lines}{more}</system-out>"
        head = f"type={_quoted(code)} message={_quoted(problems[0].message[language])}"
        return f"<failure {head}>{lines}{more}</failure>"
    if outcome == PERSON:
        reason = BY_HAND[code].reason[language] if code in BY_HAND else ""
        return f"<skipped message={_quoted(reason)}/>"
    return '<error type="partial"/>' if outcome == PARTIAL else ""


def _fails(problems: Sequence[Problem]) -> bool:
    return any(own.level is Level.ERROR for own in problems)


def _line(problem: Problem, language: str) -> str:
    pages = f" ({problem.pages})" if problem.pages > 1 else ""
    return f"{problem.mark}: {problem.level.value}: {problem.message[language]}{pages} {problem.hint[language]}"


def _quoted(text: str) -> str:
    return f'"{_plain(text)}"'


def _plain(text: str) -> str:
    """Text as XML can hold it: no control characters, no half signs."""
    return escape(_UNTOLD.sub("\ufffd", text))
