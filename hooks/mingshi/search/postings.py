"""Terms → the records that say them and how strongly: BM25 over weighted fields, in whole numbers. Ranks nothing."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, takewhile
from math import log
from operator import sub

from mingshi.search.fields import Said
from mingshi.search.letters import fold
from mingshi.search.packing import writer
from mingshi.search.words import HAN, PARTITION, STOP_WORDS, exact, terms_and_words, tidy

TITLE, ALIASES, LEAD, BODY, OTHER, ASKED = range(6)
WEIGHTS = (10.0, 7.0, 1.0, 0.4, 2.0, 8.0)
"""Of title, aliases, lead, body, other names and what people add who ask for the kind."""
SATURATION = 5.0
SHORTNESS = (0.65, 0.2, 0.5, 0.5, 0.0, 0.0)
"""How much a short field counts for more than a long one."""
LOOSE = 0.5
"""The weight of what only resembles the text: two characters with one between, a single character."""
LEVELS = 31
STRONGEST = 1000
"""No more records than this are listed for a term; the others say it less."""
RARITY = 8
_HAN_RUN = re.compile(rf"[{HAN}]{{2,}}")
_BITS = 5
_LEVEL = (1 << _BITS) - 1
_RECORD = 32
_OWN = (1 << _RECORD) - 1


class Stems(dict[str, str]):
    """`~` and a word as it is written → `~` and its stem; nothing for a word that says nothing."""

    def __init__(self, stem: Callable[[str], str]) -> None:
        super().__init__()
        self.stem = stem

    def __missing__(self, word: str) -> str:
        self[word] = own = self.of(word)
        return own

    def of(self, word: str) -> str:
        """The same, without noting that the word was seen."""
        return "" if word[1:] in STOP_WORDS else f"~{self.stem(word[1:])}"


@dataclass(slots=True)
class Postings:
    """Gathers records in the order of their numbers."""

    lengths: Sequence[float]
    """The usual length of each field."""
    stems: Stems
    found: "defaultdict[str, array[int]]" = field(default_factory=lambda: defaultdict(lambda: array("I")))
    size: int = 0

    def add(self, said: Said, prior: float) -> None:
        """The next record, folded; `prior` says how likely anybody looks for it."""
        strengths, body, weight = self._named(said), self._counts(said.body), self._weight(said, BODY)
        for term in body.keys() & strengths.keys():
            strengths[term] += weight * body.pop(term)
        base, found = self.size << _BITS, self.found
        by_count = {count: base | _level(prior, weight * count) for count in set(body.values())}
        for term, count in body.items():
            found[term].append(by_count[count])
        by_strength = {strength: base | _level(prior, strength) for strength in set(strengths.values())}
        for term, strength in strengths.items():
            found[term].append(by_strength[strength])
        self.size += 1

    def _counts(self, text: str) -> Counter[str]:
        """Terms, words by their stems, and how often a text says them."""
        own, words = terms_and_words(text)
        counts = Counter(own)
        counts.update(map(self.stems.__getitem__, words))
        del counts[""]
        return counts

    def _named(self, said: Said) -> dict[str, float]:
        """What its names say, none more for saying it in two or twice; and what its lead adds to them."""
        strengths: dict[str, float] = {}
        for at in (ASKED, OTHER, ALIASES, TITLE):
            weight = self._weight(said, at)
            own, words = terms_and_words(said[at])
            own += map(self.stems.__getitem__, words)
            fresh = dict.fromkeys(loose(said[at], at in (ALIASES, TITLE)), weight * LOOSE) | dict.fromkeys(own, weight)
            for term in fresh.keys() & strengths.keys():
                fresh[term] = max(fresh[term], strengths[term])
            strengths |= fresh
        strengths |= {exact(word): weight for word in words if self.stems[word]}
        strengths.pop("", None)
        weight = self._weight(said, LEAD)
        for term, count in self._counts(said.lead).items():
            strengths[term] = strengths.get(term, 0.0) + weight * count
        for term in loose(said.lead, False):
            strengths[term] = strengths.get(term, 0.0) + weight * LOOSE
        return strengths

    def _weight(self, said: Said, at: int) -> float:
        """The weight of a field; a short one's words count for more."""
        return WEIGHTS[at] / (1 - SHORTNESS[at] + SHORTNESS[at] * about(len(said[at])) / self.lengths[at])

    def say(self, name: str) -> bool:
        """Whether some page says every part of a name."""
        others, words = terms_and_words(tidy(fold(name)))
        terms = [*others, *(stem for word in words if (stem := self.stems.of(word)))]
        return bool(terms) and all(term in self.found for term in terms)

    def entries(self) -> dict[str, str]:
        """Key of a shard's line → its posting. A word stands as its first letters and the endings it is seen with."""
        write = writer()
        by_stem: dict[str, list[str]] = {}
        for form, name in self.stems.items():
            by_stem.setdefault(name, []).append(form[1:])
        lines = {}
        for term, listed in self.found.items():
            posting = write(_posting(listed, self.size))
            if term[0] != "~":
                lines[term] = posting
                continue
            for group in _by_beginning(by_stem[term]):
                start = _shared(min(group), max(group))
                lines[f"{start},{','.join(sorted(form[len(start) :] for form in group))}"] = posting
        return lines


def _level(prior: float, strength: float) -> int:
    return min(max(int(LEVELS * prior * strength / (SATURATION + strength) + 0.5), 1), _LEVEL)


@cache
def about(length: int) -> int:
    """A length in round numbers, so that a few letters more leave the weights as they are."""
    step = 1
    while step * 1.25 < length:
        step = step * 5 // 4 + 1
    return step


def loose(text: str, singles: bool) -> set[str]:
    """What abbreviations and slips leave of Chinese: pairs with one character between, and single characters."""
    runs = _HAN_RUN.findall(text)
    skipped = {run[at] + run[at + 2] for run in runs for at in range(len(run) - 2)}
    return skipped.union(*runs) if singles else skipped


def rarity(records: int, size: int) -> int:
    """The weight of a term that so many of all records say."""
    return max(1, round(RARITY * log(1 + (size - records + 0.5) / (records + 0.5))))


def _posting(listed: Sequence[int], size: int) -> list[int]:
    """Rarity, then the way to each next record with the strength there."""
    told = rarity(len(listed), size)
    if len(listed) > STRONGEST:
        ranked = sorted([(_LEVEL - (own & _LEVEL)) << _RECORD | own for own in listed])[:STRONGEST]
        listed = sorted([own & _OWN for own in ranked])
    records = [own >> _BITS for own in listed]
    steps = map(sub, records, [0, *records])
    return [told, *chain.from_iterable(zip(steps, [own & _LEVEL for own in listed], strict=True))]


def _shared(one: str, other: str) -> str:
    """The letters with which both begin."""
    same = (a == b for a, b in zip(one, other, strict=False))
    return one[: sum(takewhile(bool, same))]


def _by_beginning(forms: Iterable[str]) -> Iterable[list[str]]:
    groups: dict[str, list[str]] = {}
    for form in forms:
        groups.setdefault(form[:PARTITION], []).append(form)
    return groups.values()
