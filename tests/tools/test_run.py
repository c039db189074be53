"""`make run` from its start to its end."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.running import Run, wait_until
from tools.serve.demo import DEVICE_ID
from tools.stack.postgres import PostgresStack
from tools.stack.processes import node

ENV_NAMES = [
    "GATEBOOK_URL",
    "SUPABASE_URL",
    "SUPABASE_PUBLISHABLE_KEY",
    "SUPABASE_SECRET_KEY",
    "GATEBOOK_TASK_TOKEN",
    "DEMO_EMAIL",
    "DEMO_PASSWORD",
    "DEMO_DEVICE_ID",
    "DEMO_DEVICE_KEY",
    "DEMO_DEVICE_URL",
]
TAP = {"event_type": "tag_insert", "tag_id": "0a 0b 0c 0d", "timestamp": "2026-04-11T15:23:42.000Z"}

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs Linux's /proc")


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """An installation that is not running yet."""
    found = Run(tmp_path)
    yield found
    found.end()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """An installation that runs from its very first start, migrations and seed included."""
    found = Run(tmp_path_factory.mktemp("home"), is_new=True)
    try:
        found.start()
        yield found
    finally:
        found.end()


@contextmanager
def demo_user(run: Run) -> Iterator[httpx.Client]:
    """Whoever is signed in as .env.local says."""
    settings = run.settings
    headers = {"apikey": settings["SUPABASE_PUBLISHABLE_KEY"]}
    login = {"email": settings["DEMO_EMAIL"], "password": settings["DEMO_PASSWORD"]}
    with httpx.Client(base_url=settings["SUPABASE_URL"], headers=headers, timeout=60) as client:
        session = client.post("/auth/v1/token?grant_type=password", json=login).raise_for_status().json()
        client.headers["Authorization"] = f"Bearer {session['access_token']}"
        yield client


def rows_of_demo_user(run: Run, path: str) -> list[dict[str, str]]:
    with demo_user(run) as client:
        rows: list[dict[str, str]] = client.get(f"/rest/v1{path}").raise_for_status().json()
        return rows


def change_demo_reader(run: Run, **values: object) -> None:
    with demo_user(run) as client:
        client.patch(f"/rest/v1/devices?id=eq.{DEVICE_ID}", json=values).raise_for_status()


def test_it_writes_what_one_needs_to_try_it_out(running: Run) -> None:
    assert list(running.settings) == ENV_NAMES
    assert stat.S_IMODE((running.folder / ".env.local").stat().st_mode) == 0o600
    assert running.settings["DEMO_DEVICE_ID"] == "NFC_ABC123"
    assert all(name in running.output for name in (running.settings["GATEBOOK_URL"], "demo@example.com"))


def test_its_taps_are_rows_that_the_demo_user_reads(running: Run) -> None:
    events = rows_of_demo_user(running, "/device_events?select=tag_uid&order=id.asc&limit=2")
    assert events == [{"tag_uid": "DD542A83"}, {"tag_uid": "DD542A83"}]
    assert rows_of_demo_user(running, "/time_entries?select=id&ended_at=is.null")


def test_anon_reads_none_of_them(running: Run) -> None:
    headers = {"apikey": running.settings["SUPABASE_PUBLISHABLE_KEY"]}
    answer = httpx.get(
        f"{running.settings['SUPABASE_URL']}/rest/v1/device_events", headers=headers, timeout=60
    )
    assert answer.status_code in (401, 403) or answer.json() == []


def test_the_gateway_takes_a_tap_with_the_demo_key_and_with_the_demo_url(running: Run) -> None:
    webhook = running.settings["GATEBOOK_URL"] + "/api/webhook/device-event"
    key = {"X-API-Key": running.settings["DEMO_DEVICE_KEY"]}
    assert httpx.post(webhook, json=TAP, headers=key, timeout=60).status_code == 201
    assert httpx.post(running.settings["DEMO_DEVICE_URL"], json=TAP, timeout=60).status_code == 200
    assert httpx.post(webhook, json=TAP, timeout=60).status_code == 401


def test_the_scheduler_sweeps_and_a_stranger_does_not(running: Run) -> None:
    log = running.folder / ".local" / "gateway.log"
    wait_until(lambda: '"route": "/api/sweep"' in log.read_text(), "the scheduler has come by")
    swept = [json.loads(line) for line in log.read_text().splitlines() if "/api/sweep" in line]
    assert swept[0]["status"] == 200
    assert httpx.post(f"{running.settings['GATEBOOK_URL']}/api/sweep", timeout=60).status_code == 401


def test_a_device_key_becomes_a_token_that_works(running: Run) -> None:
    url = running.settings["GATEBOOK_URL"]
    key = {"X-API-Key": running.settings["DEMO_DEVICE_KEY"]}
    made = httpx.post(f"{url}/api/auth/device-token", headers=key, timeout=60)
    assert made.is_success, made.text
    bearer = {"Authorization": f"Bearer {made.json()['data']['token']}"}
    assert httpx.post(f"{url}/api/webhook/device-event", json=TAP, headers=bearer, timeout=60).is_success


def test_no_log_shows_a_key(running: Run) -> None:
    wrong = running.settings["DEMO_DEVICE_URL"].rpartition("/")[0] + "/gb_" + "0" * 36
    assert httpx.post(wrong, json=TAP, timeout=60).status_code == 401
    logs = [
        *(running.folder / ".local").glob("*.log"),
        *(running.folder / ".local" / "supabase").glob("*.log"),
    ]
    text = running.output + "".join(path.read_text() for path in logs)
    assert "/api/webhook/device-event" in text
    for name in ("SUPABASE_SECRET_KEY", "GATEBOOK_TASK_TOKEN", "DEMO_PASSWORD", "DEMO_DEVICE_KEY"):
        assert running.settings[name] not in text
    assert "gb_" not in text


def test_a_second_one_in_the_same_folder_is_refused(running: Run) -> None:
    second = subprocess.run(
        [sys.executable, "-m", "tools.serve.run"],
        env=running.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == 1
    assert "running" in second.stderr
    assert running.exit_code() is None


def test_a_reset_is_refused_while_it_runs(running: Run) -> None:
    reset = subprocess.run(
        [sys.executable, "-m", "tools.serve.reset"],
        env=running.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert reset.returncode == 1
    assert "stop it first" in reset.stderr
    assert rows_of_demo_user(running, "/device_events?select=id&limit=1")


@pytest.mark.parametrize("setting", ["GATEBOOK_PORT", "SUPABASE_PORT"])
def test_a_port_in_use_is_named_with_its_setting(run: Run, setting: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        refused = subprocess.run(
            [sys.executable, "-m", "tools.serve.run"],
            env=run.environment | {setting: str(port)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is in use; set {setting} to another one.\n"
    assert run.processes() == {}
    assert not (run.folder / ".env.local").exists()


def test_a_supabase_that_does_not_answer_is_named(run: Run) -> None:
    run.exported = {"SUPABASE_URL": "http://127.0.0.1:9", "SUPABASE_PUBLISHABLE_KEY": "sb_publishable_x"}
    refused = subprocess.run(
        [sys.executable, "-m", "tools.serve.run"],
        env=run.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert refused.stderr == "SUPABASE_URL is set to http://127.0.0.1:9, where nobody answers; unset it.\n"


def test_another_supabase_is_swept_too(run: Run, postgres_stack: PostgresStack) -> None:
    run.exported = postgres_stack.settings | {"SUPABASE_SECRET_KEY": postgres_stack.secret_key}
    run.start()
    log = run.folder / ".local" / "gateway.log"
    wait_until(lambda: '"route": "/api/sweep"' in log.read_text(), "the scheduler has come by")
    [swept] = [json.loads(line) for line in log.read_text().splitlines() if "/api/sweep" in line]
    assert swept["status"] == 200
    assert "Starting Supabase" not in run.output


def test_ctrl_c_stops_everything_and_the_data_survives(run: Run) -> None:
    # A shell that has read .env.local, and then came make reset.
    stale = {"SUPABASE_URL": f"http://127.0.0.1:{run.supabase_port}", "SUPABASE_PUBLISHABLE_KEY": "of before"}
    run.exported = stale
    run.start()
    before, events = run.settings, len(rows_of_demo_user(run, "/device_events?select=id"))
    change_demo_reader(run, external_id="NFC_DESK")
    assert run.send(signal.SIGINT) == 0
    assert run.processes() == {}
    run.start()
    assert run.settings == before | {"DEMO_DEVICE_ID": "NFC_DESK"}
    assert len(rows_of_demo_user(run, "/device_events?select=id")) == events + 1
    change_demo_reader(run, is_active=False)
    assert run.send(signal.SIGTERM) == 0
    assert run.processes() == {}

    run.start()
    assert "not sent (its reader is switched off); make reset brings it back" in run.output
    assert run.settings == before | {"DEMO_DEVICE_ID": "NFC_DESK"}
    assert len(rows_of_demo_user(run, "/device_keys?select=id")) == 2
    assert run.send(signal.SIGTERM) == 0

    reset = [sys.executable, "-m", "tools.serve.reset"]
    subprocess.run(reset, env=run.environment, check=True, capture_output=True)
    assert not (run.folder / ".env.local").exists()
    assert not (run.folder / ".local" / "supabase").exists()


@pytest.mark.parametrize("by_make", [False, True], ids=["itself", "make"])
def test_a_kill_of_the_parent_leaves_no_process_behind(run: Run, by_make: bool) -> None:
    if by_make and shutil.which("make") is None:
        pytest.skip("needs make")
    run.start(by_make=by_make)
    assert len(run.processes()) >= 4
    run.send(signal.SIGKILL)
    wait_until(lambda: run.processes() == {}, "all processes have ended")


def test_it_stops_and_says_so_when_supabase_dies(run: Run) -> None:
    run.start()
    [supabase] = [number for number, command in run.processes().items() if command.startswith(node())]
    os.kill(supabase, signal.SIGKILL)
    wait_until(lambda: run.exit_code() is not None, "make run has ended")
    assert run.exit_code() == 1
    assert "Supabase stopped by itself" in run.output
    assert run.processes() == {}
