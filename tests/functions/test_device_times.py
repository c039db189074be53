"""A clock without an offset is read in the device's time zone, through both changes of the year."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support import world

# The local times in whose neighbourhood the clocks change.
CHANGES = {
    "Europe/Vienna": [datetime(2025, 3, 30, 2), datetime(2025, 10, 26, 2)],
    "America/New_York": [datetime(2025, 3, 9, 2), datetime(2025, 11, 2, 1)],
}
around = st.timedeltas(timedelta(hours=-4), timedelta(hours=4))


def instants(said: datetime, zone: ZoneInfo) -> set[datetime]:
    """When that clock may have shown this: twice in the hour that comes twice."""
    return {said.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}


@pytest.fixture(params=[(zone, place) for zone in CHANGES for place in ("device", "organization")])
def device_key(
    request: pytest.FixtureRequest,
    organization: Callable[..., world.Organization],
    device: Callable[..., world.Device],
    device_key: Callable[..., world.DeviceKey],
) -> tuple[str, world.DeviceKey]:
    """A key of a reader that has its time zone from itself or from its organization."""
    zone, place = request.param
    if place == "organization":
        return zone, device_key(device(organization(time_zone=zone)))
    return zone, device_key(device(organization(time_zone="Asia/Tokyo"), time_zone=zone))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offsets=st.lists(around, min_size=1, max_size=50), change=st.sampled_from([0, 1]))
def test_local_times_are_right_around_both_changes(
    load_function: Callable[..., FlaskClient],
    device_key: tuple[str, world.DeviceKey],
    offsets: list[timedelta],
    change: int,
) -> None:
    zone, key = device_key
    said = [CHANGES[zone][change] + offset for offset in offsets]
    events = [
        {"event_type": "tag_insert", "tag_id": "dd 54 2a 83", "timestamp": moment.isoformat(" ")}
        for moment in said
    ]
    answer = load_function("device_event").post("/", json={"events": events}, headers={"X-API-Key": key.key})
    assert answer.json is not None
    results = answer.json["data"]["results"]
    assert len(results) == len(said)
    for moment, result in zip(said, results, strict=True):
        assert result["time_quality"] == "local"
        assert datetime.fromisoformat(result["occurred_at"]) in instants(moment, ZoneInfo(zone))
