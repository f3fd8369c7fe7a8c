"""The scalar field types that kinds share: ids, references, dates, numbers, addresses, files."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any
from unicodedata import normalize
from urllib.parse import unquote

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from mingshi.languages import ROC_EPOCH, from_roc
from mingshi.problems import Fault
from mingshi.schema.reading import JsonSchema, Reads, refuse, show

CODE_PATTERNS = {"theme": r"\d{3}", "cake": r"[0-9A-Z]\d{2}", "service": r"[1-9A-I]\d{2}"}
SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"


class Reference(str):
    """`kind:id`, whole even where the author wrote the id alone."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        return self.partition(":")[0]

    @property
    def id(self) -> str:
        return self.partition(":")[2]


@dataclass(frozen=True, slots=True)
class To:
    """Annotation of a reference: the kinds it may point to."""

    kinds: tuple[str, ...]

    def __init__(self, *kinds: str) -> None:
        object.__setattr__(self, "kinds", kinds)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        kind = "|".join(self.kinds)
        prefix = f"({kind}):" if len(self.kinds) > 1 else f"({kind}:)?"
        return {"type": "string", "pattern": f"^{prefix}{SLUG}$"}

    def whole(self, text: str) -> Reference | None:
        """The reference a text means; None where it means none."""
        if _SLUG.fullmatch(text) and len(self.kinds) == 1:
            return Reference(f"{self.kinds[0]}:{text}")
        kind, _, record = text.partition(":")
        return Reference(text) if kind in self.kinds and _SLUG.fullmatch(record) else None

    def _validate(self, value: object) -> Reference:
        text = value.strip() if isinstance(value, str) else show(value)
        example = f"{self.kinds[0]}:example"
        if not text:
            raise refuse(Fault("empty-text", expected=example))
        reference = self.whole(text) if isinstance(value, str) else None
        if reference is None:
            expected = ", ".join(f"{kind}:…" for kind in self.kinds)
            raise refuse(Fault("bad-reference", found=text, expected=expected, facts={"example": example}))
        return reference


_SLUG = re.compile(SLUG)


def is_slug(text: str) -> bool:
    return _SLUG.fullmatch(text) is not None


def _slug(text: str) -> str:
    if _SLUG.fullmatch(text):
        return text
    guess = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
    raise refuse(Fault("bad-id", found=text, expected="slug", nearest=guess if _SLUG.fullmatch(guess) else ""))


_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_OLDEST = 1912


def _date(text: str, written: str = "") -> date:
    """The day of a date; a fault names it as it was `written`, if not like that."""
    found, match = written or text, _ISO_DATE.fullmatch(text)
    roc = from_roc(text) if not match or int(match[1]) < _OLDEST else None
    if roc is not None:
        raise refuse(Fault("roc-date", found=found, expected="date", nearest=roc.isoformat()))
    if match is None:
        narrow = normalize("NFKC", text)
        loose = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", narrow)
        guess = "-".join(part.zfill(2) for part in loose.groups()) if loose else ""
        raise refuse(Fault("bad-date", found=found, expected="date", nearest=guess))
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise refuse(Fault("impossible-date", found=found, expected="date")) from None
    if text != day.isoformat():
        raise refuse(Fault("bad-date", found=found, expected="date", nearest=day.isoformat()))
    return day


def _compact_date(text: str) -> date:
    """20260101 as the official calendar writes it, or the usual way."""
    match = re.fullmatch(r"([0-9]{4}|1?[0-9]{2})([0-9]{2})([0-9]{2})", text)
    return _date("-".join(match.groups()), text) if match else _date(text)


_STEP = re.compile(r"[^/?#\\%:*\"<>|\x00-\x1f\x7f]+")


def _site_path(text: str) -> str:
    """A path as files have it, without percent signs; a folder ends with a slash."""
    steps = unquote(text).removesuffix("/").split("/")
    if not all(_STEP.fullmatch(step) and step.strip(".") for step in steps):
        raise refuse(Fault("bad-path", found=text, expected="site-path"))
    path = "/".join(steps).removesuffix("/index.html")
    return path if "." in steps[-1] and path.endswith(steps[-1]) else f"{path}/"


