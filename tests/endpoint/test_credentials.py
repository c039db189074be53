"""What a device shows, and where it may stand."""

import json

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.endpoint.posting import INSERT, KEY, post
from tests.support.functions import Function
from tests.support.stand_in import StandIn


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(codec="latin-1", exclude_characters="\r\n")),
    st.sampled_from(["X-API-Key", "Authorization"]),
)
def test_no_credential_makes_a_server_error(device_event: FlaskClient, credential: str, header: str) -> None:
    headers = {"Content-Type": "application/json", header: credential}
    assert device_event.post("/", data=json.dumps(INSERT), headers=headers).status_code == 401
