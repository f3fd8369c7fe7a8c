"""Reads a finished site: walks its folder, reads what holds addresses, keeps the facts for the next run."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingshi.built import documents
from mingshi.built.addresses import Origin
from mingshi.built.cache import Cache, digest
from mingshi.built.elements import Tree
from mingshi.built.facts import Facts
from mingshi.built.files import PAGES, walk
from mingshi.built.parsing import PageReader
from mingshi.built.redirects import moved
from mingshi.built.site import Holder, Site, Unread

LARGEST_PAGE = 16 * 1024 * 1024
LARGEST_DOCUMENT = 64 * 1024 * 1024

_MAY_HOLD = re.compile(r"robots\.txt|manifest|search|lunr|fuse|sitemap|\.(?:xml|rss|atom|rdf)$")
_SITEMAP = re.compile(r"(?:[^/]*/)?(?:[^/]*sitemap[^/]*)\.xml(?:\.gz)?", re.IGNORECASE)
_XML = re.compile(r".*\.(?:xml|rss|atom|rdf)", re.IGNORECASE)
_SEARCH = re.compile(r"(?:.*/)?(?:search(?:/[^/]*)?|[^/]*search[^/]*|lunr[^/]*|fuse[^/]*)\.json", re.IGNORECASE)
_MANIFEST = re.compile(r"(?:.*/)?(?:[^/]+\.webmanifest|manifest\.json)", re.IGNORECASE)

_ASKED = 1000
"""So many pages are asked where the site is served."""

Told = tuple[Any, ...]
Judge = Callable[[str, Callable[[], Tree], Facts], Told]
"""What the page rules make of a page: (file, its elements, its facts) → what they found, as the cache can keep it."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a site is to be read."""

    base_url: str = ""
    """Where it is served; found out from the site itself if left out."""
    cache: Path | None = None
    key: str = ""
    """Facts that were kept under another key are of no use."""
    judge: Judge | None = None


class NoSiteError(Exception):
    """The folder is missing, or holds no page."""


def gather(root: Path, way: Way) -> Site:
    """The files of a site and what they hold. Where their addresses lead is not known before `settle`."""
    if not root.is_dir():
        raise NoSiteError
    tree = walk(str(root))
    pages = sorted(file for file in tree.files if file.lower().endswith(PAGES))
    if not pages:
        raise NoSiteError
    site = Site(root, tree, Origin())
    site.unread += [Unread(folder, "folder") for folder in sorted(tree.closed)]
    site.cache = Cache(way.cache, way.key)
    reader = _Reader(site, way.judge)
    reader.read_all(((file, "page") for file in pages), LARGEST_PAGE)
    reader.read_all(_documents(site), LARGEST_DOCUMENT)
    site.origin = Origin.of(way.base_url) if way.base_url else _origin(site)
    return site


def settle(site: Site) -> None:
    """Find out where every address leads, and read the style sheets on the way."""
    site.moved = moved(site)
    site.settle(site.holders.values())
    reader = _Reader(site, None)
    while waiting := sorted(file for file in site.sheets if file not in site.holders and file.lower().endswith(".css")):
        reader.read_all(((file, "css") for file in waiting), LARGEST_DOCUMENT)
        site.sheets -= {own.file for own in site.unread}
        site.settle(site.holders[file] for file in waiting if file in site.holders)
    site.holders = dict(sorted(site.holders.items()))


def read_site(root: Path, way: Way) -> Site:
    """Both at once."""
    site = gather(root, way)
    settle(site)
    return site


