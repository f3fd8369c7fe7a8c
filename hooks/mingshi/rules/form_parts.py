"""The parts of a form belong together as one sees them.

- `fieldset-legend-missing`: a `<fieldset>` without a name.
- `radios-ungrouped`: several radio buttons of one name without a group around them that asks the question.
- `optgroup-label-missing`: an `<optgroup>` without a name.
- `autocomplete-invalid`: a word for filling in by itself that no browser knows.

Fails: `<fieldset><input …></fieldset>`, `<input autocomplete="fullname">`. Passes: `<fieldset><legend>性別</legend>…`,
`<div role="radiogroup" aria-label="性別">…`, `<input autocomplete="shipping street-address">`.
"""

from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag
from mingshi.rules.vocabulary import words

SUBJECT = "page"
CODES = ("fieldset-legend-missing", "radios-ungrouped", "optgroup-label-missing", "autocomplete-invalid")
_GROUPS = frozenset(("group", "radiogroup"))
_PLAIN = words("form_parts.plain")
_REACHED = words("form_parts.reached")
_WHERE = frozenset(("home", "work", "mobile", "fax", "pager"))


def check(page: PageView) -> Iterator[Finding]:
    for own in page.tagged("fieldset"):
        if not page.names.of(own) and list(own.find("input", "select", "textarea")) and not own.is_hidden:
            yield of_tag("fieldset-legend-missing", page, own)
    for own in page.tagged("optgroup"):
        if not (own.attributes.get("label", "").strip() or page.names.said(own)) and not own.is_hidden:
            yield of_tag("optgroup-label-missing", page, own)
    yield from _radios(page)
    for own in page.having("autocomplete"):
        value = own.attributes["autocomplete"]
        if own.tag in ("input", "select", "textarea") and _may_fill(own) and not is_autocomplete(value):
            yield of_element("autocomplete-invalid", page, own, value)


def _radios(page: PageView) -> Iterator[Finding]:
    known: dict[tuple[int, str], list[Element]] = {}
    for own in page.tagged("input"):
        if own.attributes.get("type", "").strip().lower() == "radio" and own.attributes.get("name"):
            form = next((above.number for above in own.above() if above.tag == "form"), -1)
            known.setdefault((form, own.attributes["name"]), []).append(own)
    for (_, name), group in known.items():
        if (
            len(group) > 1
            and not any(_is_grouped(own) or own.attributes.get("aria-labelledby") for own in group)
            and not group[0].is_hidden
        ):
            yield of_tag("radios-ungrouped", page, group[0], name=name, count=len(group))


def _is_grouped(own: Element) -> bool:
    return any(above.tag == "fieldset" or above.attributes.get("role") in _GROUPS for above in own.above())


def _may_fill(own: Element) -> bool:
    kind = own.attributes.get("type", "").strip().lower()
    mute = "disabled" in own.attributes or own.attributes.get("aria-disabled") == "true"
    return kind not in ("hidden", "button", "submit", "reset", "image", "checkbox", "radio") and not mute


def is_autocomplete(value: str) -> bool:
    """Whether every word of it is known, and in its place."""
    words = value.lower().split()
    if not words or words in (["on"], ["off"]):
        return True
    if words[-1] == "webauthn":
        words.pop()
    if words and words[0].startswith("section-"):
        words.pop(0)
    if words and words[0] in ("shipping", "billing"):
        words.pop(0)
    if len(words) == 2 and words[0] in _WHERE:
        return words[1] in _REACHED
    return len(words) == 1 and words[0] in _PLAIN | _REACHED
