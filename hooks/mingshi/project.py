"""The table of contents of a build: one function a verb. Paths and settings live here, details do not.

Each verb imports its own stages: `build` starts a MkDocs that needs all of a site, and needs next to nothing itself.
"""

from __future__ import annotations

import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from mingshi import publish, report
from mingshi.problems import Fault, Mark, Problem, errors, in_order, problem

if TYPE_CHECKING:
    from mingshi import search
    from mingshi.build import Build as Build
    from mingshi.catalogue import Catalogue
    from mingshi.languages import Languages
    from mingshi.schema.record import Kind

RESULT, OFFLINE, TODAY = "MINGSHI_RESULT", "MINGSHI_OFFLINE", "MINGSHI_TODAY"
"""Environment variables by which `build` talks to the hook in its MkDocs."""
EPOCH = "SOURCE_DATE_EPOCH"
TAIPEI = timezone(timedelta(hours=8))
"""Where the days of an office begin and end."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where an office keeps what."""

    root: Path
    site_src: Path | None = None

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def pages(self) -> Path:
        return self.site_src or self.root / "site_src"

    @property
    def site(self) -> Path:
        return self.root / "site"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a verb found, and what it made."""

    problems: tuple[Problem, ...]
    switched: publish.Switched | None = None
    site: Path | None = None
    seconds: float = 0.0
    log: str = ""

    @property
    def good(self) -> bool:
        return not errors(self.problems)


@dataclass(frozen=True, slots=True)
class Finder:
    """The search of a site as its pages have it: one index a language, by its key."""

    catalogue: Catalogue
    readers: Mapping[str, search.Reader]

    def of(self, key: str | None, question: str) -> search.Reader:
        """The index of a language; else of the first in which the question may be written."""
        own = [reader for name, reader in self.readers.items() if (name == "en") == question.isascii()]
        return self.readers.get(key or "") or [*own, *self.readers.values()][0]

    def elsewhere(
        self, reader: search.Reader, question: str, found: search.Found
    ) -> Iterator[tuple[search.Reader, search.Found]]:
        """The other languages, where they answer better."""
        from mingshi import search

        for other in self.readers.values():
            theirs = search.search(other, question)
            if other is not reader and found.yields(theirs):
                yield other, theirs

    def answer(self, question: search.Question) -> search.Answer:
        from mingshi import search

        reader = self.of(question.language, question.text)
        found = search.search(reader, question.text)
        return search.Answer([reader.index.entries[hit.record].ref for hit in found.hits], found.close)


class Preview:
    """What a live preview remembers from one build to the next."""

    def __init__(self) -> None:
        self.last_good: Catalogue | None = None


def today() -> date:
    """The day for which the site is built: as asked, else of the reproducible build, else by the clock."""
    told = os.environ.get(TODAY)
    if told:
        return date.fromisoformat(told)
    epoch = os.environ.get(EPOCH, "")
    moment = datetime.fromtimestamp(int(epoch), TAIPEI) if epoch.isdecimal() else datetime.now(TAIPEI)
    return moment.date()


def check(project: Project) -> tuple[Catalogue | None, tuple[Problem, ...]]:
    """Read everything; find every problem of data and handwritten pages."""
    from mingshi import handwritten
    from mingshi.catalogue import load

    with no_collection():
        loaded = load(project.data)
        found = [*loaded.problems]
        if project.pages.is_dir():
            found += handwritten.problems(project.pages, project.pages.name, loaded.catalogue)
            if loaded.catalogue:
                found += handwritten.missing(project.pages, loaded.catalogue)
                found += handwritten.covered(project.pages, loaded.catalogue)
    return loaded.catalogue, tuple(in_order(found))


def languages_of(project: Project) -> Languages:
    """The site's languages, the usual two while there is no site yet."""
    return catalogue_of(project).languages


def catalogue_of(project: Project) -> Catalogue:
    """What there is, right or wrong; an empty office where there is nothing yet."""
    from mingshi.catalogue import fallback, load

    return load(project.data).catalogue or fallback()


def empty_sheets(project: Project, kind: Kind, author: str) -> dict[str, bytes]:
    """File name → an empty workbook of a kind, in both formats."""
    from mingshi import exports

    book = exports.template(kind, catalogue_of(project), author)
    return {f"{kind.folder}.{suffix}": write_book(book) for suffix, write_book in exports.FORMATS.items()}


def sheet_formats() -> frozenset[str]:
    from mingshi import exports

    return frozenset(exports.FORMATS)


def sheet_of(project: Project, kind: Kind, author: str, suffix: str) -> tuple[bytes, tuple[Problem, ...]]:
    """All records of a kind as a workbook; faulty ones cannot be written, so there must be none."""
    from mingshi import exports

    catalogue, problems = check(project)
    if catalogue is None or errors(problems):
        return b"", problems
    return exports.FORMATS[suffix](exports.export(kind, catalogue, author)), problems


def validate(project: Project) -> Outcome:
    start = time.monotonic()
    return Outcome(check(project)[1], seconds=time.monotonic() - start)


