"""The secret key sees every organization; a signed-in user of none sees none."""

from collections.abc import Callable

import httpx

from tools.stack.stack import Stack
from tools.stack.world import Organization, created, rpc


def _names(client: httpx.Client, organizations: list[Organization]) -> set[str]:
    ids = ",".join(organization.id for organization in organizations)
    return {row["id"] for row in created(client.get("/organizations", params={"id": f"in.({ids})"}))}


def test_the_secret_key_reads_all_organizations(
    stack: Stack, organization: Callable[..., Organization]
) -> None:
    both = [organization("One"), organization("Two")]
    assert _names(stack.service, both) == {each.id for each in both}


def test_a_user_of_no_organization_reads_none(
    stack: Stack, organization: Callable[..., Organization]
) -> None:
    both = [organization("One"), organization("Two")]
    stranger = stack.client(stack.sign_up().access_token)
    assert _names(stranger, both) == set()


def test_only_the_secret_key_sweeps(stack: Stack, organization: Callable[..., Organization]) -> None:
    admin = organization().client
    assert admin.post("/rpc/sweep", json={}).status_code in (401, 403, 404)
    assert rpc(stack.service, "sweep") is not None
