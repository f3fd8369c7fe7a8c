"""ODS and XLSX: every value as its author sees it, every fault at its cell, and no bytes that do harm."""

import random
import string
import time
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mingshi.problems import Level, Problem
from mingshi.source.document import SourceFile
from mingshi.source.grid import Grids
from mingshi.source.workbook import read_workbook
from mingshi.source.workbook.archive import disguised
from mingshi.source.workbook.values import clean, say_number, say_percent
from mingshi.source.workbook.xlsx_formulas import shifted, shown
from mingshi.source.workbook.xlsx_styles import meaning
from sheets import tiny
from sheets.tiny import ODF, cell, ods, ods_parts, packed, row, text, xlsx, xlsx_parts

SHEETS = Path(__file__).parent / "sheets"
BOTH = pytest.mark.parametrize("kind", ["ods", "xlsx"])
Cells = dict[str, str]


def of(folder: Path, data: bytes, name: str = "x.ods") -> Grids:
    path = folder / name
    path.write_bytes(data)
    return read_workbook(SourceFile(path, name))


def made(name: str) -> Grids:
    return read_workbook(SourceFile(SHEETS / name, name))


def cells(grids: Grids, sheet: int = 0) -> Cells:
    """What is in the cells that hold anything, by their names."""
    grid = grids.sheets[sheet]
    places = ((row, index) for row in grid.rows for index, cell in enumerate(row.cells) if cell)
    return {grid.place(row.number, index).cell: row.cells[index] for row, index in places}


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str, str]]:
    """Where, what and what stands there."""
    return sorted((str(problem.mark), problem.code, problem.found) for problem in problems)


def codes(grids: Grids) -> list[str]:
    return [problem.code for problem in grids.problems]


def one(folder: Path, data: bytes) -> Cells:
    """The cells of a workbook in which nothing is wrong but formulas."""
    grids = of(folder, data)
    assert codes(grids) in ([], ["sheet-other-format"])
    return cells(grids)


# --- What office programs write


@BOTH
def test_every_type_of_value_is_read_as_its_author_sees_it(kind: str) -> None:
    grids = made(f"values.{kind}")

    assert cells(grids) == {
        "A1": "a\nb",
        "A2": "a   b",
        "A3": "noted",
        "A4": "plain bold link",
        "A5": "one\ntwo",
        "A6": "end of a paragraph\n",
        "A7": "'007",
        "A8": "007",
        "A9": "15",
        "A10": "0.1",
        "A11": "100000000000000000000",
        "A12": "80%",
        "A13": "12.5%",
        "A14": "15.5",
        "A15": "2026-01-02",
        "A16": "2026-01-02 08:30",
        "A17": "1895-05-01",
        "A18": "08:30",
        "A19": "30:30:15",
        "A20": "true",
        "B20": "false",
        "A21": "again",
        "B21": "again",
        "C21": "again",
        "A22": "twice",
        "A23": "twice",
        "B26": "late",
    }
    assert sorted(grids.sheets[0].numbers) == [(9, 0), (10, 0), (11, 0), (14, 0)]
    assert (grids.problems, grids.sheets[0].problems) == ((), ())


@BOTH
def test_rows_keep_their_numbers_and_empty_ones_are_left_out(kind: str) -> None:
    rows = made(f"values.{kind}").sheets[0].rows

    assert [row.number for row in rows] == [*range(1, 24), 26]
    assert rows[-1].cells == ("", "late")


@BOTH
def test_every_fault_of_a_sheet_is_told_at_its_cell(kind: str) -> None:
    place = f"faults.{kind}!工作表1!"

    assert told(made(f"faults.{kind}").sheets[0].problems) == [
        (f"{place}A11", "hidden-row", "11"),
        (f"{place}A5", "hidden-row", "5–8"),
        (f"{place}B2", "merged-cells", "B2:C2"),
        (f"{place}C9", "formula-error", "#DIV/0!"),
        (f"{place}D1", "hidden-column", "D"),
        (f"{place}E3", "formula-cell", "=C3+1"),
        (f"{place}E9", "formula-error", "#DIV/0!"),
        (f"{place}F2", "cell-spaces", "note"),
        (f"{place}F4", "control-character", "U+2028"),
    ]


@BOTH
def test_the_faults_of_a_column_are_counted(kind: str) -> None:
    english = {str(problem.mark.cell): problem.message["en"] for problem in made(f"faults.{kind}").sheets[0].problems}

    assert english["E3"].startswith("Formulas in this column: 2,")
    assert english["F2"].endswith("(cells like this in the column: 2)")
    assert english["C9"].endswith("(cells like this in the column: 2)")


@BOTH
def test_faults_have_their_levels(kind: str) -> None:
    levels = {problem.code: problem.level for problem in made(f"faults.{kind}").sheets[0].problems}

    assert levels.pop("cell-spaces") is Level.NOTICE
    assert levels.pop("formula-cell") is Level.WARNING
    assert set(levels.values()) == {Level.ERROR}


@BOTH
def test_what_is_wrong_is_read_all_the_same(kind: str) -> None:
    found = cells(made(f"faults.{kind}"))

    assert (found["B2"], found["E3"], found["F2"], found["A5"]) == ("merged", "2", "note", "d")


@BOTH
def test_a_hidden_sheet_is_marked_and_not_judged(kind: str) -> None:
    shown, hidden = made(f"faults.{kind}").sheets

    assert [(sheet.sheet, sheet.hidden) for sheet in (shown, hidden)] == [("工作表1", False), ("隱藏", True)]
    assert hidden.problems == ()


