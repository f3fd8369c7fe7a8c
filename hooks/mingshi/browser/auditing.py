"""The table of contents of an audit: site → pages to open → what the windows show → findings and their ledger."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from mingshi import __version__
from mingshi.browser import ledger
from mingshi.browser.choosing import Page, pages_of, representatives, sets
from mingshi.browser.finding import findings, undecided, unsure
from mingshi.browser.serving import Served
from mingshi.browser.windows import SCHEMES, WIDTHS, Limits, Looked, Order, Progress, Seen, look, silent
from mingshi.built import Site
from mingshi.problems import Fault, Mark, Problem, Spot, problem
from mingshi.rules.axe import CODES, REFLOW
from mingshi.rules.finding import Audit, Finding
from mingshi.rules.texts import AXE, AXE_PREFIX

NAME = "browser"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Request:
    """How much is to be looked at, and where it is written down."""

    today: date
    every: bool = False
    """Whether every page is opened, not only those that stand for the others."""
    only: tuple[str, ...] = ()
    """Codes, or starts of codes."""
    shown: str = ""
    """What stands before the path of a page, so that its author can open it."""
    ledger: Path | None = None
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None


def audit(site: Site, request: Request) -> Audit:
    """Open the pages and judge them. NoBrowserError where there is no browser."""
    codes = tuple(code for code in CODES if not request.only or code.startswith(request.only))
    before: tuple[ledger.Entry, ...] = ()
    try:
        before = ledger.read(request.ledger) if request.ledger else ()
    except ledger.BrokenLedgerError as error:
        broken = problem(Fault("ledger-broken", found=str(error)), Mark(ledger.LEDGER))
        return Audit(NAME, codes, problems=(broken,), partial=True)
    # Where only rules of our own are asked, the quickest one of axe is asked along.
    rules = tuple(code.removeprefix(AXE_PREFIX) for code in codes if code in AXE) or ("document-title",)
    pages, served = pages_of(site), Served(site)
    chosen = pages if request.every else representatives(pages)
    addresses = tuple((page.file, served.address(page.url)) for page in chosen)
    looked = look(
        Order(addresses, rules if request.only else (), REFLOW in codes, request.limits, request.progress or silent),
        served,
    )
    opened = {page.file for page in chosen}
    found = [*findings(looked.pages, site, (page for page in pages if page.file not in opened))]
    faults = [*_failures(looked.pages, request.shown)]
    left = [own for own in undecided(looked.pages, site) if own["code"] in codes]
    result = Audit(
        name=NAME,
        codes=codes,
        findings=tuple(own for own in found if own.code in codes),
        unsure=unsure(left),
        partial=bool(faults),
        facts={**_facts(pages, looked), "undecided": left},
    )
    # What saw less than everything is no news of the site.
    if request.ledger and not (faults or request.only):
        ledger.write(request.ledger, ledger.with_audit(before, entry(result, request.today)))
    return replace(result, problems=tuple(faults), said=_said(result))


def _facts(pages: list[Page], looked: Looked) -> dict[str, Any]:
    results = [own for seen in looked.pages for own in seen.results.values()]
    return {
        "pages": len(pages),
        "sets": len(sets(pages)),
        "opened": sum(not own.leads_on for own in looked.pages),
        "led_on": sum(own.leads_on for own in looked.pages),
        "windows": sum("alike" not in own for own in results),
        "languages": sorted({page.language for page in pages}),
        "schemes": [scheme.name for scheme in SCHEMES],
        "widths": [*WIDTHS],
        "versions": {
            "axe": next((own["axe"] for own in results if "axe" in own), ""),
            "chromium": looked.chromium,
            "mingshi": __version__,
        },
        "rules": max((own.get("rules", 0) for own in results), default=0),
    }


def _failures(pages: Iterable[Seen], shown: str) -> Iterator[Problem]:
    """One problem a reason, at the first page that could not be judged."""
    failed: dict[str, list[str]] = defaultdict(list)
    for seen in pages:
        if seen.failure:
            failed[seen.failure].append(seen.file)
    for why, files in sorted(failed.items()):
        found = problem(Fault("browser-page-failed", found=why), Mark(f"{shown}{files[0]}"))
        yield replace(found, spots=tuple(Spot(file) for file in files), subject=why)


def entry(result: Audit, today: date) -> dict[str, Any]:
    """What the ledger keeps of an audit."""
    counted: dict[str, list[Finding]] = defaultdict(list)
    for own in result.findings:
        counted[own.code].append(own)
    return {
        "day": today.isoformat(),
        **{name: value for name, value in result.facts.items() if name != "undecided"},
        "findings": {
            code: {"places": len(own), "pages": len({finding.page for finding in own})}
            for code, own in sorted(counted.items())
        },
        "needs_person": dict(sorted(result.unsure.items())),
    }


def _said(result: Audit) -> Mapping[str, str]:
    facts = result.facts
    ways = {"schemes": len(facts["schemes"]), "widths": len(facts["widths"])}
    told = {**facts, **ways, "axe": facts["versions"]["axe"], "chromium": facts["versions"]["chromium"]}
    open_places = sum(result.unsure.values())
    rules = [f"{code} {n}" for code, n in sorted(result.unsure.items(), key=lambda own: (-own[1], own[0]))[:_SHOWN]]
    zh, en = f"，{open_places}處要由人判斷（{'、'.join(rules)}）", f"; for a person: {open_places} ({', '.join(rules)})"
    return {
        "zh": "瀏覽器：{pages}頁、{sets}組結構，打開了{opened}頁（{schemes}種色彩、{widths}種寬度；"
        "axe {axe}、Chromium {chromium}）".format(**told)
        + (zh if open_places else ""),
        "en": "Browser: {pages} pages in {sets} structure sets, opened {opened} ({schemes} colour schemes, "
        "{widths} widths; axe {axe}, Chromium {chromium})".format(**told)
        + (en if open_places else ""),
    }
