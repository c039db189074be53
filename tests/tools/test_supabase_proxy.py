"""What the gateway passes on to the embedded Supabase, and to nobody else."""

import contextlib
import io
from collections.abc import Iterator

import pytest
from werkzeug.test import create_environ
from werkzeug.wrappers import Response

from tests.support.stand_in import StandIn, reply
from tools.serve.supabase_proxy import SupabaseProxy

PATH = "/rest/v1/tags"


@pytest.fixture
def supabase() -> Iterator[StandIn]:
    with StandIn(lambda request: reply(200, {"path": request.path})) as standing_in:
        yield standing_in


def send(supabase: StandIn, target: str = PATH, body: bytes = b"", **headers: str) -> Response:
    """A request with this target in its first line, and a body of no announced length, as by gunicorn."""
    environ = create_environ(PATH, method="POST" if body else "GET", headers=headers)
    environ |= {"RAW_URI": target, "wsgi.input": io.BytesIO(body), "wsgi.input_terminated": True}
    with contextlib.closing(SupabaseProxy(supabase.url)) as proxy:
        return Response.from_app(proxy, environ)


@pytest.mark.parametrize("target", [f"{PATH}?id=in.(a%2Cb)&x=%C3%A4", f"{PATH}?select=id,name:label"])
def test_a_request_arrives_as_it_was_sent(supabase: StandIn, target: str) -> None:
    # WSGI's way to hand on bytes.
    name = "König".encode().decode("latin-1")
    assert send(supabase, target, name=name).json == {"path": target}
    assert supabase.received[0].headers["name"] == "König"


def test_a_request_that_names_another_host_does_not_reach_it(supabase: StandIn) -> None:
    with StandIn() as elsewhere:
        answer = send(supabase, f"{elsewhere.url}{PATH}?a=b")
        assert elsewhere.received == []
    assert answer.json == {"path": f"{PATH}?a=b"}


def test_a_body_without_a_length_arrives(supabase: StandIn) -> None:
    assert send(supabase, body=b'{"a": 1}').status_code == 200
    assert supabase.received[0].body == b'{"a": 1}'


def test_an_address_that_cannot_be_passed_on_is_400(supabase: StandIn) -> None:
    assert send(supabase, PATH + "?" + "x" * 70_000).status_code == 400


def test_nobody_there_is_502(supabase: StandIn) -> None:
    with StandIn() as gone:
        pass
    assert send(gone).status_code == 502
