create function private.check_organization(name text, time_zone text, slug text, locale text)
returns void
language plpgsql
immutable
set search_path = ''
as $$
begin
    if coalesce(btrim(name), '') = '' or length(name) > 200 then
        perform private.refuse(422, 'invalid_name', 'An organization has a name of 1 to 200 characters.');
    end if;
    if time_zone is null or not private.is_time_zone(time_zone) then
        perform private.refuse(422, 'invalid_time_zone', 'Expected an IANA time zone such as Europe/Vienna.');
    end if;
    if not private.is_slug(slug) then
        perform private.refuse(
            422, 'invalid_slug',
            'A slug has 3 to 63 lower-case letters, digits and hyphens; it begins and ends with a letter or digit.'
        );
    end if;
    if not private.is_locale(locale) then
        perform private.refuse(422, 'invalid_locale', 'Expected a language such as en, de-AT or es.');
    end if;
end
$$;
comment on function private.check_organization(text, text, text, text) is
    '422 for what no organization may be called; slug and locale may be null.';

create function private.add_organization(name text, time_zone text, slug text, locale text)
returns public.organizations
language plpgsql
set search_path = ''
as $$
#variable_conflict use_column
declare
    made public.organizations;
begin
    if add_organization.slug is not null then
        insert into public.organizations (name, time_zone, slug, locale)
        values (add_organization.name, add_organization.time_zone, add_organization.slug, add_organization.locale)
        returning * into made;
        return made;
    end if;
    loop
        insert into public.organizations (name, time_zone, slug, locale)
        values (
            add_organization.name, add_organization.time_zone, private.free_slug(add_organization.name),
            add_organization.locale
        )
        -- Somebody took the same slug in this very moment.
        on conflict on constraint organizations_slug_is_unique do nothing
        returning * into made;
        exit when found;
    end loop;
    return made;
end
$$;
comment on function private.add_organization(text, text, text, text) is
    'A new organization; without a slug it gets a free one made from its name.';

create function private.create_organization(name text, time_zone text, slug text, locale text)
returns public.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
    address text;
    made public.organizations;
begin
    select u.email into address from auth.users as u where u.id = auth.uid();
    if not found then
        perform private.refuse(401, 'not_signed_in', 'Sign in to create an organization.');
    end if;
    -- Members are shown by their address. Accounts with a phone number only, and anonymous ones, have none.
    if coalesce(address, '') = '' then
        perform private.refuse(422, 'email_required', 'Add an e-mail address to your account first.');
    end if;
    perform private.check_organization(name, time_zone, slug, locale);
    made := private.add_organization(btrim(name), time_zone, slug, coalesce(locale, 'en'));
    insert into public.memberships (organization_id, user_id, role, email)
    values (made.id, auth.uid(), 'admin', address);
    return made;
end
$$;
comment on function private.create_organization(text, text, text, text) is
    'Any signed-in user, through public.create_organization.';
grant execute on function private.create_organization(text, text, text, text) to authenticated;

create function public.create_organization(
    name text, time_zone text default 'UTC', slug text default null, locale text default null
)
returns public.organizations
language sql
set search_path = ''
as $$
    select * from private.create_organization(name, time_zone, slug, locale)
$$;
comment on function public.create_organization(text, text, text, text) is
    'Any signed-in user with an e-mail address: makes an organization and becomes its admin. Without a slug it gets one '
    'made from its name. 422 invalid_name, invalid_time_zone, invalid_slug, invalid_locale, email_required; 409 for a '
    'slug that is taken (organizations_slug_is_unique).';
grant execute on function public.create_organization(text, text, text, text) to authenticated;
