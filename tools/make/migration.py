"""`make migration NAME=verb_thing`: begin the migration that leads to what supabase/schemas says now."""

import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from tools.make.catalogue import compare, read_catalogue
from tools.make.delta import Delta
from tools.make.schemas import SCHEMAS, read_statements
from tools.make.scratch import MIGRATIONS, Scratch, scratch
from tools.stack.processes import LocalError

NAME = re.compile(r"[a-z]+(_[a-z0-9]+)+")


def write_migration(
    name: str, schemas: Path = SCHEMAS, migrations: Path = MIGRATIONS
) -> tuple[Path, list[str]]:
    """The new file, and what still differs once it has run; a LocalError if there is nothing to do."""
    if not NAME.fullmatch(name):
        raise LocalError(f"NAME is a verb and a thing, such as NAME=add_notes; found {name!r}.")
    with scratch() as databases:
        databases.create("migrated")
        databases.create("declared")
        databases.apply_migrations("migrated", migrations)
        databases.apply_schemas("declared", schemas)
        text = draft(databases, "migrated", "declared", schemas)
        if not text:
            raise LocalError("The migrations make what the schemas say already.")
        path = migrations / f"{next_version(migrations)}_{name}.sql"
        path.write_text(text)
        return path, what_is_left(databases, text)


def draft(databases: Scratch, before: str, after: str, schemas: Path = SCHEMAS) -> str:
    """The statements from one database to the other."""
    with databases.connect(before) as old, databases.connect(after) as new:
        return Delta(read_catalogue(old), read_catalogue(new), read_statements(schemas)).script()


def what_is_left(databases: Scratch, text: str) -> list[str]:
    """The names of what still differs after the draft; where it fails, the reason comes first."""
    with databases.connect("migrated") as old, databases.connect("declared") as new:
        failure = []
        try:
            old.execute(text)
        except psycopg.Error as error:
            failure = [f"the draft does not run yet: {error}"]
        return failure + [found.name for found in compare(read_catalogue(old), read_catalogue(new))]


def next_version(migrations: Path) -> str:
    """Now, and in any case after the newest."""
    now = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
    newest = max((path.name[:14] for path in migrations.glob("*.sql")), default="0")
    return now if now > newest else str(int(newest) + 1)


def main() -> int:
    """Write the file and say what is left to be written."""
    try:
        path, left = write_migration(sys.argv[1] if len(sys.argv) > 1 else "")
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path}: read it, and say above what it changes and why.")
    for name in left:
        print(f"  still differs: {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
