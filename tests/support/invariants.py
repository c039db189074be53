"""tests/database/invariants.sql as queries: what breaks a rule that must hold in every database."""

import re
from pathlib import Path
from typing import Any, LiteralString, cast

import psycopg
import psycopg.rows

FILE = Path(__file__).parents[1] / "database" / "invariants.sql"


def read_invariants() -> dict[str, LiteralString]:
    """Each query by its name."""
    parts = re.split(r"^-- name: (.+)$", FILE.read_text(), flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], cast("list[LiteralString]", parts[1::2]), strict=True))


def broken(connection: psycopg.Connection[Any]) -> list[str]:
    """The names of what does not hold, each with the first id that shows it."""
    found = []
    for name, query in read_invariants().items():
        row = connection.execute(
            f"select what from ({query.strip().rstrip(';')}) as broken limit 1"
        ).fetchone()
        if row is not None:
            found.append(f"{name}: {next(iter(row.values())) if isinstance(row, dict) else row[0]}")
    return found
