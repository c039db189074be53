"""Readers known to work: what each posts, how its device is set, and what must come of it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CONTRACTS = Path(__file__).parents[1] / "contracts"
CARD = "DD542A83"
EPC = "300833B2DDD9014000000000"
VIENNA = {"time_zone": "Europe/Vienna"}
MORNING = "2026-11-20T07:12:01Z"
TO_THE_MINUTE = "2026-11-20T07:12:00Z"

Tap = tuple[str, str, str | None, str]
"""event_type, tag, occurred_at (None: the time of arrival) and time_quality."""


@dataclass(frozen=True)
class Known:
    """A reader whose sample lies in tests/contracts."""

    sample: str
    taps: list[Tap]
    device: dict[str, Any] = field(default_factory=dict)
    content_type: str = "application/json"
    ignored: int = 0

    @property
    def body(self) -> bytes:
        """What it posts."""
        return (CONTRACTS / self.sample).read_bytes()


def _insert(tag: str = CARD, at: str | None = MORNING, quality: str = "synced") -> Tap:
    return ("tag_insert", tag, at, quality)


def _removal(at: str | None = MORNING, quality: str = "synced", tag: str = CARD) -> Tap:
    return ("tag_removed", tag, at, quality)


def _preset(name: str, **values: Any) -> dict[str, Any]:
    return {"payload_map": {"preset": name}, **values}


def _decimal(order: str) -> dict[str, Any]:
    return {"tag_format": {"kind": "decimal", "bytes": 4, "order": order}}


GATEWAY = {"events": "/tags", "tag": "/epc", "time": "/t", "event": "/e", "in": ["on"], "out": ["off"]}
FORM = {"tag": "/rfid", "event": "/action", "in": ["in"], "out": ["out"]}

KNOWN = [
    Known("reader-brief.json", [_insert(at="2025-04-11T15:23:42Z")]),
    Known("reader-f1-insert.json", [_insert(at="2025-03-30T01:15:00Z", quality="local")], VIENNA),
    Known("reader-f1-no-clock.json", [_insert(at=None, quality="unsynced")]),
    Known("reader-sketch.json", [_insert(at=TO_THE_MINUTE, quality="local")], VIENNA),
    Known("reader-esphome-pn532.json", [_insert(at=None, quality="unsynced")], _preset("esphome")),
    Known("reader-esphome-pn532-removed.json", [_removal(None, "unsynced")], _preset("esphome")),
    Known("reader-esphome-rdm6300.json", [_insert(at=None, quality="unsynced")], _preset("esphome")),
    Known("reader-tasmota-rc522.json", [_insert(quality="local")], _preset("tasmota", **VIENNA)),
    Known("reader-tasmota-pn532.json", [_insert(quality="local")], _preset("tasmota", **VIENNA)),
    Known("reader-tasmota-rdm6300.json", [_insert(quality="local")], _preset("tasmota", **VIENNA)),
    Known("reader-tasmota-state.json", [], _preset("tasmota"), ignored=1),
    Known(
        "reader-home-assistant.json",
        [_insert("550E8400E29B41D4A716446655440000", "2026-11-20T07:12:01.123456Z")],
        _preset("home_assistant"),
    ),
    Known(
        "reader-zebra-fx.json", [_insert(EPC, "2026-11-20T07:12:01.230000Z")], _preset("zebra_fx"), ignored=1
    ),
    Known(
        "reader-impinj.json",
        [_insert(EPC, "2026-11-20T07:12:01.123456Z"), _insert(EPC, "2026-11-20T07:12:02.123456Z")],
        _preset("impinj"),
        ignored=1,
    ),
    Known("reader-nfc-pcsc.json", [_insert(at=None, quality="unsynced")], _preset("nfc_pcsc")),
    Known("reader-nfc-pcsc-off.json", [_removal(None, "unsynced")], _preset("nfc_pcsc")),
    Known("reader-pyscard.json", [_insert(at=None, quality="unsynced")], _preset("pyscard")),
    Known("reader-pyscard-hex.json", [_removal(None, "unsynced")], _preset("pyscard")),
    Known("reader-wiegand.json", [_insert()], _decimal("big")),
    Known("reader-wiegand-little.json", [_insert()], _decimal("little")),
    Known(
        "reader-unpadded.json",
        [_insert("04A20B01", quality="local")],
        {"tag_format": {"kind": "unpadded_hex"}, **VIENNA},
    ),
    Known("reader-pin.json", [_insert("T:0042")], {"tag_format": {"kind": "text"}}),
    Known("reader-slashes.json", [_insert(at=None, quality="unsynced")]),
    Known(
        "reader-gateway.json",
        [_insert(EPC), _removal("2026-11-20T07:13:01Z", tag=EPC)],
        {"payload_map": GATEWAY},
        ignored=1,
    ),
    Known(
        "reader-form.txt",
        [_removal(None, "unsynced")],
        {"payload_map": FORM},
        content_type="application/x-www-form-urlencoded",
    ),
]
