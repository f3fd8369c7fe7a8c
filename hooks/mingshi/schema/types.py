"""The field types that kinds share. Each reads text, and says what is wrong with it as a Fault."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any, Self

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from mingshi.languages import ROC_EPOCH, Languages, Localised, from_roc
from mingshi.problems import Fault, nearest

SLUG = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
ERROR = "faults"

JsonSchema = dict[str, Any]
MARK = "x-mingshi"
"""In a JSON Schema: what depends on the site's languages, filled in by `editor`."""


def refuse(*faults: Fault) -> PydanticCustomError:
    """What a validator raises: faults whose paths start at the value it was given."""
    return PydanticCustomError(ERROR, "see the faults", {"faults": list(faults)})


@dataclass(frozen=True, slots=True)
class Reads:
    """Annotation of a field whose value is made from text by `read`."""

    read: Callable[[str], Any]
    expected: str
    schema: JsonSchema = field(hash=False, compare=False)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self._validate, serialization=core_schema.plain_serializer_function_ser_schema(_plain)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return self.schema.copy()

    def _validate(self, value: object) -> Any:
        if not isinstance(value, str):
            raise refuse(Fault("wrong-type", found=show(value), expected=self.expected))
        text = value.strip()
        if not text:
            raise refuse(Fault("empty-text", expected=self.expected))
        return self.read(text)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def show(value: object) -> str:
    """A value as its author knows it, for messages."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {show(child)}" for key, child in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(show(child) for child in value) + "]"
    return str(value)


# --- Text in several languages


class _LocalisedText(Localised):
    """Read from one string (the first language) or from one string a language."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(_by_language, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return {MARK: "localised"}

    @classmethod
    def _validate(cls, value: object, info: core_schema.ValidationInfo[Languages]) -> Self:
        languages = _languages(info)
        if isinstance(value, str):
            text = value.strip()
            if not text:
                raise refuse(Fault("empty-text", expected="localised"))
            return cls((text, *(None,) * (len(languages) - 1)))
        if not isinstance(value, dict):
            raise refuse(Fault("wrong-type", found=show(value), expected="localised"))
        if tuple(value) == languages.keys and all(text.__class__ is str and text.strip() for text in value.values()):
            return cls([text.strip() for text in value.values()])
        faults = list(_language_faults(value, languages, "text"))
        if faults:
            raise refuse(*faults)
        return cls(value[key].strip() if key in value else None for key in languages.keys)


class Text(_LocalisedText):
    """A line of plain text."""

    __slots__ = ()


class Prose(_LocalisedText):
    """CommonMark, in which `[text](kind:id)` links to a record."""

    __slots__ = ()


