"""Whoever ends an entry by hand while it runs is out, and the next tap means what it should."""

from datetime import datetime, timedelta

import pytest

from tests.pairing.desk import EPOCH, HOUR, A
from tests.pairing.ledger import Connection, Ledger
from tests.pairing.reference import Assignment, Event, Inputs, Settings
from tests.time.corrections import change, delete, entries, facts, restore

MINUTE = timedelta(minutes=1)
Span = tuple[int, int | None, list[str]]


@pytest.fixture
def gate(connection: Connection) -> Ledger:
    """A terminal and a dock, and Ann, who has tag A."""
    ledger = Ledger.create(connection, ["desk", "gate"], [A], ["ann", "bob"], ["red"])
    settings = (Settings(EPOCH, "gate", mode="terminal"), Settings(EPOCH, "desk", mode="dock"))
    ledger.put_in_force(Inputs(settings, (Assignment(A, EPOCH, person="ann"),)))
    return ledger


def ago(ledger: Ledger, hours: float) -> datetime:
    return ledger.now().replace(microsecond=0) - hours * HOUR


def tap(ledger: Ledger, *hours: float, device: str = "gate") -> None:
    for each in hours:
        ledger.record_events(device, [Event(device, "tag_insert", A, ago(ledger, each))])


def hours_ago(ledger: Ledger) -> list[Span]:
    """Starts and ends of what people see, in hours before now, and the flags."""
    now = ledger.now()
    return [
        (
            round((now - row["started_at"]) / HOUR),
            None if row["ended_at"] is None else round((now - row["ended_at"]) / HOUR),
            row["flags"],
        )
        for row in entries(ledger)
    ]


def test_after_a_stop_by_hand_the_next_tap_comes_in_again(gate: Ledger) -> None:
    tap(gate, 9)
    change(gate, entries(gate)[0], ended_at=ago(gate, 5))

    tap(gate, 4, 1)

    assert hours_ago(gate) == [(9, 5, []), (4, 1, [])]


def test_a_tap_right_after_the_stop_is_the_same_going(gate: Ledger) -> None:
    tap(gate, 9)
    change(gate, entries(gate)[0], ended_at=ago(gate, 5))

    tap(gate, 5 - 30 / 3600)

    assert hours_ago(gate) == [(9, 5, [])]


def test_the_order_of_a_stop_and_of_taps_that_come_late_does_not_matter(gate: Ledger) -> None:
    tap(gate, 9, 4, 1)
    assert hours_ago(gate) == [(9, 4, []), (1, None, [])]
    change(gate, entries(gate)[1], ended_at=ago(gate, 0.4))

    tap(gate, 6, 5)

    # In at 9, out at 6, in at 5, out at 4; the last is as it was stopped.
    assert [span[:2] for span in hours_ago(gate)] == [(9, 6), (5, 4), (1, 0)]


def test_a_deleted_first_tap_counts_for_nothing(gate: Ledger) -> None:
    tap(gate, 9)
    delete(gate, entries(gate)[0])

    tap(gate, 8, 2)

    assert hours_ago(gate) == [(8, 2, [])]


def test_taking_the_stop_back_reads_the_taps_as_before(gate: Ledger) -> None:
    tap(gate, 9)
    entry = entries(gate)[0]
    change(gate, entry, ended_at=ago(gate, 5))
    tap(gate, 4, 1)

    restore(gate, entry["id"])

    assert hours_ago(gate) == [(9, 4, []), (1, None, [])]


def test_a_stop_moved_past_the_next_tap_ends_with_that_tap(gate: Ledger) -> None:
    tap(gate, 9)
    stopped = change(gate, entries(gate)[0], ended_at=ago(gate, 5))
    tap(gate, 4, 1)

    moved = next(row for row in entries(gate) if row["id"] == stopped["id"])
    change(gate, moved, ended_at=ago(gate, 3))

    assert hours_ago(gate) == [(9, 3, ["contradicted"]), (1, None, [])]


