"""What a handler learns from the headers."""

import pytest
from flask.testing import FlaskClient

from tests.endpoint.posting import post
from tests.support.stand_in import StandIn


@pytest.mark.parametrize("key", ["", "a b", "x" * 256, "ä"])
def test_an_odd_idempotency_key_is_422(device_event: FlaskClient, key: str) -> None:
    answer = post(device_event, Idempotency_Key=key)
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["errors"][0]["field"] == "Idempotency-Key"


def test_an_idempotency_key_reaches_the_database(device_event: FlaskClient, stand_in: StandIn) -> None:
    post(device_event, Idempotency_Key="tap/1")
    assert stand_in.received[0].json()["events"][0]["idempotency_key"] == "tap/1"
