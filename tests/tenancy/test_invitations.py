"""Others join by invitation: a role, an address, a link that works once."""

from collections.abc import Callable

import pytest

from tests.support.acts import admin_of, join, refused
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack, random_email

NewOrganization = Callable[..., world.Organization]


def invite(organization: world.Organization, email: str, role: str = "member") -> dict[str, str]:
    made: dict[str, str] = world.rpc(
        organization.client, "create_invitation", organization_id=organization.id, email=email, role=role
    )
    return made


@pytest.mark.parametrize("role", ["admin", "operator", "viewer", "member"])
def test_an_invited_user_joins_in_the_role_of_the_invitation(
    stack: Stack, organization: NewOrganization, role: str
) -> None:
    theirs = organization()
    user = stack.sign_up()
    invitation = invite(theirs, user.email, role)
    client = stack.client(user.access_token)
    assert client.get("/organizations").json() == []
    membership = world.rpc(client, "accept_invitation", token=invitation["token"])
    assert membership["role"] == role
    assert membership["organization_id"] == theirs.id
    assert [row["id"] for row in client.get("/organizations").json()] == [theirs.id]


def test_the_address_is_compared_without_regard_to_case(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    user = stack.sign_up()
    invitation = invite(theirs, f"  {user.email.upper()} ")
    world.rpc(stack.client(user.access_token), "accept_invitation", token=invitation["token"])


def test_somebody_else_does_not_get_in_with_the_link(stack: Stack, organization: NewOrganization) -> None:
    invitation = invite(organization(), random_email())
    other = stack.client(stack.sign_up().access_token)
    assert refused(other, "accept_invitation", token=invitation["token"]) == (403, "invitation_for_another")
    assert other.get("/organizations").json() == []


def test_nobody_gets_in_without_signing_in(stack: Stack, organization: NewOrganization) -> None:
    invitation = invite(organization(), random_email())
    answer = stack.client().post("/rpc/accept_invitation", json={"token": invitation["token"]})
    assert answer.status_code in (401, 403, 404)


def test_a_link_works_once(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    user = stack.sign_up()
    client = stack.client(user.access_token)
    token = invite(theirs, user.email)["token"]
    membership = world.rpc(client, "accept_invitation", token=token)
    assert refused(client, "accept_invitation", token=token) == (409, "invitation_used")
    world.rpc(theirs.client, "remove_member", membership_id=membership["id"])
    assert refused(client, "accept_invitation", token=token) == (409, "invitation_used")


def test_an_unknown_token_is_refused(stack: Stack) -> None:
    client = stack.client(stack.sign_up().access_token)
    assert refused(client, "accept_invitation", token="0" * 64) == (404, "invitation_unknown")
    assert refused(client, "accept_invitation", token=None) == (404, "invitation_unknown")


def test_a_revoked_invitation_is_refused(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    user = stack.sign_up()
    invitation = invite(theirs, user.email)
    world.rpc(theirs.client, "revoke_invitation", invitation_id=invitation["id"])
    client = stack.client(user.access_token)
    assert refused(client, "accept_invitation", token=invitation["token"]) == (409, "invitation_revoked")


def test_an_expired_invitation_is_refused(postgres_stack: PostgresStack) -> None:
    theirs = world.create_organization(postgres_stack)
    user = postgres_stack.sign_up()
    invitation = invite(theirs, user.email)
    # Only SQL can turn the clock back, so this runs on PostgreSQL alone.
    postgres_stack.sql("update public.invitations set expires_at = now() where id = %s", [invitation["id"]])
    client = postgres_stack.client(user.access_token)
    assert refused(client, "accept_invitation", token=invitation["token"]) == (409, "invitation_expired")


def test_a_new_invitation_replaces_the_one_before(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    user = stack.sign_up()
    client = stack.client(user.access_token)
    old = invite(theirs, user.email, "admin")
    new = invite(theirs, user.email.upper(), "viewer")
    assert refused(client, "accept_invitation", token=old["token"]) == (409, "invitation_revoked")
    assert world.rpc(client, "accept_invitation", token=new["token"])["role"] == "viewer"


def test_a_member_is_not_invited_again(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    member = join(stack, theirs, "member")
    world.rpc(theirs.client, "suspend_member", membership_id=member.membership_id)
    arguments = {"organization_id": theirs.id, "email": member.user.email, "role": "admin"}
    assert refused(theirs.client, "create_invitation", **arguments) == (409, "already_member")


def test_an_accepted_invitation_cannot_be_revoked(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    join(stack, theirs, "member")
    (row,) = theirs.rows("invitations", select="id,accepted_at")
    assert row["accepted_at"] is not None
    assert refused(theirs.client, "revoke_invitation", invitation_id=row["id"]) == (409, "invitation_used")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "nobody"}, "invalid_email"),
        ({"email": None}, "invalid_email"),
        ({"role": "owner"}, "invalid_role"),
        ({"role": None}, "invalid_role"),
    ],
)
def test_a_senseless_invitation_is_refused(
    organization: NewOrganization, values: dict[str, str | None], code: str
) -> None:
    theirs = organization()
    arguments = {"organization_id": theirs.id, "email": random_email(), "role": "member", **values}
    assert refused(theirs.client, "create_invitation", **arguments) == (422, code)


def test_the_token_is_shown_once_and_kept_nowhere(organization: NewOrganization) -> None:
    theirs = organization()
    token = invite(theirs, random_email())["token"]
    (row,) = theirs.rows("invitations", select="id,organization_id,email,role,expires_at")
    assert token not in str(row)
    log = theirs.rows("audit_log", table_name="eq.invitations")
    assert len(log) == 1
    assert "token" not in str(log)
    assert token not in str(log)


def test_who_accepts_is_the_person_with_that_address(stack: Stack, organization: NewOrganization) -> None:
    theirs = organization()
    user = stack.sign_up()
    mine = theirs.insert("people", name="Mira Novak", email=user.email.capitalize())
    theirs.insert("people", name="Jonas Weber", email=random_email())
    invitation = invite(theirs, user.email)
    client = stack.client(user.access_token)
    world.rpc(client, "accept_invitation", token=invitation["token"])
    assert [row["id"] for row in client.get("/people").json()] == [mine["id"]]


def test_a_link_of_one_organization_gives_nothing_in_another(
    stack: Stack, organization: NewOrganization
) -> None:
    ours, theirs = organization(), organization()
    member = join(stack, ours, "member")
    theirs.insert("people", name="Mira Novak", email=member.user.email)
    assert member.client.get("/people").json() == []
    assert admin_of(theirs).client.get("/memberships").json()[0]["role"] == "admin"
