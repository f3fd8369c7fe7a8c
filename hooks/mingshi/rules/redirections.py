"""Pages that lead on come to an end.

- `redirect-loop`: a page leads to itself, or to pages that lead back to it. So do lines of the file `_redirects`.
- `redirect-chain`: a page leads to another one that only leads on again; each step costs time, and some readers stop.
- `refresh-timed`: a page loads itself or another one anew after a while. Readers lose their place (WCAG 2.2.1).

A page that leads on at once is right when it stands at an old address.

Fails: `<meta http-equiv="refresh" content="30">`. Passes: `<meta http-equiv="refresh" content="0; url=../new/">`.
"""

from collections.abc import Iterator, Mapping

from mingshi.built import Holder, Needle, Site, Use
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("redirect-loop", "redirect-chain", "refresh-timed")
LONGEST = 20 * 60 * 60
"""Seconds from which on nobody waits for it; WCAG makes this exception, too."""


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    onward = {file: use for file, page in site.pages.items() if (use := _onward(page)) is not None}
    steps = {file: use.file or "" for file, use in onward.items()}
    for file, use in onward.items():
        trail = _trail(file, steps)
        if trail[-1] == file:
            yield of_use("redirect-loop", site.pages[file], use, file)
        elif len(trail) > 2 and trail[-1] in site.pages:
            yield of_use("redirect-chain", site.pages[file], use, file, f"/{site.pages[trail[-1]].url}")
    yield from _timed(site)
    for start in site.moved:
        if _trail(start, site.moved)[-1] == start:
            yield Finding("redirect-loop", "_redirects", f"/{start}", f"/{start}", Needle(value=f"/{start}"))


def _onward(page: Holder) -> Use | None:
    """The address to which a page leads at once."""
    refresh = page.facts.head.get("refresh")
    if not refresh or refresh[0] != 0:
        return None
    return next((use for use in page.uses if use.where == "meta refresh"), None)


def _trail(start: str, steps: Mapping[str, str]) -> list[str]:
    """From page to page until one leads nowhere or comes twice."""
    trail = [start]
    while (there := steps.get(trail[-1])) is not None:
        trail.append(there)
        if there in trail[:-1]:
            break
    return trail


def _timed(site: Site) -> Iterator[Finding]:
    for page in site.pages.values():
        refresh = page.facts.head.get("refresh")
        if refresh and (0 < refresh[0] < LONGEST or refresh == (0, None)):
            code = "refresh-timed" if refresh[0] else "redirect-loop"
            url = refresh[1] or ""
            yield Finding(
                code, page.file, url, page.file, Needle("meta", "http-equiv", "refresh"), {"seconds": refresh[0]}
            )
