"""What every endpoint does around its handler, seen through device_event."""

import io
import json
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key
from tests.gatebook.conftest import Function
from tests.support.stand_in import StandIn

KEY = generate_key()
INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}
MEBIBYTE = 1024 * 1024


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event")


def post(client: FlaskClient, body: Any = INSERT, path: str = "/", **headers: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(
        path, data=data, headers={"Content-Type": "application/json", "X-API-Key": KEY} | headers
    )


def test_success_has_an_envelope_and_says_what_is_left(device_event: FlaskClient) -> None:
    answer = post(device_event)
    assert answer.status_code == 201
    assert answer.json == {
        "success": True,
        "data": {
            "event_id": 1,
            "duplicate": False,
            "occurred_at": "2025-04-11T15:23:42Z",
            "time_quality": "synced",
            "time_entry": None,
        },
        "meta": {
            "request_id": answer.headers["X-Request-ID"],
            "rate_limit": {"limit": 600, "remaining": 599, "reset_seconds": 60},
        },
    }
    assert answer.headers["RateLimit-Limit"] == "600"
    assert answer.headers["RateLimit-Remaining"] == "599"
    assert answer.headers["RateLimit-Reset"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_problem_has_the_shape_of_rfc_9457(device_event: FlaskClient) -> None:
    answer = post(device_event, {**INSERT, "tag_id": ""})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "urn:gatebook:problem:invalid-request",
        "title": "Invalid request",
        "status": 422,
        "detail": "The event is not valid.",
        "request_id": answer.headers["X-Request-ID"],
        "errors": [
            {"field": "tag_id", "detail": "expected 4 to 10 bytes of hex such as dd 54 2a 83, found ''"}
        ],
    }


def test_a_sane_request_id_is_kept_and_passed_on(device_event: FlaskClient, stand_in: StandIn) -> None:
    answer = post(device_event, X_Request_ID="tap-1.of_2")
    assert answer.headers["X-Request-ID"] == "tap-1.of_2"
    assert stand_in.received[0].headers["x-request-id"] == "tap-1.of_2"


@pytest.mark.parametrize("odd", ["", "a b", "x" * 129, "<script>", "ä"])
def test_any_other_request_id_is_replaced(device_event: FlaskClient, odd: str) -> None:
    assert re.fullmatch(r"[0-9a-f-]{36}", post(device_event, X_Request_ID=odd).headers["X-Request-ID"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "BREW"])
def test_another_method_is_405_and_says_which_is_right(device_event: FlaskClient, method: str) -> None:
    answer = device_event.open("/", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"


def test_another_path_is_404(device_event: FlaskClient) -> None:
    assert post(device_event, path="/api/webhook/other").status_code == 404


@pytest.mark.parametrize(
    "kind", ["application/json", "application/json; charset=UTF-8", "application/vnd.reader+json"]
)
def test_json_by_any_name_is_read(device_event: FlaskClient, kind: str) -> None:
    assert post(device_event, Content_Type=kind).status_code == 201


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "text/json"],
)
def test_another_content_type_is_415(device_event: FlaskClient, kind: str) -> None:
    assert post(device_event, Content_Type=kind).status_code == 415


def test_a_compressed_body_is_415(device_event: FlaskClient) -> None:
    assert post(device_event, Content_Encoding="gzip").status_code == 415


def test_a_mebibyte_is_read_and_a_byte_more_is_413(device_event: FlaskClient) -> None:
    body = json.dumps(INSERT).encode()
    assert post(device_event, body.ljust(MEBIBYTE)).status_code == 201
    assert post(device_event, body.ljust(MEBIBYTE + 1)).status_code == 413


def test_a_body_without_a_length_is_read_up_to_a_mebibyte(device_event: FlaskClient) -> None:
    def post_chunked(size: int) -> TestResponse:
        stream = io.BytesIO(json.dumps(INSERT).encode().ljust(size))
        return device_event.post(
            "/",
            input_stream=stream,
            headers={"Content-Type": "application/json", "X-API-Key": KEY},
            environ_overrides={"wsgi.input_terminated": True},
        )

    assert post_chunked(MEBIBYTE).status_code == 201
    assert post_chunked(MEBIBYTE + 1).status_code == 413
    assert post_chunked(20 * MEBIBYTE).status_code == 413


def test_of_two_mistakes_the_cheaper_one_is_told(device_event: FlaskClient, stand_in: StandIn) -> None:
    wrong_key = {"X_API_Key": "gb_wrong"}
    assert (
        post(device_event, b"x" * (MEBIBYTE + 1), Content_Type="text/plain", **wrong_key).status_code == 413
    )
    assert post(device_event, b"{", Content_Type="text/plain", **wrong_key).status_code == 415
    assert post(device_event, b"{", **wrong_key).status_code == 401
    assert post(device_event, b"{").status_code == 422
    assert stand_in.received == []


