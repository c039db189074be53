"""A tap is whose it was when it happened: badges and readers go on to others without their past."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.support.acts import join
from tests.support.office import Office
from tools.stack import world

BADGE = "DD542A83"
FIRST, SECOND, THIRD = "2026-03-10", "2026-03-20", "2026-03-30"
ALWAYS = "1970-01-01T00:00:00Z"


def account_of(office: Office, person: str) -> httpx.Client:
    """A member who is this person."""
    member = join(office.stack, office.organization, "member")
    link = {"person_id": office.person(person), "membership_id": member.membership_id}
    world.rpc(office.organization.client, "link_person", **link)
    return member.client


def give_badge(office: Office, person: str | None, since: str) -> None:
    world.rpc(
        office.organization.client,
        "relabel_tag",
        tag_id=office.tag(BADGE),
        person_id=person and office.person(person),
        project_id=None,
        valid_from=since,
    )


def give_device(office: Office, name: str, person: str) -> None:
    """From now on."""
    where = {"id": f"eq.{office.device(name).id}"}
    body = {"person_id": office.person(person)}
    world.created(office.organization.client.patch("/devices", params=where, json=body))


def days_seen(office: Office, client: httpx.Client) -> list[str]:
    """The days of all taps that somebody reads, wherever taps are read."""
    readings = [
        client.get(f"/{name}?select=id,occurred_at&order=id").json()
        for name in ("device_events", "recent_taps", "event_anomalies")
    ]
    readings.append(office.read("latest_taps", client)[::-1])
    days = [[row["occurred_at"][:10] for row in rows] for rows in readings]
    assert days == [days[0]] * 4
    return days[0]


@pytest.fixture
def badge(office: Office) -> Office:
    """A badge that went out at the door on three days without anybody having come in."""
    office.tag(BADGE)
    office.device("Door", kind="terminal", mode="terminal")
    office.tap("Door", *[(f"{day}T08:00:00Z", "insert", BADGE, "out") for day in (FIRST, SECOND, THIRD)])
    return office


def test_a_badge_that_goes_on_leaves_its_taps_with_who_had_it(badge: Office) -> None:
    mira, jonas = account_of(badge, "Mira"), account_of(badge, "Jonas")
    give_badge(badge, "Mira", ALWAYS)
    give_badge(badge, "Jonas", f"{SECOND}T00:00:00Z")
    assert (days_seen(badge, mira), days_seen(badge, jonas)) == ([FIRST], [SECOND, THIRD])
    give_badge(badge, "Mira", f"{THIRD}T00:00:00Z")
    assert (days_seen(badge, mira), days_seen(badge, jonas)) == ([FIRST, THIRD], [SECOND])
    viewer = join(badge.stack, badge.organization, "viewer").client
    assert days_seen(badge, viewer) == [FIRST, SECOND, THIRD]


def test_a_badge_that_was_nobodys_gives_its_past_only_when_it_is_asked_for(badge: Office) -> None:
    mira = account_of(badge, "Mira")
    give_badge(badge, "Mira", f"{THIRD}T00:00:00Z")
    assert days_seen(badge, mira) == [THIRD]
    give_badge(badge, "Mira", ALWAYS)
    assert days_seen(badge, mira) == [FIRST, SECOND, THIRD]


def test_a_reader_that_goes_on_leaves_its_taps_with_who_had_it(office: Office) -> None:
    mira, jonas = account_of(office, "Mira"), account_of(office, "Jonas")
    office.device("Desk", person_id=office.person("Mira"))
    office.tap("Desk", (f"{FIRST}T08:00:00Z", "removed", BADGE))
    give_device(office, "Desk", "Jonas")
    assert (days_seen(office, mira), days_seen(office, jonas)) == ([FIRST], [])
    now = datetime.now(UTC).isoformat()
    office.tap("Desk", (now, "removed", BADGE))
    assert (days_seen(office, mira), days_seen(office, jonas)) == ([FIRST], [now[:10]])
