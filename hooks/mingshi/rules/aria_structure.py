"""Roles that build on each other, and what screen readers cannot reach or cannot leave.

- `role-parent-missing`: a part without the whole it belongs to: a tab outside of any tablist.
- `role-children-missing`: a whole that holds something, but none of its parts.
- `aria-hidden-focus`: what is hidden from screen readers can be reached with the Tab key.
- `role-none-focus`: `role="presentation"` on what can be reached with the Tab key.
- `interactive-nested`: a control in a control.
- `body-hidden`: the whole page is hidden from screen readers.

Fails: `<div aria-hidden="true"><a href="x">x</a></div>`, `<button>… <a href="x">x</a></button>`.
Passes: `<div aria-hidden="true"><a href="x" tabindex="-1">x</a></div>`, `<div hidden aria-hidden="true">…`,
`<div role="tablist"></div>` that a script fills.
"""

from collections.abc import Iterator, Mapping

from mingshi.built import Element
from mingshi.rules.aria import HELD, HOLDERS, LEAVES
from mingshi.rules.aria_words import role_of
from mingshi.rules.finding import Finding, PageView, of_element, of_tag, start_tag

SUBJECT = "page"
CODES = (
    "role-parent-missing",
    "role-children-missing",
    "aria-hidden-focus",
    "role-none-focus",
    "interactive-nested",
    "body-hidden",
)
_FIELDS = frozenset(("button", "input", "select", "textarea"))
_THROUGH = frozenset(("", "generic", "none", "presentation"))


def check(page: PageView) -> Iterator[Finding]:
    for own in page.having("aria-hidden"):
        if own.attributes["aria-hidden"].strip().lower() == "true":
            yield from _of_hidden(page, own)
    owners = {key: own for own in page.having("aria-owns") for key in own.attributes["aria-owns"].split()}
    for own in page.having("role"):
        if not own.is_away:
            yield from _of_role(page, own, owners)
    for own in page.tagged("a", "button"):
        yield from _of_nested(page, own)


def is_reached(own: Element) -> bool:
    """Whether the Tab key comes to it by itself."""
    attributes = own.attributes
    if "tabindex" in attributes:
        written = attributes["tabindex"].strip()
        if written.lstrip("-").isdigit():
            return not written.startswith("-") and not (own.tag in _FIELDS and "disabled" in attributes)
    if own.tag in _FIELDS:
        return "disabled" not in attributes and attributes.get("type", "").lower() != "hidden"
    if own.tag in ("a", "area"):
        return "href" in attributes
    if own.tag in ("audio", "video"):
        return "controls" in attributes
    editable = attributes.get("contenteditable", "false").strip().lower() in ("", "true", "plaintext-only")
    return own.tag in ("iframe", "summary") or editable


def _of_hidden(page: PageView, own: Element) -> Iterator[Finding]:
    if own.tag == "body":
        yield of_tag("body-hidden", page, own)
        return
    for inside in own.walk():
        if is_reached(inside) and not inside.is_away and not _is_disabled(inside) and not _is_shut(inside):
            yield of_element("aria-hidden-focus", page, inside, start_tag(inside), text=inside.text[:40])


def _is_disabled(own: Element) -> bool:
    return any(above.tag == "fieldset" and "disabled" in above.attributes for above in own.above())


def _is_shut(own: Element) -> bool:
    """Whether it stands in what is closed until somebody opens it."""
    return any(
        (above.tag in ("dialog", "details") and "open" not in above.attributes) or "popover" in above.attributes
        for above in own.above()
    )


def _of_role(page: PageView, own: Element, owners: Mapping[str, Element]) -> Iterator[Finding]:
    role = role_of(own)
    if own.attributes["role"].strip().lower() in ("none", "presentation"):
        if is_reached(own) and not own.is_hidden:
            yield of_tag("role-none-focus", page, own)
        return
    if own.is_hidden:
        return
    if role in HOLDERS and not _is_held(own, HOLDERS[role], owners):
        yield of_element("role-parent-missing", page, own, start_tag(own), role=role, wanted=", ".join(HOLDERS[role]))
    waits = own.attributes.get("aria-busy") == "true" or not (own.inner or own.text or "aria-owns" in own.attributes)
    if role in HELD and not waits and not _holds(page, own, HELD[role]):
        yield of_element("role-children-missing", page, own, start_tag(own), role=role, wanted=", ".join(HELD[role]))
    if role in LEAVES and own.tag not in ("button", "a"):
        yield from _of_nested(page, own)


def _is_held(own: Element, wanted: tuple[str, ...], owners: Mapping[str, Element]) -> bool:
    """Whether it stands in one of these roles, or is said to belong to one, itself or with what is around it."""
    inner = own
    for above in (*own.above(), None):
        owner = owners.get(inner.attributes.get("id", ""))
        if owner is not None:
            return role_of(owner) in wanted
        if above is None or above.tag == "body":
            return False
        role = role_of(above)
        if role in wanted:
            return True
        if role not in _THROUGH and not (above.tag == "li" and "role" not in above.attributes):
            return False
        inner = above
    return False


def _holds(page: PageView, own: Element, wanted: tuple[str, ...]) -> bool:
    owned = [page.ids[key] for key in own.attributes.get("aria-owns", "").split() if key in page.ids]
    return any(role_of(inside) in wanted for part in (own, *owned) for inside in part.walk() if inside is not own)


def _of_nested(page: PageView, own: Element) -> Iterator[Finding]:
    """Only the native ones and those with a role of their own: what looks like one control and is two."""
    acts = own.tag == "button" or (own.tag == "a" and "href" in own.attributes) or own.tag not in ("a", "button")
    if not acts or not own.inner or own.is_hidden:
        return
    for inside in own.walk():
        if inside is not own and is_reached(inside) and not inside.is_away:
            yield of_element("interactive-nested", page, inside, start_tag(inside), outer=start_tag(own))
            return
