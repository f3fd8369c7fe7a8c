"""`mingshi check`: the rules and audits on our own site, built aside, or on any folder of HTML. Knows no rule."""

import hashlib
import os
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mingshi import audits, project, publish
from mingshi.audits import Asked
from mingshi.catalogue import Catalogue, load
from mingshi.problems import Fault, Problem, errors
from mingshi.project import Project
from mingshi.rules import engine
from mingshi.rules.engine import Inspected, Task


@dataclass(frozen=True, slots=True)
class Request:
    """What `mingshi check` is asked to do."""

    site: Path | None = None
    """Any folder of HTML, judged without the office's records; our own site if left out."""
    shown: str = ""
    base_url: str = ""
    only: tuple[str, ...] = ()
    built: bool = False
    """Whether to take our site as it was built last."""
    cached: bool = True
    day: date | None = None
    audits: Asked = field(default_factory=Asked)
    """What takes longer than to read the site."""


def inspect(place: Project, request: Request) -> Inspected:
    """Every rule on a finished site. NoSiteError where there is none, NotReadyError where an audit cannot be made."""
    audits.make_ready(request.audits)
    with project.no_collection():
        if request.site is not None:
            task = _task(place, request, request.site)
            return engine.inspect(task)
        return _inspect_own(place, request)


def _inspect_own(place: Project, request: Request) -> Inspected:
    """Our own data, and the site that is made from them, built aside unless it is there."""
    if request.audits.external and audits.needs_no_site(request.only):
        return _audit_links(place, request)
    catalogue, found = project.check(place)
    if catalogue is None or errors(found):
        return engine.nothing(found)
    if request.built:
        return _judge(place, request, place.site, catalogue, found)
    try:
        with publish.workshop(place.cache, place.site) as stage:
            told, _ = project.run_mkdocs(place, stage, offline=False, day=request.day)
            if errors(told):
                return engine.nothing((*found, *errors(told)))
            return _judge(place, request, stage, catalogue, found)
    except publish.BusyError:
        return engine.nothing((project.of_site(Fault("site-busy"), place.site),))


def _audit_links(place: Project, request: Request) -> Inspected:
    """The links that leave the site, apart from a build: faulty data elsewhere keep nobody from it."""
    loaded = load(place.data)
    if loaded.catalogue is None:
        return engine.nothing(loaded.problems)
    task = _task(place, request, place.site, loaded.catalogue)
    return engine.audits_alone(replace(task, office=loaded.catalogue))


def _judge(place: Project, request: Request, site: Path, catalogue: Catalogue, found: tuple[Problem, ...]) -> Inspected:
    task = replace(
        _task(place, request, site, catalogue),
        office=catalogue,
        site_src=place.pages,
        base_url=request.base_url or catalogue.site.base_url,
    )
    inspected = engine.inspect(task)
    return replace(inspected, problems=(*found, *inspected.problems))


def _task(place: Project, request: Request, root: Path, office: Catalogue | None = None) -> Task:
    day = request.day or project.today()
    about = audits.Place(day, request.only, request.shown, place.root, place.pages, office)
    name = hashlib.sha256(os.fsencode(request.site or place.root)).hexdigest()[:12]
    return Task(
        root=root,
        today=day,
        shown=request.shown,
        base_url=request.base_url,
        cache=place.cache / f"facts-{name}" if request.cached else None,
        only=request.only,
        audits=audits.audits_of(request.audits, about),
    )
