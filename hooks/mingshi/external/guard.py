"""A door for linkchecker: a proxy on this machine that connects to public addresses only, wherever a redirect leads."""

import contextlib
import select
import socket
import socketserver
import threading
from collections.abc import Iterator
from http import HTTPStatus

from mingshi.external.address import parse
from mingshi.external.reach import Reach, UnreachableError

_HEAD_LIMIT = 64 * 1024
_IDLE, _CONNECT = 60, 15
"""Seconds."""
_HOP = (b"proxy-connection:", b"connection:", b"proxy-authorization:", b"keep-alive:")


class _Door(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    reach: Reach


@contextlib.contextmanager
def door(reach: Reach) -> Iterator[str]:
    """The URL of a proxy that lives as long as the block."""
    with _Door(("127.0.0.1", 0), _Passing) as server:
        server.reach = reach
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


class _Passing(socketserver.BaseRequestHandler):
    """One connection of linkchecker's: one request to http, or a tunnel to https."""

    request: socket.socket
    server: _Door

    def handle(self) -> None:
        self.request.settimeout(_IDLE)
        with contextlib.suppress(OSError):
            head, rest = _head(self.request)
            method, _, more = head.partition(b" ")
            goal, _, _ = more.partition(b" ")
            if method == b"CONNECT":
                self._tunnel(goal.decode("latin-1"), rest)
            elif head:
                self._pass(method, goal.decode("latin-1"), head, rest)

    def _tunnel(self, goal: str, rest: bytes) -> None:
        host, _, port = goal.rpartition(":")
        outside = self._connect(host.strip("[]"), int(port) if port.isdecimal() else 443)
        if outside is not None:
            with outside:
                self.request.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                outside.sendall(rest)
                _relay(self.request, outside)

    def _pass(self, method: bytes, goal: str, head: bytes, rest: bytes) -> None:
        address = parse(goal)
        if address is None:
            return self._refuse(HTTPStatus.BAD_REQUEST)
        outside = self._connect(address.host, address.port)
        if outside is None:
            return None
        with outside:
            lines = [line for line in head.split(b"\r\n")[1:] if line and not line.lower().startswith(_HOP)]
            # What linkchecker asks is passed on as it is; only the place moves from the line to the connection.
            target = goal.partition("://")[2]
            path = target[target.find("/") :] if "/" in target else "/"
            first = b"%s %s HTTP/1.1" % (method, path.encode("latin-1"))
            outside.sendall(b"\r\n".join([first, *lines, b"Connection: close", b"", b""]) + rest)
            _relay(self.request, outside)
            return None

    def _connect(self, host: str, port: int) -> socket.socket | None:
        try:
            return self.server.reach.connect(host, port, _CONNECT)
        except UnreachableError as error:
            refused = error.reason == "private"
            self._refuse(HTTPStatus.FORBIDDEN if refused else HTTPStatus.BAD_GATEWAY)
            return None

    def _refuse(self, status: HTTPStatus) -> None:
        line = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        self.request.sendall(line.encode())


def _head(inside: socket.socket) -> tuple[bytes, bytes]:
    read = b""
    while b"\r\n\r\n" not in read:
        piece = inside.recv(4096)
        if not piece or len(read) > _HEAD_LIMIT:
            return b"", b""
        read += piece
    head, _, rest = read.partition(b"\r\n\r\n")
    return head, rest


def _relay(inside: socket.socket, outside: socket.socket) -> None:
    """Bytes both ways until one side has nothing more to say."""
    while True:
        ready, _, _ = select.select([inside, outside], [], [], _IDLE)
        if not ready:
            return
        for sock in ready:
            piece = sock.recv(16 * 1024)
            if not piece:
                return
            (outside if sock is inside else inside).sendall(piece)
