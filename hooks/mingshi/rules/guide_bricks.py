"""導盲磚: what Taiwanese offices put into every page for who reads with keys and ears.

- `skip-link-missing`: the first thing that the Tab key reaches is no link to the main content of the page.
- `brick-missing`: one of the bricks `:::` with the access keys U, C and Z is missing, or does not lead to itself.
- `accesskey-unlisted`: the page that explains the site does not name the access keys that are in use, or names others.

Fails: a page whose first link is the logo. Passes: `<a href="#main">跳到主要內容區塊</a>` as the first element, and
`<a id="AC" href="#AC" accesskey="C" title="中央內容區塊">:::</a>`.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.aria_structure import is_reached
from mingshi.rules.finding import Finding, PageView, of_element

SUBJECT = "page"
CODES = ("skip-link-missing", "brick-missing", "accesskey-unlisted")
_BRICKS = ("U", "C", "Z")
_GUIDE = "sitemap/index.html"


def check(page: PageView) -> Iterator[Finding]:
    body = next(iter(page.tagged("body")), page.root)
    if page.facts.is_stub or not body.inner:
        return
    first = next((own for own in body.walk() if is_reached(own) and not own.is_away), None)
    if first is not None and not _skips(page, first):
        yield of_element("skip-link-missing", page, first, first.text[:60] or f"<{first.tag}>")
    keys = {own.attributes["accesskey"].upper(): own for own in reversed(page.having("accesskey"))}
    for key in _BRICKS:
        brick = keys.get(key)
        if brick is None or brick.attributes.get("href") != f"#{brick.attributes.get('id', '')}":
            yield of_element("brick-missing", page, brick or body, key)
    if page.file == _GUIDE or page.file.endswith(f"/{_GUIDE}"):
        listed = {key.upper() for own in page.tagged("kbd") if len(key := own.text) == 1}
        for key in sorted(listed ^ keys.keys()):
            yield of_element("accesskey-unlisted", page, body, key)


def _skips(page: PageView, first: Element) -> bool:
    href = first.attributes.get("href", "")
    target = page.ids.get(href[1:]) if href.startswith("#") else None
    return target is not None and target is not first
