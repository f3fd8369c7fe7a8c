"""Anchors lead to a place in the page.

A fragment is looked up as browsers do: as it is written, then decoded; `#top` and an empty one are the top of the page.
Ids in any element count, and the `name` of an `a`; ids in templates and comments do not. Directives for text
(`#:~:text=`) and fragments of files that are no page (`#page=3` of a PDF) are left to the reader's programs, and so are
routes (`#/list`) on pages with a script.

- `link-fragment`: the page is there, the place in it is not.
- `asset-fragment`: a drawing (`<use href="icons.svg#bell">`) has no such part.

Fails: `<a href="#fee">` on a page whose id is `fees`. Passes: `<a href="#%E8%B2%BB%E7%94%A8">` with `id="費用"`.
"""

from collections.abc import Iterable, Iterator

from mingshi.built import Holder, Site, Use, ids_of_drawing
from mingshi.built.addresses import decoded
from mingshi.problems import nearest
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("link-fragment", "asset-fragment")
_JUMPING = frozenset(
    {"a href", "area href", "form action", "blockquote cite", "q cite", "meta refresh", "search location", "entry link"}
)
_GUESSED = 200
"""Only so many anchors are compared with the one that is missing."""
_LARGEST_DRAWING = 4 * 1024 * 1024


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    wanted = {use: use.file for use in site.anchored if use.where in _JUMPING and _leads_nowhere(site, use)}
    for holder, use in site.with_uses(wanted):
        file, fragment = use.file or "", use.target.fragment or ""
        subject = f"{use.target.shown}#{fragment}"
        near = nearest(decoded(fragment), _likely(decoded(fragment), site.anchors(file)))
        yield of_use("link-fragment", holder, use, subject, near, path=use.target.shown, fragment=decoded(fragment))
    yield from _drawings(site)


def _leads_nowhere(site: Site, use: Use) -> bool:
    fragment = use.target.fragment or ""
    if use.file is None or site.has_anchor(use.file, fragment):
        return False
    return not (fragment.startswith(("/", "!")) and _has_script(site.pages[use.file]))


def _has_script(page: Holder) -> bool:
    return any(where == "script src" for where, _, _ in page.facts.references)


def _drawings(site: Site) -> Iterator[Finding]:
    parts: dict[str, frozenset[str]] = {}
    wanted = {use: use.file for use in site.anchored if use.where == "use href"}
    for holder, use in site.with_uses(wanted):
        file, fragment = use.file or "", decoded(use.target.fragment or "")
        if file in site.pages:
            known = site.anchors(file)
        elif file.lower().endswith(".svg") and site.tree.files[file].size <= _LARGEST_DRAWING:
            known = parts.get(file) or parts.setdefault(file, ids_of_drawing(site.source(file).encode()))
        else:
            continue
        if fragment not in known:
            subject = f"{use.target.shown}#{fragment}"
            near = nearest(fragment, _likely(fragment, known))
            yield of_use("asset-fragment", holder, use, subject, near, path=use.target.shown, fragment=fragment)


def _likely(fragment: str, anchors: Iterable[str]) -> list[str]:
    """The anchors of a page that start like the missing one; there may be thousands of others."""
    start = fragment[:1].casefold()
    return sorted(own for own in anchors if own[:1].casefold() == start)[:_GUESSED]
