"""The sitemap and the robots file. Knows the URLs of pages, not their HTML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from mingshi.languages import Languages

URLS_A_FILE = 50_000
"""The most that the sitemap protocol allows in one file."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'


@dataclass(frozen=True, slots=True)
class Location:
    """A page as the sitemap lists it: its path below each language that has it."""

    path: str
    languages: tuple[str, ...]
    updated: date | None = None


def sitemaps(locations: Sequence[Location], languages: Languages, base_url: str) -> Iterator[tuple[str, str]]:
    """File name and content: one sitemap, or an index of several where there are too many pages."""
    entries = [
        entry
        for location in sorted(locations, key=lambda location: location.path)
        for entry in _entries(location, languages, base_url)
    ]
    if len(entries) <= URLS_A_FILE:
        yield "sitemap.xml", _sitemap(entries)
        return
    names = []
    for number, start in enumerate(range(0, len(entries), URLS_A_FILE), 1):
        names.append(f"sitemap-{number}.xml")
        yield names[-1], _sitemap(entries[start : start + URLS_A_FILE])
    index = "".join(f"<sitemap><loc>{escape(base_url)}{name}</loc></sitemap>\n" for name in names)
    yield "sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{index}</sitemapindex>\n"


def robots(base_url: str) -> str:
    return f"User-agent: *\nAllow: /\nSitemap: {base_url}sitemap.xml\n"


def _entries(location: Location, languages: Languages, base_url: str) -> Iterator[str]:
    own = [language for language in languages if language.key in location.languages]
    base = escape(base_url)
    twins = "".join(
        f'<xhtml:link rel="alternate" hreflang="{language.tag}" href="{base}{language.prefix}{location.path}"/>'
        for language in own
    )
    updated = f"<lastmod>{location.updated.isoformat()}</lastmod>" if location.updated else ""
    for language in own:
        yield f"<url><loc>{base}{language.prefix}{location.path}</loc>{updated}{twins if len(own) > 1 else ''}</url>\n"


def _sitemap(entries: Iterable[str]) -> str:
    return f"{_HEAD}<urlset {_SPACE} {_LINKS}>\n{''.join(entries)}</urlset>\n"
