"""Every error is a problem of RFC 9457, and says no more than the client may know."""

from collections.abc import Iterator

import pytest

from gatebook.ground.errors import (
    GatebookError,
    Invalid,
    MethodNotAllowed,
    NotConfigured,
    NotReady,
    RateLimited,
    Unauthorized,
    Unavailable,
)


def kinds(base: type[GatebookError] = GatebookError) -> Iterator[type[GatebookError]]:
    yield base
    for kind in base.__subclasses__():
        yield from kinds(kind)


def test_every_kind_has_a_type_and_a_title_of_its_own() -> None:
    # Not being ready is a way of being unavailable, and reads the same.
    found = [kind for kind in kinds() if kind is not NotReady]
    assert len({kind.type for kind in found}) == len({kind.title for kind in found}) == len(found)
    assert all(400 <= kind.status < 600 for kind in found)


def test_a_problem_names_the_request() -> None:
    assert Unauthorized().problem("tap-1") == {
        "type": "urn:gatebook:problem:invalid-credential",
        "title": "Invalid credential",
        "status": 401,
        "detail": "The request carries no valid credential.",
        "request_id": "tap-1",
    }


def test_what_is_wrong_as_a_whole_is_named_as_a_whole() -> None:
    assert Invalid("No JSON.").problem("r")["errors"] == [{"field": "", "detail": "No JSON."}]
    named = [{"field": "tag_id", "detail": "expected hex"}]
    assert Invalid("The event is not valid.", named).problem("r")["errors"] == named


def test_a_refusal_says_what_to_do_instead() -> None:
    assert MethodNotAllowed("BREW" * 9, ["GET", "HEAD"]).headers == {"Allow": "GET, HEAD, OPTIONS"}
    assert RateLimited(60, 17).headers == {
        "RateLimit-Limit": "60",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": "17",
        "Retry-After": "17",
    }


@pytest.mark.parametrize(
    "error", [Unavailable("PostgREST answered 500"), NotConfigured("SUPABASE_URL", "is no secret")]
)
def test_a_reason_goes_to_the_log_and_not_to_the_client(error: Unavailable) -> None:
    assert error.reason not in str(error.problem("r")) + str(error)
    assert error.headers["Retry-After"] == "5"
