"""What a record says in one language, by how much it tells about the record. Knows no particular kind."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from mingshi.catalogue import Catalogue
from mingshi.languages import Language, Localised
from mingshi.loading import Entry
from mingshi.schema.record import Model
from mingshi.schema.texts import Prose, Words
from mingshi.schema.types import Phone

LEADS = frozenset({"summary", "purpose", "duties", "audience", "result"})
NAMES = frozenset({"number"})
"""Fields without a language by which a record is asked for."""
PLAIN = frozenset({"article", "phone"})
ALIASES = frozenset({"aliases", "also_asked"})
LINKED = {"service": "service", "services": "service", "agency": "agency"}
"""References to what a record is about and whose it is, with their kind: their titles are its words too."""
ASKED_FOR = frozenset({"unit", "agency", "form", "sop", "document", "statistic", "dataset", "notice", "plan"})
"""Kinds that people name in their questions: 勞檢處電話, EC08表格."""
CITED = frozenset({"legal_basis"})
"""By the law that it follows a record is asked for too."""
NAMED_BY = {"unit": ("service:",), "service": ("faq:", "sop:")}
"""Kind → the kind of those whose titles tell what a record is for: a unit's services, a service's questions."""
_GAP = "；"
_DIGITS = re.compile("[^0-9]")
_MUTE = frozenset({type(None), bool, int, float, date})
_TARGET = re.compile(r"\]\([^)]*\)|\[(?=[^\]]*\]\()")
_MARKS = re.compile(r"^[ >]*(?:[-*+#]+|\d+\.) |[*`]", re.MULTILINE)


Text = Localised | Words | str


class Said(NamedTuple):
    """The words of a record, the most telling first."""

    title: str
    aliases: str
    lead: str
    body: str
    other: str
    """Its names in other languages, and the laws that it follows."""
    asked: str
    """What people add who ask for its kind."""


class Fields(NamedTuple):
    """The texts of a record in all languages: what is said of it, and the lists of words."""

    title: list[Text]
    aliases: list[Text]
    lead: list[Text]
    body: list[Text]
    other: list[Text]


def fields_of(catalogue: Catalogue, entry: Entry) -> Fields:
    record = entry.record
    fields = Fields([record.title_text], [], [], [], [])
    # Who asks for a unit or a form names it by its service or its office: 失業給付表格, 勞工局會計室.
    about = fields.other if entry.kind.name in ASKED_FOR else fields.body
    for name, given in _given(record):
        if name == record.title_field:
            continue
        if name in ALIASES:
            fields.aliases.append(given)
        elif name in NAMES:
            fields.title.append(str(given))
        elif name in LINKED:
            about.extend(_titles(catalogue, LINKED[name], given))
        elif isinstance(given, Prose):
            fields.lead.append(Localised(_first(text) for text in given))
            fields.body.append(Localised(_rest(text) for text in given))
        elif name in LEADS:
            fields.lead.extend(_texts(given))
        elif name in CITED:
            fields.other.extend(_texts(given, name))
        elif isinstance(given, tuple | Model) or name in PLAIN:
            fields.body.extend(_texts(given, name))
    about.extend(_naming(catalogue, entry))
    return fields


def asked_for(catalogue: Catalogue, kind: str) -> str:
    """What people add who ask for a record of a kind, in every language of the site."""
    return " ".join(language.words[f"asked.{kind}"] for language in catalogue.languages) if kind in ASKED_FOR else ""


def said(fields: Fields, language: Language, asked: str) -> Said:
    """What the fields say in a language; what is not translated is searched as it is shown."""
    at = language.index
    own = [[piece for text in texts for piece in _pieces(text, at)] for texts in fields]
    own[-1] += _elsewhere(fields, at)
    return Said(*[*map(_GAP.join, own), asked])


def _elsewhere(fields: Fields, at: int) -> Iterator[str]:
    """Its names in the other languages."""
    for text in (*fields.title, *fields.aliases):
        for other, own in enumerate(text) if isinstance(text, Localised | Words) else ():
            if other != at and own:
                yield from (own,) if isinstance(own, str) else own


def _pieces(text: Text, at: int) -> tuple[str, ...]:
    if text.__class__ is str:
        return (text,)
    if isinstance(text, Words):
        return text[at]
    own = text[at] or text[0] or ""
    return (_unmarked(own) if isinstance(text, Prose) else own,)


def _first(text: str | None) -> str | None:
    return None if text is None else _unmarked(text).partition("\n\n")[0]


def _rest(text: str | None) -> str | None:
    return None if text is None else _unmarked(text).partition("\n\n")[2]


def _given(record: Model) -> list[tuple[str, Any]]:
    """Field and value; beside them a record keeps what was worked out from it."""
    own = record.__dict__
    return [(name, own[name]) for name in _names(record.__class__) if own[name].__class__ not in _MUTE]


@cache
def _names(model: type[Model]) -> tuple[str, ...]:
    return tuple(model.model_fields)


def _texts(given: Any, name: str = "") -> Iterator[Text]:
    """Every text inside a value; ids, dates and numbers are not what people look for."""
    if isinstance(given, Localised | Words):
        yield given
    elif isinstance(given, tuple):
        for item in given:
            yield from _texts(item)
    elif isinstance(given, Model):
        for field, inner in _given(given):
            if inner.__class__ is not str or field in PLAIN:
                yield from _texts(inner, field)
    elif name == "article":
        yield f"第{given}條" if given[0].isdecimal() else given
    elif isinstance(given, Phone):
        yield f"{given} {_DIGITS.sub('', given.main)}"


def _unmarked(prose: str) -> str:
    """CommonMark without the marks that would be read as words."""
    plain = _TARGET.sub("", prose) if "](" in prose else prose
    return _MARKS.sub("", plain)


def _naming(catalogue: Catalogue, entry: Entry) -> Iterator[Text]:
    """Titles of what refers to a record and tells what it is for."""
    wanted = NAMED_BY.get(entry.kind.name, ())
    for ref in dict.fromkeys(catalogue.incoming.get(entry.ref, ())) if wanted else ():
        if ref.startswith(wanted) and ref in catalogue.entries:
            yield catalogue.entries[ref].record.title_text


def _titles(catalogue: Catalogue, kind: str, given: Any) -> Iterator[Text]:
    for target in given if isinstance(given, tuple) else (given,):
        entry = catalogue.entries.get(f"{kind}:{target.rpartition(':')[2]}")
        if entry is not None:
            yield entry.record.title_text
