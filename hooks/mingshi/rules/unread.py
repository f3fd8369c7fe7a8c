"""Everything could be looked at.

A file that cannot be read, or is too big to be a page, is not judged; the result of the whole run is then partial, and
no rule passes.

- `page-unreadable`: the file or folder cannot be opened.
- `page-too-large`: the page is bigger than 16 MB, the style sheet or data file bigger than 64 MB.
- `page-encoding`: bytes that are no text in the encoding that the page names, so that readers see signs without sense.

Fails: a page in Big5 that says `<meta charset="utf-8">`. Passes: a page in Big5 that says so.
"""

from collections.abc import Iterator

from mingshi.rules.finding import Finding, Inspection

SUBJECT = "site"
CODES = ("page-unreadable", "page-too-large", "page-encoding")


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    for own in site.unread:
        code = "page-too-large" if own.why == "too-large" else "page-unreadable"
        yield Finding(code, own.file, own.file, facts={"size": f"{own.size / 1024 / 1024:.0f} MB"})
    for page in site.pages.values():
        for name, found in page.facts.head.get("flaws", ()):
            if name == "encoding":
                yield Finding("page-encoding", page.file, found, page.file, facts={"found": found})
