"""Functions in front of a stand-in for PostgREST: what they do alone, and when it misbehaves."""

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from gatebook.ground.settings import get_settings
from gatebook.supabase import rpc
from tests.support.stand_in import StandIn
from tools.serve.functions import load_function as load

Function = Callable[..., FlaskClient]


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """Says that every event was stored, unless told otherwise."""
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
        forget()
        return load(name).test_client()

    def forget() -> None:
        rpc.close_client()
        get_settings.cache_clear()

    yield load_with_settings
    forget()
