"""The handwritten pages of site_src as search reads them: entries like those of records. Indexes nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mingshi.languages import Languages
from mingshi.loading import Entry
from mingshi.problems import Mark
from mingshi.schema.record import Kind, Record
from mingshi.schema.texts import Prose, Text
from mingshi.schema.types import Reference

_HEAD = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_FIELD = r"^{}:[ ]*(.+?)[ ]*$"
_HEADING = re.compile(r"^# +(.+?) *#* *$", re.MULTILINE)
_MARKUP = re.compile(r"<[^>]+>|\{[:.#][^}]*\}|^!!! .*$|^```.*$", re.MULTILINE)
_HIDDEN = ("templates/", "assets/")
_WITHOUT_NAME = ("index", "README", "404")
"""The home page, and the one that nobody looks for."""


class Written(Record):
    """What a page says: its title and description, and its text."""

    title: Text
    summary: Text
    text: Prose


KIND = Kind("page", Written, "")


@dataclass(frozen=True, slots=True)
class Page(Entry):
    """A page below the root of a language."""

    @property
    def path(self) -> str:
        return f"{self.record.id}/"


def written(site_src: Path, languages: Languages) -> Iterator[Page]:
    """Every page that has a title of its own; an introduction to a generated list has none."""
    prefixes = [language.prefix for language in languages if language.prefix]
    found: dict[str, list[Path | None]] = {}
    for file in sorted(site_src.rglob("*.md")):
        name = file.relative_to(site_src).as_posix()
        prefix = next((own for own in prefixes if name.startswith(own)), "")
        own = name.removeprefix(prefix).removesuffix(".md").removesuffix("/index").removesuffix("/README")
        if not own.startswith(_HIDDEN) and own not in _WITHOUT_NAME:
            at = next(language.index for language in languages if language.prefix == prefix)
            found.setdefault(own, [None] * len(languages))[at] = file
    for path, files in found.items():
        texts = [_read(file) if file else (None, None, None) for file in files]
        if any(title for title, _, _ in texts):
            yield _page(path, texts, next(file for file in files if file))


def _page(path: str, texts: list[tuple[str | None, str | None, str | None]], file: Path) -> Page:
    titles, summaries, bodies = zip(*texts, strict=True)
    record = Written.model_construct(
        id=path, published=date.min, title=Text(titles), summary=Text(summaries), text=Prose(bodies)
    )
    return Page(Reference(f"page:{path}"), KIND, record, lambda _at, _key: Mark(str(file)))


def _read(file: Path) -> tuple[str | None, str | None, str | None]:
    """Title, description and text."""
    text = file.read_text("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    match = _HEAD.match(text)
    head, body = (match[1], text[match.end() :]) if match else ("", text)
    heading = _HEADING.search(body)
    title = _field(head, "title") or (heading[1] if heading else None)
    if title is None:
        return None, None, None
    return title, _field(head, "description"), _MARKUP.sub("", _HEADING.sub("", body, count=1)).strip() or None


def _field(head: str, name: str) -> str | None:
    match = re.search(_FIELD.format(name), head, re.MULTILINE)
    return match[1].strip("\"'") if match else None
