"""What programs read can be read.

- `sitemap-malformed`, `feed-malformed`, `manifest-malformed`, `search-malformed`: the file cannot be read at all, or is
  empty.
- `jsonld-malformed`: linked data in a page that is no JSON.

Fails: `<urlset><url><loc>https://demo.example/</loc></urlset>` without the closing tag of `url`.
Passes: a file that starts with a byte order mark.
"""

from collections.abc import Iterator

from mingshi.built import Needle
from mingshi.rules.finding import Finding, Inspection

SUBJECT = "site"
CODES = ("sitemap-malformed", "feed-malformed", "manifest-malformed", "search-malformed", "jsonld-malformed")
_BY_FORM = {
    "sitemap": "sitemap-malformed",
    "sitemap-index": "sitemap-malformed",
    "feed": "feed-malformed",
    "manifest": "manifest-malformed",
    "search": "search-malformed",
}


def check(inspection: Inspection) -> Iterator[Finding]:
    for holder in inspection.site.holders.values():
        for name, _ in holder.facts.head.get("flaws", ()):
            if name == "unreadable" and holder.form in _BY_FORM:
                yield Finding(_BY_FORM[holder.form], holder.file, holder.file)
            elif name == "jsonld":
                yield Finding(
                    "jsonld-malformed", holder.file, "application/ld+json", holder.file, Needle(value="ld+json")
                )
