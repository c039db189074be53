"""People: no two with one address or number, archived rather than deleted, imported, found."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.acts import join, refused
from tools.stack import world
from tools.stack.stack import Stack

NewOrganization = Callable[..., world.Organization]


def import_people(client: Any, organization: world.Organization, rows: Any, **arguments: bool) -> Any:
    return world.rpc(client, "import_people", organization_id=organization.id, rows=rows, **arguments)


@pytest.mark.parametrize(
    ("table", "first", "second", "field"),
    [
        ("people", {"name": "A", "email": "a@b.example"}, {"name": "B", "email": "A@b.example"}, "email"),
        ("people", {"name": "A", "phone": "+436601234567"}, {"name": "B", "phone": "+436601234567"}, "phone"),
        ("places", {"name": "Front door"}, {"name": "Front door"}, "name"),
        ("projects", {"name": "Lamp"}, {"name": "Lamp"}, "name"),
        ("tags", {"uid": "DD542A83"}, {"uid": "DD542A83"}, "uid"),
        (
            "devices",
            {"external_id": "NFC_1", "name": "A"},
            {"external_id": "NFC_1", "name": "B"},
            "external_id",
        ),
    ],
)
def test_a_duplicate_is_a_conflict_that_names_the_field(
    organization: NewOrganization, table: str, first: dict[str, str], second: dict[str, str], field: str
) -> None:
    ours, theirs = organization(), organization()
    ours.insert(table, **first)
    answer = ours.client.post(f"/{table}", json={"organization_id": ours.id, **second})
    assert answer.status_code == 409
    assert answer.json()["code"] == "23505"
    assert f'"{table}_{field}_is_unique"' in answer.json()["message"]
    theirs.insert(table, **second)


@pytest.mark.parametrize(
    "phone", ["0660 1234567", "+43 660 1234567", "+0660123456", "+43", "+43660123456789012"]
)
def test_a_phone_number_is_e164(stack: Stack, organization: NewOrganization, phone: str) -> None:
    theirs = organization()
    body = {"organization_id": theirs.id, "name": "Mira Novak", "phone": phone}
    answer = theirs.client.post("/people", json=body)
    if stack.name == "postgres":
        assert (answer.status_code, answer.json()["code"]) == (400, "23514")
        assert "people_phone_is_e164" in answer.json()["message"]
    # The embedded stack does not say which constraint it was.
    assert answer.is_error
    assert theirs.rows("people") == []


def test_what_has_history_is_not_deleted(
    stack: Stack, organization: NewOrganization, device_key: Callable[..., world.DeviceKey]
) -> None:
    key = device_key()
    theirs = key.device.organization
    person = theirs.insert("people", name="Mira Novak")
    project = theirs.insert("projects", name="Lamp")
    tag = theirs.insert("tags", uid="DD542A83", person_id=person["id"], project_id=project["id"])
    event = {"event_type": "tag_insert", "tag_uid": "DD542A83", "device_at": "2026-11-20T08:00:00Z"}
    world.rpc(stack.client(), "record_device_events", device_key=key.key, key_kind="header", events=[event])
    for table, row_id in (
        ("people", person["id"]),
        ("projects", project["id"]),
        ("tags", tag["id"]),
        ("devices", key.device.id),
    ):
        answer = theirs.client.delete(f"/{table}?id=eq.{row_id}")
        assert (answer.status_code, answer.json()["code"]) == (409, "23503"), table
    archive = {"archived_at": "2026-11-20T10:00:00Z"}
    world.created(theirs.client.patch(f"/people?id=eq.{person['id']}", json=archive))
    assert world.rpc(theirs.client, "search_people", organization_id=theirs.id, query="mira") == []


def test_an_import_adds_everybody(organization: NewOrganization) -> None:
    theirs = organization()
    rows = [
        {"name": " Mira Novak ", "email": " mira@harbour.example ", "phone": "+43 (660) 123-45 67"},
        {"name": "Jonas Weber", "email": "", "phone": "0043 660 7654321", "badge": "7"},
        {"name": "Ada Okafor"},
    ]
    report = import_people(theirs.client, theirs, rows, dry_run=False)
    assert report == {"dry_run": False, "rows": 3, "imported": 3, "errors": []}
    people = theirs.rows("people", select="name,email,phone", order="name.desc")
    assert people == [
        {"name": "Mira Novak", "email": "mira@harbour.example", "phone": "+436601234567"},
        {"name": "Jonas Weber", "email": None, "phone": "+436607654321"},
        {"name": "Ada Okafor", "email": None, "phone": None},
    ]


BAD_ROWS = [
    {"name": "Mira Novak", "email": "mira@harbour.example"},
    {"name": "", "email": "nobody", "phone": "123"},
    {"name": "x" * 201, "email": "MIRA@harbour.example"},
    "Jonas Weber",
    {"name": "Taken", "email": "Taken@harbour.example", "phone": "+43 660 1111111"},
    {"name": "Ada Okafor", "phone": "+43 660 2222222"},
    {"name": "Ada Okafor", "phone": "00436602222222"},
]
ERRORS = [
    {"row": 2, "field": "email", "code": "invalid"},
    {"row": 2, "field": "name", "code": "missing"},
    {"row": 2, "field": "phone", "code": "invalid"},
    {"row": 3, "field": "email", "code": "repeated", "first_row": 1},
    {"row": 3, "field": "name", "code": "too_long"},
    {"row": 4, "code": "not_an_object"},
    {"row": 5, "field": "email", "code": "taken"},
    {"row": 5, "field": "phone", "code": "taken"},
    {"row": 7, "field": "phone", "code": "repeated", "first_row": 6},
]


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_import_reports_every_bad_row_and_changes_nothing(
    organization: NewOrganization, dry_run: bool
) -> None:
    theirs = organization()
    theirs.insert("people", name="A", email="taken@harbour.example", phone="+436601111111")
    before = theirs.rows("people")
    report = import_people(theirs.client, theirs, BAD_ROWS, dry_run=dry_run)
    assert report["errors"] == ERRORS
    assert (report["rows"], report["imported"], report["dry_run"]) == (7, 0, dry_run)
    assert theirs.rows("people") == before


def test_a_dry_run_is_the_default_and_changes_nothing(organization: NewOrganization) -> None:
    theirs = organization()
    report = import_people(theirs.client, theirs, [{"name": "Mira Novak"}])
    assert report == {"dry_run": True, "rows": 1, "imported": 0, "errors": []}
    assert theirs.rows("people") == []


def test_an_import_is_an_array_of_limited_length(organization: NewOrganization) -> None:
    theirs = organization()
    for rows in ({"name": "Mira"}, None, [{"name": "Mira"}] * 5001):
        arguments = {"organization_id": theirs.id, "rows": rows}
        assert refused(theirs.client, "import_people", **arguments) == (422, "invalid_rows")


def test_an_import_of_thousands_takes_a_moment(organization: NewOrganization) -> None:
    theirs = organization()
    rows = [{"name": f"Person {n}", "email": f"p{n}@harbour.example"} for n in range(5000)]
    report = import_people(theirs.client, theirs, [*rows[:-1], rows[0]])
    assert report["errors"] == [{"row": 5000, "field": "email", "code": "repeated", "first_row": 1}]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("mira", ["Mira Novak"]),
        ("OKA", ["Ada Okafor", "Okan Demir"]),
        ("@harbour", ["Mira Novak"]),
        ("1234567", ["Ada Okafor"]),
        ("100%", ["100% Otto"]),
        ("_", []),
        ("", ["100% Otto", "Ada Okafor", "Mira Novak", "Okan Demir"]),
        ("nobody", []),
    ],
)
def test_people_are_found_by_name_address_or_number(
    organization: NewOrganization, query: str, found: list[str]
) -> None:
    theirs = organization()
    rows = [
        {"name": "Mira Novak", "email": "mira@harbour.example"},
        {"name": "Ada Okafor", "phone": "+436601234567"},
        {"name": "Okan Demir"},
        {"name": "100% Otto"},
    ]
    import_people(theirs.client, theirs, rows, dry_run=False)
    people = world.rpc(theirs.client, "search_people", organization_id=theirs.id, query=query)
    assert sorted(row["name"] for row in people) == found
    few = world.rpc(theirs.client, "search_people", organization_id=theirs.id, query=query, max_rows=1)
    assert [row["name"] for row in few] == [row["name"] for row in people][:1]


def test_a_search_finds_only_whom_one_may_read(stack: Stack, organization: NewOrganization) -> None:
    ours, theirs = organization(), organization()
    theirs.insert("people", name="Mira Novak")
    member = join(stack, theirs, "member")
    theirs.insert("people", name="Mira Weber", email="x@harbour.example")
    for client in (ours.client, member.client):
        assert world.rpc(client, "search_people", organization_id=theirs.id, query="mira") == []
