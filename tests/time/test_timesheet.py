"""Time by day, person and project: named cases with their answers."""

import csv
import io
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.support.acts import join, refused
from tests.support.office import Office, Row
from tools.stack import world
from tools.stack.postgres import PostgresStack

HOUR = 3600
MIRAS, MIRAS_OTHER, JONAS = "DD542A83", "04A1B2C3", "0A0B0C0D"


def sums(rows: list[Row]) -> list[tuple[str, int, int]]:
    return [(row["day"], row["elapsed_seconds"], row["wall_seconds"]) for row in rows]


def test_two_tags_on_two_docks_in_the_same_hour(office: Office) -> None:
    office.tag(MIRAS, "Mira", "Design")
    office.tag(MIRAS_OTHER, "Mira", "Support")
    office.tap("Desk", ("2026-03-10T08:00:00Z", "insert", MIRAS), ("2026-03-10T09:00:00Z", "removed", MIRAS))
    office.tap(
        "Table",
        ("2026-03-10T08:00:00Z", "insert", MIRAS_OTHER),
        ("2026-03-10T09:00:00Z", "removed", MIRAS_OTHER),
    )
    rows = office.timesheet("2026-03-10", "2026-03-10")
    assert [(row["person_name"], row["project_name"]) for row in rows] == [
        ("Mira", "Design"),
        ("Mira", "Support"),
    ]
    assert sums(rows) == [("2026-03-10", HOUR, HOUR)] * 2
    (day,) = office.read("timesheet_days", from_date="2026-03-10", to_date="2026-03-10")
    assert sums([day]) == [("2026-03-10", 2 * HOUR, HOUR)]
    assert (day["entry_count"], day["flags"], day["running"]) == (2, ["overlapping"], False)
    details = office.organization.rows("time_entry_details")
    assert [row["is_overlapping"] for row in details] == [True, True]


def test_overlaps_on_one_project_count_once_and_other_people_never_overlap(office: Office) -> None:
    office.entry("Mira", "2026-03-10T08:00:00Z", "2026-03-10T10:00:00Z", "Design")
    office.entry("Mira", "2026-03-10T08:30:00Z", "2026-03-10T09:00:00Z", "Design")
    office.entry("Mira", "2026-03-10T09:30:00Z", "2026-03-10T11:00:00Z", "Design")
    office.entry("Jonas", "2026-03-10T08:00:00Z", "2026-03-10T10:00:00Z", "Design")
    jonas, mira = office.timesheet("2026-03-10", "2026-03-10")
    assert sums([mira]) == [("2026-03-10", 4 * HOUR, 3 * HOUR)]
    assert sums([jonas]) == [("2026-03-10", 2 * HOUR, 2 * HOUR)]
    assert (mira["flags"], jonas["flags"]) == (["overlapping"], [])


@pytest.mark.parametrize(
    ("first_day", "started_at", "ended_at", "expected"),
    [
        pytest.param(
            "2026-03-10",
            "2026-03-10T22:00:00+01:00",
            "2026-03-11T02:00:00+01:00",
            [("2026-03-10", 2 * HOUR), ("2026-03-11", 2 * HOUR)],
            id="crossing midnight",
        ),
        pytest.param(
            "2026-03-28",
            "2026-03-28T22:00:00+01:00",
            "2026-03-29T06:00:00+02:00",
            [("2026-03-28", 2 * HOUR), ("2026-03-29", 5 * HOUR)],
            id="the night that loses an hour",
        ),
        pytest.param(
            "2026-10-24",
            "2026-10-24T22:00:00+02:00",
            "2026-10-25T06:00:00+01:00",
            [("2026-10-24", 2 * HOUR), ("2026-10-25", 7 * HOUR)],
            id="the night that gains an hour",
        ),
        pytest.param(
            "2026-03-10",
            "2026-03-10T22:00:00+01:00",
            "2026-03-11T00:00:00+01:00",
            [("2026-03-10", 2 * HOUR)],
            id="ending at midnight",
        ),
        pytest.param(
            "2026-03-28",
            "2026-03-28T12:00:00+01:00",
            "2026-03-30T12:00:00+02:00",
            [("2026-03-28", 12 * HOUR), ("2026-03-29", 23 * HOUR), ("2026-03-30", 12 * HOUR)],
            id="a whole short day",
        ),
    ],
)
def test_days_are_split_at_midnight_in_vienna(
    office: Office, first_day: str, started_at: str, ended_at: str, expected: list[tuple[str, int]]
) -> None:
    office.entry("Mira", started_at, ended_at)
    to_date = str(datetime.fromisoformat(first_day).date() + timedelta(days=6))
    rows = office.timesheet(first_day, to_date)
    assert sums(rows) == [(day, seconds, seconds) for day, seconds in expected]
    total = (datetime.fromisoformat(ended_at) - datetime.fromisoformat(started_at)).total_seconds()
    assert sum(seconds for _, seconds in expected) == total
    # A range holds its share of an entry that began before it, or goes on after it.
    last_day = expected[-1][0]
    assert sums(office.timesheet(last_day, last_day)) == [(last_day, expected[-1][1], expected[-1][1])]
    assert sums(office.timesheet(first_day, first_day)) == [(*expected[0], expected[0][1])]


