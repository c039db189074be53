"""What an organization is and uses: the form, the switches, and one that is switched off."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world


def test_what_is_switched_off_shows_nowhere_and_comes_back(admin: Visitor) -> None:
    page = admin.page
    admin.open("/settings")
    alerts = page.get_by_role("navigation", name="Pages").first.get_by_role("link", name="Alerts")
    expect(alerts).to_be_visible()
    page.get_by_role("switch", name="Alerts").click()
    expect(alerts).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(alerts).to_be_visible()


def test_the_short_name_the_language_and_the_address_are_kept(
    harbour: world.Organization, admin: Visitor
) -> None:
    page = admin.page
    admin.open("/settings")
    page.get_by_label("Short name").fill("harbour-works-linz")
    page.get_by_label("Language").select_option("de-AT")
    page.get_by_label("Contact e-mail").fill("office@harbour.example")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    [row] = harbour.client.get("/organizations").json()
    assert (row["slug"], row["locale"]) == ("harbour-works-linz", "de-AT")
    assert row["contact_email"] == "office@harbour.example"


def test_a_short_name_that_is_taken_says_so(site: Site, harbour: world.Organization, admin: Visitor) -> None:
    other = world.create_organization(site.stack, name="Lighthouse")
    [taken] = other.client.get("/organizations").json()
    admin.open("/settings")
    admin.page.get_by_label("Short name").fill(taken["slug"])
    admin.page.get_by_role("button", name="Save").first.click()
    expect(admin.page.get_by_text("Another organization has this short name")).to_be_visible()


def test_an_organization_that_is_switched_off_says_so(
    site: Site, harbour: world.Organization, admin: Visitor
) -> None:
    answer = site.stack.service.patch(f"/organizations?id=eq.{harbour.id}", json={"is_active": False})
    assert answer.is_success, answer.text
    admin.open("/settings")
    expect(admin.page.get_by_text("This organization has been switched off.")).to_be_visible()
    expect(admin.page.get_by_label("Short name")).to_be_disabled()
