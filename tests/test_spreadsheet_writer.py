"""The ODS and XLSX files that we write: what they hold, how they help who fills them, and that they never vary."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import pairwise
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from mingshi.exports.ods import ods
from mingshi.exports.workbook import EXACT, FIRST_DATE, SPARE_ROWS, Cell, Column, Sheet, Type, Workbook, tallness
from mingshi.exports.xlsx import LONGEST_TEXT, xlsx

Write = Callable[[Workbook], bytes]
BOTH = pytest.mark.parametrize("write", [ods, xlsx])

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT, STYLE = OASIS + "table:1.0}", OASIS + "office:1.0}", OASIS + "text:1.0}", OASIS + "style:1.0}"
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

UNITS = tuple(f"單位{number}" for number in range(500))
COLUMNS = (
    Column("代號 id", "這就是網址\nThe web address", required=True),
    Column("單位 unit", "從單位裡選\nOne of the units", "choice", UNITS, required=True),
    Column("對象 audience", "可選多項\nOne or several", "list", ("勞工", "O'Brien & <co>")),
    Column("公布日 published", "公開的日期\nThe day", "date"),
    Column("天數 days", "工作天\nWorking days", "number", width=9),
    Column("備註", ""),
)
ROW = ("parking-fee", "單位7", "勞工;雇主", date(2026, 3, 5), 7, None)
TEMPLATE = Workbook(
    (Sheet("服務 Services", COLUMNS, (ROW,)), Sheet("步驟's & Steps", (COLUMNS[1], COLUMNS[3]))),
    note=("請填第一張。", "Fill in the first sheet."),
    title="範本 Template",
)

ODD_TEXTS = (
    *("=1+1", "+1", "-1", "@x", "0912", "1.10", "TRUE", "#N/A", "2026-03-05", "_x0041_", "<r>a</r>", "<r> _x000A_</r>"),
    *(
        " a  b ",
        "   ",
        "a\tb",
        "\t\t",
        "a\n\n\tb ",
        "\n",
        "\n\na\n",
        "a\rb",
        "a\r\nb",
        "]]>&amp;&#10;<b>",
        "\u3000全形\u00a0",
    ),
    *("😀𠀀👩‍👩‍👧", "\u0085\u2028", "\ufeffx", "'quoted", '"', "x" * 300),
)
TEXTS = st.sampled_from(ODD_TEXTS) | st.text(
    st.characters(blacklist_categories=["Cs"], blacklist_characters="\ufffe\uffff").filter(lambda c: c >= " ")
    | st.sampled_from("\t\n\r &<_x"),
    max_size=30,
)
CELLS = st.none() | TEXTS | st.integers() | st.dates(date(1, 1, 1), date(2100, 12, 31))


def members(data: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def part(data: bytes, name: str) -> ET.Element:
    return ET.fromstring(members(data)[name])


def read_back(data: bytes) -> list[list[object]]:
    return [list(row) for row in CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()]


def as_read(cell: Cell) -> object:
    if isinstance(cell, date):
        return cell if cell >= FIRST_DATE else cell.isoformat()
    if isinstance(cell, int):
        return float(cell) if abs(cell) < EXACT else str(cell)
    return cell or ""


def paragraphs(element: ET.Element) -> str:
    return "\n".join("".join(line.itertext()) for line in element.findall(TEXT + "p"))


@BOTH
@settings(max_examples=80)
@given(rows=st.lists(st.tuples(st.just("row"), CELLS, CELLS, CELLS), max_size=6).map(tuple))
@example(rows=tuple(("row", text, None, text) for text in ODD_TEXTS))
@example(rows=(("row", date(1900, 2, 28), FIRST_DATE, date(2100, 12, 31)), ("row", EXACT - 1, -EXACT, 0)))
def test_what_is_written_reads_back(write: Write, rows: tuple[tuple[Cell, ...], ...]) -> None:
    types: tuple[Type, ...] = ("text", "text", "number", "date")
    columns = tuple(Column(f"{kind} {number}", "", kind) for number, kind in enumerate(types))
    data = write(Workbook((Sheet("資料", columns, rows),)))
    assert read_back(data)[1:] == [[as_read(cell) for cell in row] for row in rows]


@BOTH
def test_headings_read_back_as_they_are(write: Write) -> None:
    headings = ("必填 *", "a\nb", "<r>x</r>", " &'\"")
    data = write(Workbook((Sheet("s", tuple(Column(heading, "", required=True) for heading in headings)),)))
    assert read_back(data) == [list(headings)]


@BOTH
def test_the_same_workbook_gives_the_same_bytes_whatever_the_time(write: Write) -> None:
    data = write(TEMPLATE)
    assert write(TEMPLATE) == data
    with ZipFile(BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert all(b":20" not in content for name, content in members(data).items() if "Props" in name or "meta" in name)


@BOTH
def test_sheets_come_in_order_with_help_and_hidden_lists_last(write: Write) -> None:
    sheets = CalamineWorkbook.from_filelike(BytesIO(write(TEMPLATE))).sheets_metadata
    assert [sheet.name for sheet in sheets] == ["服務 Services", "步驟's & Steps", "說明 Help", "選單 Lists"]
    assert [sheet.visible == SheetVisibleEnum.Visible for sheet in sheets] == [True, True, True, False]


@BOTH
def test_without_drop_downs_there_are_no_lists(write: Write) -> None:
    data = write(Workbook((Sheet("s", (Column("a", ""),)),)))
    assert CalamineWorkbook.from_filelike(BytesIO(data)).sheet_names == ["s", "說明 Help"]


@BOTH
def test_the_help_sheet_lists_every_column(write: Write) -> None:
    sheet = CalamineWorkbook.from_filelike(BytesIO(write(TEMPLATE))).get_sheet_by_name("說明 Help").to_python()
    assert sheet[:7] == [
        ["範本 Template", "", ""],
        ["請填第一張。", "", ""],
        ["Fill in the first sheet.", "", ""],
        ["", "", ""],
        ["服務 Services", "", ""],
        ["欄位 Column", "說明 Help", "必填 Required"],
        ["代號 id", "這就是網址\nThe web address", "是 Yes"],
    ]
    assert ["對象 audience", "可選多項\nOne or several", ""] in sheet
    assert len(sheet) == 4 + 2 + len(COLUMNS) + 1 + 2 + 2


@BOTH
def test_nothing_is_merged_and_nothing_is_a_formula(write: Write) -> None:
    everything = b"".join(members(write(TEMPLATE)).values())
    assert b"spanned" not in everything
    assert b"mergeCell" not in everything
    assert b"<f>" not in everything
    assert b"table:formula" not in everything


def test_an_ods_file_is_packed_as_the_standard_says() -> None:
    data = ods(TEMPLATE)
    assert data[30:84] == b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
    with ZipFile(BytesIO(data)) as archive:
        assert archive.infolist()[0].compress_type == ZIP_STORED
    manifest = part(data, "META-INF/manifest.xml")
    listed = {path for entry in manifest for key, path in entry.items() if key.endswith("full-path")}
    assert listed == {"/", "content.xml", "styles.xml", "meta.xml", "settings.xml"}
    assert listed - {"/"} == set(members(data)) - {"mimetype", "META-INF/manifest.xml"}
    assert all(ET.fromstring(content) is not None for name, content in members(data).items() if name.endswith("xml"))


def test_documents_say_their_title_and_language() -> None:
    meta = "".join(part(ods(TEMPLATE), "meta.xml").itertext())
    assert "範本 Template" in meta
    assert "zh-TW" in meta
    assert "範本 Template" in "".join(part(xlsx(TEMPLATE), "docProps/core.xml").itertext())
    assert "zh-TW" in "".join(part(xlsx(TEMPLATE), "docProps/custom.xml").itertext())
    untitled = Workbook(TEMPLATE.sheets)
    assert "服務 Services" in "".join(part(ods(untitled), "meta.xml").itertext())


def test_headings_stay_in_sight_in_ods() -> None:
    config = OASIS + "config:1.0}"
    entries = part(ods(TEMPLATE), "settings.xml").iter(config + "config-item-map-entry")
    frozen = {
        entry.get(config + "name"): {item.get(config + "name"): item.text for item in entry}
        for entry in entries
        if entry.get(config + "name")
    }
    assert set(frozen) == {"服務 Services", "步驟's & Steps"}
    assert all(items["VerticalSplitMode"] == "2" for items in frozen.values())
    assert all(items["VerticalSplitPosition"] == "1" for items in frozen.values())


def test_headings_stay_in_sight_in_xlsx() -> None:
    panes = [part(xlsx(TEMPLATE), f"xl/worksheets/sheet{number}.xml").find(f".//{MAIN}pane") for number in (1, 2, 3)]
    assert [pane is not None and (pane.get("ySplit"), pane.get("state")) for pane in panes] == [
        ("1", "frozen"),
        ("1", "frozen"),
        False,
    ]


def test_ods_columns_have_formats_checks_and_comments() -> None:
    content = part(ods(TEMPLATE), "content.xml")
    table = next(content.iter(TABLE + "table"))
    styles = [column.get(TABLE + "default-cell-style-name") for column in table.findall(TABLE + "table-column")]
    assert styles == ["Text", "Text", "Text", "Date", "General", "Text"]
    header, data, spare, below = table.iter(TABLE + "table-row")
    assert [cell.get(TABLE + "style-name") for cell in header] == ["Required"] * 2 + ["Optional"] * 4
    notes = [cell.find(OFFICE + "annotation") for cell in header]
    assert [note is not None and paragraphs(note) for note in notes] == [
        *(column.comment for column in COLUMNS[:5]),
        False,
    ]
    names = [cell.get(TABLE + "content-validation-name") for cell in data]
    assert names == [*(f"check-1-{number}" for number in range(1, 6)), None]
    assert [cell.get(TABLE + "content-validation-name") for cell in spare] == names
    repeated = [int(row.get(TABLE + "number-rows-repeated", "1")) for row in (header, data, spare, below)]
    assert repeated[2] == SPARE_ROWS
    assert sum(repeated) == 1_048_576


def test_ods_checks_offer_refuse_and_explain() -> None:
    validations = list(part(ods(TEMPLATE), "content.xml").iter(TABLE + "content-validation"))
    assert [validation.get(TABLE + "condition") for validation in validations[:5]] == [
        None,
        "of:cell-content-is-in-list([$'選單 Lists'.$A$2:.$A$501])",
        "of:cell-content-is-in-list([$'選單 Lists'.$B$2:.$B$3])",
        "of:cell-content-is-date() and cell-content()>=DATE(1900;1;1)",
        "of:cell-content-is-whole-number() and cell-content()>=0",
    ]
    refusals = [validation.find(TABLE + "error-message") for validation in validations]
    shown = [refusal is not None and refusal.get(TABLE + "display") for refusal in refusals[:5]]
    assert shown == ["false", "true", "false", "true", "true"]
    asked = validations[1].find(TABLE + "help-message")
    assert asked is not None
    assert paragraphs(asked) == "必填 Required\n從單位裡選\nOne of the units"
    assert validations[5].get(TABLE + "base-cell-address") == "'步驟''s & Steps'.A2"


def test_xlsx_columns_have_formats_checks_and_comments() -> None:
    data = xlsx(TEMPLATE)
    sheet, styles = part(data, "xl/worksheets/sheet1.xml"), part(data, "xl/styles.xml")
    formats = {element.get("numFmtId"): element.get("formatCode") for element in styles.iter(MAIN + "numFmt")}
    formats |= {"0": "General", "49": "@"}
    cells = styles.findall(f"{MAIN}cellXfs/{MAIN}xf")
    looks = [formats[cells[int(column.get("style", "0"))].get("numFmtId")] for column in sheet.iter(MAIN + "col")]
    runs = [int(column.get("max", "0")) - int(column.get("min", "0")) + 1 for column in sheet.iter(MAIN + "col")]
    spread = [look for look, run in zip(looks, runs, strict=True) for _ in range(run)]
    assert spread == ["@", "@", "@", "yyyy-mm-dd", "General", "@"]
    notes = ["".join(note.itertext()) for note in part(data, "xl/comments1.xml").iter(MAIN + "comment")]
    assert notes == [column.comment for column in COLUMNS[:5]]


def test_xlsx_checks_offer_refuse_and_explain() -> None:
    checks = list(part(xlsx(TEMPLATE), "xl/worksheets/sheet1.xml").iter(MAIN + "dataValidation"))
    assert [(check.get("sqref"), check.get("type"), check.findtext(MAIN + "formula1")) for check in checks] == [
        ("A2:A2002", None, None),
        ("B2:B2002", "list", "'選單 Lists'!$A$2:$A$501"),
        ("C2:C2002", "list", "'選單 Lists'!$B$2:$B$3"),
        ("D2:D2002", "date", "1"),
        ("E2:E2002", "whole", "0"),
    ]
    assert [check.get("showErrorMessage") for check in checks] == [None, "1", None, "1", "1"]
    assert checks[1].get("prompt") == "必填 Required\n從單位裡選\nOne of the units"
    assert [check.get("error") for check in checks] == [None, *(column.refusal or None for column in COLUMNS[1:5])]
    assert checks[1].get("errorStyle") is None  # which is "stop"


@BOTH
def test_the_hidden_lists_hold_every_choice_once(write: Write) -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(write(TEMPLATE))).get_sheet_by_name("選單 Lists").to_python()
    assert [row[0] for row in rows] == ["單位 unit", *UNITS]
    assert [row[1] for row in rows[:4]] == ["對象 audience", "勞工", "O'Brien & <co>", ""]
    assert {len(row) for row in rows} == {2}


@pytest.mark.parametrize("letter", ["x", "字", "😀"])
def test_titles_and_prompts_keep_to_what_excel_allows(letter: str) -> None:
    column = Column(letter * 40, letter * 300, "date", required=True)
    for text, limit in ((column.title, 32), (column.prompt, 255)):
        assert limit - 2 < len(text.encode("utf-16-le")) // 2 <= limit
        assert text.endswith("…")
    workbook = Workbook((Sheet("s", (column,)),))
    [check] = part(xlsx(workbook), "xl/worksheets/sheet1.xml").iter(MAIN + "dataValidation")
    assert check.get("prompt") == column.prompt
    [validation] = part(ods(workbook), "content.xml").iter(TABLE + "content-validation")
    assert [message.get(TABLE + "title") for message in validation] == [column.title] * 2


@pytest.mark.parametrize("name", ["", "x" * 32, "😀" * 16, "a/b", "a[b]", "'a", "a'", "a\x00"])
def test_names_that_excel_refuses_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="cannot"):
        Sheet(name, COLUMNS)
    with pytest.raises(ValueError, match="cannot"):
        Workbook(TEMPLATE.sheets, lists_name=name)


def test_workbooks_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="name of its own"):
        Workbook((Sheet("a", COLUMNS), Sheet("A", COLUMNS)))
    with pytest.raises(ValueError, match="name of its own"):
        Workbook(())
    with pytest.raises(ValueError, match="1 cells, not 6"):
        Sheet("a", COLUMNS, (("x",),))


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_characters_that_no_file_can_hold_are_refused(character: str) -> None:
    with pytest.raises(ValueError, match="cannot hold the character"):
        Sheet("a", (Column("a", ""),), ((f"x{character}",),))
    with pytest.raises(ValueError, match="cannot hold the character"):
        Sheet("a", (Column("a", character),))
    with pytest.raises(ValueError, match="cannot hold the character"):
        Workbook(TEMPLATE.sheets, note=(character,))


def test_a_text_that_excel_would_cut_is_refused() -> None:
    def workbook(text: str) -> Workbook:
        return Workbook((Sheet("資料", (Column("a", ""),), ((text,),)),))

    whole = workbook("x" * LONGEST_TEXT)
    assert read_back(xlsx(whole))[1] == ["x" * LONGEST_TEXT]
    with pytest.raises(ValueError, match="資料, row 2: Excel holds"):
        xlsx(workbook("😀" * (LONGEST_TEXT // 2 + 1)))
    assert read_back(ods(workbook("x" * 40_000)))[1] == ["x" * 40_000]


def test_rows_are_as_tall_as_their_longest_text() -> None:
    assert tallness(("x", None, 7, ""), (1, 1, 1, 1)) == 1
    assert tallness(("字" * 10, "y"), (10, 10)) == 2
    assert tallness(("a\n\nb", "y" * 31), (10, 10)) == 4
    assert tallness(("\n" * 999,), (10,)) == 24
    workbook = Workbook((Sheet("s", (Column("a", "", width=10),), (("x",), ("a\nb",))),))
    rows = list(next(part(ods(workbook), "content.xml").iter(TABLE + "table")).iter(TABLE + "table-row"))
    assert [row.get(TABLE + "style-name") for row in rows[1:3]] == ["tall1", "tall2"]
    heights = [row.get("ht") for row in part(xlsx(workbook), "xl/worksheets/sheet1.xml").iter(MAIN + "row")]
    assert heights[1:] == [None, "33.75"]


def test_wide_sheets_name_their_columns_as_spreadsheets_do() -> None:
    columns = tuple(Column(str(number), "", "number") for number in range(703))
    validations = part(ods(Workbook((Sheet("s", columns),))), "content.xml").iter(TABLE + "content-validation")
    cells = [validation.get(TABLE + "base-cell-address", "")[4:-1] for validation in validations]
    assert [cells[number] for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert all((len(one), one) < (len(other), other) for one, other in pairwise(cells))
