"""A late event is felt as far as it reaches, be it a minute or a month, and no further."""

from datetime import datetime, timedelta

from tests.pairing.desk import EIGHT, EPOCH, HOUR, A
from tests.pairing.ledger import Connection, Ledger
from tests.pairing.reference import Event, Inputs, Settings, pair

TERMINAL = Inputs((Settings(EPOCH, "gate", mode="terminal"),))


def tap(at: datetime) -> Event:
    return Event("gate", "tag_insert", A, at)


def versions(ledger: Ledger) -> dict[datetime, int]:
    rows = ledger.query(
        "select started_at, version from public.time_entries where organization_id = %s",
        [ledger.organization],
    )
    return {row["started_at"]: row["version"] for row in rows}


def test_one_tap_that_turns_all_that_follow_around(connection: Connection) -> None:
    ledger = Ledger.create(connection, ["gate"], [A])
    ledger.put_in_force(TERMINAL)
    # Never twelve hours apart, so that nothing but the end stops it.
    taps = [tap(EIGHT + number * 5 * HOUR) for number in range(200)]
    ledger.record_events("gate", taps)

    for hours in (2, 6 * 24 + 2, 20 * 24 + 2):
        late = tap(EIGHT + hours * HOUR)
        taps.append(late)
        ledger.record_events("gate", [late])
        assert ledger.entries() == pair(taps, TERMINAL, ledger.now()).entries


def test_one_tap_leaves_what_comes_after_a_night_as_it_is(connection: Connection) -> None:
    ledger = Ledger.create(connection, ["gate"], [A])
    ledger.put_in_force(TERMINAL)
    days = [EIGHT + timedelta(days=day) for day in range(100)]
    taps = [tap(day + hours * HOUR) for day in days for hours in (0, 8)]
    ledger.record_events("gate", taps)
    before = versions(ledger)

    late = tap(days[10] + 2 * HOUR)
    ledger.record_events("gate", [late])

    assert ledger.entries() == pair([*taps, late], TERMINAL, ledger.now()).entries
    after = versions(ledger)
    changed = {at for at in before if before[at] != after.get(at)} | set(after) - set(before)
    assert {at.date() for at in changed} == {days[10].date()}
