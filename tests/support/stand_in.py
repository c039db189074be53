"""A stand-in for PostgREST at the socket: counts what comes, and answers, stalls, cuts off or forwards."""

import json
import socketserver
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import httpx

DEVICE = {"id": "d0", "external_id": "NFC_ABC123", "organization_id": "o0"}
RATE = {"limit": 600, "remaining": 599, "reset_seconds": 60}
STORED = {
    "status": "stored",
    "event_id": 1,
    "occurred_at": "2025-04-11T15:23:42+00:00",
    "time_quality": "synced",
    "time_entry": None,
}


@dataclass(frozen=True)
class Received:
    """One request as it came in."""

    path: str
    headers: dict[str, str]
    body: bytes
    connection: int

    def json(self) -> Any:
        """The arguments of the call."""
        return json.loads(self.body)


Behaviour = Callable[[Received], bytes]


def reply(status: int, value: object, headers: str = "") -> bytes:
    """An answer in HTTP/1.1."""
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    head = f"HTTP/1.1 {status} Told\r\nContent-Type: application/json\r\n{headers}"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def record(request: Received) -> bytes:
    """Say that each event was stored."""
    results = [STORED for _ in request.json().get("events", [])]
    return reply(200, {"device": DEVICE, "rate": RATE, "results": results})


def forward_to(url: str) -> Behaviour:
    """Pass everything on to a real PostgREST."""

    def forward(request: Received) -> bytes:
        headers = {name: value for name, value in request.headers.items() if name != "host"}
        answer = httpx.post(url + request.path, content=request.body, headers=headers, timeout=30)
        return reply(answer.status_code, answer.content)

    return forward


class StandIn:
    """Listens on a free port from `with` on; `behaviour` may change at any time."""

    def __init__(self, behaviour: Behaviour = record) -> None:
        self.behaviour = behaviour
        self.received: list[Received] = []
        self.connections = 0
        stand_in = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                stand_in.connections += 1
                number = stand_in.connections
                while (request := _read_request(self.rfile, number)) is not None:
                    stand_in.received.append(request)
                    answer = stand_in.behaviour(request)
                    self.wfile.write(answer)
                    # A short answer is one that was cut off.
                    if not answer.startswith(b"HTTP/1.1") or b"Connection: close" in answer:
                        return

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False
            request_queue_size = 128

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        """Listen."""
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()


def _read_request(stream: Any, connection: int) -> Received | None:
    try:
        first = stream.readline().decode().split()
        if not first:
            return None
        headers = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(": ")
            headers[name.lower()] = value
        body = stream.read(int(headers.get("content-length", 0)))
    except OSError:
        return None
    return Received(first[1], headers, body, connection)
