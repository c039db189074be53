"""A week of an invented workshop: three people, three projects, taps over HTTP and a few corrections."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from tools.pictures.visitor import taps
from tools.serve.site import Site
from tools.stack import world

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
Plan: TypeAlias = tuple[tuple[str, float, float], ...]
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
    desk = world.create_device(organization, name="Mira's desk", external_id="NFC_ABC123", **mira)
    other = world.create_device(organization, name="Jonas's bench", external_id="NFC_7F21D0", **jonas)
    terminal = world.create_device(organization, name="Front door terminal", external_id="GATE_01", **gate)
    room = world.create_device(organization, name="Store room", external_id="NFC_02C4E1", place_id=bench)
    plans = ((desk, MIRA_DAY), (other, JONAS_DAY), (terminal, ADA_DAY), (room, ()))
    _work(site, zone, plans)
    yesterday = datetime.now(zone).date() - timedelta(days=1)
    entry_id = _correct(organization, people, yesterday, zone)
    return Workshop(organization, zone, yesterday, desk.id, entry_id)


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


def _work(site: Site, zone: ZoneInfo, plans: tuple[tuple[world.Device, Plan], ...]) -> None:
    """Every device reports the days before at once, and today's taps one by one, as they came."""
    now = datetime.now(zone)
    waiting: list[tuple[str, str, dict[str, Any]]] = []
    for device, plan in plans:
        key = world.create_device_key(device).key
        events = list(_seen(device, plan, now)) if plan else list(_unexpected(now))
        before = [each for each in events if each["timestamp"] < now.date().isoformat()]
        if before:
            assert taps(site.url, key, before).status_code == 200
        waiting += [(each["timestamp"], key, each) for each in events if each not in before]
    for _, key, event in sorted(waiting, key=lambda each: each[0]):
        assert taps(site.url, key, [event]).status_code == 200


def _seen(device: world.Device, plan: Plan, now: datetime) -> Iterator[dict[str, Any]]:
    """The plan on every working day and today, as far as today has come."""
    chance = random.Random(device.external_id)
    is_terminal = plan is ADA_DAY
    for back in range(DAYS, -1, -1):
        day = now.date() - timedelta(days=back)
        if back > 0 and day.weekday() >= 5:
            continue
        late = chance.uniform(-0.4, 0.4) if back else 0
        for card, start, end in plan:
            for is_inserted, hour in ((True, start), (False, end)):
                if not is_inserted and card == LAMP and back == 1 and not is_terminal:
                    # Not seen by the reader; the next card says that this one is gone.
                    continue
                at = datetime.combine(day, time(), now.tzinfo) + timedelta(
                    hours=hour + late + chance.uniform(-0.02, 0.02)
                )
                if at < now:
                    # At a terminal every tap is the same; the first is in, the second out.
                    yield _event(card, at, is_inserted=is_inserted or is_terminal)


def _unexpected(now: datetime) -> Iterator[dict[str, Any]]:
    """Two tags that nobody knows, and a clock that is suddenly an hour ahead."""
    for card, minutes_ago in (("1D8820C7", (95, 82)), ("046B915E", (31, -60))):
        for is_inserted, minutes in zip((True, False), minutes_ago, strict=True):
            yield _event(card, now - timedelta(minutes=minutes), is_inserted=is_inserted)


def _event(card: str, at: datetime, *, is_inserted: bool) -> dict[str, Any]:
    kind = "tag_insert" if is_inserted else "tag_removed"
    return {"timestamp": at.isoformat(timespec="seconds"), "event_type": kind, "tag_id": card}


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
