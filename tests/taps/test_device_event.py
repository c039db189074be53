"""A tap on a reader becomes a row that its owner sees: the whole way, on both stacks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gatebook.devices.keys import generate_key
from tests.support.running import wait_until
from tests.support.taps import URL, data_of, event, post, rows_of
from tools.stack import world
from tools.stack.stack import Stack
from tools.stack.tokens import sign_jwt

CONTRACTS = Path(__file__).parents[1] / "contracts"
MakeKey = Callable[..., world.DeviceKey]


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
    owner = device()
    # Made first, so that it expires meanwhile.
    soon = datetime.now(UTC) + timedelta(seconds=3)
    expired = device_key(owner, expires_at=soon.isoformat())
    revoked, inactive = device_key(), device_key()
    world.rpc(revoked.device.organization.client, "revoke_device_key", key_id=revoked.id)
    inactive.device.organization.client.patch(
        f"/devices?id=eq.{inactive.device.id}", json={"is_active": False}
    ).raise_for_status()
    wait_until(lambda: datetime.now(UTC) >= soon, "the key has expired")
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
    assert post(device_event, key, event(device_id=key.device.external_id)).status_code == 201
    other = event(device_id="NFC_OTHER", tag_id="01 02 03 04")
    assert post(device_event, key, other).status_code == 403
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
