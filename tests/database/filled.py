"""An organization with something in every table, and somebody in every role who owns some of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import httpx

from tools.stack import world
from tools.stack.stack import Stack, User, random_email
from tools.stack.tokens import sign_jwt

ROLES = ("admin", "operator", "viewer", "member")
OTHERS = "Somebody else's"


@dataclass(frozen=True)
class Possessions:
    """What belongs to one person: table → the id of the row that is theirs."""

    ids: Mapping[str, Any]
    device_key: str
    feed_token: str

    def __getitem__(self, table: str) -> Any:
        return self.ids[table]


@dataclass(frozen=True)
class Actor:
    """Somebody who asks: a member, a device, a stranger or anybody."""

    role: str
    client: httpx.Client
    user: User | None = None
    membership_id: str | None = None
    own: Possessions | None = None
    is_active: bool = True


@dataclass
class Filled:
    """The organization, its actors, and what belongs to none of them."""

    stack: Stack
    organization: world.Organization
    name: str
    place_id: str
    project_id: str
    terminal: world.DeviceKey
    others: Possessions
    actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The organization's id."""
        return self.organization.id

    @property
    def admin(self) -> httpx.Client:
        """Who prepares things."""
        return self.organization.client

    @cached_property
    def pawn(self) -> User:
        """A user who joins and goes as the tests need it."""
        return self.stack.sign_up()

    def membership(self, user: User, role: str, *, organization_id: str | None = None) -> str:
        """Make the user a member in this role, whatever was before; the id of the membership."""
        service = self.stack.service
        organization_id = organization_id or self.id
        where = {"organization_id": f"eq.{organization_id}", "user_id": f"eq.{user.id}"}
        world.created(service.delete("/memberships", params=where))
        body = {"organization_id": organization_id, "user_id": user.id, "role": role, "email": user.email}
        made = service.post("/memberships", json=body, headers={"Prefer": "return=representation"})
        found: str = world.created(made)[0]["id"]
        return found


def fill(stack: Stack, name: str) -> Filled:
    """Make one, through the API as far as it goes."""
    organization = world.create_organization(stack, name)
    place = organization.insert("places", name=f"{name} door")["id"]
    project = organization.insert("projects", name=f"{name} project")["id"]
    terminal = world.create_device_key(world.create_device(organization, mode="terminal", place_id=place))
    others = _possessions(stack, organization, OTHERS, project, None)
    filled = Filled(stack, organization, name, place, project, terminal, others)
    invitation = {"organization_id": organization.id, "email": random_email(), "role": "member"}
    world.rpc(organization.client, "create_invitation", **invitation)
    for role in (*ROLES, "suspended"):
        filled.actors[role] = _member(filled, role)
    filled.actors["device"] = Actor(
        "device", stack.client(_device_token(stack, terminal)), own=others, is_active=True
    )
    return filled


def _member(filled: Filled, role: str) -> Actor:
    stack, organization = filled.stack, filled.organization
    user = organization.admin if role == "admin" else stack.sign_up()
    # A suspended admin: the strongest of them.
    membership_id = filled.membership(user, "admin" if role == "suspended" else role)
    own = _possessions(stack, organization, f"The {role}'s", filled.project_id, membership_id)
    client = stack.client(user.access_token)
    world.created(client.post("/profiles", json={"user_id": user.id, "display_name": f"{role}"}))
    if role == "suspended":
        world.rpc(organization.client, "suspend_member", membership_id=membership_id)
    return Actor(role, client, user, membership_id, own, is_active=role != "suspended")


def _device_token(stack: Stack, key: world.DeviceKey) -> str:
    device = key.device
    claims = {
        "role": "device",
        "device_id": device.id,
        "organization_id": device.organization.id,
        "key_id": key.id,
    }
    return sign_jwt(claims, stack.jwt_secret)


def _possessions(
    stack: Stack, organization: world.Organization, name: str, project: str, membership_id: str | None
) -> Possessions:
    person = organization.insert("people", name=name)["id"]
    if membership_id is not None:
        link = {"person_id": person, "membership_id": membership_id}
        world.rpc(organization.client, "link_person", **link)
    key = world.create_device_key(world.create_device(organization, name=f"{name} reader", person_id=person))
    number = int(datetime.now(UTC).timestamp() * 1_000_000)
    tag = organization.insert(
        "tags", uid=f"{number:016X}", label=f"{name} tag", person_id=person, project_id=project
    )
    entry = tap(stack, key.key, tag["uid"])
    # A reader without a clock: the alert about it is an alert of this device.
    send(stack, key.key, [{"event_type": "tag_removed", "tag_uid": "0A0B0C0E", "device_time": "no time"}])
    feed = world.rpc(organization.client, "create_calendar_feed", person_id=person)
    settings = {"organization_id": organization.id, "device_id": key.device.id, "merge_gap_seconds": 5}
    world.rpc(organization.client, "set_pairing_settings", **settings)

    def first(table: str, column: str = "id", **filters: str) -> Any:
        return organization.rows(table, select=column, order=column, limit="1", **filters)[0][column]

    ids = {
        "people": person,
        "devices": key.device.id,
        "device_keys": key.id,
        "device_status": key.device.id,
        "tags": tag["id"],
        "time_entries": entry,
        "device_events": first("device_events", tag_id=f"eq.{tag['id']}"),
        "anomaly": first("device_events", device_id=f"eq.{key.device.id}", tag_uid="eq.0A0B0C0E"),
        "tag_assignments": first("tag_assignments", tag_id=f"eq.{tag['id']}"),
        "pairing_settings": first("pairing_settings", device_id=f"eq.{key.device.id}"),
        "alerts": first("alerts", source_id=f"eq.{key.device.id}"),
        "calendar_feeds": feed["id"],
    }
    return Possessions(ids, key.key, feed["token"])


def tap(stack: Stack, key: str, uid: str, minutes_ago: int = 90) -> str:
    """Half an hour of time: in and out; the id of the entry."""
    started_at = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=minutes_ago)
    results = send(
        stack,
        key,
        [
            {"event_type": "tag_insert", "tag_uid": uid, "device_at": started_at.isoformat()},
            {
                "event_type": "tag_removed",
                "tag_uid": uid,
                "device_at": (started_at + timedelta(minutes=30)).isoformat(),
            },
        ],
    )
    again = send(
        stack, key, [{"event_type": "tag_insert", "tag_uid": uid, "device_at": started_at.isoformat()}]
    )
    assert [result["status"] for result in [*results, *again]] == ["stored", "stored", "duplicate"]
    entry_id: str = again[0]["time_entry"]["id"]
    return entry_id


def send(stack: Stack, key: str, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What became of a device's events."""
    answer = world.rpc(
        stack.client(), "record_device_events", device_key=key, key_kind="header", events=events
    )
    results: list[dict[str, Any]] = answer["results"]
    return results
