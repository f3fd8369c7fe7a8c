"""CSV tables: one record a row, every fault at its cell."""

from pathlib import Path

import pytest

from mingshi.kinds import RECORDS, TABLES
from mingshi.kinds.faq import Faq
from mingshi.kinds.form import Form
from mingshi.problems import Level
from mingshi.schema.record import Kind, Record
from office import FAQ, SERVICE, SITE, catalogue, found, office, problems, read, vary

T = "data/faqs/all.csv"
HEADER = "id,question.zh,question.en,answer.zh,answer.en,unit,published\n"
ROW = "a,可以嗎,May I?,可以,Yes.,front-desk,2026-01-02\n"


def of(tmp_path: Path, text: str | bytes) -> list[tuple[str, str]]:
    """The problems of an office whose questions are this table."""
    return problems(office(tmp_path, {"faqs/all.csv": text}))


def records(tmp_path: Path, text: str | bytes) -> list[Record]:
    return [entry.record for entry in catalogue(office(tmp_path, {"faqs/all.csv": text})).of("faq")]


def test_every_row_is_a_record(tmp_path: Path) -> None:
    first, second = records(tmp_path, HEADER + ROW + ROW.replace("a,", "b,", 1))

    assert isinstance(first, Faq)
    assert (first.id, second.id) == ("a", "b")
    assert tuple(first.question) == ("可以嗎", "May I?")
    assert first.published.isoformat() == "2026-01-02"


def test_a_field_in_the_first_language_has_a_plain_heading(tmp_path: Path) -> None:
    [record] = records(tmp_path, "id,question,answer,unit,published\na,可以嗎,可以,front-desk,2026-01-02\n")

    assert isinstance(record, Faq)
    assert tuple(record.question) == ("可以嗎", None)


BAD = HEADER + ROW + "b,可以嗎,May I?,可以,Yes.,front-desk,tomorrow\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(BAD.encode(), id="plain"),
        pytest.param(b"\xef\xbb\xbf" + BAD.encode(), id="bom"),
        pytest.param(BAD.replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param(BAD.replace("\n", "\r").encode(), id="cr"),
        pytest.param(b"\xef\xbb\xbf" + BAD.replace("\n", "\r\n").encode(), id="as-excel-saves-it"),
        pytest.param(BAD.rstrip("\n").encode(), id="no-line-break-at-the-end"),
    ],
)
def test_boms_and_line_ends_do_not_move_marks(tmp_path: Path, data: bytes) -> None:
    assert of(tmp_path, data) == [(f"{T}:3:33", "bad-date")]


def test_big5_is_read_with_a_notice(tmp_path: Path) -> None:
    data = office(tmp_path, {"faqs/all.csv": (HEADER + ROW).encode("big5")})
    [problem] = found(data)

    assert (str(problem.mark), problem.code, problem.level) == (f"{T}:1:1", "table-big5", Level.NOTICE)
    assert [entry.record.title_text.first for entry in read(data).of("faq")] == ["可以嗎"]


def test_marks_in_big5_count_characters(tmp_path: Path) -> None:
    assert of(tmp_path, BAD.encode("big5")) == [(f"{T}:1:1", "table-big5"), (f"{T}:3:33", "bad-date")]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param((HEADER + "a,ガ\n").encode("shift-jis") + b"\xff\n", "2:3", id="neither-big5-nor-utf8"),
        pytest.param((HEADER + "a,café\n").encode("latin-1"), "2:6", id="latin-1"),
        pytest.param((HEADER + ROW).encode("utf-16"), "1:1", id="utf-16"),
    ],
)
def test_another_encoding_is_refused(tmp_path: Path, data: bytes, place: str) -> None:
    assert of(tmp_path, data) == [(f"{T}:{place}", "not-utf8")]


def test_quoted_cells_hold_commas_quotes_and_line_breaks(tmp_path: Path) -> None:
    row = 'a,"可以,嗎","May ""I""?","可以\n\n第二段",Yes.,front-desk,2026-01-02\n'
    [record] = records(tmp_path, HEADER + row)

    assert isinstance(record, Faq)
    assert tuple(record.question) == ("可以,嗎", 'May "I"?')
    assert record.answer.first == "可以\n\n第二段"


