"""A demo that works like the real thing: a user by Auth, keys by the RPC, taps over HTTP.

All of it may be changed and deleted in the page; then there is no demo, and everything else runs on.
"""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tools.stack.processes import LocalError
from tools.stack.stack import Stack

# As seed.sql has them.
ORGANIZATION_ID = "0d3a0000-0000-4000-8000-000000000001"
PERSON_ID = "0d3a0000-0000-4000-8000-000000000031"
DEVICE_ID = "0d3a0000-0000-4000-8000-000000000041"
AMBER_CARD, BLUE_CARD = "dd 54 2a 83", "04 a1 b2 c3 d4 e5 80"
WEBHOOK_PATH = "/api/webhook/device-event"
EMAIL = "demo@example.com"


def prepare_demo(
    stack: Stack, auth_url: str, gateway_url: str, before: Mapping[str, str]
) -> Iterator[dict[str, str]]:
    """Yields the demo's settings as far as it gets: those from before that work, new ones for the rest.

    Raises LocalError when a piece of it is gone.
    """
    email, password, token, user_id = _sign_in(stack, auth_url, before)
    yield {"DEMO_EMAIL": email, "DEMO_PASSWORD": password}
    yield {"DEMO_DEVICE_ID": _external_id_of_reader(stack)}
    _make_admin(stack, user_id, email)
    client = stack.client(token)
    _link_person(client, user_id)
    yield {"DEMO_DEVICE_KEY": _working_key(stack, client, before.get("DEMO_DEVICE_KEY", ""), "header")}
    url_key = before.get("DEMO_DEVICE_URL", "").rpartition("/")[2]
    url_key = _working_key(stack, client, url_key, "url")
    yield {"DEMO_DEVICE_URL": f"{gateway_url}{WEBHOOK_PATH}/{url_key}"}


def send_demo_taps(gateway_url: str, device_key: str, *, is_first_run: bool) -> int:
    """Post what Mira's reader would have seen; returns how many taps that was."""
    events = list(_morning() if is_first_run else _now())
    with httpx.Client(base_url=gateway_url, headers={"X-API-Key": device_key}, timeout=30) as client:
        for event in events:
            _require_success(client.post(WEBHOOK_PATH, json=event), "a tap")
    return len(events)


def _morning() -> Iterator[dict[str, Any]]:
    yield _tap("tag_insert", AMBER_CARD, minutes_ago=150)
    yield _tap("tag_removed", AMBER_CARD, minutes_ago=65)
    yield _tap("tag_insert", BLUE_CARD, minutes_ago=60)
    yield _tap("tag_removed", BLUE_CARD, minutes_ago=20)
    yield _tap("tag_insert", AMBER_CARD, minutes_ago=15)


def _now() -> Iterator[dict[str, Any]]:
    yield _tap("tag_insert", AMBER_CARD, minutes_ago=0)


def _tap(event_type: str, tag_id: str, minutes_ago: int) -> dict[str, Any]:
    seen_at = datetime.now(UTC) - timedelta(minutes=minutes_ago)
    return {
        "timestamp": seen_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "event_type": event_type,
        "tag_present": event_type == "tag_insert",
        "tag_id": tag_id,
        "tag_type": "Mifare Classic (4-byte)" if tag_id == AMBER_CARD else "NTAG213",
        "wifi_status": "Connected to Harbour (-52 dBm)",
        "time_status": "Synced with NTP",
    }


def _sign_in(stack: Stack, auth_url: str, before: Mapping[str, str]) -> tuple[str, str, str, str]:
    email, password = before.get("DEMO_EMAIL", EMAIL), before.get("DEMO_PASSWORD", "")
    with httpx.Client(base_url=auth_url, headers={"apikey": stack.publishable_key}, timeout=30) as auth:
        answer = auth.post("/token?grant_type=password", json={"email": email, "password": password})
        if not answer.is_success:
            password = secrets.token_urlsafe(15)
            answer = auth.post("/signup", json={"email": email, "password": password})
        if answer.status_code in (400, 422):
            # Signed up before, and the password is lost with .env.local.
            email = EMAIL.replace("@", f"-{secrets.token_hex(3)}@")
            answer = auth.post("/signup", json={"email": email, "password": password})
        session = _require_success(answer, "signing up").json()
    return email, password, session["access_token"], session["user"]["id"]


def _external_id_of_reader(stack: Stack) -> str:
    """By the secret key: whoever switched it off or deleted it is asked by no key to undo that."""
    answer = stack.service.get(f"/devices?id=eq.{DEVICE_ID}&select=external_id,is_active")
    rows = _require_success(answer, "reading the devices").json()
    if not rows:
        raise LocalError("its reader is gone")
    if not rows[0]["is_active"]:
        raise LocalError("its reader is switched off")
    external_id: str = rows[0]["external_id"]
    return external_id


def _make_admin(stack: Stack, user_id: str, email: str) -> None:
    """By the secret key: nobody is in the seed's organization yet who could invite."""
    membership = {"organization_id": ORGANIZATION_ID, "user_id": user_id, "role": "admin", "email": email}
    answer = stack.service.post(
        "/memberships?on_conflict=organization_id,user_id",
        json=membership,
        headers={"Prefer": "resolution=ignore-duplicates"},
    )
    _require_success(answer, "joining the organization")


def _link_person(client: httpx.Client, user_id: str) -> None:
    answer = client.patch(f"/people?id=eq.{PERSON_ID}&user_id=is.null", json={"user_id": user_id})
    # Somebody may have linked the user with another person.
    if answer.status_code != httpx.codes.CONFLICT:
        _require_success(answer, "linking the person")


def _working_key(stack: Stack, client: httpx.Client, key: str, kind: str) -> str:
    """That key while it is valid, else a new one."""
    if key:
        # No events are sent along.
        body = {"device_key": key, "key_kind": kind, "events": []}
        answer = stack.client().post("/rpc/record_device_events", json=body)
        # It may be too many requests, too, and then the key is as good as before.
        if answer.status_code != httpx.codes.UNAUTHORIZED:
            return key
    body = {"device_id": DEVICE_ID, "kind": kind, "name": "Demo"}
    answer = client.post("/rpc/create_device_key", json=body)
    made: str = _require_success(answer, "making a key").json()["key"]
    return made


def _require_success(answer: httpx.Response, what: str) -> httpx.Response:
    if not answer.is_success:
        raise LocalError(f"{what} was answered {answer.status_code}")
    return answer
