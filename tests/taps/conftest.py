"""The function that most tests here are about."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient


@pytest.fixture
def device_event(load_function: Callable[..., FlaskClient]) -> FlaskClient:
    """device_event on the stack of the test."""
    return load_function("device_event")
