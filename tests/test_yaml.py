"""YAML files: every fault at its line and column, and scalars that stay text."""

from pathlib import Path

import pytest

from mingshi.kinds.faq import Faq
from mingshi.kinds.form import Form
from office import AGENCY, FAQ, FORM, PLAN, SERVICE, catalogue, found, office, problems, vary

X = "data/faqs/x.yml"


def of(tmp_path: Path, text: str | bytes) -> list[tuple[str, str]]:
    """The problems of an office whose only question is this file."""
    return problems(office(tmp_path, {"faqs/x.yml": text}))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("question: what: now\n", "1:15", id="second-colon"),
        pytest.param("question: a\n  answer: b\n", "2:9", id="indented-too-far"),
        pytest.param("question: a\nanswer:b\nunit: c\n", "3:1", id="no-space-after-colon"),
        pytest.param("question: [a, b\nunit: c\n", "2:5", id="bracket-left-open"),
        pytest.param("question: a]\nanswer: }b\n", "2:9", id="bracket-closed-only"),
        pytest.param("question: *nobody\n", "1:11", id="alias-of-nothing"),
        pytest.param("question: @a\n", "1:11", id="reserved-character"),
        pytest.param("question: a\n- b\n", "2:1", id="list-in-a-mapping"),
        pytest.param("question: 問😀題: 二\n", "1:14", id="columns-are-characters"),
    ],
)
def test_a_syntax_fault_stands_where_reading_stopped(tmp_path: Path, text: str, place: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:{place}", "yaml-syntax")]


@pytest.mark.parametrize(
    ("text", "last_line"),
    [
        pytest.param('question: "a\nanswer: b\n', 3, id="quote-left-open"),
        pytest.param("question: {a: b\n", 2, id="brace-left-open"),
        pytest.param("question: [a,\n\n\n", 4, id="blank-lines-at-the-end"),
        pytest.param('question: "a', 1, id="no-line-break-at-the-end"),
    ],
)
def test_a_syntax_fault_never_stands_past_the_end_of_the_file(tmp_path: Path, text: str, last_line: int) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": text}))
    lines = text.split("\n")

    assert problem.code == "yaml-syntax"
    assert problem.mark.line == last_line <= len(lines)
    assert problem.mark.column <= len(lines[last_line - 1]) + 1
    assert "“”" not in problem.message["en"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("question: a\nanswer:\n\tzh: b\n", "3:1", id="at-the-start"),
        pytest.param("question: a\nanswer:\n  \tzh: b\n", "3:3", id="after-spaces"),
    ],
)
def test_a_tab_in_the_indentation_is_named(tmp_path: Path, text: str, place: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:{place}", "yaml-tab")]


def test_a_tab_inside_text_is_no_fault(tmp_path: Path) -> None:
    answer = "answer:\n  zh: |\n    一\t二\n  en: |\n    one\ttwo\n"

    assert of(tmp_path, vary(FAQ, "answer: {zh: 可以。, en: Yes.}\n", answer)) == []


@pytest.mark.parametrize(
    ("text", "place", "first"),
    [
        pytest.param(FAQ + "unit: other\n", "5:1", 3, id="at-the-top"),
        pytest.param(vary(FAQ, "zh: 可以。,", "zh: 可以。, zh: 不可以。,"), "2:19", 2, id="in-braces"),
        pytest.param(FAQ + "valid:\n  from: 2026-02-01\n  from: 2026-03-01\n", "7:3", 6, id="in-a-group"),
        pytest.param(FAQ + '"unit": other\n', "5:1", 3, id="quoted-once"),
        pytest.param(FAQ + "also_asked:\n  zh: [甲]\n  en: [a]\n  zh:\n    - 乙\n", "8:3", 6, id="holding-a-list"),
    ],
)
def test_a_doubled_key_is_a_fault_that_names_the_first_line(tmp_path: Path, text: str, place: str, first: int) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": text}))

    assert (str(problem.mark), problem.code) == (f"{X}:{place}", "duplicate-key")
    assert f"line {first};" in problem.hint["en"]
    assert f"第{first}行" in problem.hint["zh"]


def test_a_key_written_three_times_is_reported_twice(tmp_path: Path) -> None:
    assert of(tmp_path, FAQ + "unit: a\nunit: b\n") == [(f"{X}:5:1", "duplicate-key"), (f"{X}:6:1", "duplicate-key")]


def test_the_same_key_in_two_groups_is_no_fault(tmp_path: Path) -> None:
    assert of(tmp_path, FAQ) == []


def billion_laughs() -> str:
    levels = [f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]" for n in range(1, 10)]
    return "\n".join(["l0: &l0 [lol, lol]", *levels]) + "\n"


def test_a_billion_laughs_are_refused_at_the_field_that_explodes(tmp_path: Path) -> None:
    [(place, code)] = of(tmp_path, billion_laughs())

    assert code == "alias-bomb"
    assert place in {f"{X}:{line}:1" for line in range(3, 11)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("question: a\nanswer: &a [*a]\n", id="once"),
        pytest.param("question: a\nanswer: &a [*a, *a]\n", id="twice"),
        pytest.param("question: a\nanswer: &a {zh: *a}\n", id="in-a-mapping"),
    ],
)
def test_an_alias_that_holds_itself_is_refused_as_an_alias(tmp_path: Path, text: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:2:1", "alias-bomb")]


def test_a_plain_alias_means_what_it_names(tmp_path: Path) -> None:
    text = vary(FAQ, "question: {", "question: &both {").replace("answer: {zh: 可以。, en: Yes.}", "answer: *both")
    record = catalogue(office(tmp_path, {"faqs/x.yml": text})).entries["faq:x"].record

    assert isinstance(record, Faq)
    assert tuple(record.answer) == tuple(record.question) == ("可以領嗎？", "May I claim?")


def nested(left: str, right: str, depth: int) -> str:
    return left * depth + "a" + right * depth


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[" * 100_000, id="brackets-left-open"),
        pytest.param(nested("[", "]", 100_000), id="brackets"),
        pytest.param(nested("{a: ", "}", 100_000), id="braces"),
        pytest.param(nested("[{a: ", "}]", 50_000), id="brackets-and-braces"),
        pytest.param("- " * 100_000 + "a", id="dashes"),
        pytest.param("-  " * 100_000 + "a", id="dashes-with-two-spaces"),
        pytest.param("? " * 100_000 + "a", id="question-marks"),
        pytest.param("\n".join(" " * n + "a:" for n in range(1000)), id="indentation"),
    ],
)
def test_a_file_of_nothing_but_depth_is_refused(tmp_path: Path, text: str) -> None:
    place = "1:2" if text.startswith("{") else "1:1"  # the field that holds it, where there is one

    assert of(tmp_path, text + "\n") == [(f"{X}:{place}", "too-deep")]


