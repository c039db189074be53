"""What every endpoint does around its handler, seen through device_event."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.endpoint.posting import MEBIBYTE, post
from tests.support.stand_in import StandIn


def test_a_sane_request_id_is_kept_and_passed_on(device_event: FlaskClient, stand_in: StandIn) -> None:
    answer = post(device_event, X_Request_ID="tap-1.of_2")
    assert answer.headers["X-Request-ID"] == "tap-1.of_2"
    assert stand_in.received[0].headers["x-request-id"] == "tap-1.of_2"


@pytest.mark.parametrize("odd", ["", "a b", "x" * 129, "<script>", "ä"])
def test_any_other_request_id_is_replaced(device_event: FlaskClient, odd: str) -> None:
    assert re.fullmatch(r"[0-9a-f-]{36}", post(device_event, X_Request_ID=odd).headers["X-Request-ID"])


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "BREW"])
def test_another_method_is_405_and_says_which_is_right(device_event: FlaskClient, method: str) -> None:
    answer = device_event.open("/", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "path", ["/", "/api/webhook/device-event", "/gb_x", "/api/webhook/device-event/gb_x"]
)
def test_a_reader_may_ask_whether_it_reaches_the_webhook(
    device_event: FlaskClient, stand_in: StandIn, method: str, path: str
) -> None:
    answer = device_event.open(path, method=method)
    assert (answer.status_code, answer.data) == (204, b"")
    assert stand_in.received == []


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_tap_in_a_query_is_not_taken_for_stored(device_event: FlaskClient, method: str) -> None:
    answer = device_event.open("/?rfid=dd542a83", method=method)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "POST, OPTIONS"


def test_another_path_is_404(device_event: FlaskClient) -> None:
    answer = post(device_event, path="/api/webhook/other", X_Request_ID="tap-1.of_2")
    assert (answer.status_code, answer.headers["X-Request-ID"]) == (404, "tap-1.of_2")


def test_of_two_mistakes_the_cheaper_one_is_told(device_event: FlaskClient, stand_in: StandIn) -> None:
    wrong_key = {"X_API_Key": "gb_wrong"}
    assert (
        post(device_event, b"x" * (MEBIBYTE + 1), Content_Type="text/plain", **wrong_key).status_code == 413
    )
    assert post(device_event, b"{", Content_Type="text/plain", **wrong_key).status_code == 415
    assert post(device_event, b"{", **wrong_key).status_code == 401
    assert post(device_event, b"{").status_code == 422
    assert stand_in.received == []


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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies)
def test_no_body_makes_a_server_error(device_event: FlaskClient, body: Any) -> None:
    answer = post(device_event, body)
    assert answer.status_code in (200, 201, 422)
