"""A device key becomes a token; the token is good for what the device may do, as long as the key is."""

import base64
import hmac
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key
from tests.support.acts import refusal
from tests.support.es256 import KEY_ID, Es256Project, es256_project, new_keys
from tests.support.functions import forget_settings
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import Stack
from tools.stack.tokens import sign_jwt

URL = "/api/auth/device-token"
EVENT = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83", "timestamp": "2025-04-11T15:23:42Z"}
DAY_SECONDS = 86_400

LoadFunction = Callable[..., FlaskClient]
NewDeviceKey = Callable[..., world.DeviceKey]


@pytest.fixture
def device_token(stack: Stack, load_function: LoadFunction) -> FlaskClient:
    return load_function("device_token", GATEBOOK_JWT_SECRET=stack.jwt_secret)


@pytest.fixture
def device_event(load_function: LoadFunction) -> FlaskClient:
    return load_function("device_event")


@pytest.fixture(scope="module")
def project(postgres_stack: PostgresStack) -> Iterator[Es256Project]:
    with es256_project(postgres_stack) as found:
        yield found


def ask(client: FlaskClient, key: str, **headers: str) -> TestResponse:
    return client.post(URL, headers={"X-API-Key": key, **headers})


def token_of(client: FlaskClient, key: world.DeviceKey) -> str:
    answer = ask(client, key.key)
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    token: str = answer.json["data"]["token"]
    return token


