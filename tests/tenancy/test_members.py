"""Members change roles, rest, come back and go; an organization is never without an admin."""

import threading
from collections.abc import Callable

import httpx
import pytest

from tests.support.acts import Member, admin_of, join, refused
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]

# Each takes the role of admin from somebody.
LOSSES = [
    ("change_member_role", {"role": "operator"}),
    ("suspend_member", {}),
    ("remove_member", {}),
]


@pytest.mark.parametrize("role", ["admin", "operator", "viewer", "member"])
def test_an_admin_changes_a_role(stack: Stack, organization: NewOrganization, role: str) -> None:
    theirs = organization()
    member = join(stack, theirs, "viewer")
    changed = world.rpc(theirs.client, "change_member_role", membership_id=member.membership_id, role=role)
    assert changed["role"] == role


def test_an_unknown_role_is_refused(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    member = join(stack, theirs, "viewer")
    arguments = {"membership_id": member.membership_id, "role": "owner"}
    assert refused(theirs.client, "change_member_role", **arguments) == (422, "invalid_role")


@pytest.mark.parametrize(("act", "arguments"), LOSSES)
@pytest.mark.parametrize("role", ["operator", "viewer", "member"])
def test_only_admins_manage_members(
    stack: Stack, organization: NewOrganization, act: str, arguments: dict[str, str], role: str
) -> None:
    theirs = organization()
    member = join(stack, theirs, role)
    target = admin_of(theirs).membership_id
    assert refused(member.client, act, membership_id=target, **arguments) == (403, "forbidden")


@pytest.mark.parametrize(("act", "arguments"), LOSSES)
def test_the_last_admin_stays(organization: NewOrganization, act: str, arguments: dict[str, str]) -> None:
    theirs = organization()
    target = admin_of(theirs).membership_id
    assert refused(theirs.client, act, membership_id=target, **arguments) == (409, "last_admin")


def test_the_last_admin_does_not_leave(organization: NewOrganization) -> None:
    theirs = organization()
    assert refused(theirs.client, "leave_organization", organization_id=theirs.id) == (409, "last_admin")


def test_a_suspended_admin_does_not_count(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    other = join(stack, theirs, "admin")
    world.rpc(theirs.client, "suspend_member", membership_id=other.membership_id)
    assert refused(theirs.client, "leave_organization", organization_id=theirs.id) == (409, "last_admin")
    world.rpc(theirs.client, "reactivate_member", membership_id=other.membership_id)
    world.rpc(theirs.client, "leave_organization", organization_id=theirs.id)
    assert theirs.client.get("/organizations").json() == []
    assert len(other.client.get("/memberships").json()) == 1


def test_suspension_ends_reading_and_writing_with_the_next_statement(
    stack: Stack, organization: NewOrganization
) -> None:
    theirs = organization()
    operator = join(stack, theirs, "operator")
    body = {"organization_id": theirs.id, "name": "Front door"}
    assert operator.client.post("/places", json=body).status_code == 201
    assert len(operator.client.get("/places").json()) == 1
    world.rpc(theirs.client, "suspend_member", membership_id=operator.membership_id)
    assert operator.client.get("/places").json() == []
    assert operator.client.get("/organizations").json() == []
    assert operator.client.get("/memberships").json() == []
    assert operator.client.post("/places", json=body | {"name": "Back door"}).status_code == 403
    rename = operator.client.patch(
        "/places?name=eq.Front door", json={"name": "Gone"}, headers={"Prefer": "return=representation"}
    )
    assert rename.json() == []
    assert refused(operator.client, "link_person", person_id=operator.user.id, membership_id=None) == (
        404,
        "not_found",
    )
    assert [row["name"] for row in theirs.rows("places")] == ["Front door"]
    world.rpc(theirs.client, "reactivate_member", membership_id=operator.membership_id)
    assert len(operator.client.get("/places").json()) == 1


def test_who_leaves_or_is_removed_sees_nothing_and_the_person_stays(
    stack: Stack, organization: NewOrganization
) -> None:
    theirs = organization()
    for go in ("leave", "remove"):
        member = join(stack, theirs, "member")
        person = theirs.insert("people", name="Mira Novak")
        world.rpc(theirs.client, "link_person", person_id=person["id"], membership_id=member.membership_id)
        assert [row["id"] for row in member.client.get("/people").json()] == [person["id"]]
        if go == "leave":
            world.rpc(member.client, "leave_organization", organization_id=theirs.id)
        else:
            world.rpc(theirs.client, "remove_member", membership_id=member.membership_id)
        assert member.client.get("/people").json() == []
        assert theirs.rows("people", id=f"eq.{person['id']}")[0]["user_id"] is None


def test_an_operator_links_a_person_to_an_account(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    operator, member = join(stack, theirs, "operator"), join(stack, theirs, "member")
    person, other = (theirs.insert("people", name=name) for name in ("Mira Novak", "Jonas Weber"))
    link = {"membership_id": member.membership_id}
    linked = world.rpc(operator.client, "link_person", person_id=person["id"], **link)
    assert linked["user_id"] == member.user.id
    assert refused(operator.client, "link_person", person_id=other["id"], **link) == (409, "member_is_linked")
    world.rpc(operator.client, "link_person", person_id=person["id"], membership_id=None)
    assert member.client.get("/people").json() == []
    world.rpc(operator.client, "link_person", person_id=other["id"], **link)
    assert [row["name"] for row in member.client.get("/people").json()] == ["Jonas Weber"]


def test_a_person_is_not_linked_to_a_member_of_another_organization(
    stack: Stack, organization: NewOrganization
) -> None:
    ours, theirs = organization(), organization()
    person = ours.insert("people", name="Mira Novak")
    stranger = join(stack, theirs, "member")
    arguments = {"person_id": person["id"], "membership_id": stranger.membership_id}
    assert refused(ours.client, "link_person", **arguments) == (404, "not_found")


@pytest.mark.parametrize("way", ["leave", "demote themselves", "demote each other", "suspend", "remove"])
def test_of_two_admins_who_go_at_once_one_stays(postgres_stack: PostgresStack, way: str) -> None:
    for _ in range(5):
        try_to_go_at_once(postgres_stack, way)


def try_to_go_at_once(stack: PostgresStack, way: str) -> None:
    theirs = world.create_organization(stack)
    first, second = admin_of(theirs), join(stack, theirs, "admin")
    answers = at_once(lambda: go(first, second, theirs, way), lambda: go(second, first, theirs, way))
    assert sorted(answer.is_success for answer in answers) == [False, True], [a.text for a in answers]
    left = stack.sql(
        "select id from public.memberships where organization_id = %s and role = 'admin' and is_active",
        [theirs.id],
    )
    assert len(left) == 1


def go(member: Member, other: Member, organization: world.Organization, way: str) -> httpx.Response:
    target = member.membership_id if way == "demote themselves" else other.membership_id
    function, arguments = {
        "leave": ("leave_organization", {"organization_id": organization.id}),
        "suspend": ("suspend_member", {"membership_id": target}),
        "remove": ("remove_member", {"membership_id": target}),
    }.get(way, ("change_member_role", {"membership_id": target, "role": "viewer"}))
    return member.client.post(f"/rpc/{function}", json=arguments)


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    """The answers to calls that start together."""
    start = threading.Barrier(len(calls))
    answers: list[httpx.Response] = []

    def run(call: Callable[[], httpx.Response]) -> None:
        start.wait()
        answers.append(call())

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
