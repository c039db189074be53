"""A trigger opens an alert or updates the open one; only a higher severity asks for another look."""

import json
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import psycopg
import pytest

from tools.stack import world
from tools.stack.postgres import PostgresStack

Row = dict[str, Any]
THREADS = 8
SIX = {
    "battery_low": ("device", "warning", "alerts"),
    "breach": ("device", "critical", "alerts"),
    "clock_skew": ("device", "warning", "time"),
    "missing_clock_out": ("time_entry", "warning", "time"),
    "offline": ("device", "warning", "alerts"),
    "tamper": ("device", "critical", "alerts"),
}


class Desk:
    """An organization whose alerts are raised as the database raises them: by the owner of the tables."""

    def __init__(self, stack: PostgresStack) -> None:
        self.stack = stack
        self.organization = world.create_organization(stack)

    def raise_alert(self, kind: str, source: str, severity: str | None = None, **details: Any) -> str:
        found = self.stack.sql(
            "select private.raise_alert(%s, %s, %s, %s, %s)::text as id",
            [self.organization.id, kind, source, json.dumps(details), severity],
        )
        return str(found[0]["id"])

    def clear(self, kind: str, source: str) -> None:
        self.stack.sql("select private.clear_alerts(%s, %s)", [source, kind])

    def acknowledge(self, alert: str, notes: str | None = None) -> Row:
        made: Row = world.rpc(self.organization.client, "acknowledge_alert", alert_id=alert, notes=notes)
        return made

    def alert(self, alert: str) -> Row:
        (row,) = self.organization.rows("alerts", id=f"eq.{alert}")
        return row

    def alerts(self) -> list[Row]:
        return self.organization.rows("alerts", order="raised_at")


@pytest.fixture
def desk(postgres_stack: PostgresStack) -> Desk:
    return Desk(postgres_stack)


@pytest.fixture
def source() -> str:
    return str(uuid.uuid4())


def test_everybody_signed_in_reads_the_kinds_and_what_they_mean(desk: Desk) -> None:
    stranger = desk.stack.client(desk.stack.sign_up().access_token)
    rows = world.created(stranger.get("/alert_kinds"))
    kinds = {row["kind"]: (row["source_type"], row["severity"], row["capability"]) for row in rows}
    assert kinds.items() >= SIX.items()
    assert desk.stack.client().get("/alert_kinds").status_code in (401, 403)


@pytest.mark.parametrize("kind", SIX)
def test_an_alert_has_the_source_and_the_severity_of_its_kind(desk: Desk, source: str, kind: str) -> None:
    row = desk.alert(desk.raise_alert(kind, source, reading=7))
    assert (row["source_type"], row["severity"]) == SIX[kind][:2]
    assert (row["kind"], row["source_id"], row["details"], row["raise_count"]) == (
        kind,
        source,
        {"reading": 7},
        1,
    )
    assert row["cleared_at"] is row["acknowledged_at"] is row["notes"] is None


def test_the_raiser_may_say_how_severe_it_is(desk: Desk, source: str) -> None:
    assert desk.alert(desk.raise_alert("offline", source, "critical"))["severity"] == "critical"


def test_an_unknown_kind_is_refused(desk: Desk, source: str) -> None:
    for severity in (None, "warning"):
        with pytest.raises(psycopg.Error, match="unknown_kind") as refused:
            desk.raise_alert("flood", source, severity)
        assert refused.value.sqlstate == "PT422"
    with pytest.raises(psycopg.errors.CheckViolation, match="alerts_severity_is_known"):
        desk.raise_alert("breach", source, "grave")
    assert desk.alerts() == []


def test_no_alert_is_of_an_unknown_kind_or_of_another_source(desk: Desk, source: str) -> None:
    for kind, source_type in (("flood", "device"), ("breach", "time_entry")):
        with pytest.raises(psycopg.errors.ForeignKeyViolation, match="alerts_kind_is_known"):
            desk.stack.sql(
                "insert into public.alerts (organization_id, kind, severity, source_type, source_id)"
                " values (%s, %s, 'info', %s, %s)",
                [desk.organization.id, kind, source_type, source],
            )
    desk.raise_alert("breach", source)
    with pytest.raises(psycopg.errors.ForeignKeyViolation, match="alerts_kind_is_known"):
        desk.stack.sql("delete from public.alert_kinds where kind = 'breach'")