@BOTH
def test_a_year_of_the_republic_typed_as_a_date_is_read_as_it_was_typed(kind: str) -> None:
    assert list(cells(made(f"typed.{kind}")).values()) == ["0115-11-20", "2026-01-02", "1500-03-04", "08:30"]


@pytest.mark.parametrize("name", ["written.xlsx", "resaved.xlsx"])
def test_another_writer_and_the_calendar_of_1904(name: str) -> None:
    grids = made(name)

    assert cells(grids) == {
        "A1": "plain bold end",
        "B1": "2469134.5",
        "A2": "link",
        "C2": "merged",
        "A3": "2026-01-02",
        "A4": "2026-01-02",
        "A5": "08:30",
        "A6": "28.5%",
        "A7": "1234567.25",
        "A8": "false",
        "A9": "two\nlines\n",
        "A10": "_x000D_",
        "A11": "bell\a",
    }
    assert told(grids.sheets[0].problems) == [
        (f"{name}!資料!A11", "control-character", "U+0007"),
        (f"{name}!資料!A9", "hidden-row", "9"),
        (f"{name}!資料!B1", "formula-cell", "=A7*2"),
        (f"{name}!資料!C2", "merged-cells", "C2:D3"),
    ]
    assert sorted(grids.sheets[0].numbers) == [(1, 1), (7, 0)]
    assert [(sheet.sheet, sheet.hidden) for sheet in grids.sheets[1:2]] == [("藏", True)]


def test_a_workbook_with_a_password_is_refused() -> None:
    [problem] = made("encrypted.ods").problems

    assert (str(problem.mark), problem.code) == ("encrypted.ods:1:1", "sheet-encrypted")


# --- Values of ODS that LibreOffice would not write


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param(text("a<text:tab/>b"), "a\tb", id="tab"),
        pytest.param(text("a<text:line-break/>b"), "a\nb", id="line-break"),
        pytest.param(text("a \n\t  b"), "a b", id="line-breaks-of-the-file-collapse"),
        pytest.param(text("a  b"), "a  b", id="spaces-as-LibreOffice-writes-them"),
        pytest.param(text("a<text:s/><text:s/>b"), "a  b", id="spaces-stay"),
        pytest.param(
            text("<text:ruby><text:ruby-base>臺</text:ruby-base><text:ruby-text>ㄊ</text:ruby-text></text:ruby>"),
            "臺",
            id="ruby",
        ),
        pytest.param(text("a<office:annotation><text:p>n</text:p></office:annotation>"), "a", id="note-inside"),
        pytest.param(
            text("a").replace("</table:", "<drawing:frame><text:p>n</text:p></drawing:frame></table:"),
            "a",
            id="drawing",
        ),
        pytest.param(
            text("a")
            .replace("<text:p>", "<text:list><text:list-item><text:p>")
            .replace("</text:p>", "</text:p></text:list-item></text:list>"),
            "a",
            id="list",
        ),
        pytest.param(cell(value_type="float", value="1.5E+3"), "1500", id="exponent"),
        pytest.param(cell("<text:p>x</text:p>", value_type="float", value="nan"), "x", id="no-number"),
        pytest.param(cell("<text:p>x</text:p>", value_type="float", value="1e999"), "x", id="endless-number"),
        pytest.param(cell("<text:p>x</text:p>", value_type="date", date_value="soon"), "soon", id="no-date"),
        pytest.param(cell(value_type="date", date_value="2026-01-02T00:00:00"), "2026-01-02", id="midnight"),
        pytest.param(
            cell(value_type="date", date_value="2026-01-02T08:29:59.9999999"), "2026-01-02 08:30", id="fraction"
        ),
        pytest.param(cell(value_type="time", time_value="PT08H29M59.9999999S"), "08:30", id="fraction-of-a-time"),
        pytest.param(cell(value_type="time", time_value="-PT1H"), "-01:00", id="negative-time"),
        pytest.param(cell(value_type="time", time_value="P1DT1H"), "25:00", id="days"),
        pytest.param(cell("<text:p>untyped</text:p>"), "untyped", id="no-type"),
    ],
)
def test_values_of_ods(tmp_path: Path, written: str, expected: str) -> None:
    assert one(tmp_path, ods(row(written))) == {"A1": expected}


def test_what_stands_beside_the_cells_of_ods_is_not_in_them(tmp_path: Path) -> None:
    inner = row(text("x"))
    before = f'<table:tracked-changes><table:table table:name="old">{inner}</table:table></table:tracked-changes>'
    shapes = "<table:shapes><text:p>x</text:p></table:shapes>"
    nested = cell(f'<table:table table:name="inner">{inner}</table:table><text:p>a</text:p>')

    grids = of(tmp_path, ods(shapes + row(nested, text("b")), before))
    assert [sheet.sheet for sheet in grids.sheets] == ["S"]
    assert cells(grids) == {"A1": "a", "B1": "b"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("of:=SUM([.A1:.B2])*2", "=SUM(A1:B2)*2"),
        ("of:=[$Other.$A$1]", "=$Other.$A$1"),
        ("oooc:=[.A1]", "=A1"),
        ("A1+1", "=A1+1"),
    ],
)
def test_formulas_of_ods_are_shown_as_in_the_cell(tmp_path: Path, written: str, shown: str) -> None:
    grids = of(tmp_path, ods(row(cell("<text:p>1</text:p>", value_type="float", value="1", formula=written))))

    assert told(grids.sheets[0].problems) == [("x.ods!S!A1", "formula-cell", shown)]


