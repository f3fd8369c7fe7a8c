"""A look at an address: in turn, patiently, along its redirects. Judges nothing of what it sees."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock

from mingshi.external.address import Address, follow, parse
from mingshi.external.asking import Answer, Means, Trouble, ask
from mingshi.external.page import Page, read_page

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
BUSY = frozenset({429, 503})
_TROUBLE_AGAIN = frozenset({"closed", "timeout", "no-http"})
_FARTHEST = 10
"""Redirects; browsers stop at 20, and nobody needs five."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How patient and how polite a look is, in seconds."""

    pause: float = 1.0
    """Between two requests to one host."""
    tries: int = 3
    back_off: float = 2.0
    """Before the second try; each further one waits twice as long."""
    longest_wait: float = 60
    """What a server may ask for with Retry-After; whoever asks for more is left alone for this run."""
    wait: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Hop:
    """A redirect on the way."""

    address: Address
    status: int

    @property
    def permanent(self) -> bool:
        return self.status in PERMANENT


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look showed: the way there, and its end."""

    address: Address
    end: Answer | Trouble
    hops: tuple[Hop, ...] = ()
    page: Page | None = None

    @property
    def status(self) -> int:
        return self.end.status if isinstance(self.end, Answer) else 0

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    @property
    def reason(self) -> str:
        return self.end.reason if isinstance(self.end, Trouble) else ""

    @property
    def last(self) -> Address:
        return self.end.address


@dataclass(slots=True)
class Turns:
    """One request at a time per host, with a pause between two; remembers who wants to be left alone."""

    pace: Pace
    _locks: dict[str, Lock] = field(default_factory=dict)
    _guard: Lock = field(default_factory=Lock)
    _next: dict[str, float] = field(default_factory=dict)
    _closed: set[str] = field(default_factory=set)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(host, Lock())
        with lock:
            wait = self._next.get(host, 0) - time.monotonic()
            if wait > 0:
                self.pace.wait(wait)
            try:
                yield
            finally:
                self._next[host] = time.monotonic() + self.pace.pause

    def close(self, host: str) -> None:
        self._closed.add(host)

    def is_closed(self, host: str) -> bool:
        return host in self._closed


@dataclass(frozen=True, slots=True)
class Eyes:
    """What a look needs."""

    means: Means
    turns: Turns


def look(address: Address, eyes: Eyes, types: tuple[str, ...] = ()) -> Seen:
    """Follow an address to its end. Where a file of certain types should be, its head will do if that says so."""
    if types:
        seen = _walk(address, eyes, "HEAD")
        if _head_will_do(seen, types):
            return seen
    return _walk(address, eyes, "GET")


def _head_will_do(seen: Seen, types: tuple[str, ...]) -> bool:
    """Servers that refuse HEAD do it in many ways; only a clear yes is taken for an answer."""
    end = seen.end
    if isinstance(end, Trouble):
        return end.reason in ("no-host", "name-service", "private", "refused", "no-route", "left-alone")
    length = end.headers.get("content-length", "")
    return seen.good and end.type.startswith(types) and length.isdecimal() and int(length) > 0


def _walk(address: Address, eyes: Eyes, method: str) -> Seen:
    hops: list[Hop] = []
    here, jar, been = address, Jar(), set()
    while True:
        end = _patiently(here, eyes, method, jar.cookie(here))
        if isinstance(end, Trouble):
            return Seen(address, end, tuple(hops))
        changed = jar.keep(here, end.cookies)
        page = read_page(end) if method == "GET" and end.is_page else None
        location = _leads_to(end, page)
        if not location:
            return Seen(address, end, tuple(hops), page)
        hops.append(Hop(here, end.status))
        going = parse(follow(here, location))
        if going is None:
            return Seen(address, Trouble(here, "bad-redirect", location), tuple(hops))
        # Who sets a cookie and sends back to the same place wants to see the cookie: no loop yet.
        if (going.wire in been and not changed) or len(hops) > _FARTHEST:
            return Seen(address, Trouble(going, "loop"), tuple(hops))
        been.add(here.wire)
        here = replace(going, fragment=going.fragment or here.fragment)


def _leads_to(end: Answer, page: Page | None) -> str:
    if end.status in REDIRECTS:
        return end.headers.get("location", "")
    return page.sends_to if page is not None and 200 <= end.status < 300 else ""


def _patiently(address: Address, eyes: Eyes, method: str, cookie: str) -> Answer | Trouble:
    """The answer after as many tries as it takes; a server that asks for a pause gets it."""
    pace, host = eyes.turns.pace, address.site
    for attempt in range(pace.tries):
        with eyes.turns.turn(host):
            if eyes.turns.is_closed(host):
                return Trouble(address, "left-alone")
            end = ask(address, method, eyes.means, cookie)
        if not _worth_another(end):
            return end
        wait = pace.back_off * 2**attempt
        if isinstance(end, Answer):
            wait = retry_after(end.headers) or wait
        last = attempt == pace.tries - 1
        if wait > pace.longest_wait or (last and isinstance(end, Answer) and end.status == 429):
            eyes.turns.close(host)
            return end
        if not last:
            pace.wait(wait)
    return end


def _worth_another(end: Answer | Trouble) -> bool:
    return end.status in TRY_AGAIN if isinstance(end, Answer) else end.reason in _TROUBLE_AGAIN


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds a server asks to wait. A date counts from the server's own clock, which it sends along."""
    told = headers.get("retry-after", "").strip()
    if told.isascii() and told.isdecimal():
        return float(told)
    then, now = _moment(told), _moment(headers.get("date", ""))
    return max(0.0, (then - now).total_seconds()) if then and now else None


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class Jar:
    """The cookies of one look, each for the host that set it."""

    def __init__(self) -> None:
        self._cookies: dict[str, dict[str, str]] = {}

    def keep(self, address: Address, cookies: tuple[str, ...]) -> bool:
        """Whether anything was new."""
        own = self._cookies.setdefault(address.host, {})
        before = dict(own)
        for cookie in cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if name.strip():
                own[name.strip()] = value.strip()
        return own != before

    def cookie(self, address: Address) -> str:
        pairs = self._cookies.get(address.host, {}).items()
        return "; ".join(f"{name}={value}" for name, value in pairs)