@pytest.mark.parametrize(
    ("row", "place"),
    [
        pytest.param('a,"可以,嗎",May I?,可以,Yes.,front-desk,soon\n', "2:36", id="comma-in-quotes"),
        pytest.param('a,可以嗎,"May ""I""?",可以,Yes.,front-desk,soon\n', "2:39", id="doubled-quotes"),
        pytest.param('a,可以嗎,May I?,"可以\n\n第二段",Yes.,front-desk,soon\n', "4:22", id="line-breaks"),
        pytest.param('a,可以嗎,May I?,"可以\n",Yes.,Back Office,2026-01-02\n', "3:8", id="same-row-after-line-break"),
        pytest.param('a,可以嗎,"May I?","可以","Yes.","front-desk","soon"\n', "2:41", id="everything-quoted"),
        pytest.param('a,"","","可以","Yes.",front-desk,soon\n', "2:32", id="empty-quotes"),
        pytest.param('a,可以嗎,5" or 7" pipes?,可以,Yes.,front-desk,soon\n', "2:42", id="quotes-inside-a-plain-cell"),
        pytest.param('a,可以嗎,a 5" pipe?,可以,Yes.,front-desk,soon\n', "2:37", id="one-quote-inside-a-plain-cell"),
    ],
)
def test_marks_are_right_after_quoted_cells(tmp_path: Path, row: str, place: str) -> None:
    assert (f"{T}:{place}", "bad-date" if "soon" in row else "bad-reference") in of(tmp_path, HEADER + row)


def test_a_row_after_a_cell_of_many_lines_is_marked_at_its_own_line(tmp_path: Path) -> None:
    long = 'a,可以嗎,May I?,"一\n二\n三",Yes.,front-desk,2026-01-02\n'

    assert of(tmp_path, HEADER + long + BAD.splitlines()[2] + "\n") == [(f"{T}:5:33", "bad-date")]


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        pytest.param("", "header-empty", id="empty"),
        pytest.param(" ", "header-empty", id="a-space"),
        pytest.param("unit", "header-twice", id="twice"),
        pytest.param(" unit ", "header-twice", id="twice-with-spaces"),
        pytest.param("question", "header-clash", id="clash-with-a-language"),
        pytest.param("unit.zh", "header-clash", id="clash-below"),
    ],
)
def test_a_heading_that_cannot_stand_is_marked(tmp_path: Path, heading: str, code: str) -> None:
    table = HEADER.replace("\n", f",{heading}\n") + ROW.replace("\n", ",x\n")

    assert of(tmp_path, table) == [(f"{T}:1:63", code)]


def test_an_empty_column_without_a_heading_is_no_fault(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER.replace("\n", ",,\n") + ROW.replace("\n", ",,\n")) == []


def test_a_row_that_is_too_long_is_marked_at_its_first_extra_cell(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/all.csv": HEADER + ROW.replace("\n", ",,extra,more\n")}))

    assert (str(problem.mark), problem.code) == (f"{T}:2:45", "row-too-long")
    assert "“extra”" in problem.message["en"]


def test_a_short_row_lacks_what_it_lacks(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER + "a,可以嗎,May I?,可以,Yes.\n") == [(f"{T}:2:1", "missing-field")] * 2


def test_an_unknown_heading_is_reported_once_at_the_heading(tmp_path: Path) -> None:
    rows = ROW.replace("\n", ",red\n") + ROW.replace("a,", "b,", 1).replace("\n", ",blue\n")
    data = office(tmp_path, {"faqs/all.csv": HEADER.replace("\n", ",topics\n") + rows})
    [problem] = found(data)

    assert (str(problem.mark), problem.code, problem.nearest) == (f"{T}:1:63", "unknown-key", "topic")


def test_a_heading_that_is_a_number_is_named_as_it_is_written(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/all.csv": HEADER.replace("\n", ",1\n") + ROW.replace("\n", ",甲\n")}))

    assert (str(problem.mark), problem.code, problem.found) == (f"{T}:1:63", "unknown-heading", "1")


def test_an_unknown_language_is_reported_at_the_heading(tmp_path: Path) -> None:
    text = HEADER.replace("answer.en", "answer.fr") + ROW

    assert of(tmp_path, text) == [(f"{T}:1:38", "unknown-language")]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param(ROW.replace("front-desk", ""), [("2:1", "missing-field")], id="unit"),
        pytest.param(ROW.replace("2026-01-02", ""), [("2:1", "missing-field")], id="last-cell"),
        pytest.param(ROW.replace("a,", ",", 1), [("2:1", "missing-field")], id="id"),
        pytest.param(ROW.replace("可以,", ","), [("2:15", "half-translation")], id="translation-without-its-text"),
    ],
)
def test_an_empty_cell_that_is_required_is_a_fault_of_its_row(
    tmp_path: Path, row: str, expected: list[tuple[str, str]]
) -> None:
    assert of(tmp_path, HEADER + row) == [(f"{T}:{place}", code) for place, code in expected]


