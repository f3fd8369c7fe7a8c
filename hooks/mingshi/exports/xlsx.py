"""A workbook as an Excel file. The only door to XlsxWriter; knows no kind."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook as File  # type: ignore[import-untyped]
from xlsxwriter.utility import xl_range_abs  # type: ignore[import-untyped]

from mingshi.exports.workbook import HELP_WIDTHS, SPARE_ROWS, Cell, Column, Sheet, Workbook, length, tallness, writable

LONGEST_TEXT = 32_767
"""The most that a cell of Excel holds; it would drop the rest without a word."""
LINE, TITLE = 16, 24
"""The height of a line and of a title, in points."""

_DAY_ONE = datetime(1980, 1, 1)
"""When every file is said to be made, so that the same workbook gives the same bytes."""
_FONT = "Microsoft JhengHei"
_PLAIN = {"font_name": _FONT, "font_size": 11, "valign": "top"}
_CELL = _PLAIN | {"text_wrap": True, "border": 1, "border_color": "#C8D0D8"}
_HEADING = _CELL | {"num_format": "@", "bold": True, "valign": "vcenter"}
_LOOKS: Mapping[str, Mapping[str, Any]] = {
    "text": _CELL | {"num_format": "@"},
    "number": _CELL,
    "date": _CELL | {"num_format": "yyyy-mm-dd", "align": "left"},
    "heading": _HEADING | {"bg_color": "#DCE6EF", "font_color": "#1B2A38"},
    "required": _HEADING | {"bg_color": "#1F4E79", "font_color": "#FFFFFF"},
    "title": _PLAIN | {"bold": True, "font_size": 14, "font_color": "#1F4E79"},
    "note": _PLAIN,
}
_LOOK = {"text": "text", "choice": "text", "list": "text", "date": "date", "number": "number"}
_CONDITION: Mapping[str, Mapping[str, Any]] = {
    "date": {"validate": "date", "criteria": ">=", "value": date(1900, 1, 1)},
    "number": {"validate": "integer", "criteria": ">=", "value": 0},
}

Looks = Mapping[str, Any]
"""The formats of the file that is being written, by name."""


def xlsx(workbook: Workbook) -> bytes:
    buffer = BytesIO()
    file = File(buffer, {"in_memory": True})
    file.set_properties({"title": workbook.heading, "created": _DAY_ONE})
    file.set_custom_property("Language", "zh-TW", "text")
    looks = {name: file.add_format(look) for name, look in _LOOKS.items()}
    lists = workbook.lists()
    for sheet in workbook.sheets:
        page = _page(file, sheet, looks)
        _check(page, sheet, lists)
    _help(file, workbook, looks)
    if lists.columns:
        _page(file, lists, looks).hide()
    file.close()
    return buffer.getvalue()


def _new(file: Any, name: str) -> Any:
    page = file.add_worksheet(name)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_print_scale(75)
    page.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
    page.set_header("&C&A")
    page.set_footer("&C&P / &N")
    return page


def _page(file: Any, sheet: Sheet, looks: Looks) -> Any:
    page = _new(file, sheet.name)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for index, column in enumerate(sheet.columns):
        page.set_column(index, index, column.width, looks[_LOOK[column.type]])
        _write_text(page, (0, index), column.heading, looks["required" if column.required else "heading"])
        if column.comment:
            page.write_comment(0, index, column.comment, _comment(column))
    widths = [column.width for column in sheet.columns]
    page.set_row(0, LINE * tallness([column.heading for column in sheet.columns], widths) + 8)
    for number, row in enumerate(sheet.rows, 1):
        tall = tallness(row, widths)
        if tall > 1:
            page.set_row(number, LINE * tall + 2)  # or LibreOffice shows the first line alone
        for index, value in enumerate(row):
            if value is not None:
                _write(page, (number, index), value, looks)
    return page


def _comment(column: Column) -> Mapping[str, Any]:
    return {"width": 280, "height": 18 * column.comment_lines + 14, "font_name": _FONT, "font_size": 10}


def _write(page: Any, place: tuple[int, int], value: Cell, looks: Looks) -> None:
    if isinstance(value, int | date):
        value = writable(value)
    if isinstance(value, str):
        _write_text(page, place, value, looks["text"])
    elif isinstance(value, int):
        page.write_number(*place, value, looks["number"])
    else:
        page.write_datetime(*place, value, looks["date"])


def _write_text(page: Any, place: tuple[int, int], text: str, look: Any) -> None:
    if length(text) > LONGEST_TEXT:
        raise ValueError(f"{page.name}, row {place[0] + 1}: Excel holds {LONGEST_TEXT} characters in a cell")
    if text.startswith("<r>") and text.endswith("</r>"):
        # XlsxWriter takes such a text for XML that is ready, unless it comes in parts; a part with _x000A_ it spoils.
        page.write_rich_string(*place, *text[:2], *re.split("(?<=_)", text[2:]), look)
    elif text:
        page.write_string(*place, text, look)


def _check(page: Any, sheet: Sheet, lists: Sheet) -> None:
    offers = {column.choices: number for number, column in enumerate(lists.columns)}
    for index, column in enumerate(sheet.columns):
        if not column.checked:
            continue
        options: dict[str, Any] = {"validate": "any", **_CONDITION.get(column.type, {})}
        if column.choices:
            number = offers[column.choices]
            cells = xl_range_abs(1, number, len(column.choices), number)
            name = lists.name.replace("'", "''")
            options |= {"validate": "list", "source": f"='{name}'!{cells}"}
        if column.prompt:
            options |= {"input_title": column.title, "input_message": column.prompt}
        if column.refusal:
            options |= {"error_title": column.title, "error_message": column.refusal}
        options["show_error"] = bool(column.refusal)
        page.data_validation(1, index, len(sheet.rows) + SPARE_ROWS, index, options)


def _help(file: Any, workbook: Workbook, looks: Looks) -> None:
    page = _new(file, workbook.help_name)
    for index, width in enumerate(HELP_WIDTHS):
        page.set_column(index, index, width)
    for number, (look, texts) in enumerate(workbook.help()):
        if look == "title":
            page.set_row(number, TITLE)
        elif look != "note":
            page.set_row(number, LINE * tallness(texts, HELP_WIDTHS) + 4)
        for index, text in enumerate(texts):
            page.write_blank(number, index, None, looks[look])
            _write_text(page, (number, index), text, looks[look])
