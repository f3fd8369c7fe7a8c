"""Terms → the records that say them and how strongly: BM25 over weighted fields, in whole numbers. Ranks nothing."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from math import log
from os.path import commonprefix

from mingshi.search.fields import Said
from mingshi.search.packing import writer
from mingshi.search.words import LETTERS, PARTITION, STOP_WORDS, cut

WEIGHTS = Said(title=6, aliases=4, lead=2, body=1)
SATURATION = 3.0
SHORTNESS = Said(title=0.6, aliases=0.2, lead=0.5, body=0.6)
"""How much a short field counts for more than a long one."""
LOOSE = 0.5
"""The weight of what only resembles the text: two characters with one between, a single character."""
LEVELS = 31
STRONGEST = 2000
"""No more records than this are listed for a term; the others say it less."""
RARITY = 8
_BITS = 5
_LEVEL = (1 << _BITS) - 1


@dataclass(slots=True)
class Postings:
    """Gathers records in the order of their numbers."""

    lengths: Said
    """The usual length of each field."""
    stem: Callable[[str], str]
    found: "defaultdict[str, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("I")))
    forms: dict[str, str] = field(default_factory=dict)
    """Word as it is written → the name of its stem."""
    size: int = 0

    def add(self, said: Said, prior: float) -> None:
        """The next record, folded; `prior` says how likely anybody looks for it."""
        strengths: dict[str, float] = {}
        for name, text in zip(Said._fields, said, strict=True):
            if text:
                self._weigh(strengths, name, text)
        base = self.size << _BITS
        found = self.found
        for term, strength in strengths.items():
            level = int(LEVELS * prior * strength / (SATURATION + strength) + 0.5)
            found[term].append(base | (1 if level < 1 else level if level < _LEVEL else _LEVEL))
        self.size += 1

    def _weigh(self, strengths: dict[str, float], name: str, text: str) -> None:
        shortness = getattr(SHORTNESS, name)
        length = 1 - shortness + shortness * len(text) / getattr(self.lengths, name)
        weight = getattr(WEIGHTS, name) / length
        for term, count in Counter(self._terms(text)).items():
            strengths[term] = strengths.get(term, 0.0) + weight * count
        if name != "body":
            for term in loose(text, name != "lead"):
                strengths[term] = strengths.get(term, 0.0) + weight * LOOSE

    def _terms(self, text: str) -> Iterable[str]:
        forms = self.forms
        for term, kind, _, _ in cut(text):
            if kind != "word":
                yield term
            elif term in forms:
                yield forms[term]
            elif term not in STOP_WORDS:
                forms[term] = own = f"~{self.stem(term)}"
                yield own

    def entries(self) -> dict[str, str]:
        """Key of a shard's line → its posting. A word stands as its first letters and the endings it is seen with."""
        write = writer()
        by_stem: dict[str, list[str]] = {}
        for form, name in self.forms.items():
            by_stem.setdefault(name, []).append(form)
        lines = {}
        for term, listed in self.found.items():
            posting = write(_posting(listed, self.size))
            if term[0] != "~":
                lines[term] = posting
                continue
            for group in _by_beginning(by_stem[term]):
                start = commonprefix(group)
                lines[f"{start},{','.join(sorted(form[len(start) :] for form in group))}"] = posting
        return lines


def loose(text: str, singles: bool) -> set[str]:
    """What abbreviations and slips leave of Chinese: pairs with one character between, and single characters."""
    pairs = [token for token in cut(text) if token.kind == "pair"]
    skipped = {a.term[0] + b.term[1] for a, b in zip(pairs, pairs[1:], strict=False) if a.end == b.start + 1}
    return skipped | {character for token in pairs for character in token.term} if singles else skipped


def rarity(records: int, size: int) -> int:
    """The weight of a term that so many of all records say."""
    return max(1, round(RARITY * log(1 + (size - records + 0.5) / (records + 0.5))))


def _posting(listed: Sequence[int], size: int) -> Iterable[int]:
    """Rarity, then the way to each next record with the strength there."""
    yield rarity(len(listed), size)
    if len(listed) > STRONGEST:
        listed = sorted(sorted(listed, key=lambda own: (-(own & _LEVEL), own))[:STRONGEST])
    before = 0
    for own in listed:
        yield (own >> _BITS) - before
        yield own & _LEVEL
        before = own >> _BITS


def _by_beginning(forms: Iterable[str]) -> Iterable[list[str]]:
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:PARTITION], []).append(form)
    return groups.values()
