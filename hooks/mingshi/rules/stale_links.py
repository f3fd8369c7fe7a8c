"""Links lead to what is published and still holds.

- `link-draft`: the page at the other end calls itself a draft, by `<meta name="status" content="draft">` or its title.
- `link-expired`: it held until a day that has passed (`DC.coverage.t.max`, `expires`, robots `unavailable_after`).

Fails: a link to a page titled “[Draft] Fees”. Passes: a page about drafts (“Draft plan 2027: your opinion”).
"""

import re
from collections.abc import Iterator
from datetime import date

from mingshi.built import Holder
from mingshi.rules.finding import Finding, Inspection, of_use
from mingshi.rules.roles import is_page_link
from mingshi.rules.standing import has_ended

SUBJECT = "site"
CODES = ("link-draft", "link-expired")
_STATUS = frozenset({"status", "page-status", "publication-status", "article:status", "dc.status", "dcterms.status"})
_DRAFT_WORDS = frozenset({"draft", "unpublished", "草稿", "未發布", "未公開"})
_DRAFT_TITLE = re.compile(
    r"\s*(?:[\[【(（]\s*(?:draft|wip|草稿|未發布)\s*[\]】)）]|(?:draft|草稿)\s*[:：])", re.IGNORECASE
)


def check(inspection: Inspection) -> Iterator[Finding]:
    site = inspection.site
    stale = {file: code for file, page in site.pages.items() if (code := _code(page, inspection.today))}
    wanted = {use: stale[use.file] for use in site.leading if use.file in stale} if stale else {}
    for holder, use in site.with_uses(wanted):
        # What is stale itself, the same page in another language say, may lead to its like.
        if is_page_link(holder, use) and holder.file not in stale:
            yield of_use(wanted[use], holder, use, use.target.shown)


def _code(page: Holder, today: date) -> str:
    if _is_draft(page):
        return "link-draft"
    return "link-expired" if has_ended(page, today) else ""


def _is_draft(page: Holder) -> bool:
    for name, content in page.facts.metas:
        if name in _STATUS and content.strip().lower() in _DRAFT_WORDS:
            return True
        if name == "draft" and content.strip().lower() in ("true", "yes", "1"):
            return True
    return any(_DRAFT_TITLE.match(page.facts.head.get(part, "")) for part in ("title", "h1"))
