"""However often, how many at once, and through an outage: each tap is stored once, for one request."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from flask.testing import FlaskClient

from gatebook.devices.keys import generate_key
from tests.support.stand_in import StandIn, forward_to
from tests.support.taps import URL, data_of, event, post, rows_of
from tools.stack import world
from tools.stack.stack import Stack

LoadFunction = Callable[..., FlaskClient]
MakeKey = Callable[..., world.DeviceKey]


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
    own = event(device_id=key.device.external_id)
    body = {"events": [own, event(tag_id="x"), event(device_id="NFC_OTHER"), event(), removal]}
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


def test_a_batch_without_a_clock_is_sent_again_and_stored_once(
    device_event: FlaskClient, device_key: MakeKey
) -> None:
    key = device_key()
    batch = {"events": [clockless("tag_insert"), clockless("tag_removed"), clockless("tag_insert")]}
    first, second = (data_of(post(device_event, key, batch))["results"] for _ in range(2))
    assert [each["status"] for each in first] == ["stored"] * 3
    assert [each["status"] for each in second] == ["duplicate"] * 3
    assert len(rows_of(key)) == 3
    third = data_of(post(device_event, key, {"events": batch["events"][:2]}))["results"]
    # Another request; its first event is the last one again.
    assert [each["status"] for each in third] == ["duplicate", "stored"]


def test_a_batch_without_a_clock_keeps_its_order(device_event: FlaskClient, device_key: MakeKey) -> None:
    key = device_key()
    post(device_event, key, {"events": [clockless(kind) for kind in ("tag_insert", "tag_removed") * 2]})
    post(device_event, key, clockless("tag_insert", tag_id="04A1B2C3"))
    rows = sorted(rows_of(key), key=lambda row: row["id"])
    assert [row["occurred_at"] for row in rows] == sorted({row["occurred_at"] for row in rows})


def test_a_local_time_is_once_whatever_the_zone_is_by_then(
    device_event: FlaskClient, device: Callable[..., world.Device], device_key: MakeKey
) -> None:
    key = device_key(device(time_zone="Europe/Vienna"))
    tap = event(timestamp="2025-10-26T02:30:00")
    assert post(device_event, key, tap).status_code == 201
    theirs = key.device.organization
    moved = theirs.client.patch(f"/devices?id=eq.{key.device.id}", json={"time_zone": "Europe/Lisbon"})
    assert moved.is_success
    assert post(device_event, key, tap).status_code == 200
    assert len(rows_of(key)) == 1


def clockless(kind: str, **fields: str) -> dict[str, object]:
    """What a reader sends that has not heard of the time."""
    return {"event_type": kind, "tag_id": "DD542A83", "timestamp": "Time not synced", **fields}
