"""Headings and joins, without any file format: what sheets of plain rows mean, and every fault at its cell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grids import Book, Rows, Sheet, rows, sheet, tables
from mingshi import exports
from mingshi.kinds import BY_NAME, KINDS
from mingshi.kinds.plan import Plan
from mingshi.kinds.service import Service
from mingshi.kinds.sop import Sop
from mingshi.languages import DEFAULT
from mingshi.problems import At
from mingshi.schema.columns import Column, layout, sheets_of
from mingshi.schema.faults import plain
from mingshi.schema.record import Kind, Record
from mingshi.source.layout import EACH, ORDER, RECORD, SheetLayout
from office import SITE, UNIT, catalogue, found, read, vary

TABULAR = [kind for kind in KINDS if kind.tabular]
MAIN, PAPERS, CHANNELS, LAWS = "申辦項目", "應備文件", "申請方式", "法令依據"


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Book:
    return Book(tmp_path, monkeypatch)


def record(data: Path, ref: str) -> Record:
    return catalogue(data).entries[ref].record


def values(data: Path, ref: str) -> dict[str, Any]:
    return plain(record(data, ref), DEFAULT)


# --- A table as offices keep it

USUAL = """\
項目 | 代號 | 一句話回答 | 承辦單位 | 處理期限 | 應備證件 | 申請方式 | 規費 | 法令依據 | 發布日期
失業給付申請 | benefit | 失業的人可以領。 | 服務台 | 15日曆天 | 身分證正本；印章 | \
臨櫃；郵寄 | 免費 | 就業保險法第11條 | 2026-01-02
求職登記 | register | 找工作的人可以登記。 | 服 務 台 | 隨到隨辦 | 身分證正本 | \
臨櫃 | 免費 | 就業服務法；就業保險法第12條 | 2026-01-02
"""
BENEFIT = {
    "title": "失業給付申請",
    "id": "benefit",
    "summary": "失業的人可以領。",
    "unit": "unit:front-desk",
    "limit": {"value": 15, "unit": "day", "counting": "calendar"},
    "documents": [{"name": "身分證", "kind": "original"}, {"name": "印章"}],
    "channels": [{"type": "counter"}, {"type": "post"}],
    "fee": {"amount": 0},
    "legal_basis": [{"law": "就業保險法", "article": "11"}],
    "published": "2026-01-02",
}


def test_the_usual_headings_and_the_usual_cells_give_the_record(book: Book) -> None:
    data = book.office("services/all", sheet(USUAL))

    assert values(data, "service:benefit") == BENEFIT
    assert values(data, "service:register")["limit"] == {"unit": "immediate"}
    assert values(data, "service:register")["unit"] == "unit:front-desk"
    assert values(data, "service:register")["legal_basis"] == [
        {"law": "就業服務法"},
        {"law": "就業保險法", "article": "12"},
    ]


@pytest.mark.parametrize("old", ["項目", "承辦單位", "處理期限", "應備證件", "申請方式", "規費", "法令依據"])
@pytest.mark.parametrize("signs", ["{} ", "　{}", "*{}*", "({})", "{}："])
def test_signs_around_a_heading_do_not_matter(book: Book, old: str, signs: str) -> None:
    text = USUAL.replace(f"| {old} |", f"| {signs.format(old)} |", 1) if old != "項目" else signs.format("") + USUAL

    assert values(book.office("services/all", sheet(text)), "service:benefit") == BENEFIT


def service(field: str, cell: str) -> Sheet:
    """The table with a cell changed in its first row."""
    heading, first, _ = rows(USUAL)
    return Sheet([heading, [cell if name == field else old for name, old in zip(heading, first, strict=True)]])


@pytest.mark.parametrize(
    ("field", "cell", "key", "expected"),
    [
        ("處理期限", "6工作天", "limit", {"value": 6, "unit": "day", "counting": "working"}),
        ("處理期限", "6 工作日", "limit", {"value": 6, "unit": "day", "counting": "working"}),
        ("處理期限", "１５日曆天", "limit", {"value": 15, "unit": "day", "counting": "calendar"}),
        ("處理期限", "2小時", "limit", {"value": 2, "unit": "hour", "counting": "working"}),
        ("處理期限", "2時", "limit", {"value": 2, "unit": "hour", "counting": "working"}),
        ("處理期限", "1個月", "limit", {"value": 1, "unit": "month", "counting": "calendar"}),
        ("處理期限", "立即", "limit", {"unit": "immediate"}),
        ("規費", "200元", "fee", {"amount": 200}),
        ("規費", "1,200 元", "fee", {"amount": 1200}),
        ("規費", "新臺幣200元", "fee", {"amount": 200}),
        ("規費", "NT$200", "fee", {"amount": 200}),
        ("規費", "２００", "fee", {"amount": 200}),
        ("規費", "免收", "fee", {"amount": 0}),
        ("規費", "無", "fee", {"amount": 0}),
        ("應備證件", "戶口名簿影本2份", "documents", [{"name": "戶口名簿", "kind": "copy", "copies": 2}]),
        ("應備證件", "身分證正本或影本", "documents", [{"name": "身分證", "kind": "either"}]),
        ("應備證件", "身分證正影本1份", "documents", [{"name": "身分證", "kind": "either", "copies": 1}]),
        ("應備證件", "正本", "documents", [{"name": "正本"}]),
        ("應備證件", "照片2張", "documents", [{"name": "照片2張"}]),
        ("應備證件", "甲；乙↵丙影本", "documents", [{"name": "甲；乙"}, {"name": "丙", "kind": "copy"}]),
        ("申請方式", "臨櫃申請", "channels", [{"type": "counter"}]),
        ("申請方式", "親自辦理;通訊申請", "channels", [{"type": "counter"}, {"type": "post"}]),
        ("申請方式", "電話", "channels", [{"type": "phone"}]),
        ("申請方式", "線上 https://a.example/", "channels", [{"type": "online", "url": "https://a.example/"}]),
        ("法令依據", "就業保險法 第 11-1 條", "legal_basis", [{"law": "就業保險法", "article": "11-1"}]),
        ("法令依據", "勞動基準法第84條之1", "legal_basis", [{"law": "勞動基準法第84條之1"}]),
        ("法令依據", "就業保險法施行細則", "legal_basis", [{"law": "就業保險法施行細則"}]),
    ],
)
def test_a_cell_says_a_group_in_short(book: Book, field: str, cell: str, key: str, expected: object) -> None:
    own = service(field, cell.replace("↵", "\n"))

    assert values(book.office("services/all", own), "service:benefit")[key] == expected


@pytest.mark.parametrize(
    ("field", "cell", "place", "code"),
    [
        ("處理期限", "約兩週", "E2", "not-in-short"),
        ("處理期限", "15", "E2", "not-in-short"),
        ("處理期限", "15天", "E2", "limit-without-counting"),
        ("處理期限", "0日曆天", "E2", "out-of-range"),
        ("規費", "每份200元", "H2", "not-in-short"),
        ("申請方式", "臨櫃；託人", "G2", "not-in-short"),
        ("申請方式", "線上", "G2", "channel-without-url"),
        ("申請方式", "線上 www.a.example", "G2", "not-in-short"),
        ("應備證件", "甲影本100份", "F2", "out-of-range"),
    ],
)
def test_what_a_cell_cannot_say_is_marked_at_the_cell(book: Book, field: str, cell: str, place: str, code: str) -> None:
    assert book.problems("services/all", service(field, cell)) == [(place, code)]


def test_what_a_cell_may_say_in_short_is_said_to_who_does_not_know(book: Book) -> None:
    [problem] = found(book.office("services/all", service("處理期限", "約兩週")))

    assert problem.found == "約兩週"
    assert "15日曆天" in problem.message["zh"]
    assert "15日曆天" in problem.message["en"]


# --- Headings


def _sheets() -> Iterator[Any]:
    for kind in TABULAR:
        whole = layout(kind, DEFAULT)
        for columns, own in zip(sheets_of(kind, DEFAULT), (whole.main, *whole.children), strict=True):
            yield pytest.param(columns.columns, own, id=f"{kind.name}-{own.title}")


SHEETS = list(_sheets())
Columns = tuple[Column, ...]
FULL_WIDTH = {number: number + 0xFEE0 for number in range(0x21, 0x7F)}


def numbers_of(column: Column, own: SheetLayout) -> tuple[int, ...]:
    """A different number for each list that the sheet leaves open, counted from 0."""
    return tuple(range(1, column.at.count(EACH) - len(own.levels) + 1))


def path_of(column: Column, own: SheetLayout, numbers: tuple[int, ...]) -> At:
    """The path of a column with these numbers; those of the lists that the rows make stay open."""
    given, opened = iter(numbers), 0
    steps: list[str | int] = []
    for step in column.at:
        opened += step == EACH
        steps.append(next(given) if step == EACH and opened > len(own.levels) else step)
    return tuple(steps)


@pytest.mark.parametrize(("columns", "own"), SHEETS)
@pytest.mark.parametrize("author", ["zh", "en"])
def test_every_proposed_heading_is_understood(columns: Columns, own: SheetLayout, author: str) -> None:
    for column in columns:
        numbers = numbers_of(column, own)
        assert own.at(column.heading(author, numbers)) == path_of(column, own, numbers)


@pytest.mark.parametrize(("columns", "own"), SHEETS)
@pytest.mark.parametrize("author", ["zh", "en"])
def test_a_heading_may_be_written_in_other_ways(columns: Columns, own: SheetLayout, author: str) -> None:
    for column in columns:
        numbers = numbers_of(column, own)
        heading, path = column.heading(author, numbers), path_of(column, own, numbers)
        for other in (
            heading.upper(),
            heading.lower(),
            heading.replace(" ", ""),
            f" {'　'.join(heading)} ",
            heading.translate(FULL_WIDTH),
            heading.replace("（", " (").replace("）", ") "),
            heading.replace(" ", "\n"),
            f"*{heading}：",
        ):
            assert own.at(other) == path, other


@pytest.mark.parametrize(("columns", "own"), SHEETS)
def test_a_heading_has_other_names(columns: Columns, own: SheetLayout) -> None:
    for column in columns:
        numbers = numbers_of(column, own)
        for name in column.also:
            told = name
            for number in numbers:
                told = told.replace("#", str(number + 1), 1)
            assert own.at(told) == path_of(column, own, numbers), told


@pytest.mark.parametrize(("columns", "own"), SHEETS)
def test_the_dotted_path_of_a_field_is_a_heading(columns: Columns, own: SheetLayout) -> None:
    for column in columns:
        if column.at[0] in (RECORD, ORDER):
            continue
        numbers = numbers_of(column, own)
        path = path_of(column, own, numbers)
        # A sheet of entries has no need to say where it stands, if the path is that of its own entries.
        inside = path[2 * len(own.levels) :] if column.at.count(EACH) >= len(own.levels) else path
        steps = [str(step + 1) if isinstance(step, int) else step for step in inside if step != EACH]
        assert own.at(".".join(steps)) == path, steps


@pytest.mark.parametrize(("columns", "own"), SHEETS)
def test_no_two_columns_of_a_sheet_share_a_heading(columns: Columns, own: SheetLayout) -> None:
    for author in ("zh", "en"):
        headings = [column.label[author] for column in columns]
        assert sorted(headings) == sorted(set(headings))
    assert len({column.at for column in columns}) == len(columns)
    assert all(own.labels), own.title


@pytest.mark.parametrize(("columns", "own"), SHEETS)
def test_a_heading_without_its_number_means_the_first_entry(columns: Columns, own: SheetLayout) -> None:
    for column in columns:
        bare = column.label["zh"].replace("#", "")
        like = [other for other in columns if other.label["zh"].replace("#", "") == bare]
        if "#" in column.label["zh"] and like == [column]:
            assert own.at(bare) == path_of(column, own, (0,) * len(numbers_of(column, own)))


def test_a_heading_that_is_not_understood_names_the_nearest(book: Book) -> None:
    own = sheet(USUAL.replace("發布日期", "發佈日期"))
    [problem, missing, _] = found(book.office("services/all", own))

    assert (problem.code, problem.mark.line, problem.mark.column) == ("unknown-heading", 1, 10)
    assert problem.nearest == "發布日期"
    assert missing.code == "missing-field"


@pytest.mark.parametrize("heading", ["編號", "序號", "項次", "No.", "ＮＯ"])
def test_a_column_that_only_counts_the_rows_is_passed_over(book: Book, heading: str) -> None:
    table = [[heading if index == 0 else str(index), *row] for index, row in enumerate(rows(USUAL))]

    assert book.problems("services/all", Sheet(table, MAIN)) == []


@pytest.mark.parametrize("heading", ["承辦人身分證字號", "備註 1", "?", "title zh x", "項目（法文）"])
def test_a_column_that_nobody_knows_is_never_published_in_silence(book: Book, heading: str) -> None:
    [head, *body] = rows(USUAL)
    own = Sheet([[*head, heading], *([*row, "A123456789"] for row in body)])

    assert book.problems("services/all", own) == [("K1", "unknown-heading")]


def test_a_field_that_a_kind_lacks_is_named_by_its_path(book: Book) -> None:
    [head, *body] = rows(USUAL)
    own = Sheet([[*head, "category.colour"], *([*row, "red"] for row in body)])
    [problem] = found(book.office("services/all", own))

    assert (problem.code, problem.mark.column, problem.found) == ("unknown-key", 11, "colour")


@pytest.mark.parametrize(
    ("heading", "code"),
    [
        ("處理時限", "header-twice"),
        ("Time limit", "header-twice"),
        ("limit", "header-twice"),
        ("處理期限 單位", "header-clash"),
        ("limit.unit", "header-clash"),
        ("應備文件2 文件名稱", "header-clash"),
        ("項目名稱（中文）", "header-clash"),
        ("title.zh", "header-clash"),
        ("", "header-empty"),
    ],
)
def test_headings_that_mean_the_same_or_cross_are_refused(book: Book, heading: str, code: str) -> None:
    [head, *body] = rows(USUAL)
    own = Sheet([[*head, heading], *([*row, "x"] for row in body)], MAIN)

    assert book.problems("services/all", own) == [(f"{MAIN}!K1", code)]


def test_a_text_may_have_a_plain_column_beside_its_translation(book: Book) -> None:
    [head, *body] = rows(USUAL)
    own = Sheet([[*head, "項目名稱（英文）"], [*body[0], "Claim"], [*body[1], ""]])
    data = book.office("services/all", own)

    assert values(data, "service:benefit")["title"] == {"zh": "失業給付申請", "en": "Claim"}
    assert values(data, "service:register")["title"] == "求職登記"


def test_lists_of_texts_stand_side_by_side(book: Book) -> None:
    [head, *body] = rows(USUAL)
    more = ["申請資格（中文）", "申請資格（English）"]
    own = Sheet([[*head, *more], [*body[0], "甲\n乙", "A\nB"], [*body[1], "甲；乙；丙", "A; B"]])
    data = book.office("services/all", own)

    both = [{"zh": "甲", "en": "A"}, {"zh": "乙", "en": "B"}]
    assert values(data, "service:benefit")["eligibility"] == both
    assert values(data, "service:register")["eligibility"] == [*both, "丙"]


def test_a_translation_too_many_is_half_a_translation_at_its_cell(book: Book) -> None:
    [head, *body] = rows(USUAL)
    own = Sheet([[*head, "資格（中文）", "資格（英文）"], [*body[0], "甲", "A；B"]])

    assert book.problems("services/all", own) == [("K2", "half-translation")]


def test_numbered_columns_leave_gaps(book: Book) -> None:
    [head, *body] = rows(USUAL)
    at = head.index("應備證件")
    more = ["應備文件2 文件名稱", "應備文件2 份數", "應備文件4 文件名稱"]
    table = [[*head[:at], *head[at + 1 :], *more]]
    table += [
        [*row[:at], *row[at + 1 :], *own] for row, own in zip(body, (("甲", "2", "乙"), ("", "", "丙")), strict=True)
    ]
    data = book.office("services/all", Sheet(table))

    assert values(data, "service:benefit")["documents"] == [{"name": "甲", "copies": 2}, {"name": "乙"}]
    assert values(data, "service:register")["documents"] == [{"name": "丙"}]


# --- Where the table begins and ends


@pytest.mark.parametrize(
    "above",
    [
        pytest.param([["示範市勞工局申辦項目一覽表"]], id="title"),
        pytest.param([["申辦項目"]], id="title-that-could-be-a-heading"),
        pytest.param([["申辦項目一覽表", "", "", "製表：服務台"], ["更新日期", "2026-01-02"]], id="several-lines"),
        pytest.param([["示範市勞工局"], ["", ""], ["項目"], ["第1頁"]], id="gap"),
    ],
)
def test_lines_above_the_headings_are_passed_over_with_a_notice(book: Book, above: Rows) -> None:
    data = book.office("services/all", Sheet([*above, *rows(USUAL)], MAIN))
    [problem] = found(data)

    assert (str(problem.mark), problem.code) == (f"data/services/all.ods!{MAIN}!A1", "rows-above-heading")
    assert problem.level.value == "notice"
    assert problem.found == ("1" if len(above) == 1 else f"1–{len(above)}")


def test_a_fault_below_a_title_is_marked_at_its_own_cell(book: Book) -> None:
    table = [["申辦項目一覽表"], [], *rows(USUAL.replace("2026-01-02", "soon"))]

    assert book.problems("services/all", Sheet(table, MAIN)) == [
        (f"{MAIN}!A1", "rows-above-heading"),
        (f"{MAIN}!J4", "bad-date"),
        (f"{MAIN}!J5", "bad-date"),
    ]


def test_headings_are_looked_for_in_the_first_ten_rows_only(book: Book) -> None:
    above = [[f"第{number}列"] for number in range(1, 11)]

    assert book.problems("services/all", Sheet([*above[:9], *rows(USUAL)], MAIN)) == [
        (f"{MAIN}!A1", "rows-above-heading")
    ]
    assert (f"{MAIN}!A1", "unknown-heading") in book.problems("services/all", Sheet([*above, *rows(USUAL)], MAIN))


def test_a_note_below_the_table_is_no_record(book: Book) -> None:
    table = [*rows(USUAL), [], ["", "", "備註：規費依規費法收取"], ["", "", "製表人：某某"]]

    assert book.problems("services/all", Sheet(table, MAIN)) == [(f"{MAIN}!C5", "row-past-table")]


def test_a_row_without_an_id_inside_the_table_is_a_record_that_lacks_it(book: Book) -> None:
    table = [row if number != 2 else [row[0], "", *row[2:]] for number, row in enumerate(rows(USUAL))]

    assert book.problems("services/all", Sheet(table, MAIN)) == [(f"{MAIN}!A3", "missing-field")]


def test_empty_rows_inside_the_table_do_not_end_it(book: Book) -> None:
    head, first, second = rows(USUAL)
    data = book.office("services/all", Sheet([head, [], first, [], [], second], MAIN))

    assert {entry.record.id for entry in catalogue(data).of("service")} == {"benefit", "register"}


@pytest.mark.parametrize("blank", [" ", "\u2003", "\x85", "\u3000\u3000"])
def test_blanks_are_nothing_wherever_they_stand(book: Book, blank: str) -> None:
    head, first, second = rows(USUAL)
    table = [[blank], head, first, [blank, blank], second, [], ["", blank], [*[""] * 12, blank]]
    data = book.office("services/all", Sheet(table, MAIN))

    assert [problem.code for problem in found(data)] in ([], ["rows-above-heading"])
    assert {entry.record.id for entry in read(data).of("service")} == {"benefit", "register"}


def test_a_cell_beyond_the_headings_is_marked(book: Book) -> None:
    head, first, second = rows(USUAL)

    assert book.problems("services/all", Sheet([head, first, [*second, "", "多的"]], MAIN)) == [
        (f"{MAIN}!L3", "row-too-long")
    ]


def test_the_example_of_a_template_is_never_published(book: Book) -> None:
    table = rows(USUAL.replace("register", "example"))

    assert book.problems("services/all", Sheet(table, MAIN)) == [(f"{MAIN}!B3", "example-row")]


@pytest.mark.parametrize("author", ["zh", "en"])
@pytest.mark.parametrize("kind", [kind for kind in TABULAR if kind.name != "workday"], ids=lambda kind: kind.name)
def test_an_empty_template_holds_its_example_and_nothing_else_that_is_wrong(
    kind: Kind, author: str, book: Book
) -> None:
    empty = exports.template(kind, read(book.office(f"{kind.folder}/new")), author)
    name = empty.sheets[0].name

    [(place, code)] = book.problems(f"{kind.folder}/new", *tables(empty))

    assert code == "example-row"
    assert place.startswith(f"{name}!")
    assert place.endswith("2")


def test_an_example_left_in_a_sheet_of_parts_is_told_there(book: Book) -> None:
    main, papers, *others = parts(papers=PARTS[1] + "example | | 甲 | |\n")

    assert book.problems("services/all", main, papers, *others) == [(f"{PAPERS}!A6", "example-row")]


# --- Sheets

PARTS = (
    """\
