"""From a finding on a page of our own back to the line of data or Markdown that caused it."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from mingshi.catalogue import Catalogue
from mingshi.loading import Entry
from mingshi.problems import At, Mark
from mingshi.rules.finding import Finding

_PAGES = ("{}.md", "{}/index.md", "{}/README.md", "{}index.md")


class Tracer:
    """Knows which record or handwritten page a file of the site was made from."""

    def __init__(self, office: Catalogue, site_src: Path) -> None:
        self._office, self._site_src = office, site_src
        self._by_path = {entry.path: entry for entry in office.entries.values()}
        self._texts = cache(self._texts_of)

    def __call__(self, finding: Finding) -> Mark | None:
        """The line that holds what is at fault; None where it stands in no record and no handwritten page."""
        passages = _passages(finding.url)
        entry = self._entry(finding.page)
        if entry is not None and passages:
            for at, text in self._texts(entry.ref):
                if any(passage in text for passage in passages):
                    return self._place(entry, at, text, passages)
        return self._in_markdown(finding.page, passages) or self._in_site(passages)

    def _entry(self, page: str) -> Entry | None:
        """The record of a page, also of one below it: a dimension of a plan."""
        path = page.removeprefix(self._office.languages.of_url(page).prefix)
        while "/" in path:
            path = path[: path.rstrip("/").rfind("/") + 1]
            if path in self._by_path:
                return self._by_path[path]
        return None

    def _texts_of(self, ref: str) -> tuple[tuple[At, str], ...]:
        entry = self._office.entries[ref]
        values = entry.record.__pydantic_serializer__.to_python(
            entry.record, by_alias=True, exclude_none=True, context=self._office.languages
        )
        return tuple(_walk(values))

    @staticmethod
    def _place(entry: Entry, at: At, text: str, passages: tuple[str, ...]) -> Mark:
        mark = entry.place(at, False)
        offset = min(text.find(passage) for passage in passages if passage in text)
        # A folded or literal text starts on the line below its key; a mark inside it would be a guess.
        lines = text.count("\n", 0, offset)
        return mark if mark.sheet or not lines else Mark(mark.file, mark.line + lines + 1, 1)

    def _in_markdown(self, page: str, passages: tuple[str, ...]) -> Mark | None:
        own = page.removesuffix("index.html").removesuffix(".html").rstrip("/")
        for pattern in _PAGES:
            path = self._site_src / pattern.format(own)
            if path.is_file():
                text = path.read_text("utf-8", "replace")
                found = [text.find(passage) for passage in passages if passage in text]
                line = text.count("\n", 0, min(found)) + 1 if found else 1
                return Mark(f"{self._site_src.name}/{path.relative_to(self._site_src).as_posix()}", line)
        return None

    def _in_site(self, passages: tuple[str, ...]) -> Mark | None:
        """What every page shows comes from site.yml."""
        place = self._office.site_place
        values = self._office.site.__pydantic_serializer__.to_python(
            self._office.site, by_alias=True, exclude_none=True, context=self._office.languages
        )
        for at, text in _walk(values) if place and passages else ():
            if any(passage in text for passage in passages if len(passage) > 3):
                return place(at, False) if place else None
        return None


def _passages(url: str) -> tuple[str, ...]:
    """How an author may have written what stands on the page."""
    bare = url.partition(":")[2] if url.startswith(("mailto:", "tel:")) else url
    last = bare.rstrip("/").rpartition("/")[2]
    written = dict.fromkeys((url, bare, unquote(bare), last if "." in last and "/" not in last else ""))
    return tuple(text for text in written if text.strip("./#?"))


def _walk(values: Any, at: At = ()) -> Iterator[tuple[At, str]]:
    if isinstance(values, Mapping):
        for key, value in values.items():
            yield from _walk(value, (*at, key))
    elif isinstance(values, list | tuple):
        for index, value in enumerate(values):
            yield from _walk(value, (*at, index))
    elif isinstance(values, str):
        yield at, values
