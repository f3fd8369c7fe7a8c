"""A question → concepts: what it asks for, each with the other ways to say it. search.js understands alike."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from mingshi.search.letters import fold
from mingshi.search.reading import Reader
from mingshi.search.words import SPECIFICATION, Token, cut, exact, root, tidy
from mingshi.search.worth import (
    BEGINNINGS,
    BEGUN,
    EVERYDAY,
    EXACT,
    FAINT,
    FEW,
    GENERAL,
    HALF,
    KIN,
    MIXED,
    OFFICIAL,
    OWN,
    SCATTERED,
    SKIPPED,
    SLIP,
    STRADDLE,
    STRONG,
    TWO_SLIPS,
    Worth,
)

_LONG = 8
_PIECE, _BETWEEN = re.compile(SPECIFICATION["piece"]), re.compile("[-_./]")


class Way(NamedTuple):
    """A way to say a concept; `~` stands before a word."""

    terms: tuple[str, ...]
    worth: Worth
    name: str = ""
    """As the synonyms write it."""


@dataclass(slots=True)
class Concept:
    """A part of the question, where it stands, and the ways to say it, the question's own first."""

    start: int
    end: int
    weight: float
    ways: list[Way]
    sure: bool = True
    """Whether to miss it if no page has it."""
    kind: str = ""


class Phrase(NamedTuple):
    """A phrase of the question, and what else says the same, with its worth."""

    start: int
    end: int
    others: Sequence[tuple[str, Worth]]


@dataclass(slots=True)
class Understood:
    folded: str
    concepts: list[Concept]
    hints: list[str] = field(default_factory=list)
    """What was searched for too."""


def understand(reader: Reader, question: str, typing: bool = False) -> Understood:
    folded = tidy(fold(question))
    concepts = [concept for token in cut(folded) if (concept := _concept(reader, token))]
    for concept in concepts:
        _know(reader, concept, typing and concept.end == len(folded))
    _forgive(reader, concepts)
    hints: list[str] = []
    for phrase in _phrases(reader, folded):
        concepts = _merged(concepts, phrase)
        hints += [name for name, _ in phrase.others[:1] if name not in hints]
    return Understood(folded, concepts, hints)


def loosen(concepts: Sequence[Concept]) -> None:
    """Ways that forgive more, for a question that hardly any page answers: a wrong, a missing or an added character."""
    pairs = [concept for concept in concepts if concept.kind == "pair"]
    for pair, following in pairwise(pairs):
        if following.start == pair.start + 1:
            skipped = Way((pair.ways[0].terms[0][0] + following.ways[0].terms[0][1],), SKIPPED)
            pair.ways.append(skipped)
            following.ways.append(skipped)
    for pair in pairs:
        pair.ways.append(Way(tuple(pair.ways[0].terms[0]), SCATTERED))


def _concept(reader: Reader, token: Token) -> Concept | None:
    term, kind, start, end = token
    if kind in ("pair", "single"):
        asks = len(term) > 1 and term in reader.common["h"]
        common = len(term) if asks else sum(letter in reader.common["c"] for letter in term)
        weight = FAINT if common == len(term) else MIXED if common else 1.0
        return Concept(start, end, weight, [Way((term,), OWN)], not common, kind)
    if kind == "word":
        stop = f" {term} " in f" {reader.common['s']} "
        if stop:
            return None
        own = Concept(start, end, 1.0, [Way((f"~{term}",), OWN)], True, kind)
        if reader.posting(exact(f"~{term}")):
            own.ways.append(Way((exact(f"~{term}"),), EXACT))
        return own
    weight = STRONG if kind == "code" else HALF if term.isdecimal() else 1.0
    return Concept(start, end, weight, [Way((term,), OWN)], False, kind)


def _know(reader: Reader, concept: Concept, last: bool) -> None:
    """What an unknown word may mean, and how a word may go on that is still being typed."""
    if concept.kind != "word":
        return
    word = concept.ways[0].terms[0][1:]
    if last and len(word) > 1:
        begun = [form for form in reader.forms(word) if form != word]
        begun.sort(key=lambda form: (_rarity(reader, f"~{form}"), form))
        concept.ways += [Way((f"~{form}",), BEGUN) for form in begun[:BEGINNINGS]]
    if len(concept.ways) > 1 or reader.posting(f"~{word}"):
        return
    forms = reader.forms(word[0])
    kin = [form for form in forms if root(form) == root(word)]
    concept.ways += [Way((f"~{form}",), KIN) for form in kin[:FEW]] or _slips(reader, word, forms)


