"""The timesheet equals what plain Python counts, minute by minute."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg.rows import dict_row

from tools.stack.postgres import PostgresStack

Connection = psycopg.Connection[dict[str, Any]]
Cell = tuple[date, int, int | None]

# Clocks change at night, at midnight (Havana, Cairo), by half an hour (Lord Howe), or stand 15 minutes off.
ZONES = [
    "UTC",
    "Europe/Vienna",
    "America/Havana",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "America/St_Johns",
    "Pacific/Auckland",
]
# Weeks in which clocks change.
BASES = [
    datetime(2025, month, day, tzinfo=UTC) for month, day in ((3, 5), (4, 1), (4, 22), (9, 24), (10, 22))
]
LIMIT_MINUTES = 12 * 60


@dataclass(frozen=True)
class Entry:
    """Minutes since the base; end None: nobody ended it."""

    person: int
    project: int | None
    start: int
    end: int | None

    @property
    def minutes(self) -> range:
        return range(self.start, self.start + LIMIT_MINUTES if self.end is None else self.end)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    start = draw(st.integers(0, 14 * 1440))
    # Mostly hours, up to the week that is the limit.
    length = draw(st.none() | st.integers(1, 900) | st.integers(1, 900) | st.integers(900, 7 * 1440))
    end = None if length is None else start + length
    return Entry(draw(st.integers(0, 1)), draw(st.none() | st.integers(0, 1)), start, end)


@dataclass(frozen=True)
class World:
    """An organization of two people with two projects, and its admin."""

    connection: Connection
    organization: UUID
    people: list[UUID]
    projects: list[UUID]

    def put(self, zone: str, base: datetime, history: Iterable[Entry]) -> None:
        self.connection.execute(
            "update public.organizations set time_zone = %s where id = %s", [zone, self.organization]
        )
        rows = [
            (
                self.organization,
                self.people[entry.person],
                None if entry.project is None else self.projects[entry.project],
                base + timedelta(minutes=entry.start),
                None if entry.end is None else base + timedelta(minutes=entry.end),
                base + timedelta(minutes=entry.start + LIMIT_MINUTES),
            )
            for entry in history
        ]
        with self.connection.cursor() as cursor:
            cursor.executemany(
                "insert into public.time_entries"
                " (organization_id, person_id, project_id, started_at, ended_at, limit_at, source)"
                " values (%s, %s, %s, %s, %s, %s, 'manual')",
                rows,
            )


@pytest.fixture(scope="module")
def one_world(postgres_stack: PostgresStack) -> Iterator[World]:
    """Every example ends in a rollback."""
    user = postgres_stack.sign_up()
    with psycopg.connect(
        postgres_stack.cluster.url("postgres"), row_factory=dict_row, autocommit=True
    ) as connection:
        claims = json.dumps({"sub": user.id, "role": "authenticated"})
        connection.execute("select set_config('request.jwt.claims', %s, false)", [claims])
        row = connection.execute("select id from public.create_organization('Sums', 'UTC')").fetchone()
        assert row is not None
        people, projects = [uuid4(), uuid4()], [uuid4(), uuid4()]
        for table, ids in (("people", people), ("projects", projects)):
            for identity in ids:
                connection.execute(
                    f"insert into public.{table} (id, organization_id, name) values (%s, %s, %s)",
                    [identity, row["id"], str(identity)],
                )
        yield World(connection, row["id"], people, projects)


def days_of(zone: str, first: date, last: date) -> list[tuple[date, int, int]]:
    """Each day with the minutes since 1970 at which it starts and ends."""
    starts = [
        int(datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).timestamp()) // 60
        for day in (first + timedelta(days=offset) for offset in range((last - first).days + 2))
    ]
    return [
        (first + timedelta(days=offset), starts[offset], starts[offset + 1])
        for offset in range(len(starts) - 1)
    ]


def count(
    zone: str, base: datetime, first: date, last: date, history: Iterable[Entry]
) -> tuple[dict[Cell, tuple[int, int, int]], dict[tuple[date, int], tuple[int, int, bool]]]:
    """Seconds elapsed and on the wall, and entries, of each cell; of each day, whether any overlap."""
    shift = int(base.timestamp()) // 60
    cells: dict[Cell, list[range]] = defaultdict(list)
    days: dict[tuple[date, int], list[range]] = defaultdict(list)
    for entry in history:
        for day, starts, ends in days_of(zone, first, last):
            part = range(max(entry.minutes.start + shift, starts), min(entry.minutes.stop + shift, ends))
            if part:
                cells[day, entry.person, entry.project].append(part)
                days[day, entry.person].append(part)

    def measure(parts: list[range]) -> tuple[int, int]:
        return 60 * sum(map(len, parts)), 60 * len(set().union(*parts))

    return (
        {cell: (*measure(parts), len(parts)) for cell, parts in cells.items()},
        {day: (*measure(parts), measure(parts)[0] != measure(parts)[1]) for day, parts in days.items()},
    )


@pytest.mark.timeout(900)
@given(
    zone=st.sampled_from(ZONES),
    base=st.sampled_from(BASES),
    history=st.lists(entries(), max_size=10),
    first_day=st.integers(-3, 20),
    length=st.integers(0, 20),
)
def test_the_timesheet_equals_a_count_by_minutes(
    one_world: World, zone: str, base: datetime, history: list[Entry], first_day: int, length: int
) -> None:
    first = base.date() + timedelta(days=first_day)
    last = first + timedelta(days=length)
    cells, days = count(zone, base, first, last, history)
    connection = one_world.connection
    with connection.transaction(force_rollback=True):
        one_world.put(zone, base, history)
        connection.execute("set local role authenticated")
        arguments = [one_world.organization, first, last]
        rows = connection.execute("select * from public.timesheet(%s, %s, %s)", arguments).fetchall()
        day_rows = connection.execute("select * from public.timesheet_days(%s, %s, %s)", arguments).fetchall()
        own_rows = connection.execute(
            "select * from public.timesheet(%s, %s, %s, %s)", [*arguments, one_world.people[0]]
        ).fetchall()
        spent = connection.execute(
            "select sum(person_seconds)::bigint as spent from public.presence_by_hour(%s, %s, %s)",
            arguments,
        ).fetchall()

    def cell(row: dict[str, Any]) -> Cell:
        project = row["project_id"]
        return (
            row["day"],
            one_world.people.index(row["person_id"]),
            project and one_world.projects.index(project),
        )

    found = {cell(row): (row["elapsed_seconds"], row["wall_seconds"], row["entry_count"]) for row in rows}
    assert found == cells
    assert len(rows) == len(cells)
    assert [row for row in rows if row["person_id"] == one_world.people[0]] == own_rows
    assert {
        (row["day"], one_world.people.index(row["person_id"])): (
            row["elapsed_seconds"],
            row["wall_seconds"],
            "overlapping" in row["flags"],
        )
        for row in day_rows
    } == days
    assert (spent[0]["spent"] or 0) == sum(wall for _, wall, _ in days.values())
