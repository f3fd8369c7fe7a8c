"""Formulas as an XLSX file writes them → as the author of a cell sees them."""

import re

from mingshi.source.workbook.sheet import column_name, column_number

_NEWER = re.compile(r"_xl(?:fn|ws|pm|udf)\.")
_TEXT = re.compile(r'("[^"]*"|\'[^\']*\')')
_REFERENCE = re.compile(r"(?<![A-Za-z0-9_.$])(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?![A-Za-z0-9_.(])")


def shown(formula: str) -> str:
    """_xlfn.CONCAT(A2) → =CONCAT(A2)"""
    return "=" + (_NEWER.sub("", formula) or "…")


def shifted(formula: str, rows: int, columns: int) -> str:
    """A formula that is written once for many cells, as another of them has it: A2+$B$1, one down → A3+$B$1"""

    def move(found: re.Match[str]) -> str:
        column = column_number(found[2]) + (0 if found[1] else columns)
        row = int(found[4]) + (0 if found[3] else rows)
        return f"{found[1]}{column_name(column)}{found[3]}{row}" if column > 0 and row > 0 else "#REF!"

    parts = _TEXT.split(formula)
    return "".join(part if part[:1] in ("'", '"') else _REFERENCE.sub(move, part) for part in parts)
