"""Fixtures: both stacks, what tests need in them, and functions loaded as the platform does."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from tools.serve.functions import load_function as load
from tools.stack import world
from tools.stack.embedded import EmbeddedStack
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack
from tools.stack.templates import embedded_template


@pytest.fixture(scope="session")
def embedded_stack() -> Iterator[EmbeddedStack]:
    """The embedded Supabase: Auth included, one connection to the database."""
    with EmbeddedStack.temporary(embedded_template()) as stack:
        yield stack


@pytest.fixture(scope="session")
def postgres_stack() -> Iterator[PostgresStack]:
    """Real PostgreSQL and PostgREST: grants as in production, and sql()."""
    with PostgresStack() as stack:
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
def load_function(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., FlaskClient]]:
    """Load a function on this stack, with settings of its own: `load_function(name, **settings)`."""
    from gatebook.ground.settings import get_settings
    from gatebook.supabase import rpc

    def forget() -> None:
        rpc.close_client()
        get_settings.cache_clear()

    def load_with_settings(name: str, **settings: str) -> FlaskClient:
        for key, value in (stack.settings | settings).items():
            monkeypatch.setenv(key, value)
        forget()
        return load(name).test_client()

    yield load_with_settings
    forget()
