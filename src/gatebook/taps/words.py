"""The words that readers use for one thing: names of fields and kinds of events.

They are compared without case, `_`, `-` and spaces. docs/webhook.md lists them; a test compares the two.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

FIELDS = {
    "event_type": ("event_type", "event", "type", "action"),
    "tag_present": ("tag_present",),
    "tag_id": (
        *("tag_id", "tag_uid", "uid", "card_id", "card_uid", "card_number"),
        *("rfid", "rfid_tag", "rfid_uid", "nfc_uid", "epc"),
    ),
    "timestamp": ("timestamp", "time", "ts", "datetime", "date_time", "occurred_at", "read_at"),
    "device_id": ("device_id",),
    "tag_type": ("tag_type",),
    "direction": ("direction",),
    "sequence_number": ("sequence_number", "seq"),
    "idempotency_key": ("idempotency_key",),
}
INSERTS = (
    *("tag_insert", "tag_inserted", "tag_placed", "tag_present", "tag_scanned", "tag_scan", "tag_read"),
    *("tag_detected", "tag_arrived", "card_insert", "card_inserted", "card_placed", "card_present"),
    *("card_scanned", "card_scan", "card_read", "card_detected", "insert", "inserted", "scan", "scanned"),
)
REMOVALS = (
    *("tag_removed", "tag_remove", "tag_left", "tag_absent", "card_removed", "card_remove", "card_left"),
    *("card_absent", "remove", "removed"),
)
# `type` names the kind of card as often as what happened.
_KINDS_OF_TAGS = (
    "mifare",
    "ntag",
    "ultralight",
    "iso14443",
    "iso15693",
    "felica",
    "desfire",
    "picc",
    "em4100",
)
_LONGEST = 64

Found = dict[str, tuple[str, Any, int]]
"""Field → the name that it had in the body, what stood there, and how late a word for it the name is."""


def fold(word: str) -> str:
    """`cardUid`, `CARD_UID` and `card uid` are one."""
    return word.lower().replace("_", "").replace("-", "").replace(" ", "")


_EVENT_TYPES = dict.fromkeys(map(fold, INSERTS), "tag_insert") | dict.fromkeys(
    map(fold, REMOVALS), "tag_removed"
)
_OWN_WORDS = {"tag_insert", "tag_removed"}
_ALIASES = {
    fold(alias): (field, rank, alias)
    for field, aliases in FIELDS.items()
    for rank, alias in enumerate(aliases)
}


def event_type_of(word: object) -> str | None:
    """tag_insert or tag_removed, where the word means either."""
    if not isinstance(word, str):
        return None
    # What nearly all readers say, without folding it.
    return word if word in _OWN_WORDS else _EVENT_TYPES.get(fold(word[:_LONGEST].strip()))


def fields_of(event: Mapping[str, Any]) -> Found:
    """What the event says of each field: null is nothing, and an earlier word beats a later one."""
    found: Found = {}
    for name, said in event.items():
        known = _known(name) if len(name) <= _LONGEST else None
        if known is None or (said is None and known[0] in found):
            continue
        field, place = known
        if place > 1:
            if isinstance(said, dict):
                continue
            if field == "event_type" and event_type_of(said) is None:
                # Behind every word that does say what happened.
                place += 100
                if fold(str(said)[:_LONGEST]).startswith(_KINDS_OF_TAGS):
                    found.setdefault("tag_type", (name, said, place))
                    continue
        if field not in found or found[field][1] is None or place < found[field][2]:
            found[field] = (name, said, place)
    return found


@lru_cache(maxsize=2048)
def _known(name: str) -> tuple[str, int] | None:
    known = _ALIASES.get(fold(name))
    if known is None:
        return None
    field, rank, alias = known
    # A name as it stands in the table beats the same in other letters.
    return field, 2 * rank + (name != alias)