代號 | 項目名稱 | 一句話回答 | 承辦單位 | 處理期限 | 規費 | 發布日期
benefit | 失業給付申請 | 失業的人可以領。 | front-desk | 15日曆天 | 免費 | 2026-01-02
register | 求職登記 | 可以登記。 | front-desk | 隨到隨辦 | 免費 | 2026-01-02
""",
    """\
資料代號 | 順序 | 文件名稱 | 正本或影本 | 份數
benefit | 2 | 印章 | |
register | | 身分證 | |
benefit | 1 | 身分證 | copy 影本 | 2
register | | 照片 | 正本 |
""",
    """\
資料代號 | 方式 | 線上申辦網址
benefit | counter 臨櫃 |
benefit | 線上 | https://a.example/
register | post |
""",
    """\
所屬代號 | 法規名稱（中文） | 法規名稱（English） | 條號
register | 就業服務法 | Employment Service Act | 21
benefit | 就業保險法 | | 11
""",
)


EMPTY = (f"{PAPERS}!B1", "header-empty")


def parts(**changed: str) -> list[Sheet]:
    """The sheets of a workbook of services; `papers="…"` gives another text for one."""
    texts = dict(zip(("main", "papers", "channels", "laws"), PARTS, strict=True)) | changed
    names = {"main": MAIN, "papers": PAPERS, "channels": CHANNELS, "laws": LAWS}
    return [sheet(text, names[part]) for part, text in texts.items()]


def test_sheets_are_joined_by_id_and_order(book: Book) -> None:
    data = book.office("services/all", *parts())
    benefit, register = values(data, "service:benefit"), values(data, "service:register")

    assert benefit["documents"] == [{"name": "身分證", "kind": "copy", "copies": 2}, {"name": "印章"}]
    assert benefit["channels"] == [{"type": "counter"}, {"type": "online", "url": "https://a.example/"}]
    assert benefit["legal_basis"] == [{"law": "就業保險法", "article": "11"}]
    assert register["documents"] == [{"name": "身分證"}, {"name": "照片", "kind": "original"}]
    assert register["legal_basis"] == [
        {"law": {"zh": "就業服務法", "en": "Employment Service Act"}, "article": "21"},
    ]


def test_the_order_of_sheets_does_not_matter(book: Book) -> None:
    data = book.office("services/all", *reversed(parts()))

    assert [own["name"] for own in values(data, "service:benefit")["documents"]] == ["身分證", "印章"]


@pytest.mark.parametrize(
    ("changed", "old", "new", "expected"),
    [
        ("papers", "register | | 照片", "registre | | 照片", [(f"{PAPERS}!A5", "row-without-record")]),
        ("papers", "register | | 照片", " | | 照片", [(f"{PAPERS}!A5", "row-without-key")]),
        ("papers", "benefit | 1", "benefit | 一", [(f"{PAPERS}!B4", "bad-order")]),
        ("papers", "benefit | 1", "benefit | 1.5", [(f"{PAPERS}!B4", "bad-order")]),
        ("papers", "benefit | 1", f"benefit | {'9' * 400}", [(f"{PAPERS}!B4", "bad-order")]),
        ("papers", "benefit | 1", "benefit | 2", [(f"{PAPERS}!B4", "order-twice")]),
        ("papers", "資料代號 | 順序", "順序 |", [(f"{PAPERS}!A1", "sheet-without-key"), EMPTY]),
        ("papers", "| 份數", "| 數量", [(f"{PAPERS}!E1", "unknown-heading")]),
        ("papers", "copy 影本 | 2", "copy 影本 | 二", [(f"{PAPERS}!E4", "wrong-type")]),
        ("papers", "copy 影本", "抄本", [(f"{PAPERS}!D4", "not-a-choice")]),
        ("papers", "照片 | 正本", " | 正本", [(f"{PAPERS}!D5", "missing-field")]),
        ("channels", "線上 | https://a.example/", "線上 | ", [(f"{CHANNELS}!B3", "channel-without-url")]),
        ("channels", "線上 | https://a.example/", "線上 | a.example", [(f"{CHANNELS}!C3", "bad-url")]),
        ("laws", "就業服務法 |", " |", [(f"{LAWS}!C2", "half-translation")]),
        ("main", "2026-01-02\nregister", "明天\nregister", [(f"{MAIN}!G2", "bad-date")]),
    ],
)  # fmt: skip
def test_a_fault_in_a_sheet_is_marked_at_its_cell(
    book: Book, changed: str, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    texts = dict(zip(("main", "papers", "channels", "laws"), PARTS, strict=True))

    assert book.problems("services/all", *parts(**{changed: vary(texts[changed], old, new)})) == expected


def test_an_order_that_is_used_twice_names_the_other_row(book: Book) -> None:
    [problem] = found(book.office("services/all", *parts(papers=vary(PARTS[1], "benefit | 1", "benefit | ２"))))
    [other] = problem.related

    assert (problem.mark.cell, other.cell) == ("B4", "B2")
    assert str(other) in problem.message["zh"]


def test_a_row_that_names_no_record_names_the_nearest(book: Book) -> None:
    [problem] = found(
        book.office("services/all", *parts(papers=vary(PARTS[1], "register | | 照片", "registre | | 照片")))
    )

    assert problem.nearest == "register"


def test_a_list_is_given_in_one_place(book: Book) -> None:
    main = [line.rstrip() for line in PARTS[0].strip().split("\n")]
    more = "\n".join(f"{line} | {cell}" for line, cell in zip(main, ("應備證件", "印章", ""), strict=True))
    reported = found(book.office("services/all", *parts(main=more)))

    assert [(str(problem.mark.sheet), problem.mark.cell, problem.code) for problem in reported] == [
        (PAPERS, "A4", "list-twice")
    ]
    assert f"{MAIN}!H2" in reported[0].message["en"]


def test_a_hidden_sheet_is_told_and_not_read(book: Book) -> None:
    main, papers, *others = parts()
    hidden = Sheet(papers.rows, PAPERS, hidden=True)

    assert book.problems("services/all", main, hidden, *others) == [(PAPERS, "hidden-sheet")]


def test_a_hidden_sheet_of_ours_is_no_fault(book: Book) -> None:
    lists = sheet("甲 | 乙\n1 | 2", "選單 Lists", hidden=True)

    assert book.problems("services/all", *parts(), lists, sheet("怎麼填", "說明 Help")) == []


def test_an_empty_sheet_is_no_fault(book: Book) -> None:
    assert book.problems("services/all", *parts(), Sheet([], "工作表4"), Sheet([[]], "工作表5", hidden=True)) == []


def test_a_sheet_that_means_nothing_is_told(book: Book) -> None:
    [problem] = found(book.office("services/all", *parts(), sheet("甲 | 乙", "應備文件表")))

    assert (problem.mark.sheet, problem.mark.cell, problem.code) == ("應備文件表", "", "sheet-unknown")
    assert problem.nearest == PAPERS


@pytest.mark.parametrize("name", ["工作表1", "Sheet1", "services", "SERVICES", "申辦項目", "Services ", "申辦 項目"])
def test_a_lone_sheet_may_be_called_anything(book: Book, name: str) -> None:
    data = book.office("services/all", sheet(USUAL, name))

    assert values(data, "service:benefit") == BENEFIT


@pytest.mark.parametrize("name", ["應備文件", "documents", "What to bring", "應備 文件", "ＤＯＣＵＭＥＮＴＳ"])
def test_a_sheet_of_parts_is_known_by_its_names(book: Book, name: str) -> None:
    main, papers, *others = parts()
    data = book.office("services/all", main, Sheet(papers.rows, name), *others)

    assert len(values(data, "service:benefit")["documents"]) == 2


def test_two_sheets_of_records_are_read_and_their_ids_are_held_against_each_other(book: Book) -> None:
    other = USUAL.replace("register", "other")
    [problem] = found(book.office("services/all", sheet(USUAL, "services"), sheet(other, "申辦項目")))
    [first] = problem.related

    assert (problem.code, problem.mark.sheet, problem.mark.cell) == ("duplicate-id", "申辦項目", "B2")
    assert (first.sheet, first.cell) == ("services", "B2")


def test_two_files_that_claim_an_id_name_each_other(book: Book) -> None:
    data = book.office("services/all", sheet(USUAL, MAIN))
    (data / "services/more.csv").write_text("代號,項目\nbenefit,失業給付\n", "utf-8")
    [problem] = [problem for problem in found(data) if problem.code == "duplicate-id"]

    assert str(problem.mark) == "data/services/more.csv:2:1"
    assert [str(mark) for mark in problem.related] == [f"data/services/all.ods!{MAIN}!B2"]


# --- Sheets with several levels

PLANS = """\
代號 | 計畫名稱 | 訂定機關 | 承辦單位 | 年度 | 計畫依據 | 計畫目標 | 實施期程 開始日 | 實施期程 結束日 | 發布日期
p | 服務計畫 | 示範市勞工局 | 服務台 | 115 | | 資訊透明 | 2026-01-01 | 2026-12-31 | 2026-01-02
"""
PLAN = PLANS.replace("計畫依據", "計畫依據1 依據文件").replace("| 115 | |", "| 115 | 市政府計畫 |")
MEASURES = """\
資料代號 | 構面代號 | 構面 | 指標代號 | 指標 | 次指標代號 | 次指標 | 措施代號 | 推動作法 | \
主辦單位 | 目標 預期績效 | 各季進度1 季別 | 各季進度1 完成比率 | 各季進度2 季別 | 各季進度2 完成比率
p | info | 資訊 | open | 透明 | flow | 流程 | sops | 流程上網 | \
服務台；示範市勞工局 | 全部上網 | 2026-Q1 | 25% | 2026-Q2 | 50%
p | info | | open | | flow | | forms | 表單上網 | unit:front-desk | | | | |
p | info | 資訊 | open | 透明 | | | faqs | 問答上網 | 服務台 | | | | |
p | info | | speed | 速度 | | | fast | 縮短 | 服務台 | | | | |
p | more | 其他 | other | 其他 | | | rest | 其他 | 服務台 | | | | |
"""


def test_measures_stand_in_their_dimensions_indicators_and_sub_indicators(book: Book) -> None:
    plan = record(book.office("plans/all", sheet(PLAN, "服務計畫"), sheet(MEASURES, "措施")), "plan:p")

    assert isinstance(plan, Plan)
    info, more = plan.dimensions
    transparency, speed = info.indicators
    assert (info.id, info.title.first, more.id) == ("info", "資訊", "more")
    assert [(sub.id, [measure.id for measure in sub.measures]) for sub in transparency.sub_indicators] == [
        ("flow", ["sops", "forms"])
    ]
    assert [measure.id for measure in transparency.measures] == ["faqs"]
    assert [measure.id for measure in speed.measures] == ["fast"]
    first = transparency.sub_indicators[0].measures[0]
    assert first.lead == ("unit:front-desk", "agency:labor-bureau")
    assert [(step.quarter, step.done) for step in first.progress] == [("2026-Q1", "25%"), ("2026-Q2", "50%")]
    assert plan.basis[0].title.first == "市政府計畫"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("| forms | 表單上網 |", "| Forms | 表單上網 |", [("措施!H3", "bad-id")]),
        ("| forms | 表單上網 |", "| sops | 表單上網 |", [("措施!H3", "part-id-twice")]),
        ("| speed | 速度 |", "| speed | |", [("措施!D5", "missing-field")]),
        ("p | info | | speed", "p | info | 資料 | speed", [("措施!C5", "group-differs")]),
        ("p | info | 資訊 | open | 透明 | |", "p | info | 資訊 | open | 公開 | |", [("措施!E4", "group-differs")]),
        ("25% | 2026-Q2 | 50%", "25% | 2026-Q2 | 500%", [("措施!O2", "percentage-over-100")]),
        ("縮短 | 服務台", "縮短 | 前台", [("措施!J5", "unknown-name")]),
        ("縮短 | 服務台", "縮短 | unit:desk", [("措施!J5", "unknown-reference")]),
        ("縮短 | 服務台", "縮短 | 服務台；前台", [("措施!J5", "unknown-name")]),
        ("縮短 | 服務台", "縮短 | ", [("措施!H5", "missing-field")]),
        ("p | more", "q | more", [("措施!A6", "row-without-record")]),
    ],
)
def test_a_fault_deep_inside_is_marked_at_its_cell(
    book: Book, old: str, new: str, expected: list[tuple[str, str]]
) -> None:
    measures = sheet(vary(MEASURES, old, new), "措施")

    assert book.problems("plans/all", sheet(PLAN, "服務計畫"), measures) == expected


def test_steps_keep_the_order_of_their_numbers(book: Book) -> None:
    main = """\
