"""Nobody reads or changes anything of another organization, whatever they ask and whatever ids they know.

Everything in the catalogue is tried: every table, view and function, by everybody. What is new there
fails until it has its row in rows.py or calls.py.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
import pytest

from gatebook.devices.keys import generate_key
from tests.database.calls import CALLS, SECRETS, Arguments
from tests.database.catalogue import Catalogue, read_catalogue
from tests.database.filled import OTHERS, ROLES, Actor, Filled, fill
from tests.database.rows import ROWS
from tests.support.session import COUNTED
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack

SHOW = {"Prefer": "return=representation"}
# 405: a table that is append-only for everybody.
REFUSED = {401, 403, 404, 405}
# Whoever signs in may make an organization, and whoever asks may ask whether the database is there.
FOR_ALL = {"create_organization", "ping"}


@dataclass
class World:
    """Two organizations that have everything, a user of none, and anybody."""

    catalogue: Catalogue
    first: Filled
    second: Filled
    outsiders: dict[str, Actor]
    calls: dict[str, dict[str, Arguments]]
    """Per organization: for each function what a member of it would pass."""
    states: dict[str, dict[str, Any]]
    """Per organization: all that it has, as nobody but itself changes it."""
    tried: Counter[str] = field(default_factory=Counter)

    def attack(self, name: str) -> tuple[Actor, Filled]:
        """Who asks, and whose things they ask for: 'the admin of the first for the second'."""
        words = name.split()
        victim = {"first": self.first, "second": self.second}[words[-1]]
        if words[0] in self.outsiders:
            return self.outsiders[words[0]], victim
        home = {"first": self.first, "second": self.second}[words[2]]
        return home.actors[words[0]], victim


MEMBERS = [*ROLES, "suspended", "device"]
ATTACKS = [
    *(f"{role} of first for second" for role in MEMBERS),
    "suspended of first for first",
    "device of first for first",
    *(f"{outsider} for second" for outsider in ("stranger", "anon")),
]
# The same with the names exchanged: not on the embedded stack, where an answer takes ten times as long.
EXCHANGED = [
    *(f"{role} of second for first" for role in MEMBERS),
    *(f"{outsider} for first" for outsider in ("stranger", "anon")),
]
FOREIGN = [f"{role} of first for second" for role in ROLES]
EXCHANGED_FOREIGN = [f"{role} of second for first" for role in ROLES]


@pytest.fixture(scope="session")
def catalogue(postgres_stack: PostgresStack) -> Catalogue:
    return read_catalogue(postgres_stack)


@pytest.fixture(scope="session")
def world_of(catalogue: Catalogue, request: pytest.FixtureRequest) -> Iterator[Callable[[Stack], World]]:
    """The world on a stack, made once; in the end, how many combinations were tried there."""
    worlds: list[tuple[str, World]] = []

    @cache
    def make(stack: Stack) -> World:
        first, second = fill(stack, "First Harbour"), fill(stack, "Second Harbour")
        user = stack.sign_up()
        outsiders = {
            "stranger": Actor("stranger", stack.client(user.access_token), user),
            "anon": Actor("anon", stack.client()),
        }
        calls = {filled.name: arguments_of(filled) for filled in (first, second)}
        states = {filled.name: state(filled, catalogue) for filled in (first, second)}
        made = World(catalogue, first, second, outsiders, calls, states)
        worlds.append((stack.name, made))
        return made

    yield make
    for name, made in worlds:
        counts = ", ".join(f"{count} {what}" for what, count in sorted(made.tried.items()))
        line = f"isolation on {name}: {sum(made.tried.values())} combinations ({counts})"
        request.config.stash[COUNTED].append(line)


@pytest.fixture
def known(stack: Stack, world_of: Callable[[Stack], World]) -> World:
    return world_of(stack)


@pytest.fixture
def known_to_postgres(postgres_stack: PostgresStack, world_of: Callable[[Stack], World]) -> World:
    return world_of(postgres_stack)


def arguments_of(filled: Filled) -> dict[str, Arguments]:
    """Real ids of this organization for every function, and no secret."""
    pawn = Actor("pawn", filled.admin, filled.pawn)
    found = {}
    for function, make in CALLS.items():
        arguments = make(filled, pawn, filled.others)
        if "organization_id" in arguments:
            arguments["organization_id"] = filled.id
        if function in SECRETS:
            arguments[SECRETS[function]] = generate_key()
        found[function] = arguments
    return found


# Hashes are nobody's to read.
SHOWN = {
    "device_keys": "id,revoked_at,last_used_at,expires_at",
    "invitations": "id,role,revoked_at,accepted_at",
    "calendar_feeds": "id,revoked_at,last_used_at",
}


def state(filled: Filled, catalogue: Catalogue) -> dict[str, Any]:
    """All that the organization has, as the service reads it."""
    found = {}
    for table in (relation.name for relation in catalogue.tables):
        row = ROWS[table]
        if row.scope == "user_id":
            continue
        parameters = {row.scope: f"eq.{filled.id}", "select": SHOWN.get(table, "*"), "order": row.key}
        found[table] = world.created(filled.stack.service.get(f"/{table}", params=parameters))
    return found


def secrets_of(filled: Filled) -> list[str]:
    """What no answer to an outsider may hold."""
    possessions = [filled.others, *(actor.own for actor in filled.actors.values() if actor.own)]
    ids = [str(value) for owned in possessions for value in owned.ids.values() if isinstance(value, str)]
    return [filled.name, OTHERS, *ids]


def holds_nothing_of(filled: Filled, answer: httpx.Response, given: object) -> bool:
    """Whether the answer tells nothing that the asker did not say."""
    said = json.dumps(given)
    text = answer.text
    return not any(secret in text and secret not in said for secret in secrets_of(filled))


def test_every_table_and_view_has_its_row(catalogue: Catalogue) -> None:
    assert set(ROWS) == {relation.name for relation in catalogue.relations}


def test_every_function_has_its_call(catalogue: Catalogue) -> None:
    assert set(CALLS) == set(catalogue.functions)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_of_another_organization_is_read_or_changed(known: World, attack: str) -> None:
    withstand(known, attack)


@pytest.mark.parametrize("attack", EXCHANGED)
def test_nothing_is_read_or_changed_the_other_way_round(known_to_postgres: World, attack: str) -> None:
    withstand(known_to_postgres, attack)


def withstand(known: World, attack: str) -> None:
    """Try everything, find no leak and no change."""
    actor, victim = known.attack(attack)
    leaks = [*leaks_of_tables(known, actor, victim), *leaks_of_functions(known, actor, victim)]
    assert leaks == []
    assert state(victim, known.catalogue) == known.states[victim.name]
    if actor.role == "device":
        # It was seen, and by its own organization alone.
        for home in (known.first, known.second):
            known.states[home.name] = state(home, known.catalogue)


def leaks_of_tables(known: World, actor: Actor, victim: Filled) -> Iterator[str]:
    """Each reading or writing of a table or view that was not refused."""
    for relation in known.catalogue.relations:
        row = ROWS[relation.name]
        target = victim.actors["viewer"]
        wanted = target.user.id if row.scope == "user_id" and target.user else victim.id
        where = {row.scope: f"eq.{wanted}"}
        only = {**where, "select": row.key}
        path = f"/{relation.name}"
        body = {**row.body(victim, target), row.scope: wanted}
        if relation.name == "organizations":
            body = {"id": victim.id, **body}
        answers = {
            "select": actor.client.get(path, params={**where, "select": ",".join(relation.columns)}),
            "insert": actor.client.post(path, json=body),
            "update": actor.client.patch(path, params=only, json=row.change, headers=SHOW),
            "delete": actor.client.delete(path, params=only, headers=SHOW),
        }
        for command, answer in answers.items():
            known.tried[command] += 1
            if command == "insert" or answer.is_error:
                # A view cannot be written through, whoever asks.
                is_kept = answer.status_code in REFUSED or (relation.is_view and answer.is_error)
            else:
                is_kept = answer.json() == []
            if not is_kept:
                yield f"{command} {relation.name}: {answer.status_code} {answer.text}"


def leaks_of_functions(known: World, actor: Actor, victim: Filled) -> Iterator[str]:
    """Each call that was not refused, or said something about the organization."""
    for function in known.catalogue.functions:
        is_own_call = function == "record_device_events" and actor is victim.actors["device"]
        if function in FOR_ALL or is_own_call:
            continue
        arguments = known.calls[victim.name][function]
        if function == "record_device_events" and actor.role == "device":
            # A device records its own events, and only those: it cannot even name another.
            arguments = {"device_key": None, "key_kind": "token", "events": []}
        answer = actor.client.post(f"/rpc/{function}", json=arguments)
        known.tried["call"] += 1
        if not is_harmless(known, function, actor, answer) or not holds_nothing_of(victim, answer, arguments):
            yield f"{function}: {answer.status_code} {answer.text}"


def is_harmless(known: World, function: str, actor: Actor, answer: httpx.Response) -> bool:
    """Refused, empty, or a device's answer about itself."""
    if answer.is_error:
        return answer.status_code in REFUSED
    if function == "record_device_events":
        return actor.role == "device"
    return function in known.catalogue.reading_functions and answer.json() in ([], None)


