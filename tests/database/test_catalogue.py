"""The rules of the database hold for everything in it, for what is new, too."""

from typing import Any, LiteralString

import pytest

from tests.database.calls import CALLS
from tests.database.matrix import read_matrix
from tests.database.rows import ROWS
from tools.stack.postgres import PostgresStack

API_ROLES = "('anon', 'authenticated', 'service_role', 'device')"


@pytest.fixture
def names(postgres_stack: PostgresStack) -> "Names":
    return Names(postgres_stack)


class Names:
    """What a query finds, by name."""

    def __init__(self, stack: PostgresStack) -> None:
        self._stack = stack

    def __call__(self, query: LiteralString, parameters: tuple[Any, ...] = ()) -> list[str]:
        """The first column."""
        return [str(next(iter(row.values()))) for row in self._stack.sql(query, parameters)]


def test_every_table_view_and_function_says_what_it_is(names: Names) -> None:
    assert (
        names("""
        select format('%s %s', n.nspname, c.relname)
        from pg_class as c join pg_namespace as n on n.oid = c.relnamespace
        where n.nspname in ('public', 'private') and c.relkind in ('r', 'p', 'v', 'm')
            and obj_description(c.oid, 'pg_class') is null
        union all
        select p.oid::regprocedure::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname in ('public', 'private') and obj_description(p.oid, 'pg_proc') is null
    """)
        == []
    )


def test_every_table_in_public_has_row_level_security_and_a_policy(names: Names) -> None:
    assert (
        names("""
        select c.oid::regclass::text from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
            and not (c.relrowsecurity and exists (select from pg_policy as p where p.polrelid = c.oid))
    """)
        == []
    )


def test_every_table_and_view_in_public_grants_what_it_grants_explicitly(names: Names) -> None:
    """Somebody signed in may read some column of it, and nobody else anything."""
    assert (
        names("""
        select c.oid::regclass::text from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm')
            and not has_any_column_privilege('authenticated', c.oid, 'select')
    """)
        == []
    )
    assert (
        names("""
        select format('%s on %s to %s', g.privilege_type, c.oid::regclass, g.grantee::regrole)
        from pg_class as c cross join aclexplode(c.relacl) as g
        where c.relnamespace = 'public'::regnamespace
            and (
                g.grantee = 0 or g.grantee::regrole::text in ('anon', 'device')
                or g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')
            )
            and g.grantee <> c.relowner
    """)
        == []
    )


def test_nobody_of_the_api_has_a_right_on_a_private_table(names: Names) -> None:
    assert (
        names(f"""
        select format('%s on %s to %s', g.privilege_type, c.oid::regclass, g.grantee)
        from pg_class as c cross join aclexplode(c.relacl) as g
        where c.relnamespace = 'private'::regnamespace and g.grantee <> c.relowner
            and (g.grantee = 0 or g.grantee::regrole::text in {API_ROLES})
    """)
        == []
    )


def test_views_ask_in_the_name_of_who_asks(names: Names) -> None:
    assert (
        names("""
        select c.oid::regclass::text from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
            and not coalesce('security_invoker=true' = any(c.reloptions), false)
    """)
        == []
    )


def test_every_column_of_a_policy_leads_an_index(names: Names) -> None:
    assert (
        names("""
        select distinct format('%s.%s', p.polrelid::regclass, a.attname)
        from pg_policy as p
        join pg_depend as d
            on d.classid = 'pg_policy'::regclass and d.objid = p.oid
            and d.refclassid = 'pg_class'::regclass and d.refobjid = p.polrelid and d.refobjsubid > 0
        join pg_attribute as a on a.attrelid = p.polrelid and a.attnum = d.refobjsubid
        -- They narrow what the others found.
        where format('%s.%s', p.polrelid::regclass, a.attname)
            not in ('time_entries.deleted_at', 'device_events.occurred_at')
            and not exists (
                select from pg_index as i
                where i.indrelid = p.polrelid and i.indkey[0] = a.attnum and i.indpred is null
            )
    """)
        == []
    )


def test_policies_are_for_who_is_signed_in_and_named_after_what_they_allow(names: Names) -> None:
    assert (
        names("""
        select format('%s on %s', p.polname, p.polrelid::regclass) from pg_policy as p
        join pg_class as c on c.oid = p.polrelid
        where c.relnamespace = 'public'::regnamespace
            and (
                p.polroles <> array['authenticated'::regrole::oid]
                or not p.polpermissive
                or p.polname !~ format(
                    '^%s_%s_[a-z_]+$', c.relname,
                    case p.polcmd
                        when 'r' then 'select' when 'a' then 'insert'
                        when 'w' then 'update' when 'd' then 'delete'
                    end
                )
            )
        union all
        select format('more than one for %s on %s', p.polcmd, p.polrelid::regclass) from pg_policy as p
        group by p.polrelid, p.polcmd having count(*) > 1
    """)
        == []
    )


def test_policies_for_writing_leave_inactive_organizations_out(names: Names) -> None:
    """They ask for the organizations to change; a profile is its user's."""
    assert names("""
        select p.policyname from pg_policies as p
        where p.schemaname = 'public' and p.cmd <> 'SELECT'
            and (
                concat(p.qual, p.with_check) !~ 'organizations_to_change'
                or concat(p.qual, p.with_check) ~ 'organizations_with_role'
            )
        order by 1
    """) == ["profiles_delete_self", "profiles_insert_self", "profiles_update_self"]