def test_a_mistyped_key_is_refused_without_asking_the_database(
    device_event: FlaskClient, stand_in: StandIn
) -> None:
    mistyped = KEY[:-1] + ("a" if KEY[-1] != "a" else "b")
    assert post(device_event, X_API_Key=mistyped).status_code == 401
    assert post(device_event, X_API_Key="", Authorization=f"Bearer {mistyped}").status_code == 401
    assert post(device_event, path=f"/{mistyped}").status_code == 401
    assert stand_in.received == []


@pytest.mark.parametrize(
    "authorization", ["", "Bearer", "Bearer ", "Basic Z2I6Z2I=", "Bearer a.b", "Bearer a.b.c.d", "Bearer .."]
)
def test_no_credential_is_401(device_event: FlaskClient, authorization: str) -> None:
    answer = post(device_event, X_API_Key="", Authorization=authorization)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_database_is_told_what_was_shown_and_where(device_event: FlaskClient, stand_in: StandIn) -> None:
    post(device_event)
    post(device_event, X_API_Key="", Authorization=f"bearer {KEY}")
    post(device_event, path=f"/api/webhook/device-event/{KEY}", X_API_Key="")
    post(device_event, X_API_Key="", Authorization="Bearer aaa.bbb.ccc")
    shown = [
        (request.json()["key_kind"], request.json()["device_key"], request.headers.get("authorization"))
        for request in stand_in.received
    ]
    assert shown == [
        ("header", KEY, None),
        ("header", KEY, None),
        ("url", KEY, None),
        ("token", None, "Bearer aaa.bbb.ccc"),
    ]
    assert {request.headers["apikey"] for request in stand_in.received} == {"sb_publishable_test"}


def test_an_older_publishable_key_is_a_token_itself(function: Function, stand_in: StandIn) -> None:
    post(function("device_event", SUPABASE_PUBLISHABLE_KEY="eyJh.eyJi.c"))
    assert stand_in.received[0].headers["authorization"] == "Bearer eyJh.eyJi.c"


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ä"])
def test_an_odd_idempotency_key_is_422(device_event: FlaskClient, key: str) -> None:
    answer = post(device_event, Idempotency_Key=key)
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"


def test_an_idempotency_key_reaches_the_database(device_event: FlaskClient, stand_in: StandIn) -> None:
    post(device_event, Idempotency_Key="tap/1")
    assert stand_in.received[0].json()["events"][0]["idempotency_key"] == "tap/1"


def test_a_page_of_ours_may_read_the_answer(function: Function) -> None:
    ours = "https://gatebook.example"
    client = function("device_event", GATEBOOK_ALLOWED_ORIGINS=f"{ours}, http://127.0.0.1:8000")
    preflight = client.options("/", headers={"Origin": ours, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert "X-API-Key" in preflight.headers["Access-Control-Allow-Headers"]
    for answer in (preflight, post(client, Origin=ours), post(client, {}, Origin=ours)):
        assert answer.headers["Access-Control-Allow-Origin"] == ours
        assert answer.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origins", ["https://gatebook.example", "", "*"])
def test_any_other_page_may_not(function: Function, origins: str) -> None:
    client = function("device_event", GATEBOOK_ALLOWED_ORIGINS=origins)
    theirs = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in client.options("/", headers=theirs).headers


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda children: st.lists(children, max_size=5) | st.dictionaries(st.text(), children, max_size=5),
    max_leaves=10,
)
nearly_events = st.fixed_dictionaries(
    {"event_type": st.sampled_from(["tag_insert", "tag_removed"]) | anything, "tag_id": st.text() | anything},
    optional=dict.fromkeys(("timestamp", "device_id", "tag_present", "tag_type", "direction"), anything),
)
bodies = (
    st.binary()
    | anything
    | nearly_events
    | st.fixed_dictionaries({"rfid_poll_result": nearly_events | anything})
    | st.fixed_dictionaries({"events": st.lists(nearly_events | anything, max_size=5) | anything})
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(bodies)
def test_no_body_makes_a_server_error(device_event: FlaskClient, body: Any) -> None:
    answer = post(device_event, body)
    assert answer.status_code in (200, 201, 422)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n")),
    st.sampled_from(["X-API-Key", "Authorization"]),
)
def test_no_credential_makes_a_server_error(device_event: FlaskClient, credential: str, header: str) -> None:
    headers = {"Content-Type": "application/json", header: credential}
    assert device_event.post("/", data=json.dumps(INSERT), headers=headers).status_code == 401
