"""Field maps for readers that many people own. tests/contracts has a sample of each."""

from collections.abc import Callable, Sequence

from gatebook.taps.reading import Pointer, Reading
from gatebook.taps.tag_formats import ReadTag, base64_tag, hex_or_bytes, hex_or_number, hex_tag
from gatebook.taps.words import fold

Preset = Callable[[int, ReadTag | None, bool | None], Reading]
"""Its reading with a version, and with the device's own tag format and order of day and month, if any."""


def _preset(
    tags: Sequence[tuple[str, ReadTag]],
    *,
    events: str | None = None,
    time: str | None = None,
    event: str | None = None,
    inserts: Sequence[str] = (),
    removals: Sequence[str] = (),
) -> Preset:
    def reading(version: int, read_tag: ReadTag | None, day_first: bool | None) -> Reading:
        return Reading(
            version=version,
            tags=tuple((Pointer.parse(pointer), read_tag or usual) for pointer, usual in tags),
            read_tag=read_tag or hex_tag,
            events=None if events is None else Pointer.parse(events),
            time=None if time is None else Pointer.parse(time),
            event=None if event is None else Pointer.parse(event),
            inserts=frozenset(map(fold, inserts)),
            removals=frozenset(map(fold, removals)),
            day_first=day_first,
        )

    return reading


PRESETS: dict[str, Preset] = {
    # http_request.post in on_tag and on_tag_removed; x is text of pn532 and rc522, and a number of rdm6300.
    "esphome": _preset(
        [("/tag", hex_or_number), ("/tag_id", hex_or_number), ("/uid", hex_or_number), ("/x", hex_or_number)],
        event="/event",
        inserts=["on_tag", "tag"],
        removals=["on_tag_removed"],
    ),
    # What tele/…/SENSOR says, posted by a rule with WebSend; other sensors' reports hold no tag.
    "tasmota": _preset(
        [("/RC522/UID", hex_tag), ("/PN532/UID", hex_tag), ("/RDM6300/UID", hex_tag)], time="/Time"
    ),
    # The event tag_scanned as a rest_command gets it.
    "home_assistant": _preset(
        [("/data/tag_id", hex_tag), ("/event/data/tag_id", hex_tag), ("/tag_id", hex_tag)],
        time="/time_fired",
    ),
    # IoT Connector, HTTP POST: an array, heartbeats among it.
    "zebra_fx": _preset([("/data/idHex", hex_tag)], events="", time="/timestamp"),
    # R700, IoT device interface, webhook: an array, inventory states among it.
    "impinj": _preset(
        [("/tagInventoryEvent/epcHex", hex_tag), ("/tagInventoryEvent/epc", base64_tag)],
        events="",
        time="/timestamp",
    ),
    # The card of the events card and card.off.
    "nfc_pcsc": _preset(
        [("/card/uid", hex_or_bytes), ("/uid", hex_or_bytes)],
        event="/event",
        inserts=["card"],
        removals=["card.off"],
    ),
    # The answer of FF CA 00 00 00: a list of numbers, or what toHexString makes of it.
    "pyscard": _preset(
        [("/uid", hex_or_bytes)], event="/event", inserts=["added", "inserted"], removals=["removed"]
    ),
}
