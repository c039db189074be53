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
comment on function private.is_time_zone(text) is
    'Whether this is the name of an IANA time zone that the server knows.';
grant execute on function private.is_time_zone(text) to authenticated, service_role;
