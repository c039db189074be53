"""Organizations, devices and keys for tests, made the way people make them: signed in, through the API."""

import secrets
from dataclasses import dataclass
from typing import Any

import httpx

from tools.stack.stack import Stack, User


def created(answer: httpx.Response) -> Any:
    """The body of an answer that must be a success."""
    assert answer.is_success, (
        f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text}"
    )
    return answer.json() if answer.content else None


def rpc(client: httpx.Client, function: str, **arguments: Any) -> Any:
    """Call a database function that must succeed, and return what it returns."""
    return created(client.post(f"/rpc/{function}", json=arguments))


@dataclass(frozen=True)
class Organization:
    """An organization and its first admin, with a client in that person's name."""

    id: str
    time_zone: str
    admin: User
    client: httpx.Client

    def insert(self, table: str, **values: Any) -> dict[str, Any]:
        """Add a row of this organization as its admin, and return it."""
        body = {"organization_id": self.id, **values}
        rows = created(self.client.post(f"/{table}", json=body, headers={"Prefer": "return=representation"}))
        row: dict[str, Any] = rows[0]
        return row

    def rows(self, table: str, **filters: str) -> list[dict[str, Any]]:
        """What its admin reads of a table in this organization; filters as PostgREST writes them."""
        parameters = {"organization_id": f"eq.{self.id}", **filters}
        rows: list[dict[str, Any]] = created(self.client.get(f"/{table}", params=parameters))
        return rows


@dataclass(frozen=True)
class Device:
    """A device of an organization."""

    id: str
    external_id: str
    organization: Organization


@dataclass(frozen=True)
class DeviceKey:
    """A credential, the key itself included."""

    id: str
    key: str
    kind: str
    device: Device


def create_organization(
    stack: Stack, name: str = "Test Works", time_zone: str = "Europe/Vienna"
) -> Organization:
    """By a user who has just signed up."""
    admin = stack.sign_up()
    client = stack.client(admin.access_token)
    made = rpc(client, "create_organization", name=name, time_zone=time_zone)
    return Organization(made["id"], time_zone, admin, client)


def add_member(stack: Stack, organization: Organization, role: str, *, is_active: bool = True) -> User:
    """A new user who belongs to it."""
    user = stack.sign_up()
    membership = {
        "organization_id": organization.id,
        "user_id": user.id,
        "role": role,
        "is_active": is_active,
        "email": user.email,
    }
    created(stack.service.post("/memberships", json=membership))
    return user


def create_device(organization: Organization, **values: Any) -> Device:
    """A reader with a random external id, unless the values say otherwise."""
    external_id = values.pop("external_id", f"NFC_{secrets.token_hex(4).upper()}")
    row = organization.insert("devices", **{"external_id": external_id, "name": "Reader", **values})
    return Device(row["id"], external_id, organization)


def create_device_key(device: Device, kind: str = "header", expires_at: str | None = None) -> DeviceKey:
    """Through the RPC, as the page does it."""
    client = device.organization.client
    made = rpc(client, "create_device_key", device_id=device.id, kind=kind, expires_at=expires_at)
    return DeviceKey(made["id"], made["key"], kind, device)
