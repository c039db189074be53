"""What tests of the database say in one line: who does what, and how it is refused."""

from dataclasses import dataclass
from typing import Any

import httpx

from tools.stack import world
from tools.stack.stack import Stack, User


@dataclass(frozen=True)
class Member:
    """A user in an organization, with a client in that person's name."""

    user: User
    client: httpx.Client
    membership_id: str


def join(stack: Stack, organization: world.Organization, role: str) -> Member:
    """A new user who has accepted an invitation in this role."""
    user = stack.sign_up()
    client = stack.client(user.access_token)
    invitation = world.rpc(
        organization.client, "create_invitation", organization_id=organization.id, email=user.email, role=role
    )
    membership = world.rpc(client, "accept_invitation", token=invitation["token"])
    return Member(user, client, membership["id"])


def admin_of(organization: world.Organization) -> Member:
    """The one who made it."""
    (row,) = organization.rows("memberships", user_id=f"eq.{organization.admin.id}")
    return Member(organization.admin, organization.client, row["id"])


def refused(client: httpx.Client, function: str, **arguments: Any) -> tuple[int, str]:
    """Status and code of a call that must not succeed."""
    return refusal(client.post(f"/rpc/{function}", json=arguments))


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of an answer that must not be a success."""
    assert answer.status_code >= 400, f"{answer.status_code} {answer.text}"
    return answer.status_code, answer.json()["message"]


def audit(organization: world.Organization, **filters: str) -> list[dict[str, Any]]:
    """The organization's log, oldest first."""
    return organization.rows("audit_log", order="id", **filters)
