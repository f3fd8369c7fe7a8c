"""Makes the workbooks of this folder, with LibreOffice and XlsxWriter: `python tests/sheets/make.py`.

They are committed, so that tests need neither program. Run it where both are installed, and read what changed.
"""

import importlib
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "number": "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xlink": "http://www.w3.org/1999/xlink",
    "of": "urn:oasis:names:tc:opendocument:xmlns:of:1.2",
}

_DAY = (
    '<number:year number:style="long"/><number:text>-</number:text><number:month number:style="long"/>'
    '<number:text>-</number:text><number:day number:style="long"/>'
)
_CLOCK = '<number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/>'
_SECONDS = '<number:text>:</number:text><number:seconds number:style="long"/>'
_NUMBER = '<number:number number:decimal-places="{}" number:min-integer-digits="1"/>'
STYLES = f"""
<number:percentage-style style:name="N1">{_NUMBER.format(1)}<number:text>%</number:text></number:percentage-style>
<number:date-style style:name="N2">{_DAY}</number:date-style>
<number:date-style style:name="N3">{_DAY}<number:text> </number:text>{_CLOCK}</number:date-style>
<number:time-style style:name="N4">{_CLOCK}</number:time-style>
<number:time-style style:name="N5" number:truncate-on-overflow="false">{_CLOCK}{_SECONDS}</number:time-style>
<number:boolean-style style:name="N6"><number:boolean/></number:boolean-style>
<number:currency-style style:name="N7"><number:currency-symbol>NT$</number:currency-symbol>{_NUMBER.format(2)}\
</number:currency-style>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="day" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="moment" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="clock" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="duration" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="truth" style:family="table-cell" style:data-style-name="N6"/>
<style:style style:name="money" style:family="table-cell" style:data-style-name="N7"/>
<style:style style:name="red" style:family="table-cell">
<style:table-cell-properties fo:background-color="#ff0000"/></style:style>
<style:style style:name="bold" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/></style:style>
"""


def cell(content: str = "", attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{content}</table:table-cell>"


def text(*paragraphs: str, attributes: str = "") -> str:
    """A cell of text; what looks like markup in it is markup."""
    return cell("".join(f"<text:p>{one}</text:p>" for one in paragraphs), f'office:value-type="string" {attributes}')


def value(kind: str, of: str, style: str = "Default", attributes: str = "") -> str:
    name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
    style = f'table:style-name="{style}"'
    return cell(attributes=f'office:value-type="{kind}" office:{name}="{of}" {style} {attributes}')


def formula(of: str) -> str:
    return cell(attributes=f'table:formula="of:={escape(of)}"')


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def table(name: str, *rows: str, attributes: str = "", columns: str = "") -> str:
    return f'<table:table table:name="{name}" {attributes}>{columns}{"".join(rows)}</table:table>'


def document(*tables: str) -> str:
    names = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in NAMESPACES.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body></office:document>"
    )


NOTE = "<office:annotation><dc:creator>me</dc:creator><text:p>a note</text:p></office:annotation>"

VALUES = document(
    table(
        "工作表1",
        row(text("a", "b")),
        row(text('a<text:s text:c="3"/>b')),
        row(cell(f"{NOTE}<text:p>noted</text:p>", 'office:value-type="string"')),
        row(
            text(
                'plain <text:span text:style-name="bold">bold</text:span> <text:a xlink:href="https://x.example/">link</text:a>'
            )
        ),
        row(text("one&#10;<text:line-break/>two")),
        row(text("end of a paragraph", "")),
        row(text("'007")),
        row(text("007")),
        row(value("float", "15")),
        row(value("float", "0.1")),
        row(value("float", "1e20")),
        row(value("percentage", "0.8", "percent")),
        row(value("percentage", "0.125", "percent")),
        row(value("currency", "15.5", "money")),
        row(value("date", "2026-01-02", "day")),
        row(value("date", "2026-01-02T08:30:00", "moment")),
        row(value("date", "1895-05-01", "day")),
        row(value("time", "PT08H30M00S", "clock")),
        row(value("time", "PT30H30M15S", "duration")),
        row(value("boolean", "true", "truth"), value("boolean", "false", "truth")),
        row(text("again", attributes='table:number-columns-repeated="3"')),
        row(text("twice"), attributes='table:number-rows-repeated="2"'),
        row(cell(), attributes='table:number-rows-repeated="2"'),
        row(cell(), text("late")),
        row(cell(attributes='table:style-name="red"'), attributes='table:number-rows-repeated="40"'),
        row(cell(attributes='table:number-columns-repeated="1024"'), attributes='table:number-rows-repeated="1000000"'),
    )
)

