"""Lists are built so that screen readers can count them.

- `list-item-outside`: an `<li>` that stands in no list.
- `list-content`: something else than `<li>` right in a `<ul>` or `<ol>`.
- `term-outside`: a `<dt>` or `<dd>` that stands in no `<dl>`.
- `term-content`: something else than terms and their descriptions right in a `<dl>`.
- `term-unpaired`: a description without a term before it, or a term without a description.

Fails: `<ul><p>x</p></ul>`, `<div><li>x</li></div>`. Passes: `<ul><li>x</li></ul>`,
`<dl><div><dt>…</dt><dd>…</dd></div></dl>`, `<ul role="menu"><li role="none">…`.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element

SUBJECT = "page"
CODES = ("list-item-outside", "list-content", "term-outside", "term-content", "term-unpaired")
_SCRIPTS = frozenset(("script", "template", "noscript", "style"))
_IN_LISTS = _SCRIPTS | {"li"}
_IN_TERMS = _SCRIPTS | {"dt", "dd", "div"}
_LISTS = frozenset(("ul", "ol", "menu"))


def check(page: PageView) -> Iterator[Finding]:
    for own in page.tagged("li"):
        holder = own.parent
        outside = (
            holder is not None and holder.tag not in _LISTS and holder.attributes.get("role", "").strip() != "list"
        )
        if holder is not None and outside and _is_plain(own) and not own.is_hidden:
            yield of_element("list-item-outside", page, own, own.text[:60] or "<li>", holder=holder.tag)
    for own in page.tagged("ul", "ol"):
        yield from _of_list(page, own, _IN_LISTS, "list-content")
    for own in page.tagged("dt", "dd"):
        if not _in_terms(own) and _is_plain(own) and not own.is_hidden:
            yield of_element("term-outside", page, own, own.text[:60] or f"<{own.tag}>")
    for own in page.tagged("dl"):
        yield from _of_list(page, own, _IN_TERMS, "term-content")
        alone = _unpaired(own)
        if alone is not None and not own.is_hidden and not own.attributes.get("role"):
            yield of_element("term-unpaired", page, alone, alone.text[:60] or f"<{alone.tag}>")


def _of_list(page: PageView, own: Element, allowed: frozenset[str], code: str) -> Iterator[Finding]:
    if own.attributes and (own.attributes.get("role") or own.is_hidden):
        return
    for child in own.children:
        if isinstance(child, str):
            if child.strip():
                yield of_element(code, page, own, child.strip()[:60], child="…", tag=own.tag)
                return
        elif (child.tag not in allowed or _is_bare(child)) and not child.is_away:
            yield of_element(
                code, page, child, child.text[:60] or f"<{child.tag}>", child=f"<{child.tag}>", tag=own.tag
            )
            return


def _is_bare(child: Element) -> bool:
    """Whether it is a `<div>` in a `<dl>` that groups nothing."""
    return child.tag == "div" and not any(own.tag in ("dt", "dd") for own in child.inner) and bool(child.text)


def _unpaired(own: Element) -> Element | None:
    """The description that no term stands before, or the term that no description follows."""
    parts = [part for child in own.inner for part in (child.inner if child.tag == "div" else [child])]
    found = [part for part in parts if part.tag in ("dt", "dd")]
    if found and found[0].tag == "dd":
        return found[0]
    return found[-1] if found and found[-1].tag == "dt" else None


def _is_plain(own: Element) -> bool:
    return not own.attributes.get("role", "").strip()


def _in_terms(own: Element) -> bool:
    holder = own.parent
    if holder is not None and holder.tag == "div":
        holder = holder.parent
    return holder is not None and holder.tag == "dl"
