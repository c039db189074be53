"""A demo that works like the real thing: a user by Auth, keys by the RPC, taps over HTTP."""

import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from gatebook.local.processes import LocalError
from gatebook.local.stack import Stack

# As seed.sql has them.
ORGANIZATION_ID = "0d3a0000-0000-4000-8000-000000000001"
PERSON_ID = "0d3a0000-0000-4000-8000-000000000031"
DEVICE_ID = "0d3a0000-0000-4000-8000-000000000041"
DEVICE_EXTERNAL_ID = "NFC_ABC123"
AMBER_CARD, BLUE_CARD = "dd 54 2a 83", "04 a1 b2 c3 d4 e5 80"
WEBHOOK_PATH = "/api/webhook/device-event"
EMAIL = "demo@example.com"


def prepare_demo(stack: Stack, auth_url: str, gateway_url: str, before: Mapping[str, str]) -> dict[str, str]:
    """The demo's settings: those from before as far as they work, new ones for the rest."""
    email, password, token, user_id = _sign_in(stack, auth_url, before)
    _make_admin(stack, user_id, email)
    client = stack.client(token)
    client.patch(f"/people?id=eq.{PERSON_ID}&user_id=is.null", json={"user_id": user_id}).raise_for_status()
    key, url_key = before.get("DEMO_DEVICE_KEY", ""), before.get("DEMO_DEVICE_URL", "").rpartition("/")[2]
    if not _is_valid(stack, key, "header"):
        key = _create_key(client, "header")
    if not _is_valid(stack, url_key, "url"):
        url_key = _create_key(client, "url")
    return {
        "DEMO_EMAIL": email,
        "DEMO_PASSWORD": password,
        "DEMO_DEVICE_ID": DEVICE_EXTERNAL_ID,
        "DEMO_DEVICE_KEY": key,
        "DEMO_DEVICE_URL": f"{gateway_url}{WEBHOOK_PATH}/{url_key}",
    }


def send_demo_taps(gateway_url: str, device_key: str, *, is_first_run: bool) -> int:
    """Post what Mira's reader would have seen; returns how many taps that was."""
    events = list(_morning() if is_first_run else _now())
    with httpx.Client(base_url=gateway_url, headers={"X-API-Key": device_key}, timeout=30) as client:
        for event in events:
            answer = client.post(WEBHOOK_PATH, json=event)
            if answer.status_code not in (200, 201):
                raise LocalError(f"A demo tap was answered {answer.status_code}: {answer.text}")
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
        "device_id": DEVICE_EXTERNAL_ID,
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
        session = answer.raise_for_status().json()
    return email, password, session["access_token"], session["user"]["id"]


def _make_admin(stack: Stack, user_id: str, email: str) -> None:
    """By the secret key: nobody is in the seed's organization yet who could invite."""
    membership = {"organization_id": ORGANIZATION_ID, "user_id": user_id, "role": "admin", "email": email}
    stack.service.post(
        "/memberships?on_conflict=organization_id,user_id",
        json=membership,
        headers={"Prefer": "resolution=ignore-duplicates"},
    ).raise_for_status()


def _create_key(client: httpx.Client, kind: str) -> str:
    answer = client.post(
        "/rpc/create_device_key", json={"device_id": DEVICE_ID, "kind": kind, "name": "Demo"}
    ).raise_for_status()
    key: str = answer.json()["key"]
    return key


def _is_valid(stack: Stack, key: str, kind: str) -> bool:
    """Whether the database takes it; no events are sent along."""
    body = {"device_key": key, "key_kind": kind, "events": []}
    return bool(key) and stack.client().post("/rpc/record_device_events", json=body).is_success
