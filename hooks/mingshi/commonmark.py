"""CommonMark → HTML, and the links in it with their places. The only door to comrak."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

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
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
_LINK = re.compile(r'<(?:a|img)\b(?: data-sourcepos="(\d+):(\d+)-(\d+):(\d+)")?[^>]*? (?:href|src)="([^"]*)"')
_ELSEWHERE = re.compile(r"(?:https?|mailto|tel):|//|#|$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """A link that stays inside the site, and the offset of its target in the text."""

    target: str
    offset: int


def render(text: str, href: Callable[[str], str]) -> str:
    """HTML of a field; `href` turns `kind:id` into a URL."""
    html = comrak.render_markdown(text, extension_options=_EXTENSIONS, render_options=_ESCAPED)
    if "href=" in html:
        html = point(html, href)
    if "<h" in html:
        html = _HEADING.sub(_lower, html)
    if "<table>" in html:
        html = _TABLE.sub(_scrolling, html)
    return html


def point(html: str, href: Callable[[str], str]) -> str:
    """HTML with its links by id turned into URLs."""
    return _BY_ID.sub(lambda link: f'href="{href(link[1])}{link[2] or ""}"', html)


def may_link(text: str) -> bool:
    return "](" in text or "]:" in text or "<" in text


def links(text: str, whole_page: bool = False) -> list[Link]:
    """The links of a field, or of a whole handwritten page; what stands in code or comments is none."""
    html = comrak.render_markdown(
        text,
        extension_options=_PAGE_EXTENSIONS if whole_page else _EXTENSIONS,
        render_options=_PLACED_RAW if whole_page else _PLACED,
    )
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for link in _LINK.finditer(html):
        target = unescape(link[5])
        if not _ELSEWHERE.match(target):
            start, end = _range(link, lines, starts)
            found.append(Link(target, _offset(text, target, start, end)))
    return found


def _range(link: re.Match[str], lines: list[str], starts: list[int]) -> tuple[int, int]:
    """Where a link stands in the text; comrak counts columns in bytes."""
    if link[1] is None:
        return 0, 0
    ends = []
    for line, byte in ((int(link[1]), int(link[2]) - 1), (int(link[3]), int(link[4]))):
        before = lines[line - 1].encode()[:byte].decode("utf-8", "ignore")
        ends.append(starts[line - 1] + len(before))
    return ends[0], ends[1]


def _offset(text: str, target: str, start: int, end: int) -> int:
    """The target itself where it is written in the link; else its definition, else the link."""
    inside = text.rfind(target, start, end)
    if inside >= 0:
        return inside
    definition = text.find(target)
    return definition if definition >= 0 else start


def _lower(tag: re.Match[str]) -> str:
    level = min(6, int(tag[2]) + HEADINGS_START_AT - 1)
    return f"<{tag[1]}h{level}>"


def _scrolling(table: re.Match[str]) -> str:
    inner = re.sub(r"<th( [^>]*)?>", r'<th\1 scope="col">', table[1])
    return f'<div class="scroll" tabindex="0"><table class="mini">{inner}</table></div>'
