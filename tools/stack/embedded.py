"""The embedded Supabase: @supabase/lite on PGlite, without Docker and without an account."""

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import httpx

from tools.stack.processes import PROJECT, LocalError, Process, answers, free_port, node
from tools.stack.stack import TIMEOUT_SECONDS, Stack, User, random_email
from tools.stack.tokens import ProjectSecrets, new_project_secrets

LITE = PROJECT / "node_modules" / "@supabase" / "lite" / "dist" / "cli" / "index.js"
SUPABASE = PROJECT / "supabase"


class EmbeddedStack(Stack):
    """Auth, tables, functions and storage in one process; its folder holds the data."""

    name = "embedded"

    def __init__(
        self,
        home: Path,
        *,
        port: int,
        project_secrets: ProjectSecrets,
        site_url: str = "http://127.0.0.1:8000",
        supabase: Path = SUPABASE,
        inherited_fds: Sequence[int] = (),
    ) -> None:
        """`home` keeps the data; `supabase` is the folder with lite.toml, migrations and seed."""
        self.home = home
        self.secrets = project_secrets
        self.supabase_url = f"http://127.0.0.1:{port}"
        self.rest_url = f"{self.supabase_url}/rest/v1"
        self.auth_url = f"{self.supabase_url}/auth/v1"
        self.log = home / "supabase.log"
        self.process: Process | None = None
        self._supabase = supabase
        self._inherited_fds = inherited_fds
        self._is_temporary = False
        self._environment = os.environ | {
            "SUPABASE_PORT": str(port),
            "SUPABASE_DATA": str(home / "data"),
            "SUPABASE_PUBLISHABLE_KEY": project_secrets.publishable_key,
            "SUPABASE_SECRET_KEY": project_secrets.secret_key,
            "SUPABASE_JWT_SECRET": project_secrets.jwt_secret,
            "GATEBOOK_URL": site_url,
            "LITE_TELEMETRY": "0",
            "EXPERIMENTAL_STORAGE": "1",
        }

    @classmethod
    def temporary(cls, template: Path | None = None, supabase: Path = SUPABASE) -> Self:
        """A stack of its own on a free port; `template` is the folder of one that has its migrations."""
        home = Path(tempfile.mkdtemp(prefix="gatebook-"))
        if template is not None:
            shutil.copytree(template, home, symlinks=True, dirs_exist_ok=True)
        stack = cls(home, port=free_port(), project_secrets=new_project_secrets(), supabase=supabase)
        stack._is_temporary = True
        return stack

    def prepare(self) -> None:
        """Bring the data up to the migrations; a new stack gets the seed, too."""
        folder = self.home / "supabase"
        folder.mkdir(parents=True, exist_ok=True)
        for name in ("lite.toml", "migrations", "seed.sql"):
            link = folder / name
            link.unlink(missing_ok=True)
            if (self._supabase / name).exists():
                link.symlink_to(self._supabase / name)
        applied = self.home / "applied"
        wanted = self._migrations()
        before = applied.read_text().splitlines() if applied.exists() else None
        if before == wanted:
            return
        if before is None:
            # Nothing yet, or a first run that did not get to its end.
            shutil.rmtree(self.home / "data", ignore_errors=True)
            self._lite("db", "reset")
        else:
            self._require_known(before, wanted)
            self._lite("migration", "up")
        applied.write_text("\n".join(wanted))

    def start(self) -> None:
        """Apply what is pending, then serve."""
        self.prepare()
        self.process = self._process("Supabase", "start", "--no-admin")
        self.process.await_ready(self._is_ready)

    def stop(self) -> None:
        """Answer nothing more, and keep the data."""
        self.close_connections()
        if self.process is not None:
            self.process.stop()
            self.process = None

    def close(self) -> None:
        """Stop; a temporary stack's folder goes, too."""
        self.stop()
        if self._is_temporary:
            shutil.rmtree(self.home)

    def sign_up(self, email: str | None = None, password: str | None = None) -> User:
        """Through Auth, as a person would."""
        email = email or random_email()
        password = password or secrets.token_urlsafe(16)
        answer = httpx.post(
            f"{self.auth_url}/signup",
            json={"email": email, "password": password},
            headers={"apikey": self.publishable_key},
            timeout=TIMEOUT_SECONDS,
        ).raise_for_status()
        body = answer.json()
        return User(body["user"]["id"], email, password, body["access_token"])

    def _is_ready(self) -> bool:
        """Whether Auth is up and the schema is read: on a busy machine the first request waits for it."""
        if not answers(f"{self.auth_url}/health"):
            return False
        try:
            return self.client().post("/rpc/ping").status_code < 500
        except httpx.TransportError:
            return False

    def _migrations(self) -> list[str]:
        """Name and hash of each: an applied one is never edited."""
        return [
            f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}"
            for path in sorted((self._supabase / "migrations").glob("*.sql"))
        ]

    def _require_known(self, applied: list[str], known: list[str]) -> None:
        """Data that other migrations have made cannot be brought up to these."""
        gone = [line for line in applied if line not in known]
        if gone:
            # Before there were names in it, the file was one hash.
            names = ", ".join(line.partition(" ")[0] for line in gone[:2] if " " in line) or "all of them"
            raise LocalError(
                f"The data in {self.home} was made by migrations that have been replaced since ({names})."
                " Run make reset, which clears it, and start again."
            )

    def _lite(self, *arguments: str) -> None:
        output = self._process(f"lite {' '.join(arguments)}", *arguments).finish()
        # A seed that fails is rolled back with a warning, and the code is 0 nonetheless.
        if "Seed warning" in output:
            raise LocalError(f"The seed failed:\n{output}")

    def _process(self, name: str, *arguments: str) -> Process:
        return Process(
            name,
            [node(), LITE, *arguments, "--config", "supabase/lite.toml"],
            log=self.log,
            env=self._environment,
            cwd=self.home,
            inherited_fds=self._inherited_fds,
        )
