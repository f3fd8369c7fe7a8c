"""What is known of a page once it is read: plain tuples that a cache can keep. Knows no parser."""

from collections.abc import Mapping
from typing import Any, NamedTuple

Reference = tuple[str, str, str]
"""(where, address, note): ("a href", "../x/", "hreflang=en"). The address as written, entities resolved."""

MUTE = "mute"
"""Note of a link without any text that a screen reader could say."""


class Facts(NamedTuple):
    references: tuple[Reference, ...] = ()
    """Every address on the page, each once a note, without the anchors that the page itself has."""
    ids: tuple[str, ...] = ()
    """What a fragment can point at."""
    repeated: tuple[str, ...] = ()
    """Ids that stand more than once."""
    head: Mapping[str, Any] = {}
    """title, titles, h1, lang, base, refresh, metas, flaws: only what the page has."""
    told: tuple[Any, ...] = ()
    """What page rules found, as they keep it."""

    @property
    def metas(self) -> tuple[tuple[str, str], ...]:
        """(name or property in lower case, content) of every meta."""
        return tuple(self.head.get("metas", ()))

    def meta(self, name: str) -> str | None:
        return next((content for own, content in self.metas if own == name), None)

    @property
    def is_stub(self) -> bool:
        """Whether the page only leads on to another one, at once."""
        refresh = self.head.get("refresh")
        return refresh is not None and refresh[0] == 0

    @property
    def is_hidden(self) -> bool:
        """Whether it asks search engines to leave it out."""
        robots = f"{self.meta('robots') or ''},{self.meta('googlebot') or ''}".lower()
        return "noindex" in robots or "none" in {part.strip() for part in robots.split(",")}


def note(reference: Reference, name: str) -> str:
    """One of the notes of a reference, '' where it has none: note(…, "hreflang")."""
    for part in reference[2].split("\n") if reference[2] else ():
        key, _, value = part.partition("=")
        if key == name:
            return value or name
    return ""
