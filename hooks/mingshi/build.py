"""One build, as it stands between the steps in which MkDocs calls: catalogue, frames, pages. Knows no MkDocs."""

import os
import re
import shutil
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mingshi import commonmark, exports, frame, pages, palette, search
from mingshi.catalogue import Catalogue
from mingshi.frame import SLOTS, Address, Frame, FramePage, Outline, Page, Shell
from mingshi.kinds.redirect import Redirect
from mingshi.languages import Language
from mingshi.problems import Problem, errors

_RELATIVE_FOLDER = re.compile(r'((?:href|src)=")(?![a-z][a-z0-9+.-]*:|/|#)([^"?#]*/)?((?:#[^"]*)?")', re.IGNORECASE)

_TITLE = re.compile(r"<(/?)h1\b")


@dataclass
class Build:
    """Made anew for every build, also for every rebuild of a preview."""

    catalogue: Catalogue
    site_src: Path
    today: date
    problems: tuple[Problem, ...] = ()
    offline: bool = False
    preview: bool = False
    handwritten: Mapping[str, str] = field(default_factory=dict)
    """URL → title of the handwritten pages."""
    frames: dict[str, Frame] = field(default_factory=dict)
    """URL of a frame page → its frame."""

    @property
    def good(self) -> bool:
        return not errors(self.problems)

    @property
    def index(self) -> str:
        return "index.html" if self.offline else ""

    @cached_property
    def painters(self) -> list[pages.Painter]:
        return pages.painters(self.catalogue, self.site_src / "templates", self.today, self.index)

    @cached_property
    def frame_pages(self) -> dict[str, FramePage]:
        return {page.url: page for page in pages.frames(self.catalogue)}

    @property
    def base_url(self) -> str:
        return self.catalogue.site.base_url.rstrip("/") + "/"

    def address(self, url: str) -> Address:
        language = self.catalogue.languages.of_url(url)
        return Address(url.removeprefix(language.prefix), language, self.index)

    def link_by_id(self, html: str, url: str) -> str:
        """A handwritten page with its links by id turned into URLs."""
        painter = self.painters[self.address(url).language.index]
        painter.address = self.address(url)
        # The page that takes an introduction has a title of its own.
        own = _TITLE.sub(r"<\1h2", html) if url in self.frame_pages else html
        return commonmark.joined(commonmark.point(commonmark.entitled(own), painter.href))

    def shell(self, url: str, title: str = "", meta: Mapping[str, Any] | None = None) -> Shell:
        """What the theme knows of a page: slots for a frame, the real thing for a handwritten page."""
        address = self.address(url)
        parts = (
            {name: frame.slot(name) for name in SLOTS}
            if url in self.frame_pages
            else self._parts(url, title, meta or {})
        )
        outline = self.outline(address.language)
        return Shell(address, outline, self.catalogue.languages, secure=not (self.preview or self.offline), **parts)

    def outline(self, language: Language) -> Outline:
        return pages.outline(self.catalogue, language, self.handwritten, self.today)

    def error_shells(self) -> list[Shell]:
        """The shells of the 404 page, one a language; it cannot know its depth, so its URLs are absolute."""
        base = urlsplit(self.base_url).path
        return [
            Shell(
                Address("", language, self.index),
                self.outline(language),
                self.catalogue.languages,
                title=language.words["missing.title"],
                base=base,
                secure=not self.preview,
            )
            for language in self.catalogue.languages
        ]

    def keep(self, url: str, html: str) -> None:
        self.frames[url] = frame.cut(self.finish(html))

    def finish(self, html: str) -> str:
        """A handwritten page as it is written: without a server, folders need their index.html."""
        if not self.offline:
            return html
        return _RELATIVE_FOLDER.sub(lambda m: f"{m[1]}{m[2]}index.html{m[3]}" if m[2] else m[0], html)

    def write(self, site: Path) -> None:
        """Every page of the records, and the files for machines."""
        twins = {language.key for language in self.catalogue.languages}
        locations: dict[str, exports.Location] = {}
        for painter in self.painters:
            notice = self._notice(painter)
            titles: dict[str, str] = {}
            for page in pages.paint(painter, self.handwritten):
                self._write_page(site, painter, page, notice)
                locations[page.path] = exports.Location(page.path, tuple(sorted(twins)), page.updated)
                titles[page.path] = page.title
            self._write_folders(site, painter, titles)
            for path, text in pages.row_files(painter):
                _write(f"{site}/{painter.language.prefix}{path}", text)
        self._write_search(site)
        self._write_json(site)
        self._write_redirects(site)
        for path, languages in self._handwritten_paths().items():
            locations.setdefault(path, exports.Location(path, languages))
        for name, text in exports.sitemaps(list(locations.values()), self.catalogue.languages, self.base_url):
            _write(os.path.join(site, name), text)
        self._write_styles(site / "assets")
        _write(os.path.join(site, "assets/calendar.js"), exports.calendar_script(self.painters[0].office_days))
        _write(os.path.join(site, "assets/words.js"), exports.words_script(self.catalogue.languages))
        _write(os.path.join(site, "robots.txt"), exports.robots(self.base_url))
        for url, offer in self.catalogue.downloads.items():
            target = site / url
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(offer.path, target)

    def _write_styles(self, assets: Path) -> None:
        for sheet in sorted(assets.glob("*.css")):
            _save(str(sheet), exports.squeezed(sheet.read_text("utf-8")))
        if self.catalogue.site.brand:
            _write(str(assets / "brand.css"), palette.style_sheet(self.catalogue.site.brand.colours))

    def _write_page(self, site: Path, painter: pages.Painter, page: Page, notice: str) -> None:
        shell = self.frames[page.frame_url]
        values = frame.values_of(page, painter.at(page.path), self.catalogue.languages, self.base_url, notice)
        _write(f"{site}/{page.url}index.html", shell.fill(values))

    def _write_json(self, site: Path) -> None:
        files, prefix = (
            exports.RecordFiles(self.catalogue.languages, self.base_url),
            self.catalogue.languages.first.prefix,
        )
        for entry in self.catalogue.entries.values():
            _save(f"{site}/{prefix}{entry.path}{exports.FILE}", files.text(entry))

    def _write_search(self, site: Path) -> None:
        """The index of every language, for search.js."""
        languages = self.catalogue.languages
        facts = [painter.sayings.facts for painter in self.painters]
        written = tuple(search.written(self.site_src, languages))
        for index in search.indexes(self.catalogue, self.today, facts, written):
            others = [(other.tag, other.name) for other in languages if other != index.language]
            for path, text in search.files(index, others, self.index):
                _write(f"{site}/{path}", text)

    def _write_redirects(self, site: Path) -> None:
        """A page at every old address, in every language."""
        for own in self.catalogue.rows.get("redirect", ()):
            assert isinstance(own.row, Redirect)
            for painter in self.painters:
                # A page of old may have been a file: forms.html stays one.
                file = f"{own.row.from_}index.html" if own.row.from_.endswith("/") else own.row.from_
                painter.address = painter.at(own.row.from_)
                target = painter.href(own.row.to)
                canonical = self.base_url + painter.language.prefix + painter.path_of(own.row.to)
                page = exports.stub(target, canonical, painter.name_of(own.row.to), painter.language)
                _write(f"{site}/{painter.language.prefix}{file}", page)

    def _write_folders(self, site: Path, painter: pages.Painter, titles: Mapping[str, str]) -> None:
        """Who shortens an address to a folder without a page of its own comes to the next page above it."""
        prefix = painter.language.prefix
        known = titles.keys() | self._handwritten_paths().keys()
        for folder, above in exports.folders_without_page(known).items():
            title = titles.get(above) or self.catalogue.site.name.own(painter.language)
            target = "../" * (folder.count("/") - above.count("/")) + ("index.html" if self.offline else "")
            page = exports.stub(target, self.base_url + prefix + above, title, painter.language)
            _write(f"{site}/{prefix}{folder}index.html", page)

    def _notice(self, painter: pages.Painter) -> str:
        return pages.notice(painter, self.problems) if self.preview else ""

    def _parts(self, url: str, title: str, meta: Mapping[str, Any]) -> dict[str, str]:
        address = self.address(url)
        languages = tuple(lang for lang in self.catalogue.languages if lang.prefix + address.path in self.handwritten)
        page = Page(address.path, address.language, title, "", crumbs=self._crumbs(address))
        return {
            "title": title,
            "description": str(meta.get("description", "")),
            "metadata": self._metadata(address, title, meta),
            "canonical": self.base_url + url,
            "alternates": frame.alternates(address.path, languages, self.base_url),
            "switch": self._switch(address, languages),
            "crumbs": frame.crumbs(page, address),
            "notice": self._notice(self.painters[address.language.index]),
            "head": "",
            "main": "",
        }

    def _metadata(self, address: Address, title: str, meta: Mapping[str, Any]) -> str:
        """A handwritten page says itself when it was updated; else the site was, today."""
        told = meta.get("updated")
        updated = told if isinstance(told, date) else self.today
        return pages.metadata(self.catalogue, address.language, title, str(meta.get("description", "")), updated)

    def _switch(self, address: Address, twins: tuple[Language, ...]) -> str:
        """The same page in the other languages; their home page where it has no twin."""
        others = [lang for lang in self.catalogue.languages if lang not in twins]
        return frame.switch(address, twins) + frame.switch(address, tuple(others), path="")

    def _crumbs(self, address: Address) -> tuple[tuple[str, str], ...]:
        """The handwritten pages above a handwritten page."""
        steps = address.path.rstrip("/").split("/")[:-1]
        above = ["/".join(steps[: length + 1]) + "/" for length in range(len(steps))]
        prefix = address.language.prefix
        return tuple((self.handwritten[prefix + path], path) for path in above if prefix + path in self.handwritten)

    def _handwritten_paths(self) -> dict[str, tuple[str, ...]]:
        paths: dict[str, list[str]] = {}
        for url in self.handwritten:
            address = self.address(url)
            paths.setdefault(address.path, []).append(address.language.key)
        return {path: tuple(sorted(keys)) for path, keys in paths.items()}


def fault_in_template(error: Exception, site_src: Path) -> tuple[Path, int] | None:
    """Where in the office's own templates an error arose; jinja2 puts their lines into the traceback."""
    places = [(frame.filename, frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    places.append((getattr(error, "filename", None) or "", getattr(error, "lineno", 1)))
    own = [
        (Path(name), line or 1) for name, line in places if name and Path(name).is_relative_to(site_src / "templates")
    ]
    return own[-1] if own else None


def _write(path: str, text: str) -> None:
    """One file; its folder is nearly always new, and nearly always inside one that exists."""
    folder = os.path.dirname(path)
    try:
        os.mkdir(folder)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(folder)
    _save(path, text)


def _save(path: str, text: str) -> None:
    """One file in a folder that exists."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        data = text.encode("utf-8")
        while data:
            data = data[os.write(file, data) :]
    finally:
        os.close(file)
