"""What people correct stays corrected, whatever arrives afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import psycopg
import pytest

from tests.pairing.desk import EIGHT, EPOCH, HOUR, NOON, A, B, insert, removal
from tests.pairing.ledger import Connection, Ledger, Row, add_member, connect
from tests.pairing.reference import Assignment, Inputs
from tests.time.corrections import (
    add,
    change,
    delete,
    entries,
    facts,
    pair_everything_again,
    restore,
    spans,
    split,
)
from tools.stack.postgres import PostgresStack

Correct = Callable[..., list[Row]]


@pytest.fixture
def ledger(connection: Connection) -> Ledger:
    """A desk, Ann with tag A, and nothing recorded yet."""
    made = Ledger.create(connection, ["desk"], [A, B], ["ann", "bob"], ["red", "blue"])
    made.put_in_force(Inputs(assignments=(Assignment(A, EPOCH, person="ann", project="red"),)))
    return made


@pytest.fixture
def day(ledger: Ledger) -> Ledger:
    """Ann was in from eight to noon and from one to five."""
    taps = [insert(EIGHT), removal(NOON), insert(NOON + HOUR), removal(NOON + 5 * HOUR)]
    ledger.record_events("desk", taps)
    return ledger


def test_a_corrected_end_survives_pairing_everything_again(day: Ledger) -> None:
    change(day, entries(day)[0], ended_at=NOON - HOUR)
    before = entries(day)

    pair_everything_again(day)

    assert spans(day) == [(0, 3, []), (5, 9, [])]
    assert entries(day) == before


def test_a_corrected_end_survives_late_taps_and_says_that_they_contradict_it(day: Ledger) -> None:
    change(day, entries(day)[0], ended_at=NOON - HOUR)

    day.record_events("desk", [removal(EIGHT + HOUR)])

    assert spans(day)[0] == (0, 3, ["contradicted"])


def test_a_corrected_start_survives_an_earlier_tap(day: Ledger) -> None:
    change(day, entries(day)[0], started_at=EIGHT + HOUR / 2)

    day.record_events("desk", [insert(EIGHT - HOUR / 2)])

    assert spans(day)[0] == (0.5, 4, ["contradicted"])
    assert spans(day)[1:] == [(5, 9, [])]


def test_only_what_was_corrected_stands_still(day: Ledger) -> None:
    change(day, entries(day)[0], project_id="blue")

    day.record_events("desk", [removal(EIGHT + HOUR)])

    assert facts(day)[0] == ("ann", "blue", EIGHT, EIGHT + HOUR, "device", ["project_id"])


def test_a_corrected_person_survives_relabelling_the_tag(day: Ledger) -> None:
    change(day, entries(day)[0], person_id="bob")

    day.change_the_past(Inputs(assignments=(Assignment(A, EPOCH, person="ann", project="blue"),)))

    people_and_projects = [(row["person_id"], row["project_id"]) for row in entries(day)]
    assert people_and_projects == [("bob", "blue"), ("ann", "blue")]


def test_a_deleted_entry_does_not_come_back(day: Ledger) -> None:
    delete(day, entries(day)[0])

    day.record_events("desk", [removal(EIGHT + HOUR), insert(EIGHT + 2 * HOUR)])
    pair_everything_again(day)

    assert spans(day) == [(5, 9, [])]


def test_a_deleted_entry_comes_back_when_it_is_restored(day: Ledger) -> None:
    deleted = entries(day)[0]
    delete(day, deleted)

    restore(day, deleted["id"])

    assert spans(day) == [(0, 4, []), (5, 9, [])]


def test_both_parts_of_a_split_survive_pairing_everything_again(day: Ledger) -> None:
    split(day, entries(day)[0], EIGHT + HOUR, "blue")

    pair_everything_again(day)

    assert spans(day) == [(0, 1, []), (1, 4, []), (5, 9, [])]
    assert [row["project_id"] for row in entries(day)] == ["red", "blue", "red"]


def test_restoring_a_corrected_entry_gives_what_the_taps_say(day: Ledger) -> None:
    split(day, entries(day)[0], EIGHT + HOUR, "blue")
    change(day, entries(day)[0], started_at=EIGHT + HOUR / 2)

    restore(day, entries(day)[0]["id"])

    assert spans(day) == [(0, 4, []), (5, 9, [])]
    assert [row["corrected_fields"] for row in entries(day)] == [[], []]


def test_an_entry_by_hand_is_none_of_the_taps_business(day: Ledger) -> None:
    added = add(day, EIGHT + HOUR, EIGHT + 2 * HOUR)

    day.record_events("desk", [removal(EIGHT + HOUR), insert(EIGHT + 1.5 * HOUR)])
    pair_everything_again(day)

    assert spans(day) == [(0, 1, []), (1, 2, []), (1.5, 4, []), (5, 9, [])]
    assert next(row for row in entries(day) if row["id"] == added["id"])["source"] == "manual"


def test_a_time_taken_back_follows_the_taps_again(day: Ledger) -> None:
    corrected = change(day, entries(day)[0], ended_at=NOON - HOUR)

    change(day, corrected, ended_at=None)

    assert spans(day) == [(0, 4, []), (5, 9, [])]


def test_a_correction_is_in_the_audit_log_with_before_and_after(day: Ledger) -> None:
    entry = entries(day)[0]
    change(day, entry, "Left early.", ended_at=NOON - HOUR)

    with day.signed_in():
        line = day.query(
            "select * from public.audit_log where row_id = %s and action = 'change'", [str(entry["id"])]
        )[0]
    assert (line["actor_id"], line["reason"]) == (day.admin, "Left early.")
    assert datetime.fromisoformat(line["before"]["ended_at"]) == NOON
    assert datetime.fromisoformat(line["after"]["ended_at"]) == NOON - HOUR


def test_the_audit_log_is_never_changed(day: Ledger) -> None:
    change(day, entries(day)[0], ended_at=NOON - HOUR)

    with pytest.raises(psycopg.Error), day.signed_in():
        day.connection.execute("update public.audit_log set reason = 'Nothing happened.'")
    with pytest.raises(psycopg.Error) as refused:
        day.connection.execute("delete from public.audit_log where organization_id = %s", [day.organization])
    assert refused.value.sqlstate == "PT405"


@pytest.mark.parametrize(
    ("changes", "reason", "status", "code"),
    [
        ({"ended_at": NOON}, " ", "PT422", "invalid_reason"),
        ({"ended_at": EIGHT - HOUR}, "Why not?", "PT422", "end_before_start"),
        ({"ended_at": EIGHT}, "Why not?", "PT422", "end_before_start"),
        ({"ended_at": EIGHT + 200 * HOUR}, "Why not?", "PT422", "too_long"),
        ({"started_at": "half past nine"}, "Why not?", "PT422", "invalid_value"),
        ({"started_at": "yesterday"}, "Why not?", "PT422", "invalid_value"),
        ({"started_at": "-infinity"}, "Why not?", "PT422", "invalid_value"),
        ({"started_at": "1066-10-14T09:00:00Z", "ended_at": None}, "Why not?", "PT422", "invalid_started_at"),
        (
            {"started_at": datetime(2098, 1, 1, tzinfo=UTC), "ended_at": None},
            "Why?",
            "PT422",
            "in_the_future",
        ),
        ({"person_id": None}, "Why not?", "PT422", "person_required"),
        ({"person_id": "3e8e5e0a-5b9c-4b39-8f64-2b2f9f6b1c11"}, "Why not?", "PT422", "unknown_person"),
        ({"version": 7}, "Why not?", "PT422", "unknown_field"),
        ({}, "Why not?", "PT422", "no_changes"),
    ],
)
def test_an_impossible_correction_is_refused(
    day: Ledger, changes: dict[str, Any], reason: str, status: str, code: str
) -> None:
    before = entries(day)

    with pytest.raises(psycopg.Error) as refused:
        change(day, before[0], reason, **changes)

    assert (refused.value.sqlstate, refused.value.diag.message_primary) == (status, code)
    assert entries(day) == before


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", "PT403"), ("member", "PT403"), (None, "PT404")], ids=str
)
def test_other_people_s_time_is_not_theirs_to_correct(day: Ledger, role: str | None, status: str) -> None:
    entry = entries(day)[0]
    stranger = Ledger.create(day.connection, []).admin
    user = add_member(day.connection, day.organization, role) if role else stranger

    for statement in (
        "select public.delete_time_entry(%s, null, 'Mine now.')",
        "select public.change_time_entry(%s, null, '{\"note\": \"Mine now\"}', 'Mine now.')",
        "select public.split_time_entry(%s, null, '2026-03-02T09:00:00Z', 'Mine now.')",
        "select public.restore_time_entry(%s, 'Mine now.')",
    ):
        with pytest.raises(psycopg.Error) as refused, day.signed_in(user):
            day.query(statement, [entry["id"]])
        assert refused.value.sqlstate == status


def test_members_correct_their_own_time(day: Ledger) -> None:
    user = add_member(day.connection, day.organization, "member")
    day.connection.execute("update public.people set user_id = %s where id = %s", [user, day.ids["ann"]])
    entry = entries(day)[0]

    with day.signed_in(user):
        day.query("select public.delete_time_entry(%s, null, 'I was not there.')", [entry["id"]])

    assert spans(day) == [(5, 9, [])]


def test_who_saw_an_older_version_is_told(day: Ledger) -> None:
    seen = entries(day)[0]
    change(day, seen, ended_at=NOON - HOUR)

    with pytest.raises(psycopg.Error) as refused:
        change(day, seen, ended_at=NOON - 2 * HOUR)

    assert (refused.value.sqlstate, refused.value.diag.message_primary) == ("PT409", "version_conflict")
    assert spans(day)[0] == (0, 3, [])


def test_of_two_people_correcting_at_once_one_wins_and_the_other_is_told(
    day: Ledger, postgres_stack: PostgresStack
) -> None:
    seen = entries(day)[0]
    ready = Barrier(2, timeout=20)

    def correct(ended_at: datetime) -> str:
        with connect(postgres_stack.cluster.url("postgres")) as own:
            mine = Ledger(own, day.organization, day.ids, day.keys, day.admin)
            ready.wait()
            try:
                change(mine, seen, ended_at=ended_at)
            except psycopg.Error as refusal:
                return refusal.diag.message_primary or ""
            return "won"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(correct, (NOON - HOUR, NOON - 2 * HOUR)))

    assert sorted(outcomes) == ["version_conflict", "won"]
    assert spans(day)[0] == (0, 3 if outcomes[0] == "won" else 2, [])


def test_a_timer_runs_until_it_is_stopped(ledger: Ledger) -> None:
    with ledger.signed_in():
        started = ledger.query(
            "select * from public.start_timer(%s, %s)", [ledger.organization, ledger.ids["ann"]]
        )[0]
        stopped = ledger.query(
            "select * from public.stop_timer(%s, %s)", [started["id"], started["version"]]
        )[0]

    assert (started["source"], started["ended_at"]) == ("manual", None)
    assert stopped["ended_at"] > stopped["started_at"]


def test_the_next_timer_stops_the_one_before(ledger: Ledger) -> None:
    with ledger.signed_in():
        for _ in range(2):
            ledger.query("select public.start_timer(%s, %s)", [ledger.organization, ledger.ids["ann"]])

    assert [row["ended_at"] is None for row in entries(ledger)] == [False, True]
