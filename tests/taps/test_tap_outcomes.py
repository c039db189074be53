"""Every tap says what became of it, and those that should have changed something stand out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.acts import join, refused
from tests.support.office import Office
from tools.stack import world

A, B = "DD542A83", "04A1B2C3"
DAY = "2026-03-10T"

Outcome = tuple[str, str]

# Taps in order of time, with what becomes of each.
DOCK_CASES: dict[str, list[tuple[str, str, str, Outcome]]] = {
    "in and out": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("09:00:00", "removed", A, ("closed", "closed")),
    ],
    "a repeated insert": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("08:30:00", "insert", A, ("ignored", "already_in")),
        ("09:00:00", "removed", A, ("closed", "closed")),
    ],
    "a flickering read": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("08:00:19", "removed", A, ("continued", "left_briefly")),
        ("08:00:20", "insert", A, ("continued", "came_back")),
        ("08:00:39", "removed", A, ("closed", "closed")),
    ],
    "a repeated removal": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("09:00:00", "removed", A, ("closed", "closed")),
        ("09:00:30", "removed", A, ("anomaly", "tag_was_not_in")),
    ],
    "a repeated removal within a flicker": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("08:10:00", "removed", A, ("continued", "left_briefly")),
        ("08:10:03", "removed", A, ("anomaly", "tag_was_not_in")),
        ("08:10:06", "insert", A, ("continued", "came_back")),
    ],
    "a swap": [
        ("08:00:00", "insert", A, ("opened", "opened")),
        ("09:00:00", "insert", B, ("opened", "opened")),
        ("09:00:05", "removed", A, ("anomaly", "tag_was_not_in")),
        ("10:00:00", "removed", B, ("closed", "closed")),
    ],
    "a tag that only left": [("08:00:00", "removed", B, ("anomaly", "tag_was_not_in"))],
    "in and out at once": [
        ("08:00:00", "insert", A, ("ignored", "no_length")),
        ("08:00:00", "removed", A, ("ignored", "no_length")),
    ],
    "a removal after the limit": [
        ("02:00:00", "insert", A, ("opened", "opened")),
        ("14:00:01", "removed", A, ("anomaly", "after_limit")),
    ],
}

TERMINAL_CASES: dict[str, list[tuple[str, str, str | None, Outcome]]] = {
    "a doubled tap": [
        ("08:00:00", "insert", None, ("opened", "opened")),
        ("08:00:03", "insert", None, ("ignored", "repeated")),
        ("17:00:00", "insert", None, ("closed", "closed")),
        ("17:00:30", "insert", None, ("ignored", "repeated")),
    ],
    "a removal": [
        ("08:00:00", "insert", None, ("opened", "opened")),
        ("08:00:01", "removed", None, ("ignored", "removal_at_terminal")),
    ],
    "out before in": [
        ("08:00:00", "insert", "out", ("anomaly", "out_while_closed")),
        ("09:00:00", "insert", "in", ("opened", "opened")),
        ("09:30:00", "insert", "in", ("ignored", "already_in")),
        ("10:00:00", "insert", "out", ("closed", "closed")),
        ("10:00:30", "insert", "out", ("ignored", "repeated")),
        ("12:00:00", "insert", "out", ("anomaly", "out_while_closed")),
    ],
    "out after the limit": [
        ("02:00:00", "insert", "in", ("opened", "opened")),
        ("15:00:00", "insert", "out", ("anomaly", "after_limit")),
    ],
}


def outcomes(office: Office, **filters: str) -> list[dict[str, Any]]:
    return office.organization.rows("recent_taps", order="occurred_at,id", **filters)


@pytest.mark.parametrize("case", DOCK_CASES)
def test_what_became_of_a_tap_on_a_dock(office: Office, case: str) -> None:
    office.tag(A, "Mira")
    taps = DOCK_CASES[case]
    office.tap("Desk", *[(DAY + time + "Z", kind, tag) for time, kind, tag, _ in taps])
    assert [(row["outcome"], row["reason"]) for row in outcomes(office)] == [tap[3] for tap in taps]


@pytest.mark.parametrize("case", TERMINAL_CASES)
def test_what_became_of_a_tap_at_a_terminal(office: Office, case: str) -> None:
    office.tag(A, "Mira")
    office.device("Door", kind="terminal", mode="terminal")
    taps = TERMINAL_CASES[case]
    for time, kind, direction, _ in taps:
        office.tap("Door", (DAY + time + "Z", kind, A, *([direction] if direction else [])))  # type: ignore[arg-type]
    assert [(row["outcome"], row["reason"]) for row in outcomes(office)] == [tap[3] for tap in taps]


def test_a_device_that_does_not_pair_changes_nothing(office: Office) -> None:
    office.device("Tablet", kind="tablet", mode=None)
    office.tap("Tablet", (DAY + "08:00:00Z", "insert", A))
    (row,) = outcomes(office)
    assert (row["outcome"], row["reason"], row["entry_id"]) == ("ignored", "not_paired", None)


def test_a_tap_tells_who_where_and_which_entry(office: Office) -> None:
    place = office.organization.insert("places", name="Front door")
    office.tag(A, "Mira", "Night shift")
    office.device("Reader 1", place_id=place["id"])
    office.tap("Reader 1", (DAY + "08:00:00Z", "insert", A), (DAY + "09:00:00Z", "removed", A))
    opened, closed = outcomes(office)
    (entry,) = office.organization.rows("time_entries")
    for row in (opened, closed):
        assert row["entry_id"] == entry["id"]
        assert (row["person_name"], row["project_name"], row["tag_label"]) == (
            "Mira",
            "Night shift",
            f"Tag {A}",
        )
        assert (row["device_name"], row["place_name"]) == ("Reader 1", "Front door")


def test_anomalies_are_the_same_taps_and_no_others(office: Office) -> None:
    office.tag(A, "Mira")
    cases = DOCK_CASES["a swap"] + [("11:00:00", "removed", A, ("anomaly", "tag_was_not_in"))]
    office.tap("Desk", *[(DAY + time + "Z", kind, tag) for time, kind, tag, _ in cases])
    expected = [row["id"] for row in outcomes(office, outcome="eq.anomaly")]
    found = office.organization.rows("event_anomalies", order="id")
    assert [row["id"] for row in found] == expected
    assert {row["reason"] for row in found} == {"tag_was_not_in"}
    assert len(found) == 2


def test_a_late_insert_explains_an_anomaly_away(office: Office) -> None:
    office.tag(A, "Mira")
    office.tap("Desk", (DAY + "09:00:00Z", "removed", A))
    assert len(office.organization.rows("event_anomalies")) == 1
    office.tap("Desk", (DAY + "08:00:00Z", "insert", A))
    assert office.organization.rows("event_anomalies") == []


def test_a_stranger_reads_no_taps_and_a_member_only_the_own(office: Office) -> None:
    member = join(office.stack, office.organization, "member")
    office.tag(A, "Mira")
    office.tag(B, "Jonas")
    world.rpc(
        office.organization.client,
        "link_person",
        person_id=office.person("Mira"),
        membership_id=member.membership_id,
    )
    office.device("Door", kind="terminal", mode="terminal")
    office.tap("Door", (DAY + "08:00:00Z", "insert", A, "out"), (DAY + "08:01:00Z", "insert", B, "out"))
    stranger = office.stack.client(office.stack.sign_up().access_token)
    assert refused(stranger, "latest_taps", organization_id=office.organization.id) == (404, "not_found")
    (latest,) = office.read("latest_taps", member.client)
    assert latest == member.client.get("/recent_taps").json()[0]
    newest, _ = office.read("latest_taps")
    assert office.read("latest_taps", max_rows=1) == [newest]
    assert newest["tag_uid"] == B
    for view in ("recent_taps", "event_anomalies"):
        assert stranger.get(f"/{view}").json() == []
        (row,) = member.client.get(f"/{view}").json()
        # The device is not the member's, and still the tap says where it was.
        assert (row["tag_uid"], row["device_name"]) == (A, "Door")


def test_devices_show_their_taps_by_day(office: Office) -> None:
    today = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=1)
    office.tag(A, "Mira")
    office.device("Desk")
    taps = [
        today - timedelta(days=days, seconds=2 * number)
        for days, count in ((0, 2), (3, 1))
        for number in range(count)
    ]
    office.tap("Desk", *[(tap.isoformat(), "insert", A) for tap in taps])
    (row,) = office.organization.rows(
        "device_overview", select="name,taps_today,taps_by_day,valid_keys,open_alerts"
    )
    by_day = row["taps_by_day"]
    assert len(by_day) == 14
    assert sum(by_day) == 3
    assert (row["name"], row["taps_today"], row["valid_keys"], row["open_alerts"]) == (
        "Desk",
        by_day[-1],
        1,
        0,
    )
