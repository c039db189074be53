"""`make migration` begins with what follows by itself from the difference to the schemas."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.make import migration
from tools.make.catalogue import compare, read_catalogue
from tools.make.schemas import SCHEMAS
from tools.make.scratch import MIGRATIONS, Scratch, scratch
from tools.stack.processes import LocalError

NEW_TABLE = """
create table public.notes (
    id bigint generated always as identity primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    words text not null default '' constraint notes_words_are_short check (length(words) <= 200)
);
comment on table public.notes is 'What people jot down.';
create index notes_by_organization on public.notes (organization_id);
alter table public.notes enable row level security;
revoke all on table public.notes from public, anon, authenticated, service_role;
grant select on public.notes to authenticated;
grant update (words) on public.notes to authenticated;
create policy notes_select_member on public.notes
for select to authenticated
using (organization_id in (select private.organizations_with_role('member')));
create trigger notes_audit after insert on public.notes
for each row execute function private.audit_change();
create type public.note_row as (words text);
comment on type public.note_row is 'A note.';
create function public.notes_of(organization_id uuid)
returns setof public.note_row
language sql
stable
set search_path = ''
as $$
    select n.words from public.notes as n where n.organization_id = notes_of.organization_id
$$;
comment on function public.notes_of(uuid) is 'Members: the organization''s notes.';
grant execute on function public.notes_of(uuid) to authenticated;
"""
# A change of a schema file (what to replace, by what), and what the migration says then.
CHANGES = {
    "a body": (
        "10_tenancy/20_memberships.sql",
        "array['member', 'viewer', 'operator', 'admin']",
        "array['member', 'viewer', 'operator', 'lead', 'admin']",
        ["create or replace function private.role_rank(role text)", "'lead', 'admin'"],
    ),
    "a result": (
        "40_devices/generate_device_key.sql",
        "returns bigint\nlanguage plpgsql",
        "returns numeric\nlanguage plpgsql",
        ["drop function private.crc32(bytea);", "create or replace function private.crc32"],
    ),
    "a column": (
        "30_book/places.sql",
        "    created_at timestamptz not null default private.now(),\n",
        "    created_at timestamptz not null default private.now(),\n    floor integer not null default 0"
        " constraint places_floor_is_sane check (floor < 200),\n",
        [
            "alter table public.places add column floor integer not null default 0;",
            "add constraint places_floor_is_sane CHECK ((floor < 200));",
        ],
    ),
    "a default": (
        "30_book/projects.sql",
        "default '#64748b'",
        "default '#000000'",
        ["alter table public.projects alter column color set default '#000000'::text;"],
    ),
    "a policy": (
        "30_book/places.sql",
        "create policy places_delete_operator on public.places\nfor delete",
        "create policy places_delete_admin on public.places\nfor delete",
        ["drop policy places_delete_operator on public.places;", "create policy places_delete_admin on"],
    ),
    "a trigger": (
        "30_book/places.sql",
        "create trigger places_audit after insert or update or delete",
        "create trigger places_audit after insert or delete",
        ["drop trigger places_audit on public.places;", "create trigger places_audit after insert or delete"],
    ),
    "a grant": (
        "30_book/places.sql",
        "grant update (name, archived_at) on",
        "grant update (name) on",
        ["revoke update (archived_at) on public.places from authenticated;"],
    ),
    "a comment": (
        "30_book/places.sql",
        "comment on table public.places is '",
        "comment on table public.places is 'Somebody''s. ",
        ["comment on table public.places is\n    'Somebody''s. "],
    ),
    "an index": (
        "30_book/10_people.sql",
        "create index people_by_name on public.people (organization_id, name);",
        "create index people_by_name on public.people (organization_id, name, id);",
        ["drop index public.people_by_name;", "CREATE INDEX people_by_name ON"],
    ),
    "a setting": (
        "99_erasure/delete_organization.sql",
        "set statement_timeout = '10min'",
        "set statement_timeout = '20min'",
        ["create or replace function public.delete_organization(", "'20min'"],
    ),
    "a row": (
        "60_events/alert_kinds.sql",
        "",
        "insert into public.alert_kinds (kind, source_type, severity, capability)\n"
        "values ('flood', 'device', 'info', 'alerts');",
        ["insert into public.alert_kinds\nselect * from jsonb_populate_record(", '"kind": "flood"'],
    ),
    "a table": (
        "30_book/notes.sql",
        "",
        NEW_TABLE,
        ["create table public.notes (", "create policy notes_select"],
    ),
}


@pytest.fixture(scope="module")
def databases() -> Iterator[Scratch]:
    with scratch() as made:
        made.create("migrated")
        made.apply_migrations("migrated")
        yield made


def changed_schemas(folder: Path, path: str, old: str, new: str) -> Path:
    schemas = folder / "schemas"
    shutil.copytree(SCHEMAS, schemas)
    before = (schemas / path).read_text() if old else ""
    assert old in before
    (schemas / path).write_text(before.replace(old, new) if old else new)
    return schemas


@pytest.mark.parametrize("change", CHANGES)
def test_the_draft_makes_what_the_schemas_say(databases: Scratch, tmp_path: Path, change: str) -> None:
    path, old, new, expected = CHANGES[change]
    schemas = changed_schemas(tmp_path, path, old, new)
    name = re.sub(r"\W", "_", change)
    databases.create(f"{name}_before", template="migrated")
    databases.create(f"{name}_after")
    databases.apply_schemas(f"{name}_after", schemas)
    text = migration.draft(databases, f"{name}_before", f"{name}_after", schemas)
    assert [words for words in expected if words not in text] == []
    assert len(text.splitlines()) < 80, text
    with databases.connect(f"{name}_before") as before, databases.connect(f"{name}_after") as after:
        before.execute(text)
        assert compare(read_catalogue(before), read_catalogue(after)) == []


def test_what_it_cannot_say_it_names(databases: Scratch, tmp_path: Path) -> None:
    schemas = changed_schemas(
        tmp_path, "40_devices/20_device_status.sql", "fillfactor = 50", "fillfactor = 60"
    )
    databases.create("filled")
    databases.apply_schemas("filled", schemas)
    text = migration.draft(databases, "migrated", "filled", schemas)
    assert text.startswith("-- Differs: relation public.device_status\n")
    assert all(line.startswith("--") for line in text.splitlines())


def test_it_writes_a_file_after_the_newest(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, old, new, expected = CHANGES["a body"]
    schemas = changed_schemas(tmp_path, path, old, new)
    migrations = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, migrations)
    newest = max(migrations.iterdir()).name
    written, left = migration.write_migration("rank_leads", schemas, migrations)
    assert written.name.endswith("_rank_leads.sql")
    assert written.name > newest
    assert expected[0] in written.read_text()
    assert left == []
    (migrations / "99991231235959_end_of_days.sql").touch()
    assert migration.next_version(migrations) == "99991231235960"


@pytest.mark.parametrize("name", ["", "notes", "Add_Notes", "add notes", "../add_notes"])
def test_a_name_is_a_verb_and_a_thing(name: str, tmp_path: Path) -> None:
    with pytest.raises(LocalError, match="NAME=add_notes"):
        migration.write_migration(name, SCHEMAS, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_differs_nothing_is_written(tmp_path: Path) -> None:
    shutil.copytree(MIGRATIONS, tmp_path / "migrations")
    with pytest.raises(LocalError, match="say already"):
        migration.write_migration("do_nothing", SCHEMAS, tmp_path / "migrations")
    assert len(list((tmp_path / "migrations").iterdir())) == len(list(MIGRATIONS.iterdir()))
