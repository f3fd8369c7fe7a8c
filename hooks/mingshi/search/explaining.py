"""Why a record stands where it stands: the words of the question, where the record says them, and what they weigh."""

from collections.abc import Iterator
from dataclasses import dataclass

from mingshi.catalogue import Catalogue
from mingshi.search.fields import Said, asked_for, fields_of, said
from mingshi.search.letters import fold
from mingshi.search.ranking import Found, Hit, weigh
from mingshi.search.reading import Reader
from mingshi.search.words import root, terms, tidy


@dataclass(frozen=True, slots=True)
class Reason:
    """A part of the question; what of the record answered it, in which fields, and what that weighs."""

    asked: str
    by: str
    fields: tuple[str, ...]
    score: float
    """Before the share of the question that the record covers is counted in."""


def reasons(catalogue: Catalogue, reader: Reader, question: str, found: Found, hit: Hit) -> Iterator[Reason]:
    entry = reader.index.entries[hit.record]
    asked = asked_for(catalogue, entry.kind.name)
    told = said(fields_of(catalogue, entry), reader.index.language, asked)
    folded = Said(*(tidy(fold(text)) for text in told))
    letters = list(_letters(question))
    for concept in found.understood.concepts:
        _, best = weigh(reader, concept)
        if hit.record in best:
            own = best[hit.record]
            asked = "".join(letter for letter, at in letters if concept.start <= at < concept.end)
            by = asked if own.way is concept.ways[0] else own.way.name or _phrase(own.way.terms)
            yield Reason(asked, by, tuple(_fields(folded, own.way.terms)), own.score)


def _letters(question: str) -> Iterator[tuple[str, int]]:
    """The letters of a question as they were written, and where each stands when it is folded."""
    at = 0
    for letter in question:
        yield letter, at
        at += len(fold(letter))


def _phrase(ways: tuple[str, ...]) -> str:
    """失業, 業給, 給付 → 失業給付."""
    text = ""
    for term in ways:
        word = term.removeprefix("~")
        if text and term != word:
            text += " "
        text += word[1:] if text and word[0] == text[-1] and word[0] > "\u3000" else word
    return text


def _fields(folded: Said, ways: tuple[str, ...]) -> Iterator[str]:
    wanted = {term if term[0] != "~" else f"~{root(term[1:])}" for term in ways}
    for name, text in zip(Said._fields, folded, strict=True):
        own = {term if term[0] != "~" else f"~{root(term[1:])}" for term in terms(text)}
        if wanted & (own | set(text) if any(len(term) == 1 for term in wanted) else own):
            yield name
