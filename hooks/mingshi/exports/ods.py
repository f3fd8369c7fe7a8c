"""A workbook as an OpenDocument spreadsheet (ODF 1.2), its XML written here. Knows no kind."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from itertools import accumulate
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from mingshi.exports.workbook import (
    HELP_WIDTHS,
    MOST_LINES,
    SPARE_ROWS,
    Cell,
    Column,
    Sheet,
    Workbook,
    tallness,
    writable,
)

ROWS = 1_048_576
"""Of a whole sheet."""

_MEDIA = "application/vnd.oasis.opendocument.spreadsheet"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:style="{_OASIS}:style:1.0" xmlns:table="{_OASIS}:table:1.0" '
    f'xmlns:text="{_OASIS}:text:1.0" xmlns:number="{_OASIS}:datastyle:1.0" xmlns:meta="{_OASIS}:meta:1.0" '
    f'xmlns:config="{_OASIS}:config:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" '
    f'xmlns:svg="{_OASIS}:svg-compatible:1.0" xmlns:draw="{_OASIS}:drawing:1.0" '
    'xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2"'
)
_MANIFEST = f"""{_XML}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.2">
<manifest:file-entry manifest:full-path="/" manifest:version="1.2" manifest:media-type="{_MEDIA}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>
<manifest:file-entry manifest:full-path="settings.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"""
_STYLES = f"""{_XML}<office:document-styles {_SPACES}>
<office:font-face-decls><style:font-face style:name="Sans" svg:font-family="'Microsoft JhengHei'"/>\
</office:font-face-decls>
<office:styles>
<number:date-style style:name="Day"><number:year number:style="long"/><number:text>-</number:text>\
<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/></number:date-style>
<number:text-style style:name="Written"><number:text-content/></number:text-style>
<style:default-style style:family="table-cell">
<style:text-properties style:font-name="Sans" fo:font-size="11pt" fo:language="en" fo:country="US" \
style:font-name-asian="Sans" style:font-size-asian="11pt" style:language-asian="zh" style:country-asian="TW"/>
</style:default-style>
<style:style style:name="Default" style:family="table-cell">
<style:table-cell-properties style:vertical-align="top"/></style:style>
<style:style style:name="General" style:family="table-cell" style:parent-style-name="Default">
<style:table-cell-properties fo:wrap-option="wrap" fo:padding="0.08cm" fo:border="0.5pt solid #c8d0d8"/></style:style>
<style:style style:name="Text" style:family="table-cell" style:parent-style-name="General" \
style:data-style-name="Written"/>
<style:style style:name="Date" style:family="table-cell" style:parent-style-name="General" \
style:data-style-name="Day"><style:table-cell-properties style:text-align-source="fix"/>\
<style:paragraph-properties fo:text-align="start"/></style:style>
<style:style style:name="Optional" style:family="table-cell" style:parent-style-name="Text">
<style:table-cell-properties fo:background-color="#dce6ef" style:vertical-align="middle"/>
<style:text-properties fo:color="#1b2a38" fo:font-weight="bold" style:font-weight-asian="bold"/></style:style>
<style:style style:name="Required" style:family="table-cell" style:parent-style-name="Optional">
<style:table-cell-properties fo:background-color="#1f4e79"/>
<style:text-properties fo:color="#ffffff"/></style:style>
<style:style style:name="Title" style:family="table-cell" style:parent-style-name="Default">
<style:text-properties fo:color="#1f4e79" fo:font-size="14pt" style:font-size-asian="14pt" fo:font-weight="bold" \
style:font-weight-asian="bold"/></style:style>
<style:style style:name="Comment" style:family="graphic">
<style:graphic-properties draw:fill="solid" draw:fill-color="#fffbe6" draw:auto-grow-height="true"/></style:style>
</office:styles>
<office:automatic-styles>
<style:page-layout style:name="Page"><style:page-layout-properties fo:page-width="29.7cm" fo:page-height="21cm" \
style:print-orientation="landscape" fo:margin="1.2cm" style:scale-to="75%"/>
<style:header-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-bottom="0.3cm"/>\
</style:header-style><style:footer-style><style:header-footer-properties fo:min-height="0.8cm" fo:margin-top="0.3cm"/>\
</style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles>
<style:master-page style:name="Default" style:page-layout-name="Page">
<style:header><text:p><text:sheet-name>?</text:sheet-name></text:p></style:header>
<style:footer><text:p><text:page-number>1</text:page-number> / <text:page-count>1</text:page-count></text:p>\
</style:footer></style:master-page>
</office:master-styles>
</office:document-styles>
"""
_STYLE = {"text": "Text", "choice": "Text", "list": "Text", "date": "Date", "number": "General"}
_HELP_STYLE = {"title": "Title", "note": "Default", "heading": "Optional", "text": "Text"}
_CONDITION = {
    "date": ' table:condition="of:cell-content-is-date() and cell-content()&gt;=DATE(1900;1;1)"',
    "number": ' table:condition="of:cell-content-is-whole-number() and cell-content()&gt;=0"',
}
_FROZEN = (
    ("HorizontalSplitMode", "short", "0"),
    ("VerticalSplitMode", "short", "2"),
    ("VerticalSplitPosition", "int", "1"),
    ("ActiveSplitRange", "short", "2"),
    ("PositionBottom", "int", "1"),
)
_ODD = re.compile(r"[&<>\t\n\r]|^ | $|  ")
_WHITE = re.compile(r"\t|\r|^ +| +$|(?<= ) +")


