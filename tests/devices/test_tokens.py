"""What a device token says, and for how long it holds."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from jose import jws  # type: ignore[import-untyped]

from gatebook.devices.tokens import DAY_SECONDS, Identity, TokenDevice, claims, identify, issue_token
from gatebook.ground import settings
from gatebook.ground.credential import Credential
from gatebook.ground.errors import NotConfigured, Unauthorized
from gatebook.ground.outcome import Rate

DEVICE = TokenDevice(id="d0", external_id="NFC_ABC123", organization_id="o0", place_id=None)


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("GATEBOOK_JWT_SECRET", "s" * 32)
    monkeypatch.setenv("GATEBOOK_DEVICE_TOKEN_DAYS", "2")
    monkeypatch.delenv("GATEBOOK_JWT_PRIVATE_KEY", raising=False)
    settings.forget()
    yield
    settings.forget()


def issued(expires_at: datetime | None = None) -> dict[str, Any]:
    outcome = issue_token(
        Identity(key_id="k0", expires_at=expires_at, device=DEVICE, rate=Rate(600, 599, 60))
    )
    assert (outcome.is_new, outcome.device) == (False, "NFC_ABC123")
    assert isinstance(outcome.data, dict)
    return outcome.data


def test_a_token_is_signed_and_holds_as_long_as_is_set() -> None:
    data = issued()
    assert jws.verify(data["token"], "s" * 32, ["HS256"])
    assert data["expires_in_seconds"] == 2 * DAY_SECONDS


def test_a_token_does_not_outlast_its_key() -> None:
    assert issued(datetime.now(UTC) + timedelta(hours=1))["expires_in_seconds"] <= 3600


def test_a_token_names_a_device_and_no_user() -> None:
    said = claims(Identity(key_id="k0", expires_at=None, device=DEVICE, rate=Rate(1, 1, 1)), 100, 200)
    assert "sub" not in said
    assert (said["role"], said["device_id"], said["key_id"], said["iat"], said["exp"]) == (
        "device",
        "d0",
        "k0",
        100,
        200,
    )


@pytest.mark.parametrize("kind", ["url", "token"])
def test_only_a_key_of_a_header_makes_a_token(kind: Any) -> None:
    with pytest.raises(Unauthorized):
        identify(Credential(kind, "x"), "tap-1")


def test_without_a_key_to_sign_with_nothing_is_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GATEBOOK_JWT_SECRET")
    settings.forget()
    with pytest.raises(NotConfigured):
        issued()
