"""Pictures have a text that says what they show.

- `image-alt-missing`: an `<img>` without `alt`, and without any other name.
- `image-alt-filename`: the text is the name of the file.
- `image-alt-placeholder`: the text is only a word like 「圖片」 or "image".
- `image-decorative-title`: `alt=""` says that the picture decorates, `title` says something of it all the same.
- `image-repeats-link`: a picture in or beside a link repeats the words of the link.
- `image-repeats-text`: a picture repeats the words that stand beside it.
- `image-name-missing`: an element with `role="img"` without a name.
- `area-alt-missing`: a part of an image map that links somewhere, without a text.
- `image-button-alt-missing`: a button that is a picture, without a text.
- `object-text-missing`: an `<object>` or `<embed>` without a text in its place.
- `image-map-server`: `ismap`, a map that only a pointer can use.

Fails: `<img src="chart.png">`, `<img src="a.png" alt="a.png">`. Passes: `<img src="line.png" alt="">`,
`<img src="chart.png" alt="115年各月申請件數">`, and what is hidden from screen readers.
"""

import re
from collections.abc import Iterator

from mingshi.built import Element
from mingshi.rules.finding import Finding, PageView, of_element, of_tag
from mingshi.rules.vocabulary import words

SUBJECT = "page"
CODES = (
    "image-alt-missing",
    "image-alt-filename",
    "image-alt-placeholder",
    "image-decorative-title",
    "image-repeats-link",
    "image-repeats-text",
    "image-name-missing",
    "area-alt-missing",
    "image-button-alt-missing",
    "object-text-missing",
    "image-map-server",
)
_FILE = re.compile(r"[^\s/\\]+\.(?:jpe?g|png|gif|svg|webp|bmp|tiff?|avif|ico)", re.IGNORECASE)
_EMPTY_WORDS = words("images.empty_words")
_PASSAGES = frozenset(("p", "li", "td", "th", "figcaption"))
_MUTE_ROLES = frozenset(("presentation", "none"))


def check(page: PageView) -> Iterator[Finding]:
    for own in page.tagged("img"):
        yield from _of_image(page, own)
    for own in page.tagged("area", "input", "object", "embed"):
        code = _code(own)
        if code and own.attributes.get("role") not in _MUTE_ROLES and not page.names.of(own) and not own.is_hidden:
            yield of_tag(code, page, own)
    for own in page.having("role"):
        told = (
            page.names.of(own) if own.tag == "svg" else page.names.said(own) or own.attributes.get("title", "").strip()
        )
        if own.attributes["role"].strip() == "img" and own.tag != "img" and not told and not own.is_hidden:
            yield of_tag("image-name-missing", page, own)


def _code(own: Element) -> str:
    """What is wrong with it if it has no name."""
    if own.tag == "area":
        return "area-alt-missing" if "href" in own.attributes else ""
    if own.tag == "input":
        return "image-button-alt-missing" if own.attributes.get("type", "").strip().lower() == "image" else ""
    return "object-text-missing"


def _of_image(page: PageView, own: Element) -> Iterator[Finding]:
    attributes = own.attributes
    alt = attributes.get("alt")
    if "ismap" in attributes and not own.is_away:
        yield of_tag("image-map-server", page, own)
        return
    if alt is None:
        if attributes.get("role") not in _MUTE_ROLES and not page.names.of(own) and not own.is_hidden:
            yield of_tag("image-alt-missing", page, own)
        return
    said = alt.strip()
    if not said:
        if attributes.get("title", "").strip() and not own.is_hidden:
            yield of_tag("image-decorative-title", page, own, title=attributes["title"].strip())
    elif _FILE.fullmatch(said):
        yield of_element("image-alt-filename", page, own, alt)
    elif said.lower() in _EMPTY_WORDS:
        yield of_element("image-alt-placeholder", page, own, alt)
    elif _repeats(page, own, said):
        yield of_element("image-repeats-link", page, own, alt)
    elif own.parent is not None and own.parent.tag in _PASSAGES and own.parent.text.lower() == said.lower():
        yield of_element("image-repeats-text", page, own, alt)


def _repeats(page: PageView, own: Element, said: str) -> bool:
    """Whether a link says the same words beside the picture, itself or in the link right after or before it."""
    link = next((above for above in own.above() if above.tag in ("a", "button")), None)
    if link is None or link.is_hidden:
        return False
    if link.text:
        return link.text.lower() == said.lower() and not own.is_hidden and own.attributes.get("role") not in _MUTE_ROLES
    holder = link.parent
    if holder is None or not link.attributes.get("href") or page.names.of_content(link) != said:
        return False
    near = [child for child in holder.children if isinstance(child, Element) or child.strip()]
    at = near.index(link)
    beside = [other for other in (*near[max(0, at - 1) : at], *near[at + 1 : at + 2]) if isinstance(other, Element)]
    return any(
        other.tag == "a" and other.attributes.get("href") == link.attributes["href"] and other.text == said
        for other in beside
    )
