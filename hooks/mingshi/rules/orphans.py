"""Every page can be reached.

- `orphan`: no way of links, frames and forms leads from the home page to this page. Being in the sitemap is no way.

Pages that ask not to be found, that lead on, that have ended, that are shown for errors or that stand in a frame are no
finding.

Fails: a page whose only link was taken off its list. Passes: a page that only the site's own sitemap page links.
"""

from collections.abc import Iterator

from mingshi.built import Needle, Site
from mingshi.rules.finding import Finding, Inspection
from mingshi.rules.standing import has_ended, is_standing

SUBJECT = "site"
CODES = ("orphan",)


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    home = site.tree.index_of("")
    if home is None:
        return
    reached = _reached(site, home)
    for file, page in site.pages.items():
        # What has ended leaves its list and keeps its address.
        if file not in reached and is_standing(page) and not has_ended(page, inspection.today):
            yield Finding("orphan", file, f"/{page.url}", f"/{page.url}", Needle("title"))


def _reached(site: Site, home: str) -> set[str]:
    reached, waiting = {home}, [home]
    while waiting:
        page = site.pages.get(waiting.pop())
        for use in site.leading.intersection(page.uses) if page else ():
            if use.file is not None and use.file not in reached:
                reached.add(use.file)
                waiting.append(use.file)
    return reached
