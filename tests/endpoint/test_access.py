"""Every route refuses who may not call: all routes there are, and routes of the tests' own for users."""

import base64
import json
from collections.abc import Iterator
from typing import assert_never

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key
from gatebook.endpoint.routes import ROUTES, SECRETS, TASK_TOKEN, Access, Route
from tests.endpoint.posting import INSERT
from tests.support.functions import Function, forget_settings
from tests.support.stand_in import StandIn
from tools.serve.functions import load_function
from tools.stack import world
from tools.stack.postgres import PostgresStack
from tools.stack.stack import User
from tools.stack.tokens import sign_jwt

TASK = "a token of the scheduler"
Headers = dict[str, str]


@pytest.fixture(scope="module")
def user(postgres_stack: PostgresStack) -> User:
    return postgres_stack.sign_up()


@pytest.fixture(scope="module")
def device_key(postgres_stack: PostgresStack) -> world.DeviceKey:
    return world.create_device_key(world.create_device(world.create_organization(postgres_stack)))


def user_claims(user: User) -> dict[str, str]:
    return {"sub": user.id, "email": user.email, "role": "authenticated", "aud": "authenticated"}


def changed(token: str, **values: object) -> str:
    """The token with other claims and its old signature."""
    head, payload, signature = token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(payload + "=="))
    written = base64.urlsafe_b64encode(json.dumps(claims | values).encode()).rstrip(b"=").decode()
    return f"{head}.{written}.{signature}"


@pytest.fixture(scope="module")
def tokens(postgres_stack: PostgresStack, user: User, device_key: world.DeviceKey) -> dict[str, str]:
    """Tokens that make nobody a signed-in user, each by what is wrong with it."""
    secret = postgres_stack.jwt_secret
    device = {
        "role": "device",
        "device_id": device_key.device.id,
        "organization_id": device_key.device.organization.id,
        "key_id": device_key.id,
    }
    claims = user_claims(user)
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    return {
        "empty": "",
        "no token": "x",
        "three words": "aaa.bbb.ccc",
        "deep": f"aaa.{base64.urlsafe_b64encode(b'[' * 3000).decode().rstrip('=')}.ccc",
        "endless": f"aaa.{'b' * 100_000}.ccc",
        "expired": sign_jwt(claims, secret, lifetime_seconds=-3600),
        "forged": sign_jwt(claims, "another secret, of 32 bytes or more"),
        "changed": changed(user.access_token, sub="00000000-0000-0000-0000-000000000000"),
        "unsigned": f"{unsigned}.{user.access_token.split('.')[1]}.x",
        "anon": sign_jwt({"role": "anon"}, secret),
        "device": sign_jwt(device, secret),
        "a device that says it is a user": changed(sign_jwt(device, secret), role="authenticated", sub="x"),
        "service": postgres_stack.secret_key,
        "of no user": sign_jwt({"role": "authenticated"}, secret),
        "publishable": postgres_stack.publishable_key,
        "device key": device_key.key,
        "task": TASK,
    }


@pytest.fixture
def load(postgres_stack: PostgresStack, monkeypatch: pytest.MonkeyPatch) -> Iterator[Function]:
    """Load a function with the secrets that it holds: `load(name)`."""
    values = {
        TASK_TOKEN: TASK,
        "SUPABASE_SECRET_KEY": postgres_stack.secret_key,
        "GATEBOOK_JWT_SECRET": postgres_stack.jwt_secret,
        "GATEBOOK_JWT_PRIVATE_KEY": "",
    }

    def load_with_secrets(name: str) -> FlaskClient:
        own = {secret: values[secret] for secret in SECRETS.get(name, ())}
        for key, value in (postgres_stack.settings | own).items():
            monkeypatch.setenv(key, value)
        forget_settings()
        return load_function(name).test_client()

    yield load_with_secrets
    forget_settings()


def ask(client: FlaskClient, route: Route, headers: Headers, **parameters: str) -> TestResponse:
    path = route.path.format(**parameters) if parameters else route.path
    return client.open(path, method=route.methods[0], json=INSERT, headers=headers)


def bearer(token: str) -> Headers:
    return {"Authorization": f"Bearer {token}"}


