"""supabase/schemas is what the migrations make: object by object, in two databases of one cluster."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from tools.make.catalogue import compare, read_catalogue
from tools.make.schemas import SCHEMAS, read_statements, split
from tools.make.scratch import Scratch, scratch

FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.glob("*/*.sql"))
CREATES = re.compile(r"create (table|view|function) (\w+\.\w+)")
# A statement that changes one object, and the object that the comparison has to name.
MUTATIONS = {
    "body": (
        "create or replace function private.role_rank(role text) returns integer language sql immutable"
        " set search_path = '' as $$ select 1 $$",
        "function private.role_rank(text)",
    ),
    "setting": (
        "alter function public.relabel_tag(uuid, uuid, uuid, timestamptz) set statement_timeout = '9min'",
        "function public.relabel_tag(uuid,uuid,uuid,timestamp with time zone)",
    ),
    "owner": ("alter function private.role_rank(text) owner to device", "function private.role_rank(text)"),
    "comment": ("comment on table public.tags is 'Other words.'", "comment on table public.tags"),
    "comment of a column": (
        "comment on column public.people.erased_at is null",
        "comment on table column public.people.erased_at",
    ),
    "grant": ("grant delete on public.tags to anon", "grants on public.tags"),
    "grant on a column": (
        "grant update (uid) on public.tags to authenticated",
        "grants on column public.tags.uid",
    ),
    "grant on a function": (
        "grant execute on function public.sweep() to authenticated",
        "grants on function public.sweep()",
    ),
    "policy": (
        "alter policy tags_delete_operator on public.tags"
        " using (organization_id in (select private.organizations_with_role('viewer')))",
        "policy tags_delete_operator on public.tags",
    ),
    "trigger": ("alter table public.tags disable trigger tags_audit", "trigger tags_audit on public.tags"),
    "default": ("alter table public.tags alter id set default null", "column public.tags.id"),
    "constraint": (
        "alter table public.tags drop constraint tags_label_is_short",
        "constraint tags_label_is_short on public.tags",
    ),
    "index": ("drop index public.tags_by_person", "index public.tags_by_person"),
    "row level security": ("alter table public.tags disable row level security", "relation public.tags"),
    "storage of a table": (
        "alter table public.device_status set (fillfactor = 60)",
        "relation public.device_status",
    ),
    "view": (
        "alter view public.recent_taps reset (security_invoker)",
        "relation public.recent_taps",
    ),
    "seeded row": (
        "update public.alert_kinds set severity = 'info' where kind = 'breach'",
        "row of public.alert_kinds breach",
    ),
    "settings of a role": ("alter role device set statement_timeout = '1s'", "settings of device"),
    "new table": ("create table public.extra (id integer)", "relation public.extra"),
}
KNOWN = {
    "schema private",
    "role device",
    "default privileges of postgres in all schemas for f",
    "relation public.tags",
    "relation private.taps",
    "row of public.alert_kinds breach",
    "column public.tags.uid",
    "constraint tags_uid_is_unique on public.tags",
    "index public.tags_by_person",
    "trigger tags_audit on public.tags",
    "function public.ping()",
    "policy tags_select_owner_or_viewer on public.tags",
    "type private.caller",
    "sequence public.audit_log_id_seq",
    "grants on public.tags",
    "grants on schema private",
    "comment on schema private",
    "comment on role device",
}


@pytest.fixture(scope="module")
def databases() -> Iterator[Scratch]:
    """`migrated` is what the migrations make, `declared` what the schemas make."""
    with scratch() as made:
        made.create("migrated")
        made.create("declared")
        made.apply_migrations("migrated")
        made.apply_schemas("declared")
        yield made


def catalogue(databases: Scratch, name: str) -> dict[str, str]:
    with databases.connect(name) as connection:
        return read_catalogue(connection)


def test_the_migrations_make_what_the_schemas_say(databases: Scratch) -> None:
    assert compare(catalogue(databases, "migrated"), catalogue(databases, "declared")) == []


def test_the_catalogue_knows_every_kind_of_object(databases: Scratch) -> None:
    found = catalogue(databases, "declared")
    assert len(found) > 1000
    assert found.keys() >= KNOWN


@pytest.mark.parametrize("mutation", MUTATIONS)
def test_a_change_is_found_and_named(databases: Scratch, mutation: str) -> None:
    statement, name = MUTATIONS[mutation]
    before = catalogue(databases, "declared")
    with (
        databases.connect("declared", "supabase_admin") as connection,
        connection.transaction(force_rollback=True),
    ):
        connection.execute(statement)
        after = read_catalogue(connection)
    found = {difference.name for difference in compare(before, after)}
    assert name in found
    # An object's grants are its owner's, too; a new table brings columns and grants along.
    assert all(other.endswith(name.split(" ", 1)[1]) or "public.extra" in other for other in found)


def test_every_body_is_valid_once_everything_is_there(databases: Scratch) -> None:
    """The schemas are applied without a look at the bodies, since these name what comes later."""
    bodies = [
        statement.code.replace("create function", "create or replace function", 1)
        for statement in read_statements()
        if statement.code.startswith("create function")
    ]
    assert len(bodies) > 100
    with databases.connect("declared") as connection:
        wrong = [error for body in bodies if (error := error_of(connection, body))]
    assert wrong == []


def error_of(connection: psycopg.Connection, statement: str) -> str | None:
    try:
        connection.execute(statement)
    except psycopg.Error as error:
        return str(error)
    return None


@cache
def statements_of(path: str) -> list[str]:
    return [statement.code for statement in read_statements() if statement.path == path]


def test_nothing_is_defined_twice() -> None:
    created = Counter(
        match.groups() for path in FILES for code in statements_of(path) if (match := CREATES.match(code))
    )
    assert [name for name, count in created.items() if count > 1] == []
    assert not [
        code for path in FILES for code in statements_of(path) if code.startswith("create or replace")
    ]


@pytest.mark.parametrize("path", FILES)
def test_a_file_holds_the_whole_of_its_objects(databases: Scratch, path: str) -> None:
    """Comment and grants stand with what they are about, and a table's row level security, too."""
    codes = statements_of(path)
    created = {match[2]: match[1] for code in codes if (match := CREATES.match(code))}
    for name, kind in created.items():
        assert any(code.startswith(f"comment on {kind} {name}") for code in codes), (
            f"{name} has no comment here"
        )
        if kind == "table" and name.startswith("public."):
            assert f"alter table {name} enable row level security;" in codes
    for code in codes:
        about = re.match(
            r"(?:comment on (?:table|view|function|column)|(?:grant|revoke) [^;]*? on(?: function| table)?"
            r"|create policy \w+ on|create (?:unique )?index \w+ on|alter table) (\w+\.\w+)",
            " ".join(code.split()),
        )
        assert about is None or about[1] in created, f"not about an object of this file: {code}"


