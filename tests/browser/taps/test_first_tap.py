"""From nothing to the first time entry."""

import re
import secrets
from collections.abc import Callable

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_a_new_user_sees_the_tap_of_their_reader_as_a_time_entry(
    site: Site, visitor: Callable[..., Visitor]
) -> None:
    someone = visitor()
    page = someone.page
    someone.sign_up("Mira Lindgren", f"mira-{secrets.token_hex(4)}@example.com", "long enough 42")
    page.get_by_label("Name of the organization").fill("Atelier <b>Lindgren</b>")
    page.get_by_role("button", name="Create the organization").click()

    page.get_by_role("button", name="Add me").click()
    page.get_by_role("link", name="Add a reader").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name", exact=True).fill("Mira's desk")
    dialog.get_by_label("Id of the device").fill("NFC_ABC123")
    dialog.get_by_role("button", name="Add a reader").click()
    page.get_by_role("button", name="Make a key").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Make a key").click()
    key = page.get_by_test_id("new-key").inner_text()
    assert re.fullmatch(r"gb_[0-9A-Za-z]{36}", key)
    page.get_by_role("button", name="I have copied it").click()

    assert tap(site.url, key, "dd 54 2a 83", minutes_ago=20).status_code == 201

    someone.open("/tags")
    page.get_by_role("link", name="DD 54 2A 83").click()
    someone.choose("Person", "Mira Lindgren")
    expect(page.get_by_text("1 time entry changes.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved; 1 time entry changed.")).to_be_visible()

    someone.open("/today")
    row = page.get_by_role("link", name="Mira Lindgren")
    expect(row).to_contain_text("In since")
    expect(row).to_contain_text(re.compile(r"0:2\d:\d\d"))
    # The name of the organization is text, whatever it looks like.
    expect(page.get_by_role("button", name="Organization: Atelier <b>Lindgren</b>")).to_be_visible()


def test_the_test_tap_says_step_by_step_what_became_of_it(
    site: Site, admin: Visitor, harbour: world.Organization
) -> None:
    device = world.create_device(harbour, name="Desk")
    page = admin.page
    admin.open(f"/devices/{device.id}?tab=connect")
    page.get_by_role("button", name="Send a test tap").click()
    steps = page.locator(".test-step")
    expect(page.locator(".test-step.is-good")).to_have_count(4)
    expect(steps.nth(3)).to_contain_text("It opened a time entry.")

    page.get_by_label("With which key").select_option("mine")
    page.get_by_label("The key").fill("gb_" + "x" * 36)
    page.get_by_role("button", name="Now take the tag off").click()
    expect(page.locator(".test-step.is-bad")).to_contain_text("The key was refused")
