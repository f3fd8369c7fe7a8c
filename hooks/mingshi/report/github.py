"""Problems as annotations of GitHub's workflows, and the summary of a step in Markdown."""

from collections.abc import Iterable

from mingshi.problems import Level, Problem
from mingshi.report.inspections import Told, summary

SHOWN = 50
"""GitHub shows ten annotations a step and level and drops the rest; the log keeps these."""
_ROWS = 100


def annotations(problems: Iterable[Problem], language: str) -> str:
    """`::error file=…,line=…::message`, the errors first."""
    order = list(Level)
    ranked = sorted(problems, key=lambda own: order.index(own.level))
    return "\n".join(_annotation(own, language) for own in ranked[:SHOWN])


def step_summary(told: Told, language: str) -> str:
    """Markdown for the page of a workflow run."""
    rows = [
        f"| {own.level.value} | `{own.code}` | {_cell(str(own.mark))} | {own.pages} | {_cell(own.message[language])} |"
        for own in told.problems[:_ROWS]
    ]
    heads = {"zh": "| 等級 | 規則 | 位置 | 頁數 | 問題 |", "en": "| Level | Rule | Place | Pages | Problem |"}
    table = [heads[language], "| --- | --- | --- | ---: | --- |", *rows] if rows else []
    more = [f"… {len(told.problems) - _ROWS}"] if len(told.problems) > _ROWS else []
    return "\n".join(["## Mingshi", "", *summary(told, language).split("\n"), "", *table, *more, ""])


def _annotation(problem: Problem, language: str) -> str:
    mark = problem.mark
    place = f"file={_property(mark.file)},line={mark.line},col={mark.column},title={_property(problem.code)}"
    return f"::{problem.level.value} {place}::{_message(f'{problem.message[language]} {problem.hint[language]}')}"


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("`", "\\`")