@dataclass(frozen=True, slots=True)
class _Cells:
    """The attributes of the cells of a column: what they need beside the style of the column."""

    empty: str
    text: str
    number: str
    date: str


def ods(workbook: Workbook) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        _add(archive, "mimetype", [_MEDIA], ZIP_STORED)
        _add(archive, "content.xml", _content(workbook))
        _add(archive, "styles.xml", [_STYLES])
        _add(archive, "meta.xml", [_meta(workbook)])
        _add(archive, "settings.xml", [_settings(workbook)])
        _add(archive, "META-INF/manifest.xml", [_MANIFEST])
    return buffer.getvalue()


def _add(archive: ZipFile, name: str, parts: Iterable[str], packed: int = ZIP_DEFLATED) -> None:
    member = ZipInfo(name)  # dated 1980-01-01, so that the same workbook gives the same bytes
    member.compress_type = packed
    with archive.open(member, "w") as file:
        for part in parts:
            file.write(part.encode())


def _content(workbook: Workbook) -> Iterator[str]:
    lists = workbook.lists()
    hidden = (lists,) if lists.columns else ()
    yield f"{_XML}<office:document-content {_SPACES}>\n<office:automatic-styles>\n"
    yield from _automatic_styles((*workbook.sheets, *hidden))
    yield "</office:automatic-styles>\n<office:body><office:spreadsheet>\n"
    validations = "".join(_validations(workbook, lists))
    if validations:
        yield f"<table:content-validations>\n{validations}</table:content-validations>\n"
    for number, sheet in enumerate(workbook.sheets):
        yield from _table(sheet, "shown", [_check(number, index, column) for index, column in enumerate(sheet.columns)])
    yield from _help(workbook)
    for sheet in hidden:
        yield from _table(sheet, "hidden", [""] * len(sheet.columns))
    yield "</office:spreadsheet></office:body>\n</office:document-content>\n"


def _automatic_styles(sheets: tuple[Sheet, ...]) -> Iterator[str]:
    for name, shown in (("shown", "true"), ("hidden", "false")):
        yield f'<style:style style:name="{name}" style:family="table" style:master-page-name="Default">'
        yield f'<style:table-properties table:display="{shown}"/></style:style>\n'
    for width in sorted({column.width for sheet in sheets for column in sheet.columns} | set(HELP_WIDTHS)):
        yield f'<style:style style:name="wide{width}" style:family="table-column"><style:table-column-properties '
        yield f'style:column-width="{_centimetres(width):.2f}cm"/></style:style>\n'
    for lines in range(MOST_LINES + 1):
        height = f'style:row-height="{0.52 * lines + 0.17:.2f}cm" ' if lines else ""
        yield f'<style:style style:name="tall{lines}" style:family="table-row">'
        yield f'<style:table-row-properties {height}style:use-optimal-row-height="true"/></style:style>\n'


