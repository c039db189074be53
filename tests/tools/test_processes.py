"""Processes that end with whoever started them, however that one ended."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.running import wait_until
from tools.stack.processes import PROJECT, LocalError, Process, require_free_port

SLEEPER = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
STUBBORN = (
    "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    " print(os.getpid(), flush=True); time.sleep(600)"
)
STARTER = """
import pathlib, sys, time
from tools.stack.processes import Process
Process("sleeper", [sys.executable, "-c", {sleeper!r}], log=pathlib.Path({log!r}))
time.sleep(600)
"""


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def process_id_in(log: Path) -> int:
    wait_until(lambda: log.exists() and log.read_text().strip().isdigit(), "the process has started")
    return int(log.read_text())


def test_a_process_ends_when_it_is_stopped(tmp_path: Path) -> None:
    process = Process("sleeper", [sys.executable, "-c", SLEEPER], log=tmp_path / "log")
    sleeper = process_id_in(tmp_path / "log")
    process.stop()
    assert not is_alive(sleeper)
    assert process.exit_code == 128 + signal.SIGTERM


def test_a_process_ends_when_its_starter_is_killed(tmp_path: Path) -> None:
    program = STARTER.format(sleeper=SLEEPER, log=str(tmp_path / "log"))
    starter = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT)
    sleeper = process_id_in(tmp_path / "log")
    starter.kill()
    starter.wait()
    wait_until(lambda: not is_alive(sleeper), "the process has ended")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of its parent's death")
def test_a_process_ends_when_even_its_watcher_is_killed(tmp_path: Path) -> None:
    process = Process("sleeper", [sys.executable, "-c", SLEEPER], log=tmp_path / "log")
    sleeper = process_id_in(tmp_path / "log")
    os.kill(process.watcher_id, signal.SIGKILL)
    wait_until(lambda: not is_alive(sleeper), "the process has ended")
    process.stop()


def test_a_process_that_will_not_stop_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GATEBOOK_GRACE_SECONDS", "0.2")
    process = Process("stubborn", [sys.executable, "-c", STUBBORN], log=tmp_path / "log")
    stubborn = process_id_in(tmp_path / "log")
    process.stop()
    assert not is_alive(stubborn)


def test_what_a_process_prints_is_logged_without_keys(tmp_path: Path) -> None:
    key = "gb_" + "k" * 36
    process = Process("printer", [sys.executable, "-c", f"print('the key {key} came')"], log=tmp_path / "log")
    assert process.finish() == "the key [redacted] came\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
def test_a_process_goes_on_though_its_log_takes_nothing_more() -> None:
    program = "for _ in range(100_000): print('a line for a log on a full disk')"
    process = Process("printer", [sys.executable, "-c", program], log=Path("/dev/full"))
    try:
        wait_until(lambda: process.exit_code is not None, "the process has ended")
    finally:
        process.stop()
    assert process.exit_code == 0


def test_a_process_that_fails_says_why(tmp_path: Path) -> None:
    process = Process("failing", [sys.executable, "-c", "raise SystemExit('no flour')"], log=tmp_path / "log")
    with pytest.raises(LocalError, match="failing failed with code 1:\nno flour"):
        process.finish()


def test_waiting_ends_when_the_process_does(tmp_path: Path) -> None:
    process = Process("failing", [sys.executable, "-c", "raise SystemExit('no flour')"], log=tmp_path / "log")
    with pytest.raises(LocalError, match="no flour"):
        process.await_ready(lambda: False)
    process.stop()


def test_a_port_that_somebody_listens_on_is_not_free() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(LocalError, match=rf"^Port {port} is in use; set GATEBOOK_PORT to another one\.$"):
            require_free_port(port, "GATEBOOK_PORT")
    require_free_port(port, "GATEBOOK_PORT")
