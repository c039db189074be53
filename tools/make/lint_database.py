"""`make lint-database`: plpgsql_check reads every function of the migrations, through `supabase db lint`.

The wheel that the tests run on lacks the extension; Debian has (postgresql-15, postgresql-15-plpgsql-check).
"""

import os
import sys
from pathlib import Path

from tools.stack.cluster import Cluster
from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT, LocalError, Words, run

DEBIAN = Path("/usr/lib/postgresql/15/bin")
EXTENSION = Path("/usr/share/postgresql/15/extension/plpgsql_check.control")


class DebianCluster(Cluster):
    """A cluster of Debian's PostgreSQL."""

    def _binaries(self) -> Path:
        return DEBIAN


def lint() -> str:
    """What the CLI says; raises LocalError if it found something."""
    if not EXTENSION.exists():
        raise LocalError(
            "plpgsql_check is missing: apt-get install postgresql-15 postgresql-15-plpgsql-check"
        )
    stack = PostgresStack()
    stack.cluster = DebianCluster(stack.home, is_durable=False)
    with stack:
        stack.sql("create extension plpgsql_check schema extensions", role="supabase_admin")
        command: Words = [
            PROJECT / "node_modules" / ".bin" / "supabase",
            "db",
            "lint",
            f"--remote={stack.cluster.url('postgres')}",
            "--schema=public,private",
            "--level=warning",
            "--fail-on=warning",
            "--agent=no",
            f"--workdir={stack.home}",
        ]
        environment = os.environ | {"DO_NOT_TRACK": "1", "SUPABASE_TELEMETRY_DISABLED": "1"}
        return run("supabase db lint", command, env=environment, cwd=stack.home)


def main() -> int:
    """Lint, and say what was found."""
    try:
        print(lint().strip())
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
