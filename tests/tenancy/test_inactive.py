"""An inactive organization is read as before and changed by nobody, whatever they try."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.database.calls import CALLS, Arguments
from tests.database.catalogue import Catalogue, Relation, read_catalogue
from tests.database.filled import ROLES, Actor, Filled, fill
from tests.database.matrix import read_matrix
from tests.database.rows import ROWS, open_invitation
from tests.database.test_isolation import state
from tests.support.acts import refused
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

MATRIX = read_matrix()
SHOW = {"Prefer": "return=representation"}
READ_ONLY = (403, "organization_inactive")
REFUSED = {401, 403, 404, 405}
UNKNOWN = (401, "invalid_credential")
# What is no act in this organization: the invitations of CALLS are of another one.
ELSEWHERE = {"accept_invitation", "create_organization", "ping"}


@dataclass
class Idle:
    """An organization that is inactive, and what was known of it while it was not."""

    filled: Filled
    calls: dict[str, dict[str, Arguments]]
    """Role → function → arguments that would have worked."""
    reads: dict[str, dict[str, int]]
    """Role → table or view → how many rows it showed."""
    state: dict[str, Any]


def set_active(filled: Filled, is_active: bool) -> None:
    """With the secret key: nobody else may."""
    where = {"id": f"eq.{filled.id}"}
    world.created(
        filled.stack.service.patch(
            "/organizations", params=where, json={"is_active": is_active}, headers=SHOW
        )
    )


@pytest.fixture(scope="module")
def catalogue(postgres_stack: PostgresStack) -> Catalogue:
    return read_catalogue(postgres_stack)


@pytest.fixture(scope="module")
def idle(stack: Stack, catalogue: Catalogue) -> Idle:
    filled = fill(stack, "Idle Harbour")
    actors = {role: filled.actors[role] for role in ROLES}
    calls = {role: {name: arguments(filled, name, actor) for name in CALLS} for role, actor in actors.items()}
    pawn = filled.membership(filled.pawn, "operator")
    for call in (call for of_role in calls.values() for call in of_role.values()):
        if "membership_id" in call:
            call["membership_id"] = pawn
    reads = {role: read_all(actor, catalogue, filled) for role, actor in actors.items()}
    set_active(filled, False)
    return Idle(filled, calls, reads, state(filled, catalogue))


def arguments(filled: Filled, function: str, actor: Actor) -> Arguments:
    """About what is the actor's own, so that no more than the inactivity is in the way."""
    assert actor.own is not None
    made = CALLS[function](filled, actor, actor.own)
    if "organization_id" in made:
        made["organization_id"] = filled.id
    return made


def read_all(actor: Actor, catalogue: Catalogue, filled: Filled) -> dict[str, int]:
    """How many rows of each table and view the actor sees."""
    return {relation.name: len(read(actor, relation, filled)) for relation in catalogue.relations}


def read(actor: Actor, relation: Relation, filled: Filled) -> list[Any]:
    row = ROWS[relation.name]
    where = {} if row.scope in ("kind", "user_id") else {row.scope: f"eq.{filled.id}"}
    rows: list[Any] = world.created(
        actor.client.get(f"/{relation.name}", params={**where, "select": ",".join(relation.columns)})
    )
    return rows


@pytest.mark.parametrize("role", ROLES)
def test_every_table_is_read_as_before(idle: Idle, catalogue: Catalogue, role: str) -> None:
    before = idle.reads[role]
    readable = {
        relation.name for relation in catalogue.relations if "select" in MATRIX[relation.name][role].own
    }
    assert {name for name, count in before.items() if count} == readable
    after = read_all(idle.filled.actors[role], catalogue, idle.filled)
    # That it is inactive is in the log.
    assert after.pop("audit_log") >= before["audit_log"]
    assert after == {name: count for name, count in before.items() if name != "audit_log"}


@pytest.mark.parametrize("role", ROLES)
def test_no_row_is_written(idle: Idle, catalogue: Catalogue, role: str) -> None:
    actor = idle.filled.actors[role]
    written = [
        text
        for relation in catalogue.relations
        if relation.name != "profiles"
        for text in writes(idle.filled, actor, relation)
    ]
    assert written == []
    assert state(idle.filled, catalogue) == idle.state


