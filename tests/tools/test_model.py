"""The data model of docs/technical.md is that of the database."""

import pytest

from tools.make.model import PAGE, draw, read_keys, with_model
from tools.stack.postgres import PostgresStack
from tools.stack.processes import LocalError


def test_the_model_in_the_docs_is_that_of_the_database(postgres_stack: PostgresStack) -> None:
    page = PAGE.read_text()
    assert with_model(page, draw(read_keys(postgres_stack))) == page, (
        "The schema has changed: run `make model`."
    )


def test_every_key_is_an_arrow_between_tables_of_their_rooms() -> None:
    drawn = draw([("device_keys", "devices")])
    assert "device_keys --> devices" in drawn
    assert drawn.index("subgraph room_devices [devices]") < drawn.index("        device_keys")


def test_a_page_without_a_place_for_it_is_refused() -> None:
    with pytest.raises(LocalError, match="no place for the model"):
        with_model("# Nothing\n", "")
