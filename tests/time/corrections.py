"""What people correct, in one line each, at a desk with Ann's tag."""

from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from tests.pairing.desk import EIGHT, EPOCH, HOUR
from tests.pairing.ledger import Ledger, Row


def entries(ledger: Ledger) -> list[Row]:
    """What the admin sees, oldest first, people and projects by name."""
    names = {uid: name for name, uid in ledger.ids.items()}
    with ledger.signed_in():
        rows = ledger.query(
            "select * from public.time_entries where organization_id = %s order by started_at, id",
            [ledger.organization],
        )
    return [row | {key: names.get(row[key]) for key in ("person_id", "project_id")} for row in rows]


def facts(ledger: Ledger) -> list[tuple[Any, ...]]:
    fields = ("person_id", "project_id", "started_at", "ended_at", "source", "corrected_fields")
    return [tuple(row[field] for field in fields) for row in entries(ledger)]


def spans(ledger: Ledger) -> list[tuple[float, float | None, list[str]]]:
    """The start and end of each entry in hours since eight, and its flags."""
    return [
        (
            (row["started_at"] - EIGHT) / HOUR,
            (row["ended_at"] - EIGHT) / HOUR if row["ended_at"] else None,
            row["flags"],
        )
        for row in entries(ledger)
    ]


def change(ledger: Ledger, entry: Row, reason: str = "He told me so.", **changes: Any) -> Row:
    """Correct the entry as the admin, who saw this version of it."""
    values = {
        key: value.isoformat() if isinstance(value, datetime) else value and ledger.ids.get(value, value)
        for key, value in changes.items()
    }
    with ledger.signed_in():
        return ledger.query(
            "select * from public.change_time_entry(%s, %s, %s, %s)",
            [entry["id"], entry["version"], Jsonb(values), reason],
        )[0]


def delete(ledger: Ledger, entry: Row) -> None:
    with ledger.signed_in():
        ledger.query(
            "select * from public.delete_time_entry(%s, %s, 'A mistake.')", [entry["id"], entry["version"]]
        )


def split(ledger: Ledger, entry: Row, at: datetime, project: str | None = None) -> None:
    with ledger.signed_in():
        ledger.query(
            "select * from public.split_time_entry(%s, %s, %s, 'Two things.', %s)",
            [entry["id"], entry["version"], at, project and ledger.ids[project]],
        )


def restore(ledger: Ledger, entry_id: str) -> None:
    with ledger.signed_in():
        ledger.query("select * from public.restore_time_entry(%s, 'As it was.')", [entry_id])


def add(ledger: Ledger, start: datetime, end: datetime | None, person: str = "ann") -> Row:
    with ledger.signed_in():
        return ledger.query(
            "select * from public.add_time_entry(%s, %s, null, %s, %s, 'Forgot the tag.')",
            [ledger.organization, ledger.ids[person], start, end],
        )[0]


def pair_everything_again(ledger: Ledger) -> None:
    """Change settings back and forth from the beginning, which pairs every tap anew."""
    with ledger.signed_in():
        for merge_gap_seconds in (7, 10):
            ledger.query(
                "select public.set_pairing_settings(%s, null, %s, null, null, %s)",
                [ledger.organization, merge_gap_seconds, EPOCH],
            )