def test_a_running_entry_counts_until_now(office: Office) -> None:
    office.tag(MIRAS, "Mira", "Design")
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(minutes=30)
    office.tap("Desk", (since.isoformat(), "insert", MIRAS))
    today = datetime.now(UTC).date()
    days = {"from_date": str(today - timedelta(days=1)), "to_date": str(today + timedelta(days=1))}
    for rows in (office.read("timesheet", **days), office.read("timesheet_days", **days)):
        shown = timedelta(seconds=sum(row["elapsed_seconds"] for row in rows))
        # A second for rounding.
        assert timedelta(seconds=-1) <= datetime.now(UTC) - since - shown < timedelta(minutes=5)
        # If midnight in Vienna was in between, it runs on the second day.
        assert [row["running"] for row in rows] == [False, True][-len(rows) :]
    (present,) = office.read("present_now")
    assert (present["person_name"], present["project_name"], present["device_name"]) == (
        "Mira",
        "Design",
        "Desk",
    )
    assert datetime.fromisoformat(present["since"]) == since
    (details,) = office.organization.rows("time_entry_details")
    assert (details["is_running"], details["ended_at"], details["id"]) == (True, None, present["entry_id"])


def test_an_entry_that_nobody_ended_counts_to_its_limit_before_sweep_comes_by(office: Office) -> None:
    since = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=30)
    office.entry("Mira", since.isoformat(), None)
    days = {
        "from_date": str((since - timedelta(days=1)).date()),
        "to_date": str((since + timedelta(days=3)).date()),
    }
    rows = office.read("timesheet", **days)
    assert sum(row["elapsed_seconds"] for row in rows) == 12 * HOUR
    assert all(row["flags"] == ["auto_closed"] and not row["running"] for row in rows)
    assert office.read("present_now") == []
    (details,) = office.organization.rows("time_entry_details")
    assert (details["is_running"], details["flags"]) == (False, ["auto_closed"])
    assert details["duration_seconds"] == 12 * HOUR
    assert datetime.fromisoformat(details["ended_at"]) == since + timedelta(hours=12)


def test_time_of_a_tag_that_is_nobodys_stands_apart(office: Office) -> None:
    office.tap("Desk", ("2026-03-10T08:00:00Z", "insert", MIRAS), ("2026-03-10T09:00:00Z", "removed", MIRAS))
    (row,) = office.timesheet("2026-03-10", "2026-03-10")
    assert (row["person_id"], row["project_id"], row["elapsed_seconds"]) == (None, None, HOUR)


def test_filters_name_a_person_and_a_project(office: Office) -> None:
    for person in ("Mira", "Jonas"):
        for project in ("Design", "Support"):
            office.entry(person, "2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z", project)
    day = ("2026-03-10", "2026-03-10")
    assert len(office.timesheet(*day)) == 4
    assert {row["person_name"] for row in office.timesheet(*day, person_id=office.person("Mira"))} == {"Mira"}
    assert {row["project_name"] for row in office.timesheet(*day, project_id=office.project("Design"))} == {
        "Design"
    }
    (row,) = office.timesheet(*day, person_id=office.person("Mira"), project_id=office.project("Design"))
    assert (row["person_name"], row["project_name"]) == ("Mira", "Design")


