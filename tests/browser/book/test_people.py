"""People: one by one, as a list, archived, deleted, and with a calendar of their own."""

from playwright.sync_api import expect

from tools.pictures.visitor import Visitor
from tools.stack import world

LIST = """Name;E-Mail;Telefon
Lea Brandt;lea@harbour.example;+43 660 7654321
;nobody@harbour.example;
Tom Kerr;MIRA@harbour.example;12
Uma Roy;lea@harbour.example;
Vic Sol;;0043 660 1112223
"""


def test_a_person_is_added_edited_and_archived(harbour: world.Organization, admin: Visitor) -> None:
    page = admin.page
    admin.open("/people")
    expect(page.get_by_text("Nobody here yet")).to_be_visible()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Add a person")
    dialog.get_by_label("Name").fill("Mira Novak")
    dialog.get_by_label("E-mail").fill("mira@harbour.example")
    dialog.get_by_label("Phone").fill("0043 (660) 123-4567")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("row", name="Mira Novak")).to_contain_text("+436601234567")

    page.get_by_role("button", name="Archive: Mira Novak").click()
    expect(page.get_by_role("link", name="Mira Novak")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Mira Novak")).to_be_visible()
    [kept] = harbour.rows("people")
    assert kept["archived_at"] is None


def test_what_belongs_to_somebody_else_is_said_beneath_its_field(
    harbour: world.Organization, admin: Visitor
) -> None:
    harbour.insert("people", name="Mira Novak", email="mira@harbour.example")
    page = admin.page
    admin.open("/people")
    page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Name").fill("Another Mira")
    dialog.get_by_label("E-mail").fill("Mira@harbour.example")
    dialog.get_by_role("button", name="Add a person").click()
    expect(dialog.get_by_text("Another person here has this e-mail already.")).to_be_visible()
    expect(dialog.get_by_label("E-mail")).to_have_attribute("aria-invalid", "true")
    expect(dialog.get_by_label("Name")).to_have_value("Another Mira")


def test_an_import_shows_every_bad_row_and_adds_nothing_until_all_are_good(
    harbour: world.Organization, admin: Visitor
) -> None:
    harbour.insert("people", name="Mira Novak", email="mira@harbour.example")
    page = admin.page
    admin.open("/people")
    page.get_by_role("button", name="Import").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(
        {"name": "people.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    )
    expect(dialog.get_by_text("3 of 5 rows need a look.")).to_be_visible()
    bad = dialog.get_by_role("table", name="Rows that need a look").get_by_role("row")
    expect(bad).to_have_count(4)
    expect(bad.nth(1)).to_contain_text("Name is missing")
    expect(bad.nth(2)).to_contain_text("E-mail belongs to somebody already")
    expect(bad.nth(2)).to_contain_text("Phone does not look right")
    expect(bad.nth(3)).to_contain_text("E-mail is in row 1, too")
    assert len(harbour.rows("people")) == 1

    # One is put right in place, the others are left out.
    dialog.get_by_label("E-mail, row 4").fill("uma@harbour.example")
    dialog.get_by_role("button", name="Check again").click()
    expect(dialog.get_by_text("2 of 5 rows need a look.")).to_be_visible()
    dialog.get_by_role("button", name="Leave out 2 rows").click()
    expect(dialog.get_by_text("3 rows, all of them good. Nothing is added yet.")).to_be_visible()
    assert len(harbour.rows("people")) == 1
    dialog.get_by_role("button", name="Add 3 people").click()
    expect(page.get_by_text("3 people added.")).to_be_visible()
    expect(page.get_by_role("link", name="Uma Roy")).to_be_visible()
    phones = {row["name"]: row["phone"] for row in harbour.rows("people")}
    assert phones["Vic Sol"] == "+436601112223"


def test_search_finds_by_name_mail_and_phone(harbour: world.Organization, admin: Visitor) -> None:
    harbour.insert("people", name="Mira Novak", email="mira@harbour.example", phone="+436601234567")
    harbour.insert("people", name="100% Jonas")
    page = admin.page
    admin.open("/people")
    search = page.get_by_label("Name, e-mail or phone")
    for text, found, other in (
        ("nova", "Mira Novak", "100% Jonas"),
        ("harbour.ex", "Mira Novak", "100% Jonas"),
        ("66012", "Mira Novak", "100% Jonas"),
        ("0%", "100% Jonas", "Mira Novak"),
    ):
        search.fill(text)
        expect(page.get_by_role("link", name=other)).to_have_count(0)
        expect(page.get_by_role("link", name=found)).to_be_visible()


def test_a_person_without_time_is_deleted_and_one_with_time_stays(
    harbour: world.Organization, admin: Visitor
) -> None:
    idle = harbour.insert("people", name="Added Twice")
    busy = harbour.insert("people", name="Mira Novak")
    world.rpc(
        harbour.client,
        "add_time_entry",
        organization_id=harbour.id,
        person_id=busy["id"],
        project_id=None,
        started_at="2026-11-02T08:00:00Z",
        ended_at="2026-11-02T12:00:00Z",
        reason="Worked elsewhere",
        note=None,
    )
    page = admin.page
    for person in (idle, busy):
        admin.open(f"/people/{person['id']}")
        page.get_by_role("button", name="More actions").click()
        page.get_by_role("menuitem", name="Delete").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
        if person is idle:
            expect(page.get_by_text("Added Twice is deleted.")).to_be_visible()
    expect(page.get_by_text("Something still uses it. Archive it instead.")).to_be_visible()
    assert [row["name"] for row in harbour.rows("people")] == ["Mira Novak"]


def test_erasing_takes_the_name_and_leaves_the_trail(harbour: world.Organization, admin: Visitor) -> None:
    person = harbour.insert("people", name="Mira Novak", email="mira@harbour.example")
    page = admin.page
    admin.open(f"/people/{person['id']}")
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Erase personal data").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="More actions")).to_be_focused()
    page.keyboard.press("Enter")
    page.get_by_role("menuitem", name="Erase personal data").click()
    dialog.get_by_label("Type “Mira Novak” to confirm").fill("Mira Novak")
    dialog.get_by_role("button", name="Erase personal data").click()
    expect(page.get_by_text("The personal data of this person was erased.")).to_be_visible()
    admin.open(f"/audit?table=people&row={person['id']}")
    expect(page.get_by_text("erased the personal data of the person")).to_be_visible()
    expect(page.get_by_text("Mira Novak")).to_have_count(0)
