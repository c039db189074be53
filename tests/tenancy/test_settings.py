"""What an organization says of itself: slug, locale, contact address, capabilities."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.support.acts import audit, join, refusal, refused
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]
SHOW = {"Prefer": "return=representation"}


def patch(client: httpx.Client, organization: world.Organization, **values: Any) -> httpx.Response:
    """What the form of the page sends."""
    where = {"id": f"eq.{organization.id}", "select": ",".join(values)}
    return client.patch("/organizations", params=where, json=values, headers=SHOW)


def read(organization: world.Organization) -> dict[str, Any]:
    (row,) = world.created(organization.client.get(f"/organizations?id=eq.{organization.id}"))
    found: dict[str, Any] = row
    return found


def create(stack: Stack, **values: Any) -> dict[str, Any]:
    """By somebody who has just signed up."""
    made: dict[str, Any] = world.rpc(
        stack.client(stack.sign_up().access_token), "create_organization", **values
    )
    return made


def word() -> str:
    return secrets.token_hex(6)


def test_an_organization_begins_with_a_slug_a_language_and_two_capabilities(stack: Stack) -> None:
    name = f"Café Müller & Söhne, {word().upper()}"
    made = create(stack, name=name)
    assert made["slug"] == f"cafe-muller-sohne-{name[-12:].lower()}"
    rest = ("time_zone", "locale", "contact_email", "is_active", "capabilities")
    assert [made[column] for column in rest] == ["UTC", "en", None, True, ["time", "alerts"]]


def test_slug_and_locale_may_be_given(stack: Stack) -> None:
    slug = f"harbour-{word()}"
    made = create(stack, name="Harbour", time_zone="Europe/Vienna", slug=slug, locale="de-AT")
    assert (made["slug"], made["locale"], made["time_zone"]) == (slug, "de-AT", "Europe/Vienna")


def test_organizations_of_one_name_have_different_slugs(stack: Stack) -> None:
    name = f"Harbour {word()}"
    slugs = [create(stack, name=name)["slug"] for _ in range(3)]
    base = name.replace(" ", "-").lower()
    assert slugs[0] == base
    assert len(set(slugs)) == 3
    assert all(slug.startswith(f"{base}-") and len(slug) == len(base) + 7 for slug in slugs[1:])


def test_organizations_of_one_name_made_at_the_same_time_are_all_made(postgres_stack: PostgresStack) -> None:
    name = f"Harbour {word()}"
    clients = [postgres_stack.client(postgres_stack.sign_up().access_token) for _ in range(8)]
    with ThreadPoolExecutor(len(clients)) as threads:
        made = threads.map(lambda client: world.rpc(client, "create_organization", name=name), clients)
        assert len({each["slug"] for each in made}) == len(clients)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Straße 7", "strasse-7"),
        ("ÀÉÎÕÜ", "aeiou"),
        ("  Ærø -- Works!  ", "r-works"),
        ("AB", "organization-ab"),
        ("東京", "organization"),
        ("x" * 55 + " yz", "x" * 55),
        ("x" * 200, "x" * 56),
    ],
)
def test_a_slug_is_made_of_what_is_plain_in_a_name(
    postgres_stack: PostgresStack, name: str, slug: str
) -> None:
    assert postgres_stack.sql("select private.slug_of(%s) as slug", [name]) == [{"slug": slug}]


def test_a_slug_that_is_taken_is_refused_by_its_name(stack: Stack, organization: NewOrganization) -> None:
    theirs, slug = organization(), f"harbour-{word()}"
    world.created(patch(theirs.client, theirs, slug=slug))
    client = stack.client(stack.sign_up().access_token)
    other = organization()
    for answer in (
        client.post("/rpc/create_organization", json={"name": "Harbour", "slug": slug}),
        patch(other.client, other, slug=slug),
    ):
        status, message = refusal(answer)
        assert (status, answer.json()["code"]) == (409, "23505")
        assert "organizations_slug_is_unique" in message
    assert client.get("/organizations").json() == []


def test_an_admin_says_what_it_is_called_and_where_it_is_reached(organization: NewOrganization) -> None:
    theirs = organization()
    values = {
        "name": "Harbour",
        "time_zone": "Asia/Tokyo",
        "slug": f"harbour-{word()}",
        "locale": "es",
        "contact_email": "office@harbour.example",
    }
    assert world.created(patch(theirs.client, theirs, **values)) == [values]
    (line,) = audit(theirs, table_name="eq.organizations", action="eq.update")
    assert (line["actor_id"], line["before"]["contact_email"]) == (theirs.admin.id, None)
    assert {column: line["after"][column] for column in values} == values
    assert world.created(patch(theirs.client, theirs, contact_email=None)) == [{"contact_email": None}]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ({"slug": "A"}, "organizations_slug_is_plain"),
        ({"slug": "harbour-"}, "organizations_slug_is_plain"),
        ({"slug": "h" * 64}, "organizations_slug_is_plain"),
        ({"locale": "German"}, "organizations_locale_is_bcp_47"),
        ({"locale": "de-at"}, "organizations_locale_is_bcp_47"),
        ({"contact_email": "office"}, "organizations_contact_email_has_at"),
        ({"contact_email": "of fice@harbour.example"}, "organizations_contact_email_has_at"),
        ({"contact_email": f"{'x' * 320}@harbour.example"}, "organizations_contact_email_has_at"),
    ],
)
def test_a_value_that_breaks_a_rule_is_refused(
    postgres_stack: PostgresStack, values: dict[str, str], rule: str
) -> None:
    theirs = world.create_organization(postgres_stack)
    before = read(theirs)
    answer = patch(theirs.client, theirs, **values)
    assert (refusal(answer)[0], answer.json()["code"]) == (400, "23514")
    assert rule in answer.text
    assert read(theirs) == before


@pytest.mark.parametrize("locale", ["en", "de", "de-AT", "es", "es-419", "zh-Hant-TW", "gsw-CH"])
def test_any_language_of_the_world_is_a_locale(organization: NewOrganization, locale: str) -> None:
    theirs = organization()
    assert world.created(patch(theirs.client, theirs, locale=locale)) == [{"locale": locale}]


@pytest.mark.parametrize("role", ["operator", "viewer", "member"])
def test_nobody_else_changes_the_organization(stack: Stack, organization: NewOrganization, role: str) -> None:
    theirs = organization()
    member = join(stack, theirs, role)
    before = read(theirs)
    assert world.created(patch(member.client, theirs, slug=f"mine-{word()}", locale="de")) == []
    arguments = {"organization_id": theirs.id, "capabilities": ["time"]}
    assert refused(member.client, "set_capabilities", **arguments) == (403, "forbidden")
    stranger = organization()
    assert refused(stranger.client, "set_capabilities", **arguments) == (404, "not_found")
    assert read(theirs) == before


def test_capabilities_and_activity_are_not_in_the_form(postgres_stack: PostgresStack) -> None:
    """Grants of columns hold on real PostgreSQL: a function sets the one, the secret key the other."""
    theirs = world.create_organization(postgres_stack)
    before = read(theirs)
    for values in ({"is_active": False}, {"capabilities": ["cases"]}, {"created_at": "2020-01-01T00:00:00Z"}):
        answer = patch(theirs.client, theirs, **values)
        assert (answer.status_code, answer.json()["code"]) == (403, "42501")
    assert read(theirs) == before


def test_an_admin_says_what_the_organization_uses(organization: NewOrganization) -> None:
    theirs = organization()
    arguments = {"organization_id": theirs.id, "capabilities": ["payments", "time", "payments"]}
    made = world.rpc(theirs.client, "set_capabilities", **arguments)
    assert made["capabilities"] == ["time", "payments"] == read(theirs)["capabilities"]
    (line,) = audit(theirs, table_name="eq.organizations", action="eq.update")
    assert line["actor_id"] == theirs.admin.id
    assert (line["before"]["capabilities"], line["after"]["capabilities"]) == (
        ["time", "alerts"],
        ["time", "payments"],
    )
    world.rpc(theirs.client, "set_capabilities", organization_id=theirs.id, capabilities=[])
    assert read(theirs)["capabilities"] == []


@pytest.mark.parametrize(
    ("capabilities", "named"), [(["time", "teleport"], "teleport"), (["time", None], "null"), (None, "null")]
)
def test_an_unknown_capability_is_named(
    organization: NewOrganization, capabilities: list[str | None] | None, named: str
) -> None:
    theirs = organization()
    arguments = {"organization_id": theirs.id, "capabilities": capabilities}
    answer = theirs.client.post("/rpc/set_capabilities", json=arguments)
    assert refusal(answer) == (422, "unknown_capability")
    assert f"Unknown: {named}." in answer.json()["details"]
    assert read(theirs)["capabilities"] == ["time", "alerts"]


def test_what_is_off_is_hidden_and_not_protected(organization: NewOrganization) -> None:
    theirs = organization()
    world.rpc(theirs.client, "set_capabilities", organization_id=theirs.id, capabilities=[])
    assert world.rpc(theirs.client, "present_now", organization_id=theirs.id) == []
    assert theirs.rows("alerts") == []