def test_a_repeated_trigger_updates_the_open_alert(desk: Desk, source: str) -> None:
    first = desk.alert(desk.raise_alert("battery_low", source, level=20))
    again = desk.alert(desk.raise_alert("battery_low", source, level=19))
    changes = {"raise_count": 2, "details": {"level": 19}, "last_raised_at": again["last_raised_at"]}
    assert again == first | changes
    assert again["last_raised_at"] > first["last_raised_at"]
    assert len(desk.alerts()) == 1


def test_a_repeated_trigger_keeps_the_acknowledgement(desk: Desk, source: str) -> None:
    seen = desk.acknowledge(desk.raise_alert("offline", source), "On its way")
    again = desk.alert(desk.raise_alert("offline", source))
    kept = ("acknowledged_at", "acknowledged_by", "notes")
    assert [again[column] for column in kept] == [seen[column] for column in kept]
    assert again["acknowledged_by"] == desk.organization.admin.id
    assert again["raise_count"] == 2


@pytest.mark.parametrize(
    ("before", "after", "is_kept"),
    [
        ("info", "warning", False),
        ("info", "critical", False),
        ("warning", "critical", False),
        ("critical", "critical", True),
        ("critical", "warning", True),
        ("warning", "info", True),
    ],
)
def test_only_a_higher_severity_asks_for_another_look(
    desk: Desk, source: str, before: str, after: str, is_kept: bool
) -> None:
    desk.acknowledge(desk.raise_alert("breach", source, before))
    row = desk.alert(desk.raise_alert("breach", source, after))
    assert row["severity"] == after
    assert (row["acknowledged_at"] is not None, row["acknowledged_by"] is not None) == (is_kept, is_kept)


def test_a_cleared_alert_opens_anew(desk: Desk, source: str) -> None:
    first = desk.raise_alert("offline", source)
    desk.acknowledge(first)
    desk.clear("offline", source)
    second = desk.alert(desk.raise_alert("offline", source))
    assert second["id"] != first
    assert (second["raise_count"], second["acknowledged_at"], second["cleared_at"]) == (1, None, None)
    assert desk.alert(first)["cleared_at"] is not None
    assert len(desk.alerts()) == 2


def test_the_cause_clears_its_own_alerts_only(desk: Desk, source: str) -> None:
    other = str(uuid.uuid4())
    ids = {(kind, of): desk.raise_alert(kind, of) for kind in ("offline", "tamper") for of in (source, other)}
    assert len(set(ids.values())) == 4
    desk.clear("offline", source)
    cleared = {key for key, alert in ids.items() if desk.alert(alert)["cleared_at"]}
    assert cleared == {("offline", source)}
    assert desk.alert(ids["offline", source])["cleared_by"] is None


def test_two_organizations_have_an_alert_each(desk: Desk, source: str) -> None:
    other = Desk(desk.stack)
    assert desk.raise_alert("tamper", source) != other.raise_alert("tamper", source)
    assert len(desk.alerts()) == len(other.alerts()) == 1


def test_one_cause_has_one_open_alert_however_many_raise_it_at_once(desk: Desk, source: str) -> None:
    ready = Barrier(THREADS, timeout=20)

    def raise_one(_: int) -> str:
        ready.wait()
        return desk.raise_alert("breach", source)

    with ThreadPoolExecutor(THREADS) as threads:
        ids = set(threads.map(raise_one, range(THREADS)))
    (row,) = desk.alerts()
    assert (ids, row["raise_count"]) == ({row["id"]}, THREADS)


def test_a_second_open_alert_of_one_cause_cannot_be_written(desk: Desk, source: str) -> None:
    desk.raise_alert("breach", source)
    with pytest.raises(psycopg.errors.UniqueViolation, match="alerts_one_open_per_cause"):
        desk.stack.sql(
            "insert into public.alerts (organization_id, kind, severity, source_type, source_id)"
            " values (%s, 'breach', 'info', 'device', %s)",
            [desk.organization.id, source],
        )
