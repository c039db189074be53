"""Each preset with every sample of its makers that lies in tests/contracts, before any database."""

import json

import pytest

from gatebook.taps.maps import reading_of
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.presets import PRESETS
from tests.taps.known_readers import KNOWN, Known

WITH_PRESET = [known for known in KNOWN if "preset" in known.device.get("payload_map", {})]


def test_every_preset_has_a_sample() -> None:
    assert {known.device["payload_map"]["preset"] for known in WITH_PRESET} == set(PRESETS)


@pytest.mark.parametrize("known", WITH_PRESET, ids=lambda known: known.sample)
def test_a_preset_reads_its_samples(known: Known) -> None:
    reading = reading_of({"version": 1, **known.device})
    request = DeviceEventRequest.read(json.loads(known.body), reading)
    assert [(event["event_type"], event["tag_uid"]) for event in request.events()] == [
        (event_type, tag) for event_type, tag, _, _ in known.taps
    ]
    assert len(request.items) - len(request.events()) == known.ignored


def test_a_device_may_have_another_notation_than_its_preset() -> None:
    little = {"kind": "decimal", "bytes": 4, "order": "little"}
    reading = reading_of({"version": 1, "payload_map": {"preset": "esphome"}, "tag_format": little})
    [event] = DeviceEventRequest.read({"tag": 2200589533}, reading).events()
    assert event["tag_uid"] == "DD542A83"