class Words(tuple[tuple[str, ...], ...]):
    """Lists of words, one a language; a plain list is in the first language."""

    __slots__ = ()

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(
            cls._validate,
            serialization=core_schema.plain_serializer_function_ser_schema(_by_language, info_arg=True),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        return {MARK: "words"}

    @classmethod
    def _validate(cls, value: object, info: core_schema.ValidationInfo[Languages]) -> Self:
        languages = _languages(info)
        by_language = {languages.first.key: value} if isinstance(value, list) else value
        if not isinstance(by_language, dict):
            code = "empty-text" if value == "" else "wrong-type"
            raise refuse(Fault(code, found=show(value), expected="words"))
        plain = isinstance(value, list)
        faults = [] if plain else list(_language_faults(by_language, languages, "list", whole=False))
        for key, words in by_language.items():
            faults += _word_faults(words, () if plain else (key,))
        if faults:
            raise refuse(*faults)
        return cls(tuple(word.strip() for word in by_language.get(key, ())) for key in languages.keys)


def _languages(info: core_schema.ValidationInfo[Languages]) -> Languages:
    assert info.context is not None, "records are validated with the site's languages as context"
    return info.context


def _by_language(value: Any, info: core_schema.SerializationInfo[Languages]) -> Any:
    languages = info.context
    assert languages is not None, "records are written with the site's languages as context"
    texts = {key: text for key, text in zip(languages.keys, value, strict=True) if text}
    return texts if len(texts) > 1 or languages.first.key not in texts else next(iter(texts.values()))


def _language_faults(value: dict[str, Any], languages: Languages, expected: str, whole: bool = True) -> Iterable[Fault]:
    keys = languages.keys
    for key, text in value.items():
        if key not in keys and not languages.unsure:
            yield Fault("unknown-language", (key,), key, ", ".join(keys), nearest=nearest(key, keys), on_key=True)
        elif expected == "text" and not isinstance(text, str):
            yield Fault("wrong-type", (key,), show(text), "text")
        elif expected == "text" and not text.strip():
            yield Fault("empty-text", (key,), expected="text")
    missing = [key for key in keys if key not in value]
    unknown = any(key not in keys for key in value)
    # A misspelt language leaves a gap too: one fault, one problem. With three languages a
    # translation may be missing; with two, a mapping that lacks one was left half done.
    if (
        whole
        and missing
        and not unknown
        and not languages.unsure
        and (keys[0] in missing or len(keys) - len(missing) < 2)
    ):
        yield Fault("half-translation", found=show(value), facts={"missing": ", ".join(missing)})


def _word_faults(words: object, at: tuple[str, ...]) -> Iterable[Fault]:
    if words == "":
        yield Fault("empty-text", at, expected="list")
    elif not isinstance(words, list):
        yield Fault("wrong-type", at, show(words), "list")
    elif not words:
        yield Fault("too-few", at, expected="1")
    else:
        for index, word in enumerate(words):
            if not isinstance(word, str):
                yield Fault("wrong-type", (*at, index), show(word), "text")
            elif not word.strip():
                yield Fault("empty-text", (*at, index), expected="text")


# --- Scalars


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


_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_OLDEST = 1912


def _date(text: str) -> date:
    match = _ISO_DATE.fullmatch(text)
    roc = from_roc(text) if not match or int(match[1]) < _OLDEST else None
    if roc is not None:
        raise refuse(Fault("roc-date", found=text, expected="date", nearest=roc.isoformat()))
    if match is None:
        loose = re.fullmatch(r"(\d{4})[/.年](\d{1,2})[/.月](\d{1,2})日?", text)
        guess = "-".join(part.zfill(2) for part in loose.groups()) if loose else ""
        raise refuse(Fault("bad-date", found=text, expected="date", nearest=guess))
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise refuse(Fault("impossible-date", found=text, expected="date")) from None
    if text != day.isoformat():
        raise refuse(Fault("bad-date", found=text, expected="date", nearest=day.isoformat()))
    return day


def _roc_year(text: str) -> int:
    if re.fullmatch(r"\d{4}", text) and int(text) > ROC_EPOCH:
        raise refuse(Fault("gregorian-year", found=text, expected="roc-year", nearest=str(int(text) - ROC_EPOCH)))
    if not re.fullmatch(r"[1-9]\d{1,2}", text):
        raise refuse(Fault("wrong-type", found=text, expected="roc-year"))
    return int(text)


class Interval(str):
    """A period such as `6 months` or `1年`."""

    __slots__ = ()

    @property
    def months(self) -> int:
        number = int(re.match(r"\d+", self)[0])  # type: ignore[index]
        return number * 12 if "y" in self or "年" in self else number


class Quantity(str):
    """A number, with % for a share."""

    __slots__ = ()

    @property
    def number(self) -> float:
        return float(self.rstrip("%").replace(",", ""))


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
        digits = re.sub(r"\D", "", self.main)
        if self.startswith("+"):
            digits = "+" + digits
        elif digits.startswith("0") and not digits.startswith("0800"):
            digits = "+886" + digits[1:]
        return digits + ("," + self.extension if self.extension else "")


_EXTENSION = re.compile(r"分機|ext\.?|#")


def _pattern(code: str, expected: str, pattern: str, make: Callable[[str], Any] = str) -> Reads:
    """A type that is told by a pattern, in Python and in the editor alike."""
    compiled = re.compile(pattern)

    def read(text: str) -> Any:
        if compiled.fullmatch(text) is None:
            raise refuse(Fault(code, found=text, expected=expected))
        return make(text)

    return Reads(read, expected, {"type": "string", "pattern": f"^(?:{pattern})$"})


def _percentage(text: str) -> Quantity:
    if re.fullmatch(r"\d+(?:\.\d+)?%", text) is None:
        raise refuse(Fault("bad-number", found=text, expected="percentage"))
    return _at_most_100(text)


def _quantity(text: str) -> Quantity:
    if re.fullmatch(r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?", text) is None:
        raise refuse(Fault("bad-number", found=text, expected="quantity"))
    return _at_most_100(text)


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
ThemeCode = Annotated[str, _pattern("bad-code", "theme-code", r"\d{3}")]
CakeCode = Annotated[str, _pattern("bad-code", "cake-code", r"[0-9A-Z]\d{2}")]
ServiceCode = Annotated[str, _pattern("bad-code", "service-code", r"[A-I]\d{2}")]

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
