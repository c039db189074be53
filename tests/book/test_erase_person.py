"""The personal data of a person goes on request; their time and the trail of acts stay."""

import json
from collections.abc import Callable

import pytest

from tests.support.acts import audit, join, refused
from tools.stack import world
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]
DATA = {"name": "Mira Novak", "email": "mira@harbour.example", "phone": "+436601234567"}


def trail(organization: world.Organization) -> list[tuple[object, ...]]:
    kept = (
        "id",
        "occurred_at",
        "actor_id",
        "actor_kind",
        "action",
        "table_name",
        "row_id",
        "reason",
        "request_id",
    )
    return [tuple(line[key] for key in kept) for line in audit(organization)]


def holds_personal_data(organization: world.Organization) -> bool:
    tables = [audit(organization), organization.rows("people")]
    tables.append(organization.rows("invitations", select="email"))
    text = json.dumps(tables).lower()
    return any(value.lower() in text for value in DATA.values())


def test_name_address_and_number_are_gone_everywhere_and_the_acts_stay(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    where = f"/people?id=eq.{person['id']}"
    theirs.client.patch(where, json={"email": "MIRA@harbour.example", "phone": None})
    invite = {"organization_id": theirs.id, "email": "Mira@Harbour.example", "role": "member"}
    world.rpc(theirs.client, "create_invitation", **invite)
    before = trail(theirs)
    world.rpc(theirs.client, "erase_person", person_id=person["id"], confirmation="Mira Novak")
    assert not holds_personal_data(theirs)
    assert trail(theirs)[: len(before)] == before
    assert trail(theirs)[-1][4:7] == ("erase", "people", person["id"])
    (row,) = theirs.rows("people")
    assert (row["email"], row["phone"], row["user_id"]) == (None, None, None)
    assert row["archived_at"] is not None
    assert row["erased_at"] is not None


def test_a_person_who_is_deleted_already_is_erased_from_the_log(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    theirs.client.delete(f"/people?id=eq.{person['id']}")
    assert holds_personal_data(theirs)
    world.rpc(theirs.client, "erase_person", person_id=person["id"], confirmation="Mira Novak")
    assert not holds_personal_data(theirs)
    assert [line["action"] for line in audit(theirs, row_id=f"eq.{person['id']}")] == [
        "insert",
        "delete",
        "erase",
    ]


def test_others_keep_theirs(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    other = theirs.insert("people", name="Jonas Weber", email="jonas@harbour.example")
    world.rpc(theirs.client, "erase_person", person_id=person["id"], confirmation="Mira Novak")
    (line,) = audit(theirs, row_id=f"eq.{other['id']}")
    assert line["after"]["email"] == "jonas@harbour.example"


def test_a_former_members_address_goes_with_the_person(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    member = join(stack, theirs, "member")
    person = theirs.insert("people", name="Mira Novak", email=member.user.email)
    world.rpc(theirs.client, "link_person", person_id=person["id"], membership_id=member.membership_id)
    erase = {"person_id": person["id"], "confirmation": "Mira Novak"}
    assert refused(theirs.client, "erase_person", **erase) == (409, "still_a_member")
    world.rpc(theirs.client, "remove_member", membership_id=member.membership_id)
    world.rpc(theirs.client, "erase_person", **erase)
    assert member.user.email not in json.dumps(audit(theirs))


@pytest.mark.parametrize("email", [None, "mira@harbour.example"])
def test_a_linked_accounts_address_goes_with_the_person(
    stack: Stack, organization: NewOrganization, email: str | None
) -> None:
    theirs = organization()
    member, other = join(stack, theirs, "member"), join(stack, theirs, "member")
    person, another = (
        theirs.insert("people", name=name, email=email)["id"]
        for name, email in (("Mira", email), ("Jonas", None))
    )
    # The wrong account at first.
    for linked, account in ((person, other), (person, member), (another, other)):
        link = {"person_id": linked, "membership_id": account.membership_id}
        world.rpc(theirs.client, "link_person", **link)
    for account in (member, other):
        world.rpc(theirs.client, "remove_member", membership_id=account.membership_id)
    world.rpc(theirs.client, "erase_person", person_id=person, confirmation="Mira")
    log = json.dumps(audit(theirs)).lower()
    assert member.user.email not in log
    assert other.user.email in log
    assert member.user.email not in json.dumps(theirs.rows("invitations", select="email"))


def test_who_is_a_member_still_keeps_the_address(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    member = join(stack, theirs, "member")
    person = theirs.insert("people", name="Mira Novak")["id"]
    for membership in (member.membership_id, None):
        world.rpc(theirs.client, "link_person", person_id=person, membership_id=membership)
    world.rpc(theirs.client, "erase_person", person_id=person, confirmation="Mira Novak")
    assert member.user.email in json.dumps(audit(theirs, table_name="eq.memberships"))
    # Until that ends, too, and it is erased again.
    world.rpc(theirs.client, "remove_member", membership_id=member.membership_id)
    world.rpc(theirs.client, "erase_person", person_id=person, confirmation="Erased person")
    assert member.user.email not in json.dumps(audit(theirs))


def test_time_stays_and_goes_on_pairing(
    stack: Stack,
    organization: NewOrganization,
    device_key: Callable[..., world.DeviceKey],
    device: Callable[..., world.Device],
) -> None:
    theirs = organization()
    key = device_key(device(theirs, mode="terminal"))
    person = theirs.insert("people", **DATA)
    theirs.insert("tags", uid="DD542A83", person_id=person["id"])

    def tap(at: str) -> None:
        event = {"event_type": "tag_insert", "tag_uid": "DD542A83", "device_at": f"2026-11-20T{at}Z"}
        arguments = {"device_key": key.key, "key_kind": "header", "events": [event]}
        world.rpc(stack.client(), "record_device_events", **arguments)

    tap("08:00:00")
    tap("10:00:00")
    before = theirs.rows("time_entries")
    assert [row["person_id"] for row in before] == [person["id"]]
    world.rpc(theirs.client, "erase_person", person_id=person["id"], confirmation="Mira Novak")
    assert theirs.rows("time_entries") == before
    tap("09:00:00")
    after = theirs.rows("time_entries", order="started_at")
    assert [(row["person_id"], row["started_at"][11:16]) for row in after] == [
        (person["id"], "08:00"),
        (person["id"], "10:00"),
    ]


def test_it_takes_the_name_as_confirmation(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    for confirmation in ("Mira", "", None):
        arguments = {"person_id": person["id"], "confirmation": confirmation}
        assert refused(theirs.client, "erase_person", **arguments) == (422, "name_mismatch")
    assert holds_personal_data(theirs)


@pytest.mark.parametrize(
    ("role", "refusal"), [("operator", (403, "forbidden")), ("member", (403, "forbidden"))]
)
def test_only_an_admin_erases(
    stack: Stack, organization: NewOrganization, role: str, refusal: tuple[int, str]
) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    member = join(stack, theirs, role)
    arguments = {"person_id": person["id"], "confirmation": "Mira Novak"}
    assert refused(member.client, "erase_person", **arguments) == refusal


def test_an_admin_of_another_organization_learns_nothing(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", **DATA)
    arguments = {"person_id": person["id"], "confirmation": "Mira Novak"}
    assert refused(organization().client, "erase_person", **arguments) == (404, "not_found")
