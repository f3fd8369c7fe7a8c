"""Breaks a text into lines as a printer would: never before 「，」, and between words, also in Chinese.

Where a Chinese word ends is looked up in the lexicon, and else guessed: most have two characters, and some characters
begin or end one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingshi.flow.lexicon import FIRST, LONGEST, WORDS
from mingshi.flow.widths import Face, text_width

_NOT_FIRST = "、，。：；？！）」』》〉】〕％…—・,.:;?!)]}%’”"
_NOT_LAST = "（「『《〈【〔([{‘“第每各"
_HAN = "\u3400-\u9fff"
_PIECE = re.compile(
    rf"\s+|[{re.escape(_NOT_LAST)}]*(?:[0-9０-９][0-9０-９.,:/–-]*[{_HAN}]?|"
    rf"[^\s\u2e80-\uffef{re.escape(_NOT_LAST)}-]+-?|\S)[{re.escape(_NOT_FIRST)}]*"
)
_PAUSES = "、，。：；？！）」』》"
_LINKS = frozenset("與和或及並且但由把依向被不未無")
"""What joins two words, or begins one."""
_PREFIXES = frozenset("被不未無")
"""Those of them that belong to the word that they begin."""
_OPENERS = _LINKS | frozenset("到等請看問給")
"""What is a word by itself where a phrase begins."""
_CLOSERS = frozenset("局處所站課室組廳院嗎呢的了們")
"""What always ends a word."""
_TAILS = _CLOSERS | frozenset("科會者人員書表單證費額款日天年月時期內外中後前性類市縣")
"""What ends a word that would be whole without it."""
PAUSE, WORD, INSIDE, TAIL, SPLIT = 0.0, 1.0, 2.4, 3.5, 6.0
"""How welcome a break is: after a pause, between words, within what may be one, before its last part, within one."""

LINE, LONELY = 14.0, 9.0
"""What a line costs, and one of a single character more than that."""


class Piece(NamedTuple):
    """What stays together on a line."""

    text: str
    width: float
    space: float
    """How wide the space before it is, if it does not begin a line."""
    welcome: float
    """What a break before it costs."""


class Words(NamedTuple):
    """A text ready to be broken into lines."""

    pieces: tuple[Piece, ...]
    face: Face
    size: float
    width: float
    """The whole text on one line."""
    longest: float
    """The room that the text needs so that no word of it is cut."""
    half: float
    """The room in which two lines hold it, the first of which ends where a word does; the whole width if it is one."""


def words(text: str, face: Face, size: float) -> Words:
    pieces = tuple(_pieces(text, face, size))
    width = sum([piece.width + piece.space for piece in pieces])
    half, left = width, 0.0
    for piece in pieces:
        if piece.welcome <= WORD and left:
            half = min(half, max(left, width - left - piece.space))
        left += piece.space + piece.width
    return Words(pieces, face, size, width, max([piece.width for piece in pieces], default=0.0), half)


def wrap(text: Words, room: float) -> tuple[str, ...]:
    """Few lines, as even as they can be; what is wider than the room by itself is cut."""
    if not text.pieces:
        return ()
    if text.width <= room:
        return (_line(text.pieces),)
    pieces = text.pieces if text.longest <= room else tuple(_cut(text, room))
    ends = _even(pieces, room, text.size)
    return tuple(_line(pieces[start:end]) for start, end in zip([0, *ends], ends, strict=False))


def _pieces(text: str, face: Face, size: float) -> Iterator[Piece]:
    text = text.strip()
    edges, inside = _known(text)
    space, run, before = 0.0, 0, ""
    for match in _PIECE.finditer(text):
        word = match[0]
        if word.isspace():
            space = text_width(" ", face, size)
            continue
        start = match.start()
        run = 0 if start in edges else run
        welcome = SPLIT if start in inside else _welcome(before, word, run)
        yield Piece(word, text_width(word, face, size), space, welcome)
        run = 0 if _ends_word(word, run) else run + 1
        space, before = 0.0, word


def _known(text: str) -> tuple[set[int], set[int]]:
    """Where the words of the lexicon begin and end in a text, and the places within them."""
    edges: set[int] = set()
    inside: set[int] = set()
    at = 0
    while at < len(text) - 1:
        length = _word_at(text, at)
        # 發證明書 is 發 and 證明書, not 發證 and two more.
        if length > 1 and _word_at(text, at + 1) <= length:
            edges |= {at, at + length}
            inside.update(range(at + 1, at + length))
            at += length
        else:
            at += 1
    return edges, inside


def _word_at(text: str, at: int) -> int:
    """The length of the longest word of the lexicon that begins here, or 0."""
    if text[at : at + 1] not in FIRST:
        return 0
    return next((length for length in range(LONGEST, 1, -1) if text[at : at + length] in WORDS), 0)


def _ends_word(word: str, run: int) -> bool:
    """Whether a new word surely begins after this; `run` is how many characters came since the last such place."""
    last = word[-1]
    if last in _PAUSES or last in _CLOSERS or last in _LINKS or not word[0].isalpha() or word.isascii():
        return True
    return (run == 0 and last in _OPENERS) or (run > 0 and run % 2 == 0 and last in _TAILS)


def _welcome(before: str, word: str, run: int) -> float:
    """What a break between two pieces costs."""
    if not before or before[-1] in _PAUSES:
        return PAUSE
    if before.isascii() and word.isascii():
        return SPLIT if before.endswith("-") else PAUSE
    if before in _PREFIXES or (word[0] in _TAILS and run % 2 == 0):
        return TAIL
    if word[0] in _LINKS:
        return WORD
    return INSIDE if run % 2 or before in _OPENERS else WORD


def _cut(text: Words, room: float) -> Iterator[Piece]:
    """The pieces, those that do not fit cut into such that do; each has at least one character."""
    for piece in text.pieces:
        start, space, welcome = 0, piece.space, piece.welcome
        for end in range(1, len(piece.text) + 1):
            last = end == len(piece.text)
            if last or text_width(piece.text[start : end + 1], text.face, text.size) > room:
                part = piece.text[start:end]
                yield Piece(part, text_width(part, text.face, text.size), space, welcome)
                start, space, welcome = end, 0.0, INSIDE


def _even(pieces: Sequence[Piece], room: float, size: float) -> list[int]:
    """Where lines end, so that they are few, the room left on them is shared out, and the breaks are in good places."""
    costs, starts = [0.0], [0]
    for end in range(1, len(pieces) + 1):
        least, first = float("inf"), 0
        welcome = pieces[end].welcome if end < len(pieces) else PAUSE
        width = 0.0
        for start in range(end - 1, -1, -1):
            piece = pieces[start]
            width += piece.width
            if width > room and end - start > 1:
                break
            slack = (room - width) / size
            cost = costs[start] + (LINE + slack * slack + welcome * welcome + (LONELY if width < 2 * size else 0.0))
            if cost <= least:
                least, first = cost, start
            width += piece.space
        costs.append(least)
        starts.append(first)
    ends = [len(pieces)]
    while starts[ends[0]]:
        ends.insert(0, starts[ends[0]])
    return ends


def _line(pieces: Sequence[Piece]) -> str:
    first, *others = pieces
    return first.text + "".join((" " if piece.space else "") + piece.text for piece in others)
