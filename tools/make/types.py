"""`make types`: what the page knows of the tables, as the official CLI reads it from the database."""

import os
import sys

from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT, LocalError, Words, run

TYPES = PROJECT / "web" / "src" / "platform" / "database.types.ts"


def generate(stack: PostgresStack) -> str:
    """The TypeScript of the schema `public`; raises LocalError when the CLI fails."""
    command: Words = [
        PROJECT / "node_modules" / ".bin" / "supabase",
        "gen",
        "types",
        "--lang=typescript",
        "--schema=public",
        f"--db-url={stack.cluster.url('postgres')}",
        "--agent=no",
        f"--workdir={stack.home}",
    ]
    environment = os.environ | {"DO_NOT_TRACK": "1", "SUPABASE_TELEMETRY_DISABLED": "1"}
    printed = run("supabase gen types", command, env=environment, cwd=stack.home)
    # The CLI says hello first.
    return printed[printed.index("export type Json") :].rstrip() + "\n"


def main() -> int:
    """Write them where the page reads them."""
    try:
        with PostgresStack() as stack:
            TYPES.write_text(generate(stack))
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
