"""Alerts, as people answer them."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_an_alert_is_acknowledged_with_one_key_and_a_note(
    site: Site, admin: Visitor, harbour: world.Organization
) -> None:
    # A clock an hour ahead raises an alert.
    for name in ("Front door", "Back door"):
        key = world.create_device_key(world.create_device(harbour, name=name))
        assert tap(site.url, key.key, "DD542A83", minutes_ago=-60).status_code == 201
    page = admin.page
    admin.open("/alerts?show=all")
    # The newest stands on top; the one that is chosen counts, and no other once the list is another one.
    expect(page.get_by_text("The clock of Back door is wrong")).to_be_visible()
    for key_name in ("j", "j", "a"):
        page.keyboard.press(key_name)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("The clock of Front door is wrong")
    page.keyboard.press("Escape")
    page.get_by_role("navigation", name="Alerts").get_by_role("link", name="Open").click()
    page.wait_for_url("**/alerts")
    expect(page.get_by_text("The clock of Back door is wrong")).to_be_visible()
    page.keyboard.press("a")
    expect(dialog).to_contain_text("The clock of Back door is wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The clock of Back door is wrong")).to_have_count(0)
    page.keyboard.press("a")
    page.get_by_role("dialog").get_by_label("Note").fill("Battery of the clock is being changed")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Nothing waits for you")).to_be_visible()
    page.get_by_role("link", name="Acknowledged").click()
    expect(page.get_by_text("Battery of the clock is being changed")).to_be_visible()
    expect(page.get_by_text(f"Seen by {harbour.admin.email}")).to_have_count(2)
