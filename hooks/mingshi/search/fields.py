"""What a record says in one language, by how much it tells about the record. Knows no particular kind."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from mingshi.catalogue import Catalogue
from mingshi.languages import Language, Localised
from mingshi.loading import Entry
from mingshi.schema.record import Model
from mingshi.schema.texts import Prose, Words

LEADS = frozenset({"summary", "purpose", "duties", "audience", "result"})
NAMES = frozenset({"number"})
"""Fields without a language by which a record is asked for."""
PLAIN = frozenset({"article", "phone"})
ALIASES = frozenset({"aliases", "also_asked"})
LINKED = frozenset({"service", "services"})
"""References to what a record is about: their titles are its words too."""
_GAP = "；"
_TARGET = re.compile(r"\]\([^)]*\)|\[(?=[^\]]*\]\()")
_MARKS = re.compile(r"^[ >]*(?:[-*+#]+|\d+\.) |[*`]", re.MULTILINE)


class Said(NamedTuple):
    """The words of a record, the most telling first."""

    title: str
    aliases: str
    lead: str
    body: str


def said(catalogue: Catalogue, entry: Entry, language: Language) -> Said:
    record = entry.record
    parts: tuple[list[str], list[str], list[str], list[str]] = ([record.title_text.own(language)], [], [], [])
    for name, given in _given(record):
        if given is None or given == () or name == record.title_field:
            continue
        if name in ALIASES:
            parts[1].extend(given[language.index])
        elif name in NAMES:
            parts[0].append(str(given))
        elif name in LINKED:
            parts[3].extend(_titles(catalogue, given, language))
        elif isinstance(given, Prose):
            first, _, rest = _unmarked(given.own(language)).partition("\n\n")
            parts[2].append(first)
            parts[3].append(rest)
        elif name in LEADS:
            parts[2].extend(_texts(given, language))
        elif isinstance(given, tuple | Model | Localised) or name in PLAIN:
            parts[3].extend(_texts(given, language, name))
    return Said(*(_GAP.join(part) for part in parts))


def _given(record: Model) -> Iterator[tuple[str, Any]]:
    """Field and value; beside them a record keeps what was worked out from it."""
    own = record.__dict__
    return ((name, own[name]) for name in record.__class__.model_fields)


def _texts(given: Any, language: Language, name: str = "") -> Iterator[str]:
    """Every text inside a value; ids, dates and numbers are not what people look for."""
    if isinstance(given, Localised):
        yield _unmarked(given.own(language)) if isinstance(given, Prose) else given.own(language)
    elif isinstance(given, Words):
        yield from given[language.index]
    elif isinstance(given, tuple):
        for item in given:
            yield from _texts(item, language)
    elif isinstance(given, Model):
        for field, inner in _given(given):
            if inner.__class__ is not str or field in PLAIN:
                yield from _texts(inner, language, field)
    elif name in PLAIN:
        yield str(given)


def _unmarked(prose: str) -> str:
    """CommonMark without the marks that would be read as words."""
    plain = _TARGET.sub("", prose) if "](" in prose else prose
    return _MARKS.sub("", plain)


def _titles(catalogue: Catalogue, given: Any, language: Language) -> Iterator[str]:
    for target in given if isinstance(given, tuple) else (given,):
        entry = catalogue.entries.get(f"service:{target.rpartition(':')[2]}")
        if entry is not None:
            yield entry.record.title_text.own(language)
