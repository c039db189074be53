"""Taps as readers post them, and what became of them."""

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tools.stack import world

URL = "/api/webhook/device-event"


def event(**values: object) -> dict[str, object]:
    return {
        "event_type": "tag_insert",
        "tag_id": "dd 54 2a 83",
        "timestamp": "2025-04-11T15:23:42Z",
        **values,
    }


def post(
    client: FlaskClient, key: world.DeviceKey, body: object | None = None, **headers: str
) -> TestResponse:
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(URL, json=body or event(), headers={"X-API-Key": key.key, **headers})


def data_of(answer: TestResponse) -> dict[str, Any]:
    assert answer.json is not None
    assert answer.status_code in (200, 201), answer.text
    data: dict[str, Any] = answer.json["data"]
    return data


def rows_of(key: world.DeviceKey) -> list[dict[str, Any]]:
    columns = "id,event_type,tag_uid,device_time,occurred_at,received_at,payload"
    return key.device.organization.rows(
        "device_events", select=columns, device_id=f"eq.{key.device.id}", order="id"
    )
