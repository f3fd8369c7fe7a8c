"""A finished site as it lies in its folder: every file that holds addresses, and where each address leads."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from mingshi.built import addresses
from mingshi.built.addresses import Origin, Sort, Target
from mingshi.built.cache import Cache
from mingshi.built.contents import CHECKED_WHOLE, Content, content_of, ending, ends
from mingshi.built.encodings import utf8
from mingshi.built.facts import Facts, Reference
from mingshi.built.files import FileTree

LEADING = frozenset(
    {
        "a href",
        "area href",
        "form action",
        "button formaction",
        "input formaction",
        "iframe src",
        "frame src",
        "object data",
        "embed src",
        "meta refresh",
    }
)
"""Where an address has to stand so that a reader can follow it."""

_STYLES = frozenset({"link href", "css url", "style url"})


class Use:
    """An address where it stands: what it says, what it means, and the file it leads to. Many pages share one."""

    __slots__ = ("file", "reference", "target")

    def __init__(self, reference: Reference, target: Target, file: str | None) -> None:
        self.reference, self.target, self.file = reference, target, file

    @property
    def where(self) -> str:
        return self.reference[0]

    @property
    def url(self) -> str:
        return self.reference[1]


@dataclass(slots=True, eq=False)
class Holder:
    """A file that holds addresses: a page, a style sheet, a sitemap, a feed, a manifest, search data."""

    file: str
    form: str
    facts: Facts
    uses: tuple[Use, ...] = ()

    @property
    def url(self) -> str:
        """Its address below the root of the site: "services/x/" for services/x/index.html."""
        folder, slash, name = self.file.rpartition("/")
        return f"{folder}{slash}" if name.lower() in ("index.html", "index.htm", "index.xhtml") else self.file

    @property
    def is_page(self) -> bool:
        return self.form == "page"


@dataclass(slots=True)
class Unread:
    """A file that could not be looked at; nothing can be said about it."""

    file: str
    why: str
    """unreadable, too-large, folder"""
    size: int = 0


@dataclass(eq=False)
class Site:
    """Everything that site rules look at. Made by `reading.read_site`."""

    root: Path
    tree: FileTree
    origin: Origin
    holders: dict[str, Holder] = field(default_factory=dict)
    """File → what it holds, in the order of the paths."""
    unread: list[Unread] = field(default_factory=list)
    moved: Mapping[str, str] = field(default_factory=dict)
    """Addresses that the server redirects, and where to."""
    cache: Cache = field(default_factory=lambda: Cache(None, ""))
    dead: list[Use] = field(default_factory=list)
    """Addresses inside the site at which there is nothing."""
    anchored: list[Use] = field(default_factory=list)
    """Addresses that name a place in a page of the site."""
    odd: list[Use] = field(default_factory=list)
    """Addresses that lead out of the site, or are written in a way that a rule may look at."""
    with_notes: list[Use] = field(default_factory=list)
    """Links of which more is known than their address."""
    opened: set[str] = field(default_factory=set)
    """Files to which some address leads, pages apart."""
    sheets: set[str] = field(default_factory=set)
    """Style sheets that something uses."""
    leading: set[Use] = field(default_factory=set)
    """Addresses by which readers come from page to page."""
    related: set[Use] = field(default_factory=set)
    """Canonical addresses, and those of the same page in other languages."""
    _files: dict[str, str | None] = field(default_factory=dict)
    _anchors: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def pages(self) -> dict[str, Holder]:
        return {file: holder for file, holder in self.holders.items() if holder.is_page}

    @cached_property
    def _declared(self) -> Mapping[str, str]:
        """Addresses without a file of that name which a page names as its own: /about for about.html."""
        found = {}
        for file, page in self.pages.items():
            for where, url, note in page.facts.references:
                if where == "link href" and note == "rel=canonical":
                    target = addresses.read(url, page.url, self.origin)
                    if target.sort is Sort.INSIDE and file in (
                        f"{target.path}.html",
                        f"{target.path.rstrip('/')}.html",
                    ):
                        found[target.path] = file
        return found

    def file_of(self, path: str) -> str | None:
        """The file that a server sends for a path below the root."""
        try:
            return self._files[path]
        except KeyError:
            found = self._files[path] = self.tree.page_of(path) or self._declared.get(path)
            return found

    def settle(self, holders: Iterable[Holder]) -> None:
        """Find out where every address of these files leads."""
        nearby: dict[str, dict[Reference, Use | None]] = {}
        everywhere: dict[Reference, Use] = {}
        for holder in holders:
            base = self._base(holder)
            known = nearby.setdefault(_neighbours(holder, base), {})
            settled, anywhere, settle = known.get, everywhere.get, self._settle
            holder.uses = tuple(
                [
                    settled(reference) or anywhere(reference) or settle(reference, base, known, everywhere)
                    for reference in holder.facts.references
                ]
            )

    def _settle(
        self, reference: Reference, base: str, known: dict[Reference, Use | None], everywhere: dict[Reference, Use]
    ) -> Use:
        use = self._use(reference, base)
        if reference[1].startswith(("https://", "http://")):
            everywhere[reference] = use
        elif reference not in known:
            # What a page says of its own folder means something else on its neighbours.
            known[reference] = None if addresses.depends_on_page(reference[1]) else use
        return use

    def _use(self, reference: Reference, base: str) -> Use:
        target = addresses.read(reference[1], base, self.origin)
        file = self.file_of(target.path) if target.sort is Sort.INSIDE else None
        use = Use(reference, target, file)
        if target.sort is not Sort.INSIDE or target.flaw or not reference[1].strip() or target.scheme == "http":
            self.odd.append(use)
        if reference[2] and reference[0] == "a href":
            self.with_notes.append(use)
        if file is not None:
            self._sort_in(use, file)
        elif target.sort is Sort.INSIDE:
            self.dead.append(use)
        return use

    def _sort_in(self, use: Use, file: str) -> None:
        where, _, told = use.reference
        if use.target.fragment:
            self.anchored.append(use)
        if where in LEADING:
            self.leading.add(use)
        if told == "rel=canonical" or told.startswith("rel=alternate"):
            self.related.add(use)
        if file[-5:] != ".html":
            self.opened.add(file)
            if where in _STYLES and (where != "link href" or "stylesheet" in told):
                self.sheets.add(file)

    def content(self, file: str) -> Content | None:
        """What a file that is no page shows itself to be; None where it cannot be opened."""
        entry = self.tree.files[file]
        name = f"content:{file}"
        known = self.cache.by_stamp(name, entry.stamp)
        if known is None:
            try:
                with open(f"{self.root}/{file}", "rb", buffering=0) as opened:
                    data = opened.read() if entry.size <= CHECKED_WHOLE else ends(opened, entry.size)
            except OSError:
                return None
            known = tuple(content_of(ending(file), data, entry.size))
            self.cache.keep(name, entry.stamp, b"", known)
        return Content._make(known)

    def source(self, file: str) -> str:
        """The text of a file, '' where it cannot be read any more."""
        try:
            return utf8((self.root / file).read_bytes())[0].decode()
        except OSError:
            return ""

    def _base(self, holder: Holder) -> str:
        url = holder.url.replace("%", "%25")
        if holder.form == "search":
            return ""
        base = holder.facts.head.get("base")
        if base is None:
            return url
        target = addresses.read(base, url, self.origin)
        if target.sort is Sort.INSIDE:
            return target.path.replace("%", "%25")
        return target.path if target.sort in (Sort.WEB, Sort.LOCAL) else url

    def has_anchor(self, file: str, fragment: str) -> bool:
        """Whether a fragment leads somewhere in a file; in files that are no page, a viewer decides."""
        if file not in self.pages:
            return True
        if not fragment:
            return True
        anchors = self.anchors(file)
        decoded = addresses.decoded(fragment)
        return fragment in anchors or decoded in anchors or decoded.lower() == addresses.TOP

    def anchors(self, file: str) -> frozenset[str]:
        known = self._anchors.get(file)
        if known is None:
            known = self._anchors[file] = frozenset(self.pages[file].facts.ids)
        return known

    def with_uses(self, wanted: Mapping[Use, Any]) -> Iterator[tuple[Holder, Use]]:
        """Every place at which one of these addresses stands."""
        chosen = wanted.keys()
        for holder in self.holders.values():
            if not chosen.isdisjoint(holder.uses):
                yield from ((holder, use) for use in holder.uses if use in wanted)


def _neighbours(holder: Holder, base: str) -> str:
    """A name for the pages on which an address that leads up or to the root means the same."""
    if "base" in holder.facts.head:
        return f"base {base}"
    folder, slash, _ = base.rpartition("/")
    return folder[: folder.rfind("/") + 1] if slash else "root"
