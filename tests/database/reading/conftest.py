"""A book to read in, of a new organization."""

from collections.abc import Callable

import pytest

from tests.database.reading.book import Book
from tools.stack import world
from tools.stack.stack import Stack


@pytest.fixture
def book(stack: Stack, organization: Callable[..., world.Organization]) -> Book:
    """In Vienna."""
    return Book(stack, organization(time_zone="Europe/Vienna"))
