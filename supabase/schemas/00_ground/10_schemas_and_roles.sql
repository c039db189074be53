-- What every other file needs: the private schema, the role of devices, and no privilege by default.
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
