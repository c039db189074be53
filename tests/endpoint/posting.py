"""A tap as a reader posts it, and as it should not."""

import json
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key

KEY = generate_key()
INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}
MEBIBYTE = 1024 * 1024
OWN_FUNCTIONS = Path(__file__).parent / "functions"


def post(client: FlaskClient, body: Any = INSERT, path: str = "/", **headers: str) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    data = body if isinstance(body, bytes) else json.dumps(body)
    return client.post(
        path, data=data, headers={"Content-Type": "application/json", "X-API-Key": KEY} | headers
    )