def test_what_overlaps_another_project_says_so_also_where_one_is_asked_for(office: Office) -> None:
    office.entry("Mira", "2026-03-10T08:00:00Z", "2026-03-10T10:00:00Z", "Design")
    office.entry("Mira", "2026-03-10T09:00:00Z", "2026-03-10T11:00:00Z", "Support")
    rows = office.timesheet("2026-03-10", "2026-03-10")
    assert [row["flags"] for row in rows] == [["overlapping"]] * 2
    for row in rows:
        asked = office.timesheet("2026-03-10", "2026-03-10", project_id=row["project_id"])
        assert asked == [row]


def test_hours_by_project_and_presence_by_hour(office: Office) -> None:
    # A Tuesday in winter: 8:30 to 10:00 in Vienna.
    office.entry("Mira", "2026-03-10T08:30:00+01:00", "2026-03-10T10:00:00+01:00", "Design")
    office.entry("Mira", "2026-03-10T09:00:00+01:00", "2026-03-10T09:30:00+01:00", "Support")
    office.entry("Jonas", "2026-03-10T09:00:00+01:00", "2026-03-10T10:00:00+01:00", "Design")
    days = {"from_date": "2026-03-09", "to_date": "2026-03-22"}
    hours = office.read("project_hours", **days)
    assert [(row["project_name"], row["elapsed_seconds"], row["people"]) for row in hours] == [
        ("Design", 9000, 2),
        ("Support", 1800, 1),
    ]
    presence = office.read("presence_by_hour", **days)
    # Two Tuesdays are in the range; what overlaps counts once.
    assert [
        (row["weekday"], row["hour"], row["person_seconds"], float(row["average_people"])) for row in presence
    ] == [
        (2, 8, 1800, 0.25),
        (2, 9, 7200, 1.0),
    ]


RANGES: list[tuple[str, str | None, str | None, tuple[int, str]]] = [
    ("timesheet", "2026-01-02", "2026-01-01", (422, "invalid_range")),
    ("timesheet", None, "2026-01-01", (422, "invalid_range")),
    ("timesheet", "2026-01-01", "infinity", (422, "invalid_range")),
    ("timesheet", "-infinity", "infinity", (422, "invalid_range")),
    ("timesheet", "2025-01-01", "2026-02-05", (422, "range_too_long")),
    ("timesheet_days", "2025-01-01", "2026-02-05", (422, "range_too_long")),
    ("project_hours", "2025-01-01", "2026-02-05", (422, "range_too_long")),
    ("presence_by_hour", "2026-01-01", "2026-04-11", (422, "range_too_long")),
]


@pytest.mark.parametrize(("function", "from_date", "to_date", "refusal"), RANGES)
def test_ranges_have_limits(
    office: Office, function: str, from_date: str | None, to_date: str | None, refusal: tuple[int, str]
) -> None:
    found = refused(
        office.organization.client,
        function,
        organization_id=office.organization.id,
        from_date=from_date,
        to_date=to_date,
    )
    assert found == refusal


def test_the_longest_range_is_answered(office: Office) -> None:
    assert office.timesheet("2025-01-01", "2026-02-04") == []
    assert office.read("presence_by_hour", from_date="2026-01-01", to_date="2026-04-10") == []


READERS: dict[str, dict[str, str]] = {
    "timesheet": {"from_date": "2026-03-10", "to_date": "2026-03-10"},
    "timesheet_days": {"from_date": "2026-03-10", "to_date": "2026-03-10"},
    "project_hours": {"from_date": "2026-03-10", "to_date": "2026-03-10"},
    "presence_by_hour": {"from_date": "2026-03-10", "to_date": "2026-03-10"},
    "present_now": {},
}


@pytest.mark.parametrize("function", READERS)
def test_another_organization_does_not_exist(office: Office, function: str) -> None:
    office.entry("Mira", "2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z")
    stranger = world.create_organization(office.stack)
    for organization_id in (office.organization.id, str(uuid.uuid4()), None):
        found = refused(stranger.client, function, organization_id=organization_id, **READERS[function])
        assert found == (404, "not_found")
    answer = office.stack.client().post(
        f"/rpc/{function}", json={"organization_id": office.organization.id, **READERS[function]}
    )
    assert answer.status_code in (401, 403, 404)


