import json
from pathlib import Path
from typing import Any

import pytest

from gatebook.ground.errors import Invalid
from gatebook.taps.events import Rejected
from gatebook.taps.models import DeviceEventRequest

CONTRACTS = Path(__file__).parents[1] / "contracts"
INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}


def event_of(body: object) -> dict[str, Any]:
    [event] = DeviceEventRequest.read(body).events()
    return event


def errors_of(body: object) -> dict[str, str]:
    with pytest.raises(Invalid) as raised:
        DeviceEventRequest.read(body)
    return {error["field"]: error["detail"] for error in raised.value.problem("x")["errors"]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("brief", {"device_at": "2025-04-11T15:23:42+00:00", "tag_type": "Mifare Classic (4-byte)"}),
        ("f1-insert", {"device_at": "2025-03-30T03:15:00", "device_time": "2025-03-30 03:15:00"}),
        ("f1-removed", {"event_type": "tag_removed", "tag_type": None}),
        ("f1-no-clock", {"device_at": None, "device_time": "Time not synced"}),
    ],
)
def test_the_contracts_are_understood(name: str, expected: dict[str, object]) -> None:
    body = json.loads((CONTRACTS / f"reader-{name}.json").read_text())
    event = event_of(body)
    assert event["tag_uid"] == "DD542A83"
    assert event["device_id"] == "NFC_ABC123"
    assert event["payload"] == body.get("rfid_poll_result", body)
    assert event | expected == event


def test_unknown_fields_stay_in_the_payload() -> None:
    body = {**INSERT, "firmware": {"version": [1, 2]}, "uptime_ms": 12}
    assert event_of(body)["payload"] == body


@pytest.mark.parametrize(
    ("said", "field", "expected"),
    [
        ({"tag_type": 4}, "tag_type", "4"),
        ({"tag_type": {"a": 1}}, "tag_type", None),
        ({"tag_type": "x" * 300}, "tag_type", "x" * 200),
        ({"tag_present": None}, "event_type", "tag_insert"),
        ({"tag_present": "true"}, "event_type", "tag_insert"),
        ({"direction": None}, "direction", None),
        ({"direction": ""}, "direction", None),
        ({"direction": " IN "}, "direction", "in"),
        ({"device_id": ""}, "device_id", None),
        ({"device_id": 7}, "device_id", "7"),
        ({"timestamp": None}, "device_time", None),
        ({"timestamp": 1744385022}, "device_at", "2025-04-11T15:23:42+00:00"),
        ({"timestamp": {"odd": 1}}, "device_time", None),
    ],
)
def test_odd_types_are_tolerated(said: dict[str, object], field: str, expected: object) -> None:
    assert event_of({**INSERT, **said})[field] == expected


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({"event_type": "tag_insert"}, "tag_id", ["required"]),
        ({**INSERT, "event_type": "tag_seen"}, "event_type", ["tag_insert", "tag_removed", "'tag_seen'"]),
        ({**INSERT, "tag_id": ""}, "tag_id", ["4 to 32 bytes", "''"]),
        ({**INSERT, "tag_id": "dd" * 500}, "tag_id", ["4 to 32 bytes", "…"]),
        ({**INSERT, "tag_id": "dd 54 2a 8"}, "tag_id", ["4 to 32 bytes"]),
        ({**INSERT, "tag_id": "not hex"}, "tag_id", ["4 to 32 bytes", "'not hex'"]),
        ({**INSERT, "tag_id": 12345678}, "tag_id", ["as text", "12345678"]),
        ({**INSERT, "tag_id": None}, "tag_id", ["as text", "null"]),
        ({**INSERT, "tag_present": False}, "tag_present", ["tag_insert", "false"]),
        (
            {**INSERT, "event_type": "tag_removed", "tag_present": True},
            "tag_present",
            ["tag_removed", "true"],
        ),
        ({**INSERT, "tag_present": "maybe"}, "tag_present", ["boolean", "'maybe'"]),
        ({**INSERT, "direction": "up"}, "direction", ["in", "out", "'up'"]),
        ({**INSERT, "device_id": ["x"]}, "device_id", ["string", "an array"]),
        ({**INSERT, "device_id": "x" * 201}, "device_id", ["200"]),
        ({"rfid_poll_result": {"tag_id": "x"}}, "rfid_poll_result.tag_id", ["4 to 32 bytes"]),
        ({"rfid_poll_result": 5}, "rfid_poll_result", ["an object", "found 5"]),
        ({"events": [INSERT] * 600}, "events", ["at most 500", "600 events"]),
        ({"events": INSERT}, "events", ["at most 500", "an object"]),
        ([INSERT] * 501, "", ["at most 500", "501 events"]),
        ("text", "", ["'text'"]),
        (None, "", ["null"]),
    ],
)
def test_what_is_no_event_is_refused_with_the_field(body: object, field: str, words: list[str]) -> None:
    errors = errors_of(body)
    assert field in errors
    for word in words:
        assert word in errors[field]


