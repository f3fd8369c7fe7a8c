"""Links say where they lead.

- `link-empty-text`: a link without any words: no text, no `alt`, no `aria-label`, no `title`. A screen reader can only
  say its address. Text that is hidden from screen readers does not count; a link that is hidden as a whole is fine.
- `download-label`: the link names one format, or its `type` does, and the file is of another one.

Fails: `<a href="../"><img src="back.png" alt=""></a>`, `<a href="form.odt">申請書（PDF）</a>`.
Passes: `<a href="../"><img src="back.png" alt="回上一頁"></a>`, `<a href="form.odt">申請書（ODT，20 KB）</a>`.
"""

from collections.abc import Iterator

from mingshi.built import KNOWN, MUTE, Use, ending, note
from mingshi.built.contents import SAME
from mingshi.rules.finding import Finding, Inspection, of_use

SUBJECT = "site"
CODES = ("link-empty-text", "download-label")
_TYPES = {
    "application/pdf": "pdf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "text/csv": "csv",
    "application/zip": "zip",
    "application/json": "json",
}
_FAMILIES = (
    frozenset({"doc", "docx"}),
    frozenset({"xls", "xlsx"}),
    frozenset({"ppt", "pptx"}),
    frozenset({"jpg", "jpeg"}),
)
"""Formats that people call by one name."""


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    links = [use for use in site.with_notes if use.where == "a href"]
    wanted = {use: ("link-empty-text", "") for use in links if note(use.reference, MUTE)}
    wanted |= {use: ("download-label", said) for use in links if (said := _wrong_format(use))}
    for holder, use in site.with_uses(wanted):
        code, said = wanted[use]
        subject = use.target.shown if use.target.path else use.url
        yield of_use(code, holder, use, subject, said=said.upper(), is_=ending(use.target.path).upper())


def _wrong_format(use: Use) -> str:
    """The format that the link promises and does not keep."""
    own = ending(use.target.path)
    if own not in KNOWN or note(use.reference, MUTE):
        return ""
    kind = note(use.reference, "type").partition(";")[0].strip().lower()
    for said in (note(use.reference, "says"), _TYPES.get(kind, "")):
        said = SAME.get(said, said)  # noqa: PLW2901
        if said and said != own and not any({said, own} <= family for family in _FAMILIES):
            return said
    return ""
