"""An organization is made, and deleted with all that is in it."""

from collections.abc import Callable

import pytest

from tests.support.acts import join, refused
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]


def fill(stack: Stack, organization: world.Organization, key: world.DeviceKey) -> None:
    """People, tags, taps, entries, an invitation: history of every kind."""
    person = organization.insert("people", name="Mira Novak")
    project = organization.insert("projects", name="Lamp")
    organization.insert("tags", uid="DD542A83", person_id=person["id"], project_id=project["id"])
    event = {"event_type": "tag_insert", "tag_uid": "DD542A83", "device_at": "2026-11-20T08:00:00Z"}
    removal = {"event_type": "tag_removed", "tag_uid": "DD542A83", "device_at": "2026-11-20T09:00:00Z"}
    events = [event, removal, {**event, "device_at": None, "device_time": "Time not synced"}]
    world.rpc(stack.client(), "record_device_events", device_key=key.key, key_kind="header", events=events)
    organization.client.patch(f"/devices?id=eq.{key.device.id}", json={"person_id": person["id"]})
    invite = {"organization_id": organization.id, "email": "ada@harbour.example", "role": "viewer"}
    world.rpc(organization.client, "create_invitation", **invite)


def test_whoever_makes_an_organization_is_its_admin(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization("Harbour")
    (member,) = theirs.rows("memberships")
    assert (member["user_id"], member["role"], member["is_active"]) == (theirs.admin.id, "admin", True)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "  "}, "invalid_name"),
        ({"name": None}, "invalid_name"),
        ({"name": "x" * 201}, "invalid_name"),
        ({"time_zone": "Europe/Atlantis"}, "invalid_time_zone"),
        ({"time_zone": None}, "invalid_time_zone"),
        ({"slug": ""}, "invalid_slug"),
        ({"slug": "ab"}, "invalid_slug"),
        ({"slug": "x" * 64}, "invalid_slug"),
        ({"slug": "Harbour"}, "invalid_slug"),
        ({"slug": "-harbour"}, "invalid_slug"),
        ({"slug": "harbour/works"}, "invalid_slug"),
        ({"locale": "german"}, "invalid_locale"),
        ({"locale": "de_AT"}, "invalid_locale"),
    ],
)
def test_a_senseless_organization_is_refused(stack: Stack, values: dict[str, str | None], code: str) -> None:
    client = stack.client(stack.sign_up().access_token)
    arguments = {"name": "Harbour", "time_zone": "Europe/Vienna", **values}
    assert refused(client, "create_organization", **arguments) == (422, code)


def test_an_account_without_an_address_makes_none(postgres_stack: PostgresStack) -> None:
    user = postgres_stack.sign_up()
    client = postgres_stack.client(user.access_token)
    for address in (None, ""):
        postgres_stack.sql("update auth.users set email = %s where id = %s", [address, user.id])
        assert refused(client, "create_organization", name="Harbour") == (422, "email_required")
    postgres_stack.sql("delete from auth.users where id = %s", [user.id])
    assert refused(client, "create_organization", name="Harbour") == (401, "not_signed_in")


def test_an_organization_is_deleted_with_its_history_and_no_other(
    stack: Stack, organization: NewOrganization, device_key: Callable[..., world.DeviceKey]
) -> None:
    key, other = device_key(), device_key()
    theirs = key.device.organization
    for each in (key, other):
        fill(stack, each.device.organization, each)
    world.rpc(theirs.client, "delete_organization", organization_id=theirs.id, name="Test Works")
    for table in ("organizations", "memberships", "people", "time_entries", "audit_log"):
        assert theirs.client.get(f"/{table}?select=id").json() == []
        assert other.device.organization.client.get(f"/{table}?select=id").json() != []
    arguments = {"device_key": key.key, "key_kind": "header", "events": []}
    assert refused(stack.client(), "record_device_events", **arguments) == (401, "invalid_credential")
    arguments["device_key"] = other.key
    world.rpc(stack.client(), "record_device_events", **arguments)


def test_nothing_of_a_deleted_organization_is_left_in_any_table(
    postgres_stack: PostgresStack,
) -> None:
    theirs = world.create_organization(postgres_stack)
    key = world.create_device_key(world.create_device(theirs))
    fill(postgres_stack, theirs, key)
    tables = postgres_stack.sql(
        "select format('%I.%I', table_schema, table_name) as name from information_schema.columns"
        " join information_schema.tables using (table_schema, table_name)"
        " where table_schema in ('public', 'private') and table_type = 'BASE TABLE'"
        " and column_name = 'organization_id'"
    )
    assert len(tables) > 15

    def rows(table: str) -> int:
        query = f"select count(*)::integer as n from {table} where organization_id = %s"
        return int(postgres_stack.sql(query, [theirs.id])[0]["n"])

    filled = {table["name"] for table in tables if rows(table["name"])}
    assert {"public.device_events", "public.time_entries", "private.streams", "public.audit_log"} <= filled
    world.rpc(theirs.client, "delete_organization", organization_id=theirs.id, name="Test Works")
    assert {table["name"] for table in tables if rows(table["name"])} == set()


@pytest.mark.parametrize("role", ["operator", "viewer", "member"])
def test_only_an_admin_deletes_an_organization(
    stack: Stack, organization: NewOrganization, role: str
) -> None:
    theirs = organization()
    arguments = {"organization_id": theirs.id, "name": "Test Works"}
    member = join(stack, theirs, role)
    assert refused(member.client, "delete_organization", **arguments) == (403, "forbidden")
    stranger = organization()
    assert refused(stranger.client, "delete_organization", **arguments) == (404, "not_found")


def test_its_name_confirms_the_deletion(organization: NewOrganization) -> None:
    theirs = organization("Harbour")
    for name in ("harbour", "", None):
        arguments = {"organization_id": theirs.id, "name": name}
        assert refused(theirs.client, "delete_organization", **arguments) == (422, "name_mismatch")