def _validations(workbook: Workbook, lists: Sheet) -> Iterator[str]:
    offers = {column.choices: number for number, column in enumerate(lists.columns)}
    for number, sheet in enumerate(workbook.sheets):
        for index, column in enumerate(sheet.columns):
            condition = _CONDITION.get(column.type, "")
            if column.choices:
                condition = _one_of(lists.name, _letters(offers[column.choices]), len(column.choices) + 1)
            if column.checked:
                yield f'<table:content-validation table:name="{_name(number, index)}"{condition} '
                yield f'table:base-cell-address="{_quoted(sheet.name)}.{_letters(index)}2">'
                yield f"{_messages(column)}</table:content-validation>\n"


def _name(sheet: int, column: int) -> str:
    return f"check-{sheet + 1}-{column + 1}"


def _check(sheet: int, index: int, column: Column) -> str:
    return f' table:content-validation-name="{_name(sheet, index)}"' if column.checked else ""


def _one_of(sheet: str, letter: str, last: int) -> str:
    cells = f"[${_quoted(sheet)}.${letter}$2:.${letter}${last}]"
    return f' table:condition="of:cell-content-is-in-list({cells})" table:display-list="unsorted"'


def _messages(column: Column) -> str:
    title = f'table:title="{escape(column.title)}"'
    shown = "true" if column.prompt else "false"
    asked = f'<table:help-message {title} table:display="{shown}">{_paragraphs(column.prompt)}</table:help-message>'
    refused = f'<table:error-message {title} table:message-type="stop" table:display='
    if column.refusal:
        return f'{asked}{refused}"true">{_paragraphs(column.refusal)}</table:error-message>'
    return f'{asked}{refused}"false"/>'


def _table(sheet: Sheet, style: str, checks: Sequence[str]) -> Iterator[str]:
    widths = [column.width for column in sheet.columns]
    yield f'<table:table table:name="{escape(sheet.name)}" table:style-name="{style}">\n'
    yield from (_column(column.width, _STYLE[column.type]) for column in sheet.columns)
    yield "\n<table:table-header-rows>"
    yield _row(map(_heading, sheet.columns, accumulate(map(_centimetres, widths))))
    yield "</table:table-header-rows>\n"
    cells = [_cells(column, check) for column, check in zip(sheet.columns, checks, strict=True)]
    for row in sheet.rows:
        yield _row(map(_cell, row, cells), lines=tallness(row, widths))
    spare = SPARE_ROWS if any(checks) else 0
    if spare:
        yield _row(map(_empty, checks), f' table:number-rows-repeated="{spare}"')
    # LibreOffice gives a column its style only where there are rows.
    below = f' table:number-rows-repeated="{ROWS - 1 - len(sheet.rows) - spare}"'
    yield _row([_empty("")] * len(checks), below)
    yield "</table:table>\n"


def _help(workbook: Workbook) -> Iterator[str]:
    yield f'<table:table table:name="{escape(workbook.help_name)}" table:style-name="shown">\n'
    yield from (_column(width, "Default") for width in HELP_WIDTHS)
    for look, texts in workbook.help():
        style = f' table:style-name="{_HELP_STYLE[look]}"'
        yield _row(_text(style, text) for text in texts or ("",))
    yield "</table:table>\n"


def _centimetres(width: int) -> float:
    return width * 0.2 + 0.2


def _column(width: int, style: str) -> str:
    return f'<table:table-column table:style-name="wide{width}" table:default-cell-style-name="{style}"/>'


