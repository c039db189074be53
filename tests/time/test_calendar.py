"""A person's time in their calendar, behind a link that can be revoked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gatebook.devices.keys import generate_key
from tests.support.acts import join, refused
from tools.stack import world
from tools.stack.stack import Stack

LoadFunction = Callable[..., FlaskClient]
NewOrganization = Callable[..., world.Organization]
START = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)
NAME = "Mira; <b>\\n, König"
NOTE = "first line\nEND:VEVENT\nsecond; line, \\ with everything"


@pytest.fixture
def calendar(load_function: LoadFunction) -> FlaskClient:
    return load_function("calendar")


def add_entry(
    theirs: world.Organization,
    person_id: str,
    started_at: datetime = START,
    ended_at: datetime | None = START + timedelta(hours=1),
    **values: Any,
) -> dict[str, Any]:
    entry: dict[str, Any] = world.rpc(
        theirs.client,
        "add_time_entry",
        **{
            "organization_id": theirs.id,
            "person_id": person_id,
            "project_id": None,
            "started_at": started_at.isoformat(),
            "ended_at": ended_at and ended_at.isoformat(),
            "reason": "As it was",
            **values,
        },
    )
    return entry


def get(calendar: FlaskClient, token: str, **headers: str) -> TestResponse:
    return calendar.get(
        f"/{token}.ics", headers={name.replace("_", "-"): value for name, value in headers.items()}
    )


def events(answer: TestResponse) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return list(icalendar.Calendar.from_ical(answer.data).walk("VEVENT"))


def test_entries_stand_in_the_calendar_as_they_are(
    calendar: FlaskClient, organization: NewOrganization
) -> None:
    theirs = organization("Works, Ltd.")
    person = theirs.insert("people", name=NAME)
    project = theirs.insert("projects", name="Night; shift")
    worked = add_entry(theirs, person["id"], project_id=project["id"], note=NOTE)
    other = theirs.insert("people", name="Jonas")
    add_entry(theirs, other["id"])
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    answer = get(calendar, feed["token"])
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(answer)
    assert event["uid"] == f"{worked['id']}@gatebook"
    assert (event.start, event.end) == (START, START + timedelta(hours=1))
    assert b"DTSTART:" + START.strftime("%Y%m%dT%H%M%SZ").encode() in answer.data
    assert (event["summary"], event["description"]) == ("Night; shift", NOTE)
    assert event["status"] == "CONFIRMED"
    read = icalendar.Calendar.from_ical(answer.data)
    assert read["x-wr-calname"] == f"{NAME} – Works, Ltd."
    assert all(len(line) <= 75 for line in answer.data.split(b"\r\n"))


def test_the_path_that_the_page_shows_is_the_one_that_works(
    calendar: FlaskClient, organization: NewOrganization
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    assert feed["path"] == f"/api/calendar/{feed['token']}.ics"
    assert calendar.get(feed["path"]).status_code == 200
    head = calendar.head(feed["path"])
    assert (head.status_code, head.data) == (200, b"")


def test_a_running_entry_lasts_until_now(calendar: FlaskClient, organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    started_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    add_entry(theirs, person["id"], started_at, None)
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    (event,) = events(get(calendar, feed["token"]))
    assert event["status"] == "TENTATIVE"
    assert timedelta(0) <= datetime.now(UTC) - event.end < timedelta(minutes=5)


def test_what_has_just_begun_ends_after_it_began(
    calendar: FlaskClient, organization: NewOrganization
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    timer = {"organization_id": theirs.id, "person_id": person["id"]}
    stopped = world.rpc(theirs.client, "start_timer", **timer)
    world.rpc(theirs.client, "stop_timer", entry_id=stopped["id"])
    world.rpc(theirs.client, "start_timer", **timer)
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    lengths = {event["status"]: event.end - event.start for event in events(get(calendar, feed["token"]))}
    assert timedelta(seconds=1) <= lengths["CONFIRMED"] < timedelta(minutes=1)
    assert timedelta(minutes=1) <= lengths["TENTATIVE"] < timedelta(minutes=5)


def test_a_calendar_is_read_again_only_when_it_has_changed(
    calendar: FlaskClient, organization: NewOrganization
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    entry = add_entry(theirs, person["id"])
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    first = get(calendar, feed["token"])
    assert first.headers["Cache-Control"] == "private, max-age=300"
    again = get(calendar, feed["token"], If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    changes = {"ended_at": (START + timedelta(hours=2)).isoformat()}
    world.rpc(
        theirs.client,
        "change_time_entry",
        entry_id=entry["id"],
        expected_version=1,
        changes=changes,
        reason="Later",
    )
    changed = get(calendar, feed["token"], If_None_Match=first.headers["ETag"])
    (event,) = events(changed)
    assert (event["uid"], event["sequence"]) == (f"{entry['id']}@gatebook", 1)


def test_no_other_token_works(
    calendar: FlaskClient, organization: NewOrganization, capsys: pytest.CaptureFixture[str]
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    token = feed["token"]
    assert get(calendar, token).status_code == 200
    world.rpc(theirs.client, "revoke_calendar_feed", feed_id=feed["id"])
    world.rpc(theirs.client, "revoke_calendar_feed", feed_id=feed["id"])
    for wrong in (token, generate_key(), token[:-1], "x"):
        answer = get(calendar, wrong)
        assert answer.status_code == 404
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["Cache-Control"] == "no-store"
        assert wrong not in answer.text or wrong == "x"
    assert token not in capsys.readouterr().out


def test_a_link_ends_with_its_maker_and_with_its_person(
    calendar: FlaskClient, organization: NewOrganization, stack: Stack
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    operator = join(stack, theirs, "operator")
    feed = world.rpc(operator.client, "create_calendar_feed", person_id=person["id"])
    assert get(calendar, feed["token"]).status_code == 200
    world.rpc(theirs.client, "suspend_member", membership_id=operator.membership_id)
    assert get(calendar, feed["token"]).status_code == 404
    own = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    world.created(
        theirs.client.patch(f"/people?id=eq.{person['id']}", json={"archived_at": START.isoformat()})
    )
    assert get(calendar, own["token"]).status_code == 404
    assert refused(theirs.client, "create_calendar_feed", person_id=person["id"]) == (
        409,
        "person_is_archived",
    )


def test_members_make_links_to_their_own_time_and_to_no_other(
    calendar: FlaskClient, organization: NewOrganization, stack: Stack
) -> None:
    theirs = organization()
    member = join(stack, theirs, "member")
    own, other = (theirs.insert("people", name=name)["id"] for name in ("Mira", "Jonas"))
    world.rpc(theirs.client, "link_person", person_id=own, membership_id=member.membership_id)
    feed = world.rpc(member.client, "create_calendar_feed", person_id=own)
    assert get(calendar, feed["token"]).status_code == 200
    others = world.rpc(theirs.client, "create_calendar_feed", person_id=other)
    assert refused(member.client, "create_calendar_feed", person_id=other) == (403, "forbidden")
    assert refused(member.client, "revoke_calendar_feed", feed_id=others["id"]) == (403, "forbidden")
    stranger = stack.client(stack.sign_up().access_token)
    assert refused(stranger, "create_calendar_feed", person_id=own) == (404, "not_found")
    columns = "id,hint,last_used_at"
    (row,) = member.client.get(f"/calendar_feeds?select={columns}").json()
    assert (row["id"], row["hint"], bool(row["last_used_at"])) == (feed["id"], feed["token"][3:9], True)
    assert stranger.get(f"/calendar_feeds?select={columns}").json() == []
    assert {line["action"] for line in theirs.rows("audit_log", table_name="eq.calendar_feeds")} == {"insert"}


def test_a_person_has_at_most_ten_links(organization: NewOrganization) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    for _ in range(10):
        world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    assert refused(theirs.client, "create_calendar_feed", person_id=person["id"]) == (409, "too_many_feeds")


def test_the_calendar_is_503_while_supabase_is_away(
    calendar: FlaskClient, organization: NewOrganization, stack: Stack
) -> None:
    theirs = organization()
    person = theirs.insert("people", name="Mira")
    feed = world.rpc(theirs.client, "create_calendar_feed", person_id=person["id"])
    stack.stop()
    try:
        assert get(calendar, feed["token"]).status_code == 503
    finally:
        stack.start()
    assert get(calendar, feed["token"]).status_code == 200
