"""Keys, alerts, roles and sessions, as people use them."""

from collections.abc import Callable

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_today_updates_by_itself(site: Site, admin: Visitor, harbour: world.Organization) -> None:
    key = world.create_device_key(world.create_device(harbour, name="Desk"))
    page = admin.page
    page.clock.install()
    admin.open("/today")
    expect(page.get_by_text("No taps yet today.")).to_be_visible()
    assert tap(site.url, key.key, "DD542A83").status_code == 201
    page.clock.fast_forward(5000)
    expect(page.get_by_text("Tag DD 54 2A 83 tapped in at Desk")).to_be_visible()


def test_offline_is_said_and_what_was_typed_stays(admin: Visitor) -> None:
    page = admin.page
    admin.open("/projects")
    page.get_by_role("button", name="Add a project").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Lighthouse")
    page.context.set_offline(True)
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_text("The server cannot be reached.")).to_be_visible()
    expect(dialog.get_by_label("Name")).to_have_value("Lighthouse")
    expect(page.get_by_text("You are offline.")).to_be_attached()
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Lighthouse")).to_be_visible()
    admin.complaints.clear()


def test_the_keyboard_goes_everywhere(admin: Visitor) -> None:
    page = admin.page
    for keys, title in (("gs", "Timesheet"), ("gd", "Devices"), ("ga", "Alerts"), ("gt", "Today")):
        for key in keys:
            page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("repo")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Reports")


def test_the_page_speaks_german_where_the_browser_does(visitor: Callable[..., Visitor]) -> None:
    someone = visitor(locale="de-AT")
    someone.open("/sign-in")
    expect(someone.page.get_by_role("button", name="Anmelden")).to_be_visible()
    assert someone.page.evaluate("document.documentElement.lang") == "de"