def test_a_batch_keeps_the_good_and_the_order() -> None:
    removal = {"rfid_poll_result": {**INSERT, "event_type": "tag_removed"}}
    request = DeviceEventRequest.read({"events": [{**INSERT, "tag_id": "x"}, INSERT, 5, removal]})
    assert [event["event_type"] for event in request.events()] == ["tag_insert", "tag_removed"]
    results = list(
        request.results([{"status": "stored", "event_id": 1}, {"status": "duplicate", "event_id": 2}])
    )
    assert [result["status"] for result in results] == ["rejected", "stored", "rejected", "duplicate"]
    assert results[0]["errors"][0]["field"] == "events.0.tag_id"
    assert results[2]["errors"][0] == {"field": "events.2", "detail": "expected an object, found 5"}


def test_500_events_are_a_batch() -> None:
    assert len(DeviceEventRequest.read({"events": [INSERT] * 500}).events()) == 500


def test_a_device_named_beside_the_events_is_named_for_each() -> None:
    named = {**INSERT, "device_id": " A "}
    request = DeviceEventRequest.read({"device_id": "A", "events": [INSERT, named]})
    assert [event["device_id"] for event in request.events()] == ["A", "A"]
    assert request.events()[0]["payload"] == INSERT


def test_a_device_named_around_an_event_is_the_one_that_the_credential_must_have() -> None:
    wrapped = {"device_id": "A", "rfid_poll_result": {**INSERT, "device_id": None}}
    assert event_of(wrapped)["device_id"] == "A"
    assert event_of({"events": [wrapped]})["device_id"] == "A"


def test_two_devices_around_one_event_are_refused() -> None:
    theirs = {**INSERT, "device_id": "B"}
    wrapped = {"device_id": "A", "rfid_poll_result": theirs}
    assert errors_of(wrapped) == {"rfid_poll_result.device_id": "expected 'A' as around it, found 'B'"}
    batch = DeviceEventRequest.read(
        {"device_id": "A", "events": [INSERT, theirs, wrapped, {**wrapped, "rfid_poll_result": INSERT}]}
    )
    assert [isinstance(item, Rejected) for item in batch.items] == [False, True, True, False]


def test_what_stands_beside_the_wrapped_event_is_kept_below_it() -> None:
    wrapped = {"firmware": "1.2", "uptime_ms": 1, "rfid_poll_result": {**INSERT, "uptime_ms": 2}}
    assert event_of(wrapped)["payload"] == {"firmware": "1.2", "uptime_ms": 2, **INSERT}


@pytest.mark.parametrize("name", ["events", "rfid_poll_result"])
def test_null_is_no_batch_and_no_wrapper(name: str) -> None:
    assert event_of({**INSERT, name: None})["event_type"] == "tag_insert"


def test_an_idempotency_key_is_of_a_place_in_the_batch() -> None:
    batch = DeviceEventRequest.read({"events": [INSERT, 5, INSERT]})
    assert [event["idempotency_key"] for event in batch.events("k")] == ["k/0", "k/2"]
    single = DeviceEventRequest.read(INSERT)
    assert [event["idempotency_key"] for event in single.events("k")] == ["k"]
    assert [event["idempotency_key"] for event in single.events()] == [None]


def test_a_key_in_a_wrong_place_is_not_repeated() -> None:
    key = "gb_" + "0" * 30 + "4dv4qo"
    request = DeviceEventRequest.read({"events": [{**INSERT, "tag_id": key, "event_type": "x" * 30 + key}]})
    [item] = request.items
    assert isinstance(item, Rejected)
    assert "gb_" not in str(item.result())
