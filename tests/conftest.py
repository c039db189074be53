"""Fixtures: both stacks, what tests need in them, and functions loaded as the platform does."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.pairing.ledger import Connection, Ledger, connect
from tests.pairing.strategies import DEVICES, PEOPLE, PROJECTS, TAGS
from tests.support.clock import session_clock
from tests.support.functions import Function, forget_settings
from tests.support.office import Office
from tests.support.stand_in import StandIn
from tools.serve.functions import load_function as load
from tools.stack import world
from tools.stack.embedded import EmbeddedStack
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack
from tools.stack.templates import embedded_template, postgres_template

pytest_plugins = ["tests.support.session"]


@pytest.fixture(scope="session")
def embedded_stack() -> Iterator[EmbeddedStack]:
    """The embedded Supabase: Auth included, one connection to the database."""
    with EmbeddedStack.temporary(embedded_template()) as stack:
        yield stack


@pytest.fixture(scope="session")
def postgres_stack() -> Iterator[PostgresStack]:
    """Real PostgreSQL and PostgREST: grants as in production, and sql()."""
    with PostgresStack(postgres_template()) as stack:
        yield stack


@pytest.fixture(scope="session", params=["embedded", "postgres"])
def stack(request: pytest.FixtureRequest) -> Stack:
    """Each stack in turn: a test that asks for this one runs on both."""
    found: Stack = request.getfixturevalue(f"{request.param}_stack")
    return found


@pytest.fixture
def organization(stack: Stack) -> Callable[..., world.Organization]:
    """Make an organization with its admin: `organization(name, time_zone)`."""
    return partial(world.create_organization, stack)


@pytest.fixture
def device(organization: Callable[..., world.Organization]) -> Callable[..., world.Device]:
    """Make a reader, in an organization of its own unless one is given: `device(owner, **values)`."""

    def create(owner: world.Organization | None = None, **values: Any) -> world.Device:
        return world.create_device(owner or organization(), **values)

    return create


@pytest.fixture
def device_key(device: Callable[..., world.Device]) -> Callable[..., world.DeviceKey]:
    """Make a key, of a new reader unless one is given: `device_key(owner, kind=, expires_at=)`."""

    def create(owner: world.Device | None = None, **values: Any) -> world.DeviceKey:
        return world.create_device_key(owner or device(), **values)

    return create


@pytest.fixture
def office(stack: Stack, organization: Callable[..., world.Organization]) -> Office:
    """In Vienna, on each stack in turn."""
    return Office(stack, organization(time_zone="Europe/Vienna"))


# For a module each: others stop and start the database.
@pytest.fixture(scope="module")
def connection(postgres_stack: PostgresStack) -> Iterator[Connection]:
    """A direct line to real PostgreSQL, as the owner of the tables."""
    with connect(postgres_stack.cluster.url("postgres")) as opened:
        yield opened


@pytest.fixture(scope="module")
def clocked(connection: Connection) -> Iterator[Connection]:
    """The same line, where tests may set the time."""
    with session_clock(connection):
        yield connection


@pytest.fixture(scope="module")
def replay_ledger(connection: Connection) -> Ledger:
    """One for all random histories: nothing has happened in it yet; every example ends in a rollback."""
    return Ledger.create(connection, DEVICES, TAGS, PEOPLE, PROJECTS)


@pytest.fixture
def load_function(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """Load a function on this stack, with settings of its own: `load_function(name, **settings)`."""

    def load_with_settings(name: str, **settings: str) -> FlaskClient:
        for key, value in (stack.settings | settings).items():
            monkeypatch.setenv(key, value)
        forget_settings()
        return load(name).test_client()

    yield load_with_settings
    forget_settings()


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """Stands in for PostgREST, and says that every event was stored, unless told otherwise."""
    with StandIn() as standing_in:
        yield standing_in


@pytest.fixture
def function(stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """Load a function that asks the stand-in: `function(name, **settings)`."""

    def load_with_settings(name: str, **settings: str) -> FlaskClient:
        monkeypatch.delenv("SUPABASE_URL", raising=False)
        monkeypatch.setenv("SUPABASE_REST_URL", stand_in.url)
        monkeypatch.setenv("SUPABASE_PUBLISHABLE_KEY", "sb_publishable_test")
        for name_, value in settings.items():
            monkeypatch.setenv(name_, value)
        forget_settings()
        return load(name).test_client()

    yield load_with_settings
    forget_settings()
