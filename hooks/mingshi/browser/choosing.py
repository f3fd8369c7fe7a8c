"""Which pages are opened, so that every part of structure is seen in every language. Knows no browser."""

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mingshi.browser.structure import features, language
from mingshi.built import Holder, Site, elements


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site and what its structure is made of."""

    file: str
    url: str
    """Its address below the root of the site."""
    size: int
    language: str
    features: frozenset[str]


def pages_of(site: Site) -> list[Page]:
    """Every page that shows something itself, in the order of their files."""
    shared: dict[frozenset[str], frozenset[str]] = {}
    pages = []
    for holder in sorted(site.pages.values(), key=lambda own: own.file):
        if not holder.facts.is_stub:
            pages.append(_page(site, holder, shared))
    return pages


def _page(site: Site, holder: Holder, shared: dict[frozenset[str], frozenset[str]]) -> Page:
    root = elements(site.source(holder.file).encode("utf-8", "replace")).root
    found = features(root)
    return Page(
        holder.file,
        holder.url,
        site.tree.files[holder.file].size,
        language(root),
        # The sets of a big site are many times the same.
        shared.setdefault(found, found),
    )


def sets(pages: Iterable[Page]) -> dict[frozenset[str], list[Page]]:
    """The structure sets: pages with the same features are alike."""
    found: dict[frozenset[str], list[Page]] = {}
    for page in pages:
        found.setdefault(page.features, []).append(page)
    return found


def representatives(pages: Iterable[Page]) -> list[Page]:
    """The fewest pages on which, in each language, every feature stands that stands on any page of it.

    A set stands for its largest page: what overlaps or wraps is most likely there. Of the sets, only those are opened
    that bring a feature which the others do not: parts of a page that come and go by themselves make many sets, and
    each part is judged the same in all of them.
    """
    languages: dict[str, list[Page]] = {}
    for alike in sets(pages).values():
        largest = min(alike, key=lambda own: (-own.size, own.file))
        languages.setdefault(largest.language, []).append(largest)
    chosen = [page for group in languages.values() for page in _cover({own.file: own for own in group})]
    return sorted(chosen, key=lambda own: own.file)


def _cover(candidates: Mapping[str, Page]) -> Iterable[Page]:
    """Always the page next that brings most; what a page brings can only shrink, so few are counted again."""
    missing = set().union(*(own.features for own in candidates.values()))
    queue = [(-len(own.features), -own.size, own.file) for own in candidates.values()]
    heapq.heapify(queue)
    while missing:
        gain, size, file = heapq.heappop(queue)
        left = len(candidates[file].features & missing)
        if left == -gain:
            missing -= candidates[file].features
            yield candidates[file]
        elif left:
            heapq.heappush(queue, (-left, size, file))