def _roc_year(text: str) -> int:
    if re.fullmatch(r"[0-9]{4}", text) and int(text) > ROC_EPOCH:
        raise refuse(Fault("gregorian-year", found=text, expected="roc-year", nearest=str(int(text) - ROC_EPOCH)))
    if not re.fullmatch(r"[1-9][0-9]{1,2}", text):
        raise refuse(Fault("wrong-type", found=text, expected="roc-year"))
    return int(text)


class Interval(str):
    """A period such as `6 months` or `1年`."""

    __slots__ = ()

    @property
    def months(self) -> int:
        number = int(re.match(r"\d+", self)[0])  # type: ignore[index]
        return number * 12 if "y" in self or "年" in self else number


class SpanText(str):
    """A quarter, a month or a year: 2026-Q3, 2026-09, 2026."""

    __slots__ = ()

    @property
    def step(self) -> str:
        return "year" if len(self) == 4 else "quarter" if "Q" in self else "month"


class ConditionText(str):
    """What has to hold: a metric, a comparison, and a number or another metric."""

    __slots__ = ()

    @property
    def parts(self) -> tuple[str, str, str]:
        metric, sign, bound = self.split()
        return metric, sign, bound


class Quantity(str):
    """A number, with % for a share."""

    __slots__ = ()

    @property
    def number(self) -> float:
        return float(self.rstrip("%").replace(",", ""))


class HoursText(str):
    """A stretch of a day: 08:30-12:30."""

    __slots__ = ()

    @property
    def minutes(self) -> tuple[int, int]:
        """Its ends in minutes of the day."""
        opens, closes = (int(part[:2]) * 60 + int(part[3:]) for part in self.split("-"))
        return opens, closes


class Phone(str):
    """A phone number as people write it."""

    __slots__ = ()

    @property
    def main(self) -> str:
        """The number without its extension."""
        return _EXTENSION.split(self)[0].strip()

    @property
    def extension(self) -> str:
        return "".join(_EXTENSION.split(self)[1:]).strip()

    @property
    def tel(self) -> str:
        """The number as a `tel:` link needs it: +886212345678,21."""
        digits = re.sub(r"[^0-9]", "", self.main)
        if self.startswith("+"):
            digits = "+" + digits
        elif digits.startswith("0") and not digits.startswith("0800"):
            digits = "+886" + digits[1:]
        return digits + ("," + self.extension if self.extension else "")


_EXTENSION = re.compile(r"分機|ext\.?|#")


def _pattern(code: str, expected: str, pattern: str, make: Callable[[str], Any] = str) -> Reads:
    """A type that is told by a pattern, in Python and in the editor alike."""
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str) -> Any:
        if compiled.fullmatch(text) is None:
            narrow = normalize("NFKC", text)  # full-width figures and letters are the usual slip
            near = narrow if compiled.fullmatch(narrow) else ""
            raise refuse(Fault(code, found=text, expected=expected, nearest=near))
        return make(text)

    return Reads(read, expected, {"type": "string", "pattern": f"^(?:{pattern})$"})


def _code(scheme: str) -> Reads:
    """A classification code; one of figures alone is a number to an editor."""
    reads = _pattern("bad-code", f"{scheme}-code", CODE_PATTERNS[scheme])
    return replace(reads, schema={**reads.schema, "type": ["string", "integer"]})


def _percentage(text: str) -> Quantity:
    if not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?%", text):
        near = f"{text}%" if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text) else _narrow(text)
        raise refuse(Fault("bad-number", found=text, expected="percentage", nearest=near))
    return _at_most_100(text)


