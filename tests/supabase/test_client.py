"""Connections: shared, closed, replaced, and given up in time."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from gatebook.devices.keys import generate_key
from tests.supabase.asking import INSERT, post
from tests.support.functions import Function
from tests.support.stand_in import Received, StandIn, record


def test_a_slow_answer_is_503_in_time(device_event: FlaskClient, stand_in: StandIn) -> None:
    is_over = threading.Event()

    def stall(request: Received) -> bytes:
        is_over.wait(5)
        return record(request)

    stand_in.behaviour = stall
    started_at = time.monotonic()
    answer = post(device_event)
    elapsed_seconds = time.monotonic() - started_at
    is_over.set()
    assert answer.status_code == 503
    assert elapsed_seconds < 2
    # What may still be on its way is not asked for a second time.
    assert len(stand_in.received) == 1


def test_nobody_there_is_503(function: Function) -> None:
    with StandIn() as gone:
        url = gone.url
    assert post(function("device_event", SUPABASE_REST_URL=url)).status_code == 503


def test_a_key_that_no_header_can_hold_is_503_and_not_in_the_log(
    function: Function, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = post(function("device_event", SUPABASE_PUBLISHABLE_KEY="of two\nlines"))
    assert (answer.status_code, "lines" in capsys.readouterr().out) == (503, False)


def test_one_connection_serves_one_request_after_the_other(
    device_event: FlaskClient, stand_in: StandIn
) -> None:
    assert [post(device_event).status_code for _ in range(20)] == [201] * 20
    assert len(stand_in.received) == 20
    assert stand_in.connections == 1


def test_many_at_once_share_few_connections(function: Function, stand_in: StandIn) -> None:
    client = function("device_event", THREADS="8").application.test_client
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: post(client()).status_code, range(200)))
    assert answers == [201] * 200
    assert stand_in.connections <= 8


def test_a_connection_that_was_closed_meanwhile_is_replaced(
    device_event: FlaskClient, stand_in: StandIn
) -> None:
    assert post(device_event).status_code == 201
    first = stand_in.received[0].connection
    stand_in.behaviour = lambda request: b"" if request.connection == first else record(request)
    assert post(device_event).status_code == 201
    assert [request.connection for request in stand_in.received] == [1, 1, 2]


def test_two_connections_that_were_closed_meanwhile_are_replaced(
    function: Function, stand_in: StandIn
) -> None:
    client = function("device_event", THREADS="2").application.test_client
    both_ask = threading.Barrier(2)

    def record_both(request: Received) -> bytes:
        both_ask.wait(5)
        return record(request)

    stand_in.behaviour = record_both
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda _: post(client()).status_code, range(2))) == [201, 201]
    stand_in.behaviour = lambda request: b"" if request.connection <= 2 else record(request)
    assert [post(client()).status_code for _ in range(2)] == [201, 201]
    assert stand_in.connections == 3


def test_a_server_that_closes_every_connection_is_served_well(
    device_event: FlaskClient, stand_in: StandIn
) -> None:
    stand_in.behaviour = lambda request: record(request).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)
    assert [post(device_event).status_code for _ in range(3)] == [201] * 3
    assert stand_in.connections == 3


def test_an_answer_in_chunks_is_read(device_event: FlaskClient, stand_in: StandIn) -> None:
    def in_chunks(request: Received) -> bytes:
        body = record(request).partition(b"\r\n\r\n")[2]
        pieces = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:7], body[7:]))
        return b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + pieces + b"0\r\n\r\n"

    stand_in.behaviour = in_chunks
    assert [post(device_event).status_code for _ in range(2)] == [201, 201]
    assert stand_in.connections == 1


CALLS = {
    "record_device_events": ("device_event", "/", {"X-API-Key": generate_key()}),
    "identify_device": ("device_token", "/", {"X-API-Key": generate_key()}),
    "calendar_entries": ("calendar", f"/{generate_key()}.ics", {}),
    "ping": ("health", "/ready", {}),
}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_is_declared_repeatable_is_made_twice_and_no_more(
    function: Function, stand_in: StandIn, call: str
) -> None:
    name, path, headers = CALLS[call]
    stand_in.behaviour = lambda _: b""
    method = "GET" if name in ("calendar", "health") else "POST"
    answer = function(name).open(path, method=method, json=INSERT, headers=headers)
    assert answer.status_code == 503
    assert [request.path for request in stand_in.received] == [f"/rpc/{call}"] * 2
    assert stand_in.received[0].body == stand_in.received[1].body
