"""A clock without an offset is read in the device's time zone, through both changes of the year."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tools.stack import world
from tools.stack.postgres import PostgresStack

# The local times in whose neighbourhood the clocks change.
CHANGES = {
    "Europe/Vienna": [datetime(2025, 3, 30, 2), datetime(2025, 10, 26, 2)],
    "America/New_York": [datetime(2025, 3, 9, 2), datetime(2025, 11, 2, 1)],
}
around = st.timedeltas(timedelta(hours=-4), timedelta(hours=4))


def instants(said: list[datetime], zone: ZoneInfo) -> list[datetime]:
    """When that clock showed these, in this order: of two instants the last one before the next."""
    found: list[datetime] = []
    for moment in reversed(said):
        both = [moment.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)]
        shown = [at for at in both if at.astimezone(zone).replace(tzinfo=None) == moment]
        # In the hour that is left out no clock shows it: the later counts.
        shown = shown or [max(both)]
        found.append(max([at for at in shown if not found or at <= found[-1]] or shown))
    return found[::-1]


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


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(offsets=st.lists(around, min_size=1, max_size=50, unique=True), change=st.sampled_from([0, 1]))
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
    for happened_at, result in zip(instants(said, ZoneInfo(zone)), results, strict=True):
        assert result["time_quality"] == "local"
        assert datetime.fromisoformat(result["occurred_at"]) == happened_at


@pytest.mark.parametrize(
    ("zone", "said", "received_at", "expected"),
    [
        ("Europe/Vienna", "2025-10-26 02:30", "2025-10-26T00:30Z", "2025-10-26T00:30Z"),
        ("Europe/Vienna", "2025-10-26 02:30", "2025-10-26T01:27Z", "2025-10-26T00:30Z"),
        ("Europe/Vienna", "2025-10-26 02:30", "2025-10-26T01:29Z", "2025-10-26T01:30Z"),
        ("Europe/Vienna", "2025-10-26 02:30", "2025-10-27T01:29Z", "2025-10-26T01:30Z"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02T05:31Z", "2025-11-02T05:30Z"),
        ("America/New_York", "2025-11-02 01:30", "2025-11-02T06:31Z", "2025-11-02T06:30Z"),
        # No clock shows what lies in the hour that is left out; one that was not changed does.
        ("Europe/Vienna", "2025-03-30 02:30", "2025-03-30T01:31Z", "2025-03-30T01:30Z"),
        # And in an hour that comes once, a clock that is ahead is taken at its word.
        ("Europe/Vienna", "2025-07-01 14:30", "2025-07-01T11:31Z", "2025-07-01T12:30Z"),
    ],
)
def test_the_hour_that_comes_twice_is_the_later_one_unless_that_is_still_to_come(
    postgres_stack: PostgresStack, zone: str, said: str, received_at: str, expected: str
) -> None:
    # Asked where it is decided: what is still to come depends on when a request arrives.
    [row] = postgres_stack.sql(
        """
        select (private.local_times(
            jsonb_build_array(jsonb_build_object('device_at', %s::text)), %s, %s::timestamptz
        ))[1].at as instant
        """,
        [said, zone, received_at],
    )
    assert row["instant"] == datetime.fromisoformat(expected)
