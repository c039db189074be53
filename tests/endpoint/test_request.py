"""What a handler learns of the request."""

import dataclasses
import hashlib

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers, MultiDict

from gatebook.endpoint.request import Request
from gatebook.ground.credential import Credential, UserToken
from gatebook.ground.errors import Unauthorized
from tests.endpoint.posting import MEBIBYTE, post
from tests.support.functions import Function
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


@pytest.fixture
def mirror(own: Function) -> FlaskClient:
    """A function that answers what it was asked."""
    return own("mirror")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT"])
def test_a_request_is_whole(mirror: FlaskClient, method: str) -> None:
    body = b'{"a":\r\n 1}\x00\xff'
    answer = mirror.open(
        "/?to=a%20b&to=%C3%A4&empty=&more+", method=method, data=body, content_type="Application/X-Odd; q=1"
    )
    assert answer.get_json()["data"] == {
        "method": method,
        "path": "/api/mirror",
        "query": {"to": ["a b", "ä"], "empty": [""], "more ": [""]},
        "content_type": "Application/X-Odd; q=1",
        "bytes": len(body),
        # The bytes as they came: a signature is made of them.
        "sha256": hashlib.sha256(body).hexdigest(),
    }


def test_a_request_may_say_nothing(mirror: FlaskClient) -> None:
    said = mirror.get("/").get_json()["data"]
    assert (said["query"], said["content_type"], said["bytes"]) == ({}, "", 0)


@pytest.mark.parametrize("query", ["%ff", "a=%zz", "=", "&&", "a=" + "x" * 5000, "a=1&" * 2000, "%00"])
def test_no_query_makes_trouble(mirror: FlaskClient, query: str) -> None:
    assert mirror.get(f"/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("path", "largest"), [("/", MEBIBYTE), ("/small", 10), ("/api/mirror/large", 3 * MEBIBYTE)]
)
def test_each_route_has_its_limit(mirror: FlaskClient, path: str, largest: int) -> None:
    accepted = mirror.post(path, data=b"x" * largest)
    assert accepted.get_json()["data"]["bytes"] == largest
    refused = mirror.post(path, data=b"x" * (largest + 1))
    assert refused.status_code == 413
    assert f"{largest} bytes" in refused.get_json()["detail"]


def test_a_request_shows_no_body_and_no_secret_of_its_own_accord() -> None:
    request = Request(
        id="tap-1",
        method="POST",
        path="/api/x",
        parameters={},
        query=MultiDict(),
        headers=Headers(),
        content_type="",
        body=b"of the body",
        caller=UserToken("of the user"),
    )
    assert "of the" not in repr(request)
    with pytest.raises(Unauthorized):
        _ = request.credential
    device = dataclasses.replace(request, caller=Credential("header", "of the device"))
    assert "of the" not in repr(device)
    with pytest.raises(Unauthorized):
        _ = device.user_token
