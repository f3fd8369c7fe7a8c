"""What an office's site has as a whole.

- `global-link-missing`: a page from which a reader cannot come to the home page, the sitemap, the search or one of the
  policies.
- `folder-without-index`: a folder of pages that has no page of its own, so that who shortens the address finds nothing.
- `meta-publisher`: a page names another office than the one that publishes the site, or no code of the office.

Fails: pages in `archive/2025/` without `archive/2025/index.html`. Passes: folders that hold no pages.
"""

from collections.abc import Iterator

from mingshi.built import Needle
from mingshi.kinds.agency import Agency
from mingshi.rules.finding import Finding, Inspection
from mingshi.rules.standing import is_standing

SUBJECT = "site"
CODES = ("global-link-missing", "folder-without-index", "meta-publisher")


def check(inspection: Inspection) -> Iterator[Finding]:
    if inspection.office is None:
        return
    yield from _links(inspection)
    yield from _folders(inspection)
    yield from _publisher(inspection)


def _links(inspection: Inspection) -> Iterator[Finding]:
    office, site = inspection.office, inspection.site
    assert office is not None
    names = ("", "sitemap/", "search/", *(f"{name}/" for name in office.site.footer))
    wanted = {
        language.prefix: {f"{language.prefix}{name}index.html" for name in names} for language in office.languages
    }
    for page in site.pages.values():
        if is_standing(page):
            reached = {use.file for use in page.uses}
            for file in sorted(wanted[office.languages.of_url(page.file).prefix] & site.pages.keys() - reached):
                if file != page.file:
                    yield Finding("global-link-missing", page.file, file, file)


def _folders(inspection: Inspection) -> Iterator[Finding]:
    files = inspection.site.pages.keys()
    told: set[str] = set()
    for file, page in inspection.site.pages.items():
        if page.facts.is_stub:
            continue
        folder = file.rpartition("/")[0]
        while folder and folder not in told:
            told.add(folder)
            if f"{folder}/index.html" not in files and f"{folder}/index.htm" not in files:
                yield Finding("folder-without-index", file, f"{folder}/", f"{folder}/")
            folder = folder.rpartition("/")[0]


def _publisher(inspection: Inspection) -> Iterator[Finding]:
    office = inspection.office
    assert office is not None
    entry = office.entries.get(office.site.agency)
    if entry is None or not isinstance(entry.record, Agency):
        return
    names = {entry.record.name.own(language) for language in office.languages}
    for page in inspection.site.pages.values():
        for name, wanted in (("dc.publisher", names), ("dc.identifier", {office.site.identifier})):
            said = page.facts.meta(name)
            if said is not None and said not in wanted and None not in wanted:
                facts = {"name": name, "wanted": " / ".join(sorted(filter(None, wanted)))}
                yield Finding(
                    "meta-publisher", page.file, said, f"{name} {said}", Needle("meta", "content", said), facts
                )