def test_hidden_groups_and_columns_of_ods(tmp_path: Path) -> None:
    columns = (
        "<table:table-column/><table:table-column-group table:display='false'>"
        "<table:table-column table:number-columns-repeated='2'/></table:table-column-group><table:table-column/>"
    )
    filled = row(text("a"), text("b"), text("c"), text("d"))
    group = f"<table:table-row-group table:display='false'>{filled}{filled}</table:table-row-group>"

    grids = of(tmp_path, ods(columns + filled + group + filled))
    assert told(grids.sheets[0].problems) == [
        ("x.ods!S!A2", "hidden-row", "2–3"),
        ("x.ods!S!B1", "hidden-column", "B–C"),
    ]


# --- Values of XLSX that LibreOffice would not write


SHARED = (
    "<si><t>臺北</t><rPh sb='0' eb='2'><t>ㄊㄞˊ</t></rPh></si>"
    "<si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r></si>"
    "<si><t>a_x000D_\nb_x005F_x000D_</t></si><si><t>_xD83D__xDE00_</t></si>"
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        pytest.param('<c r="A1" t="s"><v>0</v></c>', "臺北", id="pronounced"),
        pytest.param('<c r="A1" t="s"><v>1</v></c>', "rich text", id="rich"),
        pytest.param('<c r="A1" t="s"><v>2</v></c>', "a\nb_x000D_", id="escapes"),
        pytest.param('<c r="A1" t="s"><v>3</v></c>', "😀", id="surrogates"),
        pytest.param('<c r="A1" t="inlineStr"><is><t>in</t></is></c>', "in", id="inline"),
        pytest.param(
            '<c r="A1" t="inlineStr"><is><r><t>in</t></r><rPh><t>x</t></rPh></is></c>', "in", id="inline-rich"
        ),
        pytest.param('<c r="A1" t="str"><v>a_x000A_b</v></c>', "a\nb", id="result"),
        pytest.param('<c r="A1" t="d"><v>2026-01-02T00:00:00</v></c>', "2026-01-02", id="iso"),
        pytest.param('<c r="A1" t="b"><v>1</v></c>', "true", id="truth"),
        pytest.param('<c r="A1"><v>0.80000000000000004</v></c>', "0.8", id="as-excel-writes-it"),
        pytest.param('<c r="A1" s="2"><v>0.80000000000000004</v></c>', "80%", id="percent"),
        pytest.param('<c r="A1" s="1"><v>46024.3541666667</v></c>', "2026-01-02 08:30", id="moment"),
        pytest.param('<c r="A1" s="1"><v>1</v></c>', "1900-01-01", id="first-day"),
        pytest.param('<c r="A1" s="1"><v>60</v></c>', "1900-02-29", id="day-that-never-was"),
        pytest.param('<c r="A1" s="1"><v>61</v></c>', "1900-03-01", id="first-of-march"),
        pytest.param('<c r="A1" s="1"><v>99999999</v></c>', "99999999", id="beyond-the-calendar"),
        pytest.param('<c r="A1" s="3"><v>1e300</v></c>', "1e+300", id="no-time"),
        pytest.param('<c r="A1" s="4"><v>46024</v></c>', "2026-01-02", id="roc"),
        pytest.param('<c r="A1" s="5"><v>3</v></c>', "3", id="word-in-the-format"),
        pytest.param('<c r="A1" s="999"><v>3</v></c>', "3", id="unknown-style"),
        pytest.param('<c r="A1"><v>x</v></c>', "x", id="no-number"),
        pytest.param('<c><v>1</v></c><c r="XYZ9"/>', "1", id="no-reference"),
    ],
)
def test_values_of_xlsx(tmp_path: Path, written: str, expected: str) -> None:
    assert one(tmp_path, xlsx(f'<row r="1">{written}</row>', SHARED)) == {"A1": expected}


def test_the_calendar_of_1904_and_the_standard_namespace(tmp_path: Path) -> None:
    data = xlsx(
        '<row r="1"><c r="A1" s="1"><v>44562</v></c></row>',
        since='<workbookPr date1904="1"/>',
        main="http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert one(tmp_path, data) == {"A1": "2026-01-02"}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("General", "number"),
        ("G/通用格式", "number"),
        ("0.00E+00", "number"),
        ('0"%"', "number"),
        (r"0\%", "number"),
        ("[Red]#,##0;[Blue]-0", "number"),
        ("[$NT$-404]#,##0.00", "number"),
        ('_-* #,##0.00_-;_-* "-"??_-', "number"),
        ('"days; "0', "number"),
        ("@", "number"),
        ("0%", "percent"),
        ("0.00%;[Red]-0.00%", "percent"),
        ("m/d/yy", "date"),
        ("[$-404]e/m/d", "date"),
        ('yyyy"年"m"月"d"日"', "date"),
        ("mmm", "date"),
        ("yyyy-mm-dd hh:mm", "date"),
        ("h:mm AM/PM", "time"),
        ("[h]:mm:ss", "time"),
        ("mm:ss.0", "time"),
        ('上午/下午hh"時"mm"分"', "time"),
    ],
)
def test_formats_tell_what_a_number_means(code: str, expected: str) -> None:
    assert meaning(code) == expected


