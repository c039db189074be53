"""A person's calendar as a file: what a calendar link gives, without a link that stays."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.stack import world


def test_the_calendar_of_one_person_is_saved_and_leaves_no_link(
    harbour: world.Organization, admin: Visitor
) -> None:
    person = harbour.insert("people", name="Mira Novak")
    world.rpc(
        harbour.client,
        "add_time_entry",
        organization_id=harbour.id,
        person_id=person["id"],
        project_id=None,
        started_at="2026-11-02T08:00:00Z",
        ended_at="2026-11-02T12:00:00Z",
        reason="Worked elsewhere",
        note=None,
    )
    page = admin.page
    item = page.get_by_role("menuitem", name="Calendar file")
    admin.open("/timesheet")
    page.get_by_role("button", name="Export").click()
    expect(page.get_by_role("menuitem", name="Entries as CSV")).to_be_visible()
    # Everybody's time is no one calendar.
    expect(item).to_have_count(0)

    admin.open(f"/timesheet?person={person['id']}")
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        item.click()
    text = download.value.path().read_text()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART:20261102T080000Z" in text
    expect(page.get_by_text("1 entry saved.")).to_be_visible()
    admin.open(f"/people/{person['id']}")
    expect(page.get_by_role("button", name="Make a link")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.get_by_role("button", name="Revoke: gb_")).to_have_count(0)
