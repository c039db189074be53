"""Arrows point down: a room of the schemas names only what stands in it, or in a room with a lower number."""

import re
from collections.abc import Iterator

from tools.make.schemas import Statement, read_statements

CREATES = re.compile(r"create (?:table|view|function|type) (\w+\.\w+)")
NAMES = re.compile(r"\b(?:public|private)\.\w+")
# Statements that name something above: (file, name) → reason. Triggers alone may stand here; none has to.
EXCEPTIONS: dict[tuple[str, str], str] = {}


def upward(statements: list[Statement]) -> Iterator[tuple[str, str]]:
    """The file and the name of every reference to a higher room."""
    rooms = {match[1]: s.room for s in statements if (match := CREATES.match(s.code))}
    for statement in statements:
        for name in sorted(set(NAMES.findall(re.sub(r"--[^\n]*", "", statement.code)))):
            if rooms.get(name, "") > statement.room:
                yield statement.path, name


def test_no_room_names_a_higher_one() -> None:
    assert set(upward(read_statements())) == EXCEPTIONS.keys()


def test_exceptions_are_triggers_with_a_reason() -> None:
    triggers = [s for s in read_statements() if s.code.startswith("create trigger")]
    for (path, name), reason in EXCEPTIONS.items():
        assert reason
        assert any(trigger.path == path and name in trigger.code for trigger in triggers)


def test_every_name_is_one_of_the_schemas() -> None:
    """A misspelt name would be of no room, and would not be found."""
    statements = read_statements()
    known = {match[1] for s in statements if (match := CREATES.match(s.code))}
    unknown = {
        (s.path, name)
        for s in statements
        for name in NAMES.findall(re.sub(r"--[^\n]*", "", s.code))
        if name not in known
    }
    assert unknown == set()


def test_a_reference_upwards_is_found() -> None:
    low = Statement("10_low/a.sql", "create function private.a() returns void as $$ select private.b() $$;")
    high = Statement("20_high/b.sql", "create function private.b() returns void as $$ select private.a() $$;")
    assert list(upward([low, high])) == [("10_low/a.sql", "private.b")]


def test_pairing_knows_nothing_of_time_entries() -> None:
    for statement in read_statements():
        if statement.room <= "65_pairing":
            assert "time_entries" not in re.sub(r"--[^\n]*|comment on [^;]*;", "", statement.code)
