"""device_event as it is deployed: functions-framework, gunicorn, a few settings and no secret among them."""

import json
import os
import socket
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from gatebook.devices.keys import generate_key
from tests.support.stand_in import StandIn
from tools.serve.functions import FUNCTIONS
from tools.stack.processes import Process, answers, free_port

KEY = generate_key()
INSERT = json.dumps({"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}).encode()
HEADERS = {"X-API-Key": KEY, "Content-Type": "application/json"}
MEBIBYTE = 1024 * 1024
THREADS = 8


@dataclass
class Served:
    """The running function, and what it asks."""

    url: str
    log: Path
    stand_in: StandIn


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port = free_port()
    log = tmp_path_factory.mktemp("served") / "device_event.log"
    source = FUNCTIONS / "device_event" / "main.py"
    command = [
        sys.executable,
        "-m",
        "functions_framework",
        "--target",
        "device_event",
        "--source",
        str(source),
    ]
    with StandIn() as stand_in:
        settings = {
            "PATH": os.environ["PATH"],
            "SUPABASE_REST_URL": stand_in.url,
            "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_test",
            "THREADS": str(THREADS),
            "HOST": "127.0.0.1",
            "PORT": str(port),
        }
        process = Process("device_event", command, log=log, env=settings)
        try:
            process.await_ready(lambda: answers(f"http://127.0.0.1:{port}/"))
            yield Served(f"http://127.0.0.1:{port}/", log, stand_in)
        finally:
            process.stop()


def test_many_at_once_are_answered_by_one_client(served: Served) -> None:
    before = len(served.stand_in.received)
    with httpx.Client(headers=HEADERS, timeout=30) as client, ThreadPoolExecutor(16) as pool:
        statuses = list(pool.map(lambda _: client.post(served.url, content=INSERT).status_code, range(200)))
    assert statuses == [201] * 200
    assert len(served.stand_in.received) - before == 200
    assert served.stand_in.connections <= THREADS


def test_two_mebibytes_are_413_and_the_client_reads_it(served: Served) -> None:
    answer = httpx.post(served.url, content=b" " * (2 * MEBIBYTE), headers=HEADERS)
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:gatebook:problem:body-too-large"


def test_a_body_in_chunks_is_read_up_to_a_mebibyte(served: Served) -> None:
    small = httpx.post(served.url, content=iter([INSERT[:10], INSERT[10:]]), headers=HEADERS)
    assert small.status_code == 201
    large = httpx.post(served.url, content=iter([b" " * 65536] * 32), headers=HEADERS)
    assert large.status_code == 413


def test_a_connection_lives_on_after_a_refusal(served: Served) -> None:
    with httpx.Client(headers=HEADERS) as client:
        statuses = [
            client.put(served.url).status_code,
            client.post(served.url, content=b"a tag", headers={"Content-Type": "text/plain"}).status_code,
            client.post(served.url, content=b" " * (2 * MEBIBYTE)).status_code,
            client.post(served.url, content=INSERT).status_code,
        ]
    assert statuses == [405, 415, 413, 201]


def test_a_client_that_leaves_in_the_middle_harms_nobody(served: Served) -> None:
    host, port = served.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as leaving:
        leaving.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{")
    assert httpx.post(served.url, content=INSERT, headers=HEADERS).status_code == 201


NOT_CHUNKS = {
    "no size": b"zz-of-the-body\r\n",
    "no end": b"2\r\n{}-of-the-body\r\n",
    "an extension": b"2 -of-the-body\r\n{}\r\n0\r\n\r\n",
    "a trailer": b"0\r\n-of-the-body: a\nb\r\n\r\n",
}


@pytest.mark.parametrize("body", NOT_CHUNKS.values(), ids=NOT_CHUNKS.keys())
def test_a_body_that_is_not_chunked_as_announced_is_refused_and_not_logged(
    served: Served, body: bytes
) -> None:
    answers_of = {
        line: _sent(
            served, f"{line} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".encode() + body
        )
        for line in ("POST /", "PUT /", "OPTIONS /", "POST /a/b")
    }
    statuses = {line: answer.split(" ", 2)[1] for line, answer in answers_of.items()}
    assert statuses == {"POST /": "422", "PUT /": "405", "OPTIONS /": "204", "POST /a/b": "404"}
    assert all("X-Request-ID: " in answer for answer in answers_of.values())
    assert "of-the-body" not in served.log.read_text()


def _sent(served: Served, request: bytes) -> str:
    """What comes back until the connection is closed."""
    host, port = served.url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode()


def test_the_log_is_json_and_holds_no_key(served: Served) -> None:
    assert httpx.post(f"{served.url}{KEY}", content=INSERT, headers=HEADERS).status_code == 201
    assert httpx.post(f"{served.url}a/{KEY}", content=INSERT, headers=HEADERS).status_code == 404
    lines = served.log.read_text().splitlines()
    assert len(lines) >= 2
    assert {json.loads(line)["message"] for line in lines} == {"request"}
    assert not any("gb_" in line for line in lines)