def test_formulas_of_xlsx(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1+$B$1&amp;"B1"</f><v>2</v></c>'
        '<c r="B1"><f>NOW()</f></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>3</v></c><c r="B2"><f>NOW()</f><v></v></c></row>'
        '<row r="3"><c r="A3" t="str"><f>""</f><v></v></c><c r="C3" t="e"><f>A9/0</f><v>#DIV/0!</v></c></row>'
        '<row r="4"><c r="C4" t="str"><f>_xlfn.X(1)</f><v>Err:502</v></c>'
        '<c r="D4" t="str"><f>_xlfn.CONCAT(A1)</f><v>a</v></c></row>'
    )
    [sheet] = of(tmp_path, xlsx(rows), "x.xlsx").sheets

    assert told(sheet.problems) == [
        ("x.xlsx!S!A1", "formula-cell", '=B1+$B$1&"B1"'),
        ("x.xlsx!S!B1", "formula-without-value", "=NOW()"),
        ("x.xlsx!S!C3", "formula-error", "#DIV/0!"),
        ("x.xlsx!S!D4", "formula-cell", "=CONCAT(A1)"),
    ]
    assert ["column: 2" in problem.message["en"] for problem in sheet.problems] == [True, True, True, False]


def test_a_shared_formula_is_shown_as_its_other_cells_have_it() -> None:
    assert shown(shifted("A2+$B$1+LOG10(C3)&\"A2\"+'A1 x'!A1", 2, 1)) == "=B4+$B$1+LOG10(D5)&\"A2\"+'A1 x'!B3"
    assert shifted("A1", -1, 0) == "#REF!"


def test_a_formula_without_a_value_in_ods(tmp_path: Path) -> None:
    rows = row(cell(formula="of:=NOW()")) + row(cell(formula="of:=NOW()")) + row(text("", formula='of:=""'))
    [sheet] = of(tmp_path, ods(rows)).sheets

    assert told(sheet.problems) == [("x.ods!S!A1", "formula-without-value", "=NOW()")]


def test_five_hundred_formulas_are_one_problem(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="B{at}"><f>A{at}+1</f><v>2</v></c></row>' for at in range(1, 501))
    [problem] = of(tmp_path, xlsx(rows), "x.xlsx").sheets[0].problems

    assert (problem.mark.cell, problem.found) == ("B1", "=A1+1")
    assert "500" in problem.message["zh"]


@pytest.mark.parametrize("value", ["#REF!", "#N/A", "#NAME?", "Err:502", "錯誤:502"])
@BOTH
def test_an_error_pasted_as_text_is_an_error(tmp_path: Path, kind: str, value: str) -> None:
    written = ods(row(text(value))) if kind == "ods" else xlsx(f'<row><c t="str"><v>{value}</v></c></row>')

    assert told(of(tmp_path, written, f"x.{kind}").sheets[0].problems) == [(f"x.{kind}!S!A1", "formula-error", value)]


@pytest.mark.parametrize("value", ["#1", "#標籤", "Error", "Err: 5", "#"])
def test_what_only_looks_like_an_error_is_text(tmp_path: Path, value: str) -> None:
    assert of(tmp_path, ods(row(text(value)))).sheets[0].problems == ()


@BOTH
def test_merged_ranges(tmp_path: Path, kind: str) -> None:
    """One that is filled, one whose covered cell is filled, one that is empty, one that is far away."""
    if kind == "ods":
        two = {"number_columns_spanned": "2", "number_rows_spanned": "1"}
        covered = "<table:covered-table-cell><text:p>{}</text:p></table:covered-table-cell>"
        data = ods(
            row(text("a", **two), covered.format("")) + row(cell(**two), covered.format("x")) + row(cell(**two), cell())
        )
    else:
        rows = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="B2" t="str"><v>x</v></c></row>'
        merged = "".join(
            f'<mergeCell ref="{ref}"/>' for ref in ("A1:B1", "A2:B2", "A3:B3", "XFC9:XFD1048576", "nonsense")
        )
        data = xlsx(rows, after=f"<mergeCells>{merged}</mergeCells>")

    assert told(of(tmp_path, data, f"x.{kind}").sheets[0].problems) == [
        (f"x.{kind}!S!A1", "merged-cells", "A1:B1"),
        (f"x.{kind}!S!A2", "merged-cells", "A2:B2"),
    ]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" a ", ("a", True)),
        ("\u3000a\xa0\t", ("a", True)),
        ("a\n", ("a\n", False)),
        ("a\n\n \n", ("a\n", True)),
        ("\n\na\r\nb\r", ("a\nb\n", False)),
        ("a b", ("a b", False)),
        (" \n ", ("", False)),
    ],
)
def test_blanks_are_taken_off_but_a_line_break_at_the_end_stays(raw: str, expected: tuple[str, bool]) -> None:
    assert clean(raw) == expected


def test_numbers_are_told_as_short_as_they_are_exact() -> None:
    numbers = [15.0, -0.0, 0.1, 1e20, 1e300, 1e-7, 123456.789]

    assert [say_number(number) for number in numbers] == [
        "15", "0", "0.1", "100000000000000000000", "1e+300", "0.0000001", "123456.789",
    ]  # fmt: skip
    assert [say_percent(number) for number in (0.07, 0.285, 1.0, 0.0)] == ["7%", "28.5%", "100%", "0%"]