@pytest.mark.parametrize("depth", [60, 1_900, 100_000])
def test_depth_is_marked_at_the_field_that_holds_it(tmp_path: Path, depth: int) -> None:
    text = "question: a\nunit: b\nanswer: " + nested("[", "]", depth) + "\n"

    assert of(tmp_path, text) == [(f"{X}:3:1", "too-deep")]


def test_many_brackets_side_by_side_are_not_deep(tmp_path: Path) -> None:
    flow = "- {id: a, question: 問, answer: 答, unit: front-desk, published: 2026-01-02}\n"
    records = "".join(flow.replace("id: a", f"id: a{n}") for n in range(2_500))
    assert of(tmp_path, records) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(vary(FAQ, "unit: ", "unit: !unit "), "3:7", id="own"),
        pytest.param(vary(FAQ, "2026-01-02", "!!timestamp 2026-01-02"), "4:12", id="standard"),
        pytest.param(vary(FAQ, "zh: 可以。", "zh: !python/object:os.system 可以。"), "2:14", id="python"),
        pytest.param("!record\n" + FAQ, "1:1", id="whole-record"),
        pytest.param(FAQ + "services: !!seq []\n", "5:11", id="list"),
    ],
)
def test_a_tag_is_refused_where_it_stands(tmp_path: Path, text: str, place: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:{place}", "yaml-tag")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(FAQ + "? [a, b]\n: c\n", "5:3", id="list"),
        pytest.param(FAQ + "? {a: b}\n: c\n", "5:3", id="mapping"),
        pytest.param(FAQ + "category: {[a]: 610}\n", "5:12", id="in-braces"),
    ],
)
def test_a_key_that_is_no_text_is_refused_where_it_stands(tmp_path: Path, text: str, place: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:{place}", "key-not-text")]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="no-bytes"),
        pytest.param("\n \n\n", id="blank-lines"),
        pytest.param("# nothing yet\n", id="a-comment"),
        pytest.param("\ufeff", id="a-bom"),
    ],
)
def test_a_file_without_content_is_empty(tmp_path: Path, text: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:1:1", "empty-file")]


def test_a_file_that_holds_one_word_is_no_record(tmp_path: Path) -> None:
    assert of(tmp_path, "hello\n") == [(f"{X}:1:1", "wrong-type")]


@pytest.mark.parametrize(
    ("data", "place", "guess"),
    [
        pytest.param("question: a\nanswer: 可以\n".encode("big5"), "2:9", "Big5", id="big5"),
        pytest.param("question: a\nanswer: café au lait\n".encode("latin-1"), "2:12", "", id="latin-1"),
        pytest.param("question: 問題é".encode() + "é b\n".encode("latin-1"), "1:14", "", id="latin-1-after-characters"),
        pytest.param(b"question: a\r\nanswer: \xff\r\n", "2:9", "", id="after-crlf"),
        pytest.param("question: a\n".encode("utf-16"), "1:1", "UTF-16", id="utf-16"),
        pytest.param(b"\xfe\xff" + "question: a\n".encode("utf-16-be"), "1:1", "UTF-16", id="utf-16-big-endian"),
        pytest.param(b"\xef\xbb\xbfquestion: \xff\n", "1:11", "", id="after-bom"),
        pytest.param(b"\xef\xbb\xbfquestion: a\nanswer: \xff\n", "2:9", "", id="after-bom-second-line"),
        pytest.param(b"question: \xed\xa0\x80\n", "1:11", "", id="lone-surrogate"),
    ],
)
def test_bytes_that_are_no_utf8_are_named_at_the_first_bad_one(
    tmp_path: Path, data: bytes, place: str, guess: str
) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": data}))

    assert (str(problem.mark), problem.code) == (f"{X}:{place}", "not-utf8")
    assert guess in problem.message["en"]


@pytest.mark.parametrize(
    ("data", "place"),
    [
        pytest.param("question: 問\0題\n".encode(), "1:12", id="after-characters"),
        pytest.param(b"question: a\nanswer: \0\n", "2:9", id="second-line"),
        pytest.param(b"\xef\xbb\xbfquestion: \0\n", "1:11", id="after-bom"),
        pytest.param("question: a\n".encode("utf-16-le"), "1:2", id="utf-16-without-bom"),
    ],
)
def test_a_nul_character_is_named_at_its_place(tmp_path: Path, data: bytes, place: str) -> None:
    assert of(tmp_path, data) == [(f"{X}:{place}", "nul-character")]


@pytest.mark.parametrize(
    ("character", "name"),
    [
        pytest.param("\x08", "U+0008", id="backspace"),
        pytest.param("\x1b", "U+001B", id="escape"),
        pytest.param("\x7f", "U+007F", id="delete"),
        pytest.param("\x80", "U+0080", id="c1-first"),
        pytest.param("\x9f", "U+009F", id="c1-last"),
        pytest.param("\ufffe", "U+FFFE", id="noncharacter"),
        pytest.param("\uffff", "U+FFFF", id="last-of-the-plane"),
    ],
)
def test_a_control_character_is_named_at_its_place(tmp_path: Path, character: str, name: str) -> None:
    [problem] = found(office(tmp_path, {"faqs/x.yml": f"question: a\nanswer: 😀可{character}以\n"}))

    assert (str(problem.mark), problem.code) == (f"{X}:2:11", "control-character")
    assert name in problem.message["zh"]


@pytest.mark.parametrize(
    "character",
    [
        pytest.param("\u3000", id="ideographic-space"),
        pytest.param("\u00a0", id="no-break-space"),
        pytest.param("\u200b", id="zero-width-space"),
        pytest.param("\U00020bb7", id="rare-character"),
        pytest.param("\ufffd", id="replacement-character"),
        pytest.param("👩‍👧", id="joined-emoji"),
    ],
)
def test_unusual_characters_are_text(tmp_path: Path, character: str) -> None:
    assert of(tmp_path, vary(FAQ, "zh: 可以。", f"zh: 可{character}以。")) == []


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    assert of(tmp_path, FAQ + "#" * 1024 * 1024) == [(f"{X}:1:1", "file-too-large")]


def test_a_file_at_the_limit_is_read(tmp_path: Path) -> None:
    room = 1024 * 1024 - len(FAQ.encode())

    assert of(tmp_path, FAQ + "#" * room) == []


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\xef\xbb\xbf" + FAQ.encode() + b"colour: red\n", id="bom"),
        pytest.param((FAQ + "colour: red\n").replace("\n", "\r\n").encode(), id="crlf"),
        pytest.param((FAQ + "colour: red\n").replace("\n", "\r").encode(), id="cr"),
        pytest.param(b"\xef\xbb\xbf" + (FAQ + "colour: red\n").replace("\n", "\r\n").encode(), id="bom-and-crlf"),
    ],
)
def test_boms_and_line_ends_do_not_move_marks(tmp_path: Path, data: bytes) -> None:
    assert of(tmp_path, data) == [(f"{X}:5:1", "unknown-key")]


