"""The gateway in front of a Supabase that it is told of by its environment alone."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tools.serve.gateway import checked_out_commit
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT, Process, answers, free_port

WEBHOOK = "/api/webhook/device-event"
TAP = {"event_type": "tag_insert", "tag_id": "0a 0b 0c 0d", "timestamp": "2026-04-11T15:23:42.000Z"}
TWO_MEBIBYTES = 2 * 1024 * 1024


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the gateway prints."""
    return tmp_path_factory.mktemp("gateway") / "log"


@pytest.fixture(scope="module")
def gateway(postgres_stack: PostgresStack, log: Path) -> Iterator[httpx.Client]:
    """A running gateway."""
    port = free_port()
    own = {"GATEBOOK_PORT": str(port), "GATEBOOK_ALLOWED_ORIGINS": "https://gatebook.example"}
    environment = os.environ | postgres_stack.settings | own
    command = [sys.executable, "-m", "tools.serve.gateway"]
    process = Process("gateway", command, log=log, env=environment, cwd=PROJECT)
    url = f"http://127.0.0.1:{port}"
    try:
        process.await_ready(lambda: answers(f"{url}/api/health/live"))
        with httpx.Client(base_url=url, timeout=60) as client:
            yield client
    finally:
        process.stop()


@pytest.fixture(scope="module")
def key(postgres_stack: PostgresStack) -> dict[str, str]:
    """A header with the key of some device."""
    device = world.create_device(world.create_organization(postgres_stack))
    return {"X-API-Key": world.create_device_key(device).key}


def test_a_tap_reaches_the_database(gateway: httpx.Client, key: dict[str, str]) -> None:
    assert gateway.post(WEBHOOK, json=TAP, headers=key).status_code == 201
    assert gateway.post(WEBHOOK + "/", json=TAP, headers=key).status_code == 200


def test_health_is_ready(gateway: httpx.Client) -> None:
    assert gateway.get("/api/health/ready").status_code == 200


def test_health_names_what_is_checked_out(gateway: httpx.Client) -> None:
    assert gateway.get("/api/health/live").json()["data"]["commit"] == (checked_out_commit() or "unknown")


def test_the_page_is_allowed_beside_those_that_are_set(gateway: httpx.Client) -> None:
    for origin in (str(gateway.base_url).rstrip("/"), "https://gatebook.example"):
        answer = gateway.get("/api/health/live", headers={"Origin": origin})
        assert answer.headers["Access-Control-Allow-Origin"] == origin


def test_a_long_list_of_ids_fits_into_an_address(gateway: httpx.Client) -> None:
    assert gateway.get(f"/config.json?id=in.({'0' * 8000})").status_code == 200


def test_a_chunked_body_is_read(gateway: httpx.Client, key: dict[str, str]) -> None:
    headers = {**key, "Content-Type": "application/json"}
    chunks = iter([b'{"event_type": "tag_insert", ', b'"tag_id": "01 02 03 04"}'])
    assert gateway.post(WEBHOOK, content=chunks, headers=headers).status_code == 201


@pytest.mark.parametrize(("path", "status"), [(WEBHOOK, 422), ("/api/nothing", 404), ("/devices", 405)])
def test_a_body_with_bad_chunks_is_no_error_of_ours(
    gateway: httpx.Client, log: Path, path: str, status: int
) -> None:
    host, port = gateway.base_url.host, gateway.base_url.port
    with socket.create_connection((host, port or 80), timeout=60) as connection:
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        connection.sendall(head.encode() + b"zz-of-the-body\r\n")
        assert connection.recv(65536).startswith(f"HTTP/1.1 {status} ".encode())
    assert "of-the-body" not in log.read_text()


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_that_is_too_large_is_read_and_refused(
    gateway: httpx.Client, key: dict[str, str], is_chunked: bool
) -> None:
    body = b" " * TWO_MEBIBYTES
    headers = {**key, "Content-Type": "application/json"}
    answer = gateway.post(WEBHOOK, content=iter([body]) if is_chunked else body, headers=headers)
    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_one_connection_serves_request_after_request(gateway: httpx.Client, key: dict[str, str]) -> None:
    with httpx.Client(base_url=gateway.base_url, timeout=60) as client:
        for body in (b"{}", b" " * TWO_MEBIBYTES, b"{}"):
            with client.stream("POST", WEBHOOK, content=body, headers=key) as answer:
                answer.read()
                assert answer.http_version == "HTTP/1.1"
                assert answer.headers.get("Connection", "keep-alive") == "keep-alive"


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/nothing", f"{WEBHOOK}/a/b"])
def test_an_unknown_path_of_the_api_is_a_problem(gateway: httpx.Client, path: str) -> None:
    answer = gateway.post(path, json={})
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize("path", ["/api", "/api/nothing", f"{WEBHOOK}/a/b"])
def test_a_sane_request_id_is_kept_though_nothing_is_there(gateway: httpx.Client, path: str) -> None:
    answer = gateway.post(path, json={}, headers={"X-Request-ID": "tap-1.of_2"})
    assert answer.headers["X-Request-ID"] == answer.json()["request_id"] == "tap-1.of_2"
    odd = gateway.post(path, json={}, headers={"X-Request-ID": f"a b {'x' * 200}"}).headers["X-Request-ID"]
    assert len(odd) == 36


def test_the_page_is_told_where_supabase_is(gateway: httpx.Client, postgres_stack: PostgresStack) -> None:
    answer = gateway.get("/config.json")
    assert answer.json() == {
        "supabaseUrl": postgres_stack.supabase_url,
        "supabasePublishableKey": postgres_stack.publishable_key,
        "gatebookUrl": str(gateway.base_url).rstrip("/"),
    }


def test_no_log_shows_a_key_or_a_path_with_one(gateway: httpx.Client, log: Path) -> None:
    secret = "gb_" + "S" * 36
    assert gateway.post(f"{WEBHOOK}/{secret}", json=TAP).status_code == 401
    assert gateway.get(f"{WEBHOOK}/{secret}").status_code == 204
    assert gateway.post(f"/api/nothing/{secret}").status_code == 404
    assert WEBHOOK in log.read_text()
    assert "SSS" not in log.read_text()


def test_a_missing_setting_is_named(postgres_stack: PostgresStack) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SUPABASE_")}
    refused = subprocess.run(
        [sys.executable, "-m", "tools.serve.gateway"],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr == "SUPABASE_URL is not set; .env.example says what it is.\n"
