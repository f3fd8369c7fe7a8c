"""The value of a cell → text as its author sees it: numbers, percentages, dates, times. Knows no file format."""

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal

_ENDS = " \t\u3000\xa0\n"
_FIGURES = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
_PLAIN_FROM, _PLAIN_BELOW = 1e-15, 1e21
_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]|#N/A|(?:Err|錯誤|错误):[0-9]{3}")
_DURATION = re.compile(
    r"P(?:([0-9]{1,6})D)?(?:T(?:([0-9]{1,8})H)?(?:([0-9]{1,8})M)?(?:([0-9]{1,8}(?:\.[0-9]{0,20})?)S)?)?"
)

_EPOCH = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_LAST_DAY = 3_000_000
_LEAP_DAY_THAT_NEVER_WAS = 60
"""Day 60 of the calendar of 1900 is 29 February in every XLSX, for the sake of programs long gone."""
_GREGORIAN_FROM = date(1582, 10, 15)


def clean(raw: str) -> tuple[str, bool]:
    """Text without blanks at its ends, of the line breaks there only one behind it; and whether it had such blanks."""
    if "\r" in raw:
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = raw.strip(_ENDS)
    if len(text) == len(raw) or not text:
        return text, False
    start = raw.index(text)
    around = raw[:start], raw[start + len(text) :]
    return text + "\n" * ("\n" in around[1]), any(blanks.strip("\n") for blanks in around)


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula failed: #REF!, Err:502."""
    return text[:1] in "#E錯错" and bool(_ERROR.fullmatch(text))


def read_number(text: str) -> float | None:
    """A number as files write it; nothing where it is none or has no end."""
    value = float(text) if _FIGURES.fullmatch(text) else math.nan
    return value if math.isfinite(value) else None


def say_number(value: float) -> str:
    """15.0 → 15, 0.1 → 0.1"""
    if value.is_integer() and abs(value) < _PLAIN_BELOW:
        return str(int(value))
    return _plain(Decimal(repr(value)))


def say_percent(value: float) -> str:
    """0.8 → 80%, 0.125 → 12.5%"""
    return _plain(Decimal(repr(value)) * 100) + "%"


def say_serial(value: float, since_1904: bool) -> str | None:
    """Days since the epoch of a workbook → date, with the time where there is one; nothing beyond the calendar."""
    if abs(value) > _LAST_DAY:
        return None
    day, second = divmod(round(value * 86400), 86400)
    if not since_1904 and day == _LEAP_DAY_THAT_NEVER_WAS:
        return _with_time("1900-02-29", second)
    shifted = not since_1904 and 0 < day < _LEAP_DAY_THAT_NEVER_WAS
    try:
        moment = (_EPOCH_1904 if since_1904 else _EPOCH) + timedelta(days=day + shifted)
    except OverflowError:
        return None
    return _with_time(_as_seen(moment), second)


def say_moment(text: str) -> str:
    """2026-01-02T08:30:00 → 2026-01-02 08:30; what is no date stays as it is."""
    try:
        moment = datetime.fromisoformat(text.removesuffix("Z"))
        moment = (moment + timedelta(microseconds=500_000)).replace(microsecond=0)
    except (ValueError, OverflowError):
        return text
    return _with_time(_as_seen(moment.date()), moment.hour * 3600 + moment.minute * 60 + moment.second)


def say_duration(text: str) -> str:
    """PT08H30M00S → 08:30; what is no duration stays as it is."""
    parts = _DURATION.fullmatch(text.removeprefix("-"))
    if not parts or text.endswith(("P", "T")):
        return text
    days, hours, minutes, seconds = (float(part or 0) for part in parts.groups())
    total = days * 86400 + hours * 3600 + minutes * 60 + seconds
    return say_seconds(-total if text.startswith("-") else total)


def say_seconds(value: float) -> str:
    """30600 → 08:30; a day and more goes on counting hours."""
    seconds = round(abs(value))
    sign = "-" if value < 0 and seconds else ""
    clock = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{clock}:{seconds % 60:02}" if seconds % 60 else clock


def _plain(value: Decimal) -> str:
    if value and not _PLAIN_FROM <= abs(value) < _PLAIN_BELOW:
        return str(value.normalize()).lower()
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _with_time(day: str, second: int) -> str:
    return f"{day} {say_seconds(second)}" if second else day


def _as_seen(day: date) -> str:
    """Files count days by today's calendar, but LibreOffice shows the Julian one for days before 1582-10-15.

    Who types 115/11/20 reads 0115-11-20 in the cell, while the file says 0115-11-19.
    """
    if day >= _GREGORIAN_FROM:
        return day.isoformat()
    # Day numbers of the Julian calendar, counted from 1 March of the year -4716.
    number = day.toordinal() + 1721425 + 1401
    years, rest = divmod(4 * number + 3, 1461)
    of_year = 5 * (rest // 4) + 2
    month = (of_year // 153 + 2) % 12 + 1
    year = years - 4716 + (14 - month) // 12
    return f"{year:04}-{month:02}-{of_year % 153 // 5 + 1:02}"
