"""An index as it was written → postings, synonyms and letters: what search.js does with the files, term by term."""

import json
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from mingshi.search.index import Index, partition
from mingshi.search.packing import numbers
from mingshi.search.words import PARTITION


class Posting(NamedTuple):
    """How much a term tells, and the records that say it with how strongly they do."""

    rarity: int
    records: tuple[int, ...]
    levels: tuple[int, ...]


@dataclass(slots=True)
class Reader:
    """Reads shards as they are asked for."""

    index: Index
    common: Any = None
    _lines: dict[int, tuple[dict[str, str], dict[str, str]]] = field(default_factory=dict)
    _postings: dict[str, Posting] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.common = json.loads(self.index.common.data)

    def posting(self, term: str) -> Posting | None:
        """Of a term, or of `~` and a word in any of its forms."""
        word = term.removeprefix("~")
        terms, forms = self._shard(bisect_right(self.index.starts, partition(word)) - 1)
        packed = (forms if word != term else terms).get(word)
        if packed is None:
            return None
        if packed not in self._postings:
            self._postings[packed] = _unpacked(packed)
        return self._postings[packed]

    def forms(self, beginning: str) -> list[str]:
        """Every word that begins so, in order."""
        first = max(0, bisect_right(self.index.starts, beginning[:PARTITION]) - 1)
        last = bisect_right(self.index.starts, f"{beginning}\uffff")
        found = [form for shard in range(first, last) for form in self._shard(shard)[1] if form.startswith(beginning)]
        return sorted(found)

    def _shard(self, number: int) -> tuple[dict[str, str], dict[str, str]]:
        if number not in self._lines:
            self._lines[number] = _lines(json.loads(self.index.shards[number].data)) if number >= 0 else ({}, {})
        return self._lines[number]


def _lines(text: str) -> tuple[dict[str, str], dict[str, str]]:
    terms, forms = {}, {}
    for line in text.split("\n"):
        key, _, packed = line.partition(" ")
        start, comma, endings = key.partition(",")
        if not comma:
            terms[key] = packed
        else:
            for ending in endings.split(","):
                forms[start + ending] = packed
    return terms, forms


def _unpacked(packed: str) -> Posting:
    rarity, *pairs = numbers(packed)
    records, at = [], 0
    for step in pairs[::2]:
        at += step
        records.append(at)
    return Posting(rarity, tuple(records), tuple(pairs[1::2]))