def send(client: FlaskClient, token: str, **values: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    return client.post("/api/webhook/device-event", json={**EVENT, **values}, headers=headers).status_code


def part(token: str, place: int) -> dict[str, Any]:
    text = token.split(".")[place]
    read: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return read


def encoded(value: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def claims_of(key: world.DeviceKey, **values: Any) -> dict[str, Any]:
    """What a token of this key says."""
    device = key.device
    return {
        "role": "device",
        "device_id": device.id,
        "organization_id": device.organization.id,
        "key_id": key.id,
        **values,
    }


def test_a_key_becomes_a_token_that_names_the_device(
    device_token: FlaskClient,
    device_key: NewDeviceKey,
    device: Callable[..., world.Device],
    organization: Callable[..., world.Organization],
) -> None:
    theirs = organization()
    place = theirs.insert("places", name="Front door")
    key = device_key(device(theirs, place_id=place["id"]))
    before = int(time.time())
    answer = ask(device_token, key.key)
    assert answer.status_code == 200
    assert answer.headers["RateLimit-Limit"] == "600"
    assert answer.json is not None
    data = answer.json["data"]
    assert data["token_type"] == "Bearer"
    assert data["expires_in_seconds"] == 30 * DAY_SECONDS
    assert data["device"]["external_id"] == key.device.external_id
    claims = part(data["token"], 1)
    assert before <= claims["iat"] <= time.time()
    assert claims["exp"] == claims["iat"] + 30 * DAY_SECONDS
    assert claims.items() >= claims_of(key, place_id=place["id"]).items()
    assert "sub" not in claims
    assert part(data["token"], 0) == {"alg": "HS256", "typ": "JWT"}


def test_the_token_records_events(
    device_token: FlaskClient, device_event: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    assert send(device_event, token_of(device_token, key)) == 201
    (row,) = key.device.organization.rows("device_events", select="device_id,tag_uid")
    assert row == {"device_id": key.device.id, "tag_uid": "DD542A83"}


def test_a_token_lives_as_long_as_the_setting_says_and_no_longer_than_its_key(
    stack: Stack, load_function: LoadFunction, device_key: NewDeviceKey
) -> None:
    client = load_function(
        "device_token", GATEBOOK_JWT_SECRET=stack.jwt_secret, GATEBOOK_DEVICE_TOKEN_DAYS="2"
    )
    claims = part(token_of(client, device_key()), 1)
    assert claims["exp"] - claims["iat"] == 2 * DAY_SECONDS
    expires_at = datetime.now(UTC) + timedelta(hours=3)
    claims = part(token_of(client, device_key(expires_at=expires_at.isoformat())), 1)
    assert claims["exp"] == int(expires_at.timestamp())


def test_the_token_ends_with_its_key(
    device_token: FlaskClient, device_event: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    other = world.create_device_key(key.device)
    tokens = [token_of(device_token, each) for each in (key, other)]
    assert send(device_event, tokens[0]) == 201
    world.rpc(key.device.organization.client, "revoke_device_key", key_id=key.id)
    assert [send(device_event, token) for token in tokens] == [401, 200]


def test_the_token_ends_when_the_device_is_switched_off(
    device_token: FlaskClient, device_event: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    token = token_of(device_token, key)
    where = f"/devices?id=eq.{key.device.id}"
    client = key.device.organization.client
    world.created(client.patch(where, json={"is_active": False}))
    assert send(device_event, token) == 401
    assert ask(device_token, key.key).status_code == 401
    world.created(client.patch(where, json={"is_active": True}))
    assert send(device_event, token) == 201


def test_the_devices_of_an_inactive_organization_are_refused_as_unknown_ones(
    stack: Stack, device_token: FlaskClient, device_event: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    token = token_of(device_token, key)
    where = {"id": f"eq.{key.device.organization.id}"}
    world.created(stack.service.patch("/organizations", params=where, json={"is_active": False}))
    answers = [ask(device_token, each) for each in (key.key, generate_key())]
    assert [answer.status_code for answer in answers] == [401, 401]
    inactive, unknown = [{**(answer.json or {}), "request_id": None} for answer in answers]
    assert inactive == unknown
    assert send(device_event, token) == 401
    world.created(stack.service.patch("/organizations", params=where, json={"is_active": True}))
    assert send(device_event, token) == 201


def test_only_header_keys_become_tokens(
    stack: Stack, device_token: FlaskClient, device_key: NewDeviceKey
) -> None:
    url_key = device_key(kind="url")
    assert ask(device_token, url_key.key).status_code == 401
    token = token_of(device_token, device_key())
    answer = device_token.post(URL, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    for kind, key in (("url", url_key.key), ("token", None)):
        arguments = {"device_key": key, "key_kind": kind}
        told = stack.client().post("/rpc/identify_device", json=arguments)
        assert refusal(told) == (401, "invalid_credential")


def test_all_that_is_no_key_is_refused_alike(
    stack: Stack, device_token: FlaskClient, device_key: NewDeviceKey
) -> None:
    revoked = device_key()
    world.rpc(revoked.device.organization.client, "revoke_device_key", key_id=revoked.id)
    answers = [ask(device_token, key) for key in ("", "gb_typo", generate_key(), revoked.key)]
    assert {answer.status_code for answer in answers} == {401}
    bodies = [{k: v for k, v in (answer.json or {}).items() if k != "request_id"} for answer in answers]
    assert all(body == bodies[0] for body in bodies)
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="gatebook"'}


def test_asking_counts_as_a_request(
    stack: Stack, device_token: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    limit = {"requests_per_minute": 2}
    world.created(stack.service.patch(f"/devices?id=eq.{key.device.id}", json=limit))
    assert [ask(device_token, key.key).status_code for _ in range(3)] == [200, 200, 429]


def test_a_project_without_a_key_to_sign_with_is_not_ready(
    load_function: LoadFunction, device_key: NewDeviceKey
) -> None:
    answer = ask(load_function("device_token"), device_key().key)
    assert answer.status_code == 503


def test_a_token_gives_nothing_but_the_calls_of_a_device(
    stack: Stack, device_token: FlaskClient, device_key: NewDeviceKey
) -> None:
    client = stack.client(token_of(device_token, device_key()))
    assert client.post("/rpc/ping").status_code == 200
    for table in ("organizations", "devices", "device_events", "people", "audit_log"):
        answer = client.get(f"/{table}?select=id")
        assert answer.status_code in (401, 403) or answer.json() == [], table
    answer = client.post("/rpc/create_organization", json={"name": "Harbour", "time_zone": "UTC"})
    assert answer.status_code in (401, 403)


def signed(header: dict[str, Any], claims: dict[str, Any], secret: bytes) -> str:
    """A token with these parts, signed with HMAC whatever its header says."""
    body = f"{encoded(header)}.{encoded(claims)}"
    signature = base64.urlsafe_b64encode(hmac.digest(secret, body.encode(), "sha256"))
    return f"{body}.{signature.rstrip(b'=').decode()}"


def forgeries(token: str, secret: str) -> dict[str, str]:
    """What somebody might make who has a good token, and not the secret."""
    head, body, signature = token.split(".")
    claims = part(token, 1)
    other = "x" * 64
    return {
        "expired": sign_jwt({**claims, "iat": claims["iat"] - 100, "exp": claims["iat"] - 60}, secret),
        "wrong signature": f"{head}.{body}.{signature[:-6]}{'A' * 6}",
        "no signature": f"{head}.{body}.A",
        "alg none": f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{body}.A",
        "alg none in capitals": f"{encoded({'alg': 'NONE'})}.{body}.{signature}",
        "another project's key": sign_jwt(claims, other),
        "a role forged": f"{head}.{encoded({**claims, 'role': 'service_role'})}.{signature}",
        "a device forged": f"{head}.{encoded({**claims, 'key_id': claims['device_id']})}.{signature}",
        "no JSON": f"{head}.bm8ganNvbg.{signature}",
        "not even base64": f"{head}.-.{signature}",
        # Well signed, and no device's all the same.
        "an unknown role": sign_jwt({**claims, "role": "postgres"}, secret),
        "a user's role": sign_jwt({**claims, "role": "authenticated", "sub": claims["device_id"]}, secret),
        "anybody's role": sign_jwt({**claims, "role": "anon"}, secret),
        "the service's role": sign_jwt({**claims, "role": "service_role"}, secret),
        "no key": sign_jwt({k: v for k, v in claims.items() if k != "key_id"}, secret),
        "another device": sign_jwt({**claims, "device_id": claims["key_id"]}, secret),
    }


def test_forged_tokens_are_refused(
    stack: Stack, device_token: FlaskClient, device_event: FlaskClient, device_key: NewDeviceKey
) -> None:
    key = device_key()
    good = token_of(device_token, key)
    made = forgeries(good, stack.jwt_secret)
    statuses = {name: send(device_event, token) for name, token in made.items()}
    assert statuses == dict.fromkeys(made, 401)
    assert {
        name: ask(device_token, "", Authorization=f"Bearer {t}").status_code for name, t in made.items()
    } == (dict.fromkeys(made, 401))
    assert key.device.organization.rows("device_events", select="id") == []
    assert send(device_event, good) == 201


def test_forged_tokens_are_refused_by_the_database_itself(
    stack: Stack, device_token: FlaskClient, device_key: NewDeviceKey
) -> None:
    good = token_of(device_token, device_key())
    arguments: dict[str, Any] = {"device_key": None, "key_kind": "token", "events": []}
    for name, token in forgeries(good, stack.jwt_secret).items():
        answer = stack.client(token).post("/rpc/record_device_events", json=arguments)
        assert answer.status_code in (401, 403), f"{name}: {answer.status_code} {answer.text}"
    assert stack.client(good).post("/rpc/record_device_events", json=arguments).status_code == 200


@pytest.mark.parametrize("form", ["JWK", "PEM"])
def test_a_hosted_projects_token_is_signed_with_its_private_key(
    postgres_stack: PostgresStack,
    project: Es256Project,
    form: str,
    monkeypatch: pytest.MonkeyPatch,
    load_on: Callable[..., FlaskClient],
) -> None:
    key = world.create_device_key(world.create_device(world.create_organization(postgres_stack)))
    settings = {"GATEBOOK_JWT_PRIVATE_KEY": json.dumps(project.private_jwk)}
    if form == "PEM":
        settings = {"GATEBOOK_JWT_PRIVATE_KEY": project.private_pem, "GATEBOOK_JWT_KEY_ID": KEY_ID}
    token = token_of(load_on(project, "device_token", **settings), key)
    assert part(token, 0) == {"alg": "ES256", "typ": "JWT", "kid": KEY_ID}
    assert send(load_on(project, "device_event"), token) == 201


def test_a_hosted_project_refuses_every_other_signature(
    postgres_stack: PostgresStack, project: Es256Project, load_on: Callable[..., FlaskClient]
) -> None:
    key = world.create_device_key(world.create_device(world.create_organization(postgres_stack)))
    client = load_on(project, "device_token", GATEBOOK_JWT_PRIVATE_KEY=json.dumps(project.private_jwk))
    good = token_of(client, key)
    claims = part(good, 1)
    other = load_on(project, "device_token", GATEBOOK_JWT_PRIVATE_KEY=json.dumps(new_keys()["private_jwk"]))
    hs256 = {"alg": "HS256", "typ": "JWT"}
    public = [
        project.public_pem.encode(),
        project.public_pem.strip().encode(),
        json.dumps(project.public_jwk).encode(),
        json.dumps({"keys": [project.public_jwk]}).encode(),
        project.public_jwk["x"].encode(),
    ]
    forged = [
        *(signed(header, claims, secret) for secret in public for header in (hs256, hs256 | {"kid": KEY_ID})),
        token_of(other, key),
        f"{encoded({'alg': 'none'})}.{encoded(claims)}.A",
        f"{good.split('.')[0]}.{encoded({**claims, 'role': 'service_role'})}.{good.split('.')[2]}",
    ]
    device_event = load_on(project, "device_event")
    assert [send(device_event, token) for token in forged] == [401] * len(forged)
    assert send(device_event, good) == 201


@pytest.fixture
def load_on(
    postgres_stack: PostgresStack, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., FlaskClient]]:
    """Load a function with settings of its own on a project."""
    from tools.serve.functions import load_function

    def load(project: Es256Project, name: str, **settings: str) -> FlaskClient:
        for setting, value in (postgres_stack.settings | settings).items():
            monkeypatch.setenv(setting, value)
        monkeypatch.setenv("SUPABASE_REST_URL", project.rest_url)
        forget_settings()
        return load_function(name).test_client()

    yield load
    forget_settings()
