create function private.create_organization(name text, time_zone text)
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
    if coalesce(btrim(create_organization.name), '') = '' or length(create_organization.name) > 200 then
        perform private.refuse(422, 'invalid_name', 'An organization has a name of 1 to 200 characters.');
    end if;
    if create_organization.time_zone is null or not private.is_time_zone(create_organization.time_zone) then
        perform private.refuse(422, 'invalid_time_zone', 'Expected an IANA time zone such as Europe/Vienna.');
    end if;
    insert into public.organizations (name, time_zone)
    values (btrim(create_organization.name), create_organization.time_zone)
    returning * into made;
    insert into public.memberships (organization_id, user_id, role, email)
    values (made.id, auth.uid(), 'admin', address);
    return made;
end
$$;
comment on function private.create_organization(text, text) is 'Any signed-in user, through public.create_organization.';
grant execute on function private.create_organization(text, text) to authenticated;

create function public.create_organization(name text, time_zone text default 'UTC')
returns public.organizations
language sql
set search_path = ''
as $$
    select * from private.create_organization(name, time_zone)
$$;
comment on function public.create_organization(text, text) is
    'Any signed-in user with an e-mail address: creates an organization and becomes its admin. 422 for an empty name, '
    'an unknown time zone, or email_required.';
grant execute on function public.create_organization(text, text) to authenticated;
