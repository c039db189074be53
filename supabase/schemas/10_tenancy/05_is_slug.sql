create function private.is_slug(word text)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select word ~ '^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$'
$$;
comment on function private.is_slug(text) is
    'Is this 3 to 63 lower-case letters, digits and hyphens, with no hyphen at either end?';
grant execute on function private.is_slug(text) to authenticated, service_role;
