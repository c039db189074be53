"""An organization in the database that the tests talk to directly, by the names that the reference uses."""

import json
import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, LiteralString, Self

import psycopg
import psycopg.rows
from psycopg import sql
from psycopg.types.json import Jsonb

from tests.pairing.reference import Anomaly, Assignment, Entry, Event, Inputs, Settings

Row = dict[str, Any]
Connection = psycopg.Connection[Row]

ADD_MEMBER: LiteralString = """
    insert into public.memberships (organization_id, user_id, role, email) values (%s, %s, %s, %s)
"""
PUT_SETTINGS: LiteralString = """
    insert into public.pairing_settings (
        organization_id, device_id, valid_from, mode, person_id,
        merge_gap_seconds, debounce_seconds, max_entry_hours
    )
    values (%s, %s, %s, %s, %s, %s, %s, %s)
"""
PUT_ASSIGNMENT: LiteralString = """
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from)
    values (%s, %s, %s, %s, %s)
"""
ENTRIES: LiteralString = """
    select e.device_id, t.uid as tag_uid, e.person_id, e.project_id, e.started_at, e.ended_at, e.flags, s.mode
    from public.time_entries as e
    join public.tags as t on t.id = e.tag_id
    left join lateral (
        select s.mode from public.pairing_settings as s
        where s.device_id = e.device_id and s.valid_from <= e.started_at
        order by s.valid_from desc limit 1
    ) as s on true
    where e.organization_id = %s and e.deleted_at is null
"""


@dataclass(frozen=True)
class Ledger:
    """What the database knows of one organization."""

    connection: Connection
    organization: str
    ids: Mapping[str, str]
    """The ids of devices, tags, people and projects by name; those of devices sort as their names do."""
    keys: Mapping[str, str]
    """The key of each device."""
    admin: str
    """The user who made it."""

    @classmethod
    def create(
        cls,
        connection: Connection,
        devices: Iterable[str],
        tags: Iterable[str] = (),
        people: Iterable[str] = (),
        projects: Iterable[str] = (),
        time_zone: str = "UTC",
    ) -> Self:
        """Make an organization with these devices (docks), tags (nobody's), people and projects."""
        organization = str(uuid.uuid4())
        devices, tags, people, projects = sorted(devices), list(tags), list(people), list(projects)
        ids = dict(zip(devices, sorted(str(uuid.uuid4()) for _ in devices), strict=True))
        ids |= {name: str(uuid.uuid4()) for name in (*tags, *people, *projects)}
        keys = {device: f"gb_{secrets.token_hex(18)}" for device in devices}
        with connection.transaction(), connection.cursor() as cursor:
            cursor.execute(
                "insert into public.organizations (id, name, time_zone) values (%s, 'Replays', %s)",
                [organization, time_zone],
            )
            admin = add_member(connection, organization, "admin")
            cursor.executemany(
                "insert into public.devices (id, organization_id, external_id, name, requests_per_minute)"
                " values (%s, %s, %s, 'Device', 1000000000)",
                [(ids[name], organization, name) for name in devices],
            )
            cursor.executemany(
                "insert into public.device_keys (organization_id, device_id, kind, key_hash, hint)"
                " values (%s, %s, 'header', sha256(convert_to(%s, 'UTF8')), substr(%s, 4, 6))",
                [(organization, ids[name], keys[name], keys[name]) for name in devices],
            )
            cursor.executemany(
                "insert into public.tags (id, organization_id, uid) values (%s, %s, %s)",
                [(ids[name], organization, name) for name in tags],
            )
            cursor.executemany(
                "insert into public.people (id, organization_id, name) values (%s, %s, %s)",
                [(ids[name], organization, name) for name in people],
            )
            cursor.executemany(
                "insert into public.projects (id, organization_id, name) values (%s, %s, %s)",
                [(ids[name], organization, name) for name in projects],
            )
        return cls(connection, organization, ids, keys, admin)

    def put_in_force(self, inputs: Inputs) -> None:
        """Write settings and assignments as they would stand if they had been made in time."""
        with self.connection.cursor() as cursor:
            cursor.executemany(PUT_SETTINGS, [self._settings_row(row) for row in inputs.settings])
            cursor.executemany(PUT_ASSIGNMENT, [self._assignment_row(row) for row in inputs.assignments])

    def change_the_past(self, inputs: Inputs) -> None:
        """Change the same as put_in_force, but modes and owners, by the RPCs and after the fact."""
        with self.signed_in():
            for settings in sorted(inputs.settings, key=lambda row: row.valid_from):
                device = settings.device and self.ids[settings.device]
                numbers = (settings.merge_gap_seconds, settings.debounce_seconds, settings.max_entry_hours)
                self.query(
                    "select public.set_pairing_settings(%s, %s, %s, %s, %s, %s)",
                    [self.organization, device, *numbers, settings.valid_from],
                )
            for assignment in sorted(inputs.assignments, key=lambda row: row.valid_from):
                self.query("select public.relabel_tag(%s, %s, %s, %s)", self._assignment_row(assignment)[1:])

    @contextmanager
    def signed_in(self, user: str | None = None) -> Iterator[None]:
        """Ask as this user would through the API; as the admin unless one is named."""
        claims = json.dumps({"sub": user or self.admin, "role": "authenticated"})
        self.query("select set_config('request.jwt.claims', %s, false)", [claims])
        try:
            with self.as_role("authenticated"):
                yield
        finally:
            self.query("select set_config('request.jwt.claims', '', false)")

    @contextmanager
    def as_role(self, role: Literal["anon", "authenticated", "service_role"]) -> Iterator[None]:
        """Have this role's privileges and no others."""
        self.connection.execute(sql.SQL("set role {}").format(sql.Identifier(role)))
        try:
            yield
        finally:
            self.connection.execute("reset role")

    def record(self, device: str, events: Sequence[Row]) -> list[Row]:
        """Send a device's events in one request; the answers."""
        row = self.connection.execute(
            "select public.record_device_events(%s, 'header', %s) as answer",
            [self.keys[device], Jsonb(list(events))],
        ).fetchone()
        assert row is not None
        results: list[Row] = row["answer"]["results"]
        return results

    def record_events(self, device: str, events: Sequence[Event], keys: Sequence[str | None] = ()) -> None:
        """Send these events, with idempotency keys if there are any; all have to be taken."""
        said = [message(event.event_type, event.tag, _written(event.at), event.direction) for event in events]
        for event, key in zip(said, keys, strict=False):
            event["idempotency_key"] = key
        answers = self.record(device, said)
        assert {answer["status"] for answer in answers} <= {"stored", "duplicate"}, answers

    def entries(self) -> tuple[Entry, ...]:
        """The time entries that people see, in the reference's terms."""
        names = self._names()
        rows = self.query(ENTRIES, [self.organization])
        return tuple(
            sorted(
                (
                    Entry(
                        stream=row["mode"],
                        device=names[row["device_id"]],
                        tag=row["tag_uid"],
                        person=names.get(row["person_id"]),
                        project=names.get(row["project_id"]),
                        started_at=row["started_at"],
                        ended_at=row["ended_at"],
                        flags=tuple(sorted(row["flags"])),
                    )
                    for row in rows
                ),
                key=lambda e: (e.started_at, e.stream, e.device, e.tag),
            )
        )

    def anomalies(self) -> frozenset[Anomaly]:
        """The events that changed nothing and should have."""
        names = {uid: name for name, uid in self.ids.items()}
        rows = self.query(
            "select * from public.event_anomalies where organization_id = %s", [self.organization]
        )
        return frozenset(
            Anomaly(
                names[row["device_id"]],
                row["event_type"],
                row["tag_uid"],
                row["occurred_at"],
                row["direction"],
            )
            for row in rows
        )

    def set_clock(self, at: datetime | None) -> None:
        """Let it be this time for this connection, which has a `session_clock`; None: the real time."""
        self.query("select set_config('gatebook.now', %s, false)", [at.isoformat() if at else ""])

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Do something at this time."""
        self.set_clock(moment)
        try:
            yield
        finally:
            self.set_clock(None)

    def now(self) -> datetime:
        """The database's time in this transaction."""
        now: datetime = self.query("select private.now() as now")[0]["now"]
        return now

    def query(self, statement: LiteralString, parameters: Sequence[Any] = ()) -> list[Row]:
        return self.connection.execute(statement, parameters).fetchall()

    def _names(self) -> dict[str, str]:
        return {uid: name for name, uid in self.ids.items()}

    def _settings_row(self, row: Settings) -> tuple[Any, ...]:
        return (
            self.organization,
            row.device and self.ids[row.device],
            row.valid_from,
            row.mode,
            row.owner and self.ids[row.owner],
            row.merge_gap_seconds,
            row.debounce_seconds,
            row.max_entry_hours,
        )

    def _assignment_row(self, row: Assignment) -> tuple[Any, ...]:
        return (
            self.organization,
            self.ids[row.tag],
            row.person and self.ids[row.person],
            row.project and self.ids[row.project],
            row.valid_from,
        )


