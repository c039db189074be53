"""`make model`: the data model of docs/technical.md, drawn from the foreign keys of the schemas."""

import re
import sys

from tools.make.schemas import SCHEMAS, read_statements
from tools.stack.postgres import PostgresStack
from tools.stack.processes import PROJECT, LocalError

PAGE = PROJECT / "docs" / "technical.md"
BEGIN, END = "<!-- model: written by make model -->\n", "<!-- end of model -->\n"
KEYS = """
    select distinct c.conrelid::regclass::text as child, c.confrelid::regclass::text as parent
    from pg_catalog.pg_constraint as c
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
        and c.confrelid::regclass::text not in ('organizations', 'auth.users')
    order by 1, 2
"""
TABLE = re.compile(r"create table (?:public\.)(\w+)")


def draw(keys: list[tuple[str, str]]) -> str:
    """A Mermaid diagram: the tables by room, and an arrow from each to what it refers to."""
    lines = ["```mermaid", "flowchart LR"]
    for room, tables in _tables_by_room().items():
        # A room may be called like one of its tables.
        lines += [f"    subgraph room_{room} [{room}]", *(f"        {table}" for table in tables), "    end"]
    lines += [f"    {child} --> {parent}" for child, parent in keys]
    return "\n".join([*lines, "```", ""])


def read_keys(stack: PostgresStack) -> list[tuple[str, str]]:
    """(table, the table it refers to), but for organizations and users, to which nearly all do."""
    return [(row["child"], row["parent"]) for row in stack.sql(KEYS)]


def with_model(page: str, model: str) -> str:
    """The page with the model between its two marks; raises LocalError where these are missing."""
    before, begin, rest = page.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise LocalError(
            f"{PAGE.name} has no place for the model: expected {BEGIN.strip()} and {END.strip()}."
        )
    return f"{before}{begin}\n{model}\n{end}{after}"


def _tables_by_room() -> dict[str, list[str]]:
    rooms: dict[str, list[str]] = {}
    for statement in read_statements(SCHEMAS):
        if found := TABLE.match(statement.code):
            rooms.setdefault(statement.room.split("_", 1)[1], []).append(found[1])
    return rooms


def main() -> int:
    """Write it into the page."""
    try:
        with PostgresStack() as stack:
            PAGE.write_text(with_model(PAGE.read_text(), draw(read_keys(stack))))
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
