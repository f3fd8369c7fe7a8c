"""From an element in a browser back to its place in the file of the page. Knows no browser."""

from collections.abc import Iterable, Mapping
from typing import Any

from mingshi.built import Element

SAID = 200
"""Signs of an element's text by which it is known again."""
_OURS = frozenset({"open", "class", "style", "hidden", "inert"})
"""Attributes that scripts change, or that we changed to see what is folded away."""

Told = Mapping[str, Any]
"""An element as the script in the page tells it: tag, attributes, text, nth, and what stands above."""


def find(elements: Iterable[Element], told: Told, above: Iterable[Told] = ()) -> Element | None:
    """The element in the file; where a script made it, the nearest one above that the file has."""
    every = list(elements)
    for number, own in enumerate((told, *above)):
        found = _find(every, own, exact=number == 0)
        if found is not None:
            return found
    return None


def _find(elements: list[Element], told: Told, exact: bool) -> Element | None:
    same = [own for own in elements if own.tag == told["tag"].lower()]
    text: str = told["text"].strip()
    alike = [own for own in same if _attributes(own.attributes) == _attributes(told["attributes"])]
    twins = [own for own in alike if own.attributes == told["attributes"] and own.text[:SAID].strip() == text]
    if exact and twins:
        return twins[min(int(told["nth"]), len(twins) - 1)]
    named = [own for own in same if own.attributes.get("id") and own.attributes["id"] == told["attributes"].get("id")]
    if named:
        return named[0]
    told_alike = [own for own in alike if own.text[:SAID].strip() == text]
    if told_alike or not exact:
        return next(iter(told_alike or (alike if len(alike) == 1 else ())), None)
    return alike[0] if len(alike) == 1 else None


def _attributes(attributes: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if name not in _OURS}
