"""What is in a database, object by object, so that two of them can be compared."""

from dataclasses import dataclass
from pathlib import Path

import psycopg

from tools.make.schemas import split

QUERIES = Path(__file__).with_name("catalogue.sql")


@dataclass(frozen=True)
class Difference:
    """An object that two databases do not have in common; None: it is not there."""

    name: str
    before: str | None
    after: str | None


def read_catalogue(connection: psycopg.Connection) -> dict[str, str]:
    """From the kind and the name of every object to what it is."""
    found: dict[str, str] = {}
    with connection.transaction(force_rollback=True):
        # With nothing on the path, every name is printed in full.
        connection.execute("set local search_path = ''")
        for statement in split(QUERIES.read_text()):
            cursor = connection.execute(statement)
            kind = statement.split("\n")[0].removeprefix("-- ")
            if cursor.description:
                found |= {f"{kind} {name}": definition or "" for name, definition in cursor}
    return found


def compare(before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    """In the order of their names."""
    return [
        Difference(name, before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys())
        if before.get(name) != after.get(name)
    ]
