"""What a build cannot know: how the site holds up in a browser, and what became of the links that leave it.

Both are slow, so they are done on demand alone; what they need is imported only then.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import groupby
from pathlib import Path

from mingshi.built import Needle, Places, Site
from mingshi.catalogue import Catalogue
from mingshi.problems import Fault, Mark, Problem, Spot, in_order, problem
from mingshi.rules.finding import Audit
from mingshi.rules.texts import EXTERNAL, EXTERNAL_PREFIX

BROWSER_PACKAGES = ("axe_playwright_python", "playwright")


class NotReadyError(Exception):
    """What an audit needs is not there: `what` is packages or browser."""

    def __init__(self, what: str, detail: str = "") -> None:
        super().__init__(what, detail)
        self.what, self.detail = what, detail


@dataclass(frozen=True, slots=True)
class Asked:
    """Which audits, and how."""

    browser: str = ""
    """`sets` opens the pages that stand for the others, `all` opens each."""
    external: bool = False
    private: bool = False
    """Whether machines of the own network are asked, too."""
    strict: bool = False
    """Whether one failure makes a link dead."""
    limit: int | None = None
    """How many links are looked at."""
    progress: Callable[[int, int], None] | None = None
    """Told after each page that was opened: how many are done, of how many."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the site is from, and the day."""

    today: date
    only: tuple[str, ...] = ()
    shown: str = ""
    root: Path | None = None
    """The project, whose ledgers are kept; a foreign site has none."""
    site_src: Path | None = None
    office: Catalogue | None = None


def make_ready(asked: Asked) -> None:
    """NotReadyError before anything slow is begun."""
    if not asked.browser:
        return
    try:
        from mingshi import browser
    except ModuleNotFoundError as error:
        if error.name and error.name.partition(".")[0] in BROWSER_PACKAGES:
            raise NotReadyError("packages", error.name) from error
        raise
    try:
        browser.probe()
    except browser.NoBrowserError as error:
        raise NotReadyError("browser", str(error)) from error


def needs_no_site(only: tuple[str, ...]) -> bool:
    """Whether these codes are of links alone, which are known from the records."""
    return bool(only) and all(code.startswith(EXTERNAL_PREFIX) for code in only)


def audits_of(asked: Asked, place: Place) -> tuple[Callable[[Site], Audit], ...]:
    wanted: list[Callable[[Site], Audit]] = []
    if asked.browser:
        wanted.append(partial(_in_browser, asked, place))
    if asked.external:
        wanted.append(partial(_of_links, asked, place))
    return tuple(wanted)


def _in_browser(asked: Asked, place: Place, site: Site) -> Audit:
    from mingshi import browser

    ledger = place.root / browser.LEDGER if place.root and place.office else None
    every = asked.browser == "all"
    request = browser.Request(place.today, every, place.only, place.shown, ledger, progress=asked.progress)
    return browser.audit(site, request)


def _of_links(asked: Asked, place: Place, site: Site) -> Audit:
    """Look at every link that leaves the site, and write down in the ledger what was seen."""
    from mingshi import external

    codes = tuple(code for code in EXTERNAL if not place.only or code.startswith(place.only))
    path = place.root / external.LEDGER if place.root and place.office else None
    try:
        before = external.read_ledger(path) if path else external.Ledger()
    except external.LedgerError as error:
        broken = problem(Fault("ledger-broken", found=str(error)), Mark(external.LEDGER))
        return Audit("external", codes, problems=(broken,), partial=True)
    if place.office and place.root and place.site_src:
        links = external.collect(place.office, place.root, place.site_src)
    else:
        links = external.collect_from_site(site, place.shown)
    base_url = place.office.site.base_url if place.office else site.origin.root
    means = external.means_of(base_url, asked.private)
    seen = external.examine(links, before, place.today, means, external.Options(asked.strict, asked.limit))
    if path and seen.ledger != before:
        external.write_ledger(path, seen.ledger)
    found = (
        own for own in external.problems(links, seen, place.office) if own.code in codes or own.code not in EXTERNAL
    )
    verdicts = Counter[str](sorted(seen.verdicts.values()))
    return Audit(
        name="external",
        codes=codes,
        problems=tuple(in_order(_located(own, site, place.shown) for own in found)),
        partial=seen.partial,
        facts={"looked": seen.looked, "waiting": seen.waiting, "verdicts": dict(verdicts)},
        said=_said(seen.looked, seen.waiting, verdicts),
    )


def _located(found: Problem, site: Site, shown: str) -> Problem:
    """A link of a foreign site at its line on each page."""
    if not found.spots:
        return found
    spots: list[Spot] = []
    for page, group in groupby(found.spots, key=lambda own: own.page):
        places = Places(site.source(page))
        spots += [Spot(page, *places.locate(Needle("a", "href", own.url)), own.url) for own in group]
    return replace(found, spots=tuple(spots), mark=Mark(f"{shown}{spots[0].page}", spots[0].line, spots[0].column))


def _said(looked: int, waiting: int, verdicts: Counter[str]) -> dict[str, str]:
    counted = ", ".join(f"{verdict} {count}" for verdict, count in verdicts.items()) or "–"
    return {
        "zh": f"看了{looked}個外部連結，{waiting}個留待下次：{counted}",
        "en": f"External links looked at: {looked}, left for another time: {waiting} ({counted})",
    }
