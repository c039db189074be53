"""The words that readers use, and that docs/webhook.md lists them all."""

import re
from typing import Any

import pytest

from gatebook.taps.models import DeviceEventRequest
from gatebook.taps.words import FIELDS, INSERTS, REMOVALS, event_type_of, fields_of
from tools.stack.processes import PROJECT

CARD = "dd 54 2a 83"


def event_of(**said: object) -> dict[str, Any]:
    [event] = DeviceEventRequest.read(said).events()
    return event


@pytest.mark.parametrize("name", FIELDS["tag_id"])
@pytest.mark.parametrize(
    "write", [str.upper, lambda name: name.title().replace("_", ""), lambda n: n.replace("_", " ")]
)
def test_a_tag_by_any_of_its_names_is_a_tap(name: str, write: Any) -> None:
    event = event_of(**{write(name): CARD})
    assert (event["tag_uid"], event["event_type"]) == ("DD542A83", "tag_insert")


@pytest.mark.parametrize("name", FIELDS["timestamp"])
def test_a_time_by_any_of_its_names_counts(name: str) -> None:
    assert event_of(uid=CARD, **{name: 1744385022})["device_at"] == "2025-04-11T15:23:42+00:00"


@pytest.mark.parametrize("name", FIELDS["event_type"])
@pytest.mark.parametrize(
    ("word", "event_type"),
    [*((word, "tag_insert") for word in INSERTS), *((word, "tag_removed") for word in REMOVALS)],
)
def test_what_happened_by_any_word(name: str, word: str, event_type: str) -> None:
    assert event_of(uid=CARD, **{name: word.replace("_", "-").upper()})["event_type"] == event_type


@pytest.mark.parametrize(
    ("present", "event_type"), [(True, "tag_insert"), ("no", "tag_removed"), (0, "tag_removed")]
)
def test_presence_says_what_happened_where_no_word_does(present: object, event_type: str) -> None:
    assert event_of(uid=CARD, event_type=None, tagPresent=present)["event_type"] == event_type


def test_the_name_in_the_table_beats_another_word_for_it_and_null_is_nothing() -> None:
    assert event_of(uid="00 00 00 01", tag_id=CARD)["tag_uid"] == "DD542A83"
    assert event_of(tag_id=None, uid=CARD)["tag_uid"] == "DD542A83"
    assert event_of(uid=CARD, TagId="00 00 00 01", tag_id=CARD)["tag_uid"] == "DD542A83"


def test_type_may_name_the_kind_of_card_instead() -> None:
    event = event_of(uid=CARD, type="MIFARE 1KB", action="removed")
    assert (event["event_type"], event["tag_type"]) == ("tag_removed", "MIFARE 1KB")
    assert fields_of({"type": "Mifare Classic", "tag_type": "NTAG215"})["tag_type"][1] == "NTAG215"


@pytest.mark.parametrize("word", ["door_opened", "heartbeat", "", "tag", 5, None, ["tag_insert"]])
def test_another_word_says_nothing(word: object) -> None:
    assert event_type_of(word) is None


def test_a_sequence_number_and_a_key_of_the_event_are_kept() -> None:
    event = event_of(uid=CARD, seq="7", idempotencyKey="night-7")
    assert (event["sequence_number"], event["idempotency_key"]) == (7, "night-7")
    assert "sequence_number" not in event_of(uid=CARD, seq="x")


def test_the_documentation_lists_every_word() -> None:
    text = (PROJECT / "docs" / "webhook.md").read_text()
    documented = set(re.findall(r"`(\w+)`", text))
    assert {*INSERTS, *REMOVALS, *(name for names in FIELDS.values() for name in names)} <= documented
