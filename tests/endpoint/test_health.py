import threading
import time
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.support.stand_in import Received, StandIn, reply
from tools.stack.stack import Stack

LoadFunction = Callable[..., FlaskClient]
VERSION = {"GATEBOOK_VERSION": "1.2.3", "GATEBOOK_COMMIT": "0123abc"}


@pytest.mark.parametrize("path", ["/live", "/api/health/live"])
def test_live_says_that_the_process_is_up(load_function: LoadFunction, path: str) -> None:
    answer = load_function("health", SUPABASE_REST_URL="http://127.0.0.1:9", **VERSION).get(path)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["data"] == {"status": "up", "version": "1.2.3", "commit": "0123abc", "checks": {}}


@pytest.mark.parametrize("path", ["/", "/ready", "/api/health", "/api/health/ready"])
def test_ready_asks_the_database(load_function: LoadFunction, path: str) -> None:
    answer = load_function("health", **VERSION).get(path)
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["data"] == {
        "status": "up",
        "version": "1.2.3",
        "commit": "0123abc",
        "checks": {"database": "up"},
    }


def test_ready_is_503_while_supabase_is_away_and_200_again_after(
    load_function: LoadFunction, stack: Stack
) -> None:
    health = load_function("health", **VERSION)
    assert health.get("/ready").status_code == 200
    stack.stop()
    try:
        answer = health.get("/ready")
        live = health.get("/live")
    finally:
        stack.start()
    assert answer.status_code == 503
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Retry-After"] == "5"
    assert answer.json is not None
    assert answer.json["version"] == "1.2.3"
    assert answer.json["commit"] == "0123abc"
    assert answer.json["checks"] == {"database": "down"}
    assert live.status_code == 200
    # A database that has just started may need more than the 2 s for its first answer.
    assert any(health.get("/ready").status_code == 200 for _ in range(10))


def test_ready_gives_up_within_two_seconds(load_function: LoadFunction) -> None:
    has_given_up = threading.Event()

    def stall(_: Received) -> bytes:
        has_given_up.wait(60)
        return reply(200, {})

    with StandIn(stall) as slow:
        started_at = time.monotonic()
        answer = load_function("health", SUPABASE_REST_URL=slow.url).get("/ready")
        elapsed_seconds = time.monotonic() - started_at
        has_given_up.set()
    assert answer.status_code == 503
    assert elapsed_seconds < 2


def test_health_has_no_other_methods_or_paths(load_function: LoadFunction) -> None:
    health = load_function("health")
    assert health.head("/live").status_code == 200
    assert health.post("/live").status_code == 405
    assert health.get("/metrics").status_code == 404


def test_health_needs_no_setting_to_be_live(
    load_function: LoadFunction, monkeypatch: pytest.MonkeyPatch
) -> None:
    health = load_function("health", SUPABASE_URL="", SUPABASE_REST_URL="", SUPABASE_PUBLISHABLE_KEY="")
    assert health.get("/live").status_code == 200
    assert health.get("/ready").status_code == 503
