"""The title of a page says what it is about.

- `title-missing`: no `<title>` in the head, or an empty one.
- `title-repeated`: pages of one language that have the same title, so that tabs, bookmarks and results look alike.
- `title-not-heading`: the title and the main heading of the page have nothing in common.

Fails: `<title> </title>`. Passes: `<title>申請低收入戶｜社會局</title>` over `<h1>申請低收入戶</h1>`.
"""

from collections.abc import Iterator

from mingshi.built import Holder, Needle
from mingshi.rules.finding import Finding, Inspection
from mingshi.rules.standing import is_standing, lists_itself

SUBJECT = "site"
CODES = ("title-missing", "title-repeated", "title-not-heading")


def check(inspection: Inspection) -> Iterator[Finding]:
    known: dict[tuple[str, str], Holder] = {}
    for page in inspection.site.pages.values():
        title = page.facts.head.get("title", "")
        if not title:
            yield Finding("title-missing", page.file, facts={"file": page.file}, subject=page.file)
            continue
        if not (is_standing(page) and lists_itself(inspection, page)):
            continue
        first = known.setdefault((page.facts.head.get("lang", ""), title), page)
        if first is not page:
            yield Finding("title-repeated", page.file, title, title, Needle("title"), {"other": first.file})
        heading = page.facts.head.get("h1", "")
        if page.url.count("/") > 1 and heading and not _share(heading, title):
            yield Finding("title-not-heading", page.file, title, title, Needle("title"), {"heading": heading})


def _share(heading: str, title: str) -> bool:
    """Whether one says what the other says, or they have a part of it in common."""
    first, second = ("".join(char for char in text.lower() if char.isalnum()) for text in (heading, title))
    if first in second or second in first:
        return True
    size = 2 if any(char > "\u2fff" for char in first) else 4
    return any(first[at : at + size] in second for at in range(max(1, len(first) - size + 1)))
