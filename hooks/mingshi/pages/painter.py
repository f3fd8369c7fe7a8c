"""Templates and what they may call, for one language. The only door to jinja2."""

from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from mingshi.catalogue import Catalogue, Entry
from mingshi.frame import Address
from mingshi.languages import Language, Localised, say_date
from mingshi.pages import prose, sayings


class Painter:
    """Renders templates in one language. `address` and `untranslated` belong to the page being painted."""

    def __init__(self, catalogue: Catalogue, language: Language, overrides: Path | None, index: str) -> None:
        self.catalogue = catalogue
        self.language = language
        self.index = index
        self.address = Address("", language, index)
        self.untranslated = False
        loaders = [FileSystemLoader(overrides)] if overrides else []
        self.environment = Environment(
            loader=ChoiceLoader([*loaders, PackageLoader("mingshi", "templates")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        words = language.words
        self.sayings = sayings.Sayings(words, self.plain)
        self.environment.filters |= {
            "t": self.text,
            "plain": self.plain,
            "prose": self.prose,
            "day": self.day,
            "phone": self.sayings.phone,
            "title": self.title,
            "href": self.href,
            "link": self.link,
            "url": self.url,
        }
        self.environment.globals |= {
            "w": words,
            "language": language,
            "say": self.sayings,
            "related": self.related,
            "entry": self.entry,
            "site": catalogue.site,
        }

    def paint(self, template: str, path: str, /, **context: Any) -> str:
        """The HTML of a template for the page at `path`; says at its head what is not translated."""
        self.address = self.at(path)
        self.untranslated = False
        html = self.environment.get_template(template).render(context)
        if self.untranslated:
            html = f'<div class="wrap"><p class="note">{escape(self.language.words["untranslated"])}</p></div>{html}'
        return html

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
        return Markup('<span lang="{}">{}</span>').format(first.tag, text.first)

    def plain(self, text: Localised | None) -> str:
        """The same where no markup can stand."""
        return "" if text is None else text.own(self.language)

    def prose(self, text: Localised | None) -> Markup:
        if text is None:
            return Markup("")
        html = prose.render(text.own(self.language), self.href)
        if not text.speaks(self.language):
            self.untranslated = True
            html = f'<div lang="{self.catalogue.languages.first.tag}">{html}</div>'
        return Markup(html)

    def day(self, day: date) -> Markup:
        return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), say_date(day, self.language))

    def title(self, entry: Entry) -> str | Markup:
        return self.text(entry.record.title_text)

    def href(self, ref: str) -> str:
        """The URL of a record or a list, as seen from the page being painted."""
        kind, _, name = ref.partition(":")
        if kind == "list":
            return self.address.to(f"{name}/")
        entry = self.catalogue.entries.get(ref)
        return self.address.to(entry.path if entry else "")

    def link(self, ref: str) -> Markup:
        entry = self.catalogue.entries[ref]
        return Markup('<a href="{}">{}</a>').format(self.address.to(entry.path), self.title(entry))

    def url(self, path: str) -> str:
        return self.address.to(path)

    # --- Globals

    def related(self, entry: Entry, kind: str) -> tuple[Entry, ...]:
        return self.catalogue.related(entry.ref, kind)

    def entry(self, ref: str | None) -> Entry | None:
        return self.catalogue.entries.get(ref) if ref else None

