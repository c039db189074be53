"""A clock for the database that stands still until a test moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, LiteralString

import psycopg

from tools.make.schemas import read_statements
from tools.stack.postgres import PostgresStack

# The function that everything in the database asks, reading a table; no migration has it.
SET_TIME = """
create or replace function private.now() returns timestamptz language sql stable security definer
set search_path = ''
as $$ select coalesce((select c.at from private.test_clock as c), pg_catalog.now()) $$
"""

# The same for tests that play days in one transaction: each connection has its own time.
ASK_SESSION = """
create or replace function private.now() returns timestamptz language sql stable parallel safe
as $$ select coalesce(nullif(current_setting('gatebook.now', true), '')::timestamptz, pg_catalog.now()) $$
"""


class Clock:
    """The time that the database of a test goes by."""

    def __init__(self, stack: PostgresStack) -> None:
        """`stack` has been told to ask the table."""
        self._stack = stack

    @property
    def now(self) -> datetime:
        """What everything in the database believes."""
        found: datetime = self._stack.sql("select private.now() as now")[0]["now"]
        return found

    def set(self, at: datetime) -> None:
        """It is that time, and stays so."""
        self._stack.sql("truncate private.test_clock")
        self._stack.sql("insert into private.test_clock values (%s)", [at])

    def forward(self, **span: float) -> datetime:
        """Later by so many hours, minutes and so on; the new time."""
        self.set(self.now + timedelta(**span))
        return self.now


@contextmanager
def set_clock(stack: PostgresStack, at: datetime) -> Iterator[Clock]:
    """The database goes by a clock that shows `at`; afterwards by its own again."""
    stack.sql("create table private.test_clock (at timestamptz not null)")
    try:
        stack.sql(SET_TIME)
        clock = Clock(stack)
        clock.set(at)
        yield clock
    finally:
        stack.sql(_own_clock())
        stack.sql("drop table private.test_clock")


@contextmanager
def session_clock(connection: psycopg.Connection[Any]) -> Iterator[None]:
    """Each connection goes by the time that it sets as `gatebook.now`, if it does."""
    connection.execute(ASK_SESSION)
    try:
        yield
    finally:
        connection.execute(_own_clock())


def _own_clock() -> LiteralString:
    own = next(s.code for s in read_statements() if s.code.startswith("create function private.now()"))
    return own.replace("create function", "create or replace function", 1)
