"""Addresses inside the site lead to something.

Every address that a page, a style sheet, a sitemap, a feed, a manifest or the search data names is read as browsers
read it and looked up among the files of the site. What stands in comments, scripts, templates and text fields is no
address; of an attribute that stands twice, the first one counts. A query is not part of the file's name.

- `link-missing`: a link, a form or a quotation leads to nothing.
- `asset-missing`: an image, style sheet, script, font, frame or medium is not there.
- `canonical-missing`, `hreflang-missing`, `redirect-missing`, `metadata-missing`: what machines read leads nowhere.
- `sitemap-missing`, `feed-missing`, `search-missing`, `manifest-missing`, `robots-missing`: so do other files.
- `link-case`, `link-unicode`: the file differs only in capitals, or in how its Chinese is encoded. It opens on the
  author's computer and is missing on the server.
- `link-folder`: the folder is there, but it has no index page, so that its files are listed or nothing is shown.
- `link-outside`: the address starts at the root of the host, where the site does not lie.

Fails: `<a href="/servises/">`. Passes: `<a href="/services/?page=2#fees">` where services/index.html has that id.
"""

from collections.abc import Iterator
from functools import cache
from posixpath import dirname
from unicodedata import normalize

from mingshi.built import Holder, Site, Sort, Use, note
from mingshi.problems import nearest
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.roles import HOST, LINK, METADATA, role

SUBJECT = "site"
CODES = (
    "link-missing",
    "asset-missing",
    "canonical-missing",
    "hreflang-missing",
    "redirect-missing",
    "metadata-missing",
    "sitemap-missing",
    "feed-missing",
    "search-missing",
    "manifest-missing",
    "robots-missing",
    "link-case",
    "link-unicode",
    "link-folder",
    "link-outside",
)
_BY_FORM = {
    "sitemap": "sitemap-missing",
    "sitemap-index": "sitemap-missing",
    "feed": "feed-missing",
    "search": "search-missing",
    "manifest": "manifest-missing",
    "robots": "robots-missing",
    "css": "asset-missing",
}
_GUESSED = 400
"""Only so many names of a folder are compared with the one that is missing."""


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    wanted = {use: "" for use in site.dead if use.target.path not in site.moved and role(use) != HOST}
    wanted |= {use: "link-outside" for use in site.odd if _is_outside(site, use)}
    for use in wanted:
        wanted[use] = wanted[use] or _alike(site, use)
    near = cache(lambda path: _nearest(site, path))
    for holder, use in site.with_uses(wanted):
        code = wanted[use] or _by_place(holder, use)
        yield of_use(code, holder, use, use.target.shown, near(use.target.path), path=use.target.shown)


def _is_outside(site: Site, use: Use) -> bool:
    target = use.target
    return target.sort is Sort.BESIDE and bool(target.path) and site.file_of(target.path) is not None


def _alike(site: Site, use: Use) -> str:
    """The code for a file that is nearly there."""
    path = use.target.path
    if site.tree.is_folder(path):
        return "link-folder"
    other = site.tree.alike(path) or site.tree.alike(path + "index.html")
    if other is None:
        return ""
    return "link-unicode" if normalize("NFC", other.rstrip("/")) == normalize("NFC", path.rstrip("/")) else "link-case"


def _by_place(holder: Holder, use: Use) -> str:
    if holder.form in _BY_FORM:
        return _BY_FORM[holder.form]
    if use.where == "meta refresh":
        return "redirect-missing"
    if role(use) == METADATA:
        rel = note(use.reference, "rel")
        if rel == "canonical":
            return "canonical-missing"
        return (
            "hreflang-missing" if "alternate" in rel.split() and note(use.reference, "hreflang") else "metadata-missing"
        )
    return "link-missing" if role(use) == LINK else "asset-missing"


def _nearest(site: Site, path: str) -> str:
    """What was probably meant, as a path from the root."""
    if other := site.tree.alike(path):
        return f"/{other}"
    html = f"{path.rstrip('/')}.html"
    if html in site.tree.files:
        return f"/{html}"
    folder = dirname(path.rstrip("/"))
    beside = site.tree.beside(f"{folder}/" if folder else "")[:_GUESSED]
    best = nearest(path.rstrip("/").rpartition("/")[2], beside)
    return f"/{folder}/{best}".replace("//", "/") if best else ""
