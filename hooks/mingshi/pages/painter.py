"""Templates and what they may call, for one language. The only door to jinja2."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from mingshi import commonmark
from mingshi.catalogue import Catalogue, Entry
from mingshi.deadlines import OfficeDays
from mingshi.frame import Address, without_gaps
from mingshi.languages import Language, Localised, say_date, say_dates
from mingshi.pages import sayings
from mingshi.schema.groups import Law
from mingshi.schema.record import Period
from mingshi.schema.types import Quantity
from mingshi.topics import Topic, topics

_WORD = re.compile(r"""\{\{ w\["([a-z.]+)"\] \}\}""")


class _Words(Extension):
    """Puts interface words into a template before it is compiled, and takes its lines out of it: neither costs anything
    when a page is painted."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002
        words = cast(Mapping[str, str], self.environment.globals["w"])
        return _WORD.sub(lambda word: escape(words[word[1]]), without_gaps(source))


class Painter:
    """Renders templates in one language. `address` and `untranslated` belong to the page being painted."""

    def __init__(
        self, catalogue: Catalogue, language: Language, overrides: Path | None, index: str, today: date
    ) -> None:
        self.catalogue = catalogue
        self.today = today
        self.language = language
        self.index = index
        self.address = Address("", language, index)
        self.untranslated = False
        self._days: dict[date, Markup] = {}
        self._links: dict[tuple[str, str], Markup] = {}
        self._fragments: dict[tuple[str, str], Markup] = {}
        loaders = [FileSystemLoader(overrides)] if overrides else []
        self.environment = Environment(
            loader=ChoiceLoader([*loaders, PackageLoader("mingshi", "templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
            extensions=[_Words],
        )
        self.sayings = sayings.Sayings(language.words, self.plain)
        self._furnish()

    @cached_property
    def topics(self) -> Mapping[str, Topic]:
        """Path → topic with its records."""
        return topics(self.catalogue, self.today)

    @cached_property
    def last_updated(self) -> date:
        """The day on which the newest record changed."""
        days = (entry.record.last_updated for entry in self.catalogue.entries.values())
        return max(days, default=self.today)

    @cached_property
    def office_days(self) -> OfficeDays:
        """The work calendar as far as it reaches, for counting deadlines."""
        site, calendar = self.catalogue.site, self.catalogue.calendar
        return OfficeDays.around(self.today, calendar, [hours.minutes for hours in site.office_hours])

    def _furnish(self) -> None:
        """What templates may call."""
        self.environment.filters |= {
            "t": self.text,
            "plain": self.plain,
            "prose": self.prose,
            "short": self.short,
            "day": self.day,
            "spoken": partial(say_date, language=self.language),
            "days": self.days,
            "data": self.data,
            "amount": self.amount,
            "original": self.original,
            "phone": self.sayings.phone,
            "title": self.title,
            "href": self.href,
            "name": self.name_of,
            "link": self.link,
            "law": self.law,
            "url": self.url,
        }
        self.environment.globals |= {
            "w": self.language.words,
            "language": self.language,
            "say": self.sayings,
            "fragment": self.fragment,
            "phrase": self.phrase,
            "related": self.related,
            "entry": self.entry,
            "latest": self.latest,
            "site": self.catalogue.site,
            "today": self.today,
        }

    def paint(self, template: str, path: str, /, **context: Any) -> str:
        """The HTML of a template for the page at `path`; says at its head what is not translated."""
        self.address = self.at(path)
        self.untranslated = False
        html = self.environment.get_template(template).render(context)
        if self.untranslated:
            html = f'<div class="wrap"><p class="note">{escape(self.language.words["untranslated"])}</p></div>{html}'
        return html

    def fragment(self, template: str, key: str, /, **context: Any) -> Markup:
        """A piece of a page that many pages of the same depth share, painted once."""
        name = (template, f"{self.address.home}{key}")
        fragment = self._fragments.get(name)
        if fragment is None:
            before, self.untranslated = self.untranslated, False
            fragment = Markup(self.environment.get_template(template).render(context))
            # What is not translated is painted again, so that every page that shows it says so.
            if not self.untranslated:
                self._fragments[name] = fragment
            self.untranslated |= before
        return fragment

    def at(self, path: str) -> Address:
        return Address(path, self.language, self.index)

    # --- Filters

    def text(self, text: Localised | None) -> str | Markup:
        """A text in the page's language, else in the first one and marked as such."""
        if text is None:
            return ""
        own = text[self.language.index]
        if own is not None:
            return own
        self.untranslated = True
        first = self.catalogue.languages.first
        return Markup(f'<span lang="{first.tag}">{escape(text.first)}</span>')

    def plain(self, text: Localised | None) -> str:
        """The same where no markup can stand."""
        return "" if text is None else text.own(self.language)

    def short(self, text: Localised | None) -> Markup:
        """The first paragraph, which is the short answer."""
        return self.prose(text, paragraphs=1)

    def prose(self, text: Localised | None, paragraphs: int | None = None) -> Markup:
        if text is None:
            return Markup("")
        own = text.own(self.language)
        if paragraphs is not None:
            own = "\n\n".join(own.split("\n\n")[:paragraphs])
        html = commonmark.render(own, self.href)
        if not text.speaks(self.language):
            self.untranslated = True
            html = f'<div lang="{self.catalogue.languages.first.tag}">{html}</div>'
        return Markup(html)

    def day(self, day: date) -> Markup:
        said = self._days.get(day)
        if said is None:
            said = _time(day, say_date(day, self.language))
            self._days[day] = said
        return said

    def days(self, period: Period | None) -> Markup:
        """115年9月25日至10月10日; 115年9月25日起."""
        if period is None:
            return Markup("")
        start, end = period.from_, period.until
        if start and end:
            said = say_dates(start, end, self.language)
            first, last = (_time(day, text) for day, text in zip((start, end), said, strict=True))
            return Markup(self.language.words["range"]).format(start=first, end=last)
        word = "range.from" if start else "range.until"
        return Markup(self.language.words[word]).format(start=start and self.day(start), end=end and self.day(end))

    def original(self, text: str | None) -> str | Markup:
        """A text that stands in one language only, such as a letter number; marked where that is not the page's."""
        first = self.catalogue.languages.first
        if not text or text.isascii() or self.language == first:
            return text or ""
        return Markup(f'<span lang="{first.tag}">{escape(text)}</span>')

    def title(self, entry: Entry) -> str | Markup:
        return self.text(entry.record.title_text)

    def href(self, ref: str) -> str:
        """The URL of a record or a list, as seen from the page being painted."""
        return self.address.to(self.path_of(ref))

    def path_of(self, ref: str) -> str:
        """The path of a record or a list below the root of its language."""
        kind, _, name = ref.partition(":")
        if kind == "list":
            return f"{name}/"
        entry = self.catalogue.entries.get(ref)
        return entry.path if entry else ""

    def name_of(self, ref: str) -> str:
        """What a record or a list is called."""
        entry = self.catalogue.entries.get(ref)
        # Only a preview of faulty data meets a record that is not there.
        return self.plain(entry.record.title_text) if entry else self.language.words.get(f"list.{ref[5:]}", ref)

    def link(self, ref: str) -> Markup:
        key = (self.address.home, ref)
        link = self._links.get(key)
        if link is None:
            entry = self.catalogue.entries.get(ref)
            if entry is None:  # only in a preview of faulty data
                return Markup(escape(ref))
            title = self.title(entry)
            link = Markup(f'<a href="{self.address.to(entry.path)}">{escape(title)}</a>')
            if isinstance(title, Markup):  # not translated, which every page that shows it has to say
                return link
            self._links[key] = link
        return link

    def law(self, law: Law) -> Markup:
        """就業保險法第11條; Employment Insurance Act, Article 11."""
        name = escape(self.text(law.law))
        if law.article is None:
            return name
        article, _, sub = law.article.partition("-")
        word = "law.article.sub" if sub else "law.article"
        return Markup(self.language.words[word].format(law=name, article=escape(article), sub=escape(sub)))

    def url(self, path: str) -> str:
        return self.address.to(path)

    def data(self, path: str) -> str:
        """The URL of a record as data; it is one file for all languages."""
        first = self.catalogue.languages.first
        if (path, self.language) == (self.address.path, first):
            return "index.json"
        return self.address.in_language(path, first, "index.json")

    def amount(self, quantity: Quantity, unit: Localised) -> str | Markup:
        """97.5%, 12天, 12 days."""
        if quantity.endswith("%"):
            return quantity
        return Markup(self.language.words["amount"]).format(n=quantity, unit=self.text(unit))

    # --- Globals

    def phrase(self, word: str, **texts: Localised) -> Markup:
        """Interface words with texts of a record put in."""
        said = {name: escape(self.text(text)) for name, text in texts.items()}
        return Markup(escape(self.language.words[word]).format(**said))

    def related(self, entry: Entry, kind: str) -> tuple[Entry, ...]:
        return self.catalogue.related(entry.ref, kind)

    def latest(self, entries: Iterable[Entry]) -> date:
        """The day on which the newest of some records changed; of all of them where there are none."""
        return max((entry.record.last_updated for entry in entries), default=self.last_updated)

    def entry(self, ref: str | None) -> Entry | None:
        return self.catalogue.entries.get(ref) if ref else None


def _time(day: date, said: str) -> Markup:
    return Markup(f'<time datetime="{day.isoformat()}">{said}</time>')
