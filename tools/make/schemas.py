"""The files of supabase/schemas in the order in which an empty database takes them.

`python -m tools.make.schemas` prints them as one script: that is how the baseline migration was made.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.stack.processes import PROJECT

SCHEMAS = PROJECT / "supabase" / "schemas"
TOKEN = re.compile(r"--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|(?P<dollar>\$\w*\$)|(?P<end>;)")
# They call functions of any room, so they come when all functions exist.
DEFERRED = re.compile(r"create (policy|trigger)\b")
HEADER = "-- Bodies name what is created further down; a test checks each of them once everything is there.\n"


@dataclass(frozen=True)
class Statement:
    """A statement of a schema file, with the comments above it."""

    path: str
    """Of its file, within supabase/schemas."""
    text: str

    @property
    def code(self) -> str:
        """Without the comments above it."""
        return re.sub(r"\A(\s*--[^\n]*\n)+", "", self.text)

    @property
    def room(self) -> str:
        """The folder."""
        return self.path.split("/")[0]


def split(text: str) -> list[str]:
    """The statements of a script, each with the comments above it."""
    found = []
    start = position = 0
    while token := TOKEN.search(text, position):
        position = token.end()
        if token["dollar"]:
            position = text.index(token["dollar"], position) + len(token["dollar"])
        elif token["end"]:
            found.append(text[start:position].strip())
            start = position
    if text[start:].strip():
        raise ValueError(f"A statement ends with a semicolon; found at the end: {text[start:].strip()[:80]}")
    return found


def read_statements(folder: Path = SCHEMAS) -> list[Statement]:
    """In the order of the files' paths, policies and triggers at the end."""
    statements = [
        Statement(path.relative_to(folder).as_posix(), text)
        for path in sorted(folder.glob("*/*.sql"), key=lambda path: path.relative_to(folder).as_posix())
        for text in split(path.read_text())
    ]
    return sorted(statements, key=lambda statement: bool(DEFERRED.match(statement.code)))


def script(folder: Path = SCHEMAS) -> str:
    """All of it, for an empty database."""
    return "".join(_lines(read_statements(folder)))


def _lines(statements: list[Statement]) -> Iterator[str]:
    yield HEADER
    yield "set check_function_bodies = off;\n"
    path = ""
    for statement in statements:
        if statement.path != path:
            path = statement.path
            yield f"\n-- {path}\n"
        elif not statement.text.startswith(("comment", "grant", "revoke", "alter", "create index")):
            yield "\n"
        yield f"{statement.text}\n"
    yield "\nset check_function_bodies = on;\n"


if __name__ == "__main__":
    sys.stdout.write(script())