def add_member(connection: Connection, organization: str, role: str) -> str:
    """Make a user with this role; their id."""
    user = str(uuid.uuid4())
    email = f"{user}@example.com"
    connection.execute("insert into auth.users (id, email) values (%s, %s)", [user, email])
    connection.execute(ADD_MEMBER, [organization, user, role, email])
    return user


def message(event_type: str, tag: str, device_time: str, direction: str | None = None) -> Row:
    """Write an event as the function passes it on to the database."""
    return {
        "event_type": event_type,
        "tag_uid": tag,
        "tag_type": None,
        "direction": direction,
        "device_id": None,
        "device_time": device_time,
        "device_at": device_time,
        "idempotency_key": None,
        "payload": {"event_type": event_type, "tag_id": tag, "timestamp": device_time},
    }


def connect(url: str) -> Connection:
    """Open a connection that commits each statement, unless a transaction is open."""
    connection: Connection = psycopg.connect(url, autocommit=True, row_factory=psycopg.rows.dict_row)
    connection.adapters.register_loader("uuid", psycopg.types.string.TextLoader)
    connection.execute("set time zone 'UTC'")
    return connection


def shown(entries: Iterable[Entry]) -> str:
    """Write entries one a line, for a failing test's message."""
    return "".join(f"\n  {_shown(entry)}" for entry in entries)


def _shown(entry: Entry) -> str:
    end = "running" if entry.ended_at is None else _written(entry.ended_at)
    names = f"{entry.person or 'nobody'}, {entry.project or 'no project'}"
    span = f"{_written(entry.started_at)} - {end}"
    return f"{entry.stream} {entry.device} {entry.tag} {span} {names} {entry.flags}"


def _written(at: datetime) -> str:
    return at.isoformat()
