"""One's own profile: language, theme and password."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.stack import world


def test_the_profile_speaks_and_looks_as_chosen_at_once(admin: Visitor) -> None:
    page = admin.page
    admin.open("/profile")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_role("heading", level=1)).to_have_text("Profil")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profil")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_a_choice_is_taken_back_alone(admin: Visitor) -> None:
    page = admin.page
    admin.open("/profile")
    page.get_by_role("button", name="Dark").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Language").select_option("de")
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    page.get_by_role("button", name="Rückgängig").first.click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    expect(page.get_by_text("Rückgängig gemacht.")).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Profil")


def test_a_password_is_changed_by_who_knows_the_old_one(harbour: world.Organization, admin: Visitor) -> None:
    page = admin.page
    admin.open("/profile")
    now, new = page.get_by_label("Your password now"), page.get_by_label("New password")
    now.fill("not the password")
    new.fill("a new and long password")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your password.")).to_be_visible()
    now.fill(harbour.admin.password)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    page.get_by_role("button", name="Sign out here").click()
    page.wait_for_url("**/sign-in")
    admin.sign_in(harbour.admin.email, "a new and long password")
