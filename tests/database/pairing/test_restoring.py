"""Whoever takes corrections back may correct all that changes by it, and the log has every part that goes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.pairing.book import Book, Connection, Row, add_member
from tests.database.pairing.reference import Assignment, Event, Inputs

TAG = "DD542A83"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
NOON = EIGHT + timedelta(hours=4)


@pytest.fixture
def book(connection: Connection) -> Book:
    """Ann was in from eight to noon."""
    made = Book.create(connection, ["desk"], [TAG], ["ann", "bob"], ["red"])
    made.put_in_force(Inputs(assignments=(Assignment(TAG, EPOCH, person="ann", project="red"),)))
    taps = [Event("desk", "tag_insert", TAG, EIGHT), Event("desk", "tag_removed", TAG, NOON)]
    made.record_events("desk", taps)
    return made


def account_of(book: Book, person: str, role: str = "member") -> str:
    """A user who is this person."""
    user = add_member(book.connection, book.organization, role)
    book.connection.execute("update public.people set user_id = %s where id = %s", [user, book.ids[person]])
    return user


def entries(book: Book) -> list[Row]:
    return book.query(
        "select * from public.time_entries where organization_id = %s order by started_at",
        [book.organization],
    )


def lines(book: Book) -> list[Row]:
    """What was taken back, as the log has it."""
    return book.query(
        "select * from public.audit_log where organization_id = %s and action = 'restore' order by id",
        [book.organization],
    )


def split(book: Book) -> tuple[Row, Row]:
    """Cut Ann's morning in two, as an admin."""
    with book.signed_in():
        first, second = book.query(
            "select * from public.split_time_entry(%s, null, %s, 'Two things.')",
            [entries(book)[0]["id"], EIGHT + timedelta(hours=1)],
        )
    return first, second


def give(book: Book, entry: Row, person: str) -> Row:
    """Say whose it was, as an admin."""
    with book.signed_in():
        return book.query(
            "select * from public.change_time_entry(%s, null, %s, 'It was another.')",
            [entry["id"], Jsonb({"person_id": book.ids[person]})],
        )[0]


def restore(book: Book, entry: Row, user: str | None = None, version: int | None = None) -> Row:
    with book.signed_in(user):
        return book.query(
            "select * from public.restore_time_entry(%s, 'As it was.', %s)", [entry["id"], version]
        )[0]


def refusal(*arguments: Any) -> tuple[str | None, str | None]:
    with pytest.raises(psycopg.Error) as refused:
        restore(*arguments)
    return refused.value.sqlstate, refused.value.diag.message_primary


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_a_part_that_is_somebody_elses_by_now_is_not_theirs_to_take_back(book: Book, role: str) -> None:
    ann = account_of(book, "ann", role)
    first, second = split(book)
    give(book, second, "bob")
    before = entries(book)

    assert refusal(book, first, ann) == ("PT403", "forbidden")
    assert (entries(book), lines(book)) == (before, [])


@pytest.mark.parametrize("role", ["member", "viewer"])
def test_whose_time_an_operator_moved_is_not_theirs_to_move_back(book: Book, role: str) -> None:
    bob = account_of(book, "bob", role)
    moved = give(book, entries(book)[0], "bob")
    before = entries(book)

    assert refusal(book, moved, bob) == ("PT403", "forbidden")
    assert (entries(book), lines(book)) == (before, [])


def test_members_take_their_own_corrections_back(book: Book) -> None:
    ann = account_of(book, "ann")
    first, _ = split(book)

    restored = restore(book, first, ann)

    assert [(row["id"], row["ended_at"]) for row in entries(book)] == [(restored["id"], NOON)]


def test_an_operator_takes_everybodys_back_and_the_log_has_every_part(book: Book) -> None:
    operator = add_member(book.connection, book.organization, "operator")
    first, second = split(book)
    second = give(book, second, "bob")

    restored = restore(book, first, operator)

    assert [row["person_id"] for row in entries(book)] == [book.ids["ann"]]
    gone, kept = lines(book)
    assert (gone["row_id"], gone["after"], gone["actor_id"]) == (second["id"], None, operator)
    assert (gone["before"]["person_id"], gone["reason"]) == (book.ids["bob"], "As it was.")
    assert (kept["row_id"], kept["after"]["version"]) == (first["id"], restored["version"])


@pytest.mark.parametrize("deleted", [False, True], ids=["corrected", "deleted"])
def test_who_saw_an_older_version_takes_nothing_back(book: Book, deleted: bool) -> None:
    entry = give(book, entries(book)[0], "bob")
    if deleted:
        with book.signed_in():
            book.query("select public.delete_time_entry(%s, null, 'A mistake.')", [entry["id"]])
    (before,) = entries(book)

    older = before["version"] - 1
    assert refusal(book, before, None, older) == ("PT409", "version_conflict")
    assert entries(book) == [before]

    restored = restore(book, before, None, before["version"])
    assert restored["version"] > before["version"]


def test_what_runs_has_another_version_once_its_corrections_are_taken_back(book: Book) -> None:
    since = book.now() - timedelta(hours=1)
    book.record_events("desk", [Event("desk", "tag_insert", TAG, since)])
    running = give(book, entries(book)[1], "bob")

    assert restore(book, running)["version"] > running["version"]