@pytest.mark.parametrize("row", [ROW.replace("Yes.", ""), ROW.replace("Yes.", " \u3000")], ids=["empty", "blank"])
def test_an_empty_translation_is_one_that_is_not_there_yet(tmp_path: Path, row: str) -> None:
    [record] = records(tmp_path, HEADER + row)

    assert isinstance(record, Faq)
    assert tuple(record.question) == ("可以嗎", "May I?")
    assert tuple(record.answer) == ("可以", None)


@pytest.mark.parametrize("cell", ["x;y", "x；y", " x ;  y ", "x;;y;", '"x\ny"', '"x \n\n y\n"'])
def test_a_cell_of_references_is_split(tmp_path: Path, cell: str) -> None:
    files = {"services/x.yml": SERVICE, "services/y.yml": SERVICE}
    table = HEADER.replace("\n", ",services\n") + ROW.replace("\n", f",{cell}\n")
    record = catalogue(office(tmp_path, {**files, "faqs/all.csv": table})).entries["faq:a"].record

    assert isinstance(record, Faq)
    assert record.services == ("service:x", "service:y")


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        pytest.param("甲；乙;丙", ("甲", "乙", "丙"), id="signs"),
        pytest.param('"甲\n乙"', ("甲", "乙"), id="lines"),
        pytest.param('"甲；乙\n丙;丁"', ("甲；乙", "丙;丁"), id="a-line-break-makes-signs-text"),
        pytest.param('"甲；乙\n"', ("甲；乙",), id="a-line-break-at-the-end"),
        pytest.param("甲、乙, 丙".replace(",", "，"), ("甲、乙， 丙",), id="other-signs"),
    ],
)
def test_a_cell_is_split_at_line_breaks_if_there_is_one_else_at_semicolons(
    tmp_path: Path, cell: str, words: tuple[str, ...]
) -> None:
    [record] = records(tmp_path, HEADER.replace("\n", ",also_asked\n") + ROW.replace("\n", f",{cell}\n"))

    assert isinstance(record, Faq)
    assert record.also_asked == (words, ())


def test_a_cell_of_words_is_split_by_language(tmp_path: Path) -> None:
    table = HEADER.replace("\n", ",also_asked.zh,also_asked.en\n") + ROW.replace("\n", ",甲；乙,one; two\n")
    [record] = records(tmp_path, table)

    assert isinstance(record, Faq)
    assert record.also_asked == (("甲", "乙"), ("one", "two"))


def test_an_unknown_reference_in_a_list_is_marked_at_its_cell(tmp_path: Path) -> None:
    table = HEADER.replace("\n", ",services\n") + ROW.replace("\n", ",x;nope\n")
    files = {"services/x.yml": SERVICE, "faqs/all.csv": table}

    assert problems(office(tmp_path, files)) == [(f"{T}:2:44", "unknown-reference")]


def test_an_unknown_link_in_prose_is_marked_inside_its_cell(tmp_path: Path) -> None:
    row = ROW.replace(",可以,", ',"見\n[這裡](service:nope)",')

    assert of(tmp_path, HEADER + row) == [(f"{T}:3:6", "unknown-reference")]


FORMS = "data/forms/all.csv"
FORM_HEADER = "id,title,unit,summary,published"
FORM_ROW = "f,申請書,front-desk,填寫,2026-01-02"


def test_numbered_headings_make_a_list(tmp_path: Path) -> None:
    heads = ",fields.1.id,fields.1.label.zh,fields.1.label.en,fields.2.id,fields.2.label.zh,fields.2.label.en\n"
    table = FORM_HEADER + heads + FORM_ROW + ",name,姓名,Name,born,生日,Born\n"
    record = catalogue(office(tmp_path, {"forms/all.csv": table})).entries["form:f"].record

    assert isinstance(record, Form)
    assert [(field.id, field.label[0], field.label[1]) for field in record.fields] == [
        ("name", "姓名", "Name"),
        ("born", "生日", "Born"),
    ]