def test_a_bom_does_not_move_the_marks_of_its_own_line(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + vary(FAQ, "en: May", "fr: Puis-je, en: May").encode()

    assert of(tmp_path, data) == [(f"{X}:1:23", "unknown-language")]


@pytest.mark.parametrize(
    ("before", "column"),
    [
        pytest.param("可以", 18, id="chinese"),
        pytest.param("😀", 17, id="emoji"),
        pytest.param("\U00020bb7é", 18, id="rare-and-accented"),
        pytest.param("👩‍👧", 19, id="joined-emoji-are-three-characters"),
    ],
)
def test_columns_count_characters_before_the_fault(tmp_path: Path, before: str, column: int) -> None:
    text = vary(FAQ, "{zh: 可以。, en: Yes.}", f"{{zh: {before}, fr: Oui, en: Yes.}}")

    assert of(tmp_path, text) == [(f"{X}:2:{column}", "unknown-language")]


@pytest.mark.parametrize(
    "separator",
    [
        pytest.param("\u0085", id="next-line"),
        pytest.param("\u2028", id="line-separator"),
        pytest.param("\u2029", id="paragraph-separator"),
    ],
)
def test_line_separators_that_editors_do_not_count_are_refused(tmp_path: Path, separator: str) -> None:
    text = vary(FAQ, "answer: {zh: 可以。,", f'answer: {{zh: "可{separator}以。",')

    assert of(tmp_path, text) == [(f"{X}:2:16", "control-character")]


def test_a_byte_order_mark_inside_text_is_refused(tmp_path: Path) -> None:
    text = vary(FAQ, "zh: 可以。", "zh: 可\ufeff以。")

    assert of(tmp_path, text) == [(f"{X}:2:15", "control-character")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param(FAQ + "---\n" + FAQ, "5:1", id="two"),
        pytest.param("---\n" + FAQ + "---\n" + FAQ, "6:1", id="marker-at-the-top-too"),
        pytest.param(FAQ + "...\n" + "---\n" + FAQ, "6:1", id="after-an-end-marker"),
    ],
)
def test_several_documents_in_one_file_are_refused_at_the_second(tmp_path: Path, text: str, place: str) -> None:
    assert of(tmp_path, text) == [(f"{X}:{place}", "yaml-syntax")]


