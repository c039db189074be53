"""Rules of pairing, changed from a date on."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_rules_from_a_date_on_say_how_many_entries_change_before_and_after(
    site: Site, harbour: world.Organization, admin: Visitor
) -> None:
    key = world.create_device_key(world.create_device(harbour, name="Desk"))
    for inserted, minutes_ago in ((True, 50.0), (False, 40.0), (True, 39.0), (False, 30.0)):
        answer = tap(site.url, key.key, "DD542A83", inserted=inserted, minutes_ago=minutes_ago)
        assert answer.status_code == 201
    assert len(harbour.rows("time_entry_details")) == 2
    page = admin.page
    admin.open("/settings")
    page.get_by_label("Merge gap, in seconds").fill("300")
    page.get_by_role("button", name="From a date").click()
    page.get_by_label("From this day on").fill("2026-01-01")
    page.locator("form").filter(has_text="Merge gap").get_by_role("button", name="Save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("2 time entries change.")).to_be_visible()
    assert len(harbour.rows("time_entry_details")) == 2
    dialog.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("entries changed.")).to_be_visible()
    assert len(harbour.rows("time_entry_details")) == 1
