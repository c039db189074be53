"""Putting time right, taking that back, and what is remembered of it."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, taps
from tools.serve.site import Site
from tools.stack import world

TAG = "DD542A83"
ZONE = ZoneInfo("Europe/Vienna")


@pytest.fixture
def yesterday(site: Site, harbour: world.Organization) -> str:
    """A day on which Mira's tag lay on her reader from 8 to 12, local time."""
    person = harbour.insert("people", name="Mira Novak")
    harbour.insert("projects", name="Harbour crane", color="#3b6fd6")
    harbour.insert("tags", uid=TAG, person_id=person["id"])
    key = world.create_device_key(world.create_device(harbour, name="Desk", person_id=person["id"]))
    day = (datetime.now(ZONE) - timedelta(days=1)).date()
    times = (("tag_insert", 8), ("tag_removed", 12))
    events = [
        {
            "timestamp": datetime(day.year, day.month, day.day, hour, tzinfo=ZONE).isoformat(),
            "event_type": kind,
        }
        | {"tag_id": TAG}
        for kind, hour in times
    ]
    assert taps(site.url, key.key, events).status_code == 200
    return day.isoformat()


def test_an_entry_is_changed_with_a_reason_and_the_change_taken_back(admin: Visitor, yesterday: str) -> None:
    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    block = page.get_by_role("button", name=re.compile("Mira Novak: No project 08:00–12:00"))
    block.click()
    page.get_by_label("End", exact=True).fill("1230")
    admin.choose("Project", "Harbour crane")
    page.get_by_role("button", name="Save").click()
    admin.give_reason("Forgot to tap out")
    changed = page.get_by_role("button", name=re.compile("Mira Novak: Harbour crane 08:00–12:30"))
    expect(changed).to_be_visible()
    history = page.locator(".history")
    expect(history).to_contain_text("the end from")
    expect(history).to_contain_text("the project from nothing to Harbour crane")
    expect(history).to_contain_text("“Forgot to tap out”")

    page.get_by_role("button", name="Undo").click()
    expect(block).to_be_visible()
    expect(history).to_contain_text("put it back to what the taps say")


def test_an_entry_is_moved_with_the_keyboard_and_put_back_to_the_taps(admin: Visitor, yesterday: str) -> None:
    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    block = page.get_by_role("button", name=re.compile("Mira Novak: No project"))
    block.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("08:05–12:10. Why?")
    admin.give_reason("Reader was off")
    moved = page.get_by_role("button", name=re.compile("08:05–12:10"))
    moved.click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Back to what the taps say").click()
    admin.give_reason("It was right")
    expect(page.get_by_role("button", name=re.compile("08:00–12:00"))).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(moved).to_be_visible()


def test_an_entry_is_dragged(admin: Visitor, yesterday: str) -> None:
    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    block = page.get_by_role("button", name=re.compile("Mira Novak: No project"))
    box = block.bounding_box()
    assert box is not None
    hour = box["width"] / 4
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + hour, box["y"] + box["height"] / 2, steps=8)
    page.mouse.up()
    expect(page.get_by_role("dialog")).to_contain_text("09:00–13:00. Why?")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name=re.compile("08:00–12:00"))).to_be_visible()


def test_an_entry_is_split_and_one_half_deleted(admin: Visitor, yesterday: str) -> None:
    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    whole = page.get_by_role("button", name=re.compile("Mira Novak: No project 08:00–12:00"))
    second = page.get_by_role("button", name=re.compile("10:00–12:00"))

    def split() -> None:
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("menuitem", name="Split").click()
        page.get_by_role("dialog").get_by_label("At", exact=True).fill("10:00")
        admin.give_reason("Break not recorded")
        expect(second).to_be_visible()

    whole.click()
    split()
    page.get_by_role("button", name="Undo").click()
    expect(whole).to_be_visible()
    split()
    second.click()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Delete").click()
    admin.give_reason("Counted twice")
    expect(second).to_have_count(0)
    page.get_by_role("button", name="Undo").last.click()
    expect(second).to_be_visible()


def test_what_is_typed_outlasts_a_change_and_an_undo_takes_back_only_its_own(
    admin: Visitor, harbour: world.Organization, yesterday: str
) -> None:
    def change(**changes: str) -> None:
        """What somebody else does meanwhile."""
        entry = harbour.rows("time_entries")[0]
        known = {"entry_id": entry["id"], "expected_version": entry["version"]}
        world.rpc(harbour.client, "change_time_entry", **known, changes=changes, reason="Elsewhere")

    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    page.get_by_role("button", name=re.compile("Mira Novak: No project 08:00–12:00")).click()
    page.get_by_label("Note").fill("Rain")
    change(ended_at=f"{yesterday}T12:30:00+00:00")
    expect(page.get_by_text("changed this entry meanwhile")).to_be_visible()
    expect(page.get_by_label("Note")).to_have_value("Rain")
    page.get_by_role("button", name="Save").click()
    admin.give_reason("Forgot to say")
    expect(page.get_by_text("changed this entry meanwhile")).to_have_count(0)
    change(note="Storm")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Not taken back.")).to_be_visible()
    entry = harbour.rows("time_entries")[0]
    assert entry["note"] == "Storm"
    assert datetime.fromisoformat(entry["ended_at"]) == datetime.fromisoformat(f"{yesterday}T12:30:00+00:00")


def test_forgotten_time_is_added_by_hand(admin: Visitor, yesterday: str) -> None:
    page = admin.page
    admin.open(f"/timesheet/{yesterday}")
    page.get_by_role("button", name="Add time").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Start").fill("13")
    dialog.get_by_label("End", exact=True).fill("17h30")
    admin.choose("Person", "Mira Novak")
    dialog.get_by_role("button", name="Worked elsewhere").click()
    dialog.get_by_role("button", name="Add time").click()
    added = page.get_by_role("button", name=re.compile("Mira Novak: No project 13:00–17:30"))
    expect(added).to_be_visible()
    expect(page.get_by_text("8 h 30 in all")).to_be_visible()

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Split").click()
    page.get_by_role("dialog").get_by_label("At", exact=True).fill("15")
    admin.give_reason("Break not recorded")
    expect(page.get_by_role("button", name=re.compile("15:00–17:30"))).to_be_visible()
    page.get_by_role("button", name="Undo").last.click()
    expect(added).to_be_visible()
    expect(page.get_by_text("8 h 30 in all")).to_be_visible()
