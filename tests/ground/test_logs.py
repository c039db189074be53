import contextlib
import json
import logging
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from gatebook.devices.keys import generate_key
from gatebook.ground import logs
from tests.support.functions import Function

KEY = generate_key()
TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiZGV2aWNlIn0.c2lnbmF0dXJl"
INSERT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event")


def test_a_request_is_one_line_with_its_route_and_not_its_path(
    device_event: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    device_event.post(f"/api/webhook/device-event/{KEY}", json=INSERT, headers={"X-Request-ID": "tap-1"})
    [line] = capsys.readouterr().out.splitlines()
    logged = json.loads(line)
    assert logged.pop("duration_ms") > 0
    assert logged.pop("time").endswith("Z")
    assert logged == {
        "severity": "INFO",
        "message": "request",
        "request_id": "tap-1",
        "function": "device_event",
        "method": "POST",
        "route": "/api/webhook/device-event/{url_key}",
        "device": "NFC_ABC123",
        "status": 201,
    }


def test_no_request_brings_a_key_or_its_body_into_the_log(
    device_event: FlaskClient, capsys: pytest.CaptureFixture[str]
) -> None:
    for secret in (KEY, KEY[:-1], TOKEN):
        for path in ("/", f"/{secret}", f"/api/{secret}", f"/?key={secret}"):
            for body in (INSERT, {**INSERT, "tag_id": secret}, {**INSERT, "device_id": secret}):
                headers = {"X-Request-ID": secret, "Authorization": f"Bearer {secret}"}
                answer = device_event.post(path, json=body, headers=headers)
                assert secret not in answer.text
    out, err = capsys.readouterr()
    assert err == ""
    assert "gb_" not in out
    assert "eyJ" not in out
    assert "dd 54" not in out


def test_no_other_logger_can_show_a_key(caplog: pytest.LogCaptureFixture) -> None:
    logs.configure()
    with caplog.at_level(logging.INFO):
        logging.getLogger("httpx").info("HTTP Request: POST %s", f"https://gate.example/hook/{KEY}")
        try:
            raise ValueError(f"{KEY} and {TOKEN}")
        except ValueError:
            logging.getLogger("elsewhere").exception("It is %(key)s", {"key": KEY})
    assert "https://gate.example/hook/[redacted]" in caplog.text
    assert "ValueError: [redacted] and [redacted]" in caplog.text
    assert "gb_" not in caplog.text


def test_a_log_that_cannot_be_written_changes_no_answer(
    device_event: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("needs Linux's /dev/full")
    output = full.open("w")
    monkeypatch.setattr(sys, "stdout", output)
    answer = device_event.post("/", json=INSERT, headers={"X-API-Key": KEY})
    with contextlib.suppress(OSError):
        output.close()
    assert answer.status_code == 201


def test_a_message_that_does_not_fit_its_arguments_harms_nobody(caplog: pytest.LogCaptureFixture) -> None:
    logs.configure()
    logging.getLogger("library").error("%d of %d", KEY)
    assert "library" in caplog.text
    assert "gb_" not in caplog.text


def test_a_crash_is_a_500_that_says_where_in_the_log_and_nothing_to_the_client(
    device_event: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError(f"a secret of {KEY}")

    monkeypatch.setattr("gatebook.supabase.rpc.call", crash)
    answer = device_event.post("/", json=INSERT, headers={"X-API-Key": KEY})
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "urn:gatebook:problem:internal-error"
    assert "secret" not in answer.text
    out, err = capsys.readouterr()
    crashed, request = (json.loads(line) for line in out.splitlines())
    assert crashed["exception"] == "RuntimeError"
    assert crashed["request_id"] == request["request_id"] == answer.headers["X-Request-ID"]
    assert any(place.endswith(" crash") for place in crashed["at"])
    assert request["severity"] == "WARNING"
    assert "secret of" not in out + err
