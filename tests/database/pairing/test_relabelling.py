"""Who may say what a tag has meant."""

from datetime import timedelta

import psycopg
import pytest

from tests.database.pairing.book import Book, Connection, add_member
from tests.database.pairing.reference import Assignment, Inputs
from tests.database.pairing.test_corrections import EIGHT, EPOCH, HOUR, A, entries, insert, removal

RELABEL = "select public.relabel_tag(%s, %s, null, %s)"


@pytest.fixture
def handed_on(connection: Connection) -> tuple[Book, str]:
    """Bob's tag until noon, Ann's since; Ann's account, a member's."""
    book = Book.create(connection, ["desk"], [A], ["ann", "bob"], [])
    noon = EIGHT + 4 * HOUR
    book.put_in_force(Inputs(assignments=(Assignment(A, EPOCH, "bob"), Assignment(A, noon, "ann"))))
    user = add_member(connection, book.organization, "member")
    connection.execute("update public.people set user_id = %s where id = %s", [user, book.ids["ann"]])
    connection.execute("update public.tags set person_id = %s where id = %s", [book.ids["ann"], book.ids[A]])
    book.record_events("desk", [insert(EIGHT), removal(EIGHT + HOUR)])
    book.record_events("desk", [insert(noon + HOUR), removal(noon + 2 * HOUR)])
    return book, user


@pytest.mark.parametrize("since", [EPOCH, EIGHT + 4 * HOUR - timedelta(seconds=1)])
def test_a_member_does_not_take_the_time_of_who_had_the_tag_before(
    handed_on: tuple[Book, str], since: object
) -> None:
    book, user = handed_on
    with pytest.raises(psycopg.Error) as refused, book.signed_in(user):
        book.query(RELABEL, [book.ids[A], book.ids["ann"], since])

    assert refused.value.sqlstate == "PT403"
    assert [row["person_id"] for row in entries(book)] == ["bob", "ann"]


def test_a_member_relabels_the_time_since_the_tag_is_theirs(handed_on: tuple[Book, str]) -> None:
    book, user = handed_on
    with book.signed_in(user):
        answer = book.query(RELABEL, [book.ids[A], book.ids["ann"], EIGHT + 4 * HOUR])

    assert answer[0]["relabel_tag"]["entries_changed"] == 0


def test_an_operator_does(handed_on: tuple[Book, str]) -> None:
    book, _ = handed_on
    with book.signed_in():
        book.query(RELABEL, [book.ids[A], book.ids["ann"], EPOCH])

    assert [row["person_id"] for row in entries(book)] == ["ann", "ann"]