def finder(project: Project) -> Finder:
    """The search over what there is, right or wrong."""
    from mingshi import search

    with no_collection():
        catalogue = catalogue_of(project)
        facts = [lambda _: ("", "")] * len(catalogue.languages)
        indexes = search.indexes(catalogue, today(), facts, tuple(search.written(project.pages, catalogue.languages)))
        return Finder(catalogue, {index.language.key: search.Reader(index) for index in indexes})


@contextmanager
def no_collection() -> Iterator[None]:
    """Without the garbage collector, now and for what is made meanwhile: records live as long as the build."""
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()


def begin(project: Project, preview: Preview | None = None) -> Build:
    """A build for the hook. In a preview, faulty data shows its problems over the last good site."""
    from mingshi.build import Build
    from mingshi.catalogue import fallback

    catalogue, problems = check(project)
    good = not errors(problems)
    if preview is not None:
        if catalogue is not None and good:
            preview.last_good = catalogue
        catalogue = catalogue if good else preview.last_good or catalogue
    return Build(
        catalogue=catalogue or fallback(),
        site_src=project.pages,
        today=today(),
        problems=problems,
        offline=bool(os.environ.get(OFFLINE)),
        preview=preview is not None,
    )


def build(project: Project, site: Path, offline: bool = False, day: date | None = None) -> Outcome:
    """Build aside and put the site in place only when everything succeeded."""
    start = time.monotonic()
    if not project.data.is_dir():
        return Outcome((problem(Fault("folder-missing", found="data"), Mark("data")),))
    try:
        if not publish.may_replace(site):
            raise publish.NotOursError
        with publish.workshop(project.cache, site) as stage:
            problems, log = run_mkdocs(project, stage, offline, day)
            if errors(problems):
                return Outcome(problems, seconds=time.monotonic() - start, log=log)
            switched = publish.switch(stage, site, project.cache)
    except publish.NotOursError:
        return Outcome((of_site(Fault("site-not-ours", found=str(site)), site),))
    except publish.BusyError:
        return Outcome((of_site(Fault("site-busy"), site),))
    except OSError as error:
        fault = Fault("switch-failed", found=error.strerror or str(error), expected=str(site))
        return Outcome((of_site(fault, site),))
    return Outcome(problems, switched, site, time.monotonic() - start)


def serve(project: Project, address: str) -> int:
    """A live preview; data and pages are watched."""
    command = ["serve", "--livereload", "--dev-addr", address]
    return subprocess.call(_mkdocs(project, *command), cwd=project.root, env=_environment())


def write(build: Build, site: Path) -> None:
    with no_collection():
        build.write(site)


def explain(error: Exception, build: Build) -> str | None:
    """What a template of the office did wrong, told like every problem; None if the fault is elsewhere."""
    from mingshi.build import fault_in_template

    place = fault_in_template(error, build.site_src)
    if place is None:
        return None
    path, line = place
    mark = Mark(f"{build.site_src.name}/{path.relative_to(build.site_src).as_posix()}", line)
    fault = Fault("template-fault", found=f"{type(error).__name__}: {error}")
    found = (*build.problems, problem(fault, mark))
    tell(found)
    return report.text(found, report.author_language())


def tell(problems: tuple[Problem, ...]) -> None:
    """Hand the problems to the `build` that started this MkDocs, if one did."""
    result = os.environ.get(RESULT)
    if result:
        Path(result).write_text(report.as_json(problems), encoding="utf-8")


def run_mkdocs(project: Project, stage: Path, offline: bool, day: date | None) -> tuple[tuple[Problem, ...], str]:
    """Build into an empty folder; what was found, and what MkDocs said."""
    result = stage.with_suffix(".json")
    environment = _environment() | {RESULT: str(result)} | ({OFFLINE: "1"} if offline else {})
    environment |= {TODAY: day.isoformat()} if day else {}
    command = _mkdocs(project, "build", "--strict", "--site-dir", str(stage))
    done = subprocess.run(
        command,
        cwd=project.root,
        env=environment,
        capture_output=True,
        check=False,
        encoding="utf-8",
        errors="replace",
    )
    log = (done.stdout + done.stderr).strip()
    told = json.loads(result.read_text("utf-8"))["problems"] if result.exists() else []
    result.unlink(missing_ok=True)
    problems = tuple(report.from_values(values) for values in told)
    if done.returncode and not errors(problems):
        last = log.splitlines()[-1] if log else f"exit {done.returncode}"
        problems = (*problems, problem(Fault("mkdocs-failed", found=last), Mark("mkdocs.yml")))
    return problems, log


def _mkdocs(project: Project, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", arguments[0], "-f", str(project.root / "mkdocs.yml"), *arguments[1:]]


def _environment() -> dict[str, str]:
    # Material prints its end-of-life notice at every start; what follows from it is in CONTRIBUTING.
    return {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}


def of_site(fault: Fault, site: Path) -> Problem:
    """A fault of the folder of the site as a whole."""
    return problem(fault, Mark(site.name))