def test_every_grant_of_the_database_stands_in_a_file(databases: Scratch) -> None:
    """A function that somebody but its owner may execute says so in its own file."""
    granted = {
        match[1]
        for path in FILES
        for code in statements_of(path)
        if (match := re.match(r"grant execute on function (\w+\.\w+)", code))
    }
    found = {
        name.removeprefix("grants on function ").split("(")[0]
        for name, grants in catalogue(databases, "declared").items()
        if name.startswith("grants on function p") and grants != "EXECUTE to postgres"
    }
    assert found == granted


def test_the_splitter_keeps_what_is_quoted_together() -> None:
    script = "-- why;\nselect ';', \"a;b\" -- and;\n;\ncreate function f() as $x$ begin; $$ ; $x$;\n"
    assert split(script) == [
        "-- why;\nselect ';', \"a;b\" -- and;\n;",
        "create function f() as $x$ begin; $$ ; $x$;",
    ]
    with pytest.raises(ValueError, match="semicolon"):
        split("select 1; select 2")


def test_files_and_folders_are_named_after_the_house() -> None:
    assert all(re.fullmatch(r"\d\d_[a-z]+/(\d\d_)?[a-z_]+\.sql", path) for path in FILES)
    long = [path for path in FILES if len((SCHEMAS / path).read_text().splitlines()) > 250]
    assert long == []
    assert [path for path in Path(SCHEMAS).rglob("*") if path.is_file() and path.suffix != ".sql"] == []
