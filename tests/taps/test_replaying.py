"""Stored payloads read anew: what was misread counts as it is read now, and nothing counts twice."""

from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient

from gatebook.taps.maps import reading_of
from gatebook.taps.reading import EVERYONES
from gatebook.taps.replaying import read_again
from tests.support.taps import URL, data_of
from tools.stack import world

LITTLE = {"kind": "decimal", "bytes": 5, "order": "big"}
SINCE = "2026-01-01T00:00:00Z"


def rows(device: world.Device) -> list[dict[str, Any]]:
    columns = "id,tag_uid,payload,reading_version,supersedes,occurred_at"
    return device.organization.rows("device_events", select=columns, device_id=f"eq.{device.id}", order="id")


def set_up(device: world.Device, **values: Any) -> dict[str, Any]:
    """Change the device, and say its reading as the database does."""
    client = device.organization.client
    client.patch(f"/devices?id=eq.{device.id}", json=values).raise_for_status()
    [row] = device.organization.rows(
        "devices", id=f"eq.{device.id}", select="reading_version,payload_map,tag_format"
    )
    return {**row, "version": row["reading_version"]}


def test_a_payload_is_read_anew_or_said_to_hold_nothing() -> None:
    stored = [
        {"id": 1, "payload": {"card_number": "0012345678", "ts": 1795162321}},
        {"id": 2, "payload": {"state": "idle"}},
        {"id": 3, "payload": {"t": "x"}},
    ]
    [first, second, third] = read_again(stored, reading_of({"version": 1, "tag_format": LITTLE}))
    assert first["event"]["tag_uid"] == "0000BC614E"
    assert "payload" not in first["event"]
    assert (second["event"], third["event"]) == (None, None)
    mapped = reading_of({"version": 2, "payload_map": {"tag": "/card_number", "tag_format": "text"}})
    assert [reading.get("is_ignored", False) for reading in read_again(stored, mapped)] == [False, True, True]
    assert read_again([{"id": 4, "payload": {"uid": "x"}}], EVERYONES) == [{"event_id": 4, "event": None}]


def test_a_corrected_format_counts_in_place_of_the_old_reading(
    device_event: FlaskClient,
    device: Callable[..., world.Device],
    device_key: Callable[..., world.DeviceKey],
) -> None:
    owner = device(mode="dock")
    key = device_key(owner)
    client = owner.organization.client
    taps = [
        {"card_number": "0012345678", "event": "tag_insert", "ts": 1795162321},
        {"card_number": "0012345678", "event": "tag_left", "ts": 1795165921},
    ]
    headers = {"X-API-Key": key.key}
    data_of(device_event.post(URL, json=taps, headers=headers))
    assert [row["tag_uid"] for row in rows(owner)] == ["0012345678"] * 2

    reading = reading_of(set_up(owner, tag_format=LITTLE))
    arguments = {"device_id": owner.id, "since": SINCE, "readings": read_again(rows(owner), reading)}
    foreseen = world.rpc(client, "preview_replay_events", **arguments)
    assert len(rows(owner)) == 2
    done = world.rpc(client, "replay_events", **arguments)
    assert done == foreseen
    assert (done["replaced"], done["unchanged"]) == (2, 0)

    old, new = rows(owner)[:2], rows(owner)[2:]
    assert [row["tag_uid"] for row in new] == ["0000BC614E"] * 2
    assert [row["supersedes"] for row in new] == [row["id"] for row in old]
    assert {row["reading_version"] for row in new} == {1}
    [entry] = owner.organization.rows("time_entries", select="tag_id,started_at,ended_at")
    [tag] = owner.organization.rows("tags", select="id", uid="eq.0000BC614E")
    assert entry["tag_id"] == tag["id"]
    outcomes = {
        row["id"]: row["reason"] for row in owner.organization.rows("recent_taps", select="id,reason")
    }
    assert [outcomes[row["id"]] for row in old] == ["superseded"] * 2
    assert [outcomes[row["id"]] for row in new] == ["opened", "closed"]

    # The device sends them once more, and a person replays once more: nothing new.
    again = data_of(device_event.post(URL, json=taps, headers=headers))
    assert (again["stored"], again["duplicates"]) == (0, 2)
    repeated = world.rpc(client, "replay_events", **arguments)
    assert (repeated["replaced"], repeated["entries_changed"]) == (0, 0)
    assert len(rows(owner)) == 4


def test_what_holds_no_tag_any_more_counts_nowhere(
    device_event: FlaskClient,
    device: Callable[..., world.Device],
    device_key: Callable[..., world.DeviceKey],
) -> None:
    owner = device(mode="dock")
    key = device_key(owner)
    data_of(
        device_event.post(URL, json={"uid": "dd542a83", "ts": 1795162321}, headers={"X-API-Key": key.key})
    )
    reading = reading_of(set_up(owner, payload_map={"tag": "/card/uid"}))
    arguments = {"device_id": owner.id, "since": SINCE, "readings": read_again(rows(owner), reading)}
    done = world.rpc(owner.organization.client, "replay_events", **arguments)
    assert (done["ignored"], done["entries_changed"]) == (1, 1)
    assert owner.organization.rows("time_entries", select="id") == []
    assert len(rows(owner)) == 1
