"""Members: invited by a link, held to their role, suspended."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tools.pictures.visitor import Visitor
from tools.serve.site import Site
from tools.stack import world


def invite(admin: Visitor, email: str, role: str) -> str:
    """As an admin does it; returns the link."""
    page = admin.page
    admin.open("/members")
    page.get_by_role("button", name="Invite", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail").fill(email)
    dialog.get_by_role("radio", name=re.compile(f"^{role}")).check()
    dialog.get_by_role("button", name="Make the link").click()
    link = dialog.get_by_label("Copy the link").first.inner_text()
    dialog.get_by_role("button", name="Done").click()
    return link


def row(page: Page, text: str) -> Locator:
    """The row of a table that holds the text."""
    return page.get_by_role("row").filter(has_text=text)


def test_an_invitation_is_accepted_by_a_second_browser(
    harbour: world.Organization, admin: Visitor, visitor: Callable[..., Visitor]
) -> None:
    person = harbour.insert("people", name="Ada Okafor", email="ada@harbour.example")
    link = invite(admin, "Ada@harbour.example", "Viewer")
    expect(row(admin.page, "ada@harbour.example")).to_contain_text("ends in 7 days")

    ada = visitor()
    page = ada.page
    page.goto(link)
    # Before anything else: the token is in no address, and so in no history.
    expect(page.get_by_text("You are invited.")).to_be_visible()
    assert "token" not in page.url
    page.get_by_role("link", name="Create an account").click()
    page.get_by_label("Your name").fill("Ada")
    page.get_by_label("E-mail").fill("ada@harbour.example")
    page.get_by_label("Password").fill("a long enough password")
    page.get_by_role("button", name="Create an account").click()
    expect(page.get_by_text("You are signed in as ada@harbour.example.")).to_be_visible()
    page.get_by_role("button", name="Accept and join").click()
    expect(page.get_by_text("Welcome to Harbour Works.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Today")

    # The person with this address is this account now.
    ada.open(f"/people/{person['id']}")
    expect(page.get_by_text("Signs in as ada@harbour.example.")).to_be_visible()
    admin.open("/members")
    expect(admin.page.get_by_text("Invited, not here yet")).to_have_count(0)
    expect(row(admin.page, "Ada Okafor").get_by_role("combobox")).to_have_value("viewer")


def test_an_invitation_for_another_address_says_so_and_waits(
    site: Site, admin: Visitor, visitor: Callable[..., Visitor]
) -> None:
    invited, other = site.stack.sign_up(), site.stack.sign_up()
    link = invite(admin, invited.email, "Member")
    someone = visitor()
    page = someone.page
    someone.open("/sign-in")
    page.get_by_label("E-mail").fill(other.email)
    page.get_by_label("Password").fill(other.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your organization")).to_be_visible()
    page.goto(link)
    page.get_by_role("button", name="Accept and join").click()
    expect(page.get_by_text("This invitation is for another e-mail address.")).to_be_visible()
    page.get_by_role("button", name="Sign in with another account").click()
    page.get_by_label("E-mail").fill(invited.email)
    page.get_by_label("Password").fill(invited.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept and join").click()
    expect(page.get_by_text("Welcome to Harbour Works.")).to_be_visible()


def test_a_revoked_invitation_opens_nothing(
    site: Site, admin: Visitor, visitor: Callable[..., Visitor]
) -> None:
    invited = site.stack.sign_up()
    link = invite(admin, invited.email, "Admin")
    admin.page.get_by_role("button", name=f"Revoke: {invited.email}").click()
    expect(admin.page.get_by_text("Invited, not here yet")).to_have_count(0)
    page = visitor().page
    page.goto(link)
    page.get_by_label("E-mail").fill(invited.email)
    page.get_by_label("Password").fill(invited.password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Accept and join").click()
    expect(page.get_by_text("This invitation was revoked")).to_be_visible()
    page.get_by_role("button", name="Go on without it").click()
    expect(page.get_by_role("heading", name="Your organization")).to_be_visible()


def test_suspending_ends_reading_and_can_be_taken_back(
    site: Site, harbour: world.Organization, admin: Visitor, visitor: Callable[..., Visitor]
) -> None:
    harbour.insert("people", name="Mira Novak")
    member = world.add_member(site.stack, harbour, "operator")
    someone = visitor()
    someone.page.clock.install()
    someone.sign_in(member.email, member.password)
    someone.open("/people")
    expect(someone.page.get_by_role("link", name="Mira Novak")).to_be_visible()

    admin.open("/members")
    admin.page.get_by_role("button", name=f"Suspend: {member.email}").click()
    expect(row(admin.page, member.email)).to_contain_text("Suspended")
    # Under the pointer it stays.
    admin.page.get_by_text("is suspended and sees nothing more.").hover()
    # The page that is still open reads nothing any more, and says where they stand when looked at again.
    someone.page.get_by_label("Name, e-mail or phone").fill("Mira")
    expect(someone.page.get_by_text("Nobody by that name")).to_be_visible()
    someone.look_again()
    expect(someone.page.get_by_role("heading", name="Your organization")).to_be_visible()

    admin.page.get_by_role("button", name="Undo").click()
    expect(row(admin.page, member.email)).to_contain_text("Active")
    someone.look_again()
    expect(someone.page.get_by_role("link", name="Mira Novak")).to_be_visible()


def test_a_refusal_tells_an_open_page_that_the_role_has_changed(
    site: Site, harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    member = world.add_member(site.stack, harbour, "operator")
    someone = visitor()
    page = someone.page
    someone.sign_in(member.email, member.password)
    someone.open("/people")
    page.get_by_role("button", name="Add a person").first.click()
    membership = harbour.rows("memberships", user_id=f"eq.{member.id}")[0]
    world.rpc(harbour.client, "change_member_role", membership_id=membership["id"], role="viewer")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Mira Novak")
    dialog.get_by_role("button", name="Add a person").click()
    expect(dialog.get_by_text("Your role does not allow this.")).to_be_visible()
    dialog.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Add a person")).to_have_count(0)


def test_a_member_finds_no_way_to_what_is_not_theirs(
    site: Site, harbour: world.Organization, visitor: Callable[..., Visitor]
) -> None:
    harbour.insert("people", name="Aylin Other", email="aylin@harbour.example")
    member = world.add_member(site.stack, harbour, "member")
    someone = visitor()
    someone.sign_in(member.email, member.password)
    page = someone.page
    for title in ("People", "Members", "Settings", "Audit log"):
        expect(page.get_by_role("link", name=title, exact=True)).to_have_count(0)
    for path in ("/people", "/members", "/settings", "/audit"):
        someone.open(path)
        page.get_by_role("heading", level=1).wait_for()
        page.wait_for_load_state("networkidle")
        expect(page.get_by_text("Aylin Other")).to_have_count(0)
        expect(page.get_by_text(harbour.admin.email)).to_have_count(0)
        expect(page.get_by_role("button", name="Invite", exact=True)).to_have_count(0)
        expect(page.get_by_role("button", name="Delete the organization")).to_have_count(0)


def test_a_role_is_changed_and_the_log_tells_it(
    site: Site, harbour: world.Organization, admin: Visitor
) -> None:
    member = world.add_member(site.stack, harbour, "member")
    page = admin.page
    admin.open("/members")
    page.get_by_label(f"Role of {member.email}").select_option("operator")
    expect(page.get_by_text(f"{member.email}: Operator from now on.")).to_be_visible()
    admin.open("/audit?table=memberships")
    told = page.get_by_role("listitem").filter(
        has_text=f"{harbour.admin.email} made {member.email}: Operator"
    )
    told.locator("summary").click()
    change = page.get_by_role("table", name="What changed").get_by_role("row", name="role")
    expect(change).to_contain_text("Member")
    expect(change).to_contain_text("Operator")


def test_the_last_admin_stays(harbour: world.Organization, admin: Visitor) -> None:
    page = admin.page
    admin.open("/members")
    page.get_by_role("button", name="Leave", exact=True).click()
    page.get_by_role("dialog").get_by_role("button", name="Leave", exact=True).click()
    expect(page.get_by_text("The last admin stays: make somebody else an admin first.")).to_be_visible()


def test_an_organization_goes_only_by_its_typed_name(admin: Visitor) -> None:
    page = admin.page
    admin.open("/settings")
    page.get_by_role("button", name="Delete the organization").click()
    dialog = page.get_by_role("dialog")
    act = dialog.get_by_role("button", name="Delete everything")
    dialog.get_by_label("Type “Harbour Works” to confirm").fill("harbour works")
    expect(act).to_be_disabled()
    dialog.get_by_label("Type “Harbour Works” to confirm").fill("Harbour Works")
    act.click()
    expect(page.get_by_role("heading", name="Your organization")).to_be_visible()
