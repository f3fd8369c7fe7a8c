"""Addresses in JSON: linked data in a page, and the data that a search reads."""

from collections.abc import Iterator
from typing import Any

_OF_PAGES = frozenset(
    {"url", "image", "logo", "thumbnailurl", "contenturl", "embedurl", "photo", "mainentityofpage", "item", "license"}
)
_IN_OBJECTS = frozenset({"item", "mainentityofpage", "image", "logo", "photo"})
"""Here `@id` is the address of a page or file; elsewhere it is only a name."""
DEEPEST = 40


def addresses(values: Any, key: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:
    """(key, address) of everything that is meant to be opened or fetched."""
    if depth > DEEPEST:
        return
    if isinstance(values, list):
        for value in values:
            yield from addresses(value, key, depth + 1)
    elif isinstance(values, dict):
        for name, value in values.items():
            if name == "@id" and key in _IN_OBJECTS and isinstance(value, str):
                yield key, value
            elif name not in ("@id", "@context", "sameAs"):
                yield from addresses(value, name.lower(), depth + 1)
    elif isinstance(values, str) and key in _OF_PAGES and "{" not in values:
        yield key, values
