"""Links keep to the reader's language.

- `link-language`: a link that says `hreflang="en"` leads to a page in another language.
- `link-twin`: a link leads to a page in another language although that page exists in the reader's own.

The switch from one language to the other is no finding, nor is a link that says by `hreflang` or `lang` that it changes
the language, nor one to the home page of a language.

Fails: on an English page `<a href="/services/">` where /en/services/ is its translation.
Passes: `<a href="/services/" hreflang="zh-Hant">`.
"""

from collections.abc import Iterator
from functools import lru_cache

from mingshi.built import Holder, Site, Use, elements, note
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("link-language", "link-twin")
_DEFAULT = "x-default"


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    wanted = {use: "link-language" for use in site.with_notes if _misleads(site, use)}
    for holder, use in site.with_uses(wanted):
        tag = note(use.reference, "hreflang")
        yield of_use(
            "link-language", holder, use, f"{use.target.shown} {tag}", found=tag, is_=_language(site, use.file)
        )
    twins = _twins(inspection)
    if twins:
        yield from _lost(site, twins)


def _misleads(site: Site, use: Use) -> bool:
    said = note(use.reference, "hreflang") if use.where in ("a href", "area href") else ""
    is_ = _language(site, use.file)
    return bool(said and is_) and _first(said) != _first(is_)


def _twins(inspection: Inspection) -> dict[str, dict[str, str]]:
    """Page → language → the page in that language, as pages say themselves."""
    pages = inspection.site.pages
    return {
        file: {_first(tag): use.file or "" for tag, use in own.alternates if tag != _DEFAULT and use.file in pages}
        for file, own in inspection.relations.items()
        if own.alternates
    }


def _lost(site: Site, twins: dict[str, dict[str, str]]) -> Iterator[Finding]:
    """Links by which a reader falls out of their language."""
    by_language: dict[str, set[Use]] = {}
    for use in site.leading:
        if use.where == "a href" and not use.reference[2] and use.file in twins:
            by_language.setdefault(_first(_language(site, use.file)), set()).add(use)
    homes = {file for file in twins if _is_home(site, file)}
    for page in site.pages.values():
        own = _first(page.facts.head.get("lang", ""))
        for language in by_language.keys() - {own} if own else ():
            for use in by_language[language].intersection(page.uses):
                twin = twins[use.file or ""].get(own)
                if not twin or twin in (page.file, use.file) or use.file in homes:
                    continue
                if _stands_in(site, page, use.url, own):
                    yield of_use("link-twin", page, use, use.target.shown, f"/{site.pages[twin].url}")


def _stands_in(site: Site, page: Holder, url: str, language: str) -> bool:
    """Whether a link stands in a passage of the page's own language; looked up only where it matters."""
    links = elements(site.source(page.file).encode()).tagged.get("a", [])
    return any(_first(own.language) == language for own in links if own.attributes.get("href") == url)


def _is_home(site: Site, file: str) -> bool:
    """The page at the root, or the only one of its language that lies in no deeper folder."""
    url = site.pages[file].url
    return not url or (url.count("/") == 1 and url.endswith("/") and len(url) <= len("zh-hant-tw/") and _is_code(url))


def _is_code(url: str) -> bool:
    name = url.rstrip("/").lower()
    return len(name.partition("-")[0]) in (2, 3)


def _language(site: Site, file: str | None) -> str:
    page: Holder | None = site.pages.get(file or "")
    return page.facts.head.get("lang", "") if page else ""


@lru_cache(maxsize=4096)
def _first(tag: str) -> str:
    return tag.lower().partition("-")[0]
