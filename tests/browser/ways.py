"""The ways of looking at a page that the whole matrix tries."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

PREFIXES: tuple[Literal["", "en/"], ...] = ("", "en/")
SCHEMES: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
}


@dataclass(frozen=True)
class Way:
    """A way of looking at a page."""

    prefix: Literal["", "en/"]
    scheme: str
    width: int
    text: int

    def __str__(self) -> str:
        return f"{self.prefix.strip('/') or 'first'}-{self.scheme}-{self.width}-{self.text}%"


WAYS = [
    Way(prefix, scheme, width, text)
    for prefix, scheme, (width, text) in product(PREFIXES, SCHEMES, ((320, 100), (360, 100), (1280, 100), (1280, 200)))
]
