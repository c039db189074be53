"""Field maps, as Python and the database understand them."""

import json
from typing import Any

import psycopg
import pytest
from pydantic import ValidationError

from gatebook.taps.maps import reading_of
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.presets import PRESETS

VALID: list[Any] = [
    *({"preset": name} for name in PRESETS),
    {"preset": "esphome", "tag_format": {"kind": "decimal", "bytes": 5, "order": "big"}},
    {"preset": "esphome", "day_first": True},
    {"tag": "/uid"},
    {"tag": ""},
    {
        "events": "/tags",
        "tag": "/epc",
        "time": "/t",
        "event": "/e",
        "direction": "/d",
        "in": ["on"],
        "out": ["off"],
    },
    {"events": "", "tag": "/epc", "tag_format": "base64", "day_first": False},
    {"day_first": True},
    *({"tag_format": kind} for kind in ("text", {"kind": "hex"}, {"kind": "bytes"})),
    {},
]
INVALID: list[Any] = [
    *({"preset": name} for name in ("other", "", 5)),
    {"preset": "esphome", "tag": "/uid"},
    {"preset": "esphome", "in": ["x"]},
    *({"tag": pointer} for pointer in ("uid", 5, ["/uid"], "/" + "x" * 200)),
    {"time": "/t"},
    {"in": ["x"]},
    *({"tag": "/uid", "in": words} for words in ("on", [""], [5], ["x" * 65], ["x"] * 21)),
    *(
        {"tag": "/uid", "tag_format": tag_format}
        for tag_format in ("dec", 5, {}, {"kind": "dec"}, {"kind": "decimal", "bytes": 4})
    ),
    *(
        {"tag_format": {"kind": "decimal", "bytes": count, "order": order, **more}}
        for count, order, more in (
            *((3, "big", {}), (33, "big", {}), ("4", "big", {}), (4, "middle", {})),
            (4, "big", {"sign": True}),
        )
    ),
    {"tag": "/uid", "day_first": "yes"},
    {"tag": "/uid", "unknown": 1},
    *([], "esphome", 5),
]


@pytest.mark.parametrize("payload_map", VALID, ids=json.dumps)
def test_a_valid_map_is_one_to_python_and_to_the_database(
    connection: psycopg.Connection, payload_map: Any
) -> None:
    assert reading_of({"version": 2, "payload_map": payload_map}).version == 2
    assert is_one(connection, payload_map)


@pytest.mark.parametrize("payload_map", INVALID, ids=json.dumps)
def test_an_invalid_map_is_none_to_either(connection: psycopg.Connection, payload_map: Any) -> None:
    with pytest.raises(ValidationError):
        reading_of({"version": 2, "payload_map": payload_map})
    assert not is_one(connection, payload_map)


def is_one(connection: psycopg.Connection, payload_map: Any) -> Any:
    row = connection.execute("select private.is_payload_map(%s::jsonb)", [json.dumps(payload_map)]).fetchone()
    assert row is not None
    [found] = row.values() if isinstance(row, dict) else row
    assert found is not None
    return found


def test_a_map_reads_a_body_of_any_shape() -> None:
    reading = reading_of(
        {
            "version": 1,
            "payload_map": {
                "events": "/d/list",
                "tag": "/1",
                "time": "/0",
                "direction": "/2",
                "in": ["E"],
                "out": ["A"],
                "tag_format": "text",
                "day_first": True,
            },
        }
    )
    body = {"d": {"list": [["10/11/2026 08:12", "0042", "E"], ["10/11/2026 17:00", "0042", "a"], []]}}
    request = DeviceEventRequest.read(body, reading)
    assert [(event["tag_uid"], event["direction"], event["device_at"]) for event in request.events()] == [
        ("T:0042", "in", "2026-11-10T08:12:00"),
        ("T:0042", "out", "2026-11-10T17:00:00"),
    ]
    assert len(request.items) == 3


def test_a_device_with_a_format_and_no_map_is_read_by_everyones_words() -> None:
    reading = reading_of({"version": 1, "payload_map": None, "tag_format": "text"})
    [event] = DeviceEventRequest.read({"Card_ID": 42, "event": "removed"}, reading).events()
    assert (event["tag_uid"], event["event_type"]) == ("T:42", "tag_removed")