@pytest.mark.parametrize(
    ("heads", "cells", "expected"),
    [
        pytest.param(
            ",fields.1.id,fields.1.label,fields.2.id,fields.2.label",
            ",name,姓名,Born,生日",
            ("2:40", "bad-id"),
            id="second-entry",
        ),
        pytest.param(
            ",fields.1.id,fields.1.label,fields.2.id,fields.2.label",
            ",name,姓名,born,",
            ("2:40", "missing-field"),
            id="entry-that-lacks-a-field",
        ),
        pytest.param(
            ",fields.1.id,fields.1.label,fields.2.id,fields.2.label",
            ",,,Born,生日",
            ("2:34", "bad-id"),
            id="gap-in-row",
        ),
        pytest.param(
            ",fields.1.id,fields.1.label,fields.3.id,fields.3.label",
            ",name,姓名,Born,生日",
            ("2:40", "bad-id"),
            id="gap-in-head",
        ),
        pytest.param(
            ",fields.1.id,fields.1.label,fields.1.wrong", ",name,姓名,x", ("1:60", "unknown-key"), id="heading"
        ),
    ],
)
def test_a_fault_in_a_numbered_list_is_marked_at_its_cell(
    tmp_path: Path, heads: str, cells: str, expected: tuple[str, str]
) -> None:
    place, code = expected
    table = f"{FORM_HEADER}{heads}\n{FORM_ROW}{cells}\n"

    assert problems(office(tmp_path, {"forms/all.csv": table})) == [(f"{FORMS}:{place}", code)]


@pytest.mark.parametrize(
    "table",
    [
        pytest.param(HEADER + "\n\n" + ROW + "\n" + ROW.replace("a,", "b,", 1), id="between"),
        pytest.param(HEADER + ",,,,,,\n" + ROW + " , ,,,,,\n" + ROW.replace("a,", "b,", 1), id="only-commas"),
        pytest.param("\n" + HEADER + ROW + ROW.replace("a,", "b,", 1) + "\n\n", id="around"),
    ],
)
def test_blank_rows_are_skipped(tmp_path: Path, table: str) -> None:
    assert [record.id for record in records(tmp_path, table)] == ["a", "b"]


def test_blank_rows_do_not_move_marks(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER + "\n,,\n" + BAD.splitlines()[2] + "\n") == [(f"{T}:4:33", "bad-date")]


