"""What the domain hands back becomes an answer."""

import pytest

from gatebook.endpoint.answer import Answer
from gatebook.ground.outcome import Outcome, Rate

RATE = Rate(limit=600, remaining=599, reset_seconds=60)


@pytest.mark.parametrize(("is_new", "status"), [(True, 201), (False, 200)])
def test_only_what_is_new_is_created(is_new: bool, status: int) -> None:
    answer = Answer.of(Outcome({"event_id": 1}, is_new, RATE, "NFC_ABC123"))
    assert (answer.status, answer.device, answer.headers) == (status, "NFC_ABC123", {})
    assert answer.body("tap-1") == {
        "success": True,
        "data": {"event_id": 1},
        "meta": {
            "request_id": "tap-1",
            "rate_limit": {"limit": 600, "remaining": 599, "reset_seconds": 60},
        },
    }
