"""Functions served as the platform serves them: staged, functions-framework, one gunicorn worker."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.bench.load import Connection
from tools.make.package import stage_functions
from tools.stack.processes import LocalError, Words, free_port

# One event waits for the database most of the time: a thread each. More cost nothing while they rest.
THREADS = 16
EMPTY_APP = """\
import functions_framework


@functions_framework.http
def empty(request):
    return "{}"
"""


@dataclass(frozen=True)
class App:
    """A staged function and the settings it is started with."""

    name: str
    folder: Path
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """An app that answers."""

    url: str
    pid: int

    def resident_mib(self) -> dict[str, float]:
        """Resident memory of gunicorn's arbiter and of its worker, which share what they can."""
        listed = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, check=True).stdout
        rows = [[int(word) for word in line.split()] for line in listed.splitlines()]
        return {
            name: sum(rss for row in rows if row[column] == self.pid for rss in row[2:]) / 1024
            for name, column in (("arbiter", 0), ("worker", 1))
        }


def stage(home: Path, settings: Mapping[str, str]) -> tuple[App, App]:
    """device_event as make package stages it, and an app that does nothing."""
    stage_functions(home)
    empty = home / "empty"
    empty.mkdir()
    (empty / "main.py").write_text(EMPTY_APP)
    return App("device_event", home / "device_event", settings), App("empty", empty, {})


@contextmanager
def running(app: App) -> Iterator[Running]:
    """Start it and wait until it listens; afterwards nothing is left of it."""
    process, port = _start(app)
    try:
        _connect(process, port).socket.close()
        yield Running(f"http://127.0.0.1:{port}", process.pid)
    finally:
        _stop(process)


def cold_start_ms(app: App, request: bytes) -> float:
    """From the start of the process to its first answer."""
    started_at = time.perf_counter()
    process, port = _start(app)
    try:
        connection = _connect(process, port)
        connection.exchange(request)
        finished_at = time.perf_counter()
        connection.socket.close()
    finally:
        _stop(process)
    return (finished_at - started_at) * 1000


def _start(app: App) -> tuple[subprocess.Popen[bytes], int]:
    port = free_port()
    command: Words = [
        Path(sys.executable).with_name("functions-framework"),
        f"--target={app.name}",
        f"--port={port}",
        "--source=main.py",
    ]
    environment = {
        "PATH": os.environ["PATH"],
        # What was staged, not the checkout.
        "PYTHONPATH": str(app.folder),
        "THREADS": str(THREADS),
        **app.settings,
    }
    process = subprocess.Popen(command, cwd=app.folder, env=environment, stdout=subprocess.DEVNULL)
    return process, port


def _connect(process: subprocess.Popen[bytes], port: int) -> Connection:
    deadline = time.monotonic() + 60
    while True:
        try:
            return Connection(f"http://127.0.0.1:{port}")
        except ConnectionRefusedError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise LocalError("functions-framework did not start.") from None
            time.sleep(0.002)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
