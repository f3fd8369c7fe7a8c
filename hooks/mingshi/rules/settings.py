"""What an office sets aside: levels it changes, exceptions it makes. Nothing of it is silent."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from mingshi.kinds.site import RuleException, Site
from mingshi.problems import Fault, Level, Mark, Problem, nearest, problem
from mingshi.rules.texts import LEVELS
from mingshi.source import Place


@dataclass(frozen=True, slots=True)
class Settings:
    levels: Mapping[str, Level] = field(default_factory=lambda: dict(LEVELS))
    changed: tuple[str, ...] = ()
    """The rules whose level is another one than usual."""
    exceptions: tuple[tuple[RuleException, Mark], ...] = ()
    problems: tuple[Problem, ...] = ()


def settings_of(site: Site, place: Place | None, today: date) -> Settings:
    """The settings in site.yml, with what is wrong with them."""
    levels = dict(LEVELS)
    found: list[Problem] = []
    changed, exceptions = [], []
    for code, wanted in site.rules.items():
        if code not in LEVELS:
            found.append(_unknown(code, _mark(place, ("rules", code), True)))
        elif levels[code] is not Level(wanted.level):
            levels[code] = Level(wanted.level)
            changed.append(code)
    for index, own in enumerate(site.exceptions):
        mark = _mark(place, ("exceptions", index), False)
        if own.rule not in LEVELS:
            found.append(_unknown(own.rule, _mark(place, ("exceptions", index, "rule"), False)))
        elif own.until < today:
            fault = Fault(
                "exception-expired", found=own.until.isoformat(), facts={"rule": own.rule, "place": own.place}
            )
            found.append(problem(fault, _mark(place, ("exceptions", index, "until"), False)))
        else:
            exceptions.append((own, mark))
    return Settings(levels, tuple(changed), tuple(exceptions), tuple(found))


@dataclass(frozen=True, slots=True)
class Sifted:
    """What is left of the problems, what was set aside, and which exceptions no problem needed."""

    problems: tuple[Problem, ...]
    excepted: tuple[Problem, ...]
    unused: tuple[Problem, ...]


def sift(problems: Iterable[Problem], settings: Settings, asked: Container[str] = LEVELS) -> Sifted:
    """Set aside what is excepted. An exception whose rule was not `asked` cannot be said to be of no use."""
    left: list[Problem] = []
    excepted: list[Problem] = []
    used: set[Mark] = set()
    for found in problems:
        if not found.spots:
            marks = _covering(found, settings)
            used |= marks
            (excepted if marks else left).append(found)
            continue
        spots = found.spots
        for own, mark in settings.exceptions:
            if own.rule == found.code:
                kept = tuple(spot for spot in spots if not _covers(own.place, spot.page, found.mark.file))
                used |= {mark} if len(kept) < len(spots) else set()
                spots = kept
        if spots:
            left.append(replace(found, spots=spots) if len(spots) < len(found.spots) else found)
        if len(spots) < len(found.spots):
            gone = tuple(spot for spot in found.spots if spot not in spots)
            excepted.append(replace(found, spots=gone))
    return Sifted(tuple(left), tuple(excepted), tuple(_unused(settings, used, asked)))


def _covering(found: Problem, settings: Settings) -> set[Mark]:
    """The exceptions that together cover every line of a problem that is known by its lines, not by its pages."""
    own = [(exception.place, mark) for exception, mark in settings.exceptions if exception.rule == found.code]
    files = {mark.file for mark in (found.mark, *found.related)}
    whole = all(any(_covers(place, file, file) for place, _ in own) for file in files)
    return {mark for place, mark in own if any(_covers(place, file, file) for file in files)} if whole else set()


def _unused(settings: Settings, used: set[Mark], asked: Container[str]) -> Iterator[Problem]:
    for own, mark in settings.exceptions:
        if mark not in used and own.rule in asked:
            yield problem(Fault("exception-unused", found=own.rule, facts={"place": own.place}), mark)


def _covers(place: str, page: str, file: str) -> bool:
    """A page, a folder of pages (ends in a slash), a file of data, or a pattern with `*`."""
    wanted, url = place.lstrip("/"), page.removesuffix("index.html")
    if place in ("*", file) or wanted in (page, url):
        return True
    return (wanted.endswith("/") and url.startswith(wanted)) or ("*" in wanted and fnmatchcase(url, wanted))


def _unknown(code: str, mark: Mark) -> Problem:
    return problem(Fault("unknown-rule", found=code, nearest=nearest(code, LEVELS)), mark)


def _mark(place: Place | None, at: tuple[str | int, ...], on_key: bool) -> Mark:
    return place(at, on_key) if place else Mark("data/site.yml")
