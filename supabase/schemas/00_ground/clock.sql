create function private.now()
returns timestamptz
language sql
stable
parallel safe
-- A body without quotes needs no search_path, and so the planner puts now() in its place.
return pg_catalog.now();
comment on function private.now() is
    'The time, the same throughout a transaction. Everything here asks this function and no other, so that a test can '
    'replace it by one with a time of its own. That one is in no migration: on a project nobody can set the time.';
grant execute on function private.now() to anon, authenticated, service_role, device;
