"""Breaks a text into lines as a printer would: Chinese not before 「，」 and rather between words, English between words.

Where a Chinese word ends is guessed: most have two characters, and some characters begin or end one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from mingshi.flow.widths import Face, text_width

_NOT_FIRST = "、，。：；？！）」』》〉】〕％…—・,.:;?!)]}%’”"
_NOT_LAST = "（「『《〈【〔([{‘“第每各"
_HAN = "\u3400-\u9fff"
_PIECE = re.compile(
    rf"\s+|[{re.escape(_NOT_LAST)}]*(?:[0-9０-９][0-9０-９.,:/–-]*[{_HAN}]?|"
    rf"[^\s\u2e80-\uffef{re.escape(_NOT_LAST)}]+|\S)[{re.escape(_NOT_FIRST)}]*"
)
_PAUSES = "、，。：；？！）」』》"
_LINKS = frozenset("與和或及並且但由依向把被在為於是有不未無已可再後先才就請要能會請等的得")
_CLOSERS = frozenset("局處所站課室組廳院嗎呢的了們")
_TAILS = _CLOSERS | frozenset("科會者人員書表單證費額款日天年月時期內外中後前性類件")
_STOPS = _LINKS | _CLOSERS | frozenset(_PAUSES)
PAUSE, WORD, INSIDE, TAIL = 0.0, 1.0, 2.4, 3.5
"""How welcome a break is, from least to most costly: after a pause, between words, within one, before its last part."""

LONELY = 9.0
"""What a line of a single character costs."""


class Piece(NamedTuple):
    """What stays together on a line."""

    text: str
    width: float
    space: float
    """How wide the space before it is, if it does not begin a line."""
    welcome: float
    """What a break before it costs."""


def wrap(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """As few lines as fit, as even as they can be; what is wider than the room by itself is cut."""
    pieces = list(_pieces(text, face, size, room))
    if sum(piece.width + piece.space for piece in pieces) <= room:
        return (_line(pieces),) if pieces else ()
    ends = _even(pieces, room, size)
    return tuple(_line(pieces[start:end]) for start, end in zip([0, *ends], ends, strict=False))


def longest_word(text: str, face: Face, size: float) -> float:
    """The room that a text needs so that no word of it is cut."""
    return max((piece.width for piece in _pieces(text, face, size, float("inf"))), default=0.0)


def _pieces(text: str, face: Face, size: float, room: float) -> Iterator[Piece]:
    space, run, before = 0.0, 0, ""
    for match in _PIECE.finditer(text.strip()):
        word = match[0]
        if word.isspace():
            space = text_width(" ", face, size)
            continue
        welcome = _welcome(before, word, run)
        run = 0 if word[-1] in _STOPS or word.isascii() else run + 1
        width = text_width(word, face, size)
        for part in [word] if width <= room else _cut(word, face, size, room):
            yield Piece(part, width if part is word else text_width(part, face, size), space, welcome)
            space = 0.0
        before = word


def _welcome(before: str, word: str, run: int) -> float:
    """What a break between two pieces costs; `run` is how many characters came since the last sure end of a word."""
    if not before or before[-1] in _PAUSES or (before.isascii() and word.isascii()):
        return PAUSE
    if word[0] in _TAILS:
        return TAIL
    if word[0] in _LINKS:
        return WORD
    return INSIDE if run % 2 or before in _LINKS else WORD


def _cut(word: str, face: Face, size: float, room: float) -> list[str]:
    """A word in parts that fit; each has at least one character."""
    parts, start, width = [], 0, 0.0
    for at, character in enumerate(word):
        own = text_width(character, face, size)
        if at > start and width + own > room:
            parts.append(word[start:at])
            start, width = at, 0.0
        width += own
    return [*parts, word[start:]]


def _even(pieces: list[Piece], room: float, size: float) -> list[int]:
    """Where lines end: first as few as can be, then with the room left shared out and the breaks in good places."""
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        cheapest = (len(pieces) + 1, 0.0, 0)
        welcome = pieces[end].welcome if end < len(pieces) else PAUSE
        width = 0.0
        for start in range(end - 1, -1, -1):
            width += pieces[start].width
            if width > room and end - start > 1:
                break
            slack = (room - width) / size
            lines, cost, _ = best[start]
            cost += slack * slack + welcome * welcome + LONELY * (width < 2 * size)
            cheapest = min(cheapest, (lines + 1, cost, start))
            width += pieces[start].space
        best.append(cheapest)
    ends = [len(pieces)]
    while best[ends[0]][2]:
        ends.insert(0, best[ends[0]][2])
    return ends


def _line(pieces: list[Piece]) -> str:
    first, *others = pieces
    return first.text + "".join((" " if piece.space else "") + piece.text for piece in others)
