"""What device tokens are signed with, as it is set."""

from collections.abc import Iterator

import pytest

from gatebook.devices import settings
from gatebook.ground import settings as ground
from gatebook.ground.errors import NotConfigured

NAMES = (
    "GATEBOOK_JWT_SECRET",
    "GATEBOOK_JWT_PRIVATE_KEY",
    "GATEBOOK_JWT_KEY_ID",
    "GATEBOOK_DEVICE_TOKEN_DAYS",
)


@pytest.fixture(autouse=True)
def _anew(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    ground.forget()
    yield
    ground.forget()


def test_nothing_is_set_but_the_days() -> None:
    assert (settings.jwt_secret(), settings.jwt_private_key(), settings.jwt_key_id()) == ("", "", "")
    assert settings.device_token_days() == 30


def test_each_is_read_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in zip(NAMES, ("a", "b", "c", "0.5"), strict=True):
        monkeypatch.setenv(name, value)
    assert (settings.jwt_secret(), settings.jwt_private_key(), settings.jwt_key_id()) == ("a", "b", "c")
    assert settings.device_token_days() == 0.5


def test_days_that_are_none_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEBOOK_DEVICE_TOKEN_DAYS", "-1")
    with pytest.raises(NotConfigured) as error:
        settings.device_token_days()
    assert "GATEBOOK_DEVICE_TOKEN_DAYS" in error.value.reason
