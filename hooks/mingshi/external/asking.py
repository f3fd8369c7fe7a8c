"""One request and its answer, within limits of time and size. The only door to urllib3.

urllib3 comes with linkchecker and is kept as well as any client. It is used at the level of a connection, where it
sends the target as it is given: one level higher it would rewrite the case of percent escapes.
"""

import contextlib
import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Timer

import certifi
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from mingshi.external.address import Address
from mingshi.external.reach import Reach, UnreachableError, why

_CHUNK = 16 * 1024
_LANGUAGES = "zh-TW,zh;q=0.9,en;q=0.6"
_TYPES = "text/html,application/xhtml+xml,*/*;q=0.8"
_CERTIFICATES: Mapping[int, str] = {
    9: "certificate-expired",
    10: "certificate-expired",
    18: "certificate-own",
    19: "certificate-own",
    62: "certificate-name",
    64: "certificate-name",
}
"""OpenSSL's verdict → what is wrong. Anything else is an issuer unknown to us, whom a browser may know."""


def _trust() -> ssl.SSLContext:
    """The authorities that this machine trusts, and those that browsers do."""
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said."""

    address: Address
    status: int
    headers: Mapping[str, str]
    """By name in lower case; of several with one name, the first."""
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    whole: bool = True
    """Whether the body ended before the limit."""

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_page(self) -> bool:
        if self.type in ("text/html", "application/xhtml+xml"):
            return True
        start = self.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return self.type in ("", "text/plain") and start.startswith((b"<!doctype html", b"<html"))


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no answer."""

    address: Address
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """How requests are made."""

    reach: Reach
    agent: str = "Mozilla/5.0 (compatible; Mingshi link check)"
    timeout: float = 15
    """Seconds without a byte."""
    longest: float = 40
    """Seconds for a whole answer."""
    page_limit: int = 1024 * 1024
    file_limit: int = 4 * 1024
    """Enough of a file to know what it is."""
    context: ssl.SSLContext = field(default_factory=_trust)


def ask(address: Address, method: str, means: Means, cookie: str = "") -> Answer | Trouble:
    """The answer to a single request; follows nothing, repeats nothing, raises nothing."""
    late: list[bool] = []
    try:
        with _line(address, means) as line:
            # A server that sends a byte now and then would never meet the timeout.
            watch = Timer(means.longest, _cut, (line, late))
            watch.daemon = True
            watch.start()
            try:
                return _converse(line, address, method, means, cookie)
            finally:
                watch.cancel()
    except UnreachableError as error:
        return Trouble(address, error.reason, error.detail)
    except (OSError, HTTPError, http.client.HTTPException, ValueError) as error:
        return Trouble(address, "timeout") if late else _trouble(address, error)


def _line(address: Address, means: Means) -> socket.socket:
    """The line to a host, to be encrypted by whoever speaks first."""
    plain = means.reach.connect(address.host, address.port, means.timeout)
    if address.scheme == "http":
        return plain
    return means.context.wrap_socket(plain, server_hostname=address.host, do_handshake_on_connect=False)


def _converse(line: socket.socket, address: Address, method: str, means: Means, cookie: str) -> Answer:
    if isinstance(line, ssl.SSLSocket):
        line.do_handshake()
    connection = HTTPConnection(address.host, address.port, timeout=means.timeout)
    connection.sock = line
    headers = {
        "Host": address.site,
        "User-Agent": means.agent,
        "Accept": _TYPES,
        "Accept-Language": _LANGUAGES,
        "Accept-Encoding": "identity",
        "Connection": "close",
    } | ({"Cookie": cookie} if cookie else {})
    connection.request(method, address.target, headers=headers, preload_content=False)
    with connection.getresponse() as response:
        return _answer(response, address, method, means)


def _answer(response: BaseHTTPResponse, address: Address, method: str, means: Means) -> Answer:
    told = {name.lower(): response.headers.getlist(name)[0] for name in response.headers}
    answer = Answer(address, response.status, told, tuple(response.headers.getlist("set-cookie")))
    limit = means.page_limit if answer.is_page or not answer.type else means.file_limit
    body, whole = (b"", True) if method == "HEAD" else _read(response, limit)
    return Answer(address, answer.status, told, answer.cookies, body, whole)


def _read(response: BaseHTTPResponse, limit: int) -> tuple[bytes, bool]:
    body = b""
    while len(body) < limit:
        piece = response.read(min(_CHUNK, limit - len(body)))
        if not piece:
            return body, True
        body += piece
    return body, False


def _cut(sock: socket.socket, late: list[bool]) -> None:
    late.append(True)
    with contextlib.suppress(OSError):  # it was over already
        sock.shutdown(socket.SHUT_RDWR)


def _trouble(address: Address, error: Exception) -> Trouble:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Trouble(address, _CERTIFICATES.get(cause.verify_code, "certificate-issuer"), cause.verify_message)
        if isinstance(cause, ssl.SSLError):
            return Trouble(address, "tls", cause.reason or "")
        if isinstance(cause, OSError):
            reason = why(cause)
            return Trouble(address, reason.reason, reason.detail)
        if isinstance(cause, http.client.RemoteDisconnected | http.client.IncompleteRead):
            return Trouble(address, "closed")
        cause = cause.__cause__ or cause.__context__ or _first_argument(cause)
    return Trouble(address, "no-http", type(error).__name__)


def _first_argument(error: BaseException) -> BaseException | None:
    """urllib3 carries some causes as an argument."""
    return next((argument for argument in error.args if isinstance(argument, BaseException)), None)
