"""Every reader that docs/webhook.md names, through the real function, on both stacks."""

import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.taps import URL, data_of
from tests.taps.known_readers import GATEWAY, KNOWN, Known
from tools.stack import world
from tools.stack.processes import PROJECT

MakeDevice = Callable[..., world.Device]
MakeKey = Callable[..., world.DeviceKey]
WEBHOOK = PROJECT / "docs" / "webhook.md"


def post(device_event: FlaskClient, key: world.DeviceKey, known: Known) -> dict[str, Any]:
    headers = {"X-API-Key": key.key, "Content-Type": known.content_type}
    return data_of(device_event.post(URL, data=known.body, headers=headers))


def events_of(device: world.Device) -> list[dict[str, Any]]:
    columns = "event_type,tag_uid,occurred_at,received_at,time_quality,payload,reading_version"
    return device.organization.rows("device_events", select=columns, device_id=f"eq.{device.id}", order="id")


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.sample)
def test_a_known_reader_is_stored_with_the_right_tag_and_time(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey, known: Known
) -> None:
    owner = device(external_id="NFC_ABC123", **known.device)
    key = device_key(owner)
    data = post(device_event, key, known)
    rows = events_of(owner)
    assert [(row["event_type"], row["tag_uid"], row["time_quality"]) for row in rows] == [
        (event_type, tag, quality) for event_type, tag, _, quality in known.taps
    ]
    for row, (_, _, at, _) in zip(rows, known.taps, strict=True):
        counts = datetime.fromisoformat(at or row["received_at"])
        assert datetime.fromisoformat(row["occurred_at"]) == counts
        assert row["reading_version"] == (1 if {"payload_map", "tag_format"} & set(known.device) else 0)
    assert data.get("ignored", 0) == known.ignored
    # The second time the function knows how the device's payloads are read.
    again = post(device_event, key, known)
    assert again.get("duplicate", True)
    assert len(events_of(owner)) == len(rows)


def test_the_documented_table_names_every_known_reader_with_its_map() -> None:
    text = WEBHOOK.read_text()
    table = text[text.index("## Readers known to work") :]
    for known in KNOWN:
        [row] = [line for line in table.splitlines() if f"`{known.sample}`" in line]
        for name in ("payload_map", "tag_format"):
            if name in known.device and known.device[name] != GATEWAY:
                assert f"`{name}`: `{json.dumps(known.device[name])}`" in row, row
    assert json.dumps(GATEWAY) in " ".join(table.split())
    assert set(re.findall(r"`(reader-[\w.-]+)`", table)) == {known.sample for known in KNOWN}


def test_one_card_is_one_tag_to_a_hex_reader_and_to_a_decimal_one(
    device_event: FlaskClient, device: MakeDevice, device_key: MakeKey
) -> None:
    hex_reader = device()
    theirs = hex_reader.organization
    decimal = device(theirs, tag_format={"kind": "decimal", "bytes": 4, "order": "big"})
    for owner, tag in ((hex_reader, "dd 54 2a 83"), (decimal, "3713280643")):
        answer = device_event.post(URL, json={"uid": tag}, headers={"X-API-Key": device_key(owner).key})
        assert answer.status_code == 201, answer.text
    assert [row["uid"] for row in theirs.rows("tags", select="uid")] == ["DD542A83"]