@pytest.mark.parametrize("writer", FOREIGN)
def test_no_row_refers_to_another_organization(known: World, writer: str) -> None:
    refer_to_nothing_foreign(known, writer)


@pytest.mark.parametrize("writer", EXCHANGED_FOREIGN)
def test_no_row_refers_the_other_way_round(known_to_postgres: World, writer: str) -> None:
    refer_to_nothing_foreign(known_to_postgres, writer)


def refer_to_nothing_foreign(known: World, writer: str) -> None:
    """Put every foreign id into every place."""
    actor, victim = known.attack(writer)
    home = known.first if victim is known.second else known.second
    leaks = [
        *foreign_ids_in_tables(known, actor, home, victim),
        *foreign_ids_in_calls(known, actor, home, victim),
    ]
    assert leaks == []
    assert state(victim, known.catalogue) == known.states[victim.name]
    # Whatever came through, nothing in the one refers to the other.
    text = json.dumps(
        {table: rows for table, rows in state(home, known.catalogue).items() if table != "audit_log"}
    )
    assert [secret for secret in secrets_of(victim) if secret != OTHERS and secret in text] == []


def foreign_ids_in_tables(known: World, actor: Actor, home: Filled, victim: Filled) -> Iterator[str]:
    """Each foreign key that took an id of the other organization, in a new row or in an old one."""
    assert actor.own is not None
    for key in known.catalogue.foreign_keys:
        row = ROWS[key.table]
        foreign = victim.id if key.target == "organizations" else id_in(victim, key.target)
        body = {**row.body(home, actor), key.column: foreign}
        where = {row.key: f"eq.{row.find(home, actor, actor.own)}", "select": row.key}
        answers = {
            "insert": actor.client.post(f"/{key.table}", json=body),
            "update": actor.client.patch(
                f"/{key.table}", params=where, json={key.column: foreign}, headers=SHOW
            ),
        }
        for command, answer in answers.items():
            known.tried["foreign id"] += 1
            if not answer.is_error and (command == "insert" or answer.json() != []):
                yield f"{command} {key.table}.{key.column}: {answer.status_code} {answer.text}"


