"""Records by the first character of their names: Chinese by strokes, other scripts by letter. Paints nothing."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping

from mingshi.catalogue import Entry
from mingshi.languages import Language
from mingshi.search import fold

_BY_STROKES = [
    "A440",
    "A442",
    "A454",
    "A4A1",
    "A4FE",
    "A5E0",
    "A6EA",
    "A8C3",
    "AB45",
    "ADBC",
    "B0AE",
    "B3C3",
    "B6C3",
    "B9AC",
    "BBF5",
    "BEA7",
    "C075",
    "C24F",
    "C35F",
    "C455",
    "C4D7",
    "C56B",
    "C5C8",
    "C5F1",
    "C655",
]
"""Where the characters of one stroke more begin in Big5, which has the 5,401 usual ones in this order."""
_USUAL_END = "C67F"


def initials(entries: Iterable[Entry], language: Language) -> Mapping[str, list[Entry]]:
    """`A` or the number of strokes → the records whose names begin so, in order."""
    groups: dict[tuple[int, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: fold(entry.record.title_text.own(language))):
        groups.setdefault(_initial(entry.record.title_text.own(language)), []).append(entry)
    return {name: groups[rank, name] for rank, name in sorted(groups)}


def _initial(title: str) -> tuple[int, str]:
    """Strokes as a number, a letter as itself; what is neither comes last."""
    character = title[:1]
    strokes = _strokes(character)
    if strokes:
        return strokes, str(strokes)
    letter = fold(character)[:1].upper()
    return (0, letter) if letter.isalpha() and letter < "\u3000" else (99, "#")


def _strokes(character: str) -> int:
    try:
        code = character.encode("big5").hex().upper()
    except UnicodeError:
        return 0
    return bisect_right(_BY_STROKES, code) if len(code) == 4 and _BY_STROKES[0] <= code < _USUAL_END else 0
