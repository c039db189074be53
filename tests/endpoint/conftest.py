"""The function that shows here what every endpoint does."""

import pytest
from flask.testing import FlaskClient

from tests.support.functions import Function


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event")
