"""The languages of a site, texts in several of them, interface words, and ROC dates. Knows no page."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib.resources import files

ROC_EPOCH = 1911


@dataclass(frozen=True, slots=True)
class Language:
    key: str
    tag: str
    name: str
    prefix: str
    index: int

    @property
    def words(self) -> Mapping[str, str]:
        return interface_words(self.key)


class Localised(tuple[str | None, ...]):
    """One text a language, in the order of the site's languages; None where no translation exists."""

    __slots__ = ()

    @property
    def first(self) -> str:
        return self[0] or ""

    def own(self, language: Language) -> str:
        """The text in this language, else in the first one."""
        return self[language.index] or self.first

    def speaks(self, language: Language) -> bool:
        return self[language.index] is not None


@dataclass(frozen=True)
class Languages:
    """The languages of the site; the first one stands at the root."""

    all: tuple[Language, ...]
    unsure: bool = False
    """Whether site.yml could not say which languages there are, so that no record is judged by them."""
    whole_texts: bool = False
    """Whether a text is written with its language even where it has only one, as programs prefer."""

    def __iter__(self) -> Iterator[Language]:
        return iter(self.all)

    def __len__(self) -> int:
        return len(self.all)

    @property
    def first(self) -> Language:
        return self.all[0]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(language.key for language in self.all)

    @classmethod
    def of_keys(cls, keys: Sequence[str]) -> "Languages":
        """Languages of which only the keys are known."""
        return cls(tuple(Language(key, key, key, f"{key}/" if i else "", i) for i, key in enumerate(keys)))

    def of_url(self, url: str) -> Language:
        """The language of a page, told from its URL: `en/services/` is English."""
        return next((lang for lang in self.all[1:] if url.startswith(lang.prefix)), self.first)

    def localised(self, texts: Mapping[str, str]) -> Localised:
        return Localised(texts.get(language.key) for language in self.all)


DEFAULT = Languages(
    (
        Language(key="zh", tag="zh-Hant-TW", name="中文", prefix="", index=0),
        Language(key="en", tag="en", name="English", prefix="en/", index=1),
    )
)


@cache
def interface_words(key: str) -> Mapping[str, str]:
    """The words of the interface, from `words.toml`; a language without a column of its own speaks English."""
    table = tomllib.loads(files("mingshi").joinpath("words.toml").read_text("utf-8"))
    return {word: texts.get(key, texts["en"]) for word, texts in table.items()}


def roc_year(year: int) -> int:
    return year - ROC_EPOCH


def say_date(day: date, language: Language) -> str:
    """115年11月20日 in Chinese, 20 November 2026 elsewhere."""
    if language.key == "zh":
        return f"{roc_year(day.year)}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B} {day.year}"


def say_dates(start: date, end: date, language: Language) -> tuple[str, str]:
    """The two ends of a span; a year that both share is said once: 115年11月18日, 12月5日."""
    first, last = say_date(start, language), say_date(end, language)
    if start.year != end.year:
        return first, last
    return (first, last.partition("年")[2]) if language.key == "zh" else (first.rpartition(" ")[0], last)


_ROC_DATE = re.compile(r"^(?:民國|中華民國)?\s*0?(\d{2,3})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$")


def from_roc(text: str) -> date | None:
    """The day a ROC date means (115-11-20, 115/11/20, 民國115年11月20日), None if it is not one."""
    match = _ROC_DATE.match(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    try:
        return date(year + ROC_EPOCH, month, day)
    except ValueError:
        return None