def id_in(filled: Filled, table: str) -> Any:
    """The id of a row of it."""
    return ROWS[table].find(filled, filled.actors["viewer"], filled.others)


def foreign_ids_in_calls(known: World, actor: Actor, home: Filled, victim: Filled) -> Iterator[str]:
    """Each call in which one id of the other organization among own ones was taken."""
    for function in known.catalogue.functions:
        own, theirs = known.calls[home.name][function], known.calls[victim.name][function]
        for name in own:
            if name not in IDS or own[name] == theirs[name]:
                continue
            arguments = {**own, name: theirs[name]}
            answer = actor.client.post(f"/rpc/{function}", json=arguments)
            known.tried["foreign id"] += 1
            is_kept = answer.is_error and answer.status_code < 500
            if function in known.catalogue.reading_functions:
                # Asked for somebody whom it does not know, a report is empty.
                is_kept = is_kept or holds_nothing_of(victim, answer, arguments)
            if not is_kept:
                yield f"{function}({name}): {answer.status_code} {answer.text}"


IDS = {
    "alert_id",
    "device_id",
    "entry_id",
    "feed_id",
    "invitation_id",
    "key_id",
    "membership_id",
    "organization_id",
    "person_id",
    "project_id",
    "tag_id",
}


def test_every_id_in_the_calls_is_known_as_one(known: World) -> None:
    names = {name for call in known.calls[known.first.name].values() for name in call if name.endswith("_id")}
    assert names == IDS