def test_in_a_dock_the_tag_that_stays_contradicts_nobody(gate: Ledger) -> None:
    tap(gate, 9, device="desk")
    change(gate, entries(gate)[0], ended_at=ago(gate, 5))

    gate.record_events("desk", [Event("desk", "tag_removed", A, ago(gate, 4))])
    tap(gate, 3, device="desk")

    assert hours_ago(gate) == [(9, 5, []), (3, None, [])]


def test_a_forgotten_end_put_in_by_hand_is_not_contradicted_by_the_limit(gate: Ledger) -> None:
    gate.record_events("desk", [Event("desk", "tag_insert", A, ago(gate, 11))])
    change(gate, entries(gate)[0], ended_at=ago(gate, 3))
    with gate.signed_in():
        gate.query(
            "select public.set_pairing_settings(%s, null, null, null, 1, %s)", [gate.organization, EPOCH]
        )

    gate.record_events("desk", [Event("desk", "tag_insert", A, ago(gate, 1))])

    assert hours_ago(gate)[0][2] == []


def test_what_was_deleted_stays_deleted_when_its_tag_gets_an_owner(connection: Connection) -> None:
    ledger = Ledger.create(connection, ["gate"], [A], ["ann", "bob"], [])
    ledger.put_in_force(Inputs((Settings(EPOCH, "gate", mode="terminal"),)))
    tap(ledger, 9, 8, 6, 4)
    delete(ledger, entries(ledger)[0])
    change(ledger, entries(ledger)[0], ended_at=ago(ledger, 5))

    relabel(ledger, "ann")
    relabel(ledger, "bob")

    assert [row["person_id"] for row in entries(ledger)] == ["bob"]
    assert hours_ago(ledger) == [(6, 5, [])]
    assert facts(ledger)[0][-1] == ["ended_at"]


def relabel(ledger: Ledger, person: str) -> None:
    with ledger.signed_in():
        ledger.query(
            "select public.relabel_tag(%s, %s, null, %s)", [ledger.ids[A], ledger.ids[person], EPOCH]
        )


def stops_that_differ(ledger: Ledger) -> list[dict[str, object]]:
    """What pairing has been told, and what the corrections say, where these are not the same."""
    return ledger.query(
        """
        with corrected as (
            select distinct t.stream_id, t.claim_started_at as started_at,
                private.stopped_at(t.stream_id, t.claim_started_at) as stopped_at
            from public.time_entries as t
            where t.claim_id is not null and t.claim_ended_at is null and t.stream_id <> t.device_id
        )
        select c.*, s.* from (select * from corrected where stopped_at is not null) as c
        full join private.stops as s using (stream_id, started_at)
        where c.stopped_at is distinct from s.stopped_at
        """
    )


def told(ledger: Ledger) -> int:
    """How many stops pairing knows of this organization's streams."""
    query = """
        select count(*) as stops from private.stops as s
        join private.streams as m on m.stream_id = s.stream_id where m.organization_id = %s
    """
    return int(ledger.query(query, [ledger.organization])[0]["stops"])


def test_pairing_is_told_of_every_stop_and_of_its_end(gate: Ledger) -> None:
    tap(gate, 9)
    entry = change(gate, entries(gate)[0], ended_at=ago(gate, 5))
    assert (told(gate), stops_that_differ(gate)) == (1, [])
    relabel(gate, "bob")
    assert (told(gate), stops_that_differ(gate)) == (1, [])
    delete(gate, entries(gate)[0])
    assert (told(gate), stops_that_differ(gate)) == (1, [])
    restore(gate, entry["id"])
    restore(gate, entry["id"])
    assert (told(gate), stops_that_differ(gate)) == (0, [])


def test_a_stop_at_a_dock_is_not_told(gate: Ledger) -> None:
    tap(gate, 9, device="desk")
    change(gate, entries(gate)[0], ended_at=ago(gate, 5))
    relabel(gate, "bob")
    assert (told(gate), stops_that_differ(gate)) == (0, [])
