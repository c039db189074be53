"""Processes that end with the one that started them, and the ports they listen on."""

import contextlib
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import httpx

PROJECT = Path(__file__).resolve().parents[2]
# Below those that the system gives to connections.
PORTS = range(20_000, 32_000)
CHILD = Path(__file__).with_name("child.py")

Words: TypeAlias = Sequence[str | Path]


class LocalError(Exception):
    """Something on this machine is not as needed; the message is one line for the person at the keyboard."""


class Process:
    """A running command, its output in a log file."""

    def __init__(
        self,
        name: str,
        command: Words,
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stop_signal: str = "SIGTERM",
        user: str | None = None,
        inherited_fds: Sequence[int] = (),
    ) -> None:
        """Start it. `inherited_fds` stay open until the command has ended: a lock, for example."""
        self.name = name
        self.log = log
        with log.open("wb") as output:
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-S", CHILD, stop_signal, user or "", *command],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                pass_fds=inherited_fds,
                # A Ctrl-C is for the starter alone, which then stops its processes in order.
                start_new_session=True,
            )

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self._child.poll()

    @property
    def watcher_id(self) -> int:
        """The process that watches over it, for this one's sake."""
        return self._child.pid

    def finish(self) -> str:
        """Wait until it ends by itself and return what it printed; a LocalError says what went wrong."""
        try:
            code = self._child.wait()
        finally:
            self.stop()
        output = self.log.read_text(errors="replace")
        if code != 0:
            raise LocalError(f"{self.name} failed with code {code}:\n{output}")
        return output

    def stop(self) -> None:
        """Ask it to stop and wait until it has."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait()

    def await_ready(self, is_ready: Callable[[], bool], timeout_seconds: float = 60) -> None:
        """Return once it answers; a LocalError says why it does not."""
        deadline = time.monotonic() + timeout_seconds
        while not is_ready():
            if self.exit_code is not None:
                raise LocalError(f"{self.name} stopped with code {self.exit_code}: {self.last_words()}")
            if time.monotonic() > deadline:
                self.stop()
                raise LocalError(
                    f"{self.name} gave no answer in {timeout_seconds:.0f} s: {self.last_words()}"
                )
            time.sleep(0.05)

    def last_words(self) -> str:
        """The end of its output, in one line."""
        lines = self.log.read_text(errors="replace").strip().splitlines()
        return " / ".join(line.strip() for line in lines[-5:]) or "it said nothing"


def run(what: str, command: Words, **options: Any) -> str:
    """Run a command to its end and return what it printed; a LocalError says what went wrong."""
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,
    )
    if done.returncode != 0:
        raise LocalError(f"{what} failed with code {done.returncode}:\n{done.stdout}")
    return str(done.stdout)


def answers(url: str) -> bool:
    """Whether a GET gets an answer that is no server error."""
    try:
        return httpx.get(url, timeout=5).status_code < 500
    except (httpx.HTTPError, httpx.InvalidURL):
        return False


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on now, and that no connection takes before somebody does."""
    while True:
        port = PORTS[0] + secrets.randbelow(len(PORTS))
        with contextlib.suppress(OSError), socket.socket() as sock:
            sock.bind(("127.0.0.1", port))
            return port


def require_free_port(port: int, setting: str) -> None:
    """Raise a LocalError that names the port and its setting when somebody listens there."""
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sock.bind(("127.0.0.1", port))
        except OSError as error:
            raise LocalError(f"Port {port} is in use; set {setting} to another one.") from error


def node() -> str:
    """The Node that runs the embedded Supabase."""
    found = shutil.which("node")
    if found is None:
        raise LocalError("Node 20 or newer is needed, and no node was found on the PATH.")
    return found
