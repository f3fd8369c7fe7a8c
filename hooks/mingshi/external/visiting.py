"""Many addresses: one worker a host that takes its time, hosts side by side. Keeps what one address tells of others."""

import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mingshi.external.address import Address, parse, sibling, twin
from mingshi.external.asking import Trouble
from mingshi.external.judging import Finding, from_opinion, has_twin, judge, needs_sibling, types_of
from mingshi.external.linkchecker import Opinion
from mingshi.external.looking import Eyes, Seen, look

HOSTS_AT_ONCE = 8
_SILENT = frozenset({"timeout", "refused", "closed"})
_NOWHERE = frozenset({"no-host", "name-service", "private", "no-route"})
"""Troubles of a name; they are the same for every address under it."""
_PATIENCE = 3
"""Addresses of a host that are tried though it says nothing; what holds for them holds for its others."""


@dataclass(slots=True)
class Visit:
    """All addresses of one host, one after the other."""

    eyes: Eyes
    opinions: Mapping[str, Opinion]
    beside: dict[str, Seen] = field(default_factory=dict)
    """What stands where nothing can stand, by address."""
    without_https: bool = False
    silence: list[Seen] = field(default_factory=list)
    """Looks since the host last said anything."""

    def visit(self, address: Address) -> tuple[Finding, str]:
        """What an address means, and the trouble at its end: '' where somebody answered."""
        opinion = self.opinions.get(address.wire)
        settled = from_opinion(address, opinion)
        if settled is not None:
            return settled, ""
        if self.silence and (len(self.silence) >= _PATIENCE or self.silence[-1].reason in _NOWHERE):
            return judge(self.silence[-1]), self.silence[-1].reason
        seen = look(address, self.eyes, types_of(address))
        self.silence = [*self.silence, seen] if seen.reason in _SILENT | _NOWHERE and not seen.hops else []
        beside = self._sibling(address) if needs_sibling(seen) else None
        finding = judge(seen, beside, opinion)
        if finding.outcome == "fine" and address.scheme == "http" and self._is_there_by_https(seen):
            finding = Finding("fine", "https-twin", finding.status, _with_fragment(twin(address), address))
        return finding, seen.reason

    def _sibling(self, address: Address) -> Seen | None:
        url = sibling(address)
        if url not in self.beside:
            other = parse(url)
            if other is None:
                return None
            self.beside[url] = look(other, self.eyes)
        return self.beside[url]

    def _is_there_by_https(self, seen: Seen) -> bool:
        other = parse(twin(seen.address))
        if other is None or self.without_https or seen.address.port != 80:
            return False
        by_https = look(other, self.eyes, types_of(other))
        # A host that cannot do it once is not asked for every address.
        self.without_https = isinstance(by_https.end, Trouble)
        return has_twin(seen, by_https)


@dataclass(slots=True)
class Visits:
    """Every host at most once at a time, several hosts side by side."""

    eyes: Eyes
    opinions: Mapping[str, Opinion]
    findings: dict[str, Finding] = field(default_factory=dict)
    troubles: dict[str, str] = field(default_factory=dict)
    """URL → why nobody answered, '' where somebody did."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)
    _surprises: list[Exception] = field(default_factory=list)

    def go(self, addresses: Iterable[Address], seconds: float) -> None:
        """Look at all of them, or at as many as there is time for."""
        hosts: dict[str, list[Address]] = {}
        for address in addresses:
            hosts.setdefault(address.host, []).append(address)
        # The longest lists first, or the last one would be waited for alone.
        queue = deque(sorted(hosts.values(), key=lambda own: (-len(own), own[0].host)))
        workers = [
            threading.Thread(target=self._work, args=(queue,), daemon=True)
            for _ in range(min(HOSTS_AT_ONCE, len(hosts)))
        ]
        until = time.monotonic() + seconds
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))
        self._over.set()
        with self._lock:
            # A worker that hangs may still be there; what it finds now comes too late.
            self.findings = dict(self.findings)
            self.troubles = dict(self.troubles)
        if self._surprises:
            raise self._surprises[0]

    def _work(self, queue: deque[list[Address]]) -> None:
        try:
            while not self._over.is_set():
                try:
                    own = queue.popleft()
                except IndexError:
                    return
                self._visit_host(own)
        except Exception as error:  # a thread has nobody above it; `go` raises it again
            self._surprises.append(error)

    def _visit_host(self, own: list[Address]) -> None:
        visit = Visit(self.eyes, self.opinions)
        for address in own:
            if self._over.is_set():
                return
            finding, trouble = visit.visit(address)
            with self._lock:
                if not self._over.is_set():
                    self.findings[address.url] = finding
                    self.troubles[address.url] = trouble


def _with_fragment(url: str, address: Address) -> str:
    return f"{url}#{address.fragment}" if address.fragment else url
