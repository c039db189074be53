"""What the page takes the tables for."""

from gatebook.local.postgres import PostgresStack
from gatebook.local.types import TYPES, generate


def test_the_types_are_those_of_the_schema() -> None:
    with PostgresStack() as stack:
        assert TYPES.read_text() == generate(stack), "The schema has changed: run `make types`."
