"""No text that a stranger sends takes more than its length in time: twice as long is about twice as slow."""

import time
from collections.abc import Callable

import pytest
from werkzeug.datastructures import Headers

from gatebook.devices.keys import is_well_formed
from gatebook.endpoint.credentials import device_credential, user_token
from gatebook.endpoint.json import parse_json
from gatebook.endpoint.request import known_request_id
from gatebook.endpoint.routes import FunctionRoutes, find_route
from gatebook.ground.errors import GatebookError
from gatebook.ground.redaction import quoted, redact
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.notations import read_notation
from gatebook.taps.tag_formats import FORMATS
from gatebook.taps.tags import canonical_tag_uid
from gatebook.taps.times import device_time_text, parse_device_time

LENGTH = 20_000
# Twice the length takes twice the time if it is linear, four times if it is quadratic.
LARGEST_RATIO = 3.2
# What is this quick for a text of LENGTH and for one of eight times LENGTH is not slow for any.
QUICK_SECONDS = 0.02

TEXTS: dict[str, Callable[[int], str]] = {
    "a time with spaces": lambda length: "1:" + " " * length + "X",
    "a time with spaces before Z": lambda length: "1:" + " " * length + "Z",
    "an offset after spaces": lambda length: "T" + " " * length + "+01:00x",
    "zones": lambda length: "1:" + "UTC" * (length // 3) + "X",
    "offsets": lambda length: "1:" + "+01:00" * (length // 6) + "X",
    "digits": lambda length: "1" * length,
    "decimals": lambda length: "1." + "1" * length,
    "beginnings of tokens": lambda length: "eyJ" * (length // 3),
    "beginnings of tokens and a dot": lambda length: "eyJ" * (length // 3) + " .",
    "dots": lambda length: "eyJ" + "." * length,
    "beginnings of keys": lambda length: "gb_" * (length // 3),
    "beginnings of other keys": lambda length: "sb_secret_" * (length // 10),
    "a long key": lambda length: "gb_" + "a" * length,
    "hex": lambda length: "dd " * (length // 3),
    "hex without end": lambda length: "d" * length,
    "spaces": lambda length: " " * length,
    "slashes": lambda length: "/" * length,
    "words with dots": lambda length: "a." * (length // 2),
    "escapes": lambda length: "\ud800" * length,
}


def ignoring_refusals(look: Callable[[str], object]) -> Callable[[str], None]:
    def look_and_go_on(text: str) -> None:
        try:
            look(text)
        except (GatebookError, ValueError):
            return

    return look_and_go_on


def json_text(text: str) -> bytes:
    return b'{"\\u0041": "' + text.encode("utf-8", "ignore") + b'"}'


LOOKS: dict[str, Callable[[str], object]] = {
    "parse_device_time": parse_device_time,
    "device_time_text": device_time_text,
    "canonical_tag_uid": canonical_tag_uid,
    **{f"a tag in {name}": reader for name, reader in FORMATS.items()},
    "another notation of a time": lambda text: read_notation(f"2026 1:1 {text}", None),
    "an event": lambda text: DeviceEventRequest.read(
        dict.fromkeys(("timestamp", "tag_id", "device_id", "event_type", "direction", "tag_type"), text)
    ),
    "redact": redact,
    "quoted": quoted,
    "parse_json": lambda text: parse_json(json_text(text)),
    "a number in JSON": lambda text: parse_json(text.encode("utf-8", "ignore")),
    "a request id": known_request_id,
    "a key": is_well_formed,
    "a device's token": lambda text: device_credential(Headers({"Authorization": f"Bearer {text}"}), None),
    "a user's token": lambda text: user_token(Headers({"Authorization": f"Bearer {text}"})),
    "a path": lambda text: find_route(f"/api/calendar/{text}"),
    "a path of a function alone": lambda text: FunctionRoutes("calendar").match(text),
}


def cpu_seconds(look: Callable[[str], object], text: str) -> float:
    """The least of three, which other load blurs least."""
    seconds = []
    for _ in range(3):
        started_at = time.thread_time()
        look(text)
        seconds.append(time.thread_time() - started_at)
    return min(seconds)


@pytest.mark.parametrize("name", LOOKS)
def test_twice_as_long_is_about_twice_as_slow(name: str) -> None:
    look = ignoring_refusals(LOOKS[name])
    for kind, make in TEXTS.items():
        seconds = cpu_seconds(look, make(LENGTH))
        length = LENGTH
        # Doubled until it is long enough to be measured; quick at the end is quick enough.
        while length < 8 * LENGTH:
            length *= 2
            before, seconds = seconds, cpu_seconds(look, make(length))
            if seconds > QUICK_SECONDS:
                assert seconds < before * LARGEST_RATIO, f"{kind}: {before:.4f} s, then {seconds:.4f} s"


def test_what_took_seconds_takes_none() -> None:
    look = ignoring_refusals(LOOKS["parse_json"])
    assert cpu_seconds(look, "eyJ" * 120_000) < 1
    assert cpu_seconds(ignoring_refusals(parse_device_time), "1:" + " " * 1_000_000 + "X") < 1
