"""What a number in a cell probably meant where a date or a code was expected. Knows no sheet."""

from dataclasses import replace
from datetime import date, timedelta

from mingshi.languages import from_roc
from mingshi.problems import Fault

_EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""
_SERIALS = range(10_000, 80_000)
"""1927 to 2119: numbers of days that were dates before a cell lost its format."""
_DATES = frozenset({"bad-date", "impossible-date", "roc-date"})
_WITH_ZERO = {"bad-phone": 9, "bad-code": 3}
"""Codes of what may start with 0, and how many digits it has at least."""


def refine(fault: Fault) -> Fault:
    """The fault of a cell that holds a number, told as what happened to it."""
    if fault.code in _DATES:
        return replace(fault, code="number-not-date", nearest=_day(fault.found))
    least = _WITH_ZERO.get(fault.code)
    if least and fault.found.isdecimal() and len(fault.found) <= least:
        # How a phone number is grouped cannot be told from its digits.
        near = fault.found.zfill(least) if fault.code == "bad-code" else ""
        return replace(fault, code="leading-zero-lost", nearest=near)
    return fault


def _day(found: str) -> str:
    if not found.isdecimal():
        return ""
    if int(found) in _SERIALS:
        return (_EPOCH + timedelta(days=int(found))).isoformat()
    if len(found) == 8:
        return f"{found[:4]}-{found[4:6]}-{found[6:]}"
    roc = from_roc(f"{found[:3]}-{found[3:5]}-{found[5:]}") if len(found) == 7 else None
    return roc.isoformat() if roc else ""
