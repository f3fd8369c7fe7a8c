"""Links and a ledger → every address looked at, and the new ledger: the table of contents of a run."""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from mingshi.external.address import Address, parse
from mingshi.external.asking import Means
from mingshi.external.collecting import Link
from mingshi.external.ledger import Ledger, Verdict, verdict
from mingshi.external.linkchecker import COMMAND, first_look
from mingshi.external.looking import Eyes, Pace, Turns
from mingshi.external.reach import Reach
from mingshi.external.visiting import HOSTS_AT_ONCE, Visits

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
    there = _resolving({address.host for address in chosen}, means.reach)
    known = [address for address in chosen if address.host in there]
    first = first_look(known, means.reach, means.agent, options.first_seconds, options.command)
    faults = [(first.fault, first.detail)] if first.fault else []
    visits = Visits(Eyes(means, Turns(options.pace)), first.opinions)
    visits.go(chosen, options.second_seconds)
    if is_offline(chosen, visits.troubles, ledger):
        return _examined(ledger, asked, 0, [*faults, ("network-missing", "")], options.strict)
    looked = len(visits.findings)
    if looked < len(chosen):
        faults.append(("external-unfinished", str(len(chosen) - looked)))
    return _examined(ledger.with_looks(day, visits.findings, asked), asked, looked, faults, options.strict)


def _examined(
    ledger: Ledger, asked: Mapping[str, Address], looked: int, faults: Iterable[tuple[str, str]], strict: bool
) -> Examined:
    verdicts = {url: known for url in asked if (known := verdict(ledger.of(url), strict)) is not None}
    return Examined(ledger, verdicts, looked, len(asked) - looked, tuple(faults))


def _resolving(hosts: Iterable[str], reach: Reach) -> set[str]:
    """The hosts whose names lead anywhere; a name service that is down takes seconds for each."""
    names = sorted(hosts)
    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        return {name for name, resolves in zip(names, pool.map(reach.resolves, names), strict=True) if resolves}


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