def refused_headers(access: Access, user: User, key: str, tokens: dict[str, str]) -> list[Headers]:
    """What does not open a route of this kind, though it may open another."""
    unknown = generate_key()
    strange = [{}, bearer(unknown), {"X-API-Key": unknown}, {"Authorization": "Basic eDp5"}]
    match access:
        case "user":
            wrong = [bearer(token) for token in tokens.values()]
            return [*strange, *wrong, {"X-API-Key": key}, {"X-Task-Token": TASK}]
        case "device" | "url_key":
            kinds = [token for name, token in tokens.items() if name not in ("device", "device key")]
            return [*strange, *(bearer(token) for token in kinds), bearer(user.access_token)]
        case "task":
            kinds = [token for name, token in tokens.items() if name != "task"]
            return [*strange, *(bearer(token) for token in kinds), bearer(user.access_token)]
        case "link" | "anyone":
            return []
        case _:
            assert_never(access)


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_every_route_refuses_who_may_not_call(
    route: Route, load: Function, user: User, device_key: world.DeviceKey, tokens: dict[str, str]
) -> None:
    client = load(route.function)
    if route.access == "anyone":
        # What it says is for everyone.
        assert route.function == "health"
        assert ask(client, route, {}).status_code == 200
        return
    if route.access == "link":
        for token in ("x", generate_key(), device_key.key):
            assert ask(client, route, bearer(user.access_token), token=token).status_code == 404
        return
    wrong_keys = (generate_key(), device_key.key, "gb_x", user.access_token)
    paths = [{"url_key": key} for key in wrong_keys] if route.access == "url_key" else [{}]
    answers = [
        ask(client, route, headers, **parameters)
        for parameters in paths
        for headers in refused_headers(route.access, user, device_key.key, tokens)
    ]
    assert len(answers) > 10
    assert_refused(answers)


def assert_refused(answers: list[TestResponse]) -> None:
    """All with the one 401, which says nothing of why."""
    assert [answer.status_code for answer in answers] == [401] * len(answers)
    bodies = [answer.get_json() for answer in answers]
    assert all(body.pop("request_id") for body in bodies)
    assert all(body == bodies[0] for body in bodies)
    assert {answer.headers["WWW-Authenticate"] for answer in answers} == {'Bearer realm="gatebook"'}


def test_a_route_for_users_refuses_who_is_none(
    own: Function, user: User, device_key: world.DeviceKey, tokens: dict[str, str]
) -> None:
    client = own("whoami")
    refused = refused_headers("user", user, device_key.key, tokens)
    answers = [client.get("/", headers=headers) for headers in refused]
    answers += [client.post("/api/whoami", json={}, headers=headers) for headers in refused]
    assert_refused(answers)
    for headers in (bearer(user.access_token), {"Authorization": f"bearer  {user.access_token} "}):
        answer = client.get("/", headers=headers)
        assert answer.status_code == 200, answer.text
        assert answer.get_json()["data"] == {"is_user": True}


def test_a_user_of_an_organization_is_a_user_too(own: Function, device_key: world.DeviceKey) -> None:
    token = device_key.device.organization.admin.access_token
    assert own("whoami").post("/", json={}, headers=bearer(token)).status_code == 200


def test_a_token_is_checked_once(own: Function, user: User, stand_in: StandIn) -> None:
    asks = own("whoami", SUPABASE_REST_URL=stand_in.url)
    assert asks.get("/", headers=bearer(user.access_token)).status_code == 200
    assert [(request.path, request.headers["authorization"]) for request in stand_in.received] == [
        ("/rpc/ping", f"Bearer {user.access_token}")
    ]
    calls_itself = own("as_themselves", SUPABASE_REST_URL=stand_in.url)
    answer = calls_itself.get("/", headers=bearer(user.access_token))
    assert answer.get_json()["data"] == {"token": "UserToken()"}
    assert len(stand_in.received) == 1


def test_the_form_is_checked_though_the_handler_calls_as_the_user(
    own: Function, tokens: dict[str, str]
) -> None:
    client = own("as_themselves")
    names = ("empty", "three words", "deep", "endless", "anon", "device", "service", "device key")
    assert_refused([client.get("/", headers=bearer(tokens[name])) for name in names])


def test_while_the_database_is_away_nobody_is_a_user(own: Function, user: User) -> None:
    with StandIn() as gone:
        url = gone.url
    answer = own("whoami", SUPABASE_REST_URL=url).get("/", headers=bearer(user.access_token))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_kind_of_access_that_nobody_checks_is_no_way_in(
    own: Function, monkeypatch: pytest.MonkeyPatch, user: User
) -> None:
    client = own("whoami")
    route = Route("/api/whoami", "whoami", ("GET",), "everybody")  # type: ignore[arg-type]
    monkeypatch.setattr("gatebook.endpoint.routes.FunctionRoutes.match", lambda *_: (route, {}))
    assert client.get("/", headers=bearer(user.access_token)).status_code == 500


def test_a_task_is_called_by_who_holds_its_token_and_nobody_else_holds_it() -> None:
    tasks = {route.function for route in ROUTES if route.access == "task"}
    assert tasks == {function for function, secrets in SECRETS.items() if TASK_TOKEN in secrets}


def test_no_function_that_devices_or_links_call_to_record_holds_a_secret() -> None:
    open_to_devices = {route.function for route in ROUTES if route.access in ("device", "url_key", "link")}
    # It signs with what the project signs with: the platform leaves no other way.
    assert open_to_devices & set(SECRETS) == {"device_token"}