FAULTS = document(
    table(
        "工作表1",
        row(*(text(name) for name in ("id", "name", "fee", "hidden", "days", "note"))),
        row(
            text("a"),
            text("merged", attributes='table:number-columns-spanned="2" table:number-rows-spanned="1"'),
            "<table:covered-table-cell/>",
            text("x"),
            value("float", "5"),
            text(" note　"),
        ),
        row(text("b"), text("two"), value("float", "1"), cell(), formula("[.C3]+1"), text("note&#160;")),
        row(text("c"), text("three"), value("float", "2"), cell(), formula("[.C4]+1"), text("left\u2028right")),
        row(text("d"), attributes='table:visibility="collapse"'),
        row(text("e"), attributes='table:visibility="collapse"'),
        row(attributes='table:visibility="collapse"'),
        row(text("f"), attributes='table:visibility="collapse"'),
        row(text("g"), cell(), formula("1/0"), cell(), formula("[.C9]")),
        row(text("h"), cell(), text("#REF!")),
        row(text("i"), attributes='table:visibility="filter"'),
        row(attributes='table:visibility="collapse"'),
        row(cell(attributes='table:number-columns-spanned="3" table:number-rows-spanned="2"')),
        columns='<table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
        "<table:table-column/><table:table-column/>"
        '<table:table-column table:visibility="collapse" table:number-columns-repeated="3"/>',
    ),
    table("隱藏", row(text("x")), attributes='table:style-name="hidden"'),
)

TYPED = "115/11/20,2026/1/2,1500/3/4,08:30\n"
"""As a clerk types it into LibreOffice in Taiwan: the first is a date in the year 115."""

MACRO = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Module1" script:language="StarBasic">
Sub Encrypt(source As String, target As String)
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "FilterName"
  how(0).Value = "calc8"
  how(1).Name = "Password"
  how(1).Value = "secret"
  Dim hide(0) As New com.sun.star.beans.PropertyValue
  hide(0).Name = "Hidden"
  hide(0).Value = True
  book = StarDesktop.loadComponentFromURL(source, "_blank", 0, hide())
  book.storeToURL(target, how())
  book.close(True)
  StarDesktop.terminate()
End Sub
</script:module>
"""
LIBRARY = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false">
 <library:element library:name="Module1"/>
</library:library>
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "values.fods").write_text(VALUES, "utf-8")
        (work / "faults.fods").write_text(FAULTS, "utf-8")
        (work / "typed.csv").write_text(TYPED, "utf-8")
        for kind in ("ods", "xlsx"):
            convert(work, kind, work / "values.fods")
            convert(work, kind, work / "faults.fods")
            convert(work, kind, work / "typed.csv", "--infilter=CSV:44,34,76,1,,1028,false,true")
        encrypt(work, HERE / "typed.ods", HERE / "encrypted.ods")
        written(HERE / "written.xlsx")
        convert(work, "xlsx:Calc MS Excel 2007 XML", HERE / "written.xlsx", into=work)
        (work / "written.xlsx").rename(HERE / "resaved.xlsx")


def office(work: Path, *arguments: str) -> None:
    command = ["soffice", f"-env:UserInstallation={(work / 'profile').as_uri()}", "--headless", *arguments]
    subprocess.run(command, check=True, timeout=120)


def convert(work: Path, kind: str, source: Path, *options: str, into: Path = HERE) -> None:
    office(work, "--convert-to", kind, *options, "--outdir", str(into), str(source))


def encrypt(work: Path, source: Path, target: Path) -> None:
    library = work / "profile/user/basic/Standard"
    (library / "Module1.xba").write_text(MACRO, "utf-8")
    (library / "script.xlb").write_text(LIBRARY, "utf-8")
    office(work, f'macro:///Standard.Module1.Encrypt("{source.as_uri()}","{target.as_uri()}")')


def written(path: Path) -> None:
    """A workbook by another writer: rich text, links, a calendar that starts in 1904, formulas never calculated."""
    book = importlib.import_module("xlsxwriter").Workbook(path, {"date_1904": True})
    sheet = book.add_worksheet("資料")
    bold, share = book.add_format({"bold": True}), book.add_format({"num_format": "0.0%"})
    day, clock = book.add_format({"num_format": "yyyy/mm/dd"}), book.add_format({"num_format": "[$-404]AM/PM hh:mm"})
    roc = book.add_format({"num_format": '[$-404]e"年"m"月"d"日"'})
    sheet.write_rich_string("A1", "plain ", bold, "bold", " end")
    sheet.write_url("A2", "https://x.example/", string="link")
    sheet.write_datetime("A3", datetime(2026, 1, 2), day)
    sheet.write_datetime("A4", datetime(2026, 1, 2), roc)
    sheet.write_number("A5", 0.354166666666667, clock)
    sheet.write_number("A6", 0.285, share)
    sheet.write_number("A7", 1234567.25, book.add_format({"num_format": '#,##0.00 "days"'}))
    sheet.write_boolean("A8", False)
    sheet.write_string("A9", "two\nlines\r\n")
    sheet.write_string("A10", "_x000D_")
    sheet.write_string("A11", "bell\a")
    sheet.write_formula("B1", "=A7*2", None, 2469134.5)
    sheet.write_comment("A1", "a note")
    sheet.merge_range("C2:D3", "merged")
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.set_column("F:G", None, None, {"hidden": True})
    book.add_worksheet("藏").hide()
    book.add_chartsheet("圖表").set_chart(_chart(book))
    book.close()


def _chart(book: object) -> object:
    chart = book.add_chart({"type": "column"})  # type: ignore[attr-defined]
    chart.add_series({"values": "=資料!$A$6:$A$7"})
    return chart


if __name__ == "__main__":
    main()
