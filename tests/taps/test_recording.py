"""What became of events, as the database says it and as the reader is told."""

import pytest

from gatebook.ground.errors import DeviceMismatch, GatebookError, Invalid
from gatebook.ground.outcome import Outcome, Rate
from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.recording import Recorded, outcome_of

RATE = Rate(600, 599, 60)
TAP = {"event_type": "tag_insert", "tag_id": "dd 54 2a 83"}
STORED = {"status": "stored", "event_id": 1, "duplicate": False}
REPEATED = {"status": "duplicate", "event_id": 1, "duplicate": True}


def outcome(body: object, *results: dict[str, object]) -> Outcome:
    return outcome_of(DeviceEventRequest.read(body), Recorded("NFC_ABC123", RATE, list(results)))


def test_one_event_is_new_the_first_time_only() -> None:
    assert outcome(TAP, STORED) == Outcome({"event_id": 1, "duplicate": False}, True, RATE, "NFC_ABC123")
    assert outcome(TAP, REPEATED) == Outcome({"event_id": 1, "duplicate": True}, False, RATE, "NFC_ABC123")


def test_a_batch_has_one_result_an_item_in_order() -> None:
    told = outcome({"events": [TAP, {"tag_id": ""}, TAP]}, STORED, REPEATED)
    assert not told.is_new
    assert isinstance(told.data, dict)
    assert [result["status"] for result in told.data["results"]] == ["stored", "rejected", "duplicate"]
    assert (told.data["stored"], told.data["duplicates"], told.data["rejected"]) == (1, 1, 1)


@pytest.mark.parametrize(
    ("error", "expected"), [("device_mismatch", DeviceMismatch), ("invalid_event", Invalid)]
)
def test_one_event_that_is_rejected_is_refused(error: str, expected: type[GatebookError]) -> None:
    with pytest.raises(expected):
        outcome(TAP, {"status": "rejected", "error": error, "detail": "…"})
