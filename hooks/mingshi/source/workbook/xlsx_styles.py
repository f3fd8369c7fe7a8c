"""The styles of an XLSX file → what its numbers mean: plain numbers, percentages, dates or times."""

import re
from collections.abc import Iterable
from typing import Literal

from mingshi.source.workbook.markup import scan

Meaning = Literal["number", "percent", "date", "time"]

_BUILT_IN: dict[int, Meaning] = {
    **dict.fromkeys((9, 10), "percent"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 37), *range(50, 59)), "date"),
    **dict.fromkeys((*range(18, 22), *range(45, 48)), "time"),
}
"""Formats with a number and no code; 27 to 36 and 50 to 58 are the dates of East Asia."""

_NO_CODE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|g/[^;]*|[e][+-]', re.IGNORECASE)
"""What stands for itself in the code of a format: quoted and escaped text, colours, currencies, exponents."""


def read_styles(part: str, chunks: Iterable[bytes]) -> dict[str, Meaning]:
    """What a number means in a cell, by the number of the cell's style."""
    styles = _Styles()
    scan(part, chunks, styles.start, styles.end)
    return {str(number): meaning for number, meaning in enumerate(styles.meanings)}


def meaning(code: str) -> Meaning:
    """0.00% → percent, yyyy-mm-dd → date, [h]:mm → time, #,##0 → number"""
    signs = _NO_CODE.sub("", code).partition(";")[0].lower()
    if "%" in signs:
        return "percent"
    if any(sign in signs for sign in "yde"):
        return "date"
    if any(sign in signs for sign in "hs"):
        return "time"
    return "date" if "m" in signs else "number"


class _Styles:
    def __init__(self) -> None:
        self.codes: dict[str, str] = {}
        self.meanings: list[Meaning] = []
        self.in_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "numFmt":
            self.codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif local == "cellXfs":
            self.in_cells = True
        elif local == "xf" and self.in_cells:
            self.meanings.append(self._meaning(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name.endswith(" cellXfs"):
            self.in_cells = False

    def _meaning(self, number: str) -> Meaning:
        if number in self.codes:
            return meaning(self.codes[number])
        return _BUILT_IN.get(int(number), "number") if re.fullmatch("[0-9]{1,4}", number) else "number"
