"""What people correct stays corrected, whatever arrives afterwards."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from tests.database.pairing.book import Book, Connection, Row, add_member, connect
from tests.database.pairing.reference import Assignment, Event, Inputs
from tools.stack.postgres import PostgresStack

A, B = "DD542A83", "E1000001"
EPOCH = datetime(2020, 1, 2, tzinfo=UTC)
EIGHT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOON = EIGHT + 4 * HOUR

Correct = Callable[..., list[Row]]


@pytest.fixture
def book(connection: Connection) -> Book:
    """A desk, Ann with tag A, and nothing recorded yet."""
    made = Book.create(connection, ["desk"], [A, B], ["ann", "bob"], ["red", "blue"])
    made.put_in_force(Inputs(assignments=(Assignment(A, EPOCH, person="ann", project="red"),)))
    return made


def insert(at: datetime, tag: str = A) -> Event:
    return Event("desk", "tag_insert", tag, at)


def removal(at: datetime, tag: str = A) -> Event:
    return Event("desk", "tag_removed", tag, at)


def entries(book: Book) -> list[Row]:
    """What the admin sees, oldest first, people and projects by name."""
    names = {uid: name for name, uid in book.ids.items()}
    with book.signed_in():
        rows = book.query(
            "select * from public.time_entries where organization_id = %s order by started_at, id",
            [book.organization],
        )
    return [row | {key: names.get(row[key]) for key in ("person_id", "project_id")} for row in rows]


def facts(book: Book) -> list[tuple[Any, ...]]:
    fields = ("person_id", "project_id", "started_at", "ended_at", "source", "corrected_fields")
    return [tuple(row[field] for field in fields) for row in entries(book)]


def spans(book: Book) -> list[tuple[float, float | None, list[str]]]:
    """The start and end of each entry in hours since eight, and its flags."""
    return [
        (
            (row["started_at"] - EIGHT) / HOUR,
            (row["ended_at"] - EIGHT) / HOUR if row["ended_at"] else None,
            row["flags"],
        )
        for row in entries(book)
    ]


def change(book: Book, entry: Row, reason: str = "He told me so.", **changes: Any) -> Row:
    """Correct the entry as the admin, who saw this version of it."""
    values = {
        key: value.isoformat() if isinstance(value, datetime) else value and book.ids.get(value, value)
        for key, value in changes.items()
    }
    with book.signed_in():
        return book.query(
            "select * from public.change_time_entry(%s, %s, %s, %s)",
            [entry["id"], entry["version"], Jsonb(values), reason],
        )[0]


def delete(book: Book, entry: Row) -> None:
    with book.signed_in():
        book.query(
            "select * from public.delete_time_entry(%s, %s, 'A mistake.')", [entry["id"], entry["version"]]
        )


def split(book: Book, entry: Row, at: datetime, project: str | None = None) -> None:
    with book.signed_in():
        book.query(
            "select * from public.split_time_entry(%s, %s, %s, 'Two things.', %s)",
            [entry["id"], entry["version"], at, project and book.ids[project]],
        )


def restore(book: Book, entry_id: str) -> None:
    with book.signed_in():
        book.query("select * from public.restore_time_entry(%s, 'As it was.')", [entry_id])


def add(book: Book, start: datetime, end: datetime | None, person: str = "ann") -> Row:
    with book.signed_in():
        return book.query(
            "select * from public.add_time_entry(%s, %s, null, %s, %s, 'Forgot the tag.')",
            [book.organization, book.ids[person], start, end],
        )[0]


def pair_everything_again(book: Book) -> None:
    """Change settings back and forth from the beginning, which pairs every tap anew."""
    with book.signed_in():
        for merge_gap_seconds in (7, 10):
            book.query(
                "select public.set_pairing_settings(%s, null, %s, null, null, %s)",
                [book.organization, merge_gap_seconds, EPOCH],
            )


@pytest.fixture
def day(book: Book) -> Book:
    """Ann was in from eight to noon and from one to five."""
    taps = [insert(EIGHT), removal(NOON), insert(NOON + HOUR), removal(NOON + 5 * HOUR)]
    book.record_events("desk", taps)
    return book


def test_a_corrected_end_survives_pairing_everything_again(day: Book) -> None:
    change(day, entries(day)[0], ended_at=NOON - HOUR)
    before = entries(day)

    pair_everything_again(day)

    assert spans(day) == [(0, 3, []), (5, 9, [])]
    assert entries(day) == before


def test_a_corrected_end_survives_late_taps_and_says_that_they_contradict_it(day: Book) -> None:
    change(day, entries(day)[0], ended_at=NOON - HOUR)

    day.record_events("desk", [removal(EIGHT + HOUR)])

    assert spans(day)[0] == (0, 3, ["contradicted"])


def test_a_corrected_start_survives_an_earlier_tap(day: Book) -> None:
    change(day, entries(day)[0], started_at=EIGHT + HOUR / 2)

    day.record_events("desk", [insert(EIGHT - HOUR / 2)])

    assert spans(day)[0] == (0.5, 4, ["contradicted"])
    assert spans(day)[1:] == [(5, 9, [])]


def test_only_what_was_corrected_stands_still(day: Book) -> None:
    change(day, entries(day)[0], project_id="blue")

    day.record_events("desk", [removal(EIGHT + HOUR)])

    assert facts(day)[0] == ("ann", "blue", EIGHT, EIGHT + HOUR, "device", ["project_id"])


def test_a_corrected_person_survives_relabelling_the_tag(day: Book) -> None:
    change(day, entries(day)[0], person_id="bob")

    day.change_the_past(Inputs(assignments=(Assignment(A, EPOCH, person="ann", project="blue"),)))

    people_and_projects = [(row["person_id"], row["project_id"]) for row in entries(day)]
    assert people_and_projects == [("bob", "blue"), ("ann", "blue")]


def test_a_deleted_entry_does_not_come_back(day: Book) -> None:
    delete(day, entries(day)[0])

    day.record_events("desk", [removal(EIGHT + HOUR), insert(EIGHT + 2 * HOUR)])
    pair_everything_again(day)

    assert spans(day) == [(5, 9, [])]


def test_a_deleted_entry_comes_back_when_it_is_restored(day: Book) -> None:
    deleted = entries(day)[0]
    delete(day, deleted)

    restore(day, deleted["id"])

    assert spans(day) == [(0, 4, []), (5, 9, [])]


def test_both_parts_of_a_split_survive_pairing_everything_again(day: Book) -> None:
    split(day, entries(day)[0], EIGHT + HOUR, "blue")

    pair_everything_again(day)

    assert spans(day) == [(0, 1, []), (1, 4, []), (5, 9, [])]
    assert [row["project_id"] for row in entries(day)] == ["red", "blue", "red"]


def test_restoring_a_corrected_entry_gives_what_the_taps_say(day: Book) -> None:
    split(day, entries(day)[0], EIGHT + HOUR, "blue")
    change(day, entries(day)[0], started_at=EIGHT + HOUR / 2)

    restore(day, entries(day)[0]["id"])

    assert spans(day) == [(0, 4, []), (5, 9, [])]
    assert [row["corrected_fields"] for row in entries(day)] == [[], []]


def test_an_entry_by_hand_is_none_of_the_taps_business(day: Book) -> None:
    added = add(day, EIGHT + HOUR, EIGHT + 2 * HOUR)

    day.record_events("desk", [removal(EIGHT + HOUR), insert(EIGHT + 1.5 * HOUR)])
    pair_everything_again(day)

    assert spans(day) == [(0, 1, []), (1, 2, []), (1.5, 4, []), (5, 9, [])]
    assert next(row for row in entries(day) if row["id"] == added["id"])["source"] == "manual"


def test_a_time_taken_back_follows_the_taps_again(day: Book) -> None:
    corrected = change(day, entries(day)[0], ended_at=NOON - HOUR)

    change(day, corrected, ended_at=None)

    assert spans(day) == [(0, 4, []), (5, 9, [])]


def test_a_correction_is_in_the_audit_log_with_before_and_after(day: Book) -> None:
    entry = entries(day)[0]
    change(day, entry, "Left early.", ended_at=NOON - HOUR)

    with day.signed_in():
        line = day.query(
            "select * from public.audit_log where row_id = %s and action = 'change'", [str(entry["id"])]
        )[0]
    assert (line["actor_id"], line["reason"]) == (day.admin, "Left early.")
    assert datetime.fromisoformat(line["before"]["ended_at"]) == NOON
    assert datetime.fromisoformat(line["after"]["ended_at"]) == NOON - HOUR


def test_the_audit_log_is_never_changed(day: Book) -> None:
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
    day: Book, changes: dict[str, Any], reason: str, status: str, code: str
) -> None:
    before = entries(day)

    with pytest.raises(psycopg.Error) as refused:
        change(day, before[0], reason, **changes)

    assert (refused.value.sqlstate, refused.value.diag.message_primary) == (status, code)
    assert entries(day) == before


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", "PT403"), ("member", "PT403"), (None, "PT404")], ids=str
)
def test_other_people_s_time_is_not_theirs_to_correct(day: Book, role: str | None, status: str) -> None:
    entry = entries(day)[0]
    stranger = Book.create(day.connection, []).admin
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


def test_members_correct_their_own_time(day: Book) -> None:
    user = add_member(day.connection, day.organization, "member")
    day.connection.execute("update public.people set user_id = %s where id = %s", [user, day.ids["ann"]])
    entry = entries(day)[0]

    with day.signed_in(user):
        day.query("select public.delete_time_entry(%s, null, 'I was not there.')", [entry["id"]])

    assert spans(day) == [(5, 9, [])]


def test_who_saw_an_older_version_is_told(day: Book) -> None:
    seen = entries(day)[0]
    change(day, seen, ended_at=NOON - HOUR)

    with pytest.raises(psycopg.Error) as refused:
        change(day, seen, ended_at=NOON - 2 * HOUR)

    assert (refused.value.sqlstate, refused.value.diag.message_primary) == ("PT409", "version_conflict")
    assert spans(day)[0] == (0, 3, [])


def test_of_two_people_correcting_at_once_one_wins_and_the_other_is_told(
    day: Book, postgres_stack: PostgresStack
) -> None:
    seen = entries(day)[0]
    ready = Barrier(2, timeout=20)

    def correct(ended_at: datetime) -> str:
        with connect(postgres_stack.cluster.url("postgres")) as own:
            mine = Book(own, day.organization, day.ids, day.keys, day.admin)
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


def test_a_timer_runs_until_it_is_stopped(book: Book) -> None:
    with book.signed_in():
        started = book.query(
            "select * from public.start_timer(%s, %s)", [book.organization, book.ids["ann"]]
        )[0]
        stopped = book.query("select * from public.stop_timer(%s, %s)", [started["id"], started["version"]])[
            0
        ]

    assert (started["source"], started["ended_at"]) == ("manual", None)
    assert stopped["ended_at"] > stopped["started_at"]


def test_the_next_timer_stops_the_one_before(book: Book) -> None:
    with book.signed_in():
        for _ in range(2):
            book.query("select public.start_timer(%s, %s)", [book.organization, book.ids["ann"]])

    assert [row["ended_at"] is None for row in entries(book)] == [False, True]
