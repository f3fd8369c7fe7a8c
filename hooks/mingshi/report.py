"""Problems → what people and programs read. Finds none; the only place that words a terminal line."""

import json
import locale
import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mingshi.problems import Level, Mark, Problem

SHOWN = 200
"""Lines beyond this are counted, not printed."""

_LABELS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "error": "錯誤",
        "warning": "警告",
        "notice": "提示",
        "mend": "怎麼改：",
        "see": "另見 ",
        "more": "…還有{n}個問題沒有列出",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "notice": "notice",
        "mend": "To mend: ",
        "see": "See ",
        "more": "… and {n} more problems",
    },
}
_TOTALS: Mapping[str, str] = {
    "zh": "{errors}個錯誤、{warnings}個警告、{notices}個提示",
    "en": "Errors: {errors}, warnings: {warnings}, notices: {notices}",
}


def author_language(wanted: str | None = None) -> str:
    """zh or en: as asked, else as the environment says."""
    if wanted:
        return wanted
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    tag = next((value for value in variables if value), None) or (locale.getlocale()[0] or "")
    return "zh" if tag.lower().startswith(("zh", "chinese")) else "en"


def counts(problems: Iterable[Problem]) -> dict[str, int]:
    levels = [problem.level for problem in problems]
    return {f"{level.value}s": levels.count(level) for level in Level}


def totals(problems: Iterable[Problem], language: str) -> str:
    return _TOTALS[language].format(**counts(problems))


def text(problems: Sequence[Problem], language: str) -> str:
    """Every problem in three lines: where and what, then how to mend it."""
    lines = [_lines(problem, language) for problem in problems[:SHOWN]]
    if len(problems) > SHOWN:
        lines.append(_LABELS[language]["more"].format(n=len(problems) - SHOWN))
    return "\n".join(lines)


def _lines(problem: Problem, language: str) -> str:
    label = _LABELS[language]
    first = f"{problem.mark}: {label[problem.level.value]} [{problem.code}] {problem.message[language]}"
    related = "".join(f"\n    {label['see']}{mark}" for mark in problem.related)
    return f"{first}\n    {label['mend']}{problem.hint[language]}{related}"


def as_json(problems: Sequence[Problem], **facts: Any) -> str:
    """The same keys always, both languages always."""
    found = {**facts, **counts(problems), "problems": [as_values(problem) for problem in problems]}
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_values(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code,
        "level": problem.level.value,
        **_mark(problem.mark),
        "found": problem.found,
        "expected": dict(problem.expected) if problem.expected else None,
        "nearest": problem.nearest,
        "message": dict(problem.message),
        "hint": dict(problem.hint),
        "related": [_mark(related) for related in problem.related],
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"file": mark.file, "line": mark.line, "column": mark.column, "sheet": mark.sheet, "cell": mark.cell}


def from_values(values: Mapping[str, Any]) -> Problem:
    """A problem read back from its JSON."""
    return Problem(
        code=values["code"],
        level=Level(values["level"]),
        mark=Mark(**{key: values[key] for key in ("file", "line", "column", "sheet", "cell")}),
        message=values["message"],
        hint=values["hint"],
        found=values["found"],
        expected=values["expected"],
        nearest=values["nearest"],
        related=tuple(Mark(**mark) for mark in values["related"]),
    )
