"""Problems → what people and programs read. Finds none. Here: the terminal and JSON; beside: SARIF, JUnit, GitHub."""

import json
import locale
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mingshi.problems import Level, Mark, Problem, Spot

SHOWN = 200
"""Problems beyond this are counted, not printed."""
SHOWN_OF_ONE = 20
"""So many of one code are printed before the others get their turn."""
PAGES_SHOWN = 3
SPOTS = 20
"""So many places stand with a problem in its JSON; `findings` has all of them."""

_LABELS: Mapping[str, Mapping[str, str]] = {
    "zh": {
        "error": "錯誤",
        "warning": "警告",
        "notice": "提示",
        "mend": "怎麼改：",
        "see": "另見 ",
        "more": "…還有{n}個問題沒有列出",
        "more of": "…還有{n}個 [{code}] 沒有列出",
        "on": "出現在{n}頁：{pages}",
        "and": "{pages}…",
    },
    "en": {
        "error": "error",
        "warning": "warning",
        "notice": "notice",
        "mend": "To mend: ",
        "see": "See ",
        "more": "… and {n} more problems",
        "more of": "… and {n} more of [{code}]",
        "on": "On {n} pages: {pages}",
        "and": "{pages} …",
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
    label = _LABELS[language]
    left_out = {code: times - SHOWN_OF_ONE for code, times in _many(problems).items()} if _many(problems) else {}
    shown, seen = [], dict.fromkeys(left_out, 0)
    for problem in problems:
        if problem.code in seen:
            seen[problem.code] += 1
            if seen[problem.code] > SHOWN_OF_ONE:
                continue
        shown.append(problem)
    lines = [_lines(problem, language) for problem in shown[:SHOWN]]
    lines += [label["more of"].format(n=n, code=code) for code, n in left_out.items()]
    if len(shown) > SHOWN:
        lines.append(label["more"].format(n=len(shown) - SHOWN))
    return "\n".join(lines)


def _many(problems: Sequence[Problem]) -> dict[str, int]:
    """The codes that stand too often to be printed each time; in a short list all of them are."""
    if len(problems) <= SHOWN:
        return {}
    return {code: times for code, times in Counter(own.code for own in problems).items() if times > SHOWN_OF_ONE}


def _lines(problem: Problem, language: str) -> str:
    label = _LABELS[language]
    first = f"{problem.mark}: {label[problem.level.value]} [{problem.code}] {problem.message[language]}"
    related = "".join(f"\n    {label['see']}{mark}" for mark in problem.related)
    return f"{first}\n    {label['mend']}{problem.hint[language]}{related}{_on_pages(problem, label)}"


def _on_pages(problem: Problem, label: Mapping[str, str]) -> str:
    pages = sorted({spot.page for spot in problem.spots})
    if not pages or (len(pages) == 1 and problem.mark.file.endswith(pages[0])):
        return ""
    named = ", ".join(pages[:PAGES_SHOWN])
    shown = named if len(pages) <= PAGES_SHOWN else label["and"].format(pages=named)
    return f"\n    {label['on'].format(n=len(pages), pages=shown)}"


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
        "subject": problem.subject,
        "pages": problem.pages,
        "spots": [_spot(spot) for spot in problem.spots[:SPOTS]],
    }


def _spot(spot: Spot) -> dict[str, Any]:
    return {"page": spot.page, "line": spot.line, "column": spot.column, "url": spot.url}


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
        spots=tuple(Spot(**spot) for spot in values["spots"]),
        subject=values["subject"],
    )