代號 | 流程名稱 | 承辦單位 | 目的 | 版次 | 核定 核定日期 | 核定 核定的職務 | 發布日期
flow | 流程 | 服務台 | 目的 | 2 | 2026-01-02 | 局長 | 2026-01-02
"""
    steps = """\
資料代號 | 順序 | 步驟代號 | 類型 | 步驟名稱 | 由哪個單位做 | \
下一步1 下一個步驟的代號 | 下一步1 在什麼情形下 | 下一步2 下一個步驟的代號 | 下一步2 在什麼情形下
flow | 30 | done | 結束 | 結案 | | | | |
flow | 10 | arrive | start 開始 | 收件 | 服務台 | check | | |
flow | 20 | check | decision | 審查 | | done | 齊全 | arrive | 缺件
"""
    sop = record(book.office("sops/all", sheet(main, "作業流程"), sheet(steps, "步驟")), "sop:flow")

    assert isinstance(sop, Sop)
    assert [step.id for step in sop.steps] == ["arrive", "check", "done"]
    assert [(way.to, way.when.first if way.when else "") for way in sop.steps[1].next] == [
        ("done", "齊全"),
        ("arrive", "缺件"),
    ]
    assert sop.version == "2"


# --- Numbers, dates and codes

NUMBERS = [
    pytest.param("46024", "number-not-date", "2026-01-02", id="days-since-1900"),
    pytest.param("20260102", "number-not-date", "2026-01-02", id="run-together"),
    pytest.param("1150102", "number-not-date", "2026-01-02", id="roc-run-together"),
    pytest.param("115", "number-not-date", "", id="a-year"),
    pytest.param("2026.1", "number-not-date", "", id="with-a-point"),
    pytest.param("9" * 30, "number-not-date", "", id="far-away"),
]


@pytest.mark.parametrize(("cell", "code", "nearest"), NUMBERS)
def test_a_number_where_a_date_should_be_is_told_as_such(book: Book, cell: str, code: str, nearest: str) -> None:
    own = service("發布日期", cell)
    [problem] = found(book.office("services/all", Sheet(own.rows, MAIN, frozenset({"J2"}))))

    assert (problem.mark.cell, problem.code, problem.nearest) == ("J2", code, nearest)


@pytest.mark.parametrize(
    ("cell", "code", "nearest"),
    [
        ("115/01/02", "roc-date", "2026-01-02"),
        ("115.1.2", "roc-date", "2026-01-02"),
        ("民國115年1月2日", "roc-date", "2026-01-02"),
        ("0115-01-02", "roc-date", "2026-01-02"),
        ("2026/1/2", "bad-date", "2026-01-02"),
        ("20260102", "bad-date", ""),
        ("46024", "bad-date", ""),
        ("２０２６-01-02", "bad-date", "2026-01-02"),
        ("２０２６／１／２", "bad-date", "2026-01-02"),
        ("2026-02-30", "impossible-date", ""),
    ],
)
def test_a_text_that_is_no_date_keeps_its_own_fault(book: Book, cell: str, code: str, nearest: str) -> None:
    own = service("發布日期", cell)
    [problem] = found(book.office("services/all", Sheet(own.rows, MAIN)))

    assert (problem.mark.cell, problem.code, problem.nearest) == ("J2", code, nearest)


def test_a_number_in_a_sheet_of_parts_is_told_as_such_too(book: Book) -> None:
    measures = vary(MEASURES, "目標 預期績效 |", "起訖日期 結束日 |").replace("全部上網", "46024")
    own = sheet(measures, "措施", "K2")

    assert book.problems("plans/all", sheet(PLAN, "服務計畫"), own) == [("措施!K2", "number-not-date")]


def test_a_number_that_is_what_it_should_be_is_no_fault(book: Book) -> None:
    own = sheet(PLAN, "服務計畫", "E2")
    measures = sheet(vary(MEASURES, "flow | 流程 | sops", "flow | 流程 | sops"), "措施")

    assert book.problems("plans/all", own, measures) == []


@pytest.mark.parametrize(
    ("heading", "cell", "code", "nearest"),
    [
        ("分類代碼 主題分類代碼", "61", "leading-zero-lost", "061"),
        ("分類代碼 主題分類代碼", "6", "leading-zero-lost", "006"),
        ("分類代碼 主題分類代碼", "6100", "bad-code", ""),
    ],
)
def test_a_code_that_lost_its_zero_is_told_as_such(
    book: Book, heading: str, cell: str, code: str, nearest: str
) -> None:
    head, first, _ = rows(USUAL)
    [problem] = found(book.office("services/all", Sheet([[*head, heading], [*first, cell]], MAIN, frozenset({"K2"}))))

    assert (problem.mark.cell, problem.code, problem.nearest) == ("K2", code, nearest)


UNITS = """\
代號 | 單位名稱 | 所屬機關 | 職掌 | 電話 | 信箱 | 發布日期
desk | 櫃台 | labor-bureau | 收件 | {} | a@b.example | 2026-01-02
"""


@pytest.mark.parametrize(
    ("cell", "code"),
    [("200001236", "leading-zero-lost"), ("1999", ""), ("12", "leading-zero-lost"), ("9" * 10, "bad-phone")],
)
def test_a_phone_that_lost_its_zero_is_told_as_such(book: Book, cell: str, code: str) -> None:
    own = sheet(UNITS.format(cell), "承辦單位", "E2")

    assert book.problems("units/all", own) == ([("承辦單位!E2", code)] if code else [])


def test_full_width_figures_are_read_or_named(book: Book) -> None:
    papers = vary(PARTS[1], "copy 影本 | 2", "copy 影本 | ２").replace("| 1 |", "| １ |")
    data = book.office("services/all", *parts(papers=papers))

    assert [(problem.mark.cell, problem.code) for problem in found(data)] == [("E4", "wrong-type")]


# --- Names instead of ids


@pytest.mark.parametrize(
    "cell",
    [
        "front-desk",
        "unit:front-desk",
        "front-desk 服務台",
        "服務台",
        "Front Desk",
        "front　DESK",
        "服務台 ",
        "front-desk 改了名",
    ],
)
def test_a_record_is_named_by_its_id_or_by_its_name(book: Book, cell: str) -> None:
    own = service("承辦單位", cell)

    assert values(book.office("services/all", own), "service:benefit")["unit"] == "unit:front-desk"


@pytest.mark.parametrize(
    ("cell", "code", "nearest"),
    [
        ("服務臺", "unknown-name", "服務台"),
        ("勞動檢查處", "unknown-name", ""),
        ("frontdesk", "unknown-reference", "unit:front-desk"),
        ("Back Office", "bad-reference", ""),
        ("agency:labor-bureau", "bad-reference", ""),
        ("示範市勞工局", "unknown-name", ""),
    ],
)
def test_a_name_that_nobody_has_is_marked_at_its_cell(book: Book, cell: str, code: str, nearest: str) -> None:
    own = service("承辦單位", cell)
    [problem] = found(book.office("services/all", Sheet(own.rows, MAIN)))

    assert (problem.mark.cell, problem.code, problem.nearest) == ("D2", code, nearest)


def test_a_name_may_stand_in_another_table(book: Book) -> None:
    data = book.office("services/all", service("承辦單位", "收發室"))
    table = rows(UNITS.format("1999").replace("櫃台", "收發室"))
    (data / "units/all.csv").write_text("\n".join(",".join(row) for row in table), "utf-8")

    assert values(data, "service:benefit")["unit"] == "unit:desk"


def test_a_name_that_two_records_share_names_neither(book: Book) -> None:
    data = book.office("services/all", Sheet(service("承辦單位", "服務台").rows, MAIN), units__other=UNIT)
    [problem] = found(data)

    assert (problem.mark.cell, problem.code) == ("D2", "unknown-name")


def test_a_name_may_be_that_of_a_broken_record(book: Book) -> None:
    broken = {"units__broken": vary(vary(UNIT, "服務台", "收發室"), "2026-01-02", "soon")}
    data = book.office("services/all", service("承辦單位", "收發室"), **broken)

    assert [str(problem.mark) for problem in found(data)] == ["data/units/broken.yml:7:12"]


def test_a_list_of_names_is_a_list_of_records(book: Book) -> None:
    head, first, second = rows(USUAL)
    faqs = """\
