"""What styles have to meet, wherever they stand: in a sheet, in a page, on an element. Reads no file."""

import re
from collections.abc import Iterable, Iterator, Mapping

from mingshi.palette import contrast

_FIXED = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:px|pt|pc|cm|mm|in|q)\b"
_SIZE = re.compile(_FIXED, re.IGNORECASE)
_LEADING = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_COLUMN = 400
"""Narrower than this, it is a picture or a field, and no column of text."""
_FONT = re.compile(rf"(?:^|\s)({_FIXED})(?=\s|/|$)", re.IGNORECASE)
_FONT_LINE = re.compile(rf"/\s*({_FIXED})", re.IGNORECASE)
_LESS = {"letter-spacing": 0.12, "word-spacing": 0.16, "line-height": 1.5}
"""The least of each that a reader may need (WCAG 1.4.12)."""
_SPACING = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(em|rem|px|%)?", re.IGNORECASE)
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*[, ]\s*(\d{1,3})\s*\)", re.IGNORECASE)
_NAMED = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "lime": "#00ff00",
    "green": "#008000",
    "blue": "#0000ff",
    "yellow": "#ffff00",
    "cyan": "#00ffff",
    "aqua": "#00ffff",
    "magenta": "#ff00ff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "grey": "#808080",
    "silver": "#c0c0c0",
    "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3",
    "darkgray": "#a9a9a9",
    "orange": "#ffa500",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "purple": "#800080",
    "teal": "#008080",
    "pink": "#ffc0cb",
}
LEAST = 3.0
"""Below this contrast not even large text may be."""
SIZES = ("font-size-fixed", "line-height-fixed", "column-width-fixed")
PAIRS = ("contrast-low",)

Found = Iterator[tuple[str, str, Mapping[str, str]]]
"""(code, the declaration as it may stand there, more words)."""


def sizes(declarations: Iterable[tuple[str, str]]) -> Found:
    """Sizes of text and lines in units that do not grow with the reader's text."""
    for name, value in declarations:
        bare = value.replace("!important", "").strip()
        if name == "font-size" and _SIZE.fullmatch(bare):
            yield "font-size-fixed", value, {"name": name}
        elif name == "font" and (match := _FONT.search(bare.partition(",")[0])):
            yield "font-size-fixed", match[1], {"name": name}
        elif name == "max-width" and _SIZE.fullmatch(bare) and float(_LEADING.match(bare)[0]) >= _COLUMN:  # type: ignore[index]
            yield "column-width-fixed", value, {"name": name}
        elif name == "line-height" and _SIZE.fullmatch(bare):
            yield "line-height-fixed", value, {"name": name}
        if name == "font" and (match := _FONT_LINE.search(bare.partition(",")[0])):
            yield "line-height-fixed", match[1], {"name": name}


def pairs(declarations: Iterable[tuple[str, str]]) -> Found:
    """A colour of text on a ground that both stand there as they are."""
    known = {name: value.replace("!important", "").strip() for name, value in declarations}
    text, ground = colour(known.get("color", "")), colour(known.get("background-color") or known.get("background", ""))
    if text and ground:
        own = contrast(text, ground)
        if own < LEAST:
            facts = {"ground": known.get("background-color") or known["background"], "ratio": f"{int(own * 10) / 10}"}
            yield "contrast-low", known["color"], facts


def spacings(declarations: Iterable[tuple[str, str]]) -> Found:
    """Spacing that a reader cannot widen: `!important` on an element itself, and too narrow."""
    for name, value in declarations:
        if name in _LESS and "!important" in value:
            match = _SPACING.fullmatch(value.replace("!important", "").strip())
            narrow = match and (match[2] or "em").lower() == "em" and float(match[1]) < _LESS[name]
            if narrow and not (match and name != "line-height" and match[2] is None and float(match[1])):
                yield "spacing-fixed", value, {"name": name, "least": f"{_LESS[name]}"}


def colour(value: str) -> str:
    """`#rgb`, `rgb(…)` or a common name as `#rrggbb`; '' where it is anything else."""
    low = value.lower()
    match = _HEX.fullmatch(low)
    if match:
        digits = match[1] if len(match[1]) == 6 else "".join(char * 2 for char in match[1])
        return f"#{digits}"
    match = _RGB.fullmatch(low)
    if match:
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    return _NAMED.get(low, "")
