"""What the page takes the tables for."""

from tools.make.types import TYPES, generate
from tools.stack.postgres import PostgresStack
from tools.stack.templates import postgres_template


def test_the_types_are_those_of_the_schema() -> None:
    with PostgresStack(postgres_template()) as stack:
        assert TYPES.read_text() == generate(stack), "The schema has changed: run `make types`."
