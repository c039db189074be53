"""Streamed answers: sent piece by piece by the platform's server, and never made to look whole."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from gatebook.endpoint.response import StreamBroken, _stream
from tests.endpoint.posting import OWN_FUNCTIONS
from tests.support.functions import Function
from tools.stack.processes import Process, answers, free_port

PIECE = b"data: one\n\n"


@dataclass
class Served:
    """The running function."""

    url: str
    log: Path

    def logged(self) -> list[dict[str, object]]:
        """Its own lines; gunicorn's are no JSON."""
        lines = self.log.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port = free_port()
    log = tmp_path_factory.mktemp("served") / "stream.log"
    source = str(OWN_FUNCTIONS / "stream" / "main.py")
    command = [sys.executable, "-m", "functions_framework", "--target", "stream", "--source", source]
    settings = {"PATH": os.environ["PATH"], "THREADS": "4", "HOST": "127.0.0.1", "PORT": str(port)}
    process = Process("stream", command, log=log, env=settings)
    try:
        process.await_ready(lambda: answers(f"http://127.0.0.1:{port}/"))
        yield Served(f"http://127.0.0.1:{port}/", log)
    finally:
        process.stop()


def test_a_stream_arrives_with_its_headers(served: Served) -> None:
    answer = httpx.get(served.url, headers={"X-Request-ID": "whole"})
    assert (answer.status_code, answer.content) == (200, PIECE * 3)
    assert answer.headers["Content-Type"] == "text/event-stream"
    assert answer.headers["X-Accel-Buffering"] == "no"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Request-ID"] == "whole"
    assert "Content-Length" not in answer.headers


def test_a_stream_that_breaks_ends_the_connection_and_is_logged(served: Served) -> None:
    received = b""
    is_cut_off = False
    with httpx.stream("GET", f"{served.url}?break", headers={"X-Request-ID": "broken"}) as answer:
        try:
            for piece in answer.iter_bytes():
                received += piece
        except httpx.RemoteProtocolError:
            is_cut_off = True
    assert is_cut_off
    assert received == PIECE * 2
    (line,) = [line for line in served.logged() if line.get("exception")]
    assert (line["exception"], line["request_id"]) == ("RuntimeError", "broken")
    assert "secret" not in served.log.read_text()
    # The next one is served as if nothing had been.
    assert httpx.get(served.url).content == PIECE * 3


@pytest.fixture
def stream(own: Function) -> FlaskClient:
    return own("stream")


def test_a_client_that_leaves_frees_what_the_stream_holds(caplog: pytest.LogCaptureFixture) -> None:
    ended = []

    def pieces() -> Iterator[bytes]:
        try:
            yield PIECE
            yield PIECE
        finally:
            ended.append(True)

    streamed = _stream(pieces(), "left")
    assert next(streamed) == PIECE
    streamed.close()
    assert ended == [True]
    assert caplog.records == []


def test_a_break_says_nothing_of_its_cause(stream: FlaskClient) -> None:
    answer = stream.get("/?break", buffered=False)
    received = iter(answer.response)
    with pytest.raises(StreamBroken) as broken:
        list(received)
    assert broken.value.__cause__ is None
    assert broken.value.__suppress_context__
    assert str(broken.value) == ""


def test_the_head_of_a_stream_is_405_where_only_get_is_allowed(stream: FlaskClient) -> None:
    assert stream.head("/").status_code == 405
