"""What docs/webhook.md tells people to run, run as it stands there."""

import json
import re
import shlex
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.taps import URL, data_of, rows_of
from tools.stack import world
from tools.stack.processes import PROJECT

TEXT = (PROJECT / "docs" / "webhook.md").read_text()


@pytest.fixture
def run(
    device_event: FlaskClient, device_key: Callable[..., world.DeviceKey], device: Callable[..., world.Device]
) -> Callable[[str], tuple[TestResponse, world.DeviceKey]]:
    """Run a curl command of the documentation against the function."""
    owner = device(external_id="NFC_ABC123")
    key, url_key = device_key(owner), device_key(owner, kind="url")

    def run(command: str) -> tuple[TestResponse, world.DeviceKey]:
        words = shlex.split(command.replace("\\\n", " "))
        for name, value in (
            ("$GATEBOOK_URL", ""),
            ("$DEMO_DEVICE_KEY", key.key),
            ("$DEMO_DEVICE_URL", f"{URL}/{url_key.key}"),
        ):
            words = [word.replace(name, value) for word in words]
        given = [word for word in words[1:] if word != "-i"]
        headers = [given[place + 1].split(": ", 1) for place, word in enumerate(given) if word == "-H"]
        data = next((given[place + 1] for place, word in enumerate(given) if word == "-d"), None)
        if data is None:
            return device_event.get(given[0]), key
        # As curl does.
        kinds = {"Content-Type": "application/x-www-form-urlencoded", **dict(headers)}
        return device_event.post(given[0], data=data, headers=kinds), key

    return run


def commands(heading: str) -> list[str]:
    """The curl commands below a heading."""
    section = TEXT[TEXT.index(heading) :].split("\n## ", 1)[0]
    return re.findall(r"^curl (?:.*\\\n)*(?:.*'\{(?:[^'])*'|.*)$", section, re.MULTILINE)


def test_the_three_checks_of_the_connection(
    run: Callable[[str], tuple[TestResponse, world.DeviceKey]], device_event: FlaskClient
) -> None:
    reachable, key_is_right, tap = commands("## Where it is")
    assert run(reachable)[0].status_code == 204
    answer, key = run(key_is_right)
    assert answer.status_code == 200
    assert data_of(answer)["results"] == []
    assert rows_of(key) == []
    wrong = run(key_is_right.replace("$DEMO_DEVICE_KEY", "gb_wrong"))[0]
    assert wrong.status_code == 401
    assert run(tap)[0].status_code == 201
    assert [row["tag_uid"] for row in rows_of(key)] == ["DD542A83"]


def test_every_other_command_stores_what_it_says(
    run: Callable[[str], tuple[TestResponse, world.DeviceKey]],
) -> None:
    found = [*commands("## One request"), *commands("## Advice for firmware")]
    assert len(found) == 3
    for command in found:
        answer, _ = run(command)
        assert answer.status_code in (200, 201), answer.text
        assert data_of(answer).get("rejected", 0) == 0


def test_the_advice_about_repeating_stores_nothing_twice(
    run: Callable[[str], tuple[TestResponse, world.DeviceKey]],
) -> None:
    command = commands("## Advice for firmware")[-1]
    _, key = run(command)
    batch = json.loads(shlex.split(command.replace("\\\n", " "))[-1])["events"]
    # Each alone, its clock set right meanwhile: the key of the event decides.
    for event in batch:
        alone = json.dumps({**event, "timestamp": event["timestamp"] + 7})
        answer, key = run(f"curl $GATEBOOK_URL{URL} -H 'X-API-Key: $DEMO_DEVICE_KEY' -d '{alone}'")
        assert data_of(answer)["duplicate"]
    assert len(rows_of(key)) == 2
