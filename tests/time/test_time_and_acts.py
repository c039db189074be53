"""Time that was wrong once people had corrected it, case by case, each with its right answer."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.pairing.desk import EPOCH, A, B
from tests.pairing.ledger import Connection, Ledger, Row, message
from tests.pairing.reference import Assignment, Direction, Event, Inputs, Settings
from tests.time.corrections import change, delete, entries, restore

DAY = datetime(2026, 3, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def gate(clocked: Connection) -> Iterator[Ledger]:
    """Ann has two badges, A and B; there are a terminal and a dock. It is 18:00; nothing of it stays."""
    with clocked.transaction(force_rollback=True):
        ledger = Ledger.create(clocked, ["desk", "gate"], [A, B], ["ann", "bob"], ["red", "blue"])
        settings = (Settings(EPOCH, "gate", mode="terminal"), Settings(EPOCH, "desk", mode="dock"))
        badges = (Assignment(A, EPOCH, person="ann"), Assignment(B, EPOCH, person="ann"))
        ledger.put_in_force(Inputs(settings, badges))
        ledger.set_clock(DAY + 18 * HOUR)
        yield ledger
        ledger.set_clock(None)


def clock(hour: float) -> datetime:
    return DAY + hour * HOUR


def tap(
    ledger: Ledger, hour: float, tag: str = A, direction: Direction | None = None, device: str = "gate"
) -> None:
    ledger.record_events(device, [Event(device, "tag_insert", tag, clock(hour), direction)])


def at(ledger: Ledger, hour: float) -> None:
    ledger.set_clock(clock(hour))


def day(ledger: Ledger) -> list[tuple[float, float | None]]:
    """What people see, in hours of the day."""

    def hours(moment: datetime | None) -> float | None:
        return None if moment is None else round((moment - DAY) / HOUR, 3)

    return [(hours(row["started_at"]) or 0, hours(row["ended_at"])) for row in entries(ledger)]


def ask(ledger: Ledger, statement: Any, *arguments: Any) -> Row:
    with ledger.signed_in():
        return ledger.query(statement, arguments)[0]


def refused(ledger: Ledger, statement: Any, *arguments: Any) -> tuple[str | None, str | None]:
    with ledger.signed_in(), pytest.raises(psycopg.Error) as refusal, ledger.connection.transaction():
        ledger.query(statement, arguments)
    return refusal.value.sqlstate, refusal.value.diag.message_primary


def relabel(ledger: Ledger, person: str, since: datetime, tag: str = A) -> None:
    ask(ledger, "select public.relabel_tag(%s, %s, null, %s)", ledger.ids[tag], ledger.ids[person], since)


def sweep(ledger: Ledger) -> None:
    with ledger.as_role("service_role"):
        ledger.query("select public.sweep()")


# 1. A tap after a stop by hand


@pytest.mark.parametrize("comes_first", [True, False])
def test_a_late_in_before_or_after_the_stop_leaves_the_afternoon(gate: Ledger, comes_first: bool) -> None:
    at(gate, 12)
    tap(gate, 9, direction="in")
    if comes_first:
        tap(gate, 8 + 59 / 60, direction="in")
    change(gate, entries(gate)[0], ended_at=clock(12))
    at(gate, 13)
    if not comes_first:
        tap(gate, 8 + 59 / 60, direction="in")
    tap(gate, 13)

    assert day(gate) == [(8.983, 12), (13, None)]
    assert [row["flags"] for row in entries(gate)] == [[], []]


# 2. Two badges of one person


def late_second_badge(ledger: Ledger) -> None:
    tap(ledger, 9 - 2 / 3600, B)


def test_a_late_tap_of_the_other_badge_brings_no_deleted_entry_back(gate: Ledger) -> None:
    tap(gate, 9)
    tap(gate, 17)
    delete(gate, entries(gate)[0])

    late_second_badge(gate)

    assert day(gate) == []


def test_a_late_tap_of_the_other_badge_leaves_one_corrected_entry(gate: Ledger) -> None:
    tap(gate, 9)
    tap(gate, 17)
    change(gate, entries(gate)[0], ended_at=clock(16.5))

    late_second_badge(gate)

    assert day(gate) == [(8.999, 16.5)]


def test_a_late_tap_of_the_other_badge_leaves_nobody_in_who_went(gate: Ledger) -> None:
    at(gate, 16)
    tap(gate, 9)
    change(gate, entries(gate)[0], ended_at=clock(16))
    at(gate, 18)

    late_second_badge(gate)

    assert day(gate) == [(8.999, 16)]
    with gate.signed_in():
        assert gate.query("select * from public.present_now(%s)", [gate.organization]) == []


# 3. Order decides nothing


@pytest.mark.parametrize("relabelled_first", [True, False])
def test_whose_a_correction_is_depends_on_no_order(gate: Ledger, relabelled_first: bool) -> None:
    tap(gate, 9)
    tap(gate, 17)
    change(gate, entries(gate)[0], ended_at=clock(16.5))
    if relabelled_first:
        relabel(gate, "bob", DAY)
    tap(gate, 8.5)
    if not relabelled_first:
        relabel(gate, "bob", DAY)

    assert [(row["person_id"], row["ended_at"]) for row in entries(gate)] == [
        ("bob", clock(9)),
        ("bob", clock(16.5)),
        ("bob", None),
    ]


@pytest.mark.parametrize("configured_first", [True, False])
def test_the_limit_of_a_correction_without_its_entry_is_the_one_in_force(
    gate: Ledger, configured_first: bool
) -> None:
    def configure() -> None:
        ask(gate, "select public.set_pairing_settings(%s, null, null, null, 2, %s)", gate.organization, DAY)

    at(gate, 9.5)
    tap(gate, 9)
    change(gate, entries(gate)[0], project_id="blue")
    at(gate, 18)
    if configured_first:
        configure()
    tap(gate, 8.5)
    if not configured_first:
        configure()

    assert (8.5, 9) in day(gate)
    assert (9, 11) in day(gate)


def test_restoring_takes_the_note_of_the_correction_back(gate: Ledger) -> None:
    tap(gate, 9)
    tap(gate, 17)
    change(gate, entries(gate)[0], ended_at=clock(16.5), note="Dentist.")

    restore(gate, entries(gate)[0]["id"])

    assert day(gate) == [(9, 17)]
    assert [row["note"] for row in entries(gate)] == [None]


# 4. Changes of devices and tags are paired again


def test_a_tap_of_a_clock_that_is_ahead_is_the_new_owners(gate: Ledger) -> None:
    spare = "0A0B0C0D"
    tap(gate, 18 + 90 / 3600, spare, device="desk")
    assert [row["person_id"] for row in entries(gate)] == [None]

    with gate.signed_in():
        gate.connection.execute(
            "update public.devices set person_id = %s where id = %s", [gate.ids["bob"], gate.ids["desk"]]
        )

    assert [row["person_id"] for row in entries(gate)] == ["bob"]


def test_a_dock_that_becomes_a_terminal_leaves_no_entry_of_a_dock(gate: Ledger) -> None:
    gate.record_events("desk", [Event("desk", "tag_insert", A, clock(18 + 30 / 3600))])
    gate.record_events("desk", [Event("desk", "tag_removed", A, clock(18 + 60 / 3600))])

    with gate.signed_in():
        gate.connection.execute(
            "update public.devices set mode = 'terminal' where id = %s", [gate.ids["desk"]]
        )

    assert day(gate) == [(18.008, None)]
    assert gate.entries()[0].stream == "terminal"


def test_a_tag_given_away_takes_its_tap_of_a_clock_ahead_along(gate: Ledger) -> None:
    tap(gate, 18 + 90 / 3600)

    with gate.signed_in():
        gate.connection.execute(
            "update public.tags set person_id = %s where id = %s", [gate.ids["bob"], gate.ids[A]]
        )

    assert [row["person_id"] for row in entries(gate)] == ["bob"]


# 5. Timers, with and without the sweep


def start(ledger: Ledger, person: str = "ann") -> Row:
    return ask(ledger, "select * from public.start_timer(%s, %s)", ledger.organization, ledger.ids[person])


@pytest.mark.parametrize("days", [5, 8])
@pytest.mark.parametrize("is_swept", [True, False])
def test_a_timer_forgotten_for_days_ends_at_its_limit(gate: Ledger, days: int, is_swept: bool) -> None:
    at(gate, 0)
    start(gate)
    at(gate, days * 24)
    if is_swept:
        sweep(gate)

    start(gate)

    assert day(gate) == [(0, 12), (days * 24, None)]
    assert [row["flags"] for row in entries(gate)] == [["auto_closed"], []]


@pytest.mark.parametrize("is_swept", [True, False])
def test_a_forgotten_timer_cannot_be_stopped_later(gate: Ledger, is_swept: bool) -> None:
    at(gate, 0)
    timer = start(gate)
    at(gate, 13)
    if is_swept:
        sweep(gate)

    assert refused(gate, "select public.stop_timer(%s)", timer["id"]) == ("PT409", "not_running")
    change(gate, entries(gate)[0], note="Where was I?")
    assert day(gate) == [(0, 12)]


# 6. One running entry by hand


def add(ledger: Ledger, hour: float, until: float | None, person: str = "ann") -> tuple[Any, ...]:
    ended_at = None if until is None else clock(until)
    return (
        "select * from public.add_time_entry(%s, %s, null, %s, %s, 'Forgot it.')",
        ledger.organization,
        ledger.ids[person],
        clock(hour),
        ended_at,
    )


def test_a_second_running_entry_by_hand_is_refused(gate: Ledger) -> None:
    ask(gate, *add(gate, 10, None))

    assert refused(gate, *add(gate, 11, None)) == ("PT409", "already_running")
    ask(gate, *add(gate, 11, None, "bob"))
    assert day(gate) == [(10, None), (11, None)]


def test_reopening_an_entry_beside_a_timer_is_refused(gate: Ledger) -> None:
    ended = ask(gate, *add(gate, 14, 15))
    start(gate)

    reopen = "select public.change_time_entry(%s, null, %s, 'Still going.')"
    assert refused(gate, reopen, ended["id"], Jsonb({"ended_at": None})) == ("PT409", "already_running")


def test_a_deleted_timer_comes_back_beside_no_other(gate: Ledger) -> None:
    deleted = start(gate)
    ask(gate, "select public.delete_time_entry(%s, null, 'No.')", deleted["id"])
    start(gate)

    restore_it = "select public.restore_time_entry(%s, 'Yes.')"
    assert refused(gate, restore_it, deleted["id"]) == ("PT409", "already_running")


def test_a_forgotten_timer_is_in_nobodys_way(gate: Ledger) -> None:
    at(gate, 0)
    start(gate)
    at(gate, 18)

    ask(gate, *add(gate, 17, None))

    assert day(gate) == [(0, 12), (17, None)]


def test_a_timer_starts_while_one_is_tapped_in(gate: Ledger) -> None:
    tap(gate, 17)

    start(gate)

    assert day(gate) == [(17, None), (18, None)]


# 7. What is archived


def archive(ledger: Ledger, table: str, name: str, is_archived: bool = True) -> None:
    statements: dict[str, Any] = {
        "tags": "update public.tags set archived_at = %s where id = %s",
        "people": "update public.people set archived_at = %s where id = %s",
        "projects": "update public.projects set archived_at = %s where id = %s",
    }
    with ledger.signed_in():
        ledger.connection.execute(statements[table], [clock(8) if is_archived else None, ledger.ids[name]])


def alerts(ledger: Ledger) -> list[Row]:
    with ledger.signed_in():
        return ledger.query(
            "select * from public.alerts where organization_id = %s and cleared_at is null",
            [ledger.organization],
        )


@pytest.mark.parametrize(("table", "name"), [("tags", A), ("people", "ann")])
@pytest.mark.parametrize("device", ["gate", "desk"])
def test_a_tap_of_what_is_archived_is_kept_opens_nothing_and_raises_an_alert(
    gate: Ledger, table: str, name: str, device: str
) -> None:
    at(gate, 8)
    archive(gate, table, name)
    at(gate, 18)

    tap(gate, 9, device=device)

    assert day(gate) == []
    events = gate.query("select * from public.device_events where organization_id = %s", [gate.organization])
    assert len(events) == 1
    (alert,) = alerts(gate)
    assert (alert["kind"], alert["severity"], alert["source_id"]) == (
        "archived_tap",
        "warning",
        gate.ids[device],
    )
    assert alert["details"]["tag_uid"] == A


def test_taps_from_before_the_archive_count_however_late_they_come(gate: Ledger) -> None:
    at(gate, 10)
    archive(gate, "people", "ann")
    at(gate, 18)

    tap(gate, 9)
    tap(gate, 17)

    assert day(gate) == [(9, 17)]


def test_out_of_the_archive_again_the_taps_count(gate: Ledger) -> None:
    at(gate, 8)
    archive(gate, "tags", A)
    at(gate, 18)
    tap(gate, 9)
    tap(gate, 17)

    archive(gate, "tags", A, is_archived=False)

    assert day(gate) == [(9, 17)]


def test_since_when_something_is_archived_is_said_by_the_database(gate: Ledger) -> None:
    tap(gate, 9)
    tap(gate, 17)

    archive(gate, "tags", A)

    (tag,) = gate.query("select archived_at from public.tags where id = %s", [gate.ids[A]])
    assert tag["archived_at"] == clock(18)
    assert day(gate) == [(9, 17)]


def test_time_by_hand_for_what_is_archived_is_refused(gate: Ledger) -> None:
    entry = ask(gate, *add(gate, 14, 15, "bob"))
    archive(gate, "people", "ann")
    archive(gate, "projects", "blue")

    timer = "select public.start_timer(%s, %s, %s)"
    assert refused(gate, timer, gate.organization, gate.ids["ann"], None) == ("PT422", "archived")
    assert refused(gate, timer, gate.organization, gate.ids["bob"], gate.ids["blue"]) == ("PT422", "archived")
    assert refused(gate, *add(gate, 9, 10)) == ("PT422", "archived")
    move = "select public.change_time_entry(%s, null, %s, 'Hers.')"
    assert refused(gate, move, entry["id"], Jsonb({"person_id": gate.ids["ann"]})) == ("PT422", "archived")
    change(gate, entries(gate)[0], ended_at=clock(15.5))


# 8. Clocks that are set back


def local_desk(connection: Connection, zone: str) -> Ledger:
    return Ledger.create(connection, ["desk"], [A], ["ann"], time_zone=zone)


def replayed(ledger: Ledger, *said: tuple[str, str]) -> list[datetime]:
    """Send naive times in one request; what they were taken for."""
    answers = ledger.record("desk", [message(kind, A, text) for kind, text in said])
    return [datetime.fromisoformat(answer["occurred_at"]) for answer in answers]


def test_in_the_repeated_hour_the_order_of_the_request_decides(clocked: Connection) -> None:
    with clocked.transaction(force_rollback=True):
        ledger = local_desk(clocked, "Europe/Vienna")
        ledger.set_clock(datetime(2025, 10, 26, 12, tzinfo=UTC))

        came, went = replayed(
            ledger, ("tag_insert", "2025-10-26T02:50:00"), ("tag_removed", "2025-10-26T02:10:00")
        )

        assert went - came == timedelta(minutes=20)
        flags = ledger.query(
            "select is_by_order from public.device_events where organization_id = %s order by id",
            [ledger.organization],
        )
        assert [row["is_by_order"] for row in flags] == [True, False]
        assert [(e.ended_at - e.started_at, e.flags) for e in ledger.entries() if e.ended_at] == [
            (timedelta(minutes=20), ())
        ]


@pytest.mark.parametrize(
    ("zone", "said", "before", "after"),
    [
        ("Australia/Lord_Howe", "2025-04-06T01:45:00", "2025-04-05T14:45:00", "2025-04-05T15:15:00"),
        ("Antarctica/Troll", "2025-10-26T01:30:00", "2025-10-25T23:30:00", "2025-10-26T01:30:00"),
    ],
)
def test_clocks_set_back_by_other_than_an_hour(
    clocked: Connection, zone: str, said: str, before: str, after: str
) -> None:
    (found,) = clocked.execute(
        "select private.local_instants(%s::timestamp, %s) as instants", [said, zone]
    ).fetchall()
    assert found["instants"] == [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (before, after)]


def test_presence_by_hour_follows_the_half_hour_of_lord_howe(clocked: Connection) -> None:
    with clocked.transaction(force_rollback=True):
        ledger = local_desk(clocked, "Australia/Lord_Howe")
        # From midnight, over the half hour that comes twice, to four: four and a half hours.
        ask(
            ledger,
            "select public.add_time_entry(%s, %s, null, %s, %s, 'Night.')",
            ledger.organization,
            ledger.ids["ann"],
            datetime(2025, 4, 5, 13, tzinfo=UTC),
            datetime(2025, 4, 5, 17, 30, tzinfo=UTC),
        )
        with ledger.signed_in():
            rows = ledger.query(
                "select hour, person_seconds from public.presence_by_hour(%s, '2025-04-06', '2025-04-06')",
                [ledger.organization],
            )
        assert [(row["hour"], row["person_seconds"]) for row in rows] == [
            (0, 3600),
            (1, 5400),
            (2, 3600),
            (3, 3600),
        ]


def test_the_day_that_samoa_skipped_is_not_listed(clocked: Connection) -> None:
    with clocked.transaction(force_rollback=True):
        ledger = local_desk(clocked, "Pacific/Apia")
        ask(
            ledger,
            "select public.add_time_entry(%s, %s, null, %s, %s, 'Night.')",
            ledger.organization,
            ledger.ids["ann"],
            datetime(2011, 12, 30, 9, tzinfo=UTC),
            datetime(2011, 12, 30, 11, tzinfo=UTC),
        )
        with ledger.signed_in():
            rows = ledger.query(
                "select day, elapsed_seconds from public.timesheet(%s, '2011-12-29', '2011-12-31')",
                [ledger.organization],
            )
        assert [(str(row["day"]), row["elapsed_seconds"]) for row in rows] == [
            ("2011-12-29", 3600),
            ("2011-12-31", 3600),
        ]


@pytest.mark.parametrize(
    ("name", "is_known"),
    [
        ("Europe/Vienna", True),
        ("America/Argentina/Buenos_Aires", True),
        ("America/Port-au-Prince", True),
        ("UTC", True),
        ("Etc/GMT+5", True),
        ("Foo/Bar", False),
        ("Foo/Bar+5", False),
        ("Foo/Bar-5", False),
        ("Etc/GMT+25", False),
        ("EST5EDT4", False),
    ],
)
def test_only_real_time_zones_are_known(clocked: Connection, name: str, is_known: bool) -> None:
    (row,) = clocked.execute("select private.is_time_zone(%s) as is_known", [name]).fetchall()
    assert row["is_known"] == is_known


# 9. Rows and days agree


def test_the_rows_of_a_day_come_to_what_the_day_comes_to(gate: Ledger) -> None:
    projects = [
        gate.query(
            "insert into public.projects (organization_id, name) values (%s, %s) returning id",
            [gate.organization, f"Project {number}"],
        )[0]["id"]
        for number in range(6)
    ]
    for number, project in enumerate(projects):
        begin = clock(9 + number)
        ask(
            gate,
            "select public.add_time_entry(%s, %s, %s, %s, %s, 'Ten.')",
            gate.organization,
            gate.ids["ann"],
            project,
            begin,
            begin + timedelta(seconds=10.4),
        )

    with gate.signed_in():
        rows = gate.query(
            "select * from public.timesheet(%s, '2026-03-02', '2026-03-02')", [gate.organization]
        )
        (total,) = gate.query(
            "select * from public.timesheet_days(%s, '2026-03-02', '2026-03-02')", [gate.organization]
        )
    assert sum(row["elapsed_seconds"] for row in rows) == total["elapsed_seconds"] == 62
    assert sum(row["wall_seconds"] for row in rows) == total["wall_seconds"] == 62
    assert {row["elapsed_seconds"] for row in rows} <= {10, 11}


# 10. A clock that was never set


def test_a_batch_of_an_unset_clock_sent_again_is_stored_once(clocked: Connection) -> None:
    with clocked.transaction(force_rollback=True):
        ledger = local_desk(clocked, "Europe/Vienna")
        ledger.set_clock(DAY)
        batch = [
            message("tag_insert", A, "2020-01-01T00:00:05"),
            message("tag_removed", A, "2020-01-01T00:10:05"),
        ]
        first = ledger.record("desk", batch)
        again = ledger.record("desk", batch)

        assert [answer["time_quality"] for answer in first] == ["unsynced", "unsynced"]
        assert [answer["status"] for answer in again] == ["duplicate", "duplicate"]