def _slips(reader: Reader, word: str, forms: Sequence[str]) -> list[Way]:
    """The words that a slip of the fingers away from this one."""
    limit = 0 if len(word) < 4 else 1 if len(word) < _LONG else 2
    near = [
        (steps, _rarity(reader, f"~{form}"), form)
        for form in forms
        if abs(len(form) - len(word)) <= limit and (steps := distance(word, form)) <= limit
    ]
    near.sort()
    return [
        Way((f"~{form}",), SLIP if steps == 1 else TWO_SLIPS) for steps, _, form in near[:FEW] if steps == near[0][0]
    ]


def distance(one: str, other: str) -> int:
    """Letters to add, drop, change or swap with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one):
        last, before, row = before, row, [i + 1]
        for j, b in enumerate(other):
            steps = min(before[j] + (a != b), before[j + 1] + 1, row[j] + 1)
            if i and j and a == other[j - 1] and one[i - 1] == b:
                steps = min(steps, last[j - 1] + 1)
            row.append(steps)
    return row[-1]


def _forgive(reader: Reader, concepts: Sequence[Concept]) -> None:
    """A pair that no page has between two that pages have is where two words meet: nobody asked for it."""
    known = [concept.kind == "pair" and reader.posting(concept.ways[0].terms[0]) is not None for concept in concepts]
    for at, concept in enumerate(concepts):
        if concept.kind == "pair" and not known[at] and 0 < at < len(concepts) - 1 and known[at - 1] and known[at + 1]:
            before, after = concepts[at - 1], concepts[at + 1]
            if before.end == concept.start + 1 and after.start == concept.end - 1:
                concept.sure = False


def hay(folded: str) -> tuple[str, list[int]]:
    """A text in which phrases are found whole, words without endings between blanks; and where each letter was."""
    text, places = "", []
    for piece in _PIECE.finditer(folded):
        own, start, end = piece[0], *piece.span()
        if own[0] > "\u3000":
            kept = [(letter, at) for at, letter in enumerate(own, start) if letter != "的"]
            text += "".join(letter for letter, _ in kept)
            places += [at for _, at in kept]
        else:
            short = f" {' '.join(map(root, _BETWEEN.split(own)))} "
            text += short
            places += [start] * (len(short) - 1) + [end - 1]
    return text, places


def _phrases(reader: Reader, folded: str) -> Iterator[Phrase]:
    """Phrases that can be said in other ways, the longest first and none inside another."""
    text, places = hay(folded)
    found = []
    for name, others in _said(reader):
        phrase = _phrase(name)
        at = text.find(phrase) if phrase else -1
        if at >= 0:
            found.append(Phrase(places[at], places[at + len(phrase) - 1] + 1, others))
    found.sort(key=lambda own: own.start - own.end)
    taken: list[Phrase] = []
    for own in found:
        inside = any(it.start <= own.start and own.end <= it.end and it[:2] != own[:2] for it in taken)
        if not inside:
            taken.append(own)
            yield own


def _said(reader: Reader) -> Iterator[tuple[str, Sequence[tuple[str, Worth]]]]:
    """Every name of the office's synonyms with the others of its group; then what leads to a word of the pages."""
    for group in reader.common["y"]:
        names = group.split("\t")
        for name in names:
            yield name, [(own, EVERYDAY if at else OFFICIAL) for at, own in enumerate(names) if own != name]
    for group in reader.common["e"]:
        word, *names = group.split("\t")
        yield word, ()  # nothing else to say, but it is one thing
        for name in names:
            yield name, [(word, GENERAL)]


@cache
def _phrase(name: str) -> str:
    return hay(tidy(fold(name)))[0]


def _merged(concepts: Sequence[Concept], phrase: Phrase) -> list[Concept]:
    """The concepts of a phrase as one, with the other ways to say it."""
    start, end, others = phrase
    inside = [own for own in concepts if start <= own.start and own.end <= end]
    if not inside:
        return list(concepts)
    at = concepts.index(inside[0])
    one = inside[0]
    if len(inside) > 1:
        own = tuple(term for concept in inside for term in concept.ways[0].terms)
        one = Concept(start, end, 1.0, [Way(own, OWN)], True, "phrase")
    for name, worth in others:
        terms = tuple(f"~{token.term}" if token.kind == "word" else token.term for token in cut(tidy(fold(name))))
        one.ways.append(Way(terms, worth, name))
    rest = [own for own in concepts if own not in inside]
    for pair in rest:
        if pair.kind == "pair" and pair.start < end and start < pair.end:
            pair.weight, pair.sure = pair.weight * STRADDLE, False
    return [*rest[:at], one, *rest[at:]]


def _rarity(reader: Reader, term: str) -> int:
    posting = reader.posting(term)
    return posting.rarity if posting else 0
