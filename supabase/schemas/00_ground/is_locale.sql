create function private.is_locale(tag text)
returns boolean
language sql
immutable
set search_path = ''
as $$
    -- Language, script and region of BCP 47; variants and extensions are of no use here.
    select tag ~ '^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$'
$$;
comment on function private.is_locale(text) is 'Is this a BCP 47 language tag such as en, de-AT, es-419 or zh-Hant-TW?';
grant execute on function private.is_locale(text) to authenticated, service_role;
