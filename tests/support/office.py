"""What the reading tests need: an organization with taps and entries at known times."""

from dataclasses import dataclass, field
from typing import Any

import httpx

from tools.stack import world
from tools.stack.stack import Stack

Row = dict[str, Any]


@dataclass
class Office:
    """An organization, with people, projects and devices that come into being when they are first named."""

    stack: Stack
    organization: world.Organization
    _ids: dict[tuple[str, str], str] = field(default_factory=dict)
    _keys: dict[str, world.DeviceKey] = field(default_factory=dict)

    def person(self, name: str) -> str:
        return self._id("people", name)

    def project(self, name: str) -> str:
        return self._id("projects", name)

    def tag(self, uid: str, person: str | None = None, project: str | None = None) -> str:
        """A tag that means this person and project from the beginning of time."""
        if ("tags", uid) not in self._ids:
            row = self.organization.insert(
                "tags",
                uid=uid,
                label=f"Tag {uid}",
                person_id=person and self.person(person),
                project_id=project and self.project(project),
            )
            self._ids["tags", uid] = row["id"]
        return self._ids["tags", uid]

    def device(self, name: str, **values: Any) -> world.Device:
        """A dock, unless the values say otherwise."""
        if name not in self._keys:
            made = world.create_device(self.organization, name=name, **values)
            self._keys[name] = world.create_device_key(made)
        return self._keys[name].device

    def tap(self, device: str, *taps: tuple[str, str, str] | tuple[str, str, str, str]) -> list[Row]:
        """Send (time, insert or removed, tag[, direction]) in one request; the answers."""
        self.device(device)
        events: list[Row] = [
            {
                "event_type": f"tag_{tap[1]}",
                "tag_uid": tap[2],
                "tag_type": None,
                "direction": tap[3] if len(tap) > 3 else None,
                "device_id": None,
                "device_time": tap[0],
                "device_at": tap[0],
                "idempotency_key": None,
                "payload": {},
            }
            for tap in taps
        ]
        answer = world.rpc(
            self.stack.client(),
            "record_device_events",
            device_key=self._keys[device].key,
            key_kind="header",
            events=events,
        )
        results: list[Row] = answer["results"]
        assert {result["status"] for result in results} <= {"stored", "duplicate"}
        return results

    def entry(self, person: str, started_at: str, ended_at: str | None, project: str | None = None) -> Row:
        """An entry added by hand; ended_at null: it runs."""
        made: Row = world.rpc(
            self.organization.client,
            "add_time_entry",
            organization_id=self.organization.id,
            person_id=self.person(person),
            project_id=project and self.project(project),
            started_at=started_at,
            ended_at=ended_at,
            reason="As it was",
        )
        return made

    def timesheet(
        self, from_date: str, to_date: str, client: httpx.Client | None = None, **filters: Any
    ) -> list[Row]:
        return self.read("timesheet", client, from_date=from_date, to_date=to_date, **filters)

    def read(self, function: str, client: httpx.Client | None = None, /, **arguments: Any) -> list[Row]:
        """Call a reading RPC of this organization, as its admin unless a client is given."""
        rows: list[Row] = world.rpc(
            client or self.organization.client, function, organization_id=self.organization.id, **arguments
        )
        return rows

    def _id(self, table: str, name: str) -> str:
        if (table, name) not in self._ids:
            self._ids[table, name] = self.organization.insert(table, name=name)["id"]
        return self._ids[table, name]
