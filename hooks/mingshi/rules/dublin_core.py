"""詮釋資料: what a page says of itself in its head for machines of the government (FL043379).

- `meta-element-missing`: one of the 15 elements `DC.…`, of the three classifications or `Keywords` is missing or empty.
- `meta-date-malformed`: `DC.Date` or the days of `DC.Coverage` are no days, or the last is before the first.
- `meta-code-malformed`: a classification that cannot be a code.

Fails: `<meta name="DC.Date" content="115.5.29">`. Passes: `<meta name="DC.Date" content="2026-05-29">`, and pages
without such elements outside of our own site.
"""

import re
from collections.abc import Iterator
from datetime import date

from mingshi.built import Needle
from mingshi.rules.finding import Finding, PageView
from mingshi.rules.standing import is_standing
from mingshi.rules.vocabulary import ordered

SUBJECT = "page"
CODES = ("meta-element-missing", "meta-date-malformed", "meta-code-malformed")
_ELEMENTS = ordered("dublin_core.elements")
_DAYS = ("dc.date", "dc.coverage.t.min", "dc.coverage.t.max")
_CODES = {
    "category.theme": re.compile(r"\d{3}"),
    "category.cake": re.compile(r"[0-9A-Z]\d{2}"),
    "category.service": re.compile(r"[A-Z]\d{2}"),
}


def check(page: PageView) -> Iterator[Finding]:
    metas = page.facts.metas
    if is_standing(page):
        said = {name for name, content in metas if content.strip()}
        missing = [name for name in _ELEMENTS if name.lower() not in said and f"{name.lower()}s" not in said]
        if missing:
            told = ", ".join(missing)
            yield Finding("meta-element-missing", page.file, told, told)
    days: dict[str, date] = {}
    for name, content in metas:
        if name in _DAYS and content.strip():
            day = _day(content.strip())
            if day is None:
                yield _found("meta-date-malformed", page, content, name)
            else:
                days[name] = day
        elif name in _CODES:
            for code in re.split(r"[\s,;、]+", content.strip()) if content.strip() else ():
                if not _CODES[name].fullmatch(code):
                    yield _found("meta-code-malformed", page, content, name)
                    break
    first, last = days.get("dc.coverage.t.min"), days.get("dc.coverage.t.max")
    if first and last and last < first:
        yield _found("meta-date-malformed", page, last.isoformat(), "dc.coverage.t.max")


def _found(code: str, page: PageView, content: str, name: str) -> Finding:
    return Finding(code, page.file, content, f"{name} {content}", Needle("meta", "content", content), {"name": name})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
