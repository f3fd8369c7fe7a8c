"""The colours of a site: named palettes, and whether every pair that meets on a page can be read. Writes no file."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

SCHEMES = ("light", "dark")
TEXT, CONTROL = 4.5, 3.0
"""The least contrast of text, and of the edge of a control (WCAG 1.4.3, 1.4.11)."""

Colours = Mapping[str, str]


class Palette(NamedTuple):
    light: Colours
    dark: Colours


_SIGN_LIGHT = {
    "ground": "#ffffff",
    "wash": "#eff5f6",
    "ink": "#12252e",
    "soft": "#43565f",
    "edge": "#647984",
    "hair": "#cedade",
    "sign": "#ffcb3d",
    "on-sign": "#12252e",
    "here": "#12252e",
    "on-here": "#ffcb3d",
    "link": "#005468",
    "tint": "#dff1f4",
    "board": "#10242d",
    "led": "#ffcf52",
    "lit": "#eef5f6",
    "dim": "#b9cad1",
    "frame": "#3a525d",
    "paper": "#fff3cf",
    "good": "#075a33",
    "good-bg": "#def3e7",
    "bad": "#9c1414",
    "bad-bg": "#fde7e4",
    "wait": "#5d4300",
    "wait-bg": "#ffefc2",
    "line-a": "#1559b8",
    "line-b": "#b83c06",
    "line-c": "#9b1f68",
    "line-d": "#5b3fa8",
    "line-e": "#066a4a",
}
_SIGN_DARK = _SIGN_LIGHT | {
    "ground": "#0e1b21",
    "wash": "#14262e",
    "ink": "#eef4f5",
    "soft": "#b7c7cd",
    "edge": "#7f959f",
    "hair": "#2d444e",
    "sign": "#070f13",
    "on-sign": "#ffcf52",
    "here": "#ffcf52",
    "on-here": "#12252e",
    "link": "#8ddbe9",
    "tint": "#12343d",
    "board": "#050c10",
    "paper": "#1b2f37",
    "good": "#8fe3b4",
    "good-bg": "#0d3222",
    "bad": "#ffb4aa",
    "bad-bg": "#43130f",
    "wait": "#ffdc86",
    "wait-bg": "#382b07",
    "line-a": "#8fbcff",
    "line-b": "#ffab7d",
    "line-c": "#ff9dd2",
    "line-d": "#c8b4ff",
    "line-e": "#7fdfb4",
}
_PINE_LIGHT = _SIGN_LIGHT | {
    "wash": "#eef5f2",
    "ink": "#14211f",
    "soft": "#43534e",
    "edge": "#677a74",
    "hair": "#c8d5d0",
    "sign": "#0c3b38",
    "on-sign": "#ffffff",
    "here": "#ffc53d",
    "on-here": "#14211f",
    "link": "#0b554f",
    "tint": "#e2f0ea",
    "board": "#0a2f2c",
    "led": "#ffc53d",
    "lit": "#f2f8f6",
    "dim": "#c5dcd6",
    "frame": "#3c625c",
    "paper": "#f4efdc",
    "good": "#0d4c48",
    "good-bg": "#def0ea",
    "bad": "#973410",
    "bad-bg": "#fdf2ec",
    "wait": "#6b4e00",
    "wait-bg": "#fdf3d3",
}
_PINE_DARK = _SIGN_DARK | {
    "ground": "#0f1716",
    "wash": "#16211f",
    "ink": "#e8f0ed",
    "soft": "#b3c3bd",
    "edge": "#82968f",
    "hair": "#2f403b",
    "sign": "#0a2a28",
    "on-sign": "#f2f8f6",
    "here": "#ffc53d",
    "on-here": "#14211f",
    "link": "#8ddccf",
    "tint": "#153330",
    "board": "#071b19",
    "led": "#ffc53d",
    "lit": "#f2f8f6",
    "dim": "#b7d0c9",
    "frame": "#33554f",
    "paper": "#1c2b28",
    "good": "#86d9cb",
    "good-bg": "#103530",
    "bad": "#f7a985",
    "bad-bg": "#2a1a13",
    "wait": "#e6c36a",
    "wait-bg": "#332a0c",
}
DEFAULT = "sign"
PALETTES: Mapping[str, Palette] = MappingProxyType(
    {DEFAULT: Palette(_SIGN_LIGHT, _SIGN_DARK), "pine": Palette(_PINE_LIGHT, _PINE_DARK)}
)

PAIRS: tuple[tuple[str, str, float], ...] = (
    *((text, ground, TEXT) for text in ("ink", "soft", "link") for ground in ("ground", "wash", "tint", "paper")),
    ("on-sign", "sign", TEXT),
    ("on-here", "here", TEXT),
    ("led", "board", TEXT),
    ("lit", "board", TEXT),
    ("dim", "board", TEXT),
    ("ground", "link", TEXT),
    ("ground", "ink", TEXT),
    *((result, f"{result}-bg", TEXT) for result in ("good", "bad", "wait")),
    *(("ground", result, TEXT) for result in ("good", "bad", "wait")),
    *((f"line-{letter}", ground, TEXT) for letter in "abcde" for ground in ("wash", "ground")),
    *(("edge", ground, CONTROL) for ground in ("ground", "tint", "wash")),
)
"""What stands on what anywhere on the site, and how much contrast it needs."""


class Shortfall(NamedTuple):
    scheme: str
    text: str
    ground: str
    ratio: float
    least: float


def mixed(name: str, light: Colours, dark: Colours) -> Palette:
    """A named palette with an office's own colours in the place of some."""
    base = PALETTES[name]
    return Palette({**base.light, **light}, {**base.dark, **dark})


def shortfalls(palette: Palette) -> Iterator[Shortfall]:
    """Every pair that cannot be read well enough."""
    for scheme, colours in zip(SCHEMES, palette, strict=True):
        for text, ground, least in PAIRS:
            ratio = contrast(colours[text], colours[ground])
            if ratio < least:
                yield Shortfall(scheme, text, ground, ratio, least)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def style_sheet(palette: Palette) -> str:
    """What follows the default style sheet where a palette differs from it; empty where nothing does."""
    usual = PALETTES[DEFAULT]
    light = {name: colour for name, colour in palette.light.items() if colour != usual.light[name]}
    # A colour that only the light scheme changes must not leak into the dark one.
    dark = {name: colour for name, colour in palette.dark.items() if name in light or colour != usual.dark[name]}
    rules = [
        f"@media screen{query}{{:root{{{''.join(f'--{name}:{colour};' for name, colour in own.items())}}}}}"
        for query, own in (("", light), (" and (prefers-color-scheme:dark)", dark))
        if own
    ]
    return "".join(rules)
