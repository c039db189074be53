"""A direct line to the database, and one organization for all random histories."""

from collections.abc import Iterator

import pytest

from tests.database.pairing.book import Book, Connection, connect
from tests.database.pairing.strategies import DEVICES, PEOPLE, PROJECTS, TAGS
from tools.stack.postgres import PostgresStack


@pytest.fixture(scope="session")
def connection(postgres_stack: PostgresStack) -> Iterator[Connection]:
    """To real PostgreSQL, as the owner of the tables."""
    with connect(postgres_stack.cluster.url("postgres")) as opened:
        yield opened


@pytest.fixture(scope="session")
def replay_book(connection: Connection) -> Book:
    """Nothing has happened in it yet; every example ends in a rollback."""
    return Book.create(connection, DEVICES, TAGS, PEOPLE, PROJECTS)
