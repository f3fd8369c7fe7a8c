"""What a style sheet sets: its rules as (conditions, selector, declarations). Judges nothing, fetches nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

Declaration = tuple[str, str]
"""(property in lower case, value as written)."""


class Ruleset(NamedTuple):
    conditions: str
    """The at-rules around it, in lower case: "@media print"."""
    selector: str
    declarations: tuple[Declaration, ...]


_TOKEN = re.compile(
    r"""(?P<skip>/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^"')]*\)|\((?:[^()"']|\([^()]*\))*\)|\\.)"""
    r"|(?P<mark>[{};])",
    re.DOTALL,
)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_DEEPEST = 20


def rulesets(css: str) -> Iterator[Ruleset]:
    """The rules of a sheet; also those in other rules. What cannot be read is left out, as browsers do."""
    open_: list[tuple[str, list[Declaration]]] = [("", [])]
    start = 0
    for match in _TOKEN.finditer(css):
        mark = match["mark"]
        if mark is None:
            continue
        text = _COMMENT.sub("", css[start : match.start()]).strip()
        start = match.end()
        if mark == "{":
            open_.append((text, []))
        else:
            _add(text, open_[-1][1])
            if mark == "}" and len(open_) > 1:
                yield from _closed(open_)
    _add(_COMMENT.sub("", css[start:]).strip(), open_[-1][1])
    while len(open_) > 1:
        yield from _closed(open_)


def declarations(style: str) -> tuple[Declaration, ...]:
    """What a `style` attribute sets."""
    found: list[Declaration] = []
    start = 0
    for match in _TOKEN.finditer(style):
        if match["mark"] == ";":
            _add(_COMMENT.sub("", style[start : match.start()]).strip(), found)
            start = match.end()
    _add(_COMMENT.sub("", style[start:]).strip(), found)
    return tuple(found)


def _add(text: str, found: list[Declaration]) -> None:
    name, colon, value = text.partition(":")
    if colon and not text.startswith("@"):
        found.append((name.strip().lower(), value.strip()))


def _closed(open_: list[tuple[str, list[Declaration]]]) -> Iterator[Ruleset]:
    selector, found = open_.pop()
    if found and len(open_) < _DEEPEST:
        conditions = " ".join(text.lower() for text, _ in open_ if text.startswith("@"))
        holders = [text for text, _ in open_ if text and not text.startswith("@")]
        whole = " ".join((*holders, selector)) if not selector.startswith("@") else " ".join(holders) or selector
        own = f"{conditions} {selector.lower()}".strip() if selector.startswith("@") else conditions
        yield Ruleset(own, whole, tuple(found))
