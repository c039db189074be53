"""A credential, on its way from the endpoint to the database."""

from gatebook.devices.keys import generate_key
from gatebook.ground.credential import Credential


def test_a_credential_does_not_show_its_secret() -> None:
    key = generate_key()
    credential = Credential("header", key)
    assert credential.secret == key
    assert key not in repr(credential)
    assert "header" in repr(credential)
