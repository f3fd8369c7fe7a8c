"""What plays, moves or is embedded, and what gets in the way of reading.

- `frame-title-missing`: an `<iframe>` or `<frame>` without a title.
- `media-autoplay`: sound that starts by itself and offers no way to stop it.
- `video-captions-missing`: a video with sound, as far as can be seen, without captions.
- `viewport-no-zoom`: the page does not let people enlarge it to twice its size.
- `text-moving`: `<blink>` or `<marquee>`.
- `element-obsolete`: an element that HTML has given up: `<font>`, `<center>` …

Fails: `<audio src="a.mp3" autoplay>`, `<meta name="viewport" content="user-scalable=no">`.
Passes: `<video muted autoplay controls>`, `content="width=device-width, initial-scale=1, maximum-scale=5"`.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag

SUBJECT = "page"
CODES = (
    "frame-title-missing",
    "media-autoplay",
    "video-captions-missing",
    "viewport-no-zoom",
    "text-moving",
    "element-obsolete",
)
_OBSOLETE = (
    "font",
    "center",
    "big",
    "tt",
    "strike",
    "basefont",
    "nobr",
    "spacer",
    "multicol",
    "acronym",
    "dir",
    "applet",
)
_SETTING = re.compile(r"([a-z-]+)\s*=\s*([^\s,;]+)")
_MUTE = ("presentation", "none")
_TWICE = 2.0


def check(page: PageView) -> Iterator[Finding]:
    for own in page.tagged("iframe", "frame"):
        told = page.names.said(own) or own.attributes.get("title", "").strip() or own.attributes.get("role") in _MUTE
        if not told and not own.is_hidden:
            yield of_tag("frame-title-missing", page, own)
    for own in page.tagged("audio", "video"):
        yield from _of_media(page, own)
    for own in page.tagged("meta"):
        is_view = own.attributes.get("name", "").strip().lower() == "viewport"
        if is_view and _is_fixed(own.attributes.get("content", "")):
            yield of_element("viewport-no-zoom", page, own, own.attributes["content"])
    for own in page.tagged("blink", "marquee"):
        if not own.is_away:
            yield of_element("text-moving", page, own, f"<{own.tag}>", text=own.text[:40])
    for own in page.tagged(*_OBSOLETE):
        yield of_element("element-obsolete", page, own, f"<{own.tag}>")


def _of_media(page: PageView, own: Element) -> Iterator[Finding]:
    if "muted" in own.attributes or not _plays(own):
        return
    if "autoplay" in own.attributes and "controls" not in own.attributes:
        yield of_tag("media-autoplay", page, own)
    if own.tag == "video" and not _has_captions(own) and not own.is_hidden:
        yield of_tag("video-captions-missing", page, own)


def _plays(own: Element) -> bool:
    return bool(own.attributes.get("src") or any(child.attributes.get("src") for child in own.find("source")))


def _has_captions(own: Element) -> bool:
    kinds = (child.attributes.get("kind", "subtitles").strip().lower() for child in own.find("track"))
    return any(kind in ("captions", "subtitles", "") for kind in kinds)


def _is_fixed(content: str) -> bool:
    settings = dict(_SETTING.findall(content.lower()))
    scalable, largest = settings.get("user-scalable", "yes"), settings.get("maximum-scale", "")
    if scalable == "no" or _number(scalable, 1.0) in (0.0,):
        return True
    return 0 <= _number(largest, _TWICE) < _TWICE if largest != "yes" else True


def _number(text: str, otherwise: float) -> float:
    match = re.match(r"-?\d+(?:\.\d+)?", text)
    return float(match[0]) if match else otherwise