代號 | 問題 | 回答 | 承辦單位 | 相關申辦項目 | 發布日期
q | 問 | 答 | 服務台 | 失業給付申請；register 求職登記 | 2026-01-02
"""
    data = book.office("faqs/all", sheet(faqs))
    (data / "services").mkdir()
    lines = (",".join(f'"{cell}"' for cell in row) for row in (head, first, second))
    (data / "services/all.csv").write_text("\n".join(lines), "utf-8")

    assert values(data, "faq:q")["services"] == ["service:benefit", "service:register"]


# --- Choices


@pytest.mark.parametrize("cell", ["copy", "copy 影本", "影本", " copy ", "copy　影本"])
def test_a_choice_is_made_by_its_code_or_in_chinese(book: Book, cell: str) -> None:
    papers = vary(PARTS[1], "copy 影本", cell)

    assert (
        values(book.office("services/all", *parts(papers=papers)), "service:benefit")["documents"][0]["kind"] == "copy"
    )


@pytest.mark.parametrize(
    ("cell", "nearest"), [("cpy", "copy"), ("正本與影本", ""), ("複本", ""), ("影本 copy", "copy")]
)
def test_what_is_no_choice_is_marked_at_its_cell(book: Book, cell: str, nearest: str) -> None:
    [problem] = found(book.office("services/all", *parts(papers=vary(PARTS[1], "copy 影本", cell))))

    assert (problem.mark.sheet, problem.mark.cell) == (PAPERS, "D4")
    assert (problem.code, problem.nearest) == ("not-a-choice", nearest)


@pytest.mark.parametrize(("cell", "expected"), [("是", True), ("否", False), ("true", True), ("false", False)])
def test_yes_and_no_are_said_in_either_language(book: Book, cell: str, expected: bool) -> None:
    head, first, _ = rows(USUAL)
    own = Sheet([[*head, "內容為展示用的假設值"], [*first, cell]])

    assert record(book.office("services/all", own), "service:benefit").illustrative is expected


def test_a_list_of_choices_is_split(book: Book) -> None:
    head, first, _ = rows(USUAL)
    at = head.index("處理期限")
    more = ["處理期限 多久", "處理期限 單位", "處理期限 算法", "處理期限 不計入的時間"]
    own = Sheet(
        [
            [*head[:at], *head[at + 1 :], *more],
            [*first[:at], *first[at + 1 :], "15", "天", "工作天", "correction 補件；其他機關"],
        ]
    )
    benefit = record(book.office("services/all", own), "service:benefit")

    assert isinstance(benefit, Service)
    assert (benefit.limit.value, benefit.limit.unit, benefit.limit.counting) == (15, "day", "working")
    assert benefit.limit.excludes == ("correction", "other-agency")


# --- Reference tables


def test_a_reference_table_needs_no_id(book: Book) -> None:
    table = (
        "正式用語 | 民眾的說法（中文） | 同義詞（English）\n失業給付 | 失業補助；失業金 | dole\n求職登記 | 找工作 | "
    )
    data = book.office("synonyms/words", sheet(table))

    assert [plain(own.row, DEFAULT) for own in catalogue(data).rows["synonym"]] == [
        {"term": "失業給付", "words": {"zh": ["失業補助", "失業金"], "en": ["dole"]}},
        {"term": "求職登記", "words": ["找工作"]},
    ]


def test_two_rows_of_a_reference_table_with_one_key_name_each_other(book: Book) -> None:
    table = "分類 | 代碼 | 名稱\nservice 服務 | E10 | 求職\ntheme | 610 | 勞動\n服務 | E10 | 就業"
    [problem] = found(book.office("classification/codes", sheet(table, "分類代碼")))

    assert (problem.code, problem.mark.cell) == ("duplicate-id", "A4")
    assert [mark.cell for mark in problem.related] == ["A2"]


def test_the_site_may_have_one_language_in_its_tables(book: Book) -> None:
    site = vary(SITE, "  - {key: en, tag: en, name: English}\n", "")
    table = "代號 | 問題 | 回答 | 承辦單位 | 發布日期 | 問題（English）\nq | 問 | 答 | front-desk | 2026-01-02 | Q"
    data = book.office("faqs/all", sheet(table, "常見問答"))
    (data / "site.yml").write_text(site, "utf-8")
    reported = [problem for problem in found(data) if problem.mark.sheet]

    assert [(problem.mark.cell, problem.code) for problem in reported] == [("F1", "unknown-heading")]


@pytest.mark.parametrize("kind", TABULAR, ids=lambda kind: kind.name)
def test_every_sheet_has_a_name_of_its_own(kind: Kind) -> None:
    whole = layout(kind, DEFAULT)
    names = [name for own in (whole.main, *whole.children) for name in own.names]

    assert len(names) == len(set(names))
    assert not whole.ignored & set(names)
    assert all(own.title for own in (whole.main, *whole.children))


def test_sheets_of_entries_are_told_from_their_records() -> None:
    assert [own.title for own in layout(BY_NAME["service"], DEFAULT).children] == [PAPERS, CHANNELS, LAWS]
