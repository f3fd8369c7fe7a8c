"""An id names one element of a page.

- `duplicate-id`: the same id stands on two elements, so that links, labels and scripts reach the first one only.
- `id-malformed`: an id that is empty or holds blanks, which no link can name.

Fails: `<p id="a"></p><p id="a"></p>`. Passes: Chinese ids, ids that start with a digit, ids
that differ in capitals, and what stands in templates, comments and scripts.
"""

from collections.abc import Iterator

from mingshi.built import Needle
from mingshi.rules.finding import Finding, Inspection

SUBJECT = "site"
CODES = ("duplicate-id", "id-malformed")


def check(inspection: Inspection) -> Iterator[Finding]:
    for page in inspection.site.pages.values():
        for own in page.facts.repeated:
            if own.strip():
                yield Finding("duplicate-id", page.file, own, own, Needle("*", "id", own, 1))
        for own in page.facts.head.get("bad-ids", ()):
            yield Finding("id-malformed", page.file, own, own or "id=''", Needle("*", "id", own))
