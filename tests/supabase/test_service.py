"""Calls with the secret key, seen through sweep."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.functions import Function
from tests.support.stand_in import StandIn, reply

TASK = {"X-Task-Token": "task"}
SWEPT = {"entries_closed": 2, "alerts_raised": 1}


@pytest.fixture
def sweep(function: Function) -> FlaskClient:
    return function("sweep", GATEBOOK_TASK_TOKEN="task", SUPABASE_SECRET_KEY="sb_secret_x")


def swept(sweep: FlaskClient) -> TestResponse:
    return sweep.post("/", headers=TASK)


def test_the_secret_key_is_the_key_and_no_token(sweep: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: reply(200, SWEPT)
    assert swept(sweep).get_json()["data"] == SWEPT
    (request,) = stand_in.received
    assert (request.path, request.headers["apikey"]) == ("/rpc/sweep", "sb_secret_x")
    assert "authorization" not in request.headers


def test_an_older_secret_key_is_a_token_itself(function: Function, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: reply(200, SWEPT)
    older = function("sweep", GATEBOOK_TASK_TOKEN="task", SUPABASE_SECRET_KEY="eyJh.eyJi.c")
    assert swept(older).status_code == 200
    assert stand_in.received[0].headers["authorization"] == "Bearer eyJh.eyJi.c"


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 500])
def test_whatever_else_comes_is_503(sweep: FlaskClient, stand_in: StandIn, status: int) -> None:
    stand_in.behaviour = lambda _: reply(status, {"code": "42501", "message": "no"})
    assert swept(sweep).status_code == 503


def test_a_call_that_is_not_declared_repeatable_is_posted_once(sweep: FlaskClient, stand_in: StandIn) -> None:
    stand_in.behaviour = lambda _: reply(200, SWEPT)
    assert swept(sweep).status_code == 200
    stand_in.behaviour = lambda _: b""
    answer = swept(sweep)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert [request.connection for request in stand_in.received] == [1, 1]
    stand_in.behaviour = lambda _: reply(200, SWEPT)
    assert swept(sweep).status_code == 200
