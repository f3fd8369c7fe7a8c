"""The name under which screen readers know an element: enough of the official computation to say that there is none."""

from collections.abc import Mapping
from functools import cached_property

from mingshi.built import Element, Tree

_INVISIBLE = " \t\n\r\f\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u3000\ufeff"
_NO_TEXT = frozenset(("script", "style", "template", "noscript"))
_ASKS = frozenset(("select", "textarea", "datalist"))
"""What stands in a label to be named by it says nothing of itself."""
_ALT = frozenset(("img", "area", "input"))
LABELLED = frozenset(("input", "select", "textarea", "button", "meter", "output", "progress"))
"""What a `<label>` can name."""


class Names:
    """Asked of one page."""

    def __init__(self, tree: Tree, ids: Mapping[str, Element]) -> None:
        self._tree, self._ids = tree, ids

    @cached_property
    def labels(self) -> Mapping[str, list[Element]]:
        """Id of a control → the labels that name it."""
        found: dict[str, list[Element]] = {}
        for own in self._tree.tagged.get("label", ()):
            if own.attributes.get("for"):
                found.setdefault(own.attributes["for"], []).append(own)
        return found

    def said(self, own: Element) -> str:
        """What its own attributes for screen readers say."""
        attributes = own.attributes
        if attributes.get("aria-labelledby"):
            named = [self._ids[key] for key in attributes["aria-labelledby"].split() if key in self._ids]
            text = " ".join(self._of_named(other) for other in named).strip()
            if text:
                return text
        return attributes.get("aria-label", "").strip(_INVISIBLE)

    def of(self, own: Element) -> str:
        """Its name by any of the ways that there are, '' if it has none."""
        return self.said(own) or self._of_label(own) or self._own(own) or own.attributes.get("title", "").strip()

    def of_content(self, own: Element) -> str:
        """What is said of what stands in it."""
        parts = []
        for child in own.children:
            if isinstance(child, str):
                parts.append(child)
            elif child.tag in _NO_TEXT or child.tag in _ASKS or (child.attributes and child.is_hidden):
                continue
            else:
                parts.append(self._of_part(child))
        return " ".join("".join(parts).strip(_INVISIBLE).split())

    def _of_part(self, child: Element) -> str:
        if not child.attributes:
            return self.of_content(child)
        said = self.said(child)
        if said:
            return said
        alt = child.attributes.get("alt", "") if child.tag in _ALT else ""
        return alt or self.of_content(child) or child.attributes.get("title", "")

    def _of_named(self, own: Element) -> str:
        """A text that `aria-labelledby` names counts even where it is hidden."""
        return own.attributes.get("aria-label", "") or own.attributes.get("alt", "") or self.of_content(own) or own.text

    def _of_label(self, own: Element) -> str:
        if own.tag not in LABELLED and "-" not in own.tag:
            return ""
        labels = self.labels.get(own.attributes.get("id", ""), [])
        if own.tag != "button":
            labels = [*labels, *(above for above in own.above() if above.tag == "label")]
        return " ".join(self._of_part(label) for label in labels).strip()

    def _own(self, own: Element) -> str:
        """What its own markup names it by."""
        attributes = own.attributes
        if own.tag in ("img", "area"):
            return attributes.get("alt", "").strip()
        if own.tag == "input":
            kind = attributes.get("type", "").strip().lower()
            default = kind if kind in ("submit", "reset") and "value" not in attributes else ""
            value = attributes.get("value", "") if kind in ("submit", "reset", "button") else ""
            return value.strip() or default or (attributes.get("alt", "").strip() if kind == "image" else "")
        inner = {"fieldset": "legend", "table": "caption", "svg": "title", "figure": "figcaption"}.get(own.tag)
        if inner:
            return next((self.of_content(child) for child in own.inner if child.tag == inner), "")
        if own.tag in ("iframe", "frame", "select", "textarea"):
            return ""
        return self.of_content(own)
