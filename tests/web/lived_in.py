"""A week of an invented workshop: three people, three projects, taps over HTTP and a few corrections."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.support import world
from tests.web.site import Site
from tests.web.visitor import tap, taps

# One of these has an afternoon at any time, so that Today is never empty.
ZONES = (
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Chicago",
    "America/Halifax",
    "Atlantic/South_Georgia",
    "Europe/London",
    "Europe/Athens",
    "Asia/Dubai",
    "Asia/Dhaka",
    "Asia/Singapore",
    "Australia/Brisbane",
    "Pacific/Auckland",
)
AFTERNOON = 15
DAYS = 8
LAMP, TIDE, UPKEEP = "DD542A83", "04A1B2C3D4E580", "04C3188E"
JONAS_TIDE, JONAS_UPKEEP, ADA = "0419C2AA", "0419C2AB", "04F00D42"
# Card, from, to: hours of a day; what follows within minutes is a change of cards.
MIRA_DAY = ((LAMP, 8.0, 10.4), (TIDE, 10.45, 12.3), (LAMP, 13.0, 15.6), (UPKEEP, 15.65, 16.9))
JONAS_DAY = ((JONAS_TIDE, 7.2, 11.5), (JONAS_UPKEEP, 12.1, 13.9), (JONAS_TIDE, 14.0, 16.2))
ADA_DAY = ((ADA, 8.9, 12.6), (ADA, 13.3, 17.4))


@dataclass(frozen=True)
class Workshop:
    """What the pages are opened by."""

    organization: world.Organization
    zone: ZoneInfo
    yesterday: date
    reader_id: str
    corrected_id: str


def afternoon_zone() -> ZoneInfo:
    """Where it is about three in the afternoon."""
    now = datetime.now(UTC)
    return min(
        map(ZoneInfo, ZONES),
        key=lambda zone: abs(now.astimezone(zone).hour + now.minute / 60 - AFTERNOON),
    )


def move_in(site: Site) -> Workshop:
    """Everything, by the ways that people and readers use."""
    zone = afternoon_zone()
    admin = site.stack.sign_up("mira@bay.example")
    client = site.stack.client(admin.access_token)
    made = world.rpc(client, "create_organization", name="Bay Workshop", time_zone=zone.key)
    organization = world.Organization(made["id"], zone.key, admin, client)
    profile = {"user_id": admin.id, "display_name": "Mira Novak"}
    world.created(client.post("/profiles", json=profile))
    people = {
        name: organization.insert("people", name=name, email=email)["id"]
        for name, email in (
            ("Mira Novak", admin.email),
            ("Jonas Weber", "jonas@bay.example"),
            ("Ada Okafor", "ada@bay.example"),
        )
    }
    _hand_out_tags(organization, people)
    door = organization.insert("places", name="Front door")["id"]
    office = organization.insert("places", name="Drawing office")["id"]
    bench = organization.insert("places", name="Workbench")["id"]
    mira = {"person_id": people["Mira Novak"], "place_id": office}
    jonas = {"person_id": people["Jonas Weber"], "place_id": bench}
    gate = {"kind": "terminal", "mode": "terminal", "place_id": door}
    desk_id = _run(site, organization, zone, MIRA_DAY, name="Mira's desk", external_id="NFC_ABC123", **mira)
    _run(site, organization, zone, JONAS_DAY, name="Jonas's bench", external_id="NFC_7F21D0", **jonas)
    _run(site, organization, zone, ADA_DAY, name="Front door terminal", external_id="GATE_01", **gate)
    _meet_the_unexpected(site, organization, bench)
    yesterday = datetime.now(zone).date() - timedelta(days=1)
    entry_id = _correct(organization, people, yesterday, zone)
    return Workshop(organization, zone, yesterday, desk_id, entry_id)


def _hand_out_tags(organization: world.Organization, people: dict[str, str]) -> None:
    lamp, tide, upkeep = (
        organization.insert("projects", name=name, color=color)["id"]
        for name, color in (
            ("Lighthouse lamp", "#c27a0e"),
            ("Tide gauge", "#0b7f99"),
            ("Upkeep", "#64748b"),
        )
    )
    for uid, label, values in (
        (LAMP, "Amber card", {"project_id": lamp}),
        (TIDE, "Blue card", {"project_id": tide}),
        (UPKEEP, "Grey card", {"project_id": upkeep}),
        (JONAS_TIDE, "Blue fob", {"project_id": tide}),
        (JONAS_UPKEEP, "Grey fob", {"project_id": upkeep}),
        (ADA, "Ada's badge", {"person_id": people["Ada Okafor"], "project_id": lamp}),
    ):
        organization.insert("tags", uid=uid, label=label, **values)


def _run(
    site: Site,
    organization: world.Organization,
    zone: ZoneInfo,
    plan: tuple[tuple[str, float, float], ...],
    **device: str,
) -> str:
    """A device that saw the plan on every working day and today, as far as today has come; its id."""
    made = world.create_device(organization, **device)
    key = world.create_device_key(made)
    chance = random.Random(device["name"])
    now = datetime.now(zone)
    events: list[dict[str, Any]] = []
    for back in range(DAYS, -1, -1):
        day = now.date() - timedelta(days=back)
        if back > 0 and day.weekday() >= 5:
            continue
        late = chance.uniform(-0.4, 0.4) if back else 0
        for card, start, end in plan:
            kinds = ("tag_insert", "tag_insert" if device.get("mode") else "tag_removed")
            for kind, hour in zip(kinds, (start, end), strict=True):
                if kind == "tag_removed" and card == LAMP and back == 1:
                    # Not seen by the reader; the next card says that this one is gone.
                    continue
                at = datetime.combine(day, time(), zone) + timedelta(hours=hour + late)
                events.append({"timestamp": at.isoformat(), "event_type": kind, "tag_id": card})
    seen = [each for each in events if datetime.fromisoformat(each["timestamp"]) < now]
    assert taps(site.url, key.key, seen).status_code == 200
    return made.id


def _meet_the_unexpected(site: Site, organization: world.Organization, place_id: str) -> None:
    """Two tags that nobody knows, and a reader whose clock is suddenly an hour ahead."""
    room = world.create_device(organization, name="Store room", external_id="NFC_02C4E1", place_id=place_id)
    key = world.create_device_key(room)
    for tag, minutes_ago in (("1D 88 20 C7", (95, 82)), ("04 6B 91 5E", (31, -60))):
        for is_inserted, minutes in zip((True, False), minutes_ago, strict=True):
            answer = tap(site.url, key.key, tag, inserted=is_inserted, minutes_ago=minutes)
            assert answer.status_code == 201


def _correct(
    organization: world.Organization, people: dict[str, str], yesterday: date, zone: ZoneInfo
) -> str:
    """A forgotten hour on the day before, and an end put right: the id of that one."""

    def at(hour: float) -> str:
        return (datetime.combine(yesterday, time(), zone) + timedelta(hours=hour)).isoformat()

    world.rpc(
        organization.client,
        "add_time_entry",
        organization_id=organization.id,
        person_id=people["Jonas Weber"],
        project_id=organization.rows("projects", name="eq.Lighthouse lamp")[0]["id"],
        started_at=at(16.5),
        ended_at=at(17.75),
        reason="Worked elsewhere",
        note="Lens fitted on site",
    )
    entry = organization.rows(
        "time_entries",
        person_id=f"eq.{people['Ada Okafor']}",
        started_at=f"lt.{at(24)}",
        order="started_at.desc",
        limit="1",
    )[0]
    world.rpc(
        organization.client,
        "change_time_entry",
        entry_id=entry["id"],
        expected_version=entry["version"],
        changes={"ended_at": at(17.75), "note": "Stayed for the lens"},
        reason="Forgot to tap out",
    )
    return str(entry["id"])
