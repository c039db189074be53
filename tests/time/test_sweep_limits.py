"""What nobody ends is ended by the clock, told to somebody, and repaired by a late tap."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.pairing.ledger import Connection, Ledger, Row
from tests.pairing.reference import Event, Inputs, Settings, pair

A = "DD542A83"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
INPUTS = Inputs((Settings(EPOCH, "desk", mode="dock", max_entry_hours=1),))


@pytest.fixture
def ledger(connection: Connection) -> Ledger:
    """A desk where an entry lasts an hour at most."""
    made = Ledger.create(connection, ["desk"], [A])
    made.put_in_force(INPUTS)
    return made


def sweep(ledger: Ledger) -> Row:
    with ledger.as_role("service_role"):
        answer: Row = ledger.query("select public.sweep() as answer")[0]["answer"]
    return answer


def alerts(ledger: Ledger) -> list[Row]:
    with ledger.signed_in():
        return ledger.query(
            "select * from public.alerts where organization_id = %s and kind = 'missing_clock_out'",
            [ledger.organization],
        )


def forget(ledger: Ledger) -> datetime:
    """Put a tag in an hour ago but for an instant, and let the sweep come by until the hour is over."""
    started_at = ledger.now() - HOUR + timedelta(milliseconds=300)
    ledger.record_events("desk", [Event("desk", "tag_insert", A, started_at)])
    assert ledger.entries()[0].ended_at is None
    while ledger.entries()[0].ended_at is None:
        sweep(ledger)
    return started_at


def test_the_sweep_ends_an_entry_at_its_limit_and_raises_an_alert(ledger: Ledger) -> None:
    started_at = forget(ledger)

    assert (
        ledger.entries() == pair([Event("desk", "tag_insert", A, started_at)], INPUTS, ledger.now()).entries
    )
    assert ledger.entries()[0].ended_at == started_at + HOUR
    assert [alert["cleared_at"] for alert in alerts(ledger)] == [None]


def test_the_sweep_leaves_alone_what_may_go_on(ledger: Ledger) -> None:
    ledger.record_events("desk", [Event("desk", "tag_insert", A, ledger.now() - HOUR / 2)])

    sweep(ledger)

    assert [entry.ended_at for entry in ledger.entries()] == [None]
    assert alerts(ledger) == []


def test_sweeping_twice_raises_one_alert(ledger: Ledger) -> None:
    forget(ledger)
    raised = alerts(ledger)

    sweep(ledger)

    assert alerts(ledger) == raised


def test_a_late_removal_repairs_the_entry_and_clears_the_alert(ledger: Ledger) -> None:
    started_at = forget(ledger)

    ledger.record_events("desk", [Event("desk", "tag_removed", A, started_at + HOUR / 2)])

    assert [(entry.ended_at, entry.flags) for entry in ledger.entries()] == [(started_at + HOUR / 2, ())]
    assert all(alert["cleared_at"] for alert in alerts(ledger))
    sweep(ledger)
    assert all(alert["cleared_at"] for alert in alerts(ledger))


def test_a_removal_after_the_limit_repairs_nothing(ledger: Ledger) -> None:
    started_at = forget(ledger)

    ledger.record_events("desk", [Event("desk", "tag_removed", A, ledger.now())])

    assert [(entry.ended_at, entry.flags) for entry in ledger.entries()] == [
        (started_at + HOUR, ("auto_closed",))
    ]
    assert [alert["cleared_at"] for alert in alerts(ledger)] == [None]


def test_history_that_is_loaded_alerts_nobody(ledger: Ledger) -> None:
    long_ago = ledger.now() - timedelta(days=30)
    ledger.record_events("desk", [Event("desk", "tag_insert", A, long_ago)])

    sweep(ledger)

    assert [entry.flags for entry in ledger.entries()] == [("auto_closed",)]
    assert alerts(ledger) == []


def test_one_stream_that_fails_keeps_no_other_waiting(connection: Connection, ledger: Ledger) -> None:
    other = Ledger.create(connection, ["desk"], [A])
    other.put_in_force(INPUTS)
    started_at = ledger.now() - HOUR + timedelta(milliseconds=300)
    for each in (ledger, other):
        each.record_events("desk", [Event("desk", "tag_insert", A, started_at)])
    # A state that no way leads to: the paired entry names somebody who is not there.
    connection.execute(
        "update private.paired_entries set person_id = gen_random_uuid() where stream_id = %s",
        [ledger.ids["desk"]],
    )

    while other.entries()[0].ended_at is None:
        sweep(ledger)

    assert ledger.entries()[0].ended_at is None
