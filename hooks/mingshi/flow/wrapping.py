"""Breaks a text into lines as a printer would: Chinese between characters but not before 「，」, English between words."""

import re
from typing import NamedTuple

from mingshi.flow.widths import Face, text_width

_NOT_FIRST = "、，。：；？！）」』》〉】〕％…—・,.:;?!)]}%’”"
_NOT_LAST = "（「『《〈【〔([{‘“第"
_PIECE = re.compile(
    rf"\s+|[{re.escape(_NOT_LAST)}]*(?:[0-9０-９][0-9０-９.,:–/-]*[0-9０-９]*[\u3400-\u9fff]?|"
    rf"[^\s\u2e80-\uffef{re.escape(_NOT_LAST)}]+|\S)[{re.escape(_NOT_FIRST)}]*"
)
_PAUSES = "、，。：；？！,.:;?!）)"
RAGGED, BROKEN_WORD = 1.0, 1e6


class Piece(NamedTuple):
    """What stays together on a line."""

    text: str
    width: float
    space: float
    """How wide the space before it is, if it does not begin a line."""


def wrap(text: str, face: Face, size: float, room: float) -> tuple[str, ...]:
    """As few lines as fit, as even as they can be; what is wider than the room by itself is cut."""
    pieces = _pieces(text, face, size, room)
    if not pieces:
        return ()
    least = _fewest(pieces, room)
    return tuple(_line(pieces[start:end]) for start, end in _even(pieces, room, least))


def longest_word(text: str, face: Face, size: float) -> float:
    """The room that a text needs so that no word of it is cut."""
    return max((piece.width for piece in _pieces(text, face, size, float("inf"))), default=0.0)


def _pieces(text: str, face: Face, size: float, room: float) -> list[Piece]:
    pieces: list[Piece] = []
    space = 0.0
    for match in _PIECE.finditer(text.strip()):
        word = match[0]
        if word.isspace():
            space = text_width(" ", face, size)
            continue
        for part in _cut(word, face, size, room):
            pieces.append(Piece(part, text_width(part, face, size), space))
            space = 0.0
    return pieces


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


def _fewest(pieces: list[Piece], room: float) -> int:
    lines, width = 1, 0.0
    for piece in pieces:
        wider = width + piece.space + piece.width if width else piece.width
        if wider > room and width:
            lines, width = lines + 1, piece.width
        else:
            width = wider
    return lines


def _even(pieces: list[Piece], room: float, lines: int) -> list[tuple[int, int]]:
    """Where to break, so that the room left on the lines is shared out, and a pause ends a line where it can."""
    count = len(pieces)
    best = [[float("inf")] * (lines + 1) for _ in range(count + 1)]
    source = [[0] * (lines + 1) for _ in range(count + 1)]
    best[0][0] = 0.0
    for end in range(1, count + 1):
        width = 0.0
        for start in range(end - 1, -1, -1):
            piece = pieces[start]
            width += piece.width + (pieces[start + 1].space if start + 1 < end else 0.0)
            if width > room and end - start > 1:
                break
            cost = _raggedness(pieces, end, room - width)
            for line in range(1, lines + 1):
                if best[start][line - 1] + cost < best[end][line]:
                    best[end][line] = best[start][line - 1] + cost
                    source[end][line] = start
    breaks, end = [], count
    for line in range(lines, 0, -1):
        breaks.append((source[end][line], end))
        end = source[end][line]
    return breaks[::-1]


def _raggedness(pieces: list[Piece], end: int, slack: float) -> float:
    pause = end < len(pieces) and pieces[end - 1].text[-1] in _PAUSES
    return slack * slack * (0.5 if pause else 1.0)


def _line(pieces: list[Piece]) -> str:
    first, *others = pieces
    return first.text + "".join((" " if piece.space else "") + piece.text for piece in others)
