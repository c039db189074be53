"""Keys, alerts, roles and sessions, as people use them."""

from collections.abc import Callable

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


def test_a_rotated_key_stops_the_old_one_and_the_new_one_works(
    site: Site, admin: Visitor, harbour: world.Organization
) -> None:
    old = world.create_device_key(world.create_device(harbour, name="Desk"))
    assert tap(site.url, old.key, "DD542A83").status_code == 201
    page = admin.page
    # As it is where the page comes over plain http from another machine.
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    admin.open(f"/devices/{old.device.id}?tab=keys")
    page.get_by_role("button", name="Rotate").click()
    page.get_by_label("The old one works for").select_option("0")
    page.get_by_role("dialog").get_by_role("button", name="Rotate").click()
    new = page.get_by_test_id("new-key").inner_text()
    expect(page.get_by_role("img", name="The key as a QR code")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Copy").first.click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Copied", exact=True)).to_be_visible()
    page.get_by_role("button", name="I have copied it").click()
    page.get_by_text("1 key is over").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    assert tap(site.url, old.key, "DD542A83", inserted=False).status_code == 401
    assert tap(site.url, new, "DD542A83", inserted=False).status_code == 201


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


def test_a_member_sees_only_what_is_theirs(
    site: Site, harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    member = world.add_member(site.stack, harbour, "member")
    own = harbour.insert("people", name="Jonas Own", email=member.email)
    other = harbour.insert("people", name="Aylin Other")
    membership = harbour.rows("memberships", user_id=f"eq.{member.id}")[0]
    world.rpc(harbour.client, "link_person", person_id=own["id"], membership_id=membership["id"])
    harbour.insert("tags", uid="AAAAAAAA", person_id=own["id"])
    harbour.insert("tags", uid="BBBBBBBB", person_id=other["id"])
    key = world.create_device_key(world.create_device(harbour, name="Gate", kind="terminal", mode="terminal"))
    assert tap(site.url, key.key, "AAAAAAAA", minutes_ago=30).status_code == 201
    assert tap(site.url, key.key, "BBBBBBBB", minutes_ago=30).status_code == 201

    someone = visitor()
    someone.sign_in(member.email, member.password)
    page = someone.page
    expect(page.get_by_role("link", name="Jonas Own")).to_contain_text("In since")
    for path in ("/today", "/timesheet", "/events", "/tags?show=assigned", "/devices", "/alerts", "/reports"):
        someone.open(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("Aylin Other")).to_have_count(0)
    expect(page.get_by_role("link", name="Members")).to_have_count(0)
    expect(page.get_by_role("link", name="Alerts")).to_have_count(0)
    someone.open("/alerts")
    expect(page.get_by_text("Alerts are for viewers and above.")).to_be_visible()
    someone.open(f"/people/{other['id']}")
    expect(page.get_by_text("not yours to see")).to_be_visible()


def test_a_member_changes_the_own_tag_and_reader(
    site: Site, harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    member = world.add_member(site.stack, harbour, "member")
    own = harbour.insert("people", name="Jonas Own", email=member.email)
    membership = harbour.rows("memberships", user_id=f"eq.{member.id}")[0]
    world.rpc(harbour.client, "link_person", person_id=own["id"], membership_id=membership["id"])
    tag = harbour.insert("tags", uid="AAAAAAAA", person_id=own["id"])
    device = world.create_device(harbour, name="Desk", person_id=own["id"])

    someone = visitor()
    someone.sign_in(member.email, member.password)
    page = someone.page
    someone.open(f"/tags/{tag['id']}")
    page.get_by_label("Label").fill("My badge")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="My badge")).to_be_visible()
    page.get_by_role("button", name="Archive").click()
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    someone.open(f"/devices/{device.id}?tab=keys")
    expect(page.get_by_role("link", name="Keys")).to_have_count(0)
    page.get_by_role("link", name="Settings").last.click()
    page.get_by_label("Name").fill("My desk")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="My desk")).to_be_visible()


def test_signing_out_ends_one_session_only(
    harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    here, there = visitor(), visitor()
    for each in (here, there):
        each.sign_in(harbour.admin.email, harbour.admin.password)
    here.page.get_by_role("button", name="You:").click()
    here.page.get_by_role("menuitem", name="Sign out").click()
    # The page loads anew, so that nothing of what was read stays in memory.
    here.page.wait_for_url("**/sign-in")
    here.open("/today")
    expect(here.page.get_by_role("button", name="Sign in")).to_be_visible()
    there.open("/devices")
    expect(there.page.get_by_role("heading", name="Devices")).to_be_visible()
    expect(there.page.get_by_text("No readers yet")).to_be_visible()


def test_today_updates_by_itself(site: Site, admin: Visitor, harbour: world.Organization) -> None:
    key = world.create_device_key(world.create_device(harbour, name="Desk"))
    page = admin.page
    admin.open("/today")
    expect(page.get_by_text("No taps yet today.")).to_be_visible()
    assert tap(site.url, key.key, "DD542A83").status_code == 201
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