class _Reader:
    """Files → holders, through the cache."""

    def __init__(self, site: Site, judge: Judge | None) -> None:
        self.site, self.cache, self._judge = site, site.cache, judge
        self._pages = PageReader()
        self._root = str(site.root)

    def read_all(self, files: Iterable[tuple[str, str]], limit: int) -> None:
        for file, form in files:
            self.read(file, form, limit)

    def read(self, file: str, form: str, limit: int) -> None:
        entry = self.site.tree.files[file]
        name = f"{form}:{file}"
        known = self.cache.by_stamp(name, entry.stamp)
        if known is None:
            if entry.size > limit:
                self.site.unread.append(Unread(file, "too-large", entry.size))
                return
            try:
                data = _bytes(f"{self._root}/{file}", entry.size)
            except OSError:
                self.site.unread.append(Unread(file, "unreadable", entry.size))
                return
            known = self._of_content(name, file, form, data)
        self.site.holders[file] = Holder(file, form, Facts._make(known))

    def _of_content(self, name: str, file: str, form: str, data: bytes) -> tuple[Any, ...]:
        stamp, seal = self.site.tree.files[file].stamp, digest(data)
        known = self.cache.by_content(name, stamp, seal)
        if known is None:
            known = tuple(self._facts(file, form, data))
            self.cache.keep(name, stamp, seal, known)
        return known

    def _facts(self, file: str, form: str, data: bytes) -> Facts:
        if form != "page":
            return documents.facts_of(form, data)
        facts, tree = self._pages.both(data)
        told = self._judge(file, tree, facts) if self._judge else ()
        return facts._replace(told=told) if told else facts


def _bytes(path: str, size: int) -> bytes:
    """A whole file, read in the fewest steps."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        data = os.read(file, size + 1)
        while len(data) < size and (more := os.read(file, size - len(data))):
            data += more
        return data
    finally:
        os.close(file)


def _documents(site: Site) -> Iterator[tuple[str, str]]:
    """The files that hold addresses and are found by their name or by what they are."""
    for file in sorted(site.tree.files):
        low = file.lower()
        if not _MAY_HOLD.search(low):
            continue
        if low == "robots.txt":
            yield file, "robots"
        elif _MANIFEST.fullmatch(low):
            yield file, "manifest"
        elif _SEARCH.fullmatch(low):
            yield file, "search"
        elif _SITEMAP.fullmatch(low) and low.endswith(".gz"):
            yield file, documents.SITEMAP
        elif _XML.fullmatch(low):
            form = documents.form_of_xml(_start(site, file))
            if form or _SITEMAP.fullmatch(low):
                yield file, form or documents.SITEMAP


def _start(site: Site, file: str) -> bytes:
    try:
        with (site.root / file).open("rb") as opened:
            return opened.read(8192)
    except OSError:
        return b""


def _origin(site: Site) -> Origin:
    """Where the site says it is served: most of its pages and sitemaps have to agree."""
    counted: Counter[str] = Counter()
    pages = [holder for holder in site.holders.values() if holder.is_page]
    for holder in pages[:: max(1, len(pages) // _ASKED)]:
        counted.update(_roots(holder))
    if not counted:
        for holder in site.holders.values():
            if holder.form in (documents.SITEMAP, "robots"):
                urls = [url for where, url, _ in holder.facts.references if where in ("url loc", "robots sitemap")]
                counted.update(_common_root(site, urls))
    best = max(counted.items(), key=lambda own: (own[1], own[0]), default=("", 0))[0]
    return Origin.of(best)


def _roots(page: Holder) -> Iterator[str]:
    """The root of the site, if the canonical address of this page is right."""
    for where, url, told in page.facts.references:
        if where == "link href" and told == "rel=canonical" and "://" in url:
            own = page.url.removesuffix(".html")
            for ending in (page.url, own, page.file, own.rstrip("/")):
                if url.endswith(f"/{ending}") or not ending:
                    yield url[: len(url) - len(ending)].rstrip("/") + "/"
                    return


def _common_root(site: Site, urls: list[str]) -> Iterator[str]:
    for url in urls:
        scheme, separator, rest = url.partition("://")
        host, _, path = rest.partition("/")
        steps = path.split("/")
        for length in range(len(steps)):
            if site.tree.page_of("/".join(steps[length:])) or site.tree.page_of(
                "/".join(steps[length:]) + "index.html"
            ):
                yield f"{scheme}{separator}{host}/" + "".join(f"{step}/" for step in steps[:length])
                break
