"""Files to download come in a format that everybody can open.

- `download-closed`: a link to a file of Microsoft Office of which there is no ODF, PDF or page of the same name,
  neither on the site nor among the links of the page.

Fails: `<a href="form.docx">` alone. Passes: `form.docx` beside `form.odt` or `form.pdf`, and files of other sites.
"""

from collections.abc import Iterator

from mingshi.built import Sort, Use, ending
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.roles import LINK, role

SUBJECT = "site"
CODES = ("download-closed",)
_WANTED = {"doc": "ODT", "docx": "ODT", "xls": "ODS", "xlsx": "ODS", "ppt": "ODP", "pptx": "ODP"}
_OPEN = ("odt", "ods", "odp", "odg", "odb", "pdf", "html", "csv")


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    if not any(ending(file) in _WANTED for file in site.opened):
        return
    stems = {file.rpartition(".")[0] for file in site.tree.files if ending(file) in _OPEN}
    for holder in site.pages.values():
        for use in dict.fromkeys(holder.uses):
            form = ending(use.target.path)
            if form in _WANTED and use.target.sort is Sort.INSIDE and use.file and _stem(use) not in stems:
                beside = {_name(other) for other in holder.uses if ending(other.target.path) in _OPEN}
                if role(use) == LINK and _name(use) not in beside:
                    yield of_use(
                        "download-closed", holder, use, use.target.shown, form=form.upper(), wanted=_WANTED[form]
                    )


def _stem(use: Use) -> str:
    return (use.file or "").rpartition(".")[0]


def _name(use: Use) -> str:
    return use.target.path.rpartition("/")[2].rpartition(".")[0]
