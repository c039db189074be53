"""Keys are rotated for others that last as long."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tools.stack import world

NewDeviceKey = Callable[..., world.DeviceKey]
LIFETIME = timedelta(days=90)


def rotate(key: world.DeviceKey) -> datetime | None:
    """When the new one expires."""
    client = key.device.organization.client
    made = world.rpc(client, "rotate_device_key", key_id=key.id, overlap_minutes=5)
    return made["expires_at"] and datetime.fromisoformat(made["expires_at"])


def test_a_rotated_key_lasts_as_long_as_the_one_before(device_key: NewDeviceKey) -> None:
    expires_at = datetime.now(UTC) + LIFETIME
    key = device_key(expires_at=expires_at.isoformat())
    # Twice: whoever lost the new key asks for another, though the old one is about to end.
    for _ in range(2):
        rotated = rotate(key)
        assert rotated is not None
        assert timedelta() <= rotated - expires_at < timedelta(minutes=5)


def test_a_key_that_never_expires_is_rotated_for_another(device_key: NewDeviceKey) -> None:
    key = device_key()
    assert [rotate(key), rotate(key)] == [None, None]
