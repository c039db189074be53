"""Somebody in two organizations: what belongs to one never shows or lands in the other."""

from playwright.sync_api import Page, expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def another(harbour: world.Organization, name: str) -> world.Organization:
    """A second organization of the same admin."""
    made = world.rpc(harbour.client, "create_organization", name=name, time_zone="Europe/Vienna")
    return world.Organization(made["id"], "Europe/Vienna", harbour.admin, harbour.client)


def go_to(page: Page, name: str) -> None:
    """By the menu on top of the rail."""
    page.get_by_role("button", name="Organization:").click()
    page.get_by_role("menuitemradio", name=name).click()
    expect(page.get_by_role("button", name=f"Organization: {name}")).to_be_visible()


def test_undo_and_the_count_of_alerts_belong_to_one_organization(
    site: Site, harbour: world.Organization, admin: Visitor
) -> None:
    another(harbour, "Lighthouse")
    key = world.create_device_key(world.create_device(harbour, name="Front door"))
    # A clock an hour ahead raises an alert.
    assert tap(site.url, key.key, "DD542A83", minutes_ago=-60).status_code == 201
    page = admin.page
    admin.open("/settings")
    alerts = page.get_by_role("navigation", name="Pages").first.get_by_role("link", name="Alerts")
    expect(alerts).to_contain_text("1")
    page.get_by_label("Name", exact=True).fill("Harbour Works Ltd")
    page.locator("form").filter(has_text="Name").get_by_role("button", name="Save").first.click()
    page.get_by_text("Saved.").hover()
    go_to(page, "Lighthouse")
    expect(alerts).to_have_text("Alerts")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    names = {row["name"] for row in harbour.client.get("/organizations").json()}
    assert names == {"Harbour Works", "Lighthouse"}


def test_a_link_opens_in_the_organization_it_belongs_to(harbour: world.Organization, admin: Visitor) -> None:
    lighthouse = another(harbour, "Lighthouse")
    person = lighthouse.insert("people", name="Mira Novak")
    device = world.create_device(harbour, name="Front door")
    page = admin.page
    admin.open(f"/timesheet/2026-01-07?person={person['id']}")
    expect(page.get_by_role("button", name="Organization: Lighthouse")).to_be_visible()
    admin.open(f"/devices/{device.id}")
    expect(page.get_by_role("button", name="Organization: Harbour Works")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Front door")
    # Whoever chooses another one from there is not sent back.
    go_to(page, "Lighthouse")
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")
