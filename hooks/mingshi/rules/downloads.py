"""Files to download are what they say.

Every file that a page links to, shows or plays is looked at from the inside.

- `download-empty`: it holds nothing.
- `download-mislabelled`: its name promises another format than its content shows: a page saved as PDF, a Word file
  renamed to .odt, a text document called .ods.
- `download-truncated`: its end is missing, as after an upload that broke off.
- `download-damaged`: it is of the right format and cannot be opened: a broken archive, an ODF file without content, a
  JSON file that is none.

Fails: an HTML error page called form.pdf. Passes: a PDF with a few bytes before its header, a CSV with a byte order
mark, an RTF document called .doc.
"""

from collections.abc import Iterator

from mingshi.built import KNOWN, Site, ending
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("download-empty", "download-mislabelled", "download-truncated", "download-damaged")
_MAY_BE = {
    "doc": {"rtf", "docx"},
    "jpg": {"png", "webp", "gif"},
    "png": {"jpg", "webp", "gif"},
    "gif": {"png", "jpg", "webp"},
    "xml": {"svg", "html"},
    "mp3": {"mp4"},
    "epub": {"zip"},
}
"""What programs open all the same, without a word."""
_IMAGES = frozenset({"jpg", "png", "gif"})


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    faults = {file: fault for file in sorted(site.opened - site.holders.keys()) if (fault := _fault(site, file))}
    if not faults:
        return
    for holder in site.holders.values():
        for use in holder.uses:
            if use.file in faults and use.where not in ("link href", "meta content", "jsonld", "url loc"):
                code, form = faults[use.file or ""]
                promised = ending(use.file or "").upper()
                yield of_use(code, holder, use, use.file or "", promised=promised, is_=form.upper())


def _fault(site: Site, file: str) -> tuple[str, str] | None:
    promised = ending(file)
    if promised not in KNOWN:
        return None
    if site.tree.files[file].size == 0:
        return None if promised == "txt" else ("download-empty", "")
    content = site.content(file)
    if content is None or not content.form:
        return None
    if content.form != promised and not _may_be(promised, content.form):
        return "download-mislabelled", content.form
    if content.flaw:
        return f"download-{content.flaw}", content.form
    return None


def _may_be(promised: str, form: str) -> bool:
    # Browsers show an image by its content; who downloads it by its name is not served.
    return promised not in _IMAGES and form in _MAY_BE.get(promised, ())