def test_the_person_of_another_organization_has_no_time_here(office: Office) -> None:
    stranger = world.create_organization(office.stack)
    theirs = stranger.insert("people", name="Mira")["id"]
    office.entry("Mira", "2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z")
    assert office.timesheet("2026-03-10", "2026-03-10", person_id=theirs) == []


def test_a_member_reads_the_own_time_and_a_viewer_everybodys(office: Office) -> None:
    member = join(office.stack, office.organization, "member")
    viewer = join(office.stack, office.organization, "viewer")
    for person in ("Mira", "Jonas"):
        office.entry(person, "2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z", "Design")
        office.entry(person, (datetime.now(UTC) - timedelta(hours=1)).isoformat(), None)
    world.rpc(
        office.organization.client,
        "link_person",
        person_id=office.person("Mira"),
        membership_id=member.membership_id,
    )
    day = ("2026-03-10", "2026-03-10")
    for client, people in ((member.client, {"Mira"}), (viewer.client, {"Mira", "Jonas"})):
        assert {row["person_name"] for row in office.timesheet(*day, client)} == people
        assert {row["person_name"] for row in office.read("present_now", client)} == people
        assert {row["person_name"] for row in client.get("/time_entry_details").json()} == people
    assert office.timesheet(*day, member.client, person_id=office.person("Jonas")) == []
    hours = office.read("project_hours", member.client, from_date=day[0], to_date=day[1])
    assert [row["elapsed_seconds"] for row in hours] == [HOUR]
    world.rpc(office.organization.client, "suspend_member", membership_id=member.membership_id)
    arguments: dict[str, Any] = {"organization_id": office.organization.id, **READERS["timesheet"]}
    assert refused(member.client, "timesheet", **arguments) == (404, "not_found")


def test_pages_by_key_show_every_entry_once(office: Office) -> None:
    for person in ("Mira", "Jonas", "Ada"):
        for hour in range(6, 17):
            office.entry(person, f"2026-03-10T{hour:02}:00:00Z", f"2026-03-10T{hour:02}:30:00Z")
    seen: list[Row] = []
    after: dict[str, str] = {}
    while page := office.organization.rows(
        "time_entry_details", select="id,started_at", order="started_at.desc,id.asc", limit="5", **after
    ):
        seen += page
        at, identity = page[-1]["started_at"], page[-1]["id"]
        # The first condition alone bounds the index; the second goes on within one instant.
        after = {
            "started_at": f"lte.{at}",
            "or": f"(started_at.lt.{at},and(started_at.eq.{at},id.gt.{identity}))",
        }
    assert len(seen) == 33
    assert len({row["id"] for row in seen}) == 33
    assert seen == sorted(
        seen, key=lambda row: (-datetime.fromisoformat(row["started_at"]).timestamp(), row["id"])
    )


def test_the_timesheet_is_read_as_csv(postgres_stack: PostgresStack) -> None:
    office = Office(postgres_stack, world.create_organization(postgres_stack, time_zone="Europe/Vienna"))
    office.entry('Mira "M", König', "2026-03-10T08:00:00Z", "2026-03-10T09:00:00Z", "Design")
    parameters = {
        "organization_id": office.organization.id,
        "from_date": "2026-03-10",
        "to_date": "2026-03-10",
    }
    answer = office.organization.client.get(
        "/rpc/timesheet", params=parameters, headers={"Accept": "text/csv"}
    )
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/csv")
    (row,) = csv.DictReader(io.StringIO(answer.text))
    assert row == {
        "day": "2026-03-10",
        "person_id": office.person('Mira "M", König'),
        "person_name": 'Mira "M", König',
        "project_id": office.project("Design"),
        "project_name": "Design",
        "project_color": "#64748b",
        "elapsed_seconds": "3600",
        "wall_seconds": "3600",
        "entry_count": "1",
        "running": "f",
        "flags": "{}",
    }
    entries = office.organization.client.get("/time_entry_details", headers={"Accept": "text/csv"})
    assert len(list(csv.reader(io.StringIO(entries.text)))) == 2
