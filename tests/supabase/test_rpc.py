"""What a device reads when PostgREST refuses, is slow, cut off, or answers nonsense."""

import json

import pytest
from flask.testing import FlaskClient

from tests.supabase.asking import post
from tests.support.stand_in import DEVICE, RATE, STORED, StandIn, record, reply

TOKEN = {"Authorization": "Bearer aaa.bbb.ccc"}


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
    "a deep list": reply(200, b"[" * 100_000 + b"]" * 100_000),
    "a deep object": reply(200, b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "a deep refusal": reply(401, b"[" * 100_000 + b"]" * 100_000),
    "deep details": reply(429, {"message": "rate_limited", "details": "[" * 100_000}),
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
