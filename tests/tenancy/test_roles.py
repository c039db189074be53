"""The table of roles in docs/technical.md is true: what it allows works, what it does not is refused."""

from collections.abc import Iterator

import httpx
import pytest

from tests.database.calls import CALLS
from tests.database.catalogue import Catalogue, read_catalogue
from tests.database.filled import OTHERS, Actor, Filled, Possessions, fill
from tests.database.matrix import COLUMNS, Cell, read_matrix
from tests.database.rows import ROWS
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

MATRIX = read_matrix()
COMMANDS = ("select", "update", "insert", "delete")
SHOW = {"Prefer": "return=representation"}


@pytest.fixture(scope="module")
def catalogue(postgres_stack: PostgresStack) -> Catalogue:
    return read_catalogue(postgres_stack)


@pytest.fixture(scope="module")
def harbour(stack: Stack) -> Filled:
    return fill(stack, "Harbour")


def actor_of(filled: Filled, role: str) -> Actor:
    """Somebody in this role; anybody has nothing of their own."""
    return Actor("anon", filled.stack.client()) if role == "anon" else filled.actors[role]


def test_everything_in_the_catalogue_has_its_row(catalogue: Catalogue) -> None:
    names = {relation.name for relation in catalogue.relations} | set(catalogue.functions)
    assert set(MATRIX) == names


@pytest.mark.parametrize("role", COLUMNS)
def test_tables_and_views_are_open_as_the_matrix_says(
    harbour: Filled, catalogue: Catalogue, role: str
) -> None:
    actor = actor_of(harbour, role)
    wrong: list[str] = []
    for relation in catalogue.relations:
        cell = MATRIX[relation.name][role]
        for command in COMMANDS:
            wrong += differences(harbour, relation.name, command, actor, cell)
    assert wrong == []


def differences(filled: Filled, table: str, command: str, actor: Actor, cell: Cell) -> Iterator[str]:
    """Where the database does not do what the cell says, with somebody else's row and with an own one."""
    may = command in cell.anything
    if command in ("insert", "delete"):
        # A new row is nobody's, but for a profile.
        may = may or (table == "profiles" and command in cell.own)
        answer = insert(filled, table, actor) if command == "insert" else delete(filled, table, actor)
        if is_done(answer, command) != may:
            yield f"{command} {table}: {answer.status_code} {answer.text}"
        return
    whose = [(may, filled.others)]
    if actor.own and actor.own is not filled.others:
        whose.append((command in cell.own, actor.own))
    for expected, subject in whose:
        answer = ask(filled, table, command, actor, subject)
        if is_done(answer, command) != expected:
            owner = "own" if subject is actor.own else "any"
            yield f"{command} {table} ({owner}): {answer.status_code} {answer.text}"


def is_done(answer: httpx.Response, command: str) -> bool:
    """Whether it worked: a row came back."""
    return answer.is_success and (command == "insert" or answer.json() != [])


def ask(filled: Filled, table: str, command: str, actor: Actor, subject: Possessions) -> httpx.Response:
    """Read or change one row."""
    row = ROWS[table]
    where = {row.key: f"eq.{row.find(filled, actor, subject)}", "select": row.key}
    if command == "select":
        return actor.client.get(f"/{table}", params=where)
    return actor.client.patch(f"/{table}", params=where, json=row.change, headers=SHOW)


def insert(filled: Filled, table: str, actor: Actor) -> httpx.Response:
    """Add a row."""
    row = ROWS[table]
    if table == "profiles" and actor.user:
        world.created(actor.client.delete("/profiles", params={"user_id": f"eq.{actor.user.id}"}))
    return actor.client.post(f"/{table}", json=row.body(filled, actor))


def delete(filled: Filled, table: str, actor: Actor) -> httpx.Response:
    """Delete a row that nothing depends on, if an admin can make one."""
    row = ROWS[table]
    admin = filled.actors["admin"]
    if "insert" in MATRIX[table]["admin"].anything:
        key = filled.organization.insert(table, **row.body(filled, admin))[row.key]
    else:
        key = row.find(filled, actor, actor.own if table == "profiles" and actor.own else filled.others)
    where = {row.key: f"eq.{key}", "select": row.key}
    answer = actor.client.delete(f"/{table}", params=where, headers=SHOW)
    if table == "profiles" and is_done(answer, "delete"):
        world.created(actor.client.post("/profiles", json=row.body(filled, actor)))
    return answer


@pytest.mark.parametrize("role", COLUMNS)
def test_functions_are_open_as_the_matrix_says(harbour: Filled, catalogue: Catalogue, role: str) -> None:
    actor = actor_of(harbour, role)
    wrong = [
        text
        for function in catalogue.functions
        for text in call_differences(harbour, catalogue, function, actor, MATRIX[function][role])
    ]
    assert wrong == []


def call_differences(
    filled: Filled, catalogue: Catalogue, function: str, actor: Actor, cell: Cell
) -> Iterator[str]:
    """Where a call is not answered as the cell says, about somebody else's things and about own ones."""
    whose = [("execute" in cell.anything, filled.others)]
    if actor.own and actor.own is not filled.others:
        whose.append(("execute" in cell.own, actor.own))
    for expected, subject in whose:
        arguments = CALLS[function](filled, actor, subject)
        answer = actor.client.post(f"/rpc/{function}", json=arguments)
        about_others = subject is filled.others
        if expected:
            is_right = answer.is_success
        elif function in catalogue.reading_functions and about_others and answer.is_success:
            # A report to a member is made of the own time, whoever else was asked for.
            is_right = "execute" in cell.own and OTHERS not in answer.text
        else:
            is_right = answer.status_code in (401, 403, 404)
        if not is_right:
            owner = "others" if about_others else "own"
            yield f"{function} ({owner}): {answer.status_code} {answer.text}"


def test_the_scheduler_sweeps(harbour: Filled) -> None:
    world.created(harbour.stack.service.post("/rpc/sweep", json={}))


def test_the_settings_of_the_organization_take_an_admin(harbour: Filled) -> None:
    arguments = {"organization_id": harbour.id, "merge_gap_seconds": 9}
    answers = {
        role: harbour.actors[role].client.post("/rpc/set_pairing_settings", json=arguments).status_code
        for role in ("admin", "operator", "viewer", "member")
    }
    assert answers == {"admin": 200, "operator": 403, "viewer": 403, "member": 403}


def test_without_a_membership_one_has_a_profile_and_may_begin(stack: Stack) -> None:
    user = stack.sign_up()
    client = stack.client(user.access_token)
    world.created(client.post("/profiles", json={"user_id": user.id, "locale": "de"}))
    assert client.get("/profiles?select=locale").json() == [{"locale": "de"}]
    world.rpc(client, "ping")
    world.rpc(client, "create_organization", name="Harbour", time_zone="UTC")
