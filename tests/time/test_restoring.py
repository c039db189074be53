"""Whoever takes corrections back may correct all that changes by it, and the log has every part that goes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.pairing.ledger import Connection, Ledger, Row, add_member
from tests.pairing.reference import Assignment, Event, Inputs

TAG = "DD542A83"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOON = EIGHT + timedelta(hours=4)


@pytest.fixture
def ledger(connection: Connection) -> Ledger:
    """Ann was in from eight to noon."""
    made = Ledger.create(connection, ["desk"], [TAG], ["ann", "bob"], ["red"])
    made.put_in_force(Inputs(assignments=(Assignment(TAG, EPOCH, person="ann", project="red"),)))
    taps = [Event("desk", "tag_insert", TAG, EIGHT), Event("desk", "tag_removed", TAG, NOON)]
    made.record_events("desk", taps)
    return made


def account_of(ledger: Ledger, person: str, role: str = "member") -> str:
    """A user who is this person."""
    user = add_member(ledger.connection, ledger.organization, role)
    ledger.connection.execute(
        "update public.people set user_id = %s where id = %s", [user, ledger.ids[person]]
    )
    return user


def entries(ledger: Ledger) -> list[Row]:
    return ledger.query(
        "select * from public.time_entries where organization_id = %s order by started_at",
        [ledger.organization],
    )


def lines(ledger: Ledger) -> list[Row]:
    """What was taken back, as the log has it."""
    return ledger.query(
        "select * from public.audit_log where organization_id = %s and action = 'restore' order by id",
        [ledger.organization],
    )


def split(ledger: Ledger) -> tuple[Row, Row]:
    """Cut Ann's morning in two, as an admin."""
    with ledger.signed_in():
        first, second = ledger.query(
            "select * from public.split_time_entry(%s, null, %s, 'Two things.')",
            [entries(ledger)[0]["id"], EIGHT + timedelta(hours=1)],
        )
    return first, second


def give(ledger: Ledger, entry: Row, person: str) -> Row:
    """Say whose it was, as an admin."""
    with ledger.signed_in():
        return ledger.query(
            "select * from public.change_time_entry(%s, null, %s, 'It was another.')",
            [entry["id"], Jsonb({"person_id": ledger.ids[person]})],
        )[0]


def restore(ledger: Ledger, entry: Row, user: str | None = None, version: int | None = None) -> Row:
    with ledger.signed_in(user):
        return ledger.query(
            "select * from public.restore_time_entry(%s, 'As it was.', %s)", [entry["id"], version]
        )[0]


def refusal(*arguments: Any) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as refused:
        restore(*arguments)
    return refused.value.sqlstate, refused.value.diag.message_primary


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_a_part_that_is_somebody_elses_by_now_is_not_theirs_to_take_back(ledger: Ledger, role: str) -> None:
    ann = account_of(ledger, "ann", role)
    first, second = split(ledger)
    give(ledger, second, "bob")
    before = entries(ledger)

    assert refusal(ledger, first, ann) == ("PT403", "forbidden")
    assert (entries(ledger), lines(ledger)) == (before, [])


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_whose_time_an_operator_moved_is_not_theirs_to_move_back(ledger: Ledger, role: str) -> None:
    bob = account_of(ledger, "bob", role)
    moved = give(ledger, entries(ledger)[0], "bob")
    before = entries(ledger)

    assert refusal(ledger, moved, bob) == ("PT403", "forbidden")
    assert (entries(ledger), lines(ledger)) == (before, [])


def test_members_take_their_own_corrections_back(ledger: Ledger) -> None:
    ann = account_of(ledger, "ann")
    first, _ = split(ledger)

    restored = restore(ledger, first, ann)

    assert [(row["id"], row["ended_at"]) for row in entries(ledger)] == [(restored["id"], NOON)]


def test_an_operator_takes_everybodys_back_and_the_log_has_every_part(ledger: Ledger) -> None:
    operator = add_member(ledger.connection, ledger.organization, "operator")
    first, second = split(ledger)
    second = give(ledger, second, "bob")

    restored = restore(ledger, first, operator)

    assert [row["person_id"] for row in entries(ledger)] == [ledger.ids["ann"]]
    gone, kept = lines(ledger)
    assert (gone["row_id"], gone["after"], gone["actor_id"]) == (second["id"], None, operator)
    assert (gone["before"]["person_id"], gone["reason"]) == (ledger.ids["bob"], "As it was.")
    assert (kept["row_id"], kept["after"]["version"]) == (first["id"], restored["version"])


@pytest.mark.parametrize("deleted", [False, True], ids=["corrected", "deleted"])
def test_who_saw_an_older_version_takes_nothing_back(ledger: Ledger, deleted: bool) -> None:
    entry = give(ledger, entries(ledger)[0], "bob")
    if deleted:
        with ledger.signed_in():
            ledger.query("select public.delete_time_entry(%s, null, 'A mistake.')", [entry["id"]])
    (before,) = entries(ledger)

    older = before["version"] - 1
    assert refusal(ledger, before, None, older) == ("PT409", "version_conflict")
    assert entries(ledger) == [before]

    restored = restore(ledger, before, None, before["version"])
    assert restored["version"] > before["version"]


def test_what_runs_has_another_version_once_its_corrections_are_taken_back(ledger: Ledger) -> None:
    since = ledger.now() - timedelta(hours=1)
    ledger.record_events("desk", [Event("desk", "tag_insert", TAG, since)])
    running = give(ledger, entries(ledger)[1], "bob")

    assert restore(ledger, running)["version"] > running["version"]
