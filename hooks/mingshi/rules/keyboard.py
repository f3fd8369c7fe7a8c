"""The keyboard goes through a page in the order in which it is read.

- `tabindex-positive`: a `tabindex` above 0 takes an element out of its order.
- `accesskey-repeated`: one access key on two elements.
- `nav-empty`: a `<nav>` in which there is nothing.
- `main-several`: more than one `<main>` that is not hidden.

Fails: `<a tabindex="3" href="x">`, two elements with `accesskey="C"`. Passes: `tabindex="0"`, `tabindex="-1"`,
`accesskey="U"` and `accesskey="C"`.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag

SUBJECT = "page"
CODES = ("tabindex-positive", "accesskey-repeated", "nav-empty", "main-several")


def check(page: PageView) -> Iterator[Finding]:
    for own in page.having("tabindex"):
        written = own.attributes["tabindex"].strip().removeprefix("+")
        if written.isdigit() and int(written) and not own.is_away:
            yield of_element("tabindex-positive", page, own, f'tabindex="{written}"', text=own.text[:40])
    known: dict[str, Element] = {}
    for own in page.having("accesskey"):
        for key in dict.fromkeys(own.attributes["accesskey"].lower().split()) if not own.is_away else ():
            first = known.setdefault(key, own)
            if first is not own:
                yield of_element("accesskey-repeated", page, own, f'accesskey="{key.upper()}"', text=own.text[:40])
    for own in page.tagged("nav"):
        if not own.text and not own.inner and not own.is_hidden:
            yield of_tag("nav-empty", page, own)
    for own in [main for main in page.tagged("main") if not main.is_away][1:]:
        yield of_tag("main-several", page, own)
