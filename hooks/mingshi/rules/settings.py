"""What an office sets aside: levels it changes, exceptions it makes. Nothing of it is silent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fnmatch import fnmatchcase

from mingshi.kinds.site import RuleException, Site
from mingshi.problems import Fault, Level, Mark, Problem, nearest, problem
from mingshi.rules.texts import TEXTS
from mingshi.source import Place


@dataclass(frozen=True, slots=True)
class Settings:
    levels: Mapping[str, Level] = field(default_factory=lambda: {code: own.level for code, own in TEXTS.items()})
    changed: tuple[str, ...] = ()
    """The rules whose level is another one than usual."""
    exceptions: tuple[tuple[RuleException, Mark], ...] = ()
    problems: tuple[Problem, ...] = ()


def settings_of(site: Site, place: Place | None, today: date) -> Settings:
    """The settings in site.yml, with what is wrong with them."""
    levels = {code: own.level for code, own in TEXTS.items()}
    found: list[Problem] = []
    changed, exceptions = [], []
    for code, wanted in site.rules.items():
        if code not in TEXTS:
            found.append(_unknown(code, _mark(place, ("rules", code), True)))
        elif levels[code] is not Level(wanted.level):
            levels[code] = Level(wanted.level)
            changed.append(code)
    for index, own in enumerate(site.exceptions):
        mark = _mark(place, ("exceptions", index), False)
        if own.rule not in TEXTS:
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


def sift(problems: Iterable[Problem], settings: Settings) -> Sifted:
    left, excepted = [], []
    used: set[Mark] = set()
    for found in problems:
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
    return Sifted(tuple(left), tuple(excepted), tuple(_unused(settings, used)))


def _unused(settings: Settings, used: set[Mark]) -> Iterator[Problem]:
    for own, mark in settings.exceptions:
        if mark not in used:
            yield problem(Fault("exception-unused", found=own.rule, facts={"place": own.place}), mark)


def _covers(place: str, page: str, file: str) -> bool:
    """A page, a folder of pages (ends in a slash), a file of data, or a pattern with `*`."""
    wanted, url = place.lstrip("/"), page.removesuffix("index.html")
    if place in ("*", file) or wanted in (page, url):
        return True
    return (wanted.endswith("/") and url.startswith(wanted)) or ("*" in wanted and fnmatchcase(url, wanted))


def _unknown(code: str, mark: Mark) -> Problem:
    return problem(Fault("unknown-rule", found=code, nearest=nearest(code, TEXTS)), mark)


def _mark(place: Place | None, at: tuple[str | int, ...], on_key: bool) -> Mark:
    return place(at, on_key) if place else Mark("data/site.yml")
