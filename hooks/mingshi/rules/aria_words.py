"""Words of WAI-ARIA that browsers know; others do nothing.

- `role-unknown`: a `role` in which no word is a role.
- `aria-unknown`: an `aria-…` attribute that does not exist.
- `aria-value-invalid`: a value that the attribute does not know.
- `aria-not-allowed`: an attribute that says nothing with the role of its element.
- `aria-reference-missing`: `aria-labelledby`, `aria-describedby` and their like name only ids that are not there.
- `role-attribute-missing`: a role that has to say its state, and does not.

Fails: `<div role="buton">`, `<button aria-expanded="open">`, `<div role="checkbox" tabindex="0">`.
Passes: `role="doc-toc"`, `aria-expanded="false"`, an empty value, `aria-controls` of what is still closed.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.problems import nearest
from mingshi.rules.aria import (
    ALLOWED,
    ATTRIBUTES,
    IMPLICIT,
    LISTS,
    NUMBERS,
    REFERENCES,
    REQUIRED,
    ROLES,
    TOKENS,
    WHOLE,
    is_role,
)
from mingshi.rules.finding import Finding, PageView, of_element, start_tag

SUBJECT = "page"
CODES = (
    "role-unknown",
    "aria-unknown",
    "aria-value-invalid",
    "aria-not-allowed",
    "aria-reference-missing",
    "role-attribute-missing",
)
_WHOLE = re.compile(r"[+-]?\d+")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_CLOSED = ("aria-expanded", "aria-selected")
_NATIVE_STATE = frozenset(("input", "select", "meter", "progress", "option"))


def check(page: PageView) -> Iterator[Finding]:
    for own in page.having("role"):
        words = own.attributes["role"].lower().split()
        if words and not any(map(is_role, words)):
            near = nearest(words[0], ROLES)
            yield of_element("role-unknown", page, own, own.attributes["role"], tag=start_tag(own), maybe=_maybe(near))
        elif words and not own.is_away:
            yield from _of_state(page, own)
    for name in sorted(page.tree.having):
        if name.startswith("aria-"):
            yield from _of_attribute(page, name)


def role_of(own: Element) -> str:
    """The first role that it names and that exists, else the one that it has by itself; '' where that depends."""
    said = next((word for word in own.attributes.get("role", "").lower().split() if is_role(word)), "")
    if said:
        return said
    if own.tag == "a":
        return "link" if "href" in own.attributes else "generic"
    return IMPLICIT.get(own.tag, "")


def _maybe(near: str) -> dict[str, str]:
    return {"zh": f"最接近的是「{near}」。" if near else "", "en": f" The nearest is “{near}”." if near else ""}


def _of_state(page: PageView, own: Element) -> Iterator[Finding]:
    if own.tag in _NATIVE_STATE:
        return
    role = role_of(own)
    missing = [name for name in REQUIRED.get(role, ()) if not own.attributes.get(name, "").strip()]
    if role == "combobox" and own.tag == "button":
        missing = []
    if missing:
        yield of_element("role-attribute-missing", page, own, start_tag(own), role=role, missing=", ".join(missing))


def _of_attribute(page: PageView, name: str) -> Iterator[Finding]:
    elements = page.having(name)
    if name not in ATTRIBUTES:
        near = nearest(name, ATTRIBUTES)
        for own in elements:
            yield of_element("aria-unknown", page, own, name, tag=start_tag(own), maybe=_maybe(near))
        return
    for own in elements:
        value = own.attributes[name].strip()
        if not value:
            continue
        if name in REFERENCES:
            if _is_dangling(page, own, name, value) and not own.is_away:
                yield of_element("aria-reference-missing", page, own, value, name=name, tag=start_tag(own))
        elif not _is_known(name, value):
            yield of_element("aria-value-invalid", page, own, f'{name}="{value}"', tag=start_tag(own))
        elif name in ALLOWED and _is_lost(own, name):
            role = role_of(own)
            yield of_element("aria-not-allowed", page, own, name, tag=start_tag(own), role=role or f"<{own.tag}>")


def _is_known(name: str, value: str) -> bool:
    low = value.lower()
    if name in TOKENS:
        return low in TOKENS[name]
    if name in LISTS:
        return LISTS[name].issuperset(low.split())
    if name in WHOLE:
        return bool(_WHOLE.fullmatch(value))
    return bool(_NUMBER.fullmatch(value)) if name in NUMBERS else True


def _is_dangling(page: PageView, own: Element, name: str, value: str) -> bool:
    if any(key in page.ids for key in value.split()):
        return False
    if name == "aria-errormessage":
        return own.attributes.get("aria-invalid", "false") not in ("false", "")
    if name in ("aria-controls", "aria-owns", "aria-activedescendant"):
        # What a script has still to make is not missing yet.
        return not any(state in own.attributes for state in (*_CLOSED, "aria-haspopup")) and role_of(own) != "combobox"
    return True


def _is_lost(own: Element, name: str) -> bool:
    """Whether the attribute says nothing with this role; custom elements and inputs may have any."""
    if own.tag in ("input", "summary", "select") or "-" in own.tag:
        return False
    role = role_of(own)
    if name == "aria-expanded" and role == "generic":
        return True
    if not role and own.tag not in ("div", "span", "p", "section", "header", "footer"):
        return False
    if role in ("none", "presentation"):
        return False
    return role not in ALLOWED[name]