def test_one_document_marker_at_the_top_is_fine(tmp_path: Path) -> None:
    assert of(tmp_path, "---\n" + FAQ) == []


def listed(record_id: str, faq: str = FAQ) -> str:
    """A record as an entry of a list."""
    return f"- id: {record_id}\n" + "".join(f"  {line}\n" for line in faq.splitlines())


def test_a_list_holds_several_records(tmp_path: Path) -> None:
    data = office(tmp_path, {"faqs/all.yml": listed("a") + listed("b")})

    assert [entry.ref for entry in catalogue(data).of("faq")] == ["faq:a", "faq:b"]


def test_each_record_of_a_list_is_marked_where_it_stands(tmp_path: Path) -> None:
    text = listed("a", FAQ + "colour: red\n") + listed("Bad_Id") + listed("c", vary(FAQ, "2026-01-02", "tomorrow"))

    assert problems(office(tmp_path, {"faqs/all.yml": text})) == [
        ("data/faqs/all.yml:6:3", "unknown-key"),
        ("data/faqs/all.yml:7:7", "bad-id"),
        ("data/faqs/all.yml:16:14", "bad-date"),
    ]


def test_a_record_of_a_list_needs_an_id_of_its_own(tmp_path: Path) -> None:
    text = listed("a") + listed("b").replace("- id: b\n  ", "- ")

    assert problems(office(tmp_path, {"faqs/all.yml": text})) == [("data/faqs/all.yml:6:3", "missing-field")]


