"""How a device is read, what it calls itself, and what it leaves out: the whole way, on both stacks."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from gatebook.devices.keys import generate_key
from tests.support.stand_in import DEVICE, RATE, Received, StandIn, record, reply
from tests.support.taps import URL, data_of, event, post, rows_of
from tools.stack import world

MakeDevice = Callable[..., world.Device]
MakeKey = Callable[..., world.DeviceKey]


def alerts_of(device: world.Device, kind: str) -> list[dict[str, Any]]:
    return device.organization.rows(
        "alerts", source_id=f"eq.{device.id}", kind=f"eq.{kind}", cleared_at="is.null", select="id,details"
    )


def change(device: world.Device, **values: Any) -> None:
    device.organization.client.patch(f"/devices?id=eq.{device.id}", json=values).raise_for_status()


def test_a_changed_map_holds_from_the_next_request_on(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    body = {"badge": "dd542a83", "card": {"uid": "01 02 03 04"}}
    statuses = [post(device_event, key, body).status_code]
    for pointer in ("/badge", "/card/uid", "/nothing"):
        change(key.device, payload_map={"tag": pointer})
        statuses.append(post(device_event, key, body).status_code)
    change(key.device, payload_map=None)
    statuses.append(post(device_event, key, body).status_code)
    assert statuses == [422, 201, 201, 200, 422]
    assert [row["tag_uid"] for row in rows_of(key)] == ["DD542A83", "01020304"]


def test_an_empty_batch_and_a_bare_array_are_batches(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    bodies: list[Any] = [{"events": []}, []]
    for empty in bodies:
        answer = device_event.post(URL, json=empty, headers={"X-API-Key": key.key})
        assert data_of(answer)["results"] == []
    assert data_of(device_event.post(URL, json=[event()], headers={"X-API-Key": key.key}))["stored"] == 1


def test_a_reading_is_asked_for_once(function: Callable[..., FlaskClient], stand_in: StandIn) -> None:
    reading = {"version": 3, "payload_map": {"tag": "/badge"}, "tag_format": None}

    def answer(request: Received) -> bytes:
        if request.json()["reading_version"] == 3:
            return record(request)
        return reply(200, {"device": DEVICE, "rate": RATE, "results": [], "reading": reading})

    stand_in.behaviour = answer
    device_event = function("device_event")
    headers = {"X-API-Key": generate_key()}
    for _ in range(2):
        assert device_event.post(URL, json={"badge": "dd542a83"}, headers=headers).status_code == 201
    assert [request.json()["reading_version"] for request in stand_in.received] == [0, 3, 3]
    assert stand_in.received[-1].json()["events"][0]["tag_uid"] == "DD542A83"


def test_a_reading_that_never_settles_is_503(function: Callable[..., FlaskClient], stand_in: StandIn) -> None:
    def answer(request: Received) -> bytes:
        reading = {"version": request.json()["reading_version"] + 1, "tag_format": "text"}
        return reply(200, {"device": DEVICE, "rate": RATE, "results": [], "reading": reading})

    stand_in.behaviour = answer
    headers = {"X-API-Key": generate_key()}
    status = function("device_event").post(URL, json=event(), headers=headers).status_code
    assert (status, len(stand_in.received)) == (503, 3)


def test_the_first_id_is_taken_over_and_another_one_is_told(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey
) -> None:
    owner = device()
    key, url_key = device_key(owner), device_key(owner, kind="url")
    first = post(device_event, key, event(device_id="ESP-1"))
    assert first.status_code == 201
    assert owner.organization.rows("devices", select="reported_id")[0]["reported_id"] == "ESP-1"
    assert post(device_event, key, event(device_id=owner.external_id)).status_code == 200
    assert alerts_of(owner, "device_changed") == []

    replaced = event(device_id="ESP-2", timestamp="2025-04-11T16:00:00Z")
    assert post(device_event, key, replaced).status_code == 403
    assert device_event.post(f"{URL}/{url_key.key}", json=replaced).status_code == 201
    # The refused one leaves its alert, too.
    [alert] = alerts_of(owner, "device_changed")
    assert alert["details"] == {"reported_id": "ESP-2", "known_id": "ESP-1"}

    client = owner.organization.client
    confirmed = world.rpc(client, "confirm_reported_id", device_id=owner.id)
    assert confirmed["reported_id"] == "ESP-2"
    assert alerts_of(owner, "device_changed") == []
    assert post(device_event, key, replaced).status_code == 200
    change(owner, is_id_strict=False)
    assert post(device_event, key, event(device_id="ESP-3")).status_code == 200
    change(owner, is_id_strict=True)
    assert device_event.post(f"{URL}/{url_key.key}", json=event(device_id="ESP-3")).status_code == 403


def test_another_devices_id_is_403_and_in_the_audit_log(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey
) -> None:
    other = device()
    key = device_key(device(other.organization))
    assert post(device_event, key, event(device_id=other.external_id)).status_code == 403
    [line] = other.organization.rows("audit_log", action="eq.refuse", select="row_id,after")
    assert line == {"row_id": key.device.id, "after": {"reported_id": other.external_id}}
    assert rows_of(key) == []


def test_two_readers_of_one_batch_that_report_the_same_id_work_side_by_side(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey
) -> None:
    one = device_key()
    other = device_key(device(one.device.organization))
    for key in (one, other, one, other):
        answer = post(device_event, key, event(device_id="READER-0001", tag_id="01 02 03 04"))
        assert answer.status_code in (200, 201)
    assert (len(rows_of(one)), len(rows_of(other))) == (1, 1)
    assert alerts_of(one.device, "device_changed") + alerts_of(other.device, "device_changed") == []


def test_missing_events_are_told_until_they_came(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()

    def send(number: int) -> None:
        data_of(post(device_event, key, event(sequence_number=number, timestamp=1744385022 + 60 * number)))

    for number in (1, 2, 6):
        send(number)
    [alert] = alerts_of(key.device, "events_missing")
    assert alert["details"] == {"missing": 3, "first": 3, "last": 5}
    for number in (3, 4):
        send(number)
    assert alerts_of(key.device, "events_missing")[0]["details"]["missing"] == 1
    send(5)
    assert alerts_of(key.device, "events_missing") == []
    for number in (0, 1, 2):
        send(number + 1000000)
    assert alerts_of(key.device, "events_missing") == []
    send(1000005)
    [alert] = alerts_of(key.device, "events_missing")
    world.rpc(key.device.organization.client, "clear_alert", alert_id=alert["id"])
    send(1000007)
    assert alerts_of(key.device, "events_missing")[0]["details"] == {
        "missing": 1,
        "first": 1000006,
        "last": 1000006,
    }


@pytest.mark.parametrize("mode", ["dock", "terminal"])
def test_ids_that_name_no_card_are_kept_and_count_nowhere(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey, mode: str
) -> None:
    key = device_key(device(mode=mode))
    theirs = key.device.organization
    data_of(post(device_event, key, event()))
    ids = ["08EC947F", "084F8634", "085DFA37", "00000000", "FF FF FF FF", "00000000000000"]
    for minute, tag_id in enumerate(ids):
        data = data_of(
            post(device_event, key, event(tag_id=tag_id, timestamp=f"2025-04-11T15:3{minute}:00Z"))
        )
        assert data["time_entry"] is None
    rows = theirs.rows("recent_taps", select="reason", order="id.desc", limit="6")
    assert [row["reason"] for row in rows] == ["unreadable"] * 3 + ["random_id"] * 3
    assert [row["uid"] for row in theirs.rows("tags", select="uid")] == ["DD542A83"]
    [entry] = theirs.rows("time_entries", select="started_at,flags")
    assert entry["flags"] in ([], ["auto_closed"])


def test_a_random_id_that_somebody_assigned_counts(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey
) -> None:
    key = device_key(device(mode="dock"))
    theirs = key.device.organization
    person = theirs.insert("people", name="Ada")
    theirs.insert("tags", uid="08A91C02", person_id=person["id"])
    data = data_of(post(device_event, key, event(tag_id="08A91C02")))
    assert data["time_entry"]["change"] == "opened"
    [entry] = theirs.rows("time_entries", select="person_id")
    assert entry["person_id"] == person["id"]


def test_a_cut_short_id_works_and_is_marked(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    for tag_id in ("88 04 A2 B1", "04 A2 B1 C2"):
        data_of(post(device_event, key, event(tag_id=tag_id)))
    tags = key.device.organization.rows("tags", select="uid,is_cut_short", order="uid")
    assert [tag["is_cut_short"] for tag in tags] == [False, True]


def test_an_events_own_key_is_the_same_alone_and_in_a_batch(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key()
    assert post(device_event, key, event(idempotency_key="tap-1")).status_code == 201
    later = event(idempotency_key="tap-1", timestamp="2025-04-11T15:30:00Z")
    data = data_of(post(device_event, key, {"events": [later]}, Idempotency_Key="night"))
    assert (data["stored"], data["duplicates"]) == (0, 1)
    assert post(device_event, key, event(), Idempotency_Key="tap-1").status_code == 200