def test_the_name_of_a_sheet_cannot_break_a_report(tmp_path: Path) -> None:
    data = packed(
        {**ods_parts(""), "content.xml": tiny.content('<table:table table:name="a&#10;b&#x85;"/><table:table/>')}
    )

    assert [sheet.sheet for sheet in of(tmp_path, data).sheets] == ["a b", "#2"]


# --- What is not read


OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


@pytest.mark.parametrize(
    ("data", "code", "found"),
    [
        pytest.param(b"", "empty-file", "", id="empty"),
        pytest.param(ods(""), "empty-file", "", id="no-cells"),
        pytest.param("id,名稱\na,甲\n".encode(), "sheet-format", "CSV", id="csv"),
        pytest.param("id,名稱\na,甲\n".encode("big5"), "sheet-format", "CSV", id="csv-in-big5"),
        pytest.param("id,名稱\na,甲\n".encode("utf-16"), "sheet-format", "CSV", id="csv-in-utf-16"),
        pytest.param(b"\xef\xbb\xbfid\na\n", "sheet-format", "CSV", id="csv-with-bom"),
        pytest.param(b"<html><table><tr><td>a", "sheet-format", "HTML", id="html"),
        pytest.param(b"<?xml version='1.0'?><Workbook/>", "sheet-format", "XML", id="xml"),
        pytest.param(b"<?xml?><x m='oasis.opendocument.spreadsheet'/>", "sheet-format", ".fods", id="fods"),
        pytest.param(OLE + "Workbook".encode("utf-16-le"), "sheet-format", ".xls", id="xls"),
        pytest.param(OLE + "WordDocument".encode("utf-16-le"), "sheet-format", "Word", id="doc"),
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le"), "sheet-encrypted", "", id="encrypted-xlsx"),
        pytest.param(packed({"word/document.xml": "<w/>"}), "sheet-format", "Word", id="docx"),
        pytest.param(packed({"ppt/presentation.xml": "<p/>"}), "sheet-format", "PowerPoint", id="pptx"),
        pytest.param(packed({"xl/workbook.bin": "x"}), "sheet-format", ".xlsb", id="xlsb"),
        pytest.param(packed({"mimetype": ODF.replace("spreadsheet", "text")}), "sheet-format", ".odt", id="odt"),
        pytest.param(packed({"mimetype": ODF.replace("spreadsheet", "formula")}), "sheet-format", "ODF", id="odf"),
        pytest.param(packed({"readme.txt": "x"}), "sheet-format", "ZIP", id="zip"),
        pytest.param(b"PK\x05\x06" + bytes(18), "sheet-format", "ZIP", id="zip-of-nothing"),
        pytest.param(b"%PDF-1.7\n", "sheet-format", "PDF", id="pdf"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0", "sheet-format", "PNG", id="png"),
        pytest.param(b"PK", "sheet-unreadable", "ZIP", id="two-bytes"),
        pytest.param(b"\0\1\2\3", "sheet-unreadable", "ZIP", id="binary"),
        pytest.param(b"\xff\xfe\0", "sheet-unreadable", "ZIP", id="half-of-utf-16"),
        pytest.param(packed({**ods_parts(""), "../evil": ""}), "sheet-unreadable", "ZIP", id="path-upwards"),
        pytest.param(packed({**ods_parts(""), "/evil": ""}), "sheet-unreadable", "ZIP", id="path-from-the-root"),
        pytest.param(packed({"mimetype": ODF}), "sheet-unreadable", "content.xml", id="no-content"),
        pytest.param(
            packed(ods_parts("<"), zipfile.ZIP_BZIP2), "sheet-unreadable", "META-INF/manifest.xml", id="bzip2"
        ),
        pytest.param(
            packed({**ods_parts(""), "META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}),
            "sheet-encrypted", "", id="encrypted-ods",
        ),
        pytest.param(
            packed({**ods_parts(""), "content.xml": "<?xml version='1.0' encoding='big5'?><a/>"}),
            "sheet-unreadable", "big5", id="encoding",
        ),
    ],
)  # fmt: skip
def test_what_is_no_workbook_is_told_what_it_is(tmp_path: Path, data: bytes, code: str, found: str) -> None:
    [problem] = of(tmp_path, data).problems

    assert (str(problem.mark), problem.code, problem.found) == ("x.ods:1:1", code, found)


def test_a_file_too_large_or_missing_is_not_opened(tmp_path: Path) -> None:
    assert codes(of(tmp_path, bytes(16 * 1024 * 1024 + 1))) == ["file-too-large"]
    assert codes(read_workbook(SourceFile(tmp_path / "none.ods", "none.ods"))) == ["file-unreadable"]
    assert codes(read_workbook(SourceFile(tmp_path, "folder.ods"))) == ["file-unreadable"]


@pytest.mark.parametrize(
    ("data", "name", "found"),
    [
        (xlsx('<row><c t="str"><v>a</v></c></row>'), "x.ods", "XLSX"),
        (ods(row(text("a"))), "x.xlsx", "ODS"),
        (ods(row(text("a"))), "x.XLSM", "ODS"),
    ],
)
def test_the_other_format_is_read_with_a_notice(tmp_path: Path, data: bytes, name: str, found: str) -> None:
    grids = of(tmp_path, data, name)

    assert [(p.code, p.level, p.found) for p in grids.problems] == [("sheet-other-format", Level.NOTICE, found)]
    assert cells(grids) == {"A1": "a"}


@pytest.mark.parametrize("name", ["x.xlsx", "x.xlsm"])
def test_a_workbook_with_macros_is_read(tmp_path: Path, name: str) -> None:
    types = tiny.TYPES.replace("openxmlformats-officedocument.spreadsheetml.sheet", "ms-excel.sheet.macroEnabled")
    data = packed({**xlsx_parts('<row><c t="str"><v>a</v></c></row>'), "[Content_Types].xml": types})

    assert codes(of(tmp_path, data, name)) == []


def test_a_template_and_a_package_without_a_mimetype_are_read(tmp_path: Path) -> None:
    parts = ods_parts(row(text("a")))
    template = {**parts, "mimetype": ODF + "-template"}
    del parts["mimetype"]
    parts["META-INF/manifest.xml"] = f'<m full-path="/" media-type="{ODF}"/>'

    assert one(tmp_path, packed(template)) == one(tmp_path, packed(parts)) == {"A1": "a"}


def test_backslashes_and_capitals_in_the_names_of_parts_are_read(tmp_path: Path) -> None:
    parts = {
        name.replace("/", "\\").upper(): part for name, part in xlsx_parts('<row><c t="str"><v>a</v></c></row>').items()
    }

    assert one(tmp_path, packed(parts)) == {"A1": "a"}


def test_a_member_that_stands_twice_is_refused(tmp_path: Path) -> None:
    stream = BytesIO(ods(row(text("a"))))
    with zipfile.ZipFile(stream, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("content.xml", tiny.content(""))

    assert codes(of(tmp_path, stream.getvalue())) == ["sheet-unreadable"]


@pytest.mark.parametrize("mark", [b"PK\x03\x04", b"PK\x01\x02"])
def test_an_encrypted_member_is_told(tmp_path: Path, mark: bytes) -> None:
    data = bytearray(ods(row(text("a"))))
    for at in range(len(data)):
        if data[at : at + 4] == mark:
            data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1

    assert codes(of(tmp_path, bytes(data))) == (["sheet-encrypted"] if mark == b"PK\x01\x02" else [])


@BOTH
def test_half_a_file_is_damaged_wherever_it_ends(tmp_path: Path, kind: str) -> None:
    data = (SHEETS / f"faults.{kind}").read_bytes()

    for length in (*range(1, 40), *range(40, len(data), 97), len(data) - 23, len(data) - 1):
        assert codes(of(tmp_path, data[:length], f"x.{kind}")) == ["sheet-unreadable"], length


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
)
def test_a_part_that_is_no_xml_is_named(tmp_path: Path, part: str) -> None:
    [problem] = of(tmp_path, packed({**xlsx_parts(""), part: "<a><b></a>"}), "x.xlsx").problems

    assert (problem.code, problem.found) == ("sheet-unreadable", part)


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param('<row><c t="s"><v>7</v></c></row>', id="no-such-text"),
        pytest.param('<row><c t="s"><v>-1</v></c></row>', id="negative"),
        pytest.param('<row r="x"/>', id="row"),
        pytest.param('<row r="99999999999999999999"/>', id="long-row"),
        pytest.param('<row><c r="1A"/></row>', id="reference"),
        pytest.param('<row><c r="AAAAAAAAAAAAAAA1"/></row>', id="long-reference"),
    ],
)
def test_a_sheet_that_contradicts_itself_is_damaged(tmp_path: Path, rows: str) -> None:
    assert codes(of(tmp_path, xlsx(rows), "x.xlsx")) == ["sheet-unreadable"]


# --- Bombs


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "' + "a" * 50_000 + '">]><office:document-content '
    + tiny.NAMES + ">" + "&a;" * 1000 + "</office:document-content>"
)  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({**ods_parts(""), "content.xml": LAUGHS}, id="quadratic-entity"),
        pytest.param({**ods_parts(""), "content.xml": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'}, id="doctype"),
        pytest.param(ods_parts(row(text(" " * 150_000_000))), id="much-of-nothing"),
        pytest.param(ods_parts("<![CDATA[" + "<" * 12_000_001 + "]]>"), id="endless-tags"),
        pytest.param({**ods_parts(""), "content.xml": b"<a " + b"b" * 9_000_000}, id="endless-tag"),
        pytest.param(ods_parts(row(text('<text:s text:c="99999999"/>'))), id="endless-spaces"),
        pytest.param(ods_parts(row(text("a"), number_rows_repeated="99999999999")), id="absurd-repetition"),
        pytest.param(ods_parts(row(text("a"), number_rows_repeated="-1")), id="negative-repetition"),
        pytest.param(ods_parts("", '<table:table table:name="a"/>' * 1001), id="many-sheets"),
        pytest.param(
            ods_parts(row(text("a" * 2000, number_columns_repeated="400"), number_rows_repeated="4000")),
            id="repeated-text",
        ),
        pytest.param(
            xlsx_parts('<row><c t="s"><v>0</v></c></row>' * 9999, f"<si><t>{'a' * 99_999}</t></si>"),
            id="repeated-shared-text",
        ),
        pytest.param(
            xlsx_parts(
                "".join(f'<row><c r="SF{at}" t="b"><v>1</v></c></row>' for at in range(1, 3000)),
                after='<mergeCells><mergeCell ref="A1:SE9999"/><mergeCell ref="B1:SE9999"/></mergeCells>',
            ),
            id="overlapping-ranges",
        ),
    ],
)  # fmt: skip
def test_bombs_are_refused_soon(tmp_path: Path, parts: dict[str, str | bytes]) -> None:
    data = packed(parts)
    start = time.perf_counter()

    assert codes(of(tmp_path, data)) == ["sheet-bomb"]
    assert time.perf_counter() - start < 5


