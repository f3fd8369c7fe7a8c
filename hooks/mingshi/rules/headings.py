"""Headings tell how the content is ordered; screen reader users walk from one to the next.

- `heading-missing`: the page has no heading at all.
- `heading-empty`: a heading without words.
- `heading-skipped`: a heading two or more levels below the one before it: `<h2>`, then `<h4>`.
- `heading-several`: more than one `<h1>`.
- `heading-level-missing`: `role="heading"` without `aria-level`.

Fails: `<h2>一</h2><h4>二</h4>`. Passes: `<h2>一</h2><h3>二</h3><h2>三</h2>` (going up may skip), and headings that are
hidden from everybody.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element
from mingshi.rules.standing import is_standing

SUBJECT = "page"
CODES = ("heading-missing", "heading-empty", "heading-skipped", "heading-several", "heading-level-missing")
_LEVELS = {f"h{level}": level for level in range(1, 7)}


def check(page: PageView) -> Iterator[Finding]:
    every = _headings(page)
    found = [own for own in every if not own.is_hidden]
    if not any(not own.is_away for own in every) and is_standing(page) and page.root.text:
        yield of_element("heading-missing", page, page.root, "<body>")
    before, first = 0, None
    for own in found:
        level = _level(own)
        if not page.names.of_content(own) and not page.names.said(own):
            yield of_element("heading-empty", page, own, f"<{own.tag}>")
        if before and level > before + 1:
            yield of_element("heading-skipped", page, own, own.text[:80], level=level, before=before)
        if level == 1 and own.tag == "h1":
            if first is not None:
                yield of_element("heading-several", page, own, own.text[:80], first=first.text)
            first = first or own
        if own.tag not in _LEVELS and "aria-level" not in own.attributes:
            yield of_element("heading-level-missing", page, own, own.text[:80])
        before = level or before


def _headings(page: PageView) -> list[Element]:
    """In document order; what has another role is none."""
    named = [own for own in page.having("role") if own.attributes["role"] == "heading" and own.tag not in _LEVELS]
    plain = [own for own in page.tagged(*_LEVELS) if own.attributes.get("role", "") in ("", "heading")]
    return sorted((*plain, *named), key=lambda own: own.order)


def _level(own: Element) -> int:
    said = own.attributes.get("aria-level", "")
    return int(said) if said.isascii() and said.isdigit() else _LEVELS.get(own.tag, 0)
