"""Other people's sites, played on this machine: named hosts that answer what a test tells them. Judges nothing."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from mingshi.external.asking import Means
from mingshi.external.reach import Reach

TLS = Path(__file__).parent / "tls"
_NOBODY = 1
"""A port at which nobody listens."""
CERTIFICATES = ("good", "other", "expired", "own", "unknown")
PUBLIC = {name: f"1.1.1.{number}" for number, name in enumerate((*CERTIFICATES, "closed"), 1)}
"""Where names seem to lead, by the first part of the name; nothing is ever sent there."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    host: str
    target: str
    line: bytes
    """The first line, byte for byte."""
    headers: Mapping[str, str]
    at: float
    secure: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    status: int = 200
    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = ()
    drip: float = 0
    """Seconds between two bytes of the body."""
    length: int | None = None
    """The length told, where it is not the true one."""
    drop: bool = False
    """Whether the connection is closed without a word."""
    garbage: bytes = b""
    """What is said instead of HTTP."""
    hang: float = 0
    """Seconds of silence before the answer."""
    endless: int = 0
    """How many megabytes of zeros follow the body, for who goes on reading."""


Script = Callable[[Request, int], Reply]
"""(request, how many came before it for this address) → reply."""


@dataclass(slots=True)
class Stage:
    """Hosts and what they answer."""

    routes: dict[tuple[str, str], Script] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    sent: int = 0
    """Bytes of endless bodies that went out."""
    ports: dict[str, int] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    busiest: int = 0
    """The most requests that one host got at the same time."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def play(self, url: str, *replies: Reply | Script) -> None:
        """What an address answers: each reply once, the last one for ever."""
        host, slash, rest = url.partition("://")[2].partition("/")
        target = slash + rest or "/"

        def script(request: Request, before: int) -> Reply:
            reply = replies[min(before, len(replies) - 1)]
            return reply if isinstance(reply, Reply) else reply(request, before)

        self.routes[host, target.removeprefix("/") if target == "/*" else target] = script

    def answer(self, request: Request) -> Reply:
        with self.lock:
            before = sum(1 for one in self.requests if (one.host, one.target) == (request.host, request.target))
            self.requests.append(request)
        path = request.target.partition("?")[0]
        for key in ((request.host, request.target), (request.host, path), (request.host, "*")):
            if key in self.routes:
                return self.routes[key](request, before)
        return Reply(404, page("找不到網頁"))

    def asked(self, host: str) -> list[str]:
        """Method and target of every request to a host."""
        return [f"{one.method} {one.target}" for one in self.requests if one.host == host]


def page(title: str, text: str = "", more: str = "") -> bytes:
    html = f"<!doctype html><html lang=zh><head><title>{title}</title></head><body><h1>{title}</h1><p>{text}</p>{more}"
    return html.encode()


ARTICLE = "勞工保險局說明請領失業給付的條件、期間與金額，以及應該準備的文件和辦理的地點，辦理時間為週一至週五。" * 4


@dataclass(slots=True)
class Names(Reach):
    """Every name ends at the stage, unless it was told to lead elsewhere."""

    stage: Stage = field(default_factory=Stage)
    elsewhere: dict[str, str | OSError] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.resolve = self.look_up
        self.dial = self.play_dial

    def look_up(self, host: str) -> list[str]:
        address = self.elsewhere.get(host)
        if isinstance(address, OSError):
            raise address
        certificate = host.partition(".")[0]
        return [address or PUBLIC[certificate if certificate in PUBLIC else "good"]]

    def play_dial(self, place: tuple[str, int], timeout: float) -> socket.socket:
        """What may be asked is asked here."""
        address, port = place
        (name,) = [name for name, public in PUBLIC.items() if public == address]
        there = _NOBODY if name == "closed" else self.stage.ports["http" if port == 80 else name]
        return socket.create_connection(("127.0.0.1", there), timeout)


def means(stage: Stage, **more: float) -> Means:
    context = ssl.create_default_context(cafile=TLS / "authority.pem")
    limits = {"timeout": 0.5, "longest": 1.0, **more}
    return Means(Names(stage=stage), context=context, timeout=limits["timeout"], longest=limits["longest"])


@contextlib.contextmanager
def open_stage() -> Iterator[Stage]:
    stage = Stage()
    with contextlib.ExitStack() as stack:
        for name in ("http", *CERTIFICATES):
            server = stack.enter_context(_server(stage, None if name == "http" else name))
            stage.ports[name] = server.server_address[1]
        yield stage


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    stage: Stage

    def handle_error(self, request: object, client_address: object) -> None:
        """A checker that hangs up early is nothing to talk about."""


@contextlib.contextmanager
def _server(stage: Stage, certificate: str | None) -> Iterator[_Server]:
    server = _Server(("127.0.0.1", 0), _Actor)
    server.stage = stage
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(TLS / f"{certificate}.pem")
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


class _Actor(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def _act(self) -> None:
        stage = self.server.stage
        host = (self.headers.get("host") or "").partition(":")[0]
        secure = isinstance(self.connection, ssl.SSLSocket)
        line = self.raw_requestline.rstrip(b"\r\n")  # type: ignore[attr-defined]
        request = Request(self.command, host, self.path, line, dict(self.headers.items()), time.monotonic(), secure)
        with stage.lock:
            stage.busy[host] = stage.busy.get(host, 0) + 1
            stage.busiest = max(stage.busiest, stage.busy[host])
        self.close_connection = True
        try:
            reply = stage.answer(request)
            time.sleep(reply.hang)
        finally:
            # Before the answer: who has it may ask again before we are back here.
            with stage.lock:
                stage.busy[host] -= 1
        self._say(reply)

    do_GET = do_HEAD = _act  # noqa: N815

    def _say(self, reply: Reply) -> None:
        if reply.drop:
            return
        if reply.garbage:
            self.wfile.write(reply.garbage)
            return
        self.send_response(reply.status)
        length = len(reply.body) if reply.length is None else reply.length
        told = {name.lower() for name, _ in reply.headers}
        if reply.type and "content-type" not in told:
            self.send_header("Content-Type", reply.type)
        self.send_header("Content-Length", str(length))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self._send(reply)

    def _send(self, reply: Reply) -> None:
        if reply.drip:
            for byte in reply.body:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(reply.drip)
            return
        self.wfile.write(reply.body)
        for _ in range(reply.endless):
            self.wfile.write(bytes(1024 * 1024))
            self.server.stage.sent += 1024 * 1024

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass
