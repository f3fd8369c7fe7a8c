"""The handwritten pages of site_src: links in their Markdown that lead nowhere. Renders nothing."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, normpath, relpath
from urllib.parse import unquote

from mingshi import commonmark
from mingshi.catalogue import Catalogue
from mingshi.kinds.redirect import Redirect
from mingshi.problems import Fault, Problem, nearest, problem
from mingshi.source import SourceFile, line_column, read_text

PLACES = ("{}.md", "{}/index.md", "{}/README.md", "{}")
"""Where the page of an address may be written."""
LIMIT = 2 * 1024 * 1024

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def problems(site_src: Path, name: str, catalogue: Catalogue | None) -> Iterator[Problem]:
    """Links in handwritten pages that lead nowhere, each at its line."""
    pages = {path.relative_to(site_src).as_posix() for path in site_src.rglob("*.md")}
    for page in sorted(pages):
        file = SourceFile(site_src / page, f"{name}/{page}")
        text, faults = read_text(file, LIMIT)
        yield from faults
        for link in commonmark.links(text, whole_page=True):
            target = link.target.partition("#")[0].partition("?")[0]
            fault = _of_record(target, catalogue) if _SCHEME.match(target) else _of_page(target, page, pages, site_src)
            if fault is not None:
                yield file.fault(fault, *line_column(text[: link.offset]))


def missing(site_src: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """What site.yml names and site_src does not hold: pages of the footer, the image of the badge."""
    site, place = catalogue.site, catalogue.site_place
    if place is None:
        return
    written = {path.stem for path in site_src.glob("*.md")} | {path.parent.name for path in site_src.glob("*/index.md")}
    for index, name in enumerate(site.footer):
        if not any((site_src / own.format(name)).is_file() for own in PLACES):
            yield problem(
                Fault("unknown-page", found=name, nearest=nearest(name, written)), place(("footer", index), False)
            )
    if site.badge and not (site_src / "assets" / site.badge.image).is_file():
        found = f"site_src/assets/{site.badge.image}"
        yield problem(Fault("file-missing", found=found), place(("badge", "image"), False))


def covered(site_src: Path, catalogue: Catalogue) -> Iterator[Problem]:
    """Redirects whose old address is a handwritten page or a file today."""
    for own in catalogue.rows.get("redirect", ()):
        assert isinstance(own.row, Redirect)
        old = own.row.from_.rstrip("/").removesuffix(".html")
        places = [place.format(language.prefix + old) for language in catalogue.languages for place in PLACES]
        if any((site_src / place).is_file() for place in places):
            yield problem(Fault("redirect-of-page", ("from",), own.row.from_), own.place(("from",), False))


def _of_record(ref: str, catalogue: Catalogue | None) -> Fault | None:
    if catalogue is None or ref in catalogue.claims:
        return None
    return Fault("unknown-reference", found=ref, nearest=nearest(ref, catalogue.claims))


def _of_page(target: str, page: str, pages: set[str], site_src: Path) -> Fault | None:
    path = unquote(target)
    if not path.endswith(".md") or path.startswith("/"):
        return None
    here = dirname(page)
    meant = normpath(f"{here}/{path}" if here else path)
    if meant in pages or (site_src / meant).exists():
        return None
    near = nearest(meant, pages)
    return Fault("unknown-page", found=path, nearest=relpath(near, here or ".") if near else "")
