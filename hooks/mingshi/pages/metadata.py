"""詮釋資料: the Dublin Core elements and classifications that every page of a Taiwanese office carries in its head."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape

from mingshi.catalogue import Catalogue, Entry
from mingshi.kinds.agency import Agency
from mingshi.languages import Language

SCHEMES = (("Category.Theme", "theme"), ("Category.Cake", "cake"), ("Category.Service", "service"))


def metadata(
    catalogue: Catalogue, language: Language, title: str, description: str, updated: date, entry: Entry | None = None
) -> str:
    """The tags of a page; those of a record say whose it is, how long it holds and where it is classified."""
    named = [("DC.Title", title), ("DC.Description", description), ("DC.Date", updated.isoformat())]
    own = _of_record(catalogue, language, entry) if entry else _of_page(catalogue, language, title, updated)
    classes = _classes(catalogue, entry)
    return _tags([*named, *own, *classes]) + _of_site(
        catalogue.site.name.own(language), _office(catalogue, language), _rest(catalogue, language)
    )


def _of_page(catalogue: Catalogue, language: Language, title: str, updated: date) -> Iterator[tuple[str, str]]:
    yield "DC.Subject", title
    yield "DC.Contributor", _office(catalogue, language)
    yield "Keywords", title
    yield "DC.Coverage.t.min", updated.isoformat()


def _of_record(catalogue: Catalogue, language: Language, entry: Entry) -> Iterator[tuple[str, str]]:
    record = entry.record
    title = record.title_text.own(language)
    aliases = record.aliases[language.index] or () if record.aliases else ()
    unit = catalogue.entries.get(getattr(record, "unit", None) or entry.ref, entry)
    yield "DC.Subject", language.words[f"kind.{entry.kind.name}"]
    yield "DC.Contributor", unit.record.title_text.own(language)
    yield "Keywords", ",".join((title, *aliases))
    start = record.valid.from_ if record.valid and record.valid.from_ else record.published
    yield "DC.Coverage.t.min", start.isoformat()
    if record.valid and record.valid.until:
        yield "DC.Coverage.t.max", record.valid.until.isoformat()


def _classes(catalogue: Catalogue, entry: Entry | None) -> Iterator[tuple[str, str]]:
    """Its own codes; where it has none in a scheme, those of the site."""
    own, common = entry.record.category if entry else None, catalogue.site.category
    for name, scheme in SCHEMES:
        code = getattr(own, scheme, None) or getattr(common, scheme, None)
        if code:
            yield name, code


def _office(catalogue: Catalogue, language: Language) -> str:
    """The full name of the office that publishes."""
    office = catalogue.entries.get(catalogue.site.agency)
    return office.record.name.own(language) if office and isinstance(office.record, Agency) else ""


def _rest(catalogue: Catalogue, language: Language) -> tuple[str, str, str]:
    site = catalogue.site
    return site.identifier or "", language.name, site.base_url


@lru_cache(maxsize=64)
def _of_site(site_name: str, office: str, rest: tuple[str, str, str]) -> str:
    """What is the same on every page of a language."""
    identifier, language, base_url = rest
    return _tags(
        [
            ("DC.Creator", office),
            ("DC.Publisher", office),
            ("DC.Type", "Text"),
            ("DC.Format", "text/html"),
            ("DC.Identifier", identifier),
            ("DC.Source", site_name),
            ("DC.Language", language),
            ("DC.Relation", base_url),
            ("DC.Rights", office),
        ]
    )


def _tags(own: list[tuple[str, str]]) -> str:
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in own if value)
