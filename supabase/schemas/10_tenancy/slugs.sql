create function private.slug_of(name text)
returns text
language sql
immutable
set search_path = ''
as $$
    with plain as (
        -- Without accents first, so that lower() needs to know no more than ASCII.
        select regexp_replace(normalize(replace(name, 'ß', 'ss'), nfkd), '[\u0300-\u036f]', '', 'g') as name
    ),
    word as (
        -- 56 of 63 characters leave room for a suffix.
        select btrim(left(btrim(regexp_replace(lower(plain.name), '[^a-z0-9]+', '-', 'g'), '-'), 56), '-') as slug
        from plain
    )
    select case when length(word.slug) < 3 then btrim('organization-' || word.slug, '-') else word.slug end from word
$$;
comment on function private.slug_of(text) is 'The name in lower-case letters, digits and hyphens: Café Müller is cafe-muller.';

create function private.free_slug(name text)
returns text
language plpgsql
set search_path = ''
as $$
declare
    base text := private.slug_of(name);
    candidate text := base;
begin
    -- A number would tell how many others there are of that name.
    while exists (select from public.organizations as o where o.slug = candidate) loop
        candidate := base || '-' || substr(gen_random_uuid()::text, 1, 6);
    end loop;
    return candidate;
end
$$;
comment on function private.free_slug(text) is 'A slug made from the name that no organization has, with a suffix if need be.';