def _quantity(text: str) -> Quantity:
    if not re.fullmatch(r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?%?", text):
        raise refuse(Fault("bad-number", found=text, expected="quantity", nearest=_narrow(text)))
    return _at_most_100(text)


def _narrow(text: str) -> str:
    """The number that full-width figures mean, or ''."""
    narrow = normalize("NFKC", text)
    return narrow if narrow != text and re.fullmatch(r"[0-9.,]+%?", narrow) else ""


def _at_most_100(text: str) -> Quantity:
    quantity = Quantity(text)
    if text.endswith("%") and quantity.number > 100:
        raise refuse(Fault("percentage-over-100", found=text, expected="percentage", nearest="100%"))
    return quantity


_WEB = r"https?://[^\s/?#\"<>]+\.[^\s/?#\"<>.]{2,}(?::\d+)?(?:[/?#][^\s\"<>]*)?|https?://localhost(?::\d+)?/?"
_PHONE = (
    r"(?:(?:\(0\d{1,3}\)|0\d{1,3}-|\+886-\d{1,3}-) ?\d{3,4}-?\d{3,4}|0800-?\d{3}-?\d{3}|1\d{2,3})"
    r"(?: ?(?:#|分機|ext\.) ?\d{1,6})?"
)
_EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_LOOSE = {"type": ["string", "number"]}
"""An editor sees `1.0` as a number where a record takes it as text."""


def _as_is(text: str) -> str:
    return text


Plain = Annotated[str, Reads(_as_is, "text", _LOOSE)]
Slug = Annotated[str, Reads(_slug, "slug", {"type": "string", "pattern": f"^{SLUG}$"})]
Date = Annotated[date, Reads(_date, "date", {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
RocYear = Annotated[int, Reads(_roc_year, "roc-year", {"type": "integer", "minimum": 10, "maximum": 999})]
Url = Annotated[str, _pattern("bad-url", "url", _WEB)]
PhoneNumber = Annotated[Phone, _pattern("bad-phone", "phone", _PHONE, Phone)]
Email = Annotated[str, _pattern("bad-email", "email", _EMAIL)]
Months = Annotated[
    Interval, _pattern("bad-interval", "interval", r"[1-9]\d{0,2} ?(?:months?|years?|個月|年)", Interval)
]
Quarter = Annotated[str, _pattern("bad-quarter", "quarter", r"\d{4}-Q[1-4]")]
Amount = Annotated[Quantity, Reads(_quantity, "quantity", _LOOSE)]
Percentage = Annotated[Quantity, Reads(_percentage, "percentage", {"type": "string", "pattern": r"^\d+(\.\d+)?%$"})]
ThemeCode = Annotated[str, _code("theme")]
CakeCode = Annotated[str, _code("cake")]
ServiceCode = Annotated[str, _code("service")]
Span = Annotated[SpanText, _pattern("bad-period", "span", r"\d{4}(?:-Q[1-4]|-(?:0[1-9]|1[0-2]))?", SpanText)]
_TIME = r"(?:[01]\d|2[0-3]):[0-5]\d"
Hours = Annotated[HoursText, _pattern("bad-hours", "hours", rf"{_TIME}-{_TIME}", HoursText)]
_METRIC = r"[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*"
Condition = Annotated[
    ConditionText,
    _pattern("bad-condition", "condition", rf"{_METRIC} (?:>=|<=|==) (?:{_METRIC}|\d+(?:\.\d+)?%?)", ConditionText),
]
Colour = Annotated[str, _pattern("bad-colour", "colour", r"#[0-9a-fA-F]{6}", str.lower)]
SitePath = Annotated[str, Reads(_site_path, "site-path", {"type": "string"})]
CompactDate = Annotated[
    date, Reads(_compact_date, "compact-date", {"type": ["string", "integer"], "pattern": r"^\d{4}-?\d{2}-?\d{2}$"})
]

DOWNLOADS = ("odt", "ods", "odp", "pdf", "csv", "txt")


class Download(str):
    """A file to offer, by its path inside the folder of its kind."""

    __slots__ = ()

    @property
    def kind(self) -> str:
        """ODT, PDF …: what a link to it says."""
        return self.rpartition(".")[2].upper()


def is_download(text: str) -> bool:
    """Whether a path stays inside its folder and names a format that is offered."""
    return not _leaves_folder(text) and text.rpartition(".")[2].lower() in DOWNLOADS


def _leaves_folder(text: str) -> bool:
    return text.startswith(("/", "\\", "~")) or ":" in text or ".." in re.split(r"[/\\]", text)


def _download(text: str) -> Download:
    if _leaves_folder(text):
        raise refuse(Fault("file-outside", found=text, expected="files/"))
    if not is_download(text):
        raise refuse(Fault("file-format", found=text, expected="download"))
    return Download(text)


DownloadPath = Annotated[Download, Reads(_download, "download", {"type": "string"})]
