"""A row here for every table and view: which row to ask for, what to add, and what to change.

A table without one makes the tests of isolation and of roles fail.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.database.filled import Actor, Filled, Possessions
from tools.stack import world

Body = Callable[[Filled, Actor], dict[str, Any]]
Find = Callable[[Filled, Actor, Possessions], Any]


def _of_organization(filled: Filled, actor: Actor) -> dict[str, Any]:
    return {"organization_id": filled.id}


def _named(filled: Filled, actor: Actor) -> dict[str, Any]:
    return {"organization_id": filled.id, "name": f"New {secrets.token_hex(4)}"}


def _device(filled: Filled, actor: Actor) -> dict[str, Any]:
    return {**_named(filled, actor), "external_id": f"NFC_{secrets.token_hex(4)}"}


def _tag(filled: Filled, actor: Actor) -> dict[str, Any]:
    return {"organization_id": filled.id, "uid": secrets.token_hex(7).upper()}


def _possession(table: str) -> Find:
    return lambda filled, actor, subject: subject[table]


def _membership(filled: Filled, actor: Actor, subject: Possessions) -> Any:
    return actor.membership_id if subject is actor.own else filled.actors["suspended"].membership_id


def _profile(filled: Filled, actor: Actor, subject: Possessions) -> Any:
    user = actor.user if subject is actor.own else filled.actors["suspended"].user
    return user and user.id


def _any(table: str) -> Find:
    def find(filled: Filled, actor: Actor, subject: Possessions) -> Any:
        return filled.organization.rows(table, select="id", limit="1")[0]["id"]

    return find


def open_invitation(filled: Filled, email: str | None = None) -> dict[str, str]:
    """A new one."""
    email = email or f"{secrets.token_hex(6)}@example.com"
    arguments = {"organization_id": filled.id, "email": email, "role": "member"}
    made: dict[str, str] = world.rpc(filled.admin, "create_invitation", **arguments)
    return made


@dataclass(frozen=True)
class Row:
    """How to reach one of its rows."""

    find: Find
    """The key of a row, the subject's if it belongs to anybody."""
    change: dict[str, Any]
    """What an update would set."""
    body: Body = _of_organization
    """What an insert would add."""
    key: str = "id"
    scope: str = "organization_id"
    """The column by which its rows belong to an organization."""


ROWS: dict[str, Row] = {
    "organizations": Row(
        lambda f, a, s: f.id, {"time_zone": "UTC"}, lambda f, a: {"name": "New"}, scope="id"
    ),
    "memberships": Row(_membership, {"role": "admin"}),
    "invitations": Row(_any("invitations"), {"role": "admin"}),
    "profiles": Row(
        _profile,
        {"display_name": "New"},
        lambda f, a: {"user_id": a.user and a.user.id, "display_name": "New"},
        key="user_id",
        scope="user_id",
    ),
    "places": Row(lambda f, a, s: f.place_id, {"archived_at": None}, _named),
    "projects": Row(lambda f, a, s: f.project_id, {"archived_at": None}, _named),
    "people": Row(_possession("people"), {"archived_at": None}, _named),
    "devices": Row(_possession("devices"), {"is_active": True}, _device),
    "device_status": Row(_possession("device_status"), {"last_seen_at": None}, key="device_id"),
    "device_keys": Row(_possession("device_keys"), {"revoked_at": None}),
    "device_events": Row(_possession("device_events"), {"direction": "in"}),
    "tags": Row(_possession("tags"), {"archived_at": None}, _tag),
    "tag_assignments": Row(_possession("tag_assignments"), {"created_by": None}),
    "pairing_settings": Row(_possession("pairing_settings"), {"created_by": None}),
    "time_entries": Row(_possession("time_entries"), {"note": "New"}),
    "calendar_feeds": Row(_possession("calendar_feeds"), {"revoked_at": None}),
    "alerts": Row(_possession("alerts"), {"notes": "New"}),
    # Everybody's: no row of it belongs to an organization.
    "alert_kinds": Row(
        lambda f, a, s: "offline",
        {"severity": "info"},
        lambda f, a: {"kind": "flood", "source_type": "device", "severity": "info", "capability": "alerts"},
        key="kind",
        scope="kind",
    ),
    "audit_log": Row(_any("audit_log"), {"reason": "New"}),
    "device_overview": Row(_possession("devices"), {"name": "New"}),
    "event_anomalies": Row(_possession("anomaly"), {"direction": "in"}),
    "recent_taps": Row(_possession("device_events"), {"direction": "in"}),
    "time_entry_details": Row(_possession("time_entries"), {"note": "New"}),
}
