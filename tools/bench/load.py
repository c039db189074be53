"""A load generator that costs little: one thread, blocking sockets, bodies that are nearly ready before.

About 30 µs of CPU a request, where a general HTTP client takes a millisecond: the machine's cores are for
what is measured.
"""

import selectors
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tools.stack.processes import LocalError


@dataclass(frozen=True)
class Endpoint:
    """Where requests go, and what is the same in all of them."""

    url: str
    headers: Mapping[str, str]

    def post(self, body: str, **headers: str) -> bytes:
        """The whole request; further headers by their names with _ for -."""
        content = body.encode()
        parts = urlsplit(self.url)
        lines = [f"POST {parts.path or '/'} HTTP/1.1", f"Host: {parts.netloc}", "Accept: application/json"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in {**self.headers, **headers}.items()]
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}", "", ""]
        return "\r\n".join(lines).encode() + content


class Connection:
    """One connection that stays open, with at most one request on its way."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        assert parts.port is not None
        self.socket = socket.create_connection((parts.hostname, parts.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self.answer = b""

    def send(self, request: bytes) -> None:
        """Start an exchange."""
        self.answer = b""
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Take what has come; whether the answer is complete. An answer that is no success is an error."""
        piece = self.socket.recv(262_144)
        if not piece:
            raise LocalError("The server closed a connection under load.")
        self.answer += piece
        head, end, body = self.answer.partition(b"\r\n\r\n")
        if not end or not _is_complete(head.lower(), body):
            return False
        if not head.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
            raise LocalError(f"Expected success, found {self.answer[:600].decode(errors='replace')}")
        return True

    def exchange(self, request: bytes) -> float:
        """Send, wait for the answer, and return how many milliseconds that took."""
        self.send(request)
        while not self.receive():
            pass
        return (time.perf_counter() - self.sent_at) * 1000


@dataclass(frozen=True)
class Measured:
    """What came of a phase."""

    seconds: float
    latencies_ms: Sequence[float]

    @property
    def per_second(self) -> float:
        """Requests a second."""
        return len(self.latencies_ms) / self.seconds


def run_load(url: str, requests: Sequence[Iterator[bytes]], seconds: float) -> Measured:
    """Keep one connection for each of the iterators busy, each with one request at a time."""
    latencies: list[float] = []
    with selectors.DefaultSelector() as selector:
        started_at = time.perf_counter()
        for source in requests:
            connection = Connection(url)
            selector.register(connection.socket, selectors.EVENT_READ, (connection, source))
            connection.send(next(source))
        finished_at = started_at + seconds
        while selector.get_map():
            for key, _ in selector.select(30):
                connection, source = key.data
                if not connection.receive():
                    continue
                now = time.perf_counter()
                latencies.append((now - connection.sent_at) * 1000)
                if now < finished_at:
                    connection.send(next(source))
                else:
                    selector.unregister(connection.socket)
                    connection.socket.close()
        return Measured(time.perf_counter() - started_at, latencies)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that so many percent of the values do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def _is_complete(head: bytes, body: bytes) -> bool:
    _, announced, rest = head.partition(b"content-length:")
    if announced:
        return len(body) >= int(rest.split(b"\r\n", 1)[0])
    return body.endswith(b"0\r\n\r\n")
