"""The demonstration portal in data/: how much there is of each kind, and what holds for every text of it."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from mingshi.catalogue import Catalogue, Loaded, load
from mingshi.kinds.agency import Agency
from mingshi.kinds.code import Code
from mingshi.kinds.dataset import DataField, Dataset
from mingshi.kinds.disclosure import ITEMS, Disclosure
from mingshi.kinds.document import Document
from mingshi.kinds.faq import Faq
from mingshi.kinds.form import Form
from mingshi.kinds.notice import Notice
from mingshi.kinds.plan import Plan
from mingshi.kinds.service import Service
from mingshi.kinds.sop import Sop
from mingshi.kinds.statistic import Statistic
from mingshi.kinds.synonym import Synonym
from mingshi.kinds.term import Term
from mingshi.kinds.unit import Unit
from mingshi.languages import Localised
from mingshi.schema.record import Record
from mingshi.schema.texts import Words
from office import TODAY
from sites import PROJECT

DATA = PROJECT / "data"
SEED_ITEMS = PROJECT / "tests/seed_items.csv"
SEEDS = {"000", "001", "002", "003", "004"}

AT_LEAST: dict[type[Record], int] = {
    Agency: 5,
    Dataset: 6,
    Faq: 150,
    Form: 40,
    Notice: 12,
    Service: 60,
    Sop: 30,
    Statistic: 10,
    Unit: 30,
}
QUARTERS = 8
LONG_SENTENCE = 30

_BREAK = re.compile(r"\n\s*(?:[-*]|\d+\.)\s+|\n\s*\n|(?<=[。！？])|(?<=[.!?])(?<!\bext\.)\s+")
_LINK = re.compile(r"\[([^\]]*)\]\([^)\s]*\)")
_ROC_YEAR = re.compile(
    r"\bROC\s+(?:year\s+)?\d|\b(?:years?|plan|budget|accounts)\s+1[01]\d\b|(?<![\d./])1[01]\d[./]\d{1,2}[./]\d{1,2}\b"
)
_GREGORIAN_YEAR = re.compile(r"\b(?:19|20)\d\d\b")

AnyRecord = TypeVar("AnyRecord", bound=Record)


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return load(DATA)


@pytest.fixture(scope="module")
def portal(loaded: Loaded) -> Catalogue:
    assert loaded.catalogue is not None
    return loaded.catalogue


def records(portal: Catalogue, kind: type[AnyRecord]) -> list[AnyRecord]:
    return [entry.record for entry in portal.entries.values() if isinstance(entry.record, kind)]


def texts(value: object, at: str) -> Iterator[tuple[str, Localised | Words]]:
    """Every text and every list of words in a record, with the way to it."""
    if isinstance(value, Localised | Words):
        yield at, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from texts(getattr(value, name), f"{at}.{name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{at}.{index}")


def all_texts(portal: Catalogue) -> Iterator[tuple[str, Localised | Words]]:
    """The texts of the site, of every record and of every row of a table."""
    yield from texts(portal.site, "site")
    for ref, entry in portal.entries.items():
        yield from texts(entry.record, ref)
    for kind, rows in portal.rows.items():
        for own in rows:
            yield from texts(own.row, f"{kind}:{own.row.key}")


def english(portal: Catalogue) -> Iterator[tuple[str, str]]:
    for at, text in all_texts(portal):
        for part in text[1] if isinstance(text, Words) else text[1:]:
            yield at, part or ""


def sentences(text: str) -> Iterator[str]:
    """The long ones, as a reader sees them."""
    for part in _BREAK.split(_LINK.sub(r"\1", text)):
        sentence = " ".join(part.split())
        if len(sentence) > LONG_SENTENCE and sentence[-1] in "。！？.!?":
            yield sentence


def expect_none(offenders: Iterable[object]) -> None:
    """All of them are listed, which pytest would cut short."""
    listed = [str(offender) for offender in offenders]
    assert not listed, "\n".join(["", *listed])


def has_roc_year_alone(text: str) -> bool:
    return bool(_ROC_YEAR.search(text)) and not _GREGORIAN_YEAR.search(text)


def table(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def wrong_cell(field: DataField, cell: str) -> bool:
    """Whether a cell is not what its field says; an empty one says nothing."""
    if field.type == "date" and cell:
        return re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell) is None or not _is_day(cell)
    return field.type == "number" and re.fullmatch(r"-?\d+(?:\.\d+)?|", cell) is None


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def seed_items() -> list[dict[str, str]]:
    with SEED_ITEMS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parts(portal: Catalogue) -> set[str]:
    """What a row of the seed list may name: records, the measures of plans, the fields of forms."""
    named = set(portal.entries)
    for plan in records(portal, Plan):
        named.update(f"plan:{plan.id}#{measure.id}" for measure in plan.measures)
    for form in records(portal, Form):
        named.update(f"form:{form.id}#{field.id}" for field in form.fields)
    return named


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The plan of ROC year 115", True),
        ("Budget 114 and plan 115", True),
        ("Amended on 115.5.29", True),
        ("2026 (ROC year 115)", False),
        ("ROC years 99 to 102, that is 2010 to 2013", False),
        ("Bring an ROC passport within 115 days", False),
    ],
)
def test_a_roc_year_is_told_from_other_numbers(text: str, alone: bool) -> None:
    assert has_roc_year_alone(text) is alone


def test_sentences_end_where_a_reader_pauses() -> None:
    text = (
        "短句。這一句很長，長到超過三十個字，所以要拿來和其他資料的句子比較看看有沒有重複。\n\n"
        "- A [longer](faq:a) sentence of 3.5 lines that counts. Short [one](faq:longer-than-thirty-characters).\n"
        "- no full stop, though it is long enough"
    )
    assert list(sentences(text)) == [
        "這一句很長，長到超過三十個字，所以要拿來和其他資料的句子比較看看有沒有重複。",
        "A longer sentence of 3.5 lines that counts.",
    ]


def test_nothing_is_wrong(loaded: Loaded) -> None:
    expect_none(f"{problem.mark} {problem.code} {problem.found}" for problem in loaded.problems)


@pytest.mark.parametrize("kind", AT_LEAST, ids=lambda kind: kind.__name__.lower())
def test_there_is_enough_of_each_kind(portal: Catalogue, kind: type[Record]) -> None:
    assert len(records(portal, kind)) >= AT_LEAST[kind]


def test_thirty_procedures_decide(portal: Catalogue) -> None:
    undecided = [
        sop.id
        for sop in records(portal, Sop)
        if not any(step.kind == "decision" and len({way.to for way in step.next}) >= 2 for step in sop.steps)
    ]
    expect_none(undecided)


def test_every_field_of_a_form_has_a_sample(portal: Catalogue) -> None:
    empty = [f"{form.id}#{field.id}" for form in records(portal, Form) for field in form.fields if not field.sample]
    expect_none(empty)


def test_every_unit_states_its_data_points_itself(portal: Catalogue) -> None:
    """Name, office, duties, phone and e-mail stand by the schema; the rest could be left to the office."""
    missing = [
        f"{unit.id}: {name}"
        for unit in records(portal, Unit)
        for name in ("address", "fax", "hours", "map")
        if getattr(unit, name) is None
    ]
    expect_none(missing)


def test_the_ten_items_are_published_or_accounted_for(portal: Catalogue) -> None:
    disclosures = records(portal, Disclosure)
    assert {own.item for own in disclosures} == set(ITEMS)
    expect_none(own.id for own in disclosures if not (own.entries or own.reason))


def test_some_notices_have_expired_and_some_hold(portal: Catalogue) -> None:
    notices = records(portal, Notice)
    expired = [notice for notice in notices if notice.valid.until and notice.valid.until < TODAY]
    assert expired
    assert any(notice.listed(TODAY) for notice in notices)


def test_there_are_twelve_laws(portal: Catalogue) -> None:
    assert len([document for document in records(portal, Document) if document.type == "law"]) >= 12


def test_every_series_has_eight_points(portal: Catalogue) -> None:
    expect_none(own.id for own in records(portal, Statistic) if len(own.points) < QUARTERS)


def test_tables_of_open_data_have_the_columns_that_are_explained(portal: Catalogue) -> None:
    for dataset in records(portal, Dataset):
        tables = [file.path for file in dataset.files if file.path.endswith(".csv")]
        assert tables, dataset.id
        for path in tables:
            heading, *rows = table(DATA / "datasets" / path)
            assert heading == [field.name for field in dataset.fields], path
            assert rows, path
            for number, row in enumerate(rows, 2):
                assert len(row) == len(heading), f"{path}:{number}"
                wrong = [cell for field, cell in zip(dataset.fields, row, strict=True) if wrong_cell(field, cell)]
                assert wrong == [], f"{path}:{number}"


def test_there_are_terms_and_synonyms_enough(portal: Catalogue) -> None:
    assert len(portal.rows["term"]) >= 150
    assert len(portal.rows["synonym"]) >= 120


def test_a_term_is_translated_alike_in_both_tables(portal: Catalogue) -> None:
    terms = {own.row.term.first: own.row.term for own in portal.rows["term"] if isinstance(own.row, Term)}
    groups = [own.row.term for own in portal.rows["synonym"] if isinstance(own.row, Synonym)]
    expect_none((term, terms[term.first]) for term in groups if terms.get(term.first, term) != term)


def test_every_text_speaks_both_languages(portal: Catalogue) -> None:
    expect_none(at for at, text in all_texts(portal) if not all(text))


def test_english_texts_have_no_roc_year_alone(portal: Catalogue) -> None:
    expect_none((at, text) for at, text in english(portal) if has_roc_year_alone(text))


def test_no_sentence_stands_in_two_records(portal: Catalogue) -> None:
    """A sentence that fits everywhere tells the reader nothing about the record in hand."""
    owners: dict[str, set[str]] = {}
    for ref, entry in portal.entries.items():
        for _, text in texts(entry.record, ref):
            for part in text if isinstance(text, Localised) else ():
                for sentence in sentences(part or ""):
                    owners.setdefault(sentence, set()).add(ref)
    expect_none((sentence, sorted(refs)) for sentence, refs in owners.items() if len(refs) > 1)


def test_the_codes_of_records_exist(portal: Catalogue) -> None:
    known = {(own.row.scheme, own.row.code) for own in portal.rows["code"] if isinstance(own.row, Code)}
    unknown = [
        f"{ref}: {scheme} {code}"
        for ref, entry in portal.entries.items()
        for scheme, code in (entry.record.category.model_dump() if entry.record.category else {}).items()
        if code is not None and (scheme, code) not in known
    ]
    expect_none(unknown)


def test_every_record_has_a_theme(portal: Catalogue) -> None:
    themes = {ref: entry.record.category and entry.record.category.theme for ref, entry in portal.entries.items()}
    expect_none(ref for ref, theme in themes.items() if not theme)


@pytest.mark.parametrize("kind", [Service, Sop, Form, Document], ids=lambda kind: kind.__name__.lower())
def test_services_and_what_belongs_to_them_are_classified_in_all_three_ways(
    portal: Catalogue, kind: type[Record]
) -> None:
    incomplete = [
        record.id
        for record in records(portal, kind)
        if record.category is None or None in record.category.model_dump().values()
    ]
    expect_none(incomplete)


def test_every_item_of_the_seeds_is_carried_by_something(portal: Catalogue) -> None:
    rows = seed_items()
    assert {row["seed"] for row in rows} == SEEDS
    known = parts(portal)
    expect_none(row for row in rows if None in row.values() or not all(row.values()) or row["record"] not in known)


def test_no_item_of_the_seeds_is_listed_twice() -> None:
    listed = Counter((row["seed"], row["number"], row["words"], row["record"]) for row in seed_items())
    expect_none(item for item, times in listed.items() if times > 1)


def test_every_measure_of_a_modelled_plan_comes_from_its_seed(portal: Catalogue) -> None:
    named = {row["record"] for row in seed_items()}
    measures = [
        f"plan:{plan.id}#{measure.id}"
        for plan in records(portal, Plan)
        if plan.modelled_on and f"plan:{plan.id}" in named
        for measure in plan.measures
    ]
    expect_none(measure for measure in measures if measure not in named)
