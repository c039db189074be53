create function private.request_header(name text)
returns text
language sql
stable
set search_path = ''
as $$
    select nullif(current_setting('request.headers', true), '')::jsonb ->> name
$$;
comment on function private.request_header(text) is
    'The value of a header of the current HTTP request (name in lower case), or null.';
grant execute on function private.request_header(text) to anon, authenticated, service_role, device;
