"""A tap on a reader becomes a row that its owner sees: the whole way, on both stacks."""

import secrets
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from tests.support import world
from tests.support.stand_in import StandIn, forward_to
from werkzeug.test import TestResponse

from gatebook.keys import generate_key
from gatebook.local.stack import Stack
from gatebook.local.tokens import sign_jwt

CONTRACTS = Path(__file__).parents[1] / "contracts"
URL = "/api/webhook/device-event"
LoadFunction = Callable[..., FlaskClient]
MakeKey = Callable[..., world.DeviceKey]


@pytest.fixture
def device_event(load_function: LoadFunction) -> FlaskClient:
    return load_function("device_event")


def event(**values: object) -> dict[str, object]:
    return {
        "event_type": "tag_insert",
        "tag_id": "dd 54 2a 83",
        "timestamp": "2025-04-11T15:23:42Z",
        **values,
    }


def post(
    client: FlaskClient, key: world.DeviceKey, body: object | None = None, **headers: str
) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(URL, json=body or event(), headers={"X-API-Key": key.key, **headers})


def data_of(answer: TestResponse) -> dict[str, Any]:
    assert answer.json is not None
    assert answer.status_code in (200, 201), answer.text
    data: dict[str, Any] = answer.json["data"]
    return data


def rows_of(key: world.DeviceKey) -> list[dict[str, Any]]:
    columns = "id,event_type,tag_uid,device_time,occurred_at,received_at,payload"
    return key.device.organization.rows(
        "device_events", select=columns, device_id=f"eq.{key.device.id}", order="id"
    )


@pytest.mark.parametrize("name", ["brief", "f1-insert", "f1-no-clock", "f1-removed"])
def test_what_readers_send_is_stored_and_only_its_owner_reads_it(
    device_event: FlaskClient,
    device: Callable[..., world.Device],
    device_key: MakeKey,
    stack: Stack,
    name: str,
) -> None:
    key = device_key(device(external_id="NFC_ABC123"))
    answer = device_event.post(
        URL,
        data=(CONTRACTS / f"reader-{name}.json").read_bytes(),
        headers={"X-API-Key": key.key, "Content-Type": "application/json"},
    )
    assert answer.status_code == 201
    [row] = rows_of(key)
    assert row["id"] == data_of(answer)["event_id"]
    assert row["tag_uid"] == "DD542A83"
    assert row["payload"]["device_id"] == "NFC_ABC123"
    stranger = stack.client(stack.sign_up().access_token)
    assert stranger.get(f"/device_events?select=id&id=eq.{row['id']}").json() == []
    unknown = stack.client().get(f"/device_events?select=id&id=eq.{row['id']}")
    assert not unknown.is_success or unknown.json() == []


