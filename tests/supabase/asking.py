"""A tap that makes a function ask the database."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key

INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}


def post(client: FlaskClient, headers: dict[str, str] | None = None) -> TestResponse:
    return client.post("/", json=INSERT, headers=headers or {"X-API-Key": generate_key()})
