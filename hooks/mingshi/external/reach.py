"""Which machines may be asked: a name is resolved first, and private addresses are refused unless an option says so."""

import errno
import socket
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Lock

_EMBEDDING = ip_network("64:ff9b::/96")
_GONE = frozenset(
    code for code in (getattr(socket, name, None) for name in ("EAI_NONAME", "EAI_NODATA")) if code is not None
)
_MOST_ADDRESSES = 3
_PATIENCE = 2
"""Times that a host is waited for in vain; hundreds of links to it would take a day."""


class UnreachableError(Exception):
    """Why a machine was not reached: no-host, name-service, private, refused, timeout, no-route."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


def _resolve(host: str) -> list[str]:
    return [str(own[4][0]) for own in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class Reach:
    """Names → the addresses that may be asked, each name resolved once a run."""

    private: bool = False
    """Whether machines of the own network may be asked."""
    resolve: Callable[[str], Iterable[str]] = _resolve
    dial: Callable[[tuple[str, int], float], socket.socket] = socket.create_connection
    _known: dict[str, tuple[str, ...] | UnreachableError] = field(default_factory=dict)
    _silent: Counter[tuple[str, int]] = field(default_factory=Counter)
    """How often nobody answered at a host and port."""
    _lock: Lock = field(default_factory=Lock)

    def addresses(self, host: str) -> tuple[str, ...]:
        with self._lock:
            known = self._known.get(host)
        if known is None:
            # Two threads may resolve the same name; the answers are the same.
            known = self._judged(host)
            with self._lock:
                self._known[host] = known
        if isinstance(known, UnreachableError):
            raise UnreachableError(known.reason, known.detail)
        return known

    def resolves(self, host: str) -> bool:
        """Whether a name leads to something that may be asked."""
        try:
            return bool(self.addresses(host))
        except UnreachableError:
            return False

    def connect(self, host: str, port: int, timeout: float) -> socket.socket:
        """A connection to an address that was judged, not to a name that may mean another one by now."""
        last = UnreachableError("timeout")
        if self._silent[host, port] >= _PATIENCE:
            raise last
        for address in self.addresses(host)[:_MOST_ADDRESSES]:
            try:
                return self.dial((address, port), timeout)
            except OSError as error:
                last = why(error)
        if last.reason == "timeout":
            self._silent[host, port] += 1
        raise last

    def _judged(self, host: str) -> tuple[str, ...] | UnreachableError:
        try:
            addresses = tuple(dict.fromkeys(self.resolve(host)))
        except socket.gaierror as error:
            return UnreachableError("no-host" if error.errno in _GONE else "name-service", str(error))
        except (OSError, UnicodeError) as error:
            return UnreachableError("name-service", str(error))
        refused = [address for address in addresses if not self.private and not is_public(address)]
        # One private address among public ones is a trick or a mistake; either way nothing is asked.
        return UnreachableError("private", refused[0]) if refused else addresses


def why(error: OSError) -> UnreachableError:
    """The reason a connection failed."""
    if isinstance(error, TimeoutError):
        return UnreachableError("timeout")
    if isinstance(error, ConnectionRefusedError):
        return UnreachableError("refused")
    if error.errno in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL):
        return UnreachableError("no-route")
    return UnreachableError("closed", error.strerror or "")


def is_public(text: str) -> bool:
    """Whether everybody can reach an address; one that hides another is judged by the hidden one."""
    address = ip_address(text.partition("%")[0])
    hidden = _hidden(address) if isinstance(address, IPv6Address) else None
    if hidden is not None:
        return is_public(str(hidden))
    return address.is_global and not address.is_multicast


def _hidden(address: IPv6Address) -> IPv4Address | None:
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address in _EMBEDDING:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour
