-- The ground everything stands on: the private schema, the device role, and no privilege by default.
create schema if not exists private;
comment on schema private is 'Logic and helpers behind the public API. Not exposed: reached through public RPCs only.';

do $$
begin
    if not exists (select from pg_roles where rolname = 'authenticator') then
        create role authenticator nologin noinherit;
    end if;
    if not exists (select from pg_roles where rolname = 'device') then
        create role device nologin noinherit;
    end if;
end
$$;
comment on role device is 'What a device token switches to: may execute the device RPCs and nothing else.';
grant device to authenticator;

-- Older projects and local stacks grant new objects to the API roles by themselves; here every grant is written out.
alter default privileges revoke execute on functions from public;
alter default privileges in schema public revoke all on tables from anon, authenticated, service_role;
alter default privileges in schema public revoke all on sequences from anon, authenticated, service_role;
alter default privileges in schema public revoke all on functions from anon, authenticated, service_role;

grant usage on schema public to device;
grant usage on schema private to anon, authenticated, service_role, device;

create function private.refuse(status integer, code text, words text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    raise exception using errcode = 'PT' || status, message = code, detail = words;
end
$$;
comment on function private.refuse(integer, text, text) is
    'Ends the request: PostgREST answers with HTTP status, message = a stable code, details = words for people.';

create function private.is_time_zone(name text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
    if name !~ '^(UTC|[A-Za-z_]+(/[A-Za-z0-9_+-]+)+)$' then
        return false;
    end if;
    perform timestamptz '2026-01-01 00:00:00+00' at time zone name;
    return true;
exception when invalid_parameter_value then
    return false;
end
$$;
comment on function private.is_time_zone(text) is 'Is this the name of an IANA time zone that the server knows?';

create function private.request_header(name text)
returns text
language sql
stable
set search_path = ''
as $$
    select nullif(current_setting('request.headers', true), '')::jsonb ->> name
$$;
comment on function private.request_header(text) is 'A header of the HTTP request being served (lower-case name), or null.';

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    perform private.refuse(405, 'append_only', format('Rows of %I are never changed.', tg_table_name));
    return null;
end
$$;
comment on function private.refuse_change() is 'Trigger: keeps a table append-only, whoever asks.';

grant execute on function private.refuse(integer, text, text) to anon, authenticated, service_role, device;
grant execute on function private.is_time_zone(text) to authenticated, service_role;
grant execute on function private.request_header(text) to anon, authenticated, service_role, device;

create function public.ping()
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object('now', now())
$$;
comment on function public.ping() is 'Anyone: is the database there?';
grant execute on function public.ping() to anon, authenticated, service_role, device;
