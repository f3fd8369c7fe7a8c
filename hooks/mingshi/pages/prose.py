"""CommonMark in record fields → HTML; raw HTML becomes text, dangerous addresses vanish. The only door to comrak."""

import re
from collections.abc import Callable

import comrak

_EXTENSIONS = comrak.ExtensionOptions()
_EXTENSIONS.table = True
_EXTENSIONS.cjk_friendly_emphasis = True
_RENDERING = comrak.RenderOptions()
_RENDERING.escape = True

_RECORD_LINK = re.compile(r'href="([a-z]+:[a-z0-9-]+)(#[^"]*)?"')
_HEADING = re.compile(r"<(/?)h([1-6])>")
_TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
HEADINGS_START_AT = 3
"""Prose stands inside a section of the page, whose heading is an h2."""


def render(text: str, href: Callable[[str], str]) -> str:
    """HTML of a field; `href` turns `kind:id` into a URL."""
    html = comrak.render_markdown(text, extension_options=_EXTENSIONS, render_options=_RENDERING)
    if "href=" in html:
        html = _RECORD_LINK.sub(lambda link: f'href="{href(link[1])}{link[2] or ""}"', html)
    if "<h" in html:
        html = _HEADING.sub(_lower, html)
    if "<table>" in html:
        html = _TABLE.sub(_scrolling, html)
    return html


def _lower(tag: re.Match[str]) -> str:
    level = min(6, int(tag[2]) + HEADINGS_START_AT - 1)
    return f"<{tag[1]}h{level}>"


def _scrolling(table: re.Match[str]) -> str:
    inner = re.sub(r"<th( [^>]*)?>", r'<th\1 scope="col">', table[1])
    return f'<div class="scroll" tabindex="0"><table class="mini">{inner}</table></div>'