def test_what_unpacks_to_more_than_its_header_says_is_refused(tmp_path: Path) -> None:
    data = bytearray(packed({**ods_parts(""), "content.xml": b" " * 50_000_000}))
    for at in (data.index(b"content.xml") - 30 + 22, data.rindex(b"content.xml") - 46 + 24):
        data[at : at + 4] = (1000).to_bytes(4, "little")

    assert codes(of(tmp_path, bytes(data))) == ["sheet-unreadable"]


def test_more_members_than_any_workbook_has_are_refused(tmp_path: Path) -> None:
    many = packed({str(number): "" for number in range(10_001)}, zipfile.ZIP_STORED)

    assert codes(of(tmp_path, many)) == ["sheet-bomb"]


@pytest.mark.parametrize(
    ("name", "data", "cell"),
    [
        pytest.param(
            "x.xlsx", xlsx('<row r="1048576"><c r="XFD1048576" t="b"><v>1</v></c></row>'), "XFD1048576", id="xlsx"
        ),
        pytest.param(
            "x.xlsx", xlsx('<row r="1048576"><c r="C1048576" t="b"><v>1</v></c></row>'), "C1048576", id="far-down"
        ),
        pytest.param("x.xlsx", xlsx('<row r="1"><c r="SG1" t="b"><v>1</v></c></row>'), "SG1", id="far-right"),
        pytest.param("x.ods", ods(row(text("a", number_columns_repeated="16384"))), "XFD1", id="repeated-right"),
        pytest.param("x.ods", ods(row(text("a"), number_rows_repeated="1048576")), "A50001", id="repeated-down"),
        pytest.param(
            "x.ods",
            ods(row(text("a", number_columns_repeated="400"), number_rows_repeated="9999")),
            "OJ9999",
            id="both",
        ),
        pytest.param(
            "x.ods",
            ods(row(cell(), number_rows_repeated="1048575") + row(cell(number_columns_repeated="1023"), text("a"))),
            "AMJ1048576",
            id="ods",
        ),
        pytest.param("x.xlsx", xlsx('<row><c r="A1"><v>1</v></c></row>' * 50_001), "A50001", id="rows"),
    ],
)
def test_a_far_cell_is_refused_at_the_cell(tmp_path: Path, name: str, data: bytes, cell: str) -> None:
    [problem] = of(tmp_path, data, name).problems

    assert (str(problem.mark), problem.code) == (f"{name}!S!{cell}", "sheet-too-large")


