"""Concepts → records, the best first. Whole numbers and the four operations only: search.js comes to the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mingshi.search.reading import Reader
from mingshi.search.understanding import Concept, Understood, Way, loosen, understand
from mingshi.search.worth import AHEAD, CLOSE, GROUND, LEAST, MOST, POOR, SURE


@dataclass(frozen=True, slots=True)
class Hit:
    record: int
    score: float
    cover: float
    """How much of the question it says, from 0 to 1."""
    level: float
    """How strongly it says the whole question, on the scale of a posting's levels."""


class Said(NamedTuple):
    """How a record says a concept: score, share of the question times its rarity, and the way that scored."""

    score: float
    cover: float
    way: Way


@dataclass(frozen=True, slots=True)
class Found:
    understood: Understood
    hits: tuple[Hit, ...]

    @property
    def level(self) -> float:
        """How strongly the best page says the whole question."""
        return self.hits[0].level if self.hits else 0.0

    @property
    def close(self) -> bool:
        """Whether nothing answers the question well."""
        return self.level < CLOSE

    def yields(self, other: "Found") -> bool:
        """Whether another language has so much better pages that they are worth a look."""
        return self.level < SURE and not other.close and other.level >= self.level + AHEAD


def search(reader: Reader, question: str, typing: bool = False) -> Found:
    understood = understand(reader, question, typing)
    hits = rank(reader, understood.concepts)
    if not hits or hits[0].level < POOR:
        loosen(understood.concepts)
        hits = rank(reader, understood.concepts)
    return Found(understood, hits)


def rank(reader: Reader, concepts: Sequence[Concept]) -> tuple[Hit, ...]:
    totals: dict[int, list[float]] = {}
    asked = 0.0
    for concept in concepts:
        base, best = weigh(reader, concept)
        if best or concept.sure:
            asked += base * concept.weight
        for record, (score, cover, _) in best.items():
            total = totals.setdefault(record, [0.0, 0.0])
            total[0] += score
            total[1] += cover
    hits = []
    for record, (score, cover) in totals.items():
        whole = score * (GROUND + (1 - GROUND) * cover / asked)
        hits.append(Hit(record, whole, cover / asked, whole / asked))
    hits.sort(key=lambda hit: (-hit.score, hit.record))
    return tuple(hit for hit in hits[:MOST] if hit.score >= hits[0].score * LEAST)


def weigh(reader: Reader, concept: Concept) -> tuple[int, dict[int, Said]]:
    """How much a concept tells, and how each record says it best."""
    base = _told(reader, concept.ways[0])
    best: dict[int, Said] = {}
    for way in concept.ways:
        told = _told(reader, way)
        for record, (strength, rarity) in _sums(reader, way).items():
            # In the measure of the question's own words: rarer ones make no better answer.
            score = strength * base * way.worth.score * concept.weight / told
            cover = rarity * base * way.worth.cover * concept.weight / told
            old = best.get(record)
            if old is None or score > old.score:
                best[record] = Said(score, max(cover, old.cover) if old else cover, way)
            elif cover > old.cover:
                best[record] = Said(old.score, cover, old.way)
    return base, best


def _sums(reader: Reader, way: Way) -> dict[int, list[int]]:
    sums: dict[int, list[int]] = {}
    for term in way.terms:
        posting = reader.posting(term)
        if posting is not None:
            for record, level in zip(posting.records, posting.levels, strict=True):
                own = sums.setdefault(record, [0, 0])
                own[0] += posting.rarity * level
                own[1] += posting.rarity
    return sums


def _told(reader: Reader, way: Way) -> int:
    """The rarity of all terms; what no page says counts as half of the rarest."""
    told = 0
    for term in way.terms:
        posting = reader.posting(term)
        told += posting.rarity if posting else reader.common["n"] // 2
    return told