def test_two_records_of_a_list_cannot_share_an_id(tmp_path: Path) -> None:
    [problem] = found(office(tmp_path, {"faqs/all.yml": listed("a") + listed("a")}))

    assert (str(problem.mark), problem.code) == ("data/faqs/all.yml:6:7", "duplicate-id")
    assert [str(mark) for mark in problem.related] == ["data/faqs/all.yml:1:7"]


def test_spaces_around_an_id_in_a_list_do_not_lose_its_claim(tmp_path: Path) -> None:
    files = {"faqs/all.yml": listed('"a "'), "services/x.yml": SERVICE + "faqs: [a]\n"}

    assert problems(office(tmp_path, files)) == []


@pytest.mark.parametrize("written", ["no", "03", "2024-01-02", "1.0", "0x1F", "1e3", "true", "12:30:45", "1_000", "="])
def test_scalars_reach_text_fields_as_written(tmp_path: Path, written: str) -> None:
    text = vary(FAQ, "zh: 可以。, en: Yes.", f"zh: {written}, en: {written}")
    form = FORM + f"number: {written}\nversion: {written}\n"
    entries = catalogue(office(tmp_path, {"faqs/x.yml": text, "forms/y.yml": form})).entries
    faq, paper = entries["faq:x"].record, entries["form:y"].record

    assert isinstance(faq, Faq)
    assert isinstance(paper, Form)
    assert tuple(faq.answer) == (written, written)
    assert (paper.number, paper.version) == (written, written)


@pytest.mark.parametrize("written", ["~", "null", "Null", "NULL", ""])
def test_a_null_is_an_empty_value(tmp_path: Path, written: str) -> None:
    column = 13 if written else 12

    assert of(tmp_path, FAQ + f"also_asked: {written}\n") == [(f"{X}:5:{column}", "empty-text")]


def test_a_null_is_no_text_to_publish(tmp_path: Path) -> None:
    assert of(tmp_path, vary(FAQ, "{zh: 可以。, en: Yes.}", "~")) == [(f"{X}:2:9", "empty-text")]


@pytest.mark.parametrize("written", ['"null"', "'~'"])
def test_a_quoted_null_is_text(tmp_path: Path, written: str) -> None:
    assert of(tmp_path, vary(FAQ, "zh: 可以。", f"zh: {written}")) == []


def test_a_block_scalar_keeps_its_lines(tmp_path: Path) -> None:
    text = vary(FAQ, "{zh: 可以。, en: Yes.}", "\n  zh: |\n    一\n\n    二\n  en: >-\n    one\n    two")
    record = catalogue(office(tmp_path, {"faqs/x.yml": text})).entries["faq:x"].record

    assert isinstance(record, Faq)
    assert tuple(record.answer) == ("一\n\n二", "one two")


def test_a_fault_deep_in_a_plan_is_marked_at_its_value(tmp_path: Path) -> None:
    text = vary(PLAN, "lead: [unit:front-desk]", "lead: [unit:front-desk, front-desk]")

    assert problems(office(tmp_path, {"plans/p.yml": text})) == [("data/plans/p.yml:19:37", "bad-reference")]


@pytest.mark.parametrize("suffix", [".yml", ".yaml", ".YML"])
def test_yaml_files_may_end_as_people_write_it(tmp_path: Path, suffix: str) -> None:
    data = office(tmp_path, {f"agencies/other{suffix}": AGENCY})

    assert "agency:other" in catalogue(data).entries
