"""The envelope of every success, and the shape of every problem."""

from flask.testing import FlaskClient

from tests.endpoint.posting import INSERT, post


def test_success_has_an_envelope_and_says_what_is_left(device_event: FlaskClient) -> None:
    answer = post(device_event)
    assert answer.status_code == 201
    assert answer.json == {
        "success": True,
        "data": {
            "event_id": 1,
            "duplicate": False,
            "occurred_at": "2025-04-11T15:23:42Z",
            "time_quality": "synced",
            "time_entry": None,
        },
        "meta": {
            "request_id": answer.headers["X-Request-ID"],
            "rate_limit": {"limit": 600, "remaining": 599, "reset_seconds": 60},
        },
    }
    assert answer.headers["RateLimit-Limit"] == "600"
    assert answer.headers["RateLimit-Remaining"] == "599"
    assert answer.headers["RateLimit-Reset"] == "60"
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_problem_has_the_shape_of_rfc_9457(device_event: FlaskClient) -> None:
    answer = post(device_event, {**INSERT, "tag_id": ""})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "urn:gatebook:problem:invalid-request",
        "title": "Invalid request",
        "status": 422,
        "detail": "The event is not valid.",
        "request_id": answer.headers["X-Request-ID"],
        "errors": [
            {
                "field": "tag_id",
                "detail": "expected 4 to 32 bytes of hex such as dd 54 2a 83, "
                "unless the device's tag_format says otherwise, found ''",
            }
        ],
    }
