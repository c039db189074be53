create function private.is_time_zone(name text)
returns boolean
language plpgsql
immutable
set search_path = ''
as $$
begin
    -- With digits PostgreSQL takes any text for a zone of its own making: Foo/Bar+5 is five hours off Greenwich.
    if name !~ '^(UTC|[A-Za-z_]+(/[A-Za-z_-]+)+|Etc/GMT(0|[+-]([0-9]|1[0-4])))$' then
        return false;
    end if;
    perform timestamptz '2026-01-01 00:00:00+00' at time zone name;
    return true;
exception when invalid_parameter_value then
    return false;
end
$$;
comment on function private.is_time_zone(text) is
    'Whether this is the name of an IANA time zone that the server knows.';
grant execute on function private.is_time_zone(text) to authenticated, service_role;