def test_policies_ask_who_it_is_once_a_query(names: Names) -> None:
    """A bare auth.uid() would be asked for each row, and so would a function of the row; a set is kept."""
    assert (
        names("""
        select format('%s on %s', p.policyname, p.tablename) from pg_policies as p
        cross join lateral (values (p.qual), (p.with_check)) as text (expression)
        where p.schemaname = 'public'
            and regexp_replace(
                text.expression,
                '\\( SELECT (auth|private)\\.[a-z_]+\\([^()]*\\) AS [a-z_]+\\)|FROM private\\.[a-z_]+\\(\\)',
                '', 'g'
            ) ~ '(auth|private)\\.'
    """)
        == []
    )


def test_definer_functions_are_private(names: Names) -> None:
    assert (
        names("""
        select p.oid::regprocedure::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname = 'public'
    """)
        == []
    )


def test_every_function_has_an_empty_search_path(names: Names) -> None:
    """But for a body that was parsed when it was made: no search_path changes what that names."""
    assert (
        names("""
        select p.oid::regprocedure::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname in ('public', 'private') and p.prosqlbody is null
            and not coalesce('search_path=""' = any(p.proconfig), false)
            and not coalesce('search_path=' = any(p.proconfig), false)
    """)
        == []
    )


def test_what_rewrites_years_has_more_time_than_a_reading(names: Names) -> None:
    """PostgREST takes over what the public function says, whatever the role's own limit is."""
    assert names("""
        select p.proname from pg_proc as p
        where p.pronamespace = 'public'::regnamespace and 'statement_timeout=10min' = any(p.proconfig)
        order by 1
    """) == [
        "delete_organization",
        "preview_pairing_settings",
        "preview_relabel_tag",
        "preview_replay_events",
        "relabel_tag",
        "replay_events",
        "set_pairing_settings",
    ]


def test_no_function_is_everybodys(names: Names) -> None:
    """PUBLIC may execute none, and device only those of a device."""
    assert (
        names("""
        select p.oid::regprocedure::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname in ('public', 'private')
            and (p.proacl is null or exists (select from aclexplode(p.proacl) as g where g.grantee = 0))
    """)
        == []
    )
    assert names("""
        select p.proname::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname = 'public' and has_function_privilege('device', p.oid, 'execute') order by 1
    """) == ["ping", "record_device_events"]
    assert names("""
        select p.proname::text from pg_proc as p join pg_namespace as n on n.oid = p.pronamespace
        where n.nspname = 'public' and has_function_privilege('anon', p.oid, 'execute') order by 1
    """) == ["calendar_entries", "identify_device", "ping", "record_device_events"]


def test_no_private_function_writes_for_who_could_not(names: Names) -> None:
    """Whoever may execute a private definer may execute the public function that stands before it."""
    assert (
        names(
            f"""
        select format('%s for %s', p.oid::regprocedure, g.grantee::regrole)
        from pg_proc as p cross join aclexplode(p.proacl) as g
        where p.pronamespace = 'private'::regnamespace and p.prosecdef and p.provolatile = 'v'
            and g.grantee::regrole::text in {API_ROLES}
            and not exists (
                select from pg_proc as o
                where o.pronamespace = 'public'::regnamespace
                    and has_function_privilege(g.grantee, o.oid, 'execute')
                    and o.prosrc like '%%private.' || p.proname || '(%%'
            )
    """,
            (),
        )
        == []
    )


def test_every_unique_rule_that_people_meet_names_its_field(names: Names) -> None:
    """`<table>_<field>_is_unique`: the page takes the field from there."""
    assert (
        names("""
        select i.indexrelid::regclass::text
        from pg_index as i join pg_class as t on t.oid = i.indrelid join pg_class as x on x.oid = i.indexrelid
        where t.relnamespace = 'public'::regnamespace and i.indisunique and not i.indisprimary
            and t.relname in ('organizations', 'people', 'places', 'projects', 'tags', 'devices')
            and x.relname !~ format('^%s_[a-z_]+_is_unique$', t.relname)
            -- What foreign keys of (id, organization_id) refer to.
            and x.relname <> t.relname || '_id_organization_id_key'
    """)
        == []
    )


def test_every_change_of_these_tables_is_logged(names: Names) -> None:
    logged = names(
        "select distinct tgrelid::regclass::text from pg_trigger where tgname like '%%_audit' order by 1", ()
    )
    assert logged == [
        "device_keys",
        "devices",
        "invitations",
        "memberships",
        "organizations",
        "pairing_settings",
        "people",
        "places",
        "projects",
        "tag_assignments",
        "tags",
    ]


def test_everything_has_its_row_in_the_tests_of_isolation_and_of_roles(names: Names) -> None:
    relations = names("""
        select c.relname from pg_class as c
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
    """)
    functions = names(
        "select distinct p.proname from pg_proc as p where p.pronamespace = 'public'::regnamespace"
    )
    assert set(ROWS) == set(relations)
    assert set(CALLS) == set(functions)
    assert set(read_matrix()) == {*relations, *functions}
