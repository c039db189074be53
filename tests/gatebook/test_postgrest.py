"""What a device reads when PostgREST refuses, is slow, cut off, or answers nonsense."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key
from tests.gatebook.conftest import Function
from tests.support.stand_in import DEVICE, RATE, STORED, Received, StandIn, record, reply

INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}
TOKEN = {"Authorization": "Bearer aaa.bbb.ccc"}


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event", SUPABASE_TIMEOUT_SECONDS="0.3")


def post(client: FlaskClient, headers: dict[str, str] | None = None) -> TestResponse:
    return client.post("/", json=INSERT, headers=headers or {"X-API-Key": generate_key()})


def refusal(status: int, message: str, details: str | None = None, code: str = "PT000") -> bytes:
    return reply(status, {"code": code, "message": message, "details": details, "hint": None})


def test_a_refused_credential_is_401(device_event: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: refusal(401, "invalid_credential", "unknown key")
    answer = post(device_event)
    assert answer.status_code == 401
    assert "unknown" not in answer.text


def test_a_token_that_postgrest_itself_refuses_is_401(device_event: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: refusal(401, "JWT expired", code="PGRST301")
    assert post(device_event, TOKEN).status_code == 401
    stand_in.behaviour = lambda _: refusal(403, "permission denied for function", code="42501")
    assert post(device_event, TOKEN).status_code == 401


def test_our_own_wrong_key_is_no_fault_of_the_device(device_event: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: reply(401, {"message": "Invalid API key"})
    assert post(device_event).status_code == 503
    assert post(device_event, TOKEN).status_code == 503
    stand_in.behaviour = lambda _: refusal(401, "permission denied for function", code="42501")
    assert post(device_event).status_code == 503


def test_too_many_requests_are_429_with_the_time_to_wait(
    device_event: FlaskClient, stand_in: StandIn
) -> None:
    details = json.dumps({"limit": 60, "retry_after_seconds": 17})
    stand_in.behaviour = lambda _: refusal(429, "rate_limited", details)
    answer = post(device_event)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "17"
    assert answer.headers["RateLimit-Limit"] == "60"
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert answer.headers["RateLimit-Reset"] == "17"


def test_another_device_in_the_body_is_403(device_event: FlaskClient, stand_in: StandIn) -> None:
    rejected = {"status": "rejected", "error": "device_mismatch", "detail": "…"}
    stand_in.behaviour = lambda _: reply(200, {"device": DEVICE, "rate": RATE, "results": [rejected]})
    answer = post(device_event)
    assert answer.status_code == 403
    assert "NFC_ABC123" in answer.text


def test_a_value_that_postgresql_cannot_take_is_422(device_event: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: refusal(400, "unsupported Unicode escape sequence", code="22P05")
    assert post(device_event).status_code == 422


NONSENSE = {
    "html": reply(200, b"<html>"),
    "nothing": reply(200, b""),
    "null": reply(200, None),
    "a list": reply(200, []),
    "no results": reply(200, {"device": DEVICE, "rate": RATE, "results": []}),
    "results of a kind": reply(200, {"device": DEVICE, "rate": RATE, "results": [5]}),
    "half a result": reply(200, {"device": DEVICE, "rate": RATE, "results": [{"status": "stored"}]}),
    "an odd rate": reply(200, {"device": DEVICE, "rate": {"limit": "x"}, "results": [STORED]}),
    "too few words": reply(429, {"message": "rate_limited"}),
    "an error in html": reply(500, b"<html>"),
    "an error in a list": reply(400, [1]),
    "a server error": reply(500, {"message": "secret words of the database"}),
    "away": reply(503, {"code": "PGRST002", "message": "Could not query the database"}),
    "no such function": reply(404, {"code": "PGRST202", "message": "Could not find the function"}),
    "no HTTP": b"SSH-2.0-OpenSSH_9.2\r\n",
    "an endless header": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000 + b"\r\nConnection: close\r\n\r\n",
    "cut off in the body": b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 100\r\n\r\n{",
    "cut off in the head": b"HTTP/1.1 200 OK\r\nConnection: close",
    "cut off at once": b"",
    "an odd chunk": b"HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
}


@pytest.mark.parametrize("nonsense", NONSENSE.values(), ids=NONSENSE.keys())
def test_nonsense_is_503_and_a_retry_succeeds(
    device_event: FlaskClient, stand_in: StandIn, nonsense: bytes
) -> None:
    stand_in.behaviour = lambda _: nonsense
    answer = post(device_event)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.mimetype == "application/problem+json"
    assert "secret words" not in answer.text
    stand_in.behaviour = record
    assert post(device_event).status_code == 201


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("SUPABASE_REST_URL", url)
            for url in ("", "nonsense", "ftp://127.0.0.1", "http://[", "http://a b")
        ),
        *(("SUPABASE_TIMEOUT_SECONDS", number) for number in ("8s", "0", "-1", "nan", "inf", "1e30")),
        ("THREADS", "many"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_503_and_named_in_the_log(
    function: Function, name: str, value: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert post(function("device_event", **{name: value})).status_code == 503
    assert name.replace("REST_", "") in capsys.readouterr().out
    # Whoever looks for what is wrong finds the process alive.
    assert function("health", **{name: value}).get("/live").status_code == 200


def test_a_key_that_no_header_can_hold_is_503_and_not_in_the_log(
    function: Function, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = post(function("device_event", SUPABASE_PUBLISHABLE_KEY="of two\nlines"))
    assert (answer.status_code, "lines" in capsys.readouterr().out) == (503, False)


def test_settings_are_read_without_the_line_break_at_their_end(function: Function, stand_in: StandIn) -> None:
    settings = {"SUPABASE_REST_URL": f"{stand_in.url}/\n", "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x\n"}
    assert post(function("device_event", **settings)).status_code == 201
    assert stand_in.received[0].headers["apikey"] == "sb_publishable_x"


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
