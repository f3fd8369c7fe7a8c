"""Every control says what it is for.

- `control-name-missing`: a field without a label. A `placeholder` is none: it goes away as soon as one types.
- `button-name-missing`: a button, or what acts as one, without words.
- `summary-name-missing`: a `<summary>` without words.
- `label-for-missing`: a label that names a control which is not there.
- `label-for-other`: a label that names something that can have none.
- `dialog-name-missing`: a dialog without a name.
- `control-in-name`: the words on a control are not in its name, so that it cannot be spoken to.

Fails: `<input type="search" placeholder="搜尋">`, `<button><svg aria-hidden="true">…</svg></button>`,
`<a href="x" aria-label="送出">下一步</a>`. Passes: `<label>姓名 <input></label>`, `<input title="搜尋">`,
`<button aria-label="關閉">×</button>`.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag
from mingshi.rules.naming import LABELLED
from mingshi.rules.vocabulary import words

SUBJECT = "page"
CODES = (
    "control-name-missing",
    "button-name-missing",
    "summary-name-missing",
    "label-for-missing",
    "label-for-other",
    "dialog-name-missing",
    "control-in-name",
)
_NO_FIELD = frozenset(("hidden", "submit", "reset", "button", "image"))
_FIELD_ROLES = words("controls.field_roles")
_NAMED_BY_CONTENT = frozenset(
    ["checkbox", "radio", "switch", "tooltip", "treeitem", "menuitemcheckbox", "menuitemradio"]
)
_BUTTON_TYPES = frozenset(("button", "submit", "reset"))
_BUTTON_ROLES = frozenset(("button", "link", "menuitem", "tab"))
_WORD = re.compile(r"\w", re.UNICODE)


def check(page: PageView) -> Iterator[Finding]:
    for own in page.tagged("input", "select", "textarea"):
        kind = own.attributes.get("type", "").strip().lower() if own.tag == "input" else ""
        if kind not in _NO_FIELD and not page.names.of(own) and not own.is_hidden:
            yield of_tag("control-name-missing", page, own)
    for own in page.tagged("button", "input"):
        is_button = own.tag == "button" or own.attributes.get("type", "").strip().lower() in _BUTTON_TYPES
        if is_button and not page.names.of(own) and not own.is_hidden:
            yield of_tag("button-name-missing", page, own)
    for own in page.tagged("summary"):
        in_details = own.parent is not None and own.parent.tag == "details"
        if in_details and not page.names.of(own) and not own.is_hidden:
            yield of_tag("summary-name-missing", page, own)
    for own in page.having("role"):
        yield from _of_role(page, own)
    for own in page.having("for"):
        yield from _of_label(page, own)
    for own in page.having("aria-label"):
        yield from _of_words(page, own)


def _of_role(page: PageView, own: Element) -> Iterator[Finding]:
    role = own.attributes["role"].strip().lower()
    if role in ("dialog", "alertdialog"):
        if not _explicit(page, own) and not own.is_away:
            yield of_tag("dialog-name-missing", page, own)
    elif own.tag in ("button", "input", "select", "textarea", "summary") or own.is_hidden:
        return
    elif role in _BUTTON_ROLES:
        if not page.names.of(own) and not (own.tag == "a" and own.attributes.get("href")):
            yield of_tag("button-name-missing", page, own)
    elif role in _FIELD_ROLES and not (page.names.of(own) if role in _NAMED_BY_CONTENT else _explicit(page, own)):
        yield of_tag("control-name-missing", page, own)


def _explicit(page: PageView, own: Element) -> str:
    named = page.names.labels if own.tag in LABELLED else {}
    return (
        page.names.said(own)
        or own.attributes.get("title", "").strip()
        or str(named.get(own.attributes.get("id", ""), ""))
    )


def _of_label(page: PageView, own: Element) -> Iterator[Finding]:
    key = own.attributes["for"].strip()
    if own.tag != "label" or own.is_away:
        return
    other = page.ids.get(key)
    if other is None:
        yield of_element("label-for-missing", page, own, own.attributes["for"], text=own.text[:40])
    elif (other.tag not in LABELLED and "-" not in other.tag) or other.attributes.get("type") == "hidden":
        yield of_element("label-for-other", page, own, own.attributes["for"], tag=other.tag, text=own.text[:40])


def _of_words(page: PageView, own: Element) -> Iterator[Finding]:
    """Only what is spoken to by its words, and whose words stand there as they are."""
    acts = (own.tag == "a" and "href" in own.attributes) or own.tag in ("button", "summary")
    if not acts and own.attributes.get("role") not in _BUTTON_ROLES:
        return
    said, seen = _bare(page.names.said(own)), _bare(_seen(own))
    if len(seen) > 1 and said and seen not in said and not own.is_hidden:
        yield of_tag("control-in-name", page, own, seen=own.text[:60], name=page.names.said(own)[:60])


def _seen(own: Element) -> str:
    """The words that show on it; icons that are written as words do not."""
    parts = []
    for child in own.children:
        if isinstance(child, str):
            parts.append(child)
        elif child.tag not in ("script", "style", "template", "svg", "i") and not _is_icon(child):
            parts.append(_seen(child))
    return " ".join(parts)


def _is_icon(child: Element) -> bool:
    kind = child.attributes.get("class", "").lower()
    return child.is_away or any(word in kind for word in ("icon", "symbol", "glyph", "hidden", "sr-only", "vh"))


def _bare(text: str) -> str:
    return "".join(_WORD.findall(text)).lower()
