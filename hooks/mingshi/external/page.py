"""What somebody else's page says: title, headings, text, anchors. Opens the door to the HTML parser; judges nothing."""

import re
from codecs import lookup
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from mingshi.external.asking import Answer

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_REFRESH = re.compile(r"\s*([0-9]+)(?:\.[0-9]*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_AT_ONCE = 5
"""Seconds; who is sent on later than this has read something."""
_BIG5 = frozenset({"big5", "cp950", "big5hkscs", "x-x-big5", "big5-eten"})


@dataclass(frozen=True, slots=True)
class Page:
    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    """What a reader sees, without scripts."""
    anchors: frozenset[str] = frozenset()
    asks_password: bool = False
    sends_to: str = ""
    """Where a refresh leads at once, as the page writes it."""
    scripts: int = 0
    whole: bool = True


def read_page(answer: Answer) -> Page:
    html = decode(answer)
    tree = LexborHTMLParser(html)
    title = tree.css_first("title")
    anchors = {node.attributes.get("id") for node in tree.css("[id]")}
    anchors |= {node.attributes.get("name") for node in tree.css("a[name]")}
    scripts = len(tree.css("script"))
    asks_password = tree.css_first('input[type="password" i]') is not None
    sends_to = _sends_to(tree)
    tree.strip_tags(["script", "style", "noscript", "template", "svg"])
    return Page(
        title=_plain(title.text()) if title else "",
        headings=tuple(_plain(node.text()) for node in tree.css("h1, h2")[:20]),
        text=_plain(tree.body.text(separator=" ")) if tree.body else "",
        anchors=frozenset(anchor for anchor in anchors if anchor),
        asks_password=asks_password,
        sends_to=sends_to,
        scripts=scripts,
        whole=answer.whole,
    )


def decode(answer: Answer) -> str:
    """The text as a browser reads it: by byte-order mark, header, meta, else UTF-8 or Big5."""
    body = answer.body
    if body.startswith(b"\xef\xbb\xbf"):
        return body[3:].decode("utf-8", "replace")
    told = _CHARSET.search(answer.headers.get("content-type", "")) or _CHARSET.search(body[:2048].decode("latin-1"))
    codec = _codec(told[1]) if told else ""
    if codec:
        return body.decode(codec, "replace")
    # The limit may have cut a character in two.
    try:
        return body[:-3].decode("utf-8") + body[-3:].decode("utf-8", "ignore")
    except UnicodeDecodeError as error:
        cut = error.start >= len(body) - 7
        return body.decode("utf-8" if cut else "cp950", "replace")


def _codec(name: str) -> str:
    if name.lower() in _BIG5:
        return "big5hkscs"
    try:
        codec = lookup(name)
    except LookupError:
        return ""
    return codec.name if codec._is_text_encoding else ""


def _sends_to(tree: LexborHTMLParser) -> str:
    for node in tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").lower() == "refresh":
            match = _REFRESH.match(node.attributes.get("content") or "")
            if match and int(match[1]) <= _AT_ONCE and match[2].strip():
                return match[2].strip()
    return ""


def _plain(text: str) -> str:
    return " ".join(text.split())
