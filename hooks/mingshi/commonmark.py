"""CommonMark → HTML, and the links in it with their places. The only door to comrak."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape
from urllib.parse import unquote

import comrak

HEADINGS_START_AT = 3
"""Prose stands inside a section of the page, whose heading is an h2."""

_EXTENSIONS = comrak.ExtensionOptions()
_EXTENSIONS.table = True
_EXTENSIONS.cjk_friendly_emphasis = True
_PAGE_EXTENSIONS = comrak.ExtensionOptions()
_PAGE_EXTENSIONS.table = True
_PAGE_EXTENSIONS.front_matter_delimiter = "---"
# Raw HTML of a record is shown as text; what a handwritten page says in HTML is only looked through for links.
_ESCAPED = comrak.RenderOptions()
_ESCAPED.escape = True
_PLACED = comrak.RenderOptions()
_PLACED.escape = True
_PLACED.sourcepos = True
_PLACED_RAW = comrak.RenderOptions()
_PLACED_RAW.unsafe_ = True
_PLACED_RAW.sourcepos = True

_BY_ID = re.compile(r'href="([a-z]+:[a-z0-9-]+)(#[^"]*)?"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_HEADER = re.compile(r"<th(?: [^>]*)?>(.*?)</th>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_HEADING_OR_TABLE = re.compile(r'<table>|<h[1-6] id="([^"]+)"[^>]*>')
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_WIDE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
_INSIDE_A_LINE = "(?:</?(?:a|em|strong|code|del)\\b[^>]*>)*"
_LINE_BREAK = re.compile(f"({_WIDE}{_INSIDE_A_LINE})\n(?={_INSIDE_A_LINE}{_WIDE})")
_CODE_BLOCK = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
_LINK = re.compile(r'<(?:a|img)\b(?: data-sourcepos="(\d+):(\d+)-(\d+):(\d+)")?[^>]*? (?:href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:https?|mailto|tel):|//|#|$", re.IGNORECASE)
_OUTSIDE = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """Where a link leads, and the offset of its target in the text."""

    target: str
    offset: int
    written: str
    """The target as the author wrote it; rendered, what is not ASCII becomes percent signs."""


def render(text: str, href: Callable[[str], str]) -> str:
    """HTML of a field; `href` turns `kind:id` into a URL."""
    html = comrak.render_markdown(text, extension_options=_EXTENSIONS, render_options=_ESCAPED)
    if "href=" in html:
        html = point(html, href)
    if "<h" in html:
        html = _HEADING.sub(_lower, html)
    if "<table>" in html:
        html = _TABLE.sub(_scrolling, html)
    return joined(html)


def joined(html: str) -> str:
    """HTML without the line breaks between two Chinese characters: browsers would show each as a space."""
    if "<pre>" not in html:
        return _LINE_BREAK.sub(r"\1", html)
    parts = _CODE_BLOCK.split(html)
    return "".join(part if index % 2 else _LINE_BREAK.sub(r"\1", part) for index, part in enumerate(parts))


def entitled(html: str) -> str:
    """A handwritten page whose tables have the heading above them for their name."""
    if "<table>" not in html:
        return html
    heading = ""

    def named(match: re.Match[str]) -> str:
        nonlocal heading
        heading = match[1] or heading
        return match[0] if match[1] or not heading else f'<table aria-labelledby="{heading}">'

    return _HEADING_OR_TABLE.sub(named, html)


def point(html: str, href: Callable[[str], str]) -> str:
    """HTML with its links by id turned into URLs."""
    return _BY_ID.sub(lambda link: f'href="{href(link[1])}{link[2] or ""}"', html)


def may_link(text: str) -> bool:
    return "](" in text or "]:" in text or "<" in text


def links(text: str, whole_page: bool = False) -> list[Link]:
    """The links of a field, or of a whole handwritten page, that stay inside the site."""
    return list(_links(text, whole_page, lambda target: _ELSEWHERE.match(target) is None))


def outside(text: str, whole_page: bool = False) -> list[Link]:
    """The links of a field, or of a whole handwritten page, that leave by http or https."""
    return list(_links(text, whole_page, lambda target: _OUTSIDE.match(target) is not None))


def _links(text: str, whole_page: bool, wanted: Callable[[str], bool]) -> Iterator[Link]:
    """What stands in code or comments is no link."""
    html = comrak.render_markdown(
        text,
        extension_options=_PAGE_EXTENSIONS if whole_page else _EXTENSIONS,
        render_options=_PLACED_RAW if whole_page else _PLACED,
    )
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    for link in _LINK.finditer(html):
        target = unescape(link[5])
        if wanted(target):
            start, end = _range(link, lines, starts)
            yield _placed(text, target, start, end)


def _range(link: re.Match[str], lines: list[str], starts: list[int]) -> tuple[int, int]:
    """Where a link stands in the text; comrak counts columns in bytes."""
    if link[1] is None:
        return 0, 0
    ends = []
    for line, byte in ((int(link[1]), int(link[2]) - 1), (int(link[3]), int(link[4]))):
        before = lines[line - 1].encode()[:byte].decode("utf-8", "ignore")
        ends.append(starts[line - 1] + len(before))
    return ends[0], ends[1]


def _placed(text: str, target: str, start: int, end: int) -> Link:
    """The target itself where it is written in the link; else its definition, else the link."""
    for written in dict.fromkeys((target, unquote(target), escape(target))):
        inside = text.rfind(written, start, end)
        offset = inside if inside >= 0 else text.find(written)
        if written and offset >= 0:
            return Link(target, offset, written)
    return Link(target, start, target)


def _lower(tag: re.Match[str]) -> str:
    level = min(6, int(tag[2]) + HEADINGS_START_AT - 1)
    return f"<{tag[1]}h{level}>"


def _scrolling(table: re.Match[str]) -> str:
    inner = re.sub(r"<th( [^>]*)?>", r'<th\1 scope="col">', table[1])
    headers = "／".join(_TAG.sub("", cell) for cell in _HEADER.findall(inner) if cell)
    named = f' aria-label="{headers}"' if headers else ""
    return f'<div class="scroll" tabindex="0"><table class="mini"{named}>{inner}</table></div>'
