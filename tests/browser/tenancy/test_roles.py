"""What a member sees and may change."""

from collections.abc import Callable

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor, tap
from tools.serve.site import Site
from tools.stack import world


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
