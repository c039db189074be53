"""Who did what and when, with what before and after; nobody changes it."""

from collections.abc import Callable

import pytest

from tests.support.acts import audit, join
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]
NewDeviceKey = Callable[..., world.DeviceKey]
SHOW = {"Prefer": "return=representation"}


@pytest.mark.parametrize(
    ("table", "values", "change"),
    [
        ("places", {"name": "Front door"}, {"name": "Back door"}),
        ("projects", {"name": "Lamp"}, {"color": "#d97706"}),
        ("people", {"name": "Mira Novak", "phone": "+436601234567"}, {"email": "mira@harbour.example"}),
        ("devices", {"external_id": "NFC_1", "name": "Reader"}, {"is_active": False}),
        ("tags", {"uid": "DD542A83"}, {"label": "Amber card"}),
    ],
)
def test_a_change_is_logged_with_who_before_and_after(
    stack: Stack, organization: NewOrganization, table: str, values: dict[str, str], change: dict[str, str]
) -> None:
    theirs = organization()
    row = theirs.insert(table, **values)
    where = {"id": f"eq.{row['id']}"}
    theirs.client.patch(f"/{table}", params=where, json=change, headers={"X-Request-ID": "r-17"})
    changed = {**row, **change}
    theirs.client.delete(f"/{table}", params=where)
    made, updated, deleted = audit(theirs, table_name=f"eq.{table}", row_id=f"eq.{row['id']}")
    assert [line["action"] for line in (made, updated, deleted)] == ["insert", "update", "delete"]
    assert {line["actor_id"] for line in (made, updated, deleted)} == {theirs.admin.id}
    assert {line["actor_kind"] for line in (made, updated, deleted)} == {"user"}
    assert made["before"] is None
    assert same(made["after"], row)
    assert same(updated["before"], row)
    assert same(updated["after"], changed)
    # The embedded stack tells the database of headers in calls of functions only.
    assert updated["request_id"] == ("r-17" if stack.name == "postgres" else None)
    assert same(deleted["before"], changed)
    assert deleted["after"] is None


def same(logged: dict[str, object], row: dict[str, object]) -> bool:
    """Equal but for how times are written."""
    times = {key for key in row if key.endswith("_at")}
    return {k: v for k, v in logged.items() if k not in times} == {
        k: v for k, v in row.items() if k not in times
    }


def test_a_change_of_nothing_is_not_logged(organization: NewOrganization) -> None:
    theirs = organization()
    place = theirs.insert("places", name="Front door")
    theirs.client.patch(f"/places?id=eq.{place['id']}", json={"name": "Front door"})
    assert [line["action"] for line in audit(theirs, table_name="eq.places")] == ["insert"]


def test_acts_on_members_are_logged(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization("Harbour")
    member = join(stack, theirs, "viewer")
    world.rpc(theirs.client, "change_member_role", membership_id=member.membership_id, role="member")
    world.rpc(theirs.client, "suspend_member", membership_id=member.membership_id)
    world.rpc(theirs.client, "remove_member", membership_id=member.membership_id)
    lines = audit(theirs, row_id=f"eq.{member.membership_id}")
    assert [(line["action"], line["actor_id"]) for line in lines] == [
        ("insert", member.user.id),
        ("update", theirs.admin.id),
        ("update", theirs.admin.id),
        ("delete", theirs.admin.id),
    ]
    assert [line["after"]["role"] for line in lines[:2]] == ["viewer", "member"]
    assert lines[2]["after"]["is_active"] is False


def test_the_organization_itself_is_logged(organization: NewOrganization) -> None:
    theirs = organization("Harbour")
    theirs.client.patch(f"/organizations?id=eq.{theirs.id}", json={"time_zone": "Asia/Tokyo"})
    made, updated = audit(theirs, table_name="eq.organizations")
    assert made["after"]["name"] == "Harbour"
    assert (updated["before"]["time_zone"], updated["after"]["time_zone"]) == (theirs.time_zone, "Asia/Tokyo")


def test_acts_on_keys_are_logged_and_their_use_is_not(
    stack: Stack, organization: NewOrganization, device_key: NewDeviceKey
) -> None:
    key = device_key()
    theirs = key.device.organization
    arguments = {"device_key": key.key, "key_kind": "header", "events": []}
    world.rpc(stack.client(), "record_device_events", **arguments)
    world.rpc(theirs.client, "rotate_device_key", key_id=key.id, overlap_minutes=5)
    headers = {"X-Request-ID": "r-18"}
    world.created(theirs.client.post("/rpc/revoke_device_key", json={"key_id": key.id}, headers=headers))
    lines = audit(theirs, row_id=f"eq.{key.id}")
    assert [line["action"] for line in lines] == ["insert", "update", "update"]
    assert lines[2]["after"]["revoked_at"] is not None
    assert lines[2]["request_id"] == "r-18"
    assert all("key_hash" not in (line["before"] or {}) | line["after"] for line in lines)
    assert theirs.rows("device_keys", select="last_used_at", id=f"eq.{key.id}")[0]["last_used_at"] is not None


def test_a_tag_that_a_reader_sees_first_is_the_readers_act(stack: Stack, device_key: NewDeviceKey) -> None:
    key = device_key()
    theirs = key.device.organization
    before = len(audit(theirs))
    event = {"event_type": "tag_insert", "tag_uid": "04AABBCC", "device_at": "2026-11-20T08:00:00Z"}
    removal = {"event_type": "tag_removed", "tag_uid": "04AABBCC", "device_at": "2026-11-20T09:00:00Z"}
    arguments = {"device_key": key.key, "key_kind": "header", "events": [event, removal]}
    world.rpc(stack.client(), "record_device_events", **arguments)
    lines = audit(theirs)[before:]
    assert [(line["table_name"], line["actor_kind"], line["actor_id"]) for line in lines] == [
        ("tags", "device", key.device.id)
    ]


def test_settings_of_pairing_are_logged(
    organization: NewOrganization, device: Callable[..., world.Device]
) -> None:
    theirs = organization()
    reader = device(theirs)
    theirs.client.patch(f"/devices?id=eq.{reader.id}", json={"mode": "terminal"})
    lines = audit(theirs, table_name="eq.pairing_settings")
    assert [line["after"]["mode"] for line in lines] == ["dock", "terminal"]


@pytest.mark.parametrize("role", ["operator", "viewer", "member"])
def test_only_admins_read_it(stack: Stack, organization: NewOrganization, role: str) -> None:
    theirs = organization()
    assert join(stack, theirs, role).client.get("/audit_log").json() == []
    assert len(audit(theirs)) > 0


def test_nobody_changes_it_not_even_an_admin(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    before = audit(theirs)
    line = before[0]
    copy = {key: value for key, value in line.items() if key != "id"}
    for client in (theirs.client, stack.service):
        for answer in (
            client.patch(f"/audit_log?id=eq.{line['id']}", json={"action": "nothing"}, headers=SHOW),
            client.delete(f"/audit_log?id=eq.{line['id']}", headers=SHOW),
        ):
            assert answer.status_code >= 400 or answer.json() == []
    assert theirs.client.post("/audit_log", json=copy).status_code >= 400
    assert audit(theirs) == before


def test_not_even_its_owner_changes_it(postgres_stack: PostgresStack) -> None:
    world.create_organization(postgres_stack)
    for statement in (
        "update public.audit_log set action = 'nothing'",
        "update public.audit_log set before = null",
        "delete from public.audit_log",
        "truncate public.audit_log",
    ):
        with pytest.raises(Exception, match="append_only"):
            postgres_stack.sql(statement)
