"""The scheduler ends what nobody ended, with a token of its own."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tools.stack import world
from tools.stack.stack import Stack

LoadFunction = Callable[..., FlaskClient]
TOKEN = "task-token-for-tests"


@pytest.fixture
def sweep(load_function: LoadFunction, stack: Stack) -> FlaskClient:
    return load_function("sweep", GATEBOOK_TASK_TOKEN=TOKEN, SUPABASE_SECRET_KEY=stack.secret_key)


def swept(client: FlaskClient, **headers: str) -> dict[str, Any]:
    answer = client.post("/", headers=headers or {"Authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    data: dict[str, Any] = answer.json["data"]
    return data


def forget_an_entry(theirs: world.Organization) -> tuple[str, datetime]:
    started_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=13)
    person = theirs.insert("people", name="Mira")
    entry = world.rpc(
        theirs.client,
        "add_time_entry",
        organization_id=theirs.id,
        person_id=person["id"],
        project_id=None,
        started_at=started_at.isoformat(),
        ended_at=None,
        reason="A timer that nobody stopped",
    )
    return entry["id"], started_at


def test_a_forgotten_entry_ends_at_its_limit_with_an_alert_and_only_once(
    sweep: FlaskClient, organization: Callable[..., world.Organization]
) -> None:
    # What other tests left.
    swept(sweep)
    theirs = organization()
    entry_id, started_at = forget_an_entry(theirs)
    assert swept(sweep) == {"entries_closed": 1, "alerts_raised": 1}
    (entry,) = theirs.rows("time_entries")
    assert datetime.fromisoformat(entry["ended_at"]) == started_at + timedelta(hours=12)
    assert entry["flags"] == ["auto_closed"]
    (alert,) = theirs.rows("alerts")
    assert (alert["kind"], alert["source_id"]) == ("missing_clock_out", entry_id)
    assert swept(sweep) == {"entries_closed": 0, "alerts_raised": 0}


def test_the_token_may_stand_in_a_header_of_its_own(sweep: FlaskClient) -> None:
    assert set(swept(sweep, **{"X-Task-Token": TOKEN})) == {"entries_closed", "alerts_raised"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"X-Task-Token": TOKEN + "x"},
        {"X-Task-Token": "wrong", "Authorization": f"Bearer {TOKEN}"},
        {"X-Task-Token": "tökén"},
    ],
)
def test_nobody_else_sweeps(sweep: FlaskClient, headers: dict[str, str]) -> None:
    answer = sweep.post("/", headers=headers)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert "WWW-Authenticate" in answer.headers


def test_reading_is_not_sweeping(sweep: FlaskClient) -> None:
    assert sweep.get("/").status_code == 405


@pytest.mark.parametrize("missing", ["GATEBOOK_TASK_TOKEN", "SUPABASE_SECRET_KEY"])
def test_without_its_settings_it_says_so_in_the_log(
    load_function: LoadFunction, stack: Stack, missing: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = {"GATEBOOK_TASK_TOKEN": TOKEN, "SUPABASE_SECRET_KEY": stack.secret_key, missing: ""}
    answer = load_function("sweep", **settings).post("/", headers={"X-Task-Token": TOKEN})
    assert answer.status_code == 503
    assert answer.json is not None
    assert missing not in answer.text
    assert f"{missing} is not set" in capsys.readouterr().out


def test_the_answer_is_503_while_supabase_is_away(sweep: FlaskClient, stack: Stack) -> None:
    stack.stop()
    try:
        answer = sweep.post("/", headers={"X-Task-Token": TOKEN})
    finally:
        stack.start()
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    swept(sweep)
