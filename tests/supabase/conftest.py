"""The function through which the database is asked here."""

import pytest
from flask.testing import FlaskClient

from tests.support.functions import Function


@pytest.fixture
def device_event(function: Function) -> FlaskClient:
    return function("device_event", SUPABASE_TIMEOUT_SECONDS="0.3")