def test_an_id_in_a_table_and_in_a_file_is_a_problem_that_names_both(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/a.yml": FAQ, "faqs/all.csv": HEADER + ROW}))
    [other] = problem.related

    assert problem.code == "duplicate-id"
    assert (str(problem.mark), str(other)) == (f"{T}:2:1", "data/faqs/a.yml:1:1")
    assert str(other) in problem.hint["en"]


def test_an_id_twice_in_one_table_names_both_rows(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/all.csv": HEADER + ROW + ROW}))

    assert (str(problem.mark), problem.code) == (f"{T}:3:1", "duplicate-id")
    assert [str(mark) for mark in problem.related] == [f"{T}:2:1"]


@pytest.mark.parametrize("suffix", ["csv", "ods", "xlsx", "xlsm"])
def test_a_kind_that_no_row_can_hold_takes_no_table(tmp_path: Path, suffix: str) -> None:
    [problem] = found(office(tmp_path, {f"disclosures/all.{suffix}": "id\nx\n"}))

    assert (str(problem.mark), problem.code) == (f"data/disclosures/all.{suffix}:1:1", "file-misplaced")
    assert "Expected a YAML (.yml) file." in problem.hint["en"]


@pytest.mark.parametrize("kind", [kind for kind in (*RECORDS, *TABLES) if kind.tabular], ids=lambda kind: kind.name)
def test_every_other_kind_is_read_from_a_table(tmp_path: Path, kind: Kind) -> None:
    """Also one with parts, such as a service: a table without any of its fields lacks them all."""
    reported = problems(office(tmp_path, {f"{kind.folder}/all.csv": "id\nx\n"}))

    assert reported
    assert {place for place, _ in reported} <= {f"data/{kind.folder}/all.csv:{line}:1" for line in (1, 2)}
    assert {code for _, code in reported} <= {"missing-field", "unknown-key"}


@pytest.mark.parametrize(
    ("table", "line"),
    [
        pytest.param(HEADER + ROW + 'b,"可以嗎,May I?\n', 3, id="left-open"),
        pytest.param(HEADER + 'a,"可以"嗎,May I?,可以,Yes.,front-desk,2026-01-02\n' + ROW, 2, id="closed-too-early"),
        pytest.param('id,"question\n' + ROW, 1, id="in-the-heading"),
    ],
)
def test_an_unbalanced_quote_is_marked_at_the_row_that_holds_it(tmp_path: Path, table: str, line: int) -> None:
    assert of(tmp_path, table) == [(f"{T}:{line}:1", "table-syntax")]


@pytest.mark.parametrize("text", ["", "\n\n", " \n"])
def test_a_table_without_content_is_empty(tmp_path: Path, text: str) -> None:
    assert of(tmp_path, text) == [(f"{T}:1:1", "empty-file")]


def test_a_table_of_a_heading_alone_holds_no_records(tmp_path: Path) -> None:
    assert records(tmp_path, HEADER) == []


SITE_OF_THREE = vary(SITE, "name: English}\n", "name: English}\n  - {key: vi, tag: vi, name: Tiếng Việt}\n")


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        pytest.param("問,,", ("問", None, None), id="first-alone"),
        pytest.param("問,Q,", ("問", "Q", None), id="two"),
        pytest.param("問,,H", ("問", None, "H"), id="first-and-third"),
        pytest.param("問,Q,H", ("問", "Q", "H"), id="all"),
    ],
)
@pytest.mark.parametrize("third", ["question.vi", "問題（Tiếng Việt）", "問題(vi)"])
def test_a_third_language_is_a_column_more(
    tmp_path: Path, cells: str, texts: tuple[str | None, ...], third: str
) -> None:
    table = f"id,question.zh,question.en,{third},answer,unit,published\na,{cells},答,front-desk,2026-01-02\n"
    record = catalogue(office(tmp_path, {"site.yml": SITE_OF_THREE, "faqs/all.csv": table})).entries["faq:a"].record

    assert isinstance(record, Faq)
    assert tuple(record.question) == texts


def test_the_first_language_of_a_site_is_that_of_a_plain_heading(tmp_path: Path) -> None:
    languages = "  - {key: zh, tag: zh-Hant-TW, name: 中文}\n", "  - {key: en, tag: en, name: English}\n"
    site = vary(SITE, "".join(languages), "".join(reversed(languages)))
    table = "id,question,answer,unit,published,question.zh\na,Q,A,front-desk,2026-01-02,問\n"
    record = catalogue(office(tmp_path, {"site.yml": site, "faqs/all.csv": table})).entries["faq:a"].record

    assert isinstance(record, Faq)
    assert (tuple(record.question), tuple(record.answer)) == (("Q", "問"), ("A", None))


@pytest.mark.parametrize(("sign", "found_sign"), [(";", ";"), ("\t", "Tab")])
def test_another_separator_is_told_at_the_heading(tmp_path: Path, sign: str, found_sign: str) -> None:
    [problem] = found(office(tmp_path, {"faqs/all.csv": "\n" + (HEADER + ROW).replace(",", sign)}))

    assert (str(problem.mark), problem.code, problem.found) == (f"{T}:2:1", "table-separator", found_sign)


def test_a_control_character_in_a_table_is_named(tmp_path: Path) -> None:
    assert of(tmp_path, HEADER + ROW.replace("可以嗎", "可\x0b以嗎")) == [(f"{T}:2:4", "control-character")]


def test_a_table_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    assert of(tmp_path, b"id\n" + b"a" * 16 * 1024 * 1024) == [(f"{T}:1:1", "file-too-large")]


def test_an_unknown_heading_over_empty_cells_is_reported_too(tmp_path: Path) -> None:
    text = "id,question,answer,unit,published,servces\nq,甲,乙,front-desk,2026-01-02,\n"

    assert problems(office(tmp_path, {"faqs/all.csv": text})) == [("data/faqs/all.csv:1:35", "unknown-key")]
