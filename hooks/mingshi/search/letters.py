"""Which letters count as the same in a search. The only door to opencc; search.js has the table from the index."""

from collections.abc import Iterable, Mapping
from functools import cache
from unicodedata import normalize

from opencc import OpenCC

VARIANTS = dict(zip("份劃賬姐着紀祕妳牠値兩〇", "分畫帳姊著記秘你它值二零", strict=True))
"""What Taiwan writes one for the other, beyond what OpenCC knows: one counts as the other."""
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_BMP = 0xFFFF


class _Folding(dict[int, str]):
    """Code point → what it counts as, worked out when it is first met: `str.translate` asks nobody else."""

    def __missing__(self, point: int) -> str:
        folded = "".join(_table().get(letter, letter) for letter in _plain(chr(point)))
        self[point] = folded
        return folded


def fold(text: str) -> str:
    """ＬＢ－０１ → lb-01, 臺灣 → 台灣, 失业 → 失業, Café → cafe. Letter by letter, so places can be traced."""
    return text.translate(_folding())


def letters_like(letters: Iterable[str]) -> Mapping[str, str]:
    """Letter → what it counts as, for all that count as one of these: what a browser has to know."""
    wanted = set(letters)
    return {letter: folded for letter, folded in _table().items() if folded in wanted or letter in _DASHES}


@cache
def _folding() -> _Folding:
    return _Folding()


def _plain(letter: str) -> str:
    """Compatible, lower-case, without accents; what lies beyond 16 bits is no letter of ours."""
    parts = normalize("NFKD", normalize("NFKD", letter).lower())
    kept = "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
    return "".join(part if ord(part) <= _BMP else " " for part in kept)


@cache
def _table() -> Mapping[str, str]:
    """Character → the Traditional one of its class. To simplified is the way on which characters meet; then back."""
    characters = [chr(point) for point in range(0x3400, 0xA000)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    classes: dict[str, list[str]] = {}
    for character, short in zip(characters, simplified, strict=True):
        classes.setdefault(short if len(short) == 1 else character, []).append(character)
    table = dict(_DASHES)
    for members in classes.values():
        named = min(members, key=_commonness)
        table |= {member: named for member in members if member != named}
    for variant, usual in VARIANTS.items():
        target = table.get(usual, usual)
        old = table.get(variant, variant)
        if old == target:
            continue
        table |= {member: target for member, named in table.items() if named == old}
        table[old] = target
    return table


def _commonness(character: str) -> tuple[int, bytes]:
    """Big5 has the usual characters first, by strokes."""
    try:
        return 0, character.encode("big5")
    except UnicodeError:
        return 1, character.encode("utf-8")
