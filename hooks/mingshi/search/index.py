"""Catalogue → the search index of a language as parts, and the parts as files. Ranks nothing, writes nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, compress, groupby
from typing import Any

from mingshi.catalogue import Catalogue
from mingshi.kinds import RECORDS
from mingshi.kinds.synonym import Synonym
from mingshi.languages import Language
from mingshi.loading import Entry
from mingshi.search import cards, everyday
from mingshi.search.fields import Fields, Said, asked_for, fields_of, said
from mingshi.search.letters import fold, letters_like
from mingshi.search.packing import FOLDER, Part, name_of, number, runs
from mingshi.search.postings import Postings, Stems, about, rarity
from mingshi.search.words import ASKING, COMMON, PARTITION, SPECIFICATION, STOP_WORDS, stemmer, tidy
from mingshi.search.worth import LIMITS, WORTHS
from mingshi.search.written import Page
from mingshi.topics import topics

PRIORS: Mapping[str, float] = {
    "service": 1.17,
    "faq": 1.1,
    "form": 0.95,
    "unit": 1.0,
    "agency": 1.0,
    "sop": 0.82,
    "notice": 0.82,
    "document": 0.8,
    "disclosure": 0.9,
    "dataset": 0.8,
    "statistic": 0.75,
    "plan": 0.7,
    "commitment": 0.7,
    "page": 0.8,
}
"""How much likelier a citizen wants a kind than her words alone tell."""
OTHER_KINDS = 0.85
ENDED = 0.6
BLOCK = 16
"""Records of which a browser gets the cards at once."""
TOGETHER = 70_000
"""Up to so many bytes, packed, an index is one file."""
SHARD = 4_000
"""About so many bytes of terms lie in a file, unpacked."""
_RANKS = {kind.name: rank for rank, kind in enumerate(RECORDS)}
_WORDS = (
    "none",
    "one",
    "some",
    "close",
    "contact",
    "also",
    "other",
    "more",
    "all",
    "kind",
    "office",
    "topic",
    "ask",
    "form",
)


@dataclass(frozen=True, slots=True)
class Index:
    """The index of a language; `starts` are the first terms of the shards."""

    language: Language
    entries: tuple[Entry, ...]
    common: Part
    starts: tuple[str, ...]
    shards: tuple[Part, ...]
    blocks: tuple[Part, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return (self.common, *self.shards, *self.blocks)


def partition(term: str) -> str:
    """What decides in which shard a term lies."""
    return term[:PARTITION] if term[0] < "\u3000" else term


def indexes(
    catalogue: Catalogue, today: date, facts: Sequence[cards.Facts], pages: Sequence[Page] = ()
) -> Iterator[Index]:
    """The index of every language, of records and of handwritten pages; `facts` are told in each of them."""
    entries = _ordered(catalogue)
    fields = [fields_of(catalogue, entry) for entry in (*entries, *pages)]
    for language, own in zip(catalogue.languages, facts, strict=True):
        # A record is shown in every language, a page is written in it or is not there.
        there = [page.record.title_text.speaks(language) for page in pages]
        every = [*entries, *compress(pages, there)]
        yield _index(catalogue, language, every, [*compress(fields, chain([True] * len(entries), there))], own, today)


def _index(
    catalogue: Catalogue,
    language: Language,
    entries: Sequence[Entry],
    fields: Sequence[Fields],
    facts: cards.Facts,
    today: date,
) -> Index:
    asked = {kind: asked_for(catalogue, kind) for kind in dict.fromkeys(entry.kind.name for entry in entries)}
    told = [said(own, language, asked[entry.kind.name]) for entry, own in zip(entries, fields, strict=True)]
    folded = [Said(*(tidy(fold(text)) for text in own)) for own in told]
    postings = Postings(_lengths(folded), Stems(stemmer(language.key)))
    for entry, own in zip(entries, folded, strict=True):
        postings.add(own, _prior(entry, today))
    lines = postings.entries()
    starts, shards = _shards(lines)
    blocks = [
        Part("cards", _json([cards.card(catalogue, entry, language, own, facts) for entry, own in block]))
        for block in _blocks(list(zip(entries, told, strict=True)))
    ]
    common = Part("common", _json(_common(catalogue, language, entries, postings, lines, today)))
    return Index(language, tuple(entries), common, tuple(starts), tuple(shards), tuple(blocks))


def files(own: Index, others: Sequence[tuple[str, str]], suffix: str = "") -> Iterator[tuple[str, str]]:
    """Path and text of every file, the way in first. `others` are tag and name of the other languages."""
    tag = own.language.tag
    parts = [part.data for part in own.parts]
    together = sum(map(len, parts)) < 8 * TOGETHER and sum(part.packed for part in own.parts) <= TOGETHER
    if together:
        text = "".join(f"mingshiSearch({_json(tag)},{at},{data})\n" for at, data in enumerate(parts))
        named = {name_of(text): text}
    else:
        # By name, for a number would change with every part that comes before.
        named = {name_of(data): f"mingshiSearch({_json(tag)},{_json(name_of(data))},{data})\n" for data in parts}
    heading = {
        "p": own.language.prefix,
        "i": suffix,
        "t": "\t".join(own.starts),
        "b": BLOCK,
        "f": "".join(named if together else map(name_of, parts)),
        "o": [list(other) for other in others],
    }
    yield f"{FOLDER}{tag}.js", f"mingshiSearch({_json(tag)},-1,{_json(heading)})\n"
    for name, text in named.items():
        yield f"{FOLDER}{tag}-{name}.js", text


def _ordered(catalogue: Catalogue) -> list[Entry]:
    """By kind, office and unit, so that neighbours resemble each other."""

    def place(entry: Entry) -> tuple[int, str, str, str]:
        office = cards.office_of(catalogue, entry)
        unit = cards.unit_of(catalogue, entry)
        return _RANKS[entry.kind.name], office.ref if office else "", unit.ref if unit else "", entry.ref

    return sorted(catalogue.entries.values(), key=place)


def _prior(entry: Entry, today: date) -> float:
    return PRIORS.get(entry.kind.name, OTHER_KINDS) * (ENDED if cards.ended(entry, today) else 1.0)


def _lengths(folded: Sequence[Said]) -> list[int]:
    """The usual length of each field where it is used."""
    used = [[len(text) for text in texts if text] for texts in zip(*folded, strict=True)]
    return [about(round(sum(own) / len(own))) if own else 1 for own in used]


def _shards(lines: Mapping[str, str]) -> tuple[list[str], list[Part]]:
    keys = sorted(lines)
    groups = [(start, list(own)) for start, own in groupby(keys, key=lambda key: partition(key.partition(",")[0]))]
    texts = ["\n".join(f"{key} {lines[key]}" for key in own) for _, own in groups]
    starts, parts = [], []
    for run in runs([start for start, _ in groups], [len(text) for text in texts], SHARD):
        starts.append(groups[run.start][0])
        parts.append(Part("terms", _json("\n".join(texts[run]))))
    return starts, parts


def _blocks(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), BLOCK):
        yield items[start : start + BLOCK]


def _common(
    catalogue: Catalogue,
    language: Language,
    entries: Sequence[Entry],
    postings: Postings,
    lines: Mapping[str, str],
    today: date,
) -> Any:
    """What every search needs: the folded letters, common words, synonyms, facets and the words of the interface."""
    letters = {character for key in lines for character in key if character > "\u3000"}
    table = letters_like(letters | set(COMMON + ASKING))
    words = language.words
    all_topics = dict(topics(catalogue, today))
    facets = {
        "kind": [words[f"kind.{entry.kind.name}"] for entry in entries],
        "office": [_name(cards.office_of(catalogue, entry), language) for entry in entries],
        "topic": [
            topic.code.name.own(language) if (topic := cards.topic_of(all_topics, entry)) else "" for entry in entries
        ],
    }
    return {
        "n": rarity(1, len(entries)),
        "l": ["".join(table), "".join(table.values())],
        "r": list(SPECIFICATION.values()),
        "v": [LIMITS, WORTHS],
        "c": fold(COMMON),
        "h": fold(ASKING),
        "s": " ".join(sorted(STOP_WORDS)),
        "y": ["\t".join(group) for group in synonyms(catalogue, language)],
        "e": ["\t".join(group) for group in everyday.leads(language.key, postings.say)],
        "f": [_facet(values) for values in facets.values()],
        "w": {name: words[f"found.{name}"] for name in _WORDS},
        "u": _contact(catalogue, language),
    }


def synonyms(catalogue: Catalogue, language: Language) -> Iterator[list[str]]:
    """The official word and what citizens say instead."""
    for own in catalogue.rows.get("synonym", ()):
        if isinstance(own.row, Synonym) and own.row.term[language.index]:
            group = list(dict.fromkeys((own.row.term.own(language), *own.row.words[language.index])))
            if len(group) > 1:
                yield group


def _facet(values: Sequence[str]) -> list[Any]:
    """The names, and for every run of records which one and how many."""
    names = list(dict.fromkeys(values))
    ranks = {name: rank for rank, name in enumerate(names)}
    return [names, "".join(number(ranks[name]) + number(len(list(run))) for name, run in groupby(values))]


def _contact(catalogue: Catalogue, language: Language) -> list[str]:
    contact = catalogue.site.contact
    return [catalogue.site.name.own(language), contact.phone, contact.phone.tel]


def _name(entry: Entry | None, language: Language) -> str:
    return entry.record.title_text.own(language) if entry else ""


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
