"""Links and a ledger → every address looked at, and the new ledger: the table of contents of a run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mingshi.external.address import Address, parse
from mingshi.external.asking import Means
from mingshi.external.collecting import Link
from mingshi.external.judging import Finding
from mingshi.external.ledger import Ledger, Verdict, verdict
from mingshi.external.linkchecker import COMMAND, first_look
from mingshi.external.looking import Eyes, Pace, Turns
from mingshi.external.reach import Reach
from mingshi.external.visiting import Visits

_NO_NETWORK = frozenset({"name-service", "no-route"})
_NO_ANSWER = _NO_NETWORK | {"no-host", "timeout", "refused"}
_CERTAIN = 3
"""Hosts that were alive and all fall silent at once: no coincidence."""


@dataclass(frozen=True, slots=True)
class Options:
    strict: bool = False
    """Whether one failure makes an address dead."""
    limit: int | None = None
    """How many addresses are looked at; those that were seen longest ago come first."""
    pace: Pace = field(default_factory=Pace)
    first_seconds: float = 1800
    """For linkchecker."""
    second_seconds: float = 7200
    """For the second look at everything."""
    command: Sequence[str] = COMMAND
    """What starts linkchecker."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What a run found."""

    ledger: Ledger
    verdicts: Mapping[str, Verdict]
    looked: int
    waiting: int
    """Addresses that were not looked at in this run."""
    faults: tuple[tuple[str, str], ...] = ()
    """Codes of what kept the run from looking at everything, each with a detail."""

    @property
    def partial(self) -> bool:
        """A partial run says less than it should, and never counts as good."""
        return bool(self.faults)


def means_of(base_url: str, private: bool) -> Means:
    """How requests are made for a site, whose address tells the asked where to complain."""
    return Means(Reach(private), f"Mozilla/5.0 (compatible; Mingshi link check; +{base_url})")


def examine(links: Iterable[Link], ledger: Ledger, day: date, means: Means, options: Options) -> Examined:
    """Look at every address once, twice where it needs it, and write down what was seen."""
    asked = {url: address for url in sorted({link.url for link in links}) if (address := _askable(url)) is not None}
    chosen = [asked[url] for url in ledger.oldest_first(asked)[: options.limit]]
    first = first_look(chosen, means.reach, means.agent, options.first_seconds, options.command)
    faults = [(first.fault, first.detail)] if first.fault else []
    visits = Visits(Eyes(means, Turns(options.pace)), first.opinions)
    visits.go(chosen, options.second_seconds)
    findings: Mapping[str, Finding] = visits.findings
    if is_offline(chosen, visits.troubles, ledger):
        faults, findings = [*faults, ("network-missing", "")], {}
    elif len(findings) < len(chosen):
        faults.append(("external-unfinished", str(len(chosen) - len(findings))))
    new = ledger.with_looks(day, findings, asked)
    verdicts = {url: known for url in asked if (known := verdict(new.of(url), options.strict)) is not None}
    return Examined(new, verdicts, len(findings), len(asked) - len(findings), tuple(faults))


def is_offline(chosen: Iterable[Address], troubles: Mapping[str, str], ledger: Ledger) -> bool:
    """Whether it is this machine that has no network, rather than everybody else who is gone."""
    told = [(address, troubles[address.url]) for address in chosen if address.url in troubles]
    if not told or any(trouble not in _NO_ANSWER for _, trouble in told):
        return False
    if all(trouble in _NO_NETWORK for _, trouble in told):
        return True
    return len({address.host for address, _ in told if not _failed_before(address, ledger)}) >= _CERTAIN


def _failed_before(address: Address, ledger: Ledger) -> bool:
    looks = ledger.of(address.url)
    return bool(looks) and looks[-1].outcome == "failing"


def _askable(url: str) -> Address | None:
    """The address of a URL that leads anywhere at all."""
    address = parse(url)
    return None if address is None or address.reserved else address
