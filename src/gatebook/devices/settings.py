"""What device tokens are signed with, and how long they hold."""

from gatebook.ground import settings


@settings.once
def jwt_secret() -> str:
    """The shared secret of older projects, for HS256."""
    return settings.text("GATEBOOK_JWT_SECRET")


@settings.once
def jwt_private_key() -> str:
    """The project's private key for ES256, as a JWK or a PEM."""
    return settings.text("GATEBOOK_JWT_PRIVATE_KEY")


@settings.once
def jwt_key_id() -> str:
    """The name of the private key, where it does not bring one."""
    return settings.text("GATEBOOK_JWT_KEY_ID")


@settings.once
def device_token_days() -> float:
    """How long a device token is valid."""
    return settings.number("GATEBOOK_DEVICE_TOKEN_DAYS", 30)