def test_a_header_key_works_as_header_and_as_bearer_and_not_in_the_path(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key().key
    assert device_event.post(URL, json=event(), headers={"X-API-Key": key}).status_code == 201
    assert device_event.post(URL, json=event(), headers={"Authorization": f"Bearer {key}"}).status_code == 200
    assert device_event.post(f"{URL}/{key}", json=event()).status_code == 401


def test_a_url_key_works_in_the_path_alone_and_nowhere_else(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key(kind="url").key
    assert device_event.post(f"{URL}/{key}", json=event()).status_code == 201
    assert device_event.post(URL, json=event(), headers={"X-API-Key": key}).status_code == 401
    assert device_event.post(URL, json=event(), headers={"Authorization": f"Bearer {key}"}).status_code == 401


def test_a_device_token_works_until_its_key_is_revoked(
    device_event: FlaskClient, device_key: MakeKey, stack: Stack
) -> None:
    key = device_key()
    claims = {"role": "device", "device_id": key.device.id, "key_id": key.id}
    headers = {"Authorization": f"Bearer {sign_jwt(claims, stack.jwt_secret)}"}
    assert device_event.post(URL, json=event(), headers=headers).status_code == 201
    world.rpc(key.device.organization.client, "revoke_device_key", key_id=key.id)
    assert device_event.post(URL, json=event(), headers=headers).status_code == 401


def test_every_bad_credential_gets_the_same_401(
    device_event: FlaskClient,
    device: Callable[..., world.Device],
    device_key: MakeKey,
    stack: Stack,
) -> None:
    revoked, inactive = device_key(), device_key()
    world.rpc(revoked.device.organization.client, "revoke_device_key", key_id=revoked.id)
    inactive.device.organization.client.patch(
        f"/devices?id=eq.{inactive.device.id}", json={"is_active": False}
    ).raise_for_status()
    owner = device()
    soon = datetime.now(UTC) + timedelta(seconds=3)
    expired = device_key(owner, expires_at=soon.isoformat())
    time.sleep(max(0, (soon - datetime.now(UTC)).total_seconds()))
    person = owner.organization.admin.access_token
    forged = sign_jwt({"role": "device", "device_id": revoked.device.id}, "x" * 64)
    bad: list[dict[str, str]] = [
        {},
        {"X-API-Key": revoked.key[:-1] + "x"},
        *({"X-API-Key": key} for key in (generate_key(), revoked.key, expired.key, inactive.key)),
        *({"Authorization": f"Bearer {token}"} for token in (forged, person, "a.b.c")),
    ]
    answers = [
        device_event.post(URL, json=event(), headers={"X-Request-ID": "same", **shown}) for shown in bad
    ]
    assert [answer.status_code for answer in answers] == [401] * len(bad)
    assert len({(answer.text, answer.headers["WWW-Authenticate"]) for answer in answers}) == 1


def test_another_device_in_the_body_is_403(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    assert post(device_event, key, event(device_id="NFC_OTHER")).status_code == 403
    assert post(device_event, key, event(device_id=key.device.external_id)).status_code == 201
    assert len(rows_of(key)) == 1


def test_a_broken_batch_or_event_stores_nothing(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    for body in (
        event(tag_present=False),
        event(tag_id=""),
        event(event_type="tag_seen"),
        {"events": [event()] * 600},
    ):
        answer = post(device_event, key, body)
        assert answer.status_code == 422
        assert answer.json is not None
        assert answer.json["errors"][0]["field"] in ("tag_present", "tag_id", "event_type", "events")
    assert rows_of(key) == []


@pytest.mark.parametrize(
    ("said", "quality", "occurred_at"),
    [
        ("2025-04-11T17:23:42+02:00", "synced", "2025-04-11T15:23:42Z"),
        (1744385022, "synced", "2025-04-11T15:23:42Z"),
        ("2025-03-30 01:59:59", "local", "2025-03-30T00:59:59Z"),
        ("2025-03-30 03:15:00", "local", "2025-03-30T01:15:00Z"),
        ("Time not synced", "unsynced", None),
        (None, "unsynced", None),
        ("2019-12-31T23:59:59Z", "unsynced", None),
        ("1970-01-01 00:00:05", "unsynced", None),
        ("9999-12-31T23:59:59Z", "ahead", None),
    ],
)
def test_each_time_has_its_quality(
    device_event: FlaskClient, device_key: MakeKey, said: object, quality: str, occurred_at: str | None
) -> None:
    key = device_key()
    data = data_of(post(device_event, key, event(timestamp=said)))
    assert data["time_quality"] == quality
    [row] = rows_of(key)
    assert row["device_time"] == (None if said is None else str(said))
    if occurred_at is None:
        assert row["occurred_at"] == row["received_at"]
    else:
        assert data["occurred_at"] == occurred_at


def test_the_same_event_twice_is_one_row_and_two_successes(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key()
    first, second = post(device_event, key), post(device_event, key, event(tag_id="DD:54:2A:83"))
    assert (first.status_code, second.status_code) == (201, 200)
    assert data_of(second) == {**data_of(first), "duplicate": True}
    assert len(rows_of(key)) == 1


def test_an_idempotency_key_decides_where_given(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    later = event(timestamp="2025-04-11T15:30:00Z")
    statuses = [
        post(device_event, key, body, Idempotency_Key=idempotency_key).status_code
        for body, idempotency_key in ((event(), "a"), (later, "a"), (event(), "b"))
    ]
    assert statuses == [201, 200, 201]
    assert len(rows_of(key)) == 2


def test_fifty_identical_requests_at_once_are_one_row(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    app = device_event.application
    with ThreadPoolExecutor(10) as pool:
        statuses = list(pool.map(lambda _: post(app.test_client(), key).status_code, range(50)))
    assert sorted(statuses) == [200] * 49 + [201]
    assert len(rows_of(key)) == 1


def test_fifty_first_sights_of_a_tag_are_one_tag(
    device_event: FlaskClient, device: Callable[..., world.Device], device_key: MakeKey
) -> None:
    first = device_key()
    theirs = first.device.organization
    keys = [first, *(device_key(device(theirs)) for _ in range(4))]
    uid = secrets.token_hex(7)
    app = device_event.application

    def tap(number: int) -> int:
        body = event(tag_id=uid, timestamp=1744385022 + number)
        return post(app.test_client(), keys[number % 5], body).status_code

    with ThreadPoolExecutor(10) as pool:
        assert list(pool.map(tap, range(50))) == [201] * 50
    [tag] = theirs.rows("tags", uid=f"eq.{uid.upper()}")
    assert tag["person_id"] is None
    assert tag["project_id"] is None


def test_a_batch_stores_the_good_and_says_what_is_wrong_with_the_others(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key()
    removal = event(event_type="tag_removed", timestamp="2025-04-11T16:00:00Z")
    body = {"events": [event(), event(tag_id="x"), event(device_id="NFC_OTHER"), event(), removal]}
    data = data_of(post(device_event, key, body))
    assert [result["status"] for result in data["results"]] == [
        "stored",
        "rejected",
        "rejected",
        "duplicate",
        "stored",
    ]
    assert data["results"][1]["errors"][0]["field"] == "events.1.tag_id"
    assert data["results"][2]["error"] == "device_mismatch"
    assert data["results"][0]["event_id"] == data["results"][3]["event_id"]
    assert (data["stored"], data["duplicates"], data["rejected"]) == (2, 1, 2)
    assert [row["event_type"] for row in rows_of(key)] == ["tag_insert", "tag_removed"]


def test_a_batch_of_nothing_valid_still_needs_a_credential(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    body = {"events": [event(tag_id="x"), 5]}
    assert data_of(post(device_event, device_key(), body))["rejected"] == 2
    assert device_event.post(URL, json=body, headers={"X-API-Key": generate_key()}).status_code == 401


def test_an_insert_opens_an_entry_and_a_removal_closes_it(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key()
    insert, removal = "2026-11-20T08:00:00Z", "2026-11-20T09:30:00Z"
    data_of(post(device_event, key, event(timestamp=insert)))
    data = data_of(post(device_event, key, event(event_type="tag_removed", timestamp=removal)))
    entry = data["time_entry"]
    assert (entry["change"], entry["started_at"], entry["ended_at"]) == ("closed", insert, removal)


def test_too_many_requests_are_429(
    device_event: FlaskClient, device: Callable[..., world.Device], device_key: MakeKey, stack: Stack
) -> None:
    key = device_key()
    stack.service.patch(f"/devices?id=eq.{key.device.id}", json={"requests_per_minute": 2}).raise_for_status()
    first, second, third = (post(device_event, key) for _ in range(3))
    assert (first.headers["RateLimit-Remaining"], second.headers["RateLimit-Remaining"]) == ("1", "0")
    assert third.status_code == 429
    assert third.headers["RateLimit-Limit"] == "2"
    assert 1 <= int(third.headers["Retry-After"]) <= 60


def test_supabase_away_is_503_and_the_same_request_succeeds_after(
    device_event: FlaskClient, device_key: MakeKey, stack: Stack
) -> None:
    key = device_key()
    post(device_event, key)
    later = event(timestamp="2025-04-11T15:30:00Z")
    stack.stop()
    try:
        away = post(device_event, key, later)
    finally:
        stack.start()
    assert away.status_code == 503
    assert away.headers["Retry-After"] == "5"
    # A database that has just started may take its time: the device tries again, as it is told.
    attempts = (post(device_event, key, later).status_code for _ in range(5))
    assert next(status for status in attempts if status != 503) in (200, 201)
    assert len(rows_of(key)) == 2


def test_an_event_or_a_batch_costs_one_request(
    load_function: LoadFunction, device_key: MakeKey, stack: Stack
) -> None:
    key = device_key()
    with StandIn(forward_to(stack.rest_url)) as counter:
        device_event = load_function("device_event", SUPABASE_REST_URL=counter.url)
        assert post(device_event, key).status_code == 201
        assert [request.path for request in counter.received] == ["/rpc/record_device_events"]
        batch = {"events": [event(timestamp=1744385022 + number) for number in range(1, 101)]}
        assert data_of(post(device_event, key, batch))["stored"] == 100
        assert len(counter.received) == 2
        assert counter.connections == 1


def test_odd_but_storable_payloads_are_stored(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    odd = event(note="a\0b\ud800", big=10**299, small=1e-300, deep=[[[[]]]], emoji="📟", **{"": None})
    assert post(device_event, key, odd).status_code == 201
    [row] = rows_of(key)
    assert row["payload"]["note"] == "a\ufffdb\ufffd"
    assert row["payload"]["emoji"] == "📟"
