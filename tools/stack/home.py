"""Where `make run` keeps what it makes: .env.local and .local/, in the checkout or in GATEBOOK_HOME."""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from tools.stack.dotenv import write_private_file
from tools.stack.processes import PROJECT, LocalError
from tools.stack.tokens import ProjectSecrets, new_project_secrets


class Home:
    """The folder of one local installation."""

    def __init__(self, path: Path) -> None:
        self.env_file = path / ".env.local"
        self.folder = path / ".local"
        self.stack = self.folder / "supabase"

    @classmethod
    def from_environment(cls) -> "Home":
        """The checkout, or another folder by setting."""
        return cls(Path(os.environ.get("GATEBOOK_HOME") or PROJECT).resolve())

    @contextlib.contextmanager
    def locked(self) -> Iterator[int]:
        """Keep everybody else out: two servers on one data folder destroy it.

        Yields the lock's file descriptor: a child that inherits it keeps the lock as long as it lives.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise LocalError(
                    f"Gatebook is running with the data in {self.folder}; stop it first."
                ) from error
            yield lock.fileno()

    def secrets(self) -> ProjectSecrets:
        """The keys of this installation, made once: what was signed before a restart stays valid."""
        path = self.folder / "secrets.json"
        if not path.exists():
            write_private_file(path, json.dumps(asdict(new_project_secrets()), indent=2) + "\n")
        return ProjectSecrets(**json.loads(path.read_text()))

    def reset(self) -> None:
        """Clear the data and what leads to it."""
        with self.locked():
            shutil.rmtree(self.stack, ignore_errors=True)
            (self.folder / "secrets.json").unlink(missing_ok=True)
            self.env_file.unlink(missing_ok=True)
