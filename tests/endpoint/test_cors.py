"""Which pages may read an answer."""

import pytest

from tests.endpoint.posting import post
from tests.support.functions import Function


def test_a_page_of_ours_may_read_the_answer(function: Function) -> None:
    ours = "https://gatebook.example"
    client = function("device_event", GATEBOOK_ALLOWED_ORIGINS=f"{ours}, http://127.0.0.1:8000")
    preflight = client.options("/", headers={"Origin": ours, "Access-Control-Request-Method": "POST"})
    assert preflight.status_code == 204
    assert "X-API-Key" in preflight.headers["Access-Control-Allow-Headers"]
    for answer in (preflight, post(client, Origin=ours), post(client, {}, Origin=ours)):
        assert answer.headers["Access-Control-Allow-Origin"] == ours
        assert answer.headers["Vary"] == "Origin"
        assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origins", ["https://gatebook.example", "", "*"])
def test_any_other_page_may_not(function: Function, origins: str) -> None:
    client = function("device_event", GATEBOOK_ALLOWED_ORIGINS=origins)
    theirs = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    assert "Access-Control-Allow-Origin" not in client.options("/", headers=theirs).headers
