"""Workbooks of a few cells, written by hand, for what no office program would write."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

ODF = "application/vnd.oasis.opendocument.spreadsheet"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "style", "drawing")
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
DAY, PERCENT, CLOCK, ROC, PLAIN = "1", "2", "3", "4", "5"
"""Styles of `xlsx`."""


def packed(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            # A fixed time, so that the same parts are the same bytes.
            info = zipfile.ZipInfo(name, (2026, 1, 2, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else method
            archive.writestr(info, content)
    return stream.getvalue()


def content(tables: str, styles: str = "") -> str:
    return (
        f"<office:document-content {NAMES} {CALC}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )


def ods_parts(rows: str, before: str = "") -> dict[str, str | bytes]:
    table = f'{before}<table:table table:name="S">{rows}</table:table>'
    return {"mimetype": ODF, "META-INF/manifest.xml": "<manifest/>", "content.xml": content(table)}


def ods(rows: str, before: str = "") -> bytes:
    return packed(ods_parts(rows, before))


def cell(inside: str = "", **attributes: str) -> str:
    """A cell of an ODS file: cell("<text:p>a</text:p>", value_type="string")"""
    names = {"value_type": "office", "value": "office", "date_value": "office", "time_value": "office"}
    said = " ".join(
        f"{names.get(name, 'table')}:{name.replace('_', '-')}={quoteattr(text)}" for name, text in attributes.items()
    )
    return f"<table:table-cell {said}>{inside}</table:table-cell>"


def text(*paragraphs: str, **attributes: str) -> str:
    inside = "".join(f"<text:p>{paragraph}</text:p>" for paragraph in paragraphs)
    return cell(inside, value_type="string", **attributes)


def row(*cells: str, **attributes: str) -> str:
    said = " ".join(f"table:{name.replace('_', '-')}={quoteattr(text)}" for name, text in attributes.items())
    return f"<table:table-row {said}>{''.join(cells)}</table:table-row>"


def xlsx_parts(
    rows: str, shared: str = "", after: str = "", before: str = "", since: str = "", main: str = MAIN
) -> dict[str, str | bytes]:
    """`rows` are the inside of sheetData, `before` and `after` what stands around it, `since` a workbookPr."""
    formats = ("General", "yyyy/mm/dd hh:mm", "0.0%", "h:mm", '[$-404]e"年"m"月"d"日"', '#,##0 "days"')
    codes = "".join(f"<numFmt numFmtId='{200 + at}' formatCode={quoteattr(code)}/>" for at, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + at}"/>' for at in range(len(formats)))
    related = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(
            [
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "/xl/sharedStrings.xml"),
                ("styles", "styles.xml"),
            ]
        )
    )
    return {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r0" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}">{since}'
        '<sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{related}</Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>'
        f"{after}</worksheet>",
        "xl/sharedStrings.xml": f'<sst xmlns="{main}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"><numFmts>{codes}</numFmts><cellStyleXfs><xf numFmtId="14"/>'
        f"</cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>",
    }


def xlsx(rows: str, shared: str = "", after: str = "", before: str = "", since: str = "", main: str = MAIN) -> bytes:
    return packed(xlsx_parts(rows, shared, after, before, since, main))
