"""`make run` in a folder and on ports of its own."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tools.stack.dotenv import read_dotenv
from tools.stack.processes import PROJECT, free_port
from tools.stack.templates import embedded_template

PATIENCE_SECONDS = 120
# What `make` does, without installing: it starts the same command the same way.
MAKEFILE = f"run:\n\t@exec {sys.executable} -m tools.serve.run\n"


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    """Return as soon as it is so."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < deadline, f"Waited {PATIENCE_SECONDS} s in vain until {what}"
        time.sleep(0.05)


class Run:
    """One installation, started and stopped as a person would."""

    def __init__(self, folder: Path, *, is_new: bool = False) -> None:
        """It starts with a stack whose migrations have run, or with `is_new` from nothing."""
        self.folder = folder
        self.exported: dict[str, str] = {}
        self._needs_template = not is_new
        self.gateway_port, self.supabase_port = free_port(), free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What it is told from outside."""
        own = {
            "GATEBOOK_HOME": str(self.folder),
            # It is started elsewhere than in the checkout.
            "PYTHONPATH": str(PROJECT),
            "GATEBOOK_PORT": str(self.gateway_port),
            "SUPABASE_PORT": str(self.supabase_port),
        }
        others = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("SUPABASE_", "GATEBOOK_", "MAKE"))
        }
        return others | own | self.exported

    @property
    def settings(self) -> dict[str, str]:
        """What it wrote into .env.local."""
        return read_dotenv(self.folder / ".env.local")

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self.folder / "output").read_text()

    def start(self, *, by_make: bool = False) -> None:
        """Start it, and wait until it says that it is ready."""
        if self._needs_template:
            shutil.copytree(embedded_template(), self.folder / ".local" / "supabase", symlinks=True)
            self._needs_template = False
        (self.folder / "Makefile").write_text(MAKEFILE)
        command = ["make", "run"] if by_make else [sys.executable, "-m", "tools.serve.run"]
        with (self.folder / "output").open("wb") as output:
            self.process = subprocess.Popen(
                command, cwd=self.folder, env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        wait_until(lambda: "Ready." in self.output or self.exit_code() is not None, "make run is ready")
        assert "Ready." in self.output, self.output

    def exit_code(self) -> int | None:
        """None while it runs."""
        assert self.process is not None
        return self.process.poll()

    def send(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_SECONDS)

    def processes(self) -> dict[int, str]:
        """The ids and commands of all processes that stem from it, whoever their parent is now."""
        mark = f"GATEBOOK_HOME={self.folder}\0".encode()
        folders = [folder for folder in Path("/proc").glob("[0-9]*") if mark in _read(folder / "environ")]
        return {int(folder.name): _command(folder) for folder in folders}

    def end(self) -> None:
        """Whatever happened: nothing stays behind."""
        if self.process is not None and self.exit_code() is None:
            self.send(signal.SIGTERM)


def _command(folder: Path) -> str:
    return _read(folder / "cmdline").replace(b"\0", b" ").decode(errors="replace").strip()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        # It has ended, or belongs to somebody else.
        return b""
