"""Acknowledging says that somebody has seen it, clearing that the cause is gone: two facts, by operators."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.database.filled import send
from tests.support.acts import Member, audit, join, refusal, refused
from tools.stack import world
from tools.stack.stack import Stack
from tools.stack.tokens import sign_jwt

Row = dict[str, Any]
NewDeviceKey = Callable[..., world.DeviceKey]
NO_CLOCK = {"event_type": "tag_insert", "tag_uid": "DD542A83", "device_time": "no time"}
RIGHT_CLOCK = {"event_type": "tag_removed", "tag_uid": "DD542A83", "device_at": "2026-11-20T08:00:00Z"}
ACTS = ("acknowledge_alert", "clear_alert")


class Reader:
    """A device whose clock goes wrong and right: each time it goes wrong raises an alert."""

    def __init__(self, stack: Stack, key: world.DeviceKey) -> None:
        self.stack = stack
        self.key = key
        self.organization = key.device.organization
        self.client = self.organization.client

    def lose_the_clock(self) -> None:
        send(self.stack, self.key.key, [NO_CLOCK])

    def find_the_clock(self) -> None:
        send(self.stack, self.key.key, [RIGHT_CLOCK])

    def alerts(self) -> list[Row]:
        return self.organization.rows("alerts", order="raised_at")

    def alert(self) -> Row:
        """The newest."""
        return self.alerts()[-1]

    def settle(self, act: str, client: httpx.Client | None = None, **arguments: Any) -> Row:
        arguments = {"alert_id": self.alert()["id"], **arguments}
        settled: Row = world.rpc(client or self.client, act, **arguments)
        return settled


@pytest.fixture
def reader(stack: Stack, device_key: NewDeviceKey) -> Reader:
    made = Reader(stack, device_key())
    made.lose_the_clock()
    return made


def test_an_alert_says_what_it_is_about(reader: Reader) -> None:
    (row,) = reader.alerts()
    assert (row["kind"], row["severity"], row["source_type"], row["source_id"]) == (
        "clock_skew",
        "warning",
        "device",
        reader.key.device.id,
    )
    assert row["details"] == {"time_quality": "unsynced", "device_time": "no time"}
    assert row["acknowledged_at"] is row["cleared_at"] is None


def test_acknowledging_does_not_clear(reader: Reader) -> None:
    row = reader.settle("acknowledge_alert", notes="Seen")
    assert row == reader.alert()
    assert (row["acknowledged_by"], row["notes"]) == (reader.organization.admin.id, "Seen")
    assert row["acknowledged_at"] is not None
    assert row["cleared_at"] is row["cleared_by"] is None


def test_clearing_does_not_acknowledge(reader: Reader) -> None:
    row = reader.settle("clear_alert", notes="Set by hand")
    assert row == reader.alert()
    assert (row["cleared_by"], row["notes"]) == (reader.organization.admin.id, "Set by hand")
    assert row["cleared_at"] is not None
    assert row["acknowledged_at"] is row["acknowledged_by"] is None


@pytest.mark.parametrize("acts", [ACTS, ACTS[::-1]], ids=["seen first", "cleared first"])
def test_the_two_come_in_either_order(reader: Reader, acts: tuple[str, str]) -> None:
    first = reader.settle(acts[0])
    both = reader.settle(acts[1])
    column = {"acknowledge_alert": "acknowledged_at", "clear_alert": "cleared_at"}
    assert both[column[acts[0]]] == first[column[acts[0]]] is not None
    assert both[column[acts[1]]] is not None
    assert first[column[acts[1]]] is None


@pytest.mark.parametrize("act", ACTS)
def test_the_first_who_does_it_counts_and_the_last_notes_stay(reader: Reader, act: str) -> None:
    operator = join(reader.stack, reader.organization, "operator")
    first = reader.settle(act, notes="First")
    again = reader.settle(act, operator.client)
    assert again == first
    assert reader.settle(act, operator.client, notes="Second") == first | {"notes": "Second"}


def test_the_cause_that_goes_away_clears_and_is_nobody(reader: Reader) -> None:
    reader.find_the_clock()
    row = reader.alert()
    assert row["cleared_at"] is not None
    assert row["cleared_by"] is row["acknowledged_at"] is None
    assert reader.settle("acknowledge_alert")["cleared_at"] == row["cleared_at"]


def test_a_cause_that_lasts_raises_one_alert(reader: Reader) -> None:
    seen = reader.settle("acknowledge_alert")
    reader.lose_the_clock()
    assert reader.alerts() == [seen]


@pytest.mark.parametrize("is_by_hand", [True, False], ids=["by hand", "by itself"])
def test_a_cleared_alert_opens_anew(reader: Reader, is_by_hand: bool) -> None:
    if is_by_hand:
        reader.settle("clear_alert")
    reader.find_the_clock()
    (old,) = reader.alerts()
    reader.lose_the_clock()
    kept, new = reader.alerts()
    assert kept == old
    assert (new["cleared_at"], new["acknowledged_at"], new["raise_count"]) == (None, None, 1)


def test_notes_have_a_limit(reader: Reader) -> None:
    before = reader.alert()
    for act in ACTS:
        arguments = {"alert_id": before["id"], "notes": "x" * 2001}
        assert refused(reader.client, act, **arguments) == (422, "invalid_notes")
    assert reader.alert() == before
    assert reader.settle("acknowledge_alert", notes="x" * 2000)["notes"] == "x" * 2000


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_in_the_audit_log(reader: Reader, act: str) -> None:
    before = reader.alert()
    operator = join(reader.stack, reader.organization, "operator")
    after = reader.settle(act, operator.client, notes="Seen")
    (line,) = audit(reader.organization, table_name="eq.alerts")
    assert (line["action"], line["row_id"]) == (act.removesuffix("_alert"), before["id"])
    assert (line["actor_kind"], line["actor_id"], line["reason"]) == ("user", operator.user.id, "Seen")
    assert (line["before"]["notes"], line["after"]["notes"]) == (None, "Seen")
    assert line["after"]["id"] == after["id"]


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", ["admin", "operator"])
def test_admins_and_operators_settle(reader: Reader, act: str, role: str) -> None:
    member = join(reader.stack, reader.organization, role)
    row = reader.settle(act, member.client)
    assert member.user.id in (row["acknowledged_by"], row["cleared_by"])


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("viewer", (403, "forbidden")),
        ("member", (403, "forbidden")),
        ("suspended", (404, "not_found")),
        ("stranger", (404, "not_found")),
    ],
)
def test_nobody_else_settles(reader: Reader, act: str, who: str, expected: tuple[int, str]) -> None:
    before = reader.alert()
    client = client_of(reader, who)
    assert refused(client, act, alert_id=before["id"]) == expected
    unchanged = reader.alert()
    assert unchanged == before
    assert audit(reader.organization, table_name="eq.alerts") == []


def client_of(reader: Reader, who: str) -> httpx.Client:
    """Somebody who may not."""
    if who == "stranger":
        return world.create_organization(reader.stack).client
    member: Member = join(reader.stack, reader.organization, "operator" if who == "suspended" else who)
    if who == "suspended":
        world.rpc(reader.client, "suspend_member", membership_id=member.membership_id)
    return member.client


@pytest.mark.parametrize("act", ACTS)
def test_neither_devices_nor_anybody_without_an_account_settle(reader: Reader, act: str) -> None:
    before = reader.alert()
    claims = {
        "role": "device",
        "device_id": reader.key.device.id,
        "organization_id": reader.organization.id,
        "key_id": reader.key.id,
    }
    device = reader.stack.client(sign_jwt(claims, reader.stack.jwt_secret))
    for client in (device, reader.stack.client()):
        answer = client.post(f"/rpc/{act}", json={"alert_id": before["id"]})
        assert refusal(answer)[0] in (401, 403, 404)
    assert reader.alert() == before


@pytest.mark.parametrize("act", ACTS)
def test_an_alert_that_is_not_there_is_not_found(reader: Reader, act: str) -> None:
    for alert_id in ("00000000-0000-4000-8000-000000000000", None):
        assert refused(reader.client, act, alert_id=alert_id) == (404, "not_found")


def test_viewers_read_alerts_and_members_do_not(reader: Reader) -> None:
    counts = {
        role: len(join(reader.stack, reader.organization, role).client.get("/alerts").json())
        for role in ("admin", "operator", "viewer", "member")
    }
    assert counts == {"admin": 1, "operator": 1, "viewer": 1, "member": 0}
