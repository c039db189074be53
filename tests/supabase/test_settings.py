"""Where Supabase is, as it is set."""

import os
from collections.abc import Iterator

import pytest

from gatebook.ground import settings as ground
from gatebook.supabase import settings

NAMES = (
    "SUPABASE_URL",
    "SUPABASE_REST_URL",
    "SUPABASE_PUBLISHABLE_KEY",
    "SUPABASE_TIMEOUT_SECONDS",
    "THREADS",
)


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    ground.forget()
    yield
    ground.forget()


def test_unset_they_have_their_defaults() -> None:
    assert (settings.rest_url(), settings.publishable_key(), settings.timeout_seconds()) == ("", "", 8)
    assert settings.threads() == 4 * (os.cpu_count() or 1)


@pytest.mark.parametrize(
    ("values", "url"),
    [
        ({"SUPABASE_URL": "https://x.supabase.co/"}, "https://x.supabase.co/rest/v1"),
        (
            {"SUPABASE_URL": "https://x", "SUPABASE_REST_URL": "http://127.0.0.1:3000/"},
            "http://127.0.0.1:3000",
        ),
    ],
)
def test_a_bare_postgrest_has_an_address_of_its_own(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], url: str
) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    assert settings.rest_url() == url
