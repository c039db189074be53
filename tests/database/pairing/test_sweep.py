"""What nobody ends is ended by the clock, told to somebody, and repaired by a late tap."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.database.pairing.book import Book, Connection, Row
from tests.database.pairing.reference import Event, Inputs, Settings, pair

A = "DD542A83"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
HOUR = timedelta(hours=1)
INPUTS = Inputs((Settings(EPOCH, "desk", mode="dock", max_entry_hours=1),))


@pytest.fixture
def book(connection: Connection) -> Book:
    """A desk where an entry lasts an hour at most."""
    made = Book.create(connection, ["desk"], [A])
    made.put_in_force(INPUTS)
    return made


def sweep(book: Book) -> Row:
    with book.as_role("service_role"):
        answer: Row = book.query("select public.sweep() as answer")[0]["answer"]
    return answer


def alerts(book: Book) -> list[Row]:
    with book.signed_in():
        return book.query(
            "select * from public.alerts where organization_id = %s and kind = 'missing_clock_out'",
            [book.organization],
        )


def forget(book: Book) -> datetime:
    """Put a tag in an hour ago but for an instant, and let the sweep come by until the hour is over."""
    started_at = book.now() - HOUR + timedelta(milliseconds=300)
    book.record_events("desk", [Event("desk", "tag_insert", A, started_at)])
    assert book.entries()[0].ended_at is None
    while book.entries()[0].ended_at is None:
        sweep(book)
    return started_at


def test_the_sweep_ends_an_entry_at_its_limit_and_raises_an_alert(book: Book) -> None:
    started_at = forget(book)

    assert book.entries() == pair([Event("desk", "tag_insert", A, started_at)], INPUTS, book.now()).entries
    assert book.entries()[0].ended_at == started_at + HOUR
    assert [alert["cleared_at"] for alert in alerts(book)] == [None]


def test_the_sweep_leaves_alone_what_may_go_on(book: Book) -> None:
    book.record_events("desk", [Event("desk", "tag_insert", A, book.now() - HOUR / 2)])

    sweep(book)

    assert [entry.ended_at for entry in book.entries()] == [None]
    assert alerts(book) == []


def test_sweeping_twice_raises_one_alert(book: Book) -> None:
    forget(book)
    raised = alerts(book)

    sweep(book)

    assert alerts(book) == raised


def test_a_late_removal_repairs_the_entry_and_clears_the_alert(book: Book) -> None:
    started_at = forget(book)

    book.record_events("desk", [Event("desk", "tag_removed", A, started_at + HOUR / 2)])

    assert [(entry.ended_at, entry.flags) for entry in book.entries()] == [(started_at + HOUR / 2, ())]
    assert all(alert["cleared_at"] for alert in alerts(book))
    sweep(book)
    assert all(alert["cleared_at"] for alert in alerts(book))


def test_a_removal_after_the_limit_repairs_nothing(book: Book) -> None:
    started_at = forget(book)

    book.record_events("desk", [Event("desk", "tag_removed", A, book.now())])

    assert [(entry.ended_at, entry.flags) for entry in book.entries()] == [
        (started_at + HOUR, ("auto_closed",))
    ]
    assert [alert["cleared_at"] for alert in alerts(book)] == [None]


def test_history_that_is_loaded_alerts_nobody(book: Book) -> None:
    long_ago = book.now() - timedelta(days=30)
    book.record_events("desk", [Event("desk", "tag_insert", A, long_ago)])

    sweep(book)

    assert [entry.flags for entry in book.entries()] == [("auto_closed",)]
    assert alerts(book) == []


def test_one_stream_that_fails_keeps_no_other_waiting(connection: Connection, book: Book) -> None:
    other = Book.create(connection, ["desk"], [A])
    other.put_in_force(INPUTS)
    started_at = book.now() - HOUR + timedelta(milliseconds=300)
    for each in (book, other):
        each.record_events("desk", [Event("desk", "tag_insert", A, started_at)])
    # A state that no way leads to: the paired entry names somebody who is not there.
    connection.execute(
        "update private.paired_entries set person_id = gen_random_uuid() where stream_id = %s",
        [book.ids["desk"]],
    )

    while other.entries()[0].ended_at is None:
        sweep(book)

    assert book.entries()[0].ended_at is None