def _row(cells: Iterable[str], repeated: str = "", lines: int = 0) -> str:
    """Of some lines, or of as many as the reader finds it needs."""
    return f'<table:table-row table:style-name="tall{lines}"{repeated}>{"".join(cells)}</table:table-row>\n'


def _heading(column: Column, end: float) -> str:
    style = f' table:style-name="{"Required" if column.required else "Optional"}"'
    if not column.comment:
        return _text(style, column.heading)
    place = (
        f'svg:x="{end + 0.4:.2f}cm" svg:y="0.1cm" svg:width="7.4cm" svg:height="{0.55 * column.comment_lines:.2f}cm"'
    )
    note = f'<office:annotation draw:style-name="Comment" {place}>{_paragraphs(column.comment)}</office:annotation>'
    return _text(style, column.heading, note)


def _cells(column: Column, check: str) -> _Cells:
    own = _STYLE[column.type]
    styles = (check if own == style else f'{check} table:style-name="{style}"' for style in ("Text", "General", "Date"))
    return _Cells(check, *styles)


def _cell(value: Cell, cells: _Cells) -> str:
    if isinstance(value, int | date):
        value = writable(value)
    if not value and value != 0:
        return _empty(cells.empty)
    if isinstance(value, str):
        return _text(cells.text, value)
    if isinstance(value, int):
        kind = f'{cells.number} office:value-type="float" office:value="{value}"'
    else:
        kind = f'{cells.date} office:value-type="date" office:date-value="{value}"'
    return f"<table:table-cell{kind}><text:p>{value}</text:p></table:table-cell>"


def _empty(attributes: str) -> str:
    return f"<table:table-cell{attributes}/>"


def _text(attributes: str, text: str, inside: str = "") -> str:
    if "\t" in text:  # LibreOffice and Calamine miss a tab in a paragraph, but not in an attribute.
        whole = escape(text).replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")
        attributes += f' office:string-value="{whole}"'
    return f'<table:table-cell{attributes} office:value-type="string">{inside}{_paragraphs(text)}</table:table-cell>'


def _paragraphs(text: str) -> str:
    if not _ODD.search(text):
        return f"<text:p>{text}</text:p>"
    return "".join(f"<text:p>{_WHITE.sub(_white, escape(line, quote=False))}</text:p>" for line in text.split("\n"))


def _white(found: re.Match[str]) -> str:
    """XML readers fold white space unless it is spelt out."""
    if found[0] == "\t":
        return "<text:tab/>"
    return "&#13;" if found[0] == "\r" else f'<text:s text:c="{len(found[0])}"/>'


def _quoted(sheet: str) -> str:
    name = sheet.replace("'", "''")
    return escape(f"'{name}'")


def _letters(number: int) -> str:
    """The name of a column: 0 is A, 26 is AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def _meta(workbook: Workbook) -> str:
    return (
        f"{_XML}<office:document-meta {_SPACES}><office:meta><meta:generator>Mingshi</meta:generator>"
        f"<dc:title>{escape(workbook.heading)}</dc:title><dc:language>zh-TW</dc:language>"
        "</office:meta></office:document-meta>\n"
    )


def _settings(workbook: Workbook) -> str:
    """How the sheets are first seen: the headings stay in sight."""
    frozen = "".join(_item(*item) for item in _FROZEN)
    tables = "".join(
        f'<config:config-item-map-entry config:name="{escape(sheet.name)}">{frozen}</config:config-item-map-entry>\n'
        for sheet in workbook.sheets
    )
    return (
        f"{_XML}<office:document-settings {_SPACES}><office:settings><config:config-item-set config:name="
        '"ooo:view-settings"><config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'{_item("ViewId", "string", "view1")}<config:config-item-map-named config:name="Tables">\n{tables}'
        f"</config:config-item-map-named>{_item('ActiveTable', 'string', escape(workbook.sheets[0].name))}"
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
        "</office:settings></office:document-settings>\n"
    )


def _item(name: str, kind: str, value: str) -> str:
    return f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
