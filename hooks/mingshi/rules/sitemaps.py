"""The sitemap lists what there is to find.

- `sitemap-outside`: an address of another host or folder, or one that is not whole; search engines refuse it.
- `sitemap-hidden`: a page that leads on elsewhere, or that asks not to be found.
- `sitemap-date`: a `lastmod` that is no date, or that is yet to come.
- `sitemap-incomplete`: a page that may be found is not in the sitemap, although most others are.

A page that asks not to be found, leads on, or names another page as its canonical address need not be listed; nor does
the page that is shown for errors.

Fails: `<loc>/services/</loc>`. Passes: `<loc>https://labor.demo.example/services/</loc>`.
"""

import re
from collections.abc import Iterator
from datetime import date

from mingshi.built import Holder, Needle, Site, Sort, note
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.standing import is_standing, lists_itself

SUBJECT = "site"
CODES = ("sitemap-outside", "sitemap-hidden", "sitemap-date", "sitemap-incomplete")
_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?)?)?")
_ENTRIES = ("url loc", "sitemap loc")


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    sitemaps = [holder for holder in site.holders.values() if holder.form in ("sitemap", "sitemap-index")]
    listed: set[str] = set()
    for holder in sitemaps:
        yield from _entries(inspection, holder, listed)
    if sitemaps and listed:
        yield from _incomplete(inspection, listed)


def _entries(inspection: Inspection, holder: Holder, listed: set[str]) -> Iterator[Finding]:
    site = inspection.site
    for use in holder.uses:
        if use.where not in _ENTRIES:
            continue
        listed.add(use.file or "")
        if _is_outside(site, use.url, use.target.sort):
            yield of_use("sitemap-outside", holder, use)
        page = site.pages.get(use.file or "")
        if page and (page.facts.is_stub or page.facts.is_hidden):
            yield of_use("sitemap-hidden", holder, use)
        lastmod = use.reference[2] and note(use.reference, "lastmod")
        if lastmod and not _is_past(lastmod, inspection.today):
            yield of_use("sitemap-date", holder, use, found=lastmod)


def _is_outside(site: Site, url: str, sort: Sort) -> bool:
    if "://" not in url:
        return True
    return bool(site.origin) and sort is not Sort.INSIDE


def _is_past(text: str, today: date) -> bool:
    match = _DATE.fullmatch(text)
    try:
        return match is not None and date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) <= today
    except ValueError:
        return False


def _incomplete(inspection: Inspection, listed: set[str]) -> Iterator[Finding]:
    pages = [page for page in inspection.site.pages.values() if is_standing(page) and lists_itself(inspection, page)]
    missing = [page for page in pages if page.file not in listed]
    # A sitemap that leaves most pages out does so on purpose.
    if len(missing) * 2 > len(pages):
        return
    for page in missing:
        yield Finding("sitemap-incomplete", page.file, f"/{page.url}", f"/{page.url}", Needle("title"))