def test_a_million_spaces_are_read_at_once(tmp_path: Path) -> None:
    assert one(tmp_path, ods(row(text("a" + " " * 1_000_000 + "b<text:s/>"))))["A1"].endswith(" b")


def test_the_faults_of_many_cells_are_not_told_without_end(tmp_path: Path) -> None:
    rows = row(text("a&#x85;", number_columns_repeated="2"), number_rows_repeated="600")
    merged = "".join(f'<mergeCell ref="A{at}:B{at}"/>' for at in range(1, 50_002))

    assert len(of(tmp_path, ods(rows)).sheets[0].problems) == 1000
    assert codes(of(tmp_path, xlsx("", after=merged), "x.xlsx")) == ["sheet-bomb"]


def test_formatted_cells_that_are_empty_do_no_harm(tmp_path: Path) -> None:
    end = row(cell(number_columns_repeated="16384"), number_rows_repeated="1048570", style_name="red")
    styled = "".join(f'<row r="{at}"><c r="XFD{at}" s="1"/></row>' for at in (1, 1048576))

    assert one(tmp_path, ods(row(text("a")) + end)) == {"A1": "a"}
    assert one(tmp_path, xlsx('<row r="1"><c r="A1" t="b"><v>1</v></c></row>' + styled)) == {"A1": "true"}


# --- Names that lie


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (ods(row(text("a"))), "ODS"),
        (xlsx(""), "XLSX"),
        ((SHEETS / "values.ods").read_bytes()[:4096], "ODS"),
        ((SHEETS / "written.xlsx").read_bytes()[:4096], "XLSX"),
        (OLE, ".xls"),
        (b"%PDF-1.4", "PDF"),
        (b"\x1f\x8b\x08", "GZIP"),
        (b"<!DOCTYPE html><html>", "HTML"),
        (b"id,name\na,b\n", ""),
        ("編號,名稱\n".encode("utf-16"), ""),
        (b"", ""),
    ],
)
def test_a_table_that_is_something_else_is_recognised(data: bytes, expected: str) -> None:
    assert disguised(data) == expected


# --- Whatever the bytes


FUZZ = settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def harmless(folder: Path, data: bytes) -> None:
    """Reads to sheets or problems, and every word of them can be said."""
    grids = of(folder, data)
    assert grids.sheets or grids.problems
    for problem in (*grids.problems, *(problem for sheet in grids.sheets for problem in sheet.problems)):
        assert problem.message["zh"]
        assert str(problem.mark).startswith("x.ods")


@FUZZ
@given(data=st.binary(max_size=300), start=st.sampled_from([b"", b"PK\x03\x04", OLE[:8], b"<?xml ", b"PK\x05\x06"]))
def test_any_bytes_are_harmless(tmp_path: Path, data: bytes, start: bytes) -> None:
    harmless(tmp_path, start + data)