def writes(filled: Filled, actor: Actor, relation: Relation) -> Iterator[str]:
    """Each insert that was not refused, each update or deletion that found a row."""
    row, path = ROWS[relation.name], f"/{relation.name}"
    assert actor.own is not None
    only = {row.key: f"eq.{row.find(filled, actor, actor.own)}", "select": row.key}
    inserted = actor.client.post(path, json=row.body(filled, actor))
    is_refused = inserted.status_code in REFUSED or (relation.is_view and inserted.is_error)
    if not is_refused:
        yield f"insert {relation.name}: {inserted.status_code} {inserted.text}"
    for answer in (
        actor.client.patch(path, params=only, json=row.change, headers=SHOW),
        actor.client.delete(path, params=only, headers=SHOW),
    ):
        if not answer.is_error and answer.json() != []:
            yield f"{answer.request.method} {relation.name}: {answer.status_code} {answer.text}"


@pytest.mark.parametrize("role", ROLES)
def test_functions_that_read_answer_and_all_others_refuse(
    idle: Idle, catalogue: Catalogue, role: str
) -> None:
    wrong = [
        f"{function}: {answer.status_code} {answer.text}"
        for function in catalogue.functions
        if function not in ELSEWHERE
        for answer in [
            idle.filled.actors[role].client.post(f"/rpc/{function}", json=idle.calls[role][function])
        ]
        if not is_right(answer, function, role, catalogue)
    ]
    assert wrong == []
    assert state(idle.filled, catalogue) == idle.state


def is_right(answer: httpx.Response, function: str, role: str, catalogue: Catalogue) -> bool:
    """Whether this is the answer of a read-only organization."""
    if "execute" not in MATRIX[function][role].own:
        return answer.status_code in REFUSED
    if function in catalogue.reading_functions:
        return answer.is_success
    return answer.is_error and (answer.status_code, answer.json()["message"]) == READ_ONLY


def test_nobody_joins(idle: Idle, stack: Stack) -> None:
    user = stack.sign_up()
    set_active(idle.filled, True)
    token = open_invitation(idle.filled, user.email)["token"]
    set_active(idle.filled, False)
    client = stack.client(user.access_token)
    assert refused(client, "accept_invitation", token=token) == READ_ONLY
    assert client.get("/organizations").json() == []


def test_devices_are_refused_as_if_their_keys_were_unknown(idle: Idle, stack: Stack) -> None:
    device, anybody = idle.filled.actors["device"], stack.client()
    key = idle.filled.terminal.key
    event = {"event_type": "tag_insert", "tag_uid": "DD542A83"}
    before = idle.filled.stack.service.get(f"/device_status?organization_id=eq.{idle.filled.id}").json()
    for client, arguments in (
        (anybody, {"device_key": key, "key_kind": "header"}),
        (device.client, {"device_key": None, "key_kind": "token"}),
    ):
        assert refused(client, "record_device_events", **arguments, events=[event]) == UNKNOWN
    assert refused(anybody, "identify_device", device_key=key, key_kind="header") == UNKNOWN
    after = idle.filled.stack.service.get(f"/device_status?organization_id=eq.{idle.filled.id}").json()
    assert after == before


def test_a_calendar_link_is_still_read(idle: Idle, stack: Stack) -> None:
    found = world.rpc(stack.client(), "calendar_entries", token=idle.filled.others.feed_token)
    assert len(found["entries"]) >= 1


def test_members_see_that_it_is_inactive_and_strangers_learn_nothing(idle: Idle, stack: Stack) -> None:
    for role in ROLES:
        rows = idle.filled.actors[role].client.get(f"/organizations?id=eq.{idle.filled.id}").json()
        assert [row["is_active"] for row in rows] == [False]
    stranger = stack.client(stack.sign_up().access_token)
    arguments = {"organization_id": idle.filled.id, "capabilities": ["time"]}
    assert refused(stranger, "set_capabilities", **arguments) == (404, "not_found")
    suspended = idle.filled.actors["suspended"].client
    assert refused(suspended, "set_capabilities", **arguments) == (404, "not_found")


def test_made_active_again_everything_works_again(stack: Stack) -> None:
    theirs = world.create_organization(stack)
    key = world.create_device_key(world.create_device(theirs))
    send = {"device_key": key.key, "key_kind": "header", "events": []}
    where = {"id": f"eq.{theirs.id}"}
    world.created(stack.service.patch("/organizations", params=where, json={"is_active": False}))
    assert refused(stack.client(), "record_device_events", **send) == UNKNOWN
    assert theirs.client.post("/places", json={"organization_id": theirs.id, "name": "Door"}).is_error
    world.created(stack.service.patch("/organizations", params=where, json={"is_active": True}))
    world.rpc(stack.client(), "record_device_events", **send)
    theirs.insert("places", name="Door")
    lines = theirs.rows("audit_log", table_name="eq.organizations", action="eq.update", order="id")
    assert [(line["actor_kind"], line["after"]["is_active"]) for line in lines] == [
        ("system", False),
        ("system", True),
    ]
