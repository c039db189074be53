"""The function that shows here what every endpoint does."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.endpoint.posting import OWN_FUNCTIONS
from tests.support.functions import Function, forget_settings
from tools.serve.functions import load_function
from tools.stack.postgres import PostgresStack


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event")


@pytest.fixture
def own(postgres_stack: PostgresStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """Load one of the tests' own functions, with routes of its own: `own(name, **settings)`."""

    def load(name: str, **settings: str) -> FlaskClient:
        for key, value in (postgres_stack.settings | settings).items():
            monkeypatch.setenv(key, value)
        forget_settings()
        return load_function(name, OWN_FUNCTIONS).test_client()

    yield load
    forget_settings()