def worn(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with a few of them wrong, gone or doubled."""
    mutable = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(mutable))
        length = chance.choice([1, 1, 1, 3, 40])
        mutable[at : at + length] = chance.choice([b"", bytes([chance.randrange(256)]), mutable[at : at + length] * 2])
    return bytes(mutable)


NAMES = st.sampled_from(["faults.ods", "values.ods", "faults.xlsx", "values.xlsx", "written.xlsx"])
SEEDS = st.integers(0, 2**32)


@FUZZ
@given(name=NAMES, seed=SEEDS)
def test_a_file_with_wrong_bytes_is_harmless(tmp_path: Path, name: str, seed: int) -> None:
    harmless(tmp_path, worn((SHEETS / name).read_bytes(), random.Random(seed)))


@FUZZ
@given(name=NAMES, seed=SEEDS)
def test_a_part_with_wrong_bytes_is_harmless(tmp_path: Path, name: str, seed: int) -> None:
    chance = random.Random(seed)
    with zipfile.ZipFile(SHEETS / name) as archive:
        parts: dict[str, str | bytes] = {part: archive.read(part) for part in archive.namelist()}
    part = chance.choice([part for part in parts if part.endswith((".xml", ".rels"))])
    content = parts[part]
    assert isinstance(content, bytes)
    harmless(tmp_path, packed({**parts, part: worn(content, chance)}, zipfile.ZIP_STORED))


PIECES = st.sampled_from(
    [
        "table:table", "table:table-row", "table:table-cell", "table:covered-table-cell", "table:table-column",
        "table:table-row-group", "text:p", "text:s", "text:tab", "office:annotation", "style:style", "table:shapes",
    ]
)  # fmt: skip
SAID = st.sampled_from(
    [
        'table:number-columns-repeated="3"', 'table:number-rows-repeated="7"', 'table:number-rows-spanned="2"',
        'table:visibility="collapse"', 'office:value-type="float"', 'office:value="x"', 'office:value="1e5"',
        'office:value-type="date"', 'office:date-value="0000-00-00"', 'office:value-type="time"', 'text:c="0"',
        'office:time-value="PTS"', 'table:formula=""', 'calcext:value-type="error"', 'table:display="false"',
        'text:c="9"',
    ]
)  # fmt: skip
CELL_PIECES = st.sampled_from(["row", "c", "v", "t", "is", "f", "rPh", "col", "mergeCell", "sheetData", "si"])
CELL_SAID = st.sampled_from(
    [
        'r="B2"', 'r="3"', 'r=""', 't="s"', 't="b"', 't="e"', 't="d"', 't="shared"', 'si="0"', 's="1"', 's="3"',
        's="x"', 'hidden="1"', 'min="1"', 'max="99999"', 'ref="A1:C3"', 'ref="B2:A1"', 'ref="A0:A0"',
    ]
)  # fmt: skip
WORDS = st.sampled_from(["", " ", "a ", "0", "1e400", "-5", "#REF!", "_x0000_", "_xD800_", "46024", "1e18", "\u2028"])


def markup(names: st.SearchStrategy[str], said: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Any tree of these elements; no attribute stands twice in one."""

    def element(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        attributes = st.lists(said, max_size=4, unique_by=lambda one: one.split("=")[0])
        return st.builds(
            lambda name, which, children: f"<{name} {' '.join(which)}>{''.join(children)}</{name}>",
            names, attributes, st.lists(inside, max_size=4),
        )  # fmt: skip

    return st.recursive(WORDS, element, max_leaves=25)


@FUZZ
@given(tree=markup(PIECES, SAID))
def test_any_markup_in_ods_is_harmless(tmp_path: Path, tree: str) -> None:
    harmless(tmp_path, packed(ods_parts(tree, tree), zipfile.ZIP_STORED))


@FUZZ
@given(tree=markup(CELL_PIECES, CELL_SAID))
def test_any_markup_in_xlsx_is_harmless(tmp_path: Path, tree: str) -> None:
    harmless(tmp_path, packed(xlsx_parts(tree, tree, tree), zipfile.ZIP_STORED))


@FUZZ
@given(
    parts=st.dictionaries(
        st.sampled_from(["content.xml", "META-INF/manifest.xml", *xlsx_parts("")])
        | st.text(string.printable, max_size=8),
        st.binary(max_size=60) | st.text(max_size=30) | st.sampled_from(list(xlsx_parts("").values())),
        max_size=6,
    ),
    mimetype=st.booleans(),
)
def test_any_zip_is_harmless(tmp_path: Path, parts: dict[str, str | bytes], mimetype: bool) -> None:
    first: dict[str, str | bytes] = {"mimetype": ODF} if mimetype else {"[Content_Types].xml": tiny.TYPES}
    harmless(tmp_path, packed({**first, **parts}, zipfile.ZIP_STORED))


def test_a_wrong_checksum_is_damage(tmp_path: Path) -> None:
    data = ods(row(text("a")))
    right = zlib.crc32(tiny.content("").encode()).to_bytes(4, "little")
    parts = packed({**ods_parts(""), "content.xml": tiny.content("")})

    assert codes(of(tmp_path, data)) == []
    assert codes(of(tmp_path, parts.replace(right, bytes(4)))) == ["sheet-unreadable"]
