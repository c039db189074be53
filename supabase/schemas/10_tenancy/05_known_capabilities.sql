create function private.known_capabilities()
returns text[]
language sql
immutable
set search_path = ''
as $$
    select array['time', 'alerts', 'cases', 'messages', 'payments', 'attendance']
$$;
comment on function private.known_capabilities() is
    'What an organization may use. A new capability is added here, and its tables and kinds of alerts in its own room.';
grant execute on function private.known_capabilities() to authenticated, service_role;
