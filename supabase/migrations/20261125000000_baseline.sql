-- Bodies name what is created further down; a test checks each of them once everything is there.
set check_function_bodies = off;

-- 00_ground/10_schemas_and_roles.sql
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

-- 00_ground/clock.sql
create function private.now()
returns timestamptz
language sql
stable
parallel safe
-- A body without quotes needs no search_path, and so the planner puts now() in its place.
return pg_catalog.now();
comment on function private.now() is
    'The time, the same throughout a transaction. Everything here asks this function and no other, so that a test can '
    'replace it by one with a time of its own. That one is in no migration: on a project nobody can set the time.';
grant execute on function private.now() to anon, authenticated, service_role, device;

-- 00_ground/is_locale.sql
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

-- 00_ground/is_time_zone.sql
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

-- 00_ground/keep_archive_time.sql
create function private.keep_archive_time()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    new.archived_at := coalesce(old.archived_at, private.now());
    return new;
end
$$;
comment on function private.keep_archive_time() is
    'Trigger function: people say that something is archived, the database says since when. Taps from before still count.';

-- 00_ground/ping.sql
create function public.ping()
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object('now', private.now())
$$;
comment on function public.ping() is 'Anyone: is the database there?';
grant execute on function public.ping() to anon, authenticated, service_role, device;

-- 00_ground/refuse.sql
create function private.refuse(status integer, code text, words text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    raise exception using errcode = 'PT' || status, message = code, detail = words;
end
$$;
comment on function private.refuse(integer, text, text) is
    'Ends the request with an error. PostgREST answers with the HTTP status; message is a stable code, detail is a '
    'sentence for people.';
grant execute on function private.refuse(integer, text, text) to anon, authenticated, service_role, device;

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    perform private.refuse(405, 'append_only', format('Rows of %I are never changed.', tg_table_name));
    return null;
end
$$;
comment on function private.refuse_change() is
    'Trigger function: refuses the change, so that the table is append-only for everybody.';

-- 00_ground/request_header.sql
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

-- 10_tenancy/05_is_slug.sql
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

-- 10_tenancy/05_known_capabilities.sql
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

-- 10_tenancy/10_organizations.sql
create table public.organizations (
    id uuid primary key default gen_random_uuid(),
    name text not null constraint organizations_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    time_zone text not null default 'UTC' constraint organizations_time_zone_is_known
    check (private.is_time_zone(time_zone)),
    created_at timestamptz not null default private.now(),
    slug text not null default 'organization-' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)
    constraint organizations_slug_is_plain check (private.is_slug(slug)),
    contact_email text constraint organizations_contact_email_has_at
    check (contact_email ~ '^[^@\s]+@[^@\s]+$' and length(contact_email) <= 320),
    locale text not null default 'en' constraint organizations_locale_is_bcp_47 check (private.is_locale(locale)),
    is_active boolean not null default true,
    capabilities text[] not null default '{time,alerts}' constraint organizations_capabilities_are_known
    check (capabilities <@ private.known_capabilities()),
    constraint organizations_slug_is_unique unique (slug)
);
comment on table public.organizations is
    'A tenant. Every other row belongs to one by organization_id. Its time zone decides where days begin and end. '
    'Inactive (is_active = false, set by the secret key alone): read-only, and its devices are refused.';
comment on column public.organizations.slug is 'Its name in links.';
comment on column public.organizations.contact_email is 'Where answers go to what the organization sends.';
comment on column public.organizations.locale is 'The language of what is sent to those who chose none; BCP 47.';
comment on column public.organizations.capabilities is
    'What it uses, set by set_capabilities. The page hides the rest; this protects nothing.';
alter table public.organizations enable row level security;
revoke all on table public.organizations from public, anon, authenticated, service_role;
grant select on public.organizations to authenticated;
grant update (name, time_zone, slug, contact_email, locale) on public.organizations to authenticated;
grant select, insert, update, delete on public.organizations to service_role;

create function private.lock_organization(organization_id uuid)
returns void
language sql
security definer
set search_path = ''
as $$
    -- Does not block the events of devices, which refer to the organization.
    select from public.organizations as o where o.id = lock_organization.organization_id for no key update
$$;
comment on function private.lock_organization(uuid) is
    'Locks the organization until the transaction ends, so that changes to its members happen one after the other.';

-- 10_tenancy/20_memberships.sql
create table public.memberships (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid not null references auth.users (id) on delete cascade,
    role text not null constraint memberships_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    is_active boolean not null default true,
    email text not null,
    created_at timestamptz not null default private.now(),
    unique (organization_id, user_id)
);
comment on table public.memberships is
    'The role of a user in an organization. Only RPCs change it. A suspended member (is_active = false) sees nothing.';
create index memberships_by_user on public.memberships (user_id);
alter table public.memberships enable row level security;
revoke all on table public.memberships from public, anon, authenticated, service_role;
grant select on public.memberships to authenticated;
grant select, insert, update, delete on public.memberships to service_role;

create function private.role_rank(role text)
returns integer
language sql
immutable
set search_path = ''
as $$
    select array_position(array['member', 'viewer', 'operator', 'admin'], role)
$$;
comment on function private.role_rank(text) is 'The rank of a role. A higher role may read whatever a lower one may.';
grant execute on function private.role_rank(text) to authenticated, service_role;

create function private.organizations_with_role(minimum text)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select m.organization_id
    from public.memberships as m
    where m.user_id = (select auth.uid())
        and m.is_active
        and private.role_rank(m.role) >= private.role_rank(minimum)
$$;
comment on function private.organizations_with_role(text) is
    'Policies for reading: the organizations in which the signed-in user is active with at least this role.';
grant execute on function private.organizations_with_role(text) to authenticated, service_role;

create function private.organizations_to_change(minimum text)
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select o.id
    from public.organizations as o
    where o.id in (select private.organizations_with_role(minimum)) and o.is_active
$$;
comment on function private.organizations_to_change(text) is
    'Policies for writing: those of organizations_with_role that are active. An inactive organization is read-only.';
grant execute on function private.organizations_to_change(text) to authenticated, service_role;

-- 10_tenancy/25_require_role.sql
create function private.require_reader(organization_id uuid, minimum text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if require_reader.organization_id in (select private.organizations_with_role(minimum)) then
        return;
    end if;
    -- A stranger learns nothing, not even that the organization exists.
    if require_reader.organization_id is null
        or require_reader.organization_id not in (select private.organizations_with_role('member')) then
        perform private.refuse(404, 'not_found', 'There is no such thing in an organization of yours.');
    end if;
    perform private.refuse(403, 'forbidden', format('This takes the role %s or above.', minimum));
end
$$;
comment on function private.require_reader(uuid, text) is
    'RPCs that only read: 404 for strangers and suspended members, 403 below the role, else nothing.';
grant execute on function private.require_reader(uuid, text) to authenticated, service_role;

create function private.require_active(organization_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if not exists (
        select from public.organizations as o where o.id = require_active.organization_id and o.is_active
    ) then
        perform private.refuse(403, 'organization_inactive', 'This organization is inactive: it can be read, not changed.');
    end if;
end
$$;
comment on function private.require_active(uuid) is '403 organization_inactive unless the organization is active.';

create function private.require_role(organization_id uuid, minimum text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    perform private.require_reader(organization_id, minimum);
    perform private.require_active(organization_id);
end
$$;
comment on function private.require_role(uuid, text) is
    'RPCs that change something: as require_reader, and 403 organization_inactive where the organization is read-only.';
grant execute on function private.require_role(uuid, text) to authenticated, service_role;

-- 10_tenancy/30_invitations.sql
create table public.invitations (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    email text not null constraint invitations_email_has_at
    check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 320),
    role text not null constraint invitations_role_is_known check (role in ('admin', 'operator', 'viewer', 'member')),
    token_hash bytea not null unique constraint invitations_hash_is_sha256 check (length(token_hash) = 32),
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    expires_at timestamptz not null default private.now() + interval '7 days',
    accepted_at timestamptz,
    accepted_by uuid references auth.users (id) on delete set null,
    revoked_at timestamptz
);
comment on table public.invitations is
    'Invitations to join an organization in a role. Only the sha256 of the one-time token is stored. Only RPCs change '
    'this table.';

create unique index invitations_one_open_per_email on public.invitations (organization_id, lower(email))
where accepted_at is null and revoked_at is null;
create index invitations_newest on public.invitations (organization_id, created_at desc, id);
create index invitations_by_maker on public.invitations (created_by);
create index invitations_by_accepter on public.invitations (accepted_by);
alter table public.invitations enable row level security;
revoke all on table public.invitations from public, anon, authenticated, service_role;
grant select (
    id, organization_id, email, role, created_by, created_at, expires_at, accepted_at, accepted_by, revoked_at
) on public.invitations to authenticated, service_role;

-- 10_tenancy/create_invitation.sql
create function private.create_invitation(organization_id uuid, email text, role text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    address text := btrim(create_invitation.email);
    token text := encode(sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())), 'hex');
    made public.invitations;
begin
    perform private.require_role(create_invitation.organization_id, 'admin');
    if address is null or address !~ '^[^@\s]+@[^@\s]+$' or length(address) > 320 then
        perform private.refuse(422, 'invalid_email', 'Expected an e-mail address.');
    end if;
    if private.role_rank(create_invitation.role) is null then
        perform private.refuse(422, 'invalid_role', 'Expected admin, operator, viewer or member.');
    end if;
    perform private.lock_organization(create_invitation.organization_id);
    if exists (
        select from public.memberships as m
        where m.organization_id = create_invitation.organization_id and lower(m.email) = lower(address)
    ) then
        perform private.refuse(409, 'already_member', 'Somebody with this e-mail address is a member already.');
    end if;
    -- The new link replaces the earlier one, which may be lost.
    update public.invitations as i set revoked_at = private.now()
    where i.organization_id = create_invitation.organization_id and lower(i.email) = lower(address)
        and i.accepted_at is null and i.revoked_at is null;
    insert into public.invitations (organization_id, email, role, token_hash, created_by)
    values (
        create_invitation.organization_id, address, create_invitation.role,
        sha256(convert_to(token, 'UTF8')), auth.uid()
    )
    returning * into made;
    return jsonb_build_object(
        'id', made.id, 'email', made.email, 'role', made.role, 'token', token, 'expires_at', made.expires_at
    );
end
$$;
comment on function private.create_invitation(uuid, text, text) is 'Admins, through public.create_invitation.';
grant execute on function private.create_invitation(uuid, text, text) to authenticated;

create function public.create_invitation(organization_id uuid, email text, role text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_invitation(organization_id, email, role)
$$;
comment on function public.create_invitation(uuid, text, text) is
    'Admins. Answers {id, email, role, token, expires_at}; the token is shown only this once. Replaces an open '
    'invitation of the same address. 409 already_member; 422 invalid_email, invalid_role.';
grant execute on function public.create_invitation(uuid, text, text) to authenticated;

-- 10_tenancy/create_organization.sql
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

-- 10_tenancy/last_admin.sql
create function private.is_last_admin(member public.memberships)
returns boolean
language sql
stable
set search_path = ''
as $$
    select member.role = 'admin' and member.is_active and not exists (
        select from public.memberships as m
        where m.organization_id = member.organization_id and m.id <> member.id and m.role = 'admin' and m.is_active
    )
$$;
comment on function private.is_last_admin(public.memberships) is
    'Whether the organization would have no active admin without this member.';

create function private.keep_an_admin(member public.memberships)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if private.is_last_admin(member) then
        perform private.refuse(409, 'last_admin', 'The last active admin stays: make somebody else an admin first.');
    end if;
end
$$;
comment on function private.keep_an_admin(public.memberships) is
    'Refuses with 409 if this is the last active admin. The caller must have locked the organization.';

-- 10_tenancy/manage_members.sql
create function private.managed_member(membership_id uuid)
returns public.memberships
language plpgsql
set search_path = ''
as $$
declare
    member public.memberships;
begin
    select * into member from public.memberships as m where m.id = managed_member.membership_id;
    perform private.require_role(member.organization_id, 'admin');
    perform private.lock_organization(member.organization_id);
    -- Read and checked again: during the wait the caller may have lost the role, or the member may have left.
    select * into member from public.memberships as m where m.id = managed_member.membership_id;
    perform private.require_role(member.organization_id, 'admin');
    return member;
end
$$;
comment on function private.managed_member(uuid) is 'A member whom the caller may manage. Locks the organization.';

create function private.change_member_role(membership_id uuid, role text)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships := private.managed_member(change_member_role.membership_id);
begin
    if private.role_rank(change_member_role.role) is null then
        perform private.refuse(422, 'invalid_role', 'Expected admin, operator, viewer or member.');
    end if;
    if change_member_role.role <> 'admin' then
        perform private.keep_an_admin(member);
    end if;
    update public.memberships as m set role = change_member_role.role where m.id = member.id
    returning * into member;
    return member;
end
$$;
comment on function private.change_member_role(uuid, text) is 'Admins, through public.change_member_role.';
grant execute on function private.change_member_role(uuid, text) to authenticated;

create function public.change_member_role(membership_id uuid, role text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.change_member_role(membership_id, role)
$$;
comment on function public.change_member_role(uuid, text) is 'Admins. 409 last_admin; 422 invalid_role.';
grant execute on function public.change_member_role(uuid, text) to authenticated;

create function private.set_member_active(membership_id uuid, is_active boolean)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships := private.managed_member(set_member_active.membership_id);
begin
    if not set_member_active.is_active then
        perform private.keep_an_admin(member);
    end if;
    update public.memberships as m set is_active = set_member_active.is_active where m.id = member.id
    returning * into member;
    return member;
end
$$;
comment on function private.set_member_active(uuid, boolean) is
    'Admins, through public.suspend_member and public.reactivate_member.';
grant execute on function private.set_member_active(uuid, boolean) to authenticated;

create function public.suspend_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, false)
$$;
comment on function public.suspend_member(uuid) is
    'Admins: from the next statement on, the member can neither read nor write, even with a valid token. 409 '
    'last_admin.';
grant execute on function public.suspend_member(uuid) to authenticated;

create function public.reactivate_member(membership_id uuid)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.set_member_active(membership_id, true)
$$;
comment on function public.reactivate_member(uuid) is 'Admins: ends a suspension.';
grant execute on function public.reactivate_member(uuid) to authenticated;

-- 10_tenancy/open_invitation.sql
create function private.open_invitation(token text, email text)
returns public.invitations
language plpgsql
set search_path = ''
as $$
declare
    invitation public.invitations;
begin
    select * into invitation from public.invitations as i
    where i.token_hash = sha256(convert_to(open_invitation.token, 'UTF8')) for update;
    if not found then
        perform private.refuse(404, 'invitation_unknown', 'There is no such invitation.');
    elsif lower(invitation.email) is distinct from lower(open_invitation.email) then
        perform private.refuse(403, 'invitation_for_another', 'This invitation is for another e-mail address.');
    elsif invitation.accepted_at is not null then
        perform private.refuse(409, 'invitation_used', 'This invitation has been accepted already.');
    elsif invitation.revoked_at is not null then
        perform private.refuse(409, 'invitation_revoked', 'This invitation has been revoked or replaced by a newer one.');
    elsif invitation.expires_at <= private.now() then
        perform private.refuse(409, 'invitation_expired', 'This invitation has expired: ask for a new one.');
    end if;
    perform private.require_active(invitation.organization_id);
    return invitation;
end
$$;
comment on function private.open_invitation(text, text) is
    'The invitation with this token, if this e-mail address may accept it now; refuses otherwise.';

-- 10_tenancy/profiles.sql
create table public.profiles (
    user_id uuid primary key references auth.users (id) on delete cascade,
    display_name text not null default '' constraint profiles_display_name_is_short
    check (length(display_name) <= 200),
    locale text not null default 'en' constraint profiles_locale_is_known check (locale in ('en', 'de')),
    theme text not null default 'system' constraint profiles_theme_is_known
    check (theme in ('system', 'light', 'dark')),
    time_zone text constraint profiles_time_zone_is_known check (private.is_time_zone(time_zone)),
    created_at timestamptz not null default private.now()
);
comment on table public.profiles is
    'How a signed-in person wants to see the page. If time_zone is null, the organization''s counts.';
alter table public.profiles enable row level security;
revoke all on table public.profiles from public, anon, authenticated, service_role;
grant select, delete on public.profiles to authenticated;
grant insert (user_id, display_name, locale, theme, time_zone) on public.profiles to authenticated;

-- user_id is included because an upsert names it; the policy allows only one's own.
grant update (user_id, display_name, locale, theme, time_zone) on public.profiles to authenticated;
grant select, insert, update, delete on public.profiles to service_role;

-- 10_tenancy/revoke_invitation.sql
create function private.revoke_invitation(invitation_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    found_invitation public.invitations;
begin
    select * into found_invitation from public.invitations as i where i.id = revoke_invitation.invitation_id for update;
    perform private.require_role(found_invitation.organization_id, 'admin');
    if found_invitation.accepted_at is not null then
        perform private.refuse(409, 'invitation_used', 'This invitation has been accepted: remove the member instead.');
    end if;
    update public.invitations as i set revoked_at = private.now()
    where i.id = found_invitation.id and i.revoked_at is null;
end
$$;
comment on function private.revoke_invitation(uuid) is 'Admins, through public.revoke_invitation.';
grant execute on function private.revoke_invitation(uuid) to authenticated;

create function public.revoke_invitation(invitation_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_invitation(invitation_id)
$$;
comment on function public.revoke_invitation(uuid) is
    'Admins: the invitation can no longer be accepted. 409 invitation_used.';
grant execute on function public.revoke_invitation(uuid) to authenticated;

-- 10_tenancy/set_capabilities.sql
create function private.set_capabilities(organization_id uuid, capabilities text[])
returns public.organizations
language plpgsql
security definer
set search_path = ''
as $$
declare
    unknown text;
    changed public.organizations;
begin
    perform private.require_role(set_capabilities.organization_id, 'admin');
    select coalesce(wanted.name, 'null') into unknown
    from unnest(coalesce(set_capabilities.capabilities, array[null])) as wanted (name)
    where array_position(private.known_capabilities(), wanted.name) is null
    limit 1;
    if found then
        perform private.refuse(
            422, 'unknown_capability',
            format('Unknown: %s. Known: %s.', left(unknown, 100), array_to_string(private.known_capabilities(), ', '))
        );
    end if;
    -- Each once, in the order in which they are known: the same choice is the same row.
    update public.organizations as o
    set capabilities = array(
        select known.name
        from unnest(private.known_capabilities()) with ordinality as known (name, place)
        where known.name = any(set_capabilities.capabilities)
        order by known.place
    )
    where o.id = set_capabilities.organization_id
    returning * into changed;
    return changed;
end
$$;
comment on function private.set_capabilities(uuid, text[]) is 'Admins, through public.set_capabilities.';
grant execute on function private.set_capabilities(uuid, text[]) to authenticated;

create function public.set_capabilities(organization_id uuid, capabilities text[])
returns public.organizations
language sql
set search_path = ''
as $$
    select * from private.set_capabilities(organization_id, capabilities)
$$;
comment on function public.set_capabilities(uuid, text[]) is
    'Admins: what the organization uses, and so what the page shows. It hides, it protects nothing. '
    '422 unknown_capability names the one that is unknown.';
grant execute on function public.set_capabilities(uuid, text[]) to authenticated;

-- 10_tenancy/slugs.sql
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

-- 20_audit/audit_change.sql
create function private.audit_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    hidden text[] := coalesce(tg_argv, '{}');
    before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - hidden end;
    after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - hidden end;
    subject jsonb := coalesce(after, before);
    organization uuid := coalesce(subject ->> 'organization_id', subject ->> 'id');
begin
    -- The log is deleted with the organization, so nothing is written during that deletion.
    if before is distinct from after and exists (select from public.organizations as o where o.id = organization) then
        perform private.write_audit(
            organization, lower(tg_op), tg_table_name, subject ->> 'id', before, after,
            -- A new tag with a first device was added by that device.
            device_id => case
                when tg_table_name = 'tags' and tg_op = 'INSERT' then (after ->> 'first_seen_device_id')::uuid
            end
        );
    end if;
    return null;
end
$$;
comment on function private.audit_change() is
    'Trigger function: writes the change into the audit log. Its arguments name columns to leave out.';

-- 20_audit/audit_log.sql
create table public.audit_log (
    id bigint generated always as identity primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    occurred_at timestamptz not null default private.now(),
    actor_id uuid,
    actor_kind text not null constraint audit_log_actor_kind_is_known
    check (actor_kind in ('user', 'device', 'system')),
    action text not null,
    table_name text not null,
    row_id text not null,
    before jsonb,
    after jsonb,
    reason text,
    request_id text
);
comment on table public.audit_log is
    'Who did what and when, with the row before and after. Append-only for everybody, admins included; only database '
    'functions write it.';
create index audit_log_newest on public.audit_log (organization_id, id desc);
create index audit_log_by_row on public.audit_log (organization_id, table_name, row_id, id);
alter table public.audit_log enable row level security;
revoke all on table public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;

create function private.without_personal_data(kept jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
    select case when kept is not null then kept || coalesce((
        select jsonb_object_agg(field.key, case field.key when 'name' then 'Erased person' end)
        from jsonb_each_text(kept) as field
        where field.key in ('name', 'email', 'phone') and field.value is not null
    ), '{}') end
$$;
comment on function private.without_personal_data(jsonb) is
    'A logged row of people, memberships or invitations with name, e-mail address and phone number removed.';

create function private.guard_audit_log()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
    -- No API request runs as the owner; definer functions do.
    is_owner boolean := current_user = (select pg_get_userbyid(c.relowner) from pg_class as c where c.oid = tg_relid);
    is_erasure boolean := tg_op = 'UPDATE' and is_owner
        and new.before is not distinct from private.without_personal_data(old.before)
        and new.after is not distinct from private.without_personal_data(old.after)
        and to_jsonb(new) - array['before', 'after'] = to_jsonb(old) - array['before', 'after'];
    goes_with_organization boolean := tg_op = 'DELETE'
        and not exists (select from public.organizations as o where o.id = old.organization_id);
begin
    if is_erasure then
        return new;
    elsif goes_with_organization then
        return old;
    end if;
    perform private.refuse(405, 'append_only', 'The audit log is never changed.');
    return null;
end
$$;
comment on function private.guard_audit_log() is
    'Trigger function: refuses every change of the audit log except the erasure of a name, an e-mail address or a '
    'phone number, and the deletion of the organization.';

-- 20_audit/write_audit.sql
create function private.write_audit(
    organization_id uuid, action text, table_name text, row_id text, before jsonb, after jsonb,
    reason text default null,
    device_id uuid default null
)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into public.audit_log (
        organization_id, actor_id, actor_kind, action, table_name, row_id, before, after, reason, request_id
    )
    values (
        organization_id, coalesce(auth.uid(), device_id),
        case when auth.uid() is not null then 'user' when device_id is not null then 'device' else 'system' end,
        action, table_name, row_id, before, after, reason, left(private.request_header('x-request-id'), 128)
    )
$$;
comment on function private.write_audit(uuid, text, text, text, jsonb, jsonb, text, uuid) is
    'Writes one line into the audit log, in the transaction of the change. For definer functions and triggers.';

-- 30_book/10_people.sql
create table public.people (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    user_id uuid references auth.users (id) on delete set null,
    name text not null constraint people_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    email text constraint people_email_has_at check (email ~ '^[^@\s]+@[^@\s]+$' and length(email) <= 320),
    phone text constraint people_phone_is_e164 check (phone ~ '^\+[1-9][0-9]{6,14}$'),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    erased_at timestamptz,
    unique (id, organization_id)
);
comment on table public.people is
    'The people whose time is recorded. user_id links a person to an account, if they have one. phone is in E.164.';
comment on column public.people.erased_at is
    'When the personal data of this person was erased. The row stays, since time refers to it.';

create unique index people_email_is_unique on public.people (organization_id, lower(email));

create unique index people_phone_is_unique on public.people (organization_id, phone);

create unique index people_user_is_unique on public.people (user_id, organization_id);
create index people_by_name on public.people (organization_id, name);
create index people_archived on public.people (organization_id) where archived_at is not null;
alter table public.people enable row level security;
revoke all on table public.people from public, anon, authenticated, service_role;
grant select, delete on public.people to authenticated;
grant insert (organization_id, name, email, phone) on public.people to authenticated;
grant update (name, email, phone, archived_at) on public.people to authenticated;
grant select, insert, update, delete on public.people to service_role;

create function private.own_people()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select p.id
    from public.people as p
    join public.memberships as m on m.organization_id = p.organization_id and m.user_id = p.user_id
    where p.user_id = (select auth.uid()) and m.is_active
$$;
comment on function private.own_people() is
    'For policies: the people who are the signed-in user, in organizations where that user is active.';
grant execute on function private.own_people() to authenticated, service_role;

-- 30_book/accept_invitation.sql
create function private.accept_invitation(token text)
returns public.memberships
language plpgsql
security definer
set search_path = ''
as $$
declare
    -- From Auth, since the token of the request may be outdated.
    address text := (select u.email from auth.users as u where u.id = auth.uid());
    invitation public.invitations := private.open_invitation(accept_invitation.token, address);
    made public.memberships;
begin
    insert into public.memberships (organization_id, user_id, role, email)
    values (invitation.organization_id, auth.uid(), invitation.role, address)
    on conflict (organization_id, user_id) do nothing
    returning * into made;
    if not found then
        perform private.refuse(409, 'already_member', 'You are a member of this organization already.');
    end if;
    update public.invitations as i set accepted_at = private.now(), accepted_by = auth.uid() where i.id = invitation.id;
    update public.people as p set user_id = auth.uid()
    where p.organization_id = invitation.organization_id and lower(p.email) = lower(address) and p.user_id is null
        and not exists (
            select from public.people as other
            where other.organization_id = p.organization_id and other.user_id = auth.uid()
        );
    return made;
end
$$;
comment on function private.accept_invitation(text) is 'Any signed-in user, through public.accept_invitation.';
grant execute on function private.accept_invitation(text) to authenticated;

create function public.accept_invitation(token text)
returns public.memberships
language sql
set search_path = ''
as $$
    select * from private.accept_invitation(token)
$$;
comment on function public.accept_invitation(text) is
    'The signed-in user with the invited e-mail address: becomes a member, and is linked to the person with that '
    'address. 404 invitation_unknown; 403 invitation_for_another; 409 invitation_used, _revoked, _expired, '
    'already_member.';
grant execute on function public.accept_invitation(text) to authenticated;

-- 30_book/end_membership.sql
create function private.end_membership(member public.memberships)
returns void
language plpgsql
set search_path = ''
as $$
begin
    perform private.keep_an_admin(member);
    delete from public.memberships as m where m.id = member.id;
    -- The person stays and can be linked to another account.
    update public.people as p set user_id = null
    where p.organization_id = member.organization_id and p.user_id = member.user_id;
end
$$;
comment on function private.end_membership(public.memberships) is
    'Deletes a membership and unlinks its person. Refuses for the last active admin.';

create function private.remove_member(membership_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform private.end_membership(private.managed_member(remove_member.membership_id));
end
$$;
comment on function private.remove_member(uuid) is 'Admins, through public.remove_member.';
grant execute on function private.remove_member(uuid) to authenticated;

create function public.remove_member(membership_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.remove_member(membership_id)
$$;
comment on function public.remove_member(uuid) is
    'Admins: ends a membership. The person and their time stay. 409 last_admin.';
grant execute on function public.remove_member(uuid) to authenticated;

create function private.leave_organization(organization_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    member public.memberships;
begin
    perform private.require_role(leave_organization.organization_id, 'member');
    perform private.lock_organization(leave_organization.organization_id);
    select * into member from public.memberships as m
    where m.organization_id = leave_organization.organization_id and m.user_id = auth.uid() and m.is_active;
    perform private.require_role(member.organization_id, 'member');
    perform private.end_membership(member);
end
$$;
comment on function private.leave_organization(uuid) is 'Any member, through public.leave_organization.';
grant execute on function private.leave_organization(uuid) to authenticated;

create function public.leave_organization(organization_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.leave_organization(organization_id)
$$;
comment on function public.leave_organization(uuid) is 'Any member: ends their own membership. 409 last_admin.';
grant execute on function public.leave_organization(uuid) to authenticated;

-- 30_book/import_people.sql
create function private.read_people(rows jsonb)
returns table (place integer, name text, email text, phone text, code text, field text)
language sql
immutable
set search_path = ''
as $$
    with item as (
        select
            i.place::integer as place,
            jsonb_typeof(i.person) as kind,
            btrim(i.person ->> 'name') as name,
            nullif(btrim(i.person ->> 'email'), '') as email,
            -- Accepts the usual notations: +43 (660) 123-4567, 0043 660 1234567.
            regexp_replace(regexp_replace(nullif(btrim(i.person ->> 'phone'), ''), '[\s()./-]', '', 'g'), '^00', '+') as phone
        from jsonb_array_elements(rows) with ordinality as i (person, place)
    )
    select item.place, item.name, item.email, item.phone, wrong.code, wrong.field
    from item
    left join lateral (
        values
        (item.kind <> 'object', 'not_an_object', null),
        (item.kind = 'object' and coalesce(item.name, '') = '', 'missing', 'name'),
        (length(item.name) > 200, 'too_long', 'name'),
        (item.email !~ '^[^@\s]+@[^@\s]+$' or length(item.email) > 320, 'invalid', 'email'),
        (item.phone !~ '^\+[1-9][0-9]{6,14}$', 'invalid', 'phone')
    ) as wrong (is_so, code, field) on wrong.is_so
$$;
comment on function private.read_people(jsonb) is
    'The rows of an import with white space removed and phone numbers in E.164. A row comes once for each error in '
    'it, with the error''s code and field, or once without.';

create function private.import_errors(organization_id uuid, rows jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
    with person as materialized (
        select * from private.read_people(rows)
    ),
    good as (
        select place, field, value, min(place) over (partition by field, value) as first_place
        from (
            select p.place, contact.field, contact.value
            from person as p
            cross join lateral (values ('email', lower(p.email)), ('phone', p.phone)) as contact (field, value)
            where contact.value is not null
            group by p.place, contact.field, contact.value
            having bool_or(p.field = contact.field) is not true
        ) as contacts
    ),
    taken as (
        select 'email' as field, lower(p.email) as value from public.people as p
        where p.organization_id = import_errors.organization_id and p.email is not null
        union all
        select 'phone', p.phone from public.people as p
        where p.organization_id = import_errors.organization_id and p.phone is not null
    ),
    wrong as (
        select p.place, p.field, p.code, null::integer as other_row from person as p where p.code is not null
        union all
        select g.place, g.field, 'repeated', g.first_place from good as g where g.first_place < g.place
        union all
        select g.place, g.field, 'taken', null from good as g join taken as t using (field, value)
    )
    select coalesce(jsonb_agg(
        jsonb_strip_nulls(jsonb_build_object(
            'row', w.place, 'field', w.field, 'code', w.code, 'first_row', w.other_row
        )) order by w.place, w.field nulls first, w.code
    ), '[]')
    from wrong as w
$$;
comment on function private.import_errors(uuid, jsonb) is 'The errors that prevent an import, by row.';

create function private.import_people(organization_id uuid, rows jsonb, dry_run boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    errors jsonb;
    imported integer := 0;
begin
    perform private.require_role(import_people.organization_id, 'operator');
    if jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 5000 then
        perform private.refuse(422, 'invalid_rows', 'Expected an array of at most 5,000 rows.');
    end if;
    errors := private.import_errors(import_people.organization_id, rows);
    if errors = '[]' and dry_run is false then
        insert into public.people (organization_id, name, email, phone)
        select import_people.organization_id, p.name, p.email, p.phone
        from private.read_people(rows) as p order by p.place;
        get diagnostics imported = row_count;
    end if;
    return jsonb_build_object(
        'dry_run', dry_run is not false, 'rows', jsonb_array_length(rows), 'imported', imported, 'errors', errors
    );
exception when unique_violation then
    perform private.refuse(409, 'changed_meanwhile', 'Somebody added one of these people meanwhile: try again.');
    return null;
end
$$;
comment on function private.import_people(uuid, jsonb, boolean) is 'Operators and above, through public.import_people.';
grant execute on function private.import_people(uuid, jsonb, boolean) to authenticated;

create function public.import_people(organization_id uuid, rows jsonb, dry_run boolean default true)
returns jsonb
language sql
set search_path = ''
as $$
    select private.import_people(organization_id, rows, dry_run)
$$;
comment on function public.import_people(uuid, jsonb, boolean) is
    'Operators and above: adds people {name, email, phone}: all of them, or none if any row has an error or on a dry '
    'run. Answers {dry_run, rows, imported, errors: [{row, field, code, first_row}]}. row counts from 1; code is '
    'missing, too_long, invalid, repeated (first_row names the first), taken or not_an_object. 422 invalid_rows.';
grant execute on function public.import_people(uuid, jsonb, boolean) to authenticated;

-- 30_book/link_person.sql
create function private.link_person(person_id uuid, membership_id uuid)
returns public.people
language plpgsql
security definer
set search_path = ''
as $$
declare
    person public.people;
    account uuid;
begin
    select * into person from public.people as p where p.id = link_person.person_id;
    perform private.require_role(person.organization_id, 'operator');
    if link_person.membership_id is not null then
        perform private.lock_organization(person.organization_id);
        select m.user_id into account from public.memberships as m
        where m.id = link_person.membership_id and m.organization_id = person.organization_id;
        if not found then
            perform private.refuse(404, 'not_found', 'There is no such member in this organization.');
        end if;
        if exists (
            select from public.people as p
            where p.organization_id = person.organization_id and p.user_id = account and p.id <> person.id
        ) then
            perform private.refuse(409, 'member_is_linked', 'This member is linked to another person already.');
        end if;
    end if;
    update public.people as p set user_id = account where p.id = person.id
    returning * into person;
    return person;
end
$$;
comment on function private.link_person(uuid, uuid) is 'Operators and above, through public.link_person.';
grant execute on function private.link_person(uuid, uuid) to authenticated;

create function public.link_person(person_id uuid, membership_id uuid)
returns public.people
language sql
set search_path = ''
as $$
    select * from private.link_person(person_id, membership_id)
$$;
comment on function public.link_person(uuid, uuid) is
    'Operators and above: links a person to a member''s account (membership_id null: unlinks). 409 member_is_linked.';
grant execute on function public.link_person(uuid, uuid) to authenticated;

-- 30_book/places.sql
create table public.places (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    name text not null constraint places_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (id, organization_id),
    constraint places_name_is_unique unique (organization_id, name)
);
comment on table public.places is 'Where devices are: a door, a desk, a room.';
alter table public.places enable row level security;
revoke all on table public.places from public, anon, authenticated, service_role;
grant select, delete on public.places to authenticated;
grant insert (organization_id, name) on public.places to authenticated;
grant update (name, archived_at) on public.places to authenticated;
grant select, insert, update, delete on public.places to service_role;

-- 30_book/projects.sql
create table public.projects (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    name text not null constraint projects_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    color text not null default '#64748b' constraint projects_color_is_hex check (color ~ '^#[0-9a-f]{6}$'),
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    unique (id, organization_id),
    constraint projects_name_is_unique unique (organization_id, name)
);
comment on table public.projects is 'What time is spent on.';
alter table public.projects enable row level security;
revoke all on table public.projects from public, anon, authenticated, service_role;
grant select, delete on public.projects to authenticated;
grant insert (organization_id, name, color) on public.projects to authenticated;
grant update (name, color, archived_at) on public.projects to authenticated;
grant select, insert, update, delete on public.projects to service_role;

-- 30_book/require_not_archived.sql
create function private.require_not_archived(person_id uuid, project_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.people as p where p.id = require_not_archived.person_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This person is archived. Take the person out of the archive first.');
    end if;
    if exists (
        select from public.projects as p where p.id = require_not_archived.project_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This project is archived. Take it out of the archive first.');
    end if;
end
$$;
comment on function private.require_not_archived(uuid, uuid) is
    'Refuses with 422 if the person or the project is archived. Called by definers for time that people enter by hand.';

-- 30_book/require_of_organization.sql
create function private.require_of_organization(organization_id uuid, person_id uuid, project_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if person_id is not null and not exists (
        select from public.people as p
        where p.id = person_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_person', 'This organization has no such person.');
    end if;
    if project_id is not null and not exists (
        select from public.projects as p
        where p.id = project_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_project', 'This organization has no such project.');
    end if;
end
$$;
comment on function private.require_of_organization(uuid, uuid, uuid) is
    'Refuses with 422 if the person or the project is given and belongs to another organization.';

-- 30_book/require_own_or_operator.sql
create function private.require_own_or_operator(organization_id uuid, person_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    perform private.require_role(
        organization_id, case when person_id in (select private.own_people()) then 'member' else 'operator' end
    );
end
$$;
comment on function private.require_own_or_operator(uuid, uuid) is
    'Members may correct their own time; operators may correct everybody''s.';

-- 30_book/search_people.sql
create function public.search_people(
    organization_id uuid, query text default '', include_archived boolean default false, max_rows integer default 20
)
returns setof public.people
language sql
stable
set search_path = ''
as $$
    with wanted as (
        -- Escaped, so that the text is no pattern.
        select '%' || regexp_replace(btrim(coalesce(query, '')), '([\\%_])', '\\\1', 'g') || '%' as pattern
    )
    select p.*
    from public.people as p, wanted
    where p.organization_id = search_people.organization_id
        and (include_archived or p.archived_at is null)
        and (p.name ilike wanted.pattern or p.email ilike wanted.pattern or p.phone ilike wanted.pattern)
    order by p.name, p.id
    limit least(greatest(coalesce(max_rows, 20), 1), 100)
$$;
comment on function public.search_people(uuid, text, boolean, integer) is
    'People whose name, e-mail address or phone number contains the text, as far as the caller may read them; at most '
    '100.';
grant execute on function public.search_people(uuid, text, boolean, integer) to authenticated;

-- 40_devices/05_reading_checks.sql
create function private.is_tag_format(tag_format jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(tag_format)
        when 'string' then tag_format #>> '{}' in ('hex', 'unpadded_hex', 'base64', 'bytes', 'text')
        -- The embedded Supabase takes no text for a jsonb column, so that each has its object.
        when 'object' then tag_format in (
            '{"kind": "hex"}', '{"kind": "unpadded_hex"}', '{"kind": "base64"}', '{"kind": "bytes"}', '{"kind": "text"}'
        )
        or tag_format - array['kind', 'bytes', 'order'] = '{}'
            and tag_format -> 'kind' is not distinct from '"decimal"'
            and jsonb_typeof(tag_format -> 'bytes') is not distinct from 'number'
            and tag_format ->> 'bytes' ~ '^([4-9]|[12][0-9]|3[0-2])$'
            and coalesce(tag_format ->> 'order', '') in ('big', 'little')
        else tag_format is null
    end
$$;
comment on function private.is_tag_format(jsonb) is
    'Is this a notation of tag ids: hex, unpadded_hex, base64, bytes or text, or the same as {"kind": "hex"}, or '
    '{"kind": "decimal", "bytes": 4 to 32, "order": "big" or "little"}?';
grant execute on function private.is_tag_format(jsonb) to authenticated, service_role;

create function private.are_words(words jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(words)
        when 'array' then jsonb_array_length(words) <= 20 and not exists (
            select from jsonb_array_elements(words) as w (word)
            where jsonb_typeof(w.word) <> 'string' or length(w.word #>> '{}') not between 1 and 64
        )
        else words is null
    end
$$;
comment on function private.are_words(jsonb) is 'Are these at most 20 words of 1 to 64 characters each?';
grant execute on function private.are_words(jsonb) to authenticated, service_role;

create function private.is_payload_map(payload_map jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(payload_map)
        when 'object' then payload_map - array[
                'preset', 'events', 'tag', 'time', 'event', 'direction', 'in', 'out', 'tag_format', 'day_first'
            ] = '{}'
            and not exists (
                select from jsonb_each(payload_map) as p (name, pointer)
                where p.name in ('events', 'tag', 'time', 'event', 'direction')
                    and not (
                        jsonb_typeof(p.pointer) = 'string' and length(p.pointer #>> '{}') <= 200
                        and p.pointer #>> '{}' ~ '^(/|$)'
                    )
            )
            and case
                when payload_map ? 'preset' then
                    coalesce(payload_map ->> 'preset', '') in (
                        'esphome', 'tasmota', 'home_assistant', 'zebra_fx', 'impinj', 'nfc_pcsc', 'pyscard'
                    )
                    and not payload_map ?| array['events', 'tag', 'time', 'event', 'direction', 'in', 'out']
                else payload_map ? 'tag'
                    or not payload_map ?| array['events', 'time', 'event', 'direction', 'in', 'out']
            end
            and private.are_words(payload_map -> 'in') is not false
            and private.are_words(payload_map -> 'out') is not false
            and private.is_tag_format(payload_map -> 'tag_format') is not false
            and coalesce(jsonb_typeof(payload_map -> 'day_first'), 'boolean') = 'boolean'
        else payload_map is null
    end
$$;
comment on function private.is_payload_map(jsonb) is
    'Is this a map of payloads: a preset, or pointers of which only tag is required? docs/webhook.md describes it.';
grant execute on function private.is_payload_map(jsonb) to authenticated, service_role;

-- 40_devices/10_devices.sql
create table public.devices (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    external_id text not null constraint devices_external_id_is_a_word
    check (external_id ~ '^[A-Za-z0-9._:-]{1,64}$'),
    name text not null constraint devices_name_is_short check (btrim(name) <> '' and length(name) <= 200),
    kind text not null default 'reader' constraint devices_kind_is_known
    check (kind in ('reader', 'terminal', 'tablet')),
    mode text default 'dock' constraint devices_mode_is_known check (mode in ('dock', 'terminal')),
    time_zone text constraint devices_time_zone_is_known check (private.is_time_zone(time_zone)),
    place_id uuid,
    person_id uuid,
    is_active boolean not null default true,
    requests_per_minute integer not null default 600 constraint devices_rate_is_positive
    check (requests_per_minute > 0),
    created_at timestamptz not null default private.now(),
    payload_map jsonb constraint devices_payload_map_is_one check (private.is_payload_map(payload_map)),
    tag_format jsonb constraint devices_tag_format_is_one check (private.is_tag_format(tag_format)),
    reading_version integer not null default 0,
    reported_id text constraint devices_reported_id_is_short check (length(reported_id) <= 200),
    is_id_strict boolean,
    unique (id, organization_id),
    constraint devices_have_one_tag_format check (
        tag_format is null or payload_map is null or not payload_map ? 'tag_format'
    ),
    constraint devices_external_id_is_unique unique (organization_id, external_id),
    foreign key (place_id, organization_id) references public.places (id, organization_id)
    on delete set null (place_id),
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id)
);
comment on table public.devices is
    'Readers, terminals and tablets. mode says how taps are paired: dock (a reader with one slot), terminal (a shared '
    'reader), null (not at all). person_id is the owner of a reader on a desk. If time_zone is null, the '
    'organization''s counts. payload_map and tag_format say how '
    'its payloads are read; if both are null, as those of every device. reading_version counts their changes. '
    'reported_id is what the device calls itself. is_id_strict says whether another id is refused; if it is null, it '
    'is with a key in a header, and not with one in a URL.';
create index devices_by_person on public.devices (person_id, organization_id);
create index devices_by_place on public.devices (place_id, organization_id);
create index devices_by_name on public.devices (organization_id, name, id);
alter table public.devices enable row level security;
revoke all on table public.devices from public, anon, authenticated, service_role;
grant select, delete on public.devices to authenticated;
grant insert (
    organization_id, external_id, name, kind, mode, time_zone, place_id, person_id, payload_map, tag_format,
    is_id_strict
) on public.devices to authenticated;
grant update (
    external_id, name, kind, mode, time_zone, place_id, person_id, is_active, payload_map, tag_format, is_id_strict
) on public.devices to authenticated;
grant select, insert, update, delete on public.devices to service_role;

create function private.count_reading()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    if tg_op = 'INSERT' then
        new.reading_version := (new.payload_map is not null or new.tag_format is not null)::integer;
    elsif (new.payload_map, new.tag_format) is distinct from (old.payload_map, old.tag_format) then
        new.reading_version := old.reading_version + 1;
    end if;
    return new;
end
$$;
comment on function private.count_reading() is
    'Trigger on devices: every change of how payloads are read has its number, which events keep.';

create function private.own_devices()
returns setof uuid
language sql
stable
security definer
set search_path = ''
as $$
    select d.id from public.devices as d where d.person_id in (select private.own_people())
$$;
comment on function private.own_devices() is 'For policies: the devices that belong to the signed-in user.';
grant execute on function private.own_devices() to authenticated, service_role;

create function private.device_name(device_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select d.name from public.devices as d where d.id = device_id
$$;
comment on function private.device_name(uuid) is
    'For views: the name of the device of a time entry. Whoever may read the entry may read it, even without access '
    'to the device.';
grant execute on function private.device_name(uuid) to authenticated, service_role;

create function private.place_name(device_id uuid)
returns text
language sql
stable
security definer
set search_path = ''
as $$
    select p.name
    from public.devices as d
    join public.places as p on p.id = d.place_id and p.organization_id = d.organization_id
    where d.id = device_id
$$;
comment on function private.place_name(uuid) is
    'For views: the place of the device of a time entry, under the same rule as device_name.';
grant execute on function private.place_name(uuid) to authenticated, service_role;

-- 40_devices/20_device_status.sql
create table public.device_status (
    device_id uuid primary key,
    organization_id uuid not null,
    last_seen_at timestamptz,
    window_started_at timestamptz not null default '-infinity',
    requests_in_window integer not null default 0,
    last_event_signature uuid,
    last_event_key uuid,
    last_event_received_at timestamptz,
    has_clock_alert boolean not null default false,
    last_request_signature uuid,
    last_request_id uuid,
    last_sequence_number bigint,
    missing_numbers int8multirange not null default '{}',
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade
) with (fillfactor = 50);
comment on table public.device_status is
    'The current state of each device, one row a device. The row is locked while the device''s events are recorded. '
    'People see last_seen_at; the other columns are for recording.';
create index device_status_by_organization on public.device_status (organization_id);
alter table public.device_status enable row level security;
revoke all on table public.device_status from public, anon, authenticated, service_role;
grant select (device_id, organization_id, last_seen_at) on public.device_status to authenticated;
grant select on public.device_status to service_role;

create function private.add_device_status()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.device_status (device_id, organization_id) values (new.id, new.organization_id);
    return null;
end
$$;
comment on function private.add_device_status() is 'Trigger function: gives every new device its row in device_status.';

-- 40_devices/30_device_keys.sql
create table public.device_keys (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    device_id uuid not null,
    kind text not null constraint device_keys_kind_is_known check (kind in ('header', 'url')),
    name text constraint device_keys_name_is_short check (length(name) <= 200),
    key_hash bytea not null unique constraint device_keys_hash_is_sha256 check (length(key_hash) = 32),
    hint text not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    last_used_at timestamptz,
    expires_at timestamptz,
    revoked_at timestamptz,
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade
);
comment on table public.device_keys is
    'Keys of devices; only sha256(key) is stored. A key of the kind url works only in the path of a URL. last_used_at '
    'is accurate to the minute.';
create index device_keys_by_device on public.device_keys (device_id, organization_id);
create index device_keys_by_organization on public.device_keys (organization_id);
create index device_keys_by_maker on public.device_keys (created_by);
alter table public.device_keys enable row level security;
revoke all on table public.device_keys from public, anon, authenticated, service_role;
grant select (
    id, organization_id, device_id, kind, name, hint, created_by, created_at, last_used_at, expires_at, revoked_at
) on public.device_keys to authenticated, service_role;

-- 40_devices/40_caller_of.sql
create type private.caller as (
    key_id uuid,
    device_id uuid,
    organization_id uuid,
    external_id text,
    time_zone text,
    requests_per_minute integer,
    reading_version integer,
    reported_id text,
    is_id_strict boolean,
    accepted_ids text[]
);

create function private.caller_of(device_key text, key_kind text)
returns private.caller
language plpgsql
security definer
set search_path = ''
as $$
declare
    caller private.caller;
    claims jsonb := coalesce(nullif(current_setting('request.jwt.claims', true), ''), '{}')::jsonb;
    last_used_at timestamptz;
begin
    select k.id, d.id, d.organization_id, d.external_id, coalesce(d.time_zone, o.time_zone), d.requests_per_minute,
        -- Without a map or format of its own a device reads as everyone's does, whatever it had before.
        case when d.payload_map is null and d.tag_format is null then 0 else d.reading_version end,
        d.reported_id, coalesce(d.is_id_strict, key_kind <> 'url'), k.last_used_at
    into caller.key_id, caller.device_id, caller.organization_id, caller.external_id, caller.time_zone,
        caller.requests_per_minute, caller.reading_version, caller.reported_id, caller.is_id_strict, last_used_at
    from public.device_keys as k
    join public.devices as d on d.id = k.device_id
    join public.organizations as o on o.id = d.organization_id
    where k.id = case
            when key_kind = 'token' then (case when claims ->> 'role' = 'device' then claims ->> 'key_id' end)::uuid
            else (
                select h.id from public.device_keys as h
                where h.key_hash = sha256(convert_to(device_key, 'UTF8')) and h.kind = key_kind
            )
        end
        and (key_kind <> 'token' or d.id = (claims ->> 'device_id')::uuid)
        and k.revoked_at is null
        and (k.expires_at is null or k.expires_at > private.now())
        and d.is_active
        and o.is_active;
    if not found then
        perform private.refuse(401, 'invalid_credential', 'The credential is missing, unknown, revoked or expired.');
    end if;
    -- Accurate to the minute, which saves a write for most events.
    if last_used_at is null or last_used_at < private.now() - interval '1 minute' then
        update public.device_keys as k set last_used_at = private.now() where k.id = caller.key_id;
    end if;
    return caller;
end
$$;
comment on function private.caller_of(text, text) is
    'The device that a credential belongs to; refuses with 401. key_kind is header or url (device_key is the key), or '
    'token (the JWT of the request).';

-- 40_devices/count_request.sql
create function private.count_request(caller private.caller)
returns public.device_status
language plpgsql
set search_path = ''
as $$
declare
    status public.device_status;
begin
    -- This lock makes requests of one device wait for each other, but not those of different devices.
    update public.device_status as s
    set last_seen_at = private.now(),
        window_started_at = case
            when s.window_started_at > private.now() - interval '1 minute' then s.window_started_at else private.now()
        end,
        requests_in_window = case
            when s.window_started_at > private.now() - interval '1 minute' then s.requests_in_window + 1 else 1
        end
    where s.device_id = caller.device_id
    returning * into status;
    if status.requests_in_window > caller.requests_per_minute then
        perform private.refuse(
            429, 'rate_limited',
            jsonb_build_object(
                'limit', caller.requests_per_minute,
                'retry_after_seconds',
                ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
            )::text
        );
    end if;
    return status;
end
$$;
comment on function private.count_request(private.caller) is
    'Records that the device was seen and counts its requests. Refuses with 429 above its requests per minute.';

-- 40_devices/create_device_key.sql
create function private.create_device_key(device_id uuid, kind text, name text, expires_at timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    key text := private.generate_device_key();
    made public.device_keys;
begin
    select * into device from public.devices as d where d.id = create_device_key.device_id;
    perform private.require_role(device.organization_id, 'operator');
    if create_device_key.kind is null or create_device_key.kind not in ('header', 'url') then
        perform private.refuse(422, 'invalid_kind', 'A key is of the kind header or url.');
    end if;
    if create_device_key.expires_at <= private.now() then
        perform private.refuse(422, 'invalid_expires_at', 'A key expires in the future or not at all.');
    end if;
    if length(create_device_key.name) > 200 then
        perform private.refuse(422, 'invalid_name', 'The name of a key has at most 200 characters.');
    end if;
    insert into public.device_keys (organization_id, device_id, kind, name, key_hash, hint, created_by, expires_at)
    values (
        device.organization_id, device.id, create_device_key.kind, create_device_key.name,
        sha256(convert_to(key, 'UTF8')), substr(key, 4, 6), auth.uid(), create_device_key.expires_at
    )
    returning * into made;
    return jsonb_build_object(
        'id', made.id, 'key', key, 'kind', made.kind, 'name', made.name, 'hint', made.hint, 'expires_at', made.expires_at
    );
end
$$;
comment on function private.create_device_key(uuid, text, text, timestamptz) is
    'Operators and above, through public.create_device_key.';
grant execute on function private.create_device_key(uuid, text, text, timestamptz) to authenticated;

create function public.create_device_key(
    device_id uuid, kind text default 'header', name text default null, expires_at timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_device_key(device_id, kind, name, expires_at)
$$;
comment on function public.create_device_key(uuid, text, text, timestamptz) is
    'Operators and above. Answers {id, key, kind, name, hint, expires_at}; the key is shown only this once, and only '
    'its hash is stored.';
grant execute on function public.create_device_key(uuid, text, text, timestamptz) to authenticated;

-- 40_devices/generate_device_key.sql
create function private.crc32(bytes bytea)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
    crc bigint := 4294967295;
begin
    for i in 0 .. length(bytes) - 1 loop
        crc := crc # get_byte(bytes, i);
        for bit in 1 .. 8 loop
            crc := (crc >> 1) # (case when crc & 1 = 1 then 3988292384 else 0 end);
        end loop;
    end loop;
    return crc # 4294967295;
end
$$;
comment on function private.crc32(bytea) is
    'CRC-32 as in zlib and PNG. PostgreSQL has its own only from version 18 on.';

create function private.base62(value bigint, digits integer)
returns text
language sql
immutable
set search_path = ''
as $$
    select string_agg(
        substr(
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
            1 + ((value / (62::numeric ^ (digits - place))::bigint) % 62)::integer,
            1
        ), '' order by place
    )
    from generate_series(1, digits) as place
$$;
comment on function private.base62(bigint, integer) is
    'A number in base 62 (0-9, A-Z, a-z), padded to this number of digits.';

create function private.generate_device_key()
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
    key text := 'gb_';
    bytes bytea;
begin
    while length(key) < 33 loop
        bytes := uuid_send(gen_random_uuid());
        for i in 0 .. 15 loop
            -- Bytes 6 and 8 contain the version; values from 248 on would make the first digits more likely.
            if i not in (6, 8) and get_byte(bytes, i) < 248 and length(key) < 33 then
                key := key || private.base62(get_byte(bytes, i) % 62, 1);
            end if;
        end loop;
    end loop;
    return key || private.base62(private.crc32(convert_to(key, 'UTF8')), 6);
end
$$;
comment on function private.generate_device_key() is
    'A new key: gb_, 30 random base62 digits, and 6 base62 digits of their CRC-32, so that a typo is found without a '
    'query.';

-- 40_devices/identify_device.sql
create function private.identify_device(device_key text, key_kind text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    caller private.caller;
    status public.device_status;
begin
    -- A key in a URL may be seen by others, and a token must not lead to another token.
    if key_kind is distinct from 'header' then
        perform private.refuse(401, 'invalid_credential', 'The credential is missing, unknown, revoked or expired.');
    end if;
    caller := private.caller_of(device_key, key_kind);
    status := private.count_request(caller);
    return (
        select jsonb_build_object(
            'key_id', k.id,
            'expires_at', k.expires_at,
            'device', jsonb_build_object(
                'id', d.id, 'external_id', d.external_id, 'organization_id', d.organization_id, 'place_id', d.place_id
            ),
            'rate', jsonb_build_object(
                'limit', caller.requests_per_minute,
                'remaining', caller.requests_per_minute - status.requests_in_window,
                'reset_seconds',
                ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
            )
        )
        from public.device_keys as k
        join public.devices as d on d.id = k.device_id
        where k.id = caller.key_id
    );
end
$$;
comment on function private.identify_device(text, text) is 'Devices, through public.identify_device.';
grant execute on function private.identify_device(text, text) to anon;

create function public.identify_device(device_key text, key_kind text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.identify_device(device_key, key_kind)
$$;
comment on function public.identify_device(text, text) is
    'Devices with a header key: the claims of a device token. 401 invalid_credential, 429 rate_limited.';
grant execute on function public.identify_device(text, text) to anon;

-- 40_devices/lock_recording.sql
create function private.lock_recording(organization_id uuid, device_id uuid)
returns void
language sql
set search_path = ''
as $$
    -- In one order, as pair_events takes streams in one.
    select from public.device_status as s
    where s.organization_id = lock_recording.organization_id
        and (lock_recording.device_id is null or s.device_id = lock_recording.device_id)
    order by s.device_id
    for update
$$;
comment on function private.lock_recording(uuid, uuid) is
    'Waits for events of a device, or of all of an organization, that are being recorded; later ones wait until the '
    'transaction ends, and so see what it changes.';

-- 40_devices/pairing_settings.sql
create table public.pairing_settings (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    device_id uuid,
    valid_from timestamptz not null,
    mode text constraint pairing_settings_mode_is_known check (mode in ('dock', 'terminal')),
    person_id uuid,
    merge_gap_seconds integer constraint pairing_settings_merge_gap_is_sane
    check (merge_gap_seconds between 0 and 3600),
    debounce_seconds integer constraint pairing_settings_debounce_is_sane check (debounce_seconds between 0 and 3600),
    max_entry_hours integer constraint pairing_settings_max_entry_is_sane check (max_entry_hours between 1 and 168),
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    unique nulls not distinct (organization_id, device_id, valid_from),
    foreign key (device_id, organization_id) references public.devices (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id)
);
comment on table public.pairing_settings is
    'How taps are paired from valid_from on. device_id null: for the whole organization. A device''s row also has its '
    'mode and owner. Where a device''s number is null, the organization''s counts, otherwise 10 s, 60 s and 12 h.';
create index pairing_settings_by_device on public.pairing_settings (device_id, organization_id, valid_from);
create index pairing_settings_by_person on public.pairing_settings (person_id, organization_id);
create index pairing_settings_by_maker on public.pairing_settings (created_by);
alter table public.pairing_settings enable row level security;
revoke all on table public.pairing_settings from public, anon, authenticated, service_role;
grant select on public.pairing_settings to authenticated, service_role;

create function private.own_device_times()
returns table (device_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.device_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            s.device_id, s.organization_id, s.person_id, s.valid_from,
            lead(s.valid_from, 1, 'infinity') over (partition by s.device_id order by s.valid_from) as held_until
        from public.pairing_settings as s
        where s.device_id in (
            select own.device_id from public.pairing_settings as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_device_times() is
    'For policies: each device that belongs or once belonged to the signed-in user, with the times from and until '
    'when.';
grant execute on function private.own_device_times() to authenticated, service_role;

create function private.keep_device_pairing()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.pairing_settings (
        organization_id, device_id, valid_from, mode, person_id,
        merge_gap_seconds, debounce_seconds, max_entry_hours, created_by
    )
    select
        new.organization_id, new.id, case tg_op when 'INSERT' then '-infinity' else private.now() end, new.mode,
        new.person_id,
        latest.merge_gap_seconds, latest.debounce_seconds, latest.max_entry_hours, auth.uid()
    from (select 1) as always
    left join lateral (
        select s.* from public.pairing_settings as s
        where s.device_id = new.id and s.organization_id = new.organization_id
        order by s.valid_from desc limit 1
    ) as latest on true
    on conflict (organization_id, device_id, valid_from) do update
    set mode = excluded.mode, person_id = excluded.person_id, created_by = excluded.created_by;
    return null;
end
$$;
comment on function private.keep_device_pairing() is
    'Trigger function on devices: stores mode and owner with the time from which they hold.';

-- 40_devices/revoke_device_key.sql
create function private.revoke_device_key(key_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    found_key public.device_keys;
begin
    select * into found_key from public.device_keys as k where k.id = revoke_device_key.key_id;
    perform private.require_role(found_key.organization_id, 'operator');
    update public.device_keys as k set revoked_at = private.now()
    where k.id = revoke_device_key.key_id and k.revoked_at is null;
end
$$;
comment on function private.revoke_device_key(uuid) is 'Operators and above, through public.revoke_device_key.';
grant execute on function private.revoke_device_key(uuid) to authenticated;

create function public.revoke_device_key(key_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_device_key(key_id)
$$;
comment on function public.revoke_device_key(uuid) is
    'Operators and above: the key, and every token made from it, stop working at once.';
grant execute on function public.revoke_device_key(uuid) to authenticated;

-- 40_devices/rotate_device_key.sql
create function private.lifetime_of_key(key public.device_keys)
returns interval
language sql
stable
set search_path = ''
as $$
    -- An earlier rotation may have shortened the expiry in the key's row.
    select (l.after ->> 'expires_at')::timestamptz - key.created_at
    from public.audit_log as l
    where l.organization_id = key.organization_id and l.table_name = 'device_keys' and l.row_id = key.id::text
        and l.action = 'insert'
$$;
comment on function private.lifetime_of_key(public.device_keys) is
    'How long the key was to be valid when it was created, from the audit log; null if without limit.';

create function private.rotate_device_key(key_id uuid, overlap_minutes integer)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.device_keys;
begin
    select * into old from public.device_keys as k where k.id = rotate_device_key.key_id for update;
    perform private.require_role(old.organization_id, 'operator');
    if old.revoked_at is not null or old.expires_at <= private.now() then
        perform private.refuse(409, 'key_is_over', 'This key is revoked or expired already: create a new one.');
    end if;
    if overlap_minutes is null or overlap_minutes not between 0 and 60 * 24 * 30 then
        perform private.refuse(422, 'invalid_overlap_minutes', 'The old key stays valid for 0 minutes to 30 days.');
    end if;
    if overlap_minutes = 0 then
        update public.device_keys as k set revoked_at = private.now() where k.id = old.id;
    else
        update public.device_keys as k
        set expires_at = least(k.expires_at, private.now() + make_interval(mins => overlap_minutes))
        where k.id = old.id;
    end if;
    return private.create_device_key(old.device_id, old.kind, old.name, private.now() + private.lifetime_of_key(old));
end
$$;
comment on function private.rotate_device_key(uuid, integer) is 'Operators and above, through public.rotate_device_key.';
grant execute on function private.rotate_device_key(uuid, integer) to authenticated;

create function public.rotate_device_key(key_id uuid, overlap_minutes integer default 1440)
returns jsonb
language sql
set search_path = ''
as $$
    select private.rotate_device_key(key_id, overlap_minutes)
$$;
comment on function public.rotate_device_key(uuid, integer) is
    'Operators and above: creates a new key that is valid for as long as the old one was created for, and answers as '
    'create_device_key does. The old key stays valid for overlap_minutes (0: ends now).';
grant execute on function public.rotate_device_key(uuid, integer) to authenticated;

-- 50_tags/10_tags.sql
create table public.tags (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    uid text not null constraint tags_uid_is_canonical check (uid ~ '^(([0-9A-F]{2}){4,32}|T:.{1,64})$'),
    label text constraint tags_label_is_short check (length(label) <= 200),
    tag_type text constraint tags_tag_type_is_short check (length(tag_type) <= 200),
    person_id uuid,
    project_id uuid,
    first_seen_at timestamptz,
    first_seen_device_id uuid,
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    is_cut_short boolean not null generated always as (uid ~ '^88[0-9A-F]{6}$') stored,
    unique (id, organization_id),
    constraint tags_uid_is_unique unique (organization_id, uid),
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
    on delete set null (project_id),
    foreign key (first_seen_device_id, organization_id) references public.devices (id, organization_id)
    on delete set null (first_seen_device_id)
);
comment on table public.tags is
    'NFC tags and badges. uid is upper-case hex, or T: and a text where the reader sends texts. '
    'is_cut_short: the first part of a longer id, which two cards can share. person_id and project_id are what the tag stands for now; '
    'tag_assignments has what it stood for when.';
create index tags_by_person on public.tags (person_id, organization_id);
create index tags_by_project on public.tags (project_id, organization_id);
create index tags_by_first_device on public.tags (first_seen_device_id, organization_id);
create index tags_archived on public.tags (organization_id) where archived_at is not null;
alter table public.tags enable row level security;
revoke all on table public.tags from public, anon, authenticated, service_role;
grant select, delete on public.tags to authenticated;
grant insert (organization_id, uid, label, tag_type, person_id, project_id) on public.tags to authenticated;
grant update (label, person_id, project_id, archived_at) on public.tags to authenticated;
grant select, insert, update, delete on public.tags to service_role;

-- 50_tags/require_held_or_operator.sql
create function private.require_held_or_operator(tag public.tags, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.tag_assignments as a
        where a.tag_id = tag.id and a.person_id is not null
            and a.person_id not in (select private.own_people())
            and a.valid_from >= coalesce((
                select max(b.valid_from) from public.tag_assignments as b
                where b.tag_id = tag.id and b.valid_from <= since
            ), since)
    ) then
        perform private.require_role(tag.organization_id, 'operator');
    end if;
end
$$;
comment on function private.require_held_or_operator(public.tags, timestamptz) is
    'Members may relabel a tag only for times in which nobody else had it; operators may always.';

-- 50_tags/tag_assignments.sql
create table public.tag_assignments (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    tag_id uuid not null,
    person_id uuid,
    project_id uuid,
    valid_from timestamptz not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    unique (tag_id, valid_from),
    foreign key (tag_id, organization_id) references public.tags (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
);
comment on table public.tag_assignments is
    'The person and the project that a tag stands for from valid_from on. An entry takes those that held when it '
    'started.';
create index tag_assignments_by_tag on public.tag_assignments (tag_id, organization_id, valid_from);
create index tag_assignments_by_person on public.tag_assignments (person_id, organization_id);
create index tag_assignments_by_project on public.tag_assignments (project_id, organization_id);
create index tag_assignments_by_organization on public.tag_assignments (organization_id);
create index tag_assignments_by_maker on public.tag_assignments (created_by);
alter table public.tag_assignments enable row level security;
revoke all on table public.tag_assignments from public, anon, authenticated, service_role;
grant select on public.tag_assignments to authenticated, service_role;

create function private.own_tag_times()
returns table (tag_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.tag_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            a.tag_id, a.organization_id, a.person_id, a.valid_from,
            lead(a.valid_from, 1, 'infinity') over (partition by a.tag_id order by a.valid_from) as held_until
        from public.tag_assignments as a
        where a.tag_id in (
            select own.tag_id from public.tag_assignments as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_tag_times() is
    'For policies: each tag that belongs or once belonged to the signed-in user, with the times from and until when.';
grant execute on function private.own_tag_times() to authenticated, service_role;

create function private.keep_tag_assignment()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (
        new.organization_id, new.id, new.person_id, new.project_id,
        case tg_op
            when 'INSERT' then '-infinity'
            -- Set by relabel_tag.
            else coalesce(nullif(current_setting('gatebook.assigned_from', true), '')::timestamptz, private.now())
        end,
        auth.uid()
    )
    on conflict (tag_id, valid_from) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    return null;
end
$$;
comment on function private.keep_tag_assignment() is
    'Trigger function on tags: a change of person or project holds from now on. relabel_tag sets an earlier time.';

-- 55_alerts/05_alert_kinds.sql
create table public.alert_kinds (
    kind text primary key constraint alert_kinds_kind_is_a_word check (kind ~ '^[a-z][a-z_]{1,62}$'),
    source_type text not null constraint alert_kinds_source_type_is_a_word check (source_type ~ '^[a-z][a-z_]{1,62}$'),
    severity text not null constraint alert_kinds_severity_is_known check (severity in ('info', 'warning', 'critical')),
    capability text not null constraint alert_kinds_capability_is_known
    check (capability = any(private.known_capabilities())),
    unique (kind, source_type)
);
comment on table public.alert_kinds is
    'What an alert may be about: the kind of thing it comes from, how severe it is unless the raiser says otherwise, and '
    'the capability it belongs to. Rows of the schema: a capability adds its own in a schema file of its room.';
alter table public.alert_kinds enable row level security;
revoke all on table public.alert_kinds from public, anon, authenticated, service_role;
grant select on public.alert_kinds to authenticated, service_role;

insert into public.alert_kinds (kind, source_type, severity, capability) values
('breach', 'device', 'critical', 'alerts'),
('battery_low', 'device', 'warning', 'alerts'),
('tamper', 'device', 'critical', 'alerts'),
('offline', 'device', 'warning', 'alerts'),
('missing_clock_out', 'time_entry', 'warning', 'time'),
('clock_skew', 'device', 'warning', 'time');

-- 55_alerts/10_alerts.sql
create table public.alerts (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null,
    severity text not null constraint alerts_severity_is_known check (severity in ('info', 'warning', 'critical')),
    source_type text not null,
    source_id uuid not null,
    details jsonb not null default '{}',
    raised_at timestamptz not null default private.now(),
    last_raised_at timestamptz not null default private.now(),
    raise_count integer not null default 1,
    cleared_at timestamptz,
    cleared_by uuid references auth.users (id) on delete set null,
    acknowledged_at timestamptz,
    acknowledged_by uuid references auth.users (id) on delete set null,
    notes text constraint alerts_notes_are_short check (length(notes) <= 2000),
    constraint alerts_kind_is_known foreign key (kind, source_type) references public.alert_kinds (kind, source_type)
);
comment on table public.alerts is
    'What needs somebody''s attention. Clearing (the cause is gone) and acknowledging (somebody has seen it) are '
    'independent of each other.';

create unique index alerts_one_open_per_cause on public.alerts (organization_id, source_id, kind)
where cleared_at is null;
create index alerts_newest on public.alerts (organization_id, raised_at desc, id);
create index alerts_by_acknowledger on public.alerts (acknowledged_by);
create index alerts_by_clearer on public.alerts (cleared_by);
create index alerts_by_source on public.alerts (source_id, kind);
alter table public.alerts enable row level security;
revoke all on table public.alerts from public, anon, authenticated, service_role;
grant select on public.alerts to authenticated, service_role;

create function private.severity_rank(severity text)
returns integer
language sql
immutable
set search_path = ''
as $$
    select array_position(array['info', 'warning', 'critical'], severity)
$$;
comment on function private.severity_rank(text) is 'The rank of a severity.';

-- 55_alerts/raise_alert.sql
create function private.raise_alert(
    organization_id uuid, kind text, source_id uuid, details jsonb, severity text default null
)
returns uuid
language plpgsql
security definer
set search_path = ''
as $$
#variable_conflict use_column
declare
    known public.alert_kinds;
    raised_id uuid;
begin
    select * into known from public.alert_kinds as k where k.kind = raise_alert.kind;
    if not found then
        perform private.refuse(422, 'unknown_kind', format('There is no kind of alert called %s.', raise_alert.kind));
    end if;
    insert into public.alerts as a (organization_id, kind, severity, source_type, source_id, details)
    values (
        raise_alert.organization_id, known.kind, coalesce(raise_alert.severity, known.severity), known.source_type,
        raise_alert.source_id, raise_alert.details
    )
    on conflict (organization_id, source_id, kind) where cleared_at is null do update
    set last_raised_at = private.now(),
        raise_count = a.raise_count + 1,
        details = excluded.details,
        severity = excluded.severity,
        -- A higher severity needs a new acknowledgement.
        acknowledged_at = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_at
        end,
        acknowledged_by = case
            when private.severity_rank(excluded.severity) <= private.severity_rank(a.severity) then a.acknowledged_by
        end
    returning a.id into raised_id;
    return raised_id;
end
$$;
comment on function private.raise_alert(uuid, text, uuid, jsonb, text) is
    'Opens the alert, or updates the open one of the same source and kind; severity null: the kind''s. 422 unknown_kind.';

create function private.clear_alerts(source_id uuid, kind text)
returns void
language sql
security definer
set search_path = ''
as $$
    update public.alerts as a set cleared_at = private.now()
    where a.source_id = clear_alerts.source_id and a.kind = clear_alerts.kind and a.cleared_at is null
$$;
comment on function private.clear_alerts(uuid, text) is
    'Clears the open alert of this source and kind: its cause is gone.';

-- 55_alerts/settle_alert.sql
create function private.settle_alert(alert_id uuid, notes text, acknowledge boolean, clear boolean)
returns public.alerts
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.alerts;
    settled public.alerts;
begin
    select * into old from public.alerts as a where a.id = settle_alert.alert_id for update;
    perform private.require_role(old.organization_id, 'operator');
    if length(settle_alert.notes) > 2000 then
        perform private.refuse(422, 'invalid_notes', 'Notes have at most 2,000 characters.');
    end if;
    update public.alerts as a
    set notes = coalesce(settle_alert.notes, a.notes),
        acknowledged_at = case
            when acknowledge then coalesce(a.acknowledged_at, private.now()) else a.acknowledged_at
        end,
        acknowledged_by = case
            when acknowledge and a.acknowledged_at is null then auth.uid() else a.acknowledged_by
        end,
        cleared_at = case when clear then coalesce(a.cleared_at, private.now()) else a.cleared_at end,
        cleared_by = case when clear and a.cleared_at is null then auth.uid() else a.cleared_by end
    where a.id = old.id
    returning * into settled;
    perform private.write_audit(
        old.organization_id, case when clear then 'clear' else 'acknowledge' end, 'alerts', old.id::text,
        to_jsonb(old), to_jsonb(settled), settle_alert.notes
    );
    return settled;
end
$$;
comment on function private.settle_alert(uuid, text, boolean, boolean) is
    'Operators and above, through acknowledge_alert and clear_alert.';
grant execute on function private.settle_alert(uuid, text, boolean, boolean) to authenticated;

create function public.acknowledge_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, true, false)
$$;
comment on function public.acknowledge_alert(uuid, text) is
    'Operators and above: records that somebody has seen the alert. Only the first acknowledgement is kept; notes '
    'replace earlier notes.';
grant execute on function public.acknowledge_alert(uuid, text) to authenticated;

create function public.clear_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, false, true)
$$;
comment on function public.clear_alert(uuid, text) is
    'Operators and above: records that the cause is gone. Does not acknowledge.';
grant execute on function public.clear_alert(uuid, text) to authenticated;

-- 60_events/05_alert_kinds.sql
insert into public.alert_kinds (kind, source_type, severity, capability) values
('device_changed', 'device', 'warning', 'time'),
('events_missing', 'device', 'warning', 'time');

-- 60_events/10_device_events.sql
create table public.device_events (
    id bigint generated always as identity primary key,
    organization_id uuid not null,
    device_id uuid not null,
    event_type text not null constraint device_events_event_type_is_known
    check (event_type in ('tag_insert', 'tag_removed')),
    tag_id uuid,
    tag_uid text not null,
    direction text constraint device_events_direction_is_known check (direction in ('in', 'out')),
    device_time text,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    time_quality text not null constraint device_events_time_quality_is_known
    check (time_quality in ('synced', 'local', 'unsynced', 'ahead')),
    dedupe_key uuid not null,
    payload jsonb not null,
    is_by_order boolean not null default false,
    no_card text constraint device_events_no_card_is_known check (no_card in ('random_id', 'unreadable')),
    reading_version integer not null default 0,
    supersedes bigint,
    constraint device_events_have_a_card_or_say_why check ((tag_id is null) = (no_card is not null)),
    foreign key (device_id, organization_id) references public.devices (id, organization_id),
    foreign key (tag_id, organization_id) references public.tags (id, organization_id)
);
comment on table public.device_events is
    'What devices reported; append-only. occurred_at is the time that counts, device_time is what the device said. '
    'dedupe_key makes repetitions of an event one row. no_card says why an id names no card, so that the event counts '
    'nowhere. reading_version is that of the device when payload was read, 0 as that of every device. supersedes is the '
    'event of which this is another reading. A device or tag with events cannot be deleted.';

create unique index device_events_once on public.device_events (device_id, dedupe_key);
create index device_events_by_device on public.device_events (device_id, organization_id, occurred_at);
create index device_events_by_tag on public.device_events (tag_id, organization_id, occurred_at);
create index device_events_newest on public.device_events (organization_id, id desc);
alter table public.device_events enable row level security;
revoke all on table public.device_events from public, anon, authenticated, service_role;
grant select (
    id, organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
    time_quality, payload, is_by_order, no_card, reading_version, supersedes
) on public.device_events to authenticated;
grant select on public.device_events to service_role;

create table private.superseded_events (
    event_id bigint primary key references public.device_events (id) on delete cascade,
    superseded_by bigint,
    superseded_at timestamptz not null default private.now()
);
comment on table private.superseded_events is
    'Events that were read anew after their device''s reading was corrected: they stay as they are and count nowhere any '
    'more. superseded_by null: they hold no tag, as it is read now.';

-- 60_events/20_incoming_event.sql
create type private.incoming_event as (
    place integer,
    event_type text,
    tag_uid text,
    tag_type text,
    direction text,
    device_time text,
    occurred_at timestamptz,
    time_quality text,
    dedupe_key uuid,
    signature uuid,
    payload jsonb,
    is_by_order boolean,
    no_card text,
    sequence_number bigint
);

-- 60_events/add_unknown_tags.sql
create function private.add_unknown_tags(events private.incoming_event[], caller private.caller)
returns void
language sql
set search_path = ''
as $$
    -- Ordered by uid, so that two batches with the same new tags cannot deadlock.
    insert into public.tags (organization_id, uid, tag_type, first_seen_at, first_seen_device_id)
    select distinct on (e.tag_uid)
        caller.organization_id, e.tag_uid, left(e.tag_type, 200), e.occurred_at, caller.device_id
    from unnest(events) as e
    where e.no_card is null and not exists (
            select from public.tags as t where t.organization_id = caller.organization_id and t.uid = e.tag_uid
        )
    order by e.tag_uid, e.place
    on conflict (organization_id, uid) do nothing
$$;
comment on function private.add_unknown_tags(private.incoming_event[], private.caller) is
    'Creates a tag without an owner for each id that is seen for the first time and names a card.';

-- 60_events/follow_clock.sql
create function private.follow_clock(
    caller private.caller, status public.device_status, events private.incoming_event[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    latest private.incoming_event := events[cardinality(events)];
    is_wrong boolean := latest.time_quality in ('ahead', 'unsynced') and latest.device_time is not null;
begin
    if is_wrong and not status.has_clock_alert then
        perform private.raise_alert(
            caller.organization_id, 'clock_skew', caller.device_id,
            jsonb_build_object('time_quality', latest.time_quality, 'device_time', left(latest.device_time, 200))
        );
    elsif not is_wrong and status.has_clock_alert then
        perform private.clear_alerts(caller.device_id, 'clock_skew');
    else
        return;
    end if;
    update public.device_status as s set has_clock_alert = is_wrong where s.device_id = caller.device_id;
end
$$;
comment on function private.follow_clock(private.caller, public.device_status, private.incoming_event[]) is
    'Raises an alert for a device whose clock is wrong; the next event with a right clock clears it.';

-- 60_events/follow_sequence.sql
create function private.follow_sequence(
    caller private.caller, status public.device_status, events private.incoming_event[], stored_ids bigint[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    latest bigint := status.last_sequence_number;
    missing int8multirange := status.missing_numbers;
    number bigint;
    is_open boolean;
begin
    is_open := exists (
        select from public.alerts as a
        where a.organization_id = caller.organization_id and a.source_id = caller.device_id
            and a.kind = 'events_missing' and a.cleared_at is null
    );
    -- A person has cleared it: what was missing then is not looked for any more.
    if not is_open then
        missing := '{}';
    end if;
    for number in
        select e.sequence_number
        from unnest(events) as e
        join public.device_events as d on d.device_id = caller.device_id and d.dedupe_key = e.dedupe_key
        where e.sequence_number is not null and d.id = any(stored_ids)
        order by e.place
    loop
        if number <@ missing then
            missing := missing - int8multirange(int8range(number, number + 1));
        elsif latest is null or number <= 1 or abs(number - latest) > 10000 then
            -- The first one, or a counter that began anew.
            latest := number;
        elsif number > latest then
            missing := missing + int8multirange(int8range(latest + 1, number));
            latest := number;
        end if;
    end loop;
    if missing = '{}' and is_open then
        perform private.clear_alerts(caller.device_id, 'events_missing');
    elsif missing <> '{}' and missing <> status.missing_numbers then
        perform private.raise_alert(
            caller.organization_id, 'events_missing', caller.device_id,
            (
                select jsonb_build_object(
                    'missing', sum(upper(r.numbers) - lower(r.numbers)),
                    'first', min(lower(r.numbers)), 'last', max(upper(r.numbers)) - 1
                )
                from unnest(missing) as r (numbers)
            )
        );
    end if;
    update public.device_status as s set last_sequence_number = latest, missing_numbers = missing
    where s.device_id = caller.device_id;
end
$$;
comment on function private.follow_sequence(private.caller, public.device_status, private.incoming_event[], bigint[]) is
    'Where a device numbers its events, a gap raises an alert that says how many are missing; it clears when they came.';

-- 60_events/local_times.sql
create type private.local_time as (
    at timestamptz,
    is_by_order boolean
);

create function private.local_instants(said timestamp, time_zone text)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
    -- Any change of the clocks: the offsets of the day before and of the day after are those on either side of it.
    select coalesce(
        array_agg(distinct c.instant order by c.instant) filter (where c.instant at time zone time_zone = said),
        array[said at time zone time_zone]
    )
    from (
        select (said at time zone 'UTC') - ((near.at at time zone time_zone) - (near.at at time zone 'UTC')) as instant
        from (
            values ((said at time zone 'UTC') - interval '1 day'), ((said at time zone 'UTC') + interval '1 day')
        ) as near (at)
    ) as c
$$;
comment on function private.local_instants(timestamp, text) is
    'The instants at which a clock in this time zone showed this local time: two where clocks were set back, else one.';

create function private.local_times(events jsonb, time_zone text, received_at timestamptz)
returns private.local_time[]
language plpgsql
stable
set search_path = ''
as $$
declare
    times private.local_time[] := array_fill(null::private.local_time, array[jsonb_array_length(events)]);
    latest timestamptz := received_at + interval '2 minutes';
    following timestamptz := timestamptz 'infinity';
    event record;
    instants timestamptz[];
    alone timestamptz;
    chosen timestamptz;
begin
    -- Backwards: what was said before was at the latest when the next thing was.
    for event in
        select e.place, e.event ->> 'device_at' as said
        from jsonb_array_elements(events) with ordinality as e (event, place)
        where not e.event ->> 'device_at' like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____'])
        order by e.place desc
    loop
        instants := private.local_instants(event.said::timestamp, time_zone);
        -- Of two, the later unless it is in the future, or the order of the request says the earlier.
        alone := coalesce((select max(i) from unnest(instants) as i where i <= latest), instants[1]);
        chosen := coalesce((select max(i) from unnest(instants) as i where i <= least(latest, following)), alone);
        times[event.place] := (chosen, chosen <> alone)::private.local_time;
        following := chosen;
    end loop;
    return times;
end
$$;
comment on function private.local_times(jsonb, text, timestamptz) is
    'When the events of a request happened whose times have no offset, by place. In the repeated hour of autumn the order '
    'of the request decides, and is_by_order says so.';

-- 60_events/no_card.sql
create function private.no_card(uid text)
returns text
language sql
immutable
set search_path = ''
as $$
    select case
        when uid ~ '^((00)+|(FF)+)$' then 'unreadable'
        -- ISO/IEC 14443-3: four bytes that begin with 08 are random at each touch.
        when uid ~ '^08[0-9A-F]{6}$' then 'random_id'
    end
$$;
comment on function private.no_card(text) is
    'Why an id names no card: unreadable (a reader that failed), random_id (a telephone), or null.';

create function private.is_assigned(tag_id uuid, since timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
    select coalesce((
        select a.person_id is not null or a.project_id is not null
        from public.tag_assignments as a
        where a.tag_id = is_assigned.tag_id and a.valid_from <= since
        order by a.valid_from desc limit 1
    ), false)
$$;
comment on function private.is_assigned(uuid, timestamptz) is 'Did a tag mean a person or a project at that time?';

-- 60_events/read_events.sql
create type private.request as (id uuid, signature uuid);

create function private.request_of(events jsonb, status public.device_status)
returns private.request
language sql
volatile
set search_path = ''
as $$
    select
        case
            when status.last_event_received_at > private.now() - interval '1 minute'
                and status.last_request_signature = said.signature then status.last_request_id
            else gen_random_uuid()
        end,
        said.signature
    from (
        select md5(jsonb_agg(jsonb_build_array(
            i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
        ) order by i.place)::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        -- Only where an event has no usable time. Otherwise each event is recognized by its time. A local time of
        -- 1 January 2020 may lie before 2020, whatever the text says; a day covers every offset.
        where jsonb_path_exists(
                events, '$[*] ? (!exists(@.device_at) || @.device_at == null || @.device_at < "2020-01-02")'
            )
    ) as said
$$;
comment on function private.request_of(jsonb, public.device_status) is
    'The identity of a request. A request without times that repeats the one before within a minute gets the same '
    'identity.';

create function private.read_events(
    events jsonb, caller private.caller, status public.device_status, request private.request
)
returns private.incoming_event[]
language sql
stable
set search_path = ''
as $$
    with naive as (
        -- Evaluated once, and only if a time has no offset.
        select private.local_times(events, caller.time_zone, private.now()) as times
    ),
    item as (
        select
            i.place::integer as place,
            i.event,
            i.event ->> 'device_time' as device_time,
            case
                when said.is_aware then said.at::timestamptz
                else ((select naive.times from naive)[i.place]).at
            end as device_at,
            said.is_aware,
            case
                when said.is_aware then false
                else coalesce(((select naive.times from naive)[i.place]).is_by_order, false)
            end as is_by_order,
            md5(jsonb_build_array(
                i.event -> 'event_type', i.event -> 'tag_uid', i.event -> 'direction', i.event -> 'device_time'
            )::text)::uuid as signature
        from jsonb_array_elements(events) with ordinality as i (event, place)
        cross join lateral (
            select
                i.event ->> 'device_at' as at,
                i.event ->> 'device_at' like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____']) as is_aware
        ) as said
        where i.event ->> 'device_id' is null or i.event ->> 'device_id' = any(caller.accepted_ids)
    ),
    judged as (
        select
            item.*,
            case
                when device_at is null or device_at < timestamptz '2020-01-01 00:00:00+00' then 'unsynced'
                when device_at > private.now() + interval '2 minutes' then 'ahead'
                when is_aware then 'synced'
                else 'local'
            end as time_quality,
            lag(signature) over (order by place) as signature_before
        from item
    ),
    compared as (
        -- Without a clock, an event is a repetition if it equals the event before it.
        select
            judged.*,
            time_quality = 'unsynced' and event ->> 'idempotency_key' is null and signature = case
                when signature_before is not null then signature_before
                when status.last_event_received_at > private.now() - interval '1 minute'
                    then status.last_event_signature
            end is true as is_repeat
        from judged
    ),
    keyed as (
        select
            compared.*,
            count(*) filter (where not is_repeat) over (order by place) as run,
            case
                when event ->> 'idempotency_key' is not null
                    then md5('key ' || (event ->> 'idempotency_key'))::uuid
                when time_quality = 'unsynced' then md5(request.id::text || place)::uuid
                -- The direction is included: in and out at the same time are two events. A time without offset
                -- is taken as text, because its meaning may change until the event is sent again.
                else md5(jsonb_build_array(
                    event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction',
                    case when is_aware then to_jsonb(extract(epoch from device_at)) else event -> 'device_at' end
                )::text)::uuid
            end as own_key
        from compared
    ),
    finished as (
        -- A run is an event and its repetitions; run 0 repeats the last event of the earlier request.
        select place, (
            place, event ->> 'event_type', event ->> 'tag_uid', event ->> 'tag_type', event ->> 'direction',
            device_time,
            -- A microsecond apart, to keep the order of the request.
            case
                when time_quality in ('unsynced', 'ahead') then private.now() + (place - 1) * interval '1 microsecond'
                else device_at
            end,
            time_quality,
            case
                when run = 0 then status.last_event_key
                else first_value(own_key) over (partition by run order by place)
            end,
            signature,
            coalesce(event -> 'payload', event),
            is_by_order and time_quality = 'local',
            private.no_card(event ->> 'tag_uid'),
            (event ->> 'sequence_number')::bigint
        )::private.incoming_event as incoming
        from keyed
    )
    select coalesce(array_agg(incoming order by place), '{}') from finished
$$;
comment on function private.read_events(jsonb, private.caller, public.device_status, private.request) is
    'The events of a request that belong to the caller, each with the time that counts and with its dedupe_key, which '
    'repetitions share.';

-- 60_events/reported_ids.sql
create function private.settle_reported_ids(caller private.caller, said_ids text[])
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    known text := caller.reported_id;
    accepted text[] := array[caller.external_id];
    said text;
begin
    if not exists (select from unnest(said_ids) as s (id) where s.id <> all(accepted || known)) and known is not null then
        return accepted || known;
    end if;
    -- The device before its status: everyone locks them in this order.
    select d.reported_id into known from public.devices as d where d.id = caller.device_id for no key update;
    foreach said in array said_ids loop
        if said <> caller.external_id and exists (
            select from public.devices as d
            where d.organization_id = caller.organization_id and d.external_id = said
        ) then
            perform private.write_audit(
                caller.organization_id, 'refuse', 'devices', caller.device_id::text, null,
                jsonb_build_object('reported_id', said), device_id => caller.device_id
            );
        elsif known is null then
            update public.devices as d set reported_id = said where d.id = caller.device_id;
            known := said;
        elsif said <> known and said <> caller.external_id then
            perform private.raise_alert(
                caller.organization_id, 'device_changed', caller.device_id,
                jsonb_build_object('reported_id', said, 'known_id', known)
            );
            if not caller.is_id_strict then
                accepted := accepted || said;
            end if;
        end if;
    end loop;
    return array_remove(accepted || known, null);
end
$$;
comment on function private.settle_reported_ids(private.caller, text[]) is
    'Which of the ids in a request the device may call itself: its own, the one it reported first, and where it is not '
    'strict any other but another device''s external_id. A changed one raises an alert.';

create function private.confirm_reported_id(device_id uuid, reported text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    confirmed text;
begin
    select * into device from public.devices as d where d.id = confirm_reported_id.device_id for no key update;
    perform private.require_role(device.organization_id, 'operator');
    confirmed := coalesce(confirm_reported_id.reported, (
        select a.details ->> 'reported_id' from public.alerts as a
        where a.organization_id = device.organization_id and a.source_id = device.id and a.kind = 'device_changed'
            and a.cleared_at is null
    ));
    if confirmed is null or confirmed = '' or length(confirmed) > 200 then
        perform private.refuse(422, 'invalid_reported_id', 'Nothing was reported that could be confirmed.');
    end if;
    if exists (
        select from public.devices as d
        where d.organization_id = device.organization_id and d.external_id = confirmed and d.id <> device.id
    ) then
        perform private.refuse(409, 'id_of_another', 'Another device has this id.');
    end if;
    update public.devices as d set reported_id = confirmed where d.id = device.id;
    perform private.clear_alerts(device.id, 'device_changed');
    return jsonb_build_object('device_id', device.id, 'reported_id', confirmed);
end
$$;
comment on function private.confirm_reported_id(uuid, text) is 'Through public.confirm_reported_id.';
grant execute on function private.confirm_reported_id(uuid, text) to authenticated;

create function public.confirm_reported_id(device_id uuid, reported text default null)
returns jsonb
language sql
set search_path = ''
as $$
    select private.confirm_reported_id(device_id, reported)
$$;
comment on function public.confirm_reported_id(uuid, text) is
    'Operators and above: the device may call itself that (null: what its alert device_changed names), and the alert is '
    'cleared. {device_id, reported_id}; 409 id_of_another, 422 invalid_reported_id.';
grant execute on function public.confirm_reported_id(uuid, text) to authenticated;

-- 65_pairing/10_taps.sql
create view private.taps as
select
    e.id,
    e.organization_id,
    e.device_id,
    e.event_type,
    e.tag_id,
    e.tag_uid,
    e.direction,
    e.occurred_at,
    d.mode,
    coalesce(a.person_id, case when d.mode = 'dock' then d.person_id end) as person_id,
    a.project_id,
    coalesce(d.merge_gap_seconds, o.merge_gap_seconds, 10) as merge_gap_seconds,
    coalesce(d.debounce_seconds, o.debounce_seconds, 60) as debounce_seconds,
    coalesce(d.max_entry_hours, o.max_entry_hours, 12) as max_entry_hours,
    case
        when d.mode = 'dock' then e.device_id
        when d.mode = 'terminal' and e.event_type = 'tag_insert' then coalesce(a.person_id, e.tag_id)
    end as stream_id
from public.device_events as e
left join lateral (
    select s.mode, s.person_id, s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.device_id = e.device_id and s.organization_id = e.organization_id and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
-- What names no card, and what was read anew, belongs to no stream.
) as d on e.tag_id is not null and not exists (
    select from private.superseded_events as r
    where r.event_id = e.id
)
left join lateral (
    select s.merge_gap_seconds, s.debounce_seconds, s.max_entry_hours
    from public.pairing_settings as s
    where s.organization_id = e.organization_id and s.device_id is null and s.valid_from <= e.occurred_at
    order by s.valid_from desc limit 1
) as o on true
left join lateral (
    select t.person_id, t.project_id
    from public.tag_assignments as t
    where t.tag_id = e.tag_id and t.organization_id = e.organization_id and t.valid_from <= e.occurred_at
    order by t.valid_from desc limit 1
) as a on true;
comment on view private.taps is
    'Every event with the settings and the assignment that held when it happened, and with its stream. '
    'An event without a card, or one that was read anew, has no stream.';

-- 65_pairing/20_streams.sql
create table private.streams (
    stream_id uuid primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null check (kind in ('dock', 'terminal')),
    last_occurred_at timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table private.streams is
    'A stream is a sequence of taps that are paired with each other. stream_id is the id of a device (dock), of a '
    'person (their taps at all terminals), or of a tag (its taps at terminals while it had no person). The row is '
    'locked while the stream is paired.';
create index streams_by_organization on private.streams (organization_id);

-- 65_pairing/25_stops.sql
create table private.stops (
    stream_id uuid not null,
    started_at timestamptz not null,
    stopped_at timestamptz not null,
    primary key (stream_id, started_at)
);
comment on table private.stops is
    'What people ended or deleted by hand at terminals. started_at is the tap that had opened the entry they saw, '
    'stopped_at when they said so. An input of pairing: the entry that spans that tap ends then, if it is still open, '
    'and the next tap comes in.';

-- 65_pairing/30_paired_entries.sql
create table private.paired_entries (
    -- No foreign keys here, nor from time_entries to tags and devices: the transaction that writes these rows has just
    -- checked those of the events, and each further key would cost every tap a look-up.
    stream_id uuid not null,
    started_at timestamptz not null,
    ended_at timestamptz,
    limit_at timestamptz not null,
    merge_gap_seconds integer not null,
    tag_id uuid not null,
    device_id uuid not null,
    person_id uuid,
    project_id uuid,
    flags text[] not null,
    primary key (stream_id, started_at)
) with (fillfactor = 80);
comment on table private.paired_entries is
    'What the taps alone give: a pure function of device_events, tag_assignments, pairing_settings and stops. An open '
    'entry is forgotten after limit_at. time_entries shows these rows to people, with corrections.';

create function private.paired_with_clock(stream uuid, since timestamptz, before timestamptz)
returns setof private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        p.stream_id, p.started_at,
        case when p.ended_at is null and p.limit_at < private.now() then p.limit_at else p.ended_at end,
        p.limit_at, p.merge_gap_seconds, p.tag_id, p.device_id, p.person_id, p.project_id,
        case when p.ended_at is null and p.limit_at < private.now() then array['auto_closed'] else p.flags end
    from private.paired_entries as p
    where p.stream_id = stream and p.started_at >= since and p.started_at < before
$$;
comment on function private.paired_with_clock(uuid, timestamptz, timestamptz) is
    'The paired entries of a stream that start at or after since and before the other time, as of now: an open entry '
    'past its limit ends there, flagged auto_closed.';

-- 65_pairing/is_dock.sql
create function private.is_dock(device_id uuid, organization_id uuid, since timestamptz, until timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
    select coalesce(bool_and(s.mode is not distinct from 'dock'), false)
    from public.pairing_settings as s
    where s.device_id = is_dock.device_id and s.organization_id = is_dock.organization_id and s.valid_from <= until
        and s.valid_from >= coalesce((
            select max(e.valid_from) from public.pairing_settings as e
            where e.device_id = is_dock.device_id and e.organization_id = is_dock.organization_id
                and e.valid_from <= since
        ), since)
$$;
comment on function private.is_dock(uuid, uuid, timestamptz, timestamptz) is
    'Whether a device was a dock for the whole time between the two.';

-- 65_pairing/order.sql
create function private.in_dock_order(taps private.taps[], slot_tag_id uuid)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    with tap as (
        select
            t.*,
            t.event_type = 'tag_removed' as leaves,
            bool_or(t.event_type = 'tag_insert') over same_tag as tag_enters,
            bool_or(t.event_type = 'tag_removed') over same_tag as tag_leaves
        from unnest(taps) as t
        window same_tag as (partition by t.tag_id)
    ),
    ranked as (
        select
            tap.*,
            case
                -- The tag in the slot leaves before another enters. Its repeated insert changes nothing.
                when tag_id = slot_tag_id and (leaves or not tag_leaves) then 0
                -- Tags that were inserted and removed at this instant.
                when tag_id is distinct from slot_tag_id and tag_enters and tag_leaves then 1
                when not leaves then 2
                else 3
            end as turn
        from tap
    )
    select array_agg(
        (
            id, organization_id, device_id, event_type, tag_id, tag_uid, direction, occurred_at, mode, person_id,
            project_id, merge_gap_seconds, debounce_seconds, max_entry_hours, stream_id
        )::private.taps
        order by turn, tag_uid, leaves
    )
    from ranked
$$;
comment on function private.in_dock_order(private.taps[], uuid) is
    'The taps of one dock at one instant, in the order that the state of the slot gives. The order of arrival does '
    'not matter.';

create function private.in_terminal_order(taps private.taps[], is_open boolean)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    select array_agg(
        t order by
            case t.direction when 'out' then case when is_open then 0 else 2 end when 'in' then 1 else 3 end,
            t.tag_uid, t.device_id
    )
    from unnest(taps) as t
$$;
comment on function private.in_terminal_order(private.taps[], boolean) is
    'The taps of one stream at one instant: out first if somebody is in, in first if nobody is, taps without '
    'direction last.';

-- 65_pairing/pair_stream.sql
create function private.pair_stream(
    stream uuid, kind text, organization uuid, since timestamptz, until timestamptz default 'infinity',
    out changed_from timestamptz, out changed_before timestamptz
)
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    is_late boolean;
    resume timestamptz;
    first_start timestamptz;
    last_moment timestamptz;
    window_start timestamptz;
    window_end timestamptz := timestamptz 'infinity';
    -- From here on nothing changes.
    settled_at timestamptz := timestamptz 'infinity';
    -- Somebody who stops by hand is out at a terminal; in a dock the tag is still in.
    has_stops boolean := kind = 'terminal' and exists (
        select from private.stops as s where s.stream_id = stream
    );
    done private.paired_entries[] := '{}'::private.paired_entries[];
    before private.paired_entries;
    entry private.paired_entries;
    stored private.paired_entries;
    moment record;
    taps private.taps[];
    tap private.taps;
    is_open boolean;
    is_repeat boolean;
    leaves boolean;
    enters boolean;
begin
    select * into known from private.streams as s where s.stream_id = stream for update;
    if not found then
        insert into private.streams (stream_id, organization_id, kind) values (stream, organization, kind)
        on conflict (stream_id) do nothing;
        select * into known from private.streams as s where s.stream_id = stream for update;
    end if;
    is_late := since <= known.last_occurred_at;
    if is_late then
        resume := private.restart_time(stream, since);
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
        window_end := until + interval '2 days';
    else
        resume := since;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream order by p.started_at desc limit 1;
    end if;
    first_start := coalesce(entry.started_at, resume);
    last_moment := known.last_occurred_at;
    window_start := resume;

    <<windows>>
    loop
        for moment in
            select t.occurred_at, array_agg(t) as taps
            from private.taps_of_stream(stream, kind, organization, window_start, window_end) as t
            group by t.occurred_at order by t.occurred_at
        loop
            last_moment := greatest(last_moment, moment.occurred_at);
            is_open := entry.started_at is not null and entry.ended_at is null;
            if is_open and has_stops then
                entry.ended_at := private.stop_of(entry, moment.occurred_at);
                is_open := entry.ended_at is null;
            end if;
            if is_open and moment.occurred_at > entry.limit_at then
                entry.ended_at := entry.limit_at;
                entry.flags := array['auto_closed'];
                is_open := false;
            end if;
            if is_late and moment.occurred_at > until and entry.started_at is not null and not is_open then
                select * into stored from private.paired_entries as p
                where p.stream_id = stream and p.started_at < moment.occurred_at order by p.started_at desc limit 1;
                if stored is not distinct from entry then
                    settled_at := moment.occurred_at;
                    exit windows;
                end if;
            end if;
            taps := moment.taps;
            if cardinality(taps) > 1 and kind = 'dock' then
                taps := private.in_dock_order(taps, case when is_open then entry.tag_id end);
            elsif cardinality(taps) > 1 then
                taps := private.in_terminal_order(taps, is_open);
            end if;

            foreach tap in array taps loop
                is_open := entry.started_at is not null and entry.ended_at is null;
                if kind = 'dock' then
                    leaves := is_open and (tap.event_type = 'tag_removed') = (tap.tag_id = entry.tag_id);
                    enters := tap.event_type = 'tag_insert' and not (is_open and tap.tag_id = entry.tag_id);
                else
                    -- The last counted tap either opened or closed the last entry.
                    is_repeat := tap.occurred_at <= make_interval(secs => tap.debounce_seconds) + case
                        when is_open or 'auto_closed' = any(entry.flags) then entry.started_at else entry.ended_at
                    end;
                    leaves := is_open and (tap.direction = 'out' or tap.direction is null and not is_repeat);
                    enters := not is_open
                        and (tap.direction = 'in' or tap.direction is null and is_repeat is not true);
                end if;

                if leaves then
                    entry.ended_at := tap.occurred_at;
                    entry.flags := case
                        when tap.event_type = 'tag_insert' and kind = 'dock' then array['removal_missed'] else '{}'
                    end;
                    if entry.ended_at = entry.started_at then
                        entry := before;
                        before := null;
                    end if;
                end if;
                -- What is archived keeps its taps, but they open nothing.
                if enters then
                    enters := not exists (
                        select from public.tags as g where g.id = tap.tag_id and g.archived_at <= tap.occurred_at
                    ) and not exists (
                        select from public.people as p where p.id = tap.person_id and p.archived_at <= tap.occurred_at
                    );
                end if;
                if enters and kind = 'dock' and entry.tag_id = tap.tag_id and entry.flags = '{}'
                    and tap.occurred_at <= entry.limit_at
                    and tap.occurred_at <= entry.ended_at + make_interval(secs => entry.merge_gap_seconds) then
                    entry.ended_at := null;
                elsif enters then
                    if before.started_at is not null then
                        done := array_append(done, before);
                    end if;
                    before := entry;
                    entry := (
                        stream, tap.occurred_at, null, tap.occurred_at + make_interval(hours => tap.max_entry_hours),
                        tap.merge_gap_seconds, tap.tag_id, tap.device_id, tap.person_id, tap.project_id, '{}'::text[]
                    )::private.paired_entries;
                end if;
            end loop;
        end loop;
        exit windows when window_end > known.last_occurred_at;
        window_start := window_end;
        window_end := window_end + 4 * (window_end - resume);
    end loop;
    if settled_at = 'infinity' and has_stops and entry.ended_at is null and entry.started_at is not null then
        entry.ended_at := private.stop_of(entry, entry.limit_at);
        -- A tap from before the stop, should one come, is a late one.
        last_moment := greatest(last_moment, entry.ended_at);
    end if;
    if before.started_at is not null then
        done := array_append(done, before);
    end if;
    if entry.started_at is not null then
        done := array_append(done, entry);
    end if;

    if is_late then
        delete from private.paired_entries as p
        where p.stream_id = stream and p.started_at >= first_start and p.started_at < settled_at
            and not exists (select from unnest(done) as d where d.started_at = p.started_at);
    end if;
    insert into private.paired_entries as p select d.* from unnest(done) as d
    on conflict (stream_id, started_at) do update
    set ended_at = excluded.ended_at, limit_at = excluded.limit_at, merge_gap_seconds = excluded.merge_gap_seconds,
        tag_id = excluded.tag_id, device_id = excluded.device_id, person_id = excluded.person_id,
        project_id = excluded.project_id, flags = excluded.flags
    where p is distinct from excluded;
    update private.streams as s set last_occurred_at = last_moment
    where s.stream_id = stream and s.last_occurred_at < last_moment;
    changed_from := first_start;
    changed_before := settled_at;
end
$$;
comment on function private.pair_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'Pairs a stream again after new or changed taps between since and until. At the end of the stream this is O(1), '
    'earlier it goes from where the stream was last empty to where nothing changes any more. The order of arrival, '
    'repetitions and batches make no difference. Entries that start at or after changed_from and before changed_before '
    'may have changed.';

-- 65_pairing/restart_time.sql
create function private.restart_time(stream uuid, since timestamptz)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    resume timestamptz := since;
    entry private.paired_entries;
begin
    select * into entry from private.paired_entries as p
    where p.stream_id = stream and p.started_at < since order by p.started_at desc limit 1;
    while entry.ended_at is null and entry.started_at is not null or entry.ended_at >= resume loop
        resume := entry.started_at;
        select * into entry from private.paired_entries as p
        where p.stream_id = stream and p.started_at < resume order by p.started_at desc limit 1;
    end loop;
    return resume;
end
$$;
comment on function private.restart_time(uuid, timestamptz) is
    'The latest time at or before since at which no entry of the stream was open.';

-- 65_pairing/stop_of.sql
create function private.stop_of(entry private.paired_entries, until timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select min(s.stopped_at)
    from private.stops as s
    where s.stream_id = entry.stream_id and s.started_at >= entry.started_at
        and s.stopped_at <= least(until, entry.limit_at)
$$;
comment on function private.stop_of(private.paired_entries, timestamptz) is
    'When people ended this open entry by hand, until some time and within its limit; null if they did not.';

-- 65_pairing/streams_of.sql
create function private.streams_of_tag(tag_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct t.stream_id, t.mode
    from private.taps as t
    where t.tag_id = streams_of_tag.tag_id and t.occurred_at >= since and t.stream_id is not null
$$;
comment on function private.streams_of_tag(uuid, timestamptz) is 'The streams with taps of this tag from since on.';

create function private.streams_of_devices(organization_id uuid, device_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    -- Per device, which the index supports.
    select distinct t.stream_id, t.mode
    from public.devices as d
    cross join lateral (
        select v.stream_id, v.mode from private.taps as v
        where v.device_id = d.id and v.organization_id = d.organization_id and v.occurred_at >= since
            and v.stream_id is not null
    ) as t
    where d.organization_id = streams_of_devices.organization_id
        and (streams_of_devices.device_id is null or d.id = streams_of_devices.device_id)
$$;
comment on function private.streams_of_devices(uuid, uuid, timestamptz) is
    'The streams with taps of a device, or of all devices of an organization, from since on.';

create function private.streams_in_any_mode(organization_id uuid, device_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct s.stream_id, s.kind
    from public.device_events as e
    left join lateral (
        select a.person_id from public.tag_assignments as a
        where a.tag_id = e.tag_id and a.valid_from <= e.occurred_at
        order by a.valid_from desc limit 1
    ) as held on true
    cross join lateral (
        values (e.device_id, 'dock'), (coalesce(held.person_id, e.tag_id), 'terminal')
    ) as s (stream_id, kind)
    where e.organization_id = streams_in_any_mode.organization_id and e.device_id = streams_in_any_mode.device_id
        and e.occurred_at >= since
$$;
comment on function private.streams_in_any_mode(uuid, uuid, timestamptz) is
    'The streams that the taps of a device belong to, or did or will in another mode.';

create function private.streams_of_person(organization_id uuid, person_id uuid, since timestamptz)
returns table (stream_id uuid, kind text)
language sql
stable
set search_path = ''
as $$
    select distinct found.stream_id, found.kind
    from (
        select a.tag_id
        from public.tag_assignments as a
        where a.person_id = streams_of_person.person_id
    ) as held
    cross join lateral private.streams_of_tag(held.tag_id, since) as found
    union
    select distinct found.stream_id, found.kind
    from (
        select distinct s.device_id
        from public.pairing_settings as s
        where s.person_id = streams_of_person.person_id and s.device_id is not null
    ) as owned
    cross join lateral private.streams_of_devices(streams_of_person.organization_id, owned.device_id, since) as found
$$;
comment on function private.streams_of_person(uuid, uuid, timestamptz) is
    'The streams with taps of the tags and devices that a person ever had.';

-- 65_pairing/taps_of_stream.sql
create function private.taps_of_stream(
    stream uuid, kind text, organization uuid, since timestamptz, before timestamptz
)
returns setof private.taps
language plpgsql
stable
set search_path = ''
as $$
begin
    if kind = 'dock' then
        return query select t.* from private.taps as t
        where t.device_id = stream and t.organization_id = organization
            and t.occurred_at >= since and t.occurred_at < before and t.mode = 'dock'
        -- The order makes the planner use the index by device while the table has no statistics yet.
        order by t.occurred_at;
    else
        return query select t.* from private.taps as t
        where t.tag_id in (
                select stream
                union
                select a.tag_id from public.tag_assignments as a where a.person_id = stream
            )
            and t.organization_id = organization and t.occurred_at >= since and t.occurred_at < before
            and t.event_type = 'tag_insert' and t.stream_id = stream;
    end if;
end
$$;
comment on function private.taps_of_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'The taps of a stream at or after since and before the other time, without order. kind is that of '
    'private.streams.';

-- 70_time/10_time_entries.sql
create table public.time_entries (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    person_id uuid,
    project_id uuid,
    tag_id uuid,
    device_id uuid,
    started_at timestamptz not null,
    ended_at timestamptz,
    limit_at timestamptz not null,
    flags text[] not null default '{}' constraint time_entries_flags_are_known
    check (flags <@ array['removal_missed', 'auto_closed', 'contradicted']),
    source text not null constraint time_entries_source_is_known check (source in ('device', 'manual')),
    note text constraint time_entries_note_is_short check (length(note) <= 2000),
    version integer not null default 1,
    created_at timestamptz not null default private.now(),
    updated_at timestamptz not null default private.now(),
    deleted_at timestamptz,
    stream_id uuid,
    paired_started_at timestamptz,
    claim_id uuid,
    claim_started_at timestamptz,
    claim_ended_at timestamptz,
    corrected_fields text[] not null default '{}' constraint time_entries_corrected_fields_are_known
    check (corrected_fields <@ array['started_at', 'ended_at', 'person_id', 'project_id']),
    end_set_at timestamptz,
    constraint time_entries_end_after_start check (ended_at >= started_at),
    -- So that entries overlapping a time can be found by their start. Pairing limits entries to a week, too.
    constraint time_entries_last_a_week_at_most check (ended_at <= started_at + interval '168 hours'),
    constraint time_entries_belong_to_somebody check (person_id is not null or tag_id is not null),
    foreign key (person_id, organization_id) references public.people (id, organization_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
) with (fillfactor = 80);
comment on table public.time_entries is
    'Time as people see it; ended_at null: still running. source is device (from taps) or manual. corrected_fields '
    'names what people corrected; that is never overwritten. A corrected row stands for the taps'' entry from '
    'claim_started_at to claim_ended_at (after a split two rows share a claim_id); its other fields follow the taps.';

create unique index time_entries_one_per_paired on public.time_entries (stream_id, paired_started_at)
where claim_id is null and stream_id is not null;
create index time_entries_claims on public.time_entries (stream_id, claim_id) where claim_id is not null;

create unique index time_entries_one_running_by_hand on public.time_entries (person_id)
where source = 'manual' and ended_at is null and deleted_at is null;
create index time_entries_newest on public.time_entries (organization_id, started_at desc, id);
create index time_entries_by_person on public.time_entries (person_id, organization_id, started_at desc);
create index time_entries_by_project on public.time_entries (project_id, organization_id, started_at desc);
create index time_entries_by_tag on public.time_entries (tag_id, organization_id);
create index time_entries_by_device on public.time_entries (device_id, organization_id);
create index time_entries_running on public.time_entries (organization_id, limit_at)
where ended_at is null and deleted_at is null;
create index time_entries_forgotten on public.time_entries (ended_at)
where flags @> array['auto_closed'] and deleted_at is null;
create index time_entries_claims_by_start on public.time_entries (stream_id, claim_started_at)
where claim_id is not null;
alter table public.time_entries enable row level security;
revoke all on table public.time_entries from public, anon, authenticated, service_role;
grant select on public.time_entries to authenticated, service_role;

create function private.clear_forgotten_alert()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    perform private.clear_alerts(old.id, 'missing_clock_out');
    return null;
end
$$;
comment on function private.clear_forgotten_alert() is
    'Trigger function on time_entries: clears the alert of an entry that is no longer forgotten. sweep raises it.';

-- 70_time/add_time_entry.sql
create function private.add_time_entry(
    organization_id uuid, person_id uuid, project_id uuid, started_at timestamptz, ended_at timestamptz, reason text,
    note text
)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    perform private.require_own_or_operator(organization_id, person_id);
    reason := private.require_reason(reason);
    perform private.require_possible_time(started_at, ended_at);
    if person_id is null then
        perform private.refuse(422, 'person_required', 'Time belongs to somebody.');
    end if;
    if length(note) > 2000 then
        perform private.refuse(422, 'invalid_note', 'A note has at most 2,000 characters.');
    end if;
    perform private.require_of_organization(organization_id, person_id, project_id);
    perform private.require_not_archived(person_id, project_id);
    entry.id := gen_random_uuid();
    entry.organization_id := organization_id;
    entry.person_id := person_id;
    entry.project_id := project_id;
    entry.started_at := started_at;
    entry.ended_at := ended_at;
    entry.limit_at := private.limit_of_entry(organization_id, started_at);
    entry.source := 'manual';
    entry.note := note;
    entry.flags := '{}';
    entry.corrected_fields := '{}';
    entry.version := 1;
    entry.created_at := private.now();
    entry.updated_at := private.now();
    perform private.store_entry(entry);
    return private.audit_entry(entry.id, 'add', null, reason);
end
$$;
comment on function private.add_time_entry(uuid, uuid, uuid, timestamptz, timestamptz, text, text) is
    'Through public.add_time_entry.';
grant execute on function private.add_time_entry(uuid, uuid, uuid, timestamptz, timestamptz, text, text)
to authenticated;

create function public.add_time_entry(
    organization_id uuid, person_id uuid, project_id uuid, started_at timestamptz, ended_at timestamptz, reason text,
    note text default null
)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.add_time_entry(organization_id, person_id, project_id, started_at, ended_at, reason, note)
$$;
comment on function public.add_time_entry(uuid, uuid, uuid, timestamptz, timestamptz, text, text) is
    'Own time, or operators: adds an entry without taps. ended_at null: it is running.';
grant execute on function public.add_time_entry(uuid, uuid, uuid, timestamptz, timestamptz, text, text)
to authenticated;

-- 70_time/alert_archived_taps.sql
insert into public.alert_kinds (kind, source_type, severity, capability) values
('archived_tap', 'device', 'warning', 'time');

create function private.alert_archived_taps(caller private.caller, event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    -- Few organizations have anything archived, and each tap would pay for the question.
    if not exists (
            select from public.tags as g
            where g.organization_id = caller.organization_id and g.archived_at is not null
        ) and not exists (
            select from public.people as p
            where p.organization_id = caller.organization_id and p.archived_at is not null
        ) then
        return;
    end if;
    perform private.raise_alert(
        caller.organization_id, 'archived_tap', caller.device_id,
        jsonb_build_object(
            'tag_id', tap.tag_id, 'tag_uid', tap.tag_uid, 'person_id', tap.person_id, 'occurred_at', tap.occurred_at
        )
    )
    from (
        select t.tag_id, t.tag_uid, t.person_id, t.occurred_at
        from private.taps as t
        inner join public.tags as g on t.tag_id = g.id
        left join public.people as p on t.person_id = p.id
        where t.id = any(event_ids) and t.mode is not null and t.event_type = 'tag_insert'
            and (g.archived_at <= t.occurred_at or p.archived_at <= t.occurred_at)
        order by t.occurred_at desc, t.id desc
        limit 1
    ) as tap;
end
$$;
comment on function private.alert_archived_taps(private.caller, bigint[]) is
    'Raises an alert for a reader at which an archived tag, or an archived person''s, was tapped: nobody''s time is kept '
    'there. Only a person clears it.';

-- 70_time/audit_entry.sql
create function private.audit_entry(entry_id uuid, action text, before public.time_entries, reason text)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
    internals text[] := array[
        'stream_id', 'paired_started_at', 'claim_id', 'claim_started_at', 'claim_ended_at', 'end_set_at'
    ];
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.write_audit(
        coalesce(entry.organization_id, before.organization_id), action, 'time_entries', entry_id::text,
        case when before.id is not null then to_jsonb(before) - internals end,
        case when entry.id is not null then to_jsonb(entry) - internals end,
        reason
    );
    return entry;
end
$$;
comment on function private.audit_entry(uuid, text, public.time_entries, text) is
    'Writes an entry before and after a change into the audit log; returns the entry as it is now.';

-- 70_time/change_time_entry.sql
create function private.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := before;
    field text;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if jsonb_typeof(changes) is distinct from 'object' or changes = '{}' then
        perform private.refuse(422, 'no_changes', 'Expected an object with what changes.');
    end if;
    entry := private.claim_entry(entry);
    for field in select jsonb_object_keys(changes) loop
        if field not in ('started_at', 'ended_at', 'person_id', 'project_id', 'note') then
            perform private.refuse(422, 'unknown_field', format('An entry has no field %s to change.', field));
        end if;
        -- PostgreSQL would also accept words such as yesterday.
        if field in ('started_at', 'ended_at') and changes ->> field !~ '^\d{4}-\d\d-\d\d[T ]' then
            perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
        end if;
        if entry.stream_id is not null and field <> 'note' then
            entry.corrected_fields := array_remove(entry.corrected_fields, field);
            -- A time set to null follows the taps again.
            if changes ->> field is not null or field in ('person_id', 'project_id') then
                entry.corrected_fields := entry.corrected_fields || field;
            end if;
        end if;
    end loop;
    begin
        entry := jsonb_populate_record(
            entry,
            case when changes -> 'started_at' = 'null' then changes - 'started_at' else changes end
        );
    exception when data_exception then
        perform private.refuse(422, 'invalid_value', 'Expected times in ISO 8601 and ids as UUIDs.');
    end;
    if length(entry.note) > 2000 then
        perform private.refuse(422, 'invalid_note', 'A note has at most 2,000 characters.');
    end if;
    if changes ? 'started_at' or changes ? 'ended_at' then
        perform private.require_possible_time(entry.started_at, entry.ended_at);
    end if;
    if entry.person_id is null and (entry.tag_id is null or before.person_id is not null) then
        perform private.refuse(422, 'person_required', 'Time belongs to somebody.');
    end if;
    perform private.require_of_organization(entry.organization_id, entry.person_id, entry.project_id);
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    perform private.require_not_archived(
        nullif(entry.person_id, before.person_id), nullif(entry.project_id, before.project_id)
    );
    if entry.stream_id is null then
        entry.limit_at := private.limit_of_entry(entry.organization_id, entry.started_at);
        entry.flags := '{}';
    end if;
    if changes ? 'ended_at' then
        entry.end_set_at := private.end_set_at(entry);
    end if;
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'change', before, reason);
end
$$;
comment on function private.change_time_entry(uuid, integer, jsonb, text) is 'Through public.change_time_entry.';
grant execute on function private.change_time_entry(uuid, integer, jsonb, text) to authenticated;

create function public.change_time_entry(entry_id uuid, expected_version integer, changes jsonb, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.change_time_entry(entry_id, expected_version, changes, reason)
$$;
comment on function public.change_time_entry(uuid, integer, jsonb, text) is
    'Own time, or operators. changes may have started_at, ended_at, person_id, project_id and note. A time set to '
    'null follows the taps again; without taps the entry is running again. 409 version_conflict if the entry has '
    'changed since the caller saw it.';
grant execute on function public.change_time_entry(uuid, integer, jsonb, text) to authenticated;

-- 70_time/claims.sql
create function private.claim_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.stream_id is not null and entry.claim_id is null then
        entry.claim_id := entry.id;
        entry.claim_started_at := entry.started_at;
        entry.claim_ended_at := entry.ended_at;
    end if;
    return entry;
end
$$;
comment on function private.claim_entry(public.time_entries) is
    'Before the first correction of an entry, stores what the taps said.';

create function private.end_set_at(entry public.time_entries)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select case
        when entry.stream_id is null or not 'ended_at' = any(entry.corrected_fields) then null
        when entry.ended_at > entry.end_set_at then private.now()
        else coalesce(entry.end_set_at, private.now())
    end
$$;
comment on function private.end_set_at(public.time_entries) is
    'When people ended an entry from taps by hand: the first time that they said an end, or the first that they said a '
    'later one than that.';

create function private.clean_cut(stream uuid, at timestamptz, goes_back boolean)
returns timestamptz
language plpgsql
stable
set search_path = ''
as $$
declare
    cut timestamptz := at;
    earliest timestamptz;
    latest timestamptz;
begin
    loop
        select min(span.started_at), max(span.ended_at) into earliest, latest
        from (
            select p.started_at, coalesce(p.ended_at, p.limit_at) as ended_at
            from private.paired_entries as p
            where p.stream_id = stream and p.started_at between cut - interval '168 hours' and cut
            union all
            select t.claim_started_at, t.claim_ended_at
            from public.time_entries as t
            where t.stream_id = stream and t.claim_id is not null
                and t.claim_started_at between cut - interval '168 hours' and cut
        ) as span
        where span.started_at < cut and span.ended_at > cut;
        exit when earliest is null;
        cut := case when goes_back then earliest else latest end;
    end loop;
    return cut;
end
$$;
comment on function private.clean_cut(uuid, timestamptz, boolean) is
    'The nearest time, before or after, that lies within no paired entry and no correction of the stream, so that '
    'both sides can be published apart. Entries last at most a week.';

create function private.base_in_force(corrected public.time_entries)
returns private.paired_entries
language sql
stable
set search_path = ''
as $$
    select
        corrected.stream_id, t.occurred_at,
        case when corrected.claim_ended_at is null and limits.at < private.now() then limits.at else corrected.claim_ended_at end,
        limits.at, t.merge_gap_seconds, t.tag_id, t.device_id, t.person_id, t.project_id,
        case
            when corrected.claim_ended_at is null and limits.at < private.now() then array['auto_closed'] else '{}'
        end
    from private.taps as t
    cross join lateral (select t.occurred_at + make_interval(hours => t.max_entry_hours) as at) as limits
    where t.organization_id = corrected.organization_id and t.device_id = corrected.device_id
        and t.tag_id = corrected.tag_id and t.occurred_at = corrected.claim_started_at and t.event_type = 'tag_insert'
    limit 1
$$;
comment on function private.base_in_force(public.time_entries) is
    'What a corrected entry stands on when the taps no longer give one: the time that people saw, with what was in force '
    'at the tap that had opened it.';

create function private.is_contradicted(
    corrected public.time_entries, base private.paired_entries, shown_end timestamptz
)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case
        when 'started_at' = any(corrected.corrected_fields) and base.started_at <> corrected.claim_started_at then true
        when not 'ended_at' = any(corrected.corrected_fields) then false
        when corrected.claim_ended_at is not null then base.ended_at is distinct from corrected.claim_ended_at
        -- Ended while it was running: a tag that stayed longer is no contradiction, one that left earlier is.
        else coalesce(
            base.ended_at < least(shown_end, corrected.end_set_at) and not 'auto_closed' = any(base.flags), false
        )
    end
$$;
comment on function private.is_contradicted(public.time_entries, private.paired_entries, timestamptz) is
    'Whether the taps say another start or end than when people corrected it.';

create function private.follow_taps(
    corrected public.time_entries, base private.paired_entries, is_gone boolean, is_divided boolean
)
returns public.time_entries
language plpgsql
stable
set search_path = ''
as $$
declare
    shown public.time_entries := corrected;
    fixed text[] := corrected.corrected_fields;
    week interval := interval '168 hours';
begin
    shown.flags := base.flags;
    shown.paired_started_at := case when not is_gone then base.started_at end;
    shown.limit_at := base.limit_at;
    if not 'person_id' = any(fixed) then
        shown.person_id := base.person_id;
    end if;
    if not 'project_id' = any(fixed) then
        shown.project_id := base.project_id;
    end if;
    if not 'started_at' = any(fixed) then
        shown.started_at := base.started_at;
    end if;
    -- Corrected fields stay. Where they leave no possible entry, the fields that follow the taps give way.
    if 'ended_at' = any(fixed) then
        shown.started_at := least(greatest(shown.started_at, shown.ended_at - week), shown.ended_at);
        shown.flags := '{}';
    else
        shown.ended_at := case
            when base.ended_at is not null
                then least(greatest(base.ended_at, shown.started_at), shown.started_at + week)
        end;
    end if;
    if is_gone or is_divided or private.is_contradicted(corrected, base, shown.ended_at) then
        shown.flags := shown.flags || 'contradicted'::text;
    end if;
    return shown;
end
$$;
comment on function private.follow_taps(public.time_entries, private.paired_entries, boolean, boolean) is
    'A corrected entry over what the taps say: corrected fields stay, the others follow, a contradiction is flagged.';

create function private.entries_of_claim(
    stream private.streams, claim public.time_entries, taken timestamptz[]
)
returns timestamptz[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(p.started_at order by p.started_at), '{}')
    from private.paired_entries as p
    where p.stream_id = stream.stream_id and p.started_at <> all(taken)
        -- In a dock the other tags are other people's. At a terminal the stream is one person's, whatever the badge.
        and (stream.kind = 'terminal' or p.tag_id = claim.tag_id)
        and p.started_at >= claim.claim_started_at - interval '168 hours'
        and p.started_at
        < coalesce(claim.claim_ended_at, claim.claim_started_at + interval '1 microsecond')
        and coalesce(p.ended_at, p.limit_at) > claim.claim_started_at
$$;
comment on function private.entries_of_claim(private.streams, public.time_entries, timestamptz[]) is
    'The starts of the paired entries that a correction means: the one that spans the tap that had opened what people '
    'saw, and the others in the time that they saw; without those that are taken.';

create function private.publish_claims(stream uuid, since timestamptz, before timestamptz)
returns timestamptz[]
language plpgsql
set search_path = ''
as $$
declare
    known private.streams;
    claimed timestamptz[] := '{}'::timestamptz[];
    starts timestamptz[];
    claim record;
    base private.paired_entries;
    corrected public.time_entries;
    shown public.time_entries;
begin
    select * into known from private.streams as s where s.stream_id = stream;
    for claim in
        select
            (array_agg(t))[1] as first_part,
            bool_or(t.deleted_at is not null or t.corrected_fields && array['started_at', 'ended_at']) as replaces
        from public.time_entries as t
        where t.stream_id = stream and t.claim_id is not null and t.claim_started_at >= since
            and t.claim_started_at < before
        group by t.claim_id, t.claim_started_at, t.tag_id, t.device_id
        -- Of two that mean one entry the earlier takes it; at one instant what people can see decides.
        order by
            t.claim_started_at, (select g.uid from public.tags as g where g.id = t.tag_id), t.device_id, t.claim_id
    loop
        starts := private.entries_of_claim(known, claim.first_part, claimed);
        -- If only person or project was corrected, further entries in that time are published as they are.
        claimed := claimed || case when claim.replaces then starts else starts[1:1] end;
        if starts[1] is null then
            base := private.base_in_force(claim.first_part);
        else
            select p.* into base
            from private.paired_with_clock(stream, starts[1], starts[1] + interval '1 microsecond') as p;
        end if;
        for corrected in
            select * from public.time_entries as t
            where t.stream_id = stream and t.claim_id = (claim.first_part).claim_id
        loop
            shown := private.follow_taps(
                corrected, base, starts[1] is null, claim.replaces and cardinality(starts) > 1
            );
            update public.time_entries as t
            set started_at = shown.started_at, ended_at = shown.ended_at, flags = shown.flags,
                person_id = shown.person_id, project_id = shown.project_id, limit_at = shown.limit_at,
                paired_started_at = shown.paired_started_at, version = t.version + 1, updated_at = private.now()
            where t.id = corrected.id and shown is distinct from corrected;
        end loop;
    end loop;
    return claimed;
end
$$;
comment on function private.publish_claims(uuid, timestamptz, timestamptz) is
    'Updates the corrected entries of a stream between two clean cuts. Returns the starts of the paired entries that '
    'they replace.';

-- 70_time/correction_rules.sql
create function private.require_reason(reason text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
    if coalesce(btrim(reason), '') = '' or length(reason) > 500 then
        perform private.refuse(422, 'invalid_reason', 'Every correction has a reason of 1 to 500 characters.');
    end if;
    return btrim(reason);
end
$$;
comment on function private.require_reason(text) is
    'The reason without surrounding white space; refuses with 422 if it is empty or too long.';

create function private.require_possible_time(started_at timestamptz, ended_at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if started_at is null or started_at < timestamptz '1970-01-01 00:00:00+00' then
        perform private.refuse(422, 'invalid_started_at', 'An entry has a start, in 1970 or later.');
    end if;
    if ended_at <= started_at then
        perform private.refuse(422, 'end_before_start', 'An entry ends after it starts.');
    end if;
    if ended_at > started_at + interval '168 hours' then
        perform private.refuse(422, 'too_long', 'An entry lasts a week at most.');
    end if;
    if coalesce(ended_at, started_at) > private.now() + interval '1 minute' then
        perform private.refuse(422, 'in_the_future', 'Time is recorded when it has passed.');
    end if;
end
$$;
comment on function private.require_possible_time(timestamptz, timestamptz) is
    'Refuses with 422 unless the start is before the end, at most a week before it, and neither is in the future.';

create function private.limit_of_entry(organization_id uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select limit_of_entry.started_at + make_interval(hours => coalesce((
        select s.max_entry_hours from public.pairing_settings as s
        where s.organization_id = limit_of_entry.organization_id and s.device_id is null
            and s.valid_from <= limit_of_entry.started_at
        order by s.valid_from desc limit 1
    ), 12))
$$;
comment on function private.limit_of_entry(uuid, timestamptz) is 'When an entry without taps is forgotten.';

-- 70_time/delete_time_entry.sql
create function private.delete_time_entry(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := private.claim_entry(before);
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        return before;
    end if;
    entry.deleted_at := private.now();
    perform private.store_entry(entry);
    return private.audit_entry(entry_id, 'delete', before, reason);
end
$$;
comment on function private.delete_time_entry(uuid, integer, text) is 'Through public.delete_time_entry.';
grant execute on function private.delete_time_entry(uuid, integer, text) to authenticated;

create function public.delete_time_entry(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.delete_time_entry(entry_id, expected_version, reason)
$$;
comment on function public.delete_time_entry(uuid, integer, text) is
    'Own time, or operators: hides the entry; later taps do not bring it back. restore_time_entry undoes it.';
grant execute on function public.delete_time_entry(uuid, integer, text) to authenticated;

-- 70_time/entry_of_event.sql
create function private.entry_of_event(event_id bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object(
        'id', e.id,
        'change', case
            when p.started_at = t.occurred_at then 'opened'
            when p.ended_at = t.occurred_at then 'closed'
            else 'continued'
        end,
        'started_at', e.started_at,
        'ended_at', e.ended_at
    )
    from private.taps as t
    join lateral (
        select * from private.paired_entries as p
        where p.stream_id = t.stream_id and p.started_at <= t.occurred_at
        order by p.started_at desc limit 1
    ) as p on p.ended_at is null or p.ended_at >= t.occurred_at
    join lateral (
        -- Two queries, because uncorrected and corrected entries have separate indexes.
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is null
        union all
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is not null
    ) as e on e.deleted_at is null
    where t.id = event_id
    order by e.started_at limit 1
$$;
comment on function private.entry_of_event(bigint) is
    'The time entry that an event opened or closed, or during which it happened; null if there is none.';

-- 70_time/lock_entry.sql
create function private.lock_entry(entry_id uuid, expected_version integer)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    select * into entry from public.time_entries as t where t.id = entry_id;
    perform private.require_own_or_operator(entry.organization_id, entry.person_id);
    -- The stream first, in the same order as when events are recorded.
    perform from private.streams as s where s.stream_id = entry.stream_id for update;
    select * into entry from public.time_entries as t where t.id = entry_id for update;
    if entry.version is distinct from coalesce(expected_version, entry.version) then
        perform private.refuse(
            409, 'version_conflict', 'Somebody, or a tap, changed this entry meanwhile. Look at it again.'
        );
    end if;
    return private.settle_entry(entry);
end
$$;
comment on function private.lock_entry(uuid, integer) is
    'The entry as of now, locked together with its stream. Refuses if the caller may not correct it, or if it is not the '
    'expected version (null: any version).';

-- 70_time/pair_again.sql
create function private.facts_of_entry(entry public.time_entries)
returns jsonb
language sql
immutable
set search_path = ''
as $$
    select jsonb_build_array(entry.person_id, entry.project_id, entry.started_at, entry.ended_at, entry.flags)
$$;
comment on function private.facts_of_entry(public.time_entries) is 'The fields of an entry whose change people see.';

create function private.facts_of_streams(streams uuid[], since timestamptz)
returns jsonb
language sql
stable
set search_path = ''
as $$
    -- Two queries, because each has its own index. An entry lasts at most a week.
    select coalesce(jsonb_object_agg(shown.id, shown.facts), '{}')
    from (
        select t.id, private.facts_of_entry(t) as facts
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is null
            and t.paired_started_at >= since - interval '168 hours'
        union all
        select t.id, private.facts_of_entry(t)
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is not null and t.deleted_at is null
    ) as shown
$$;
comment on function private.facts_of_streams(uuid[], timestamptz) is
    'What people see of the entries that a change from since on may affect, by id.';

create function private.move_corrections(streams uuid[], organization uuid, since timestamptz)
returns void
language sql
set search_path = ''
as $$
    update public.time_entries as t
    set stream_id = v.stream_id
    from private.taps as v
    where t.stream_id = any(streams) and t.claim_id is not null and t.claim_started_at >= since
        and v.organization_id = organization and v.device_id = t.device_id and v.tag_id = t.tag_id
        and v.occurred_at = t.claim_started_at and v.event_type = 'tag_insert' and v.stream_id <> t.stream_id;
    delete from private.stops as s where s.stream_id = any(streams) and s.started_at >= since;
    select private.note_stop(stopped.stream_id, stopped.claim_started_at)
    from (
        select distinct t.stream_id, t.claim_started_at
        from public.time_entries as t
        where t.stream_id = any(streams) and t.claim_id is not null and t.claim_started_at >= since
            -- The stream of a dock is the device; its tag is still in.
            and t.stream_id <> t.device_id
    ) as stopped
$$;
comment on function private.move_corrections(uuid[], uuid, timestamptz) is
    'When a tag gets another person, its taps at terminals belong to another stream; this moves their corrections '
    'and stops there.';

create function private.pair_again(streams uuid[], kinds text[], organization_id uuid, since timestamptz)
returns integer
language plpgsql
set search_path = ''
as $$
declare
    before jsonb;
    changed integer;
    stream record;
begin
    perform from private.streams as s where s.stream_id = any(streams) order by s.stream_id for update;
    before := private.facts_of_streams(streams, since);
    perform private.move_corrections(streams, organization_id, since);
    for stream in
        select distinct * from unnest(streams, kinds) as s (stream_id, kind) order by s.stream_id
    loop
        perform private.recompute_stream(stream.stream_id, stream.kind, organization_id, since);
    end loop;
    select count(*) into changed
    from jsonb_each(before) as b
    full join jsonb_each(private.facts_of_streams(streams, since)) as a on a.key = b.key
    where a.value is distinct from b.value;
    return changed;
end
$$;
comment on function private.pair_again(uuid[], text[], uuid, timestamptz) is
    'Pairs streams again from a time on, after a change of what pairing depends on. Returns how many entries differ.';

-- 70_time/pair_changes.sql
create function private.pair_tag_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    is_given boolean := old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id;
    since timestamptz := least(case when is_given then private.now() end, old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    -- relabel_tag pairs what it changes by itself.
    if coalesce(current_setting('gatebook.assigned_from', true), '') <> '' then
        return null;
    end if;
    -- Waits for taps of this tag that are being recorded, and lets none in before the change holds.
    perform from public.tags as t where t.id = new.id for update;
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(new.id, since) as s;
    if streams is not null then
        -- Its taps at terminals were others' before.
        select streams || array_agg(s.stream_id), kinds || array_agg('terminal'::text) into streams, kinds
        from (
            select new.id as stream_id
            union
            select a.person_id from public.tag_assignments as a where a.tag_id = new.id and a.person_id is not null
        ) as s;
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
comment on function private.pair_tag_changes() is
    'Trigger function on tags: pairs again what a change of person, project or archive touches, such as taps of a clock '
    'that is ahead.';

create function private.pair_device_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    streams uuid[];
    kinds text[];
begin
    perform private.lock_recording(new.organization_id, new.id);
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_in_any_mode(new.organization_id, new.id, private.now()) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, private.now());
    end if;
    return null;
end
$$;
comment on function private.pair_device_changes() is
    'Trigger function on devices: pairs again what a change of mode or owner touches, such as taps of a clock that is '
    'ahead, or those being recorded meanwhile.';

create function private.pair_person_changes()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := least(old.archived_at, new.archived_at);
    streams uuid[];
    kinds text[];
begin
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_person(new.organization_id, new.id, since) as s;
    if streams is not null then
        perform private.pair_again(streams, kinds, new.organization_id, since);
    end if;
    return null;
end
$$;
comment on function private.pair_person_changes() is
    'Trigger function on people: pairs again what was tapped since somebody was archived, or while they were.';

-- 70_time/pair_events.sql
create function private.pair_events(event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
declare
    sent record;
    touched record;
begin
    select e.device_id, e.organization_id, min(e.occurred_at) as since, max(e.occurred_at) as until into sent
    from public.device_events as e
    where e.id = any(event_ids)
    group by e.device_id, e.organization_id;
    -- All events of a dock are one stream, so none has to be looked up.
    if private.is_dock(sent.device_id, sent.organization_id, sent.since, sent.until) then
        perform private.recompute_stream(sent.device_id, 'dock', sent.organization_id, sent.since, sent.until);
        return;
    end if;
    for touched in
        select t.stream_id, t.mode, t.organization_id, min(t.occurred_at) as since, max(t.occurred_at) as until
        from private.taps as t
        where t.id = any(event_ids) and t.stream_id is not null
        group by t.stream_id, t.mode, t.organization_id
        -- All transactions use the same order, so that they cannot deadlock.
        order by t.stream_id
    loop
        perform private.recompute_stream(
            touched.stream_id, touched.mode, touched.organization_id, touched.since, touched.until
        );
    end loop;
end
$$;
comment on function private.pair_events(bigint[]) is
    'Pairs the streams of new events of one device, and publishes the result.';

-- 70_time/publish_entries.sql
create function private.publish_entries(stream uuid, since timestamptz, before timestamptz default 'infinity')
returns void
language plpgsql
set search_path = ''
as $$
declare
    -- Starts of the paired entries that corrections replace.
    claimed timestamptz[] := '{}'::timestamptz[];
begin
    if exists (select from public.time_entries as t where t.stream_id = stream and t.claim_id is not null) then
        since := private.clean_cut(stream, since, true);
        before := private.clean_cut(stream, before, false);
        claimed := private.publish_claims(stream, since, before);
    end if;
    delete from public.time_entries as t
    where t.stream_id = stream and t.claim_id is null and t.paired_started_at >= since
        and t.paired_started_at < before
        and (
            t.paired_started_at = any(claimed)
            or not exists (
                select from private.paired_entries as p
                where p.stream_id = stream and p.started_at >= since and p.started_at = t.paired_started_at
            )
        );
    insert into public.time_entries as t (
        organization_id, person_id, project_id, tag_id, device_id, started_at, ended_at, limit_at, flags, source,
        stream_id, paired_started_at
    )
    select
        s.organization_id, p.person_id, p.project_id, p.tag_id, p.device_id, p.started_at, p.ended_at, p.limit_at,
        p.flags, 'device', stream, p.started_at
    from private.paired_with_clock(stream, since, before) as p
    join private.streams as s on s.stream_id = stream
    where p.started_at <> all(claimed)
    on conflict (stream_id, paired_started_at) where claim_id is null and stream_id is not null do update
    set person_id = excluded.person_id, project_id = excluded.project_id, tag_id = excluded.tag_id,
        device_id = excluded.device_id, ended_at = excluded.ended_at, limit_at = excluded.limit_at,
        flags = excluded.flags, version = t.version + 1, updated_at = private.now()
    where (t.person_id, t.project_id, t.tag_id, t.device_id, t.ended_at, t.limit_at, t.flags)
        is distinct from (
            excluded.person_id, excluded.project_id, excluded.tag_id, excluded.device_id, excluded.ended_at,
            excluded.limit_at, excluded.flags
        );
end
$$;
comment on function private.publish_entries(uuid, timestamptz, timestamptz) is
    'Updates time_entries from the paired entries of a stream that start at or after since and before the other time. '
    'Corrections stay.';

-- 70_time/read_event_again.sql
create function private.judge_again(said text, time_zone text, old public.device_events)
returns public.device_events
language plpgsql
stable
set search_path = ''
as $$
declare
    judged public.device_events := old;
    is_aware boolean := said like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____']);
    device_at timestamptz := case
        when is_aware then said::timestamptz
        -- Of two instants the one that it was taken for, which the order of its request may have decided.
        else coalesce(
            (select i from unnest(private.local_instants(said::timestamp, time_zone)) as i where i = old.occurred_at),
            (private.local_times(
                jsonb_build_array(jsonb_build_object('device_at', said)), time_zone, old.received_at
            ))[1].at
        )
    end;
begin
    judged.time_quality := case
        when device_at is null or device_at < timestamptz '2020-01-01 00:00:00+00' then 'unsynced'
        when device_at > old.received_at + interval '2 minutes' then 'ahead'
        when is_aware then 'synced'
        else 'local'
    end;
    if judged.time_quality in ('synced', 'local') then
        judged.occurred_at := device_at;
    elsif old.time_quality in ('synced', 'local') then
        judged.occurred_at := old.received_at;
    end if;
    judged.is_by_order := old.is_by_order and judged.time_quality = 'local' and judged.occurred_at = old.occurred_at;
    return judged;
end
$$;
comment on function private.judge_again(text, text, public.device_events) is
    'The event with another time of the device, by the rules of time as they were when it was received.';

create function private.read_event_again(old public.device_events, event jsonb, caller private.caller)
returns public.device_events
language plpgsql
stable
set search_path = ''
as $$
declare
    anew public.device_events := private.judge_again(event ->> 'device_at', caller.time_zone, old);
begin
    anew.event_type := event ->> 'event_type';
    anew.tag_uid := event ->> 'tag_uid';
    anew.direction := event ->> 'direction';
    anew.device_time := event ->> 'device_time';
    anew.no_card := private.no_card(anew.tag_uid);
    anew.reading_version := caller.reading_version;
    anew.supersedes := old.id;
    if coalesce(anew.event_type, '') not in ('tag_insert', 'tag_removed') or anew.direction not in ('in', 'out')
        or coalesce(anew.tag_uid, '') !~ '^(([0-9A-F]{2}){4,32}|T:.{1,64})$' then
        perform private.refuse(422, 'invalid_reading', 'A reading says event_type, tag_uid and direction as events do.');
    end if;
    -- As record_device_events would key it, so that a device that sends it once more stores it not again.
    anew.dedupe_key := case
        when anew.time_quality = 'unsynced' then md5(format('replay %s %s', old.id, caller.reading_version))::uuid
        else md5(jsonb_build_array(
            event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction',
            case
                when anew.time_quality = 'local' then event -> 'device_at'
                else to_jsonb(extract(epoch from (event ->> 'device_at')::timestamptz))
            end
        )::text)::uuid
    end;
    return anew;
end
$$;
comment on function private.read_event_again(public.device_events, jsonb, private.caller) is
    'An event as it is read now; everything else of it stays.';

-- 70_time/recompute_stream.sql
create function private.recompute_stream(
    stream uuid, kind text, organization uuid, since timestamptz, until timestamptz default 'infinity'
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    changed record;
begin
    select * into changed from private.pair_stream(stream, kind, organization, since, until);
    perform private.publish_entries(stream, changed.changed_from, changed.changed_before);
end
$$;
comment on function private.recompute_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'Pairs a stream again after new or changed taps between since and until, and updates time_entries with the result.';

-- 70_time/record_device_events.sql
create function private.answer_reading(caller private.caller)
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object(
        'device', jsonb_build_object(
            'id', d.id, 'external_id', d.external_id, 'organization_id', d.organization_id
        ),
        'rate', jsonb_build_object('limit', d.requests_per_minute, 'remaining', 0, 'reset_seconds', 60),
        'results', '[]'::jsonb,
        'reading', jsonb_build_object(
            'version', caller.reading_version, 'payload_map', d.payload_map, 'tag_format', d.tag_format
        )
    )
    from public.devices as d
    where d.id = caller.device_id
$$;
comment on function private.answer_reading(private.caller) is
    'Instead of results: how the payloads of the caller are read now, for a function that read them otherwise.';

create function private.record_device_events(
    device_key text, key_kind text, events jsonb, reading_version integer
)
returns jsonb
language plpgsql
security definer
set search_path = ''
-- Planning the same queries again took a quarter of the time of a tap.
set plan_cache_mode = force_generic_plan
as $$
declare
    caller private.caller := private.caller_of(device_key, key_kind);
    status public.device_status;
    request private.request;
    incoming private.incoming_event[];
    latest private.incoming_event;
    stored_ids bigint[];
    said_ids text[];
    results jsonb;
begin
    if jsonb_typeof(events) is distinct from 'array' or jsonb_array_length(events) > 500 then
        perform private.refuse(422, 'invalid_events', 'Expected an array of at most 500 events.');
    end if;
    if record_device_events.reading_version <> caller.reading_version then
        return private.answer_reading(caller);
    end if;
    said_ids := array(
        select i.event ->> 'device_id'
        from jsonb_array_elements(events) with ordinality as i (event, place)
        where i.event ->> 'device_id' is not null
        group by 1 order by min(i.place)
    );
    if cardinality(said_ids) > 0 then
        caller.accepted_ids := private.settle_reported_ids(caller, said_ids);
    end if;
    status := private.count_request(caller);
    request := private.request_of(events, status);
    incoming := private.read_events(events, caller, status, request);
    if cardinality(incoming) > 0 then
        perform private.add_unknown_tags(incoming, caller);
        with stored as (
            insert into public.device_events (
                organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
                time_quality, dedupe_key, payload, is_by_order, no_card, reading_version
            )
            select
                caller.organization_id, caller.device_id, e.event_type, t.id, e.tag_uid, e.direction, e.device_time,
                e.occurred_at, private.now(), e.time_quality, e.dedupe_key, e.payload,
                e.is_by_order, case when t.id is null then e.no_card end, caller.reading_version
            from unnest(incoming) as e
            left join public.tags as t on t.organization_id = caller.organization_id and t.uid = e.tag_uid
                and case e.no_card
                    when 'unreadable' then false
                    when 'random_id' then private.is_assigned(t.id, e.occurred_at)
                    else true
                end
            order by e.place
            on conflict (device_id, dedupe_key) do nothing
            returning id
        )
        select array_agg(id) into stored_ids from stored;
        if stored_ids is not null then
            perform private.pair_events(stored_ids);
            perform private.alert_archived_taps(caller, stored_ids);
            if exists (select from unnest(incoming) as e where e.sequence_number is not null) then
                perform private.follow_sequence(caller, status, incoming, stored_ids);
            end if;
        end if;
        perform private.follow_clock(caller, status, incoming);
        latest := incoming[cardinality(incoming)];
        update public.device_status as s
        set last_event_received_at = private.now(),
            last_event_key = latest.dedupe_key,
            last_event_signature = latest.signature,
            last_request_id = request.id,
            last_request_signature = request.signature
        where s.device_id = caller.device_id;
    end if;

    select coalesce(jsonb_agg(
        case
            when r.dedupe_key is null then jsonb_build_object(
                'status', 'rejected', 'error', 'device_mismatch',
                'detail', format('The credential belongs to %s, the body names another device.', caller.external_id)
            )
            else jsonb_build_object(
                'status', case when r.id = any(stored_ids) and r.is_first then 'stored' else 'duplicate' end,
                'event_id', r.id,
                'occurred_at', r.occurred_at,
                'time_quality', r.time_quality,
                -- Costs a query for each event, so only for a single tap, not in a batch.
                'time_entry', case when jsonb_array_length(events) = 1 then private.entry_of_event(r.id) end
            )
        end
        order by r.place
    ), '[]') into results
    from (
        select
            i.place, e.dedupe_key, d.id, d.occurred_at, d.time_quality,
            row_number() over (partition by e.dedupe_key order by i.place) = 1 as is_first
        from generate_series(1, jsonb_array_length(events)) as i (place)
        left join unnest(incoming) as e on e.place = i.place
        left join lateral (
            select d.id, d.occurred_at, d.time_quality from public.device_events as d
            where d.device_id = caller.device_id and d.dedupe_key = e.dedupe_key
            -- Makes the planner look up each event, even for a new device without statistics.
            limit 1
        ) as d on true
    ) as r;

    return jsonb_build_object(
        'device', jsonb_build_object(
            'id', caller.device_id, 'external_id', caller.external_id, 'organization_id', caller.organization_id
        ),
        'rate', jsonb_build_object(
            'limit', caller.requests_per_minute,
            'remaining', caller.requests_per_minute - status.requests_in_window,
            'reset_seconds',
            ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
        ),
        'results', results
    );
end
$$;
comment on function private.record_device_events(text, text, jsonb, integer) is 'Devices, through public.record_device_events.';
grant execute on function private.record_device_events(text, text, jsonb, integer) to anon, device;

create function public.record_device_events(
    device_key text, key_kind text, events jsonb, reading_version integer default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.record_device_events(device_key, key_kind, events, reading_version)
$$;
comment on function public.record_device_events(text, text, jsonb, integer) is
    'Devices: checks the credential and stores the events in one transaction. 401 invalid_credential, 429 rate_limited. Where '
    'reading_version is said and not the device''s, nothing is stored and the answer holds the present reading.';
grant execute on function public.record_device_events(text, text, jsonb, integer) to anon, device;

-- 70_time/relabel_tag.sql
create function private.relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    tag public.tags;
    since timestamptz := coalesce(valid_from, private.now());
    streams uuid[];
    kinds text[];
    streams_after uuid[];
    kinds_after text[];
    changed integer := 0;
begin
    -- Waits for events of this tag that are being recorded, and holds later ones back until the end.
    select * into tag from public.tags as t where t.id = relabel_tag.tag_id for update;
    perform private.require_own_or_operator(tag.organization_id, tag.person_id);
    perform private.require_own_or_operator(tag.organization_id, relabel_tag.person_id);
    perform private.require_held_or_operator(tag, since);
    if since > private.now() then
        perform private.refuse(422, 'in_the_future', 'A new meaning holds from now on or from a time in the past.');
    end if;
    perform private.require_of_organization(tag.organization_id, relabel_tag.person_id, relabel_tag.project_id);

    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(tag.id, since) as s;
    delete from public.tag_assignments as a where a.tag_id = tag.id and a.valid_from > since;
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (tag.organization_id, tag.id, relabel_tag.person_id, relabel_tag.project_id, since, auth.uid())
    on conflict on constraint tag_assignments_tag_id_valid_from_key do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    perform set_config('gatebook.assigned_from', since::text, true);
    update public.tags as t
    set person_id = relabel_tag.person_id, project_id = relabel_tag.project_id
    where t.id = tag.id;
    perform set_config('gatebook.assigned_from', '', true);

    select array_agg(s.stream_id), array_agg(s.kind) into streams_after, kinds_after
    from private.streams_of_tag(tag.id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams || streams_after, kinds || kinds_after, tag.organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
comment on function private.relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.relabel_tag.';
grant execute on function private.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function public.relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what the tag stands for from valid_from on (null: from now on). Past entries that start '
    'later change with it. Answers {entries_changed, valid_from}.';
grant execute on function public.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function private.preview_relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- Makes the change, counts, and undoes it, so the count is always right.
    begin
        outcome := private.relabel_tag(tag_id, person_id, project_id, valid_from);
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.preview_relabel_tag.';
grant execute on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function public.preview_relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what relabel_tag would answer, without changing anything.';
grant execute on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

-- 70_time/replay_events.sql
create function private.store_again(anew public.device_events, caller private.caller)
returns bigint
language plpgsql
set search_path = ''
as $$
declare
    stored_id bigint;
begin
    perform private.add_unknown_tags(array[(
        1, anew.event_type, anew.tag_uid, null, anew.direction, anew.device_time, anew.occurred_at, anew.time_quality,
        anew.dedupe_key, null, anew.payload, anew.is_by_order, anew.no_card, null
    )::private.incoming_event], caller);
    insert into public.device_events (
        organization_id, device_id, event_type, tag_id, tag_uid, direction, device_time, occurred_at, received_at,
        time_quality, dedupe_key, payload, is_by_order, no_card, reading_version, supersedes
    )
    select
        anew.organization_id, anew.device_id, anew.event_type, t.id, anew.tag_uid, anew.direction, anew.device_time,
        anew.occurred_at, anew.received_at, anew.time_quality, anew.dedupe_key, anew.payload,
        anew.is_by_order, case when t.id is null then anew.no_card end, anew.reading_version, anew.supersedes
    from (select 1) as always
    left join public.tags as t on t.organization_id = anew.organization_id and t.uid = anew.tag_uid
        and (anew.no_card is null or anew.no_card = 'random_id' and private.is_assigned(t.id, anew.occurred_at))
    on conflict (device_id, dedupe_key) do nothing
    returning id into stored_id;
    if stored_id is null then
        select e.id into stored_id from public.device_events as e
        where e.device_id = anew.device_id and e.dedupe_key = anew.dedupe_key;
    end if;
    insert into private.superseded_events (event_id, superseded_by) values (anew.supersedes, stored_id);
    return stored_id;
end
$$;
comment on function private.store_again(public.device_events, private.caller) is
    'Stores the new reading of an event, unless the device has sent just that since, and takes the old one out of the count.';

create function private.replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    caller private.caller;
    said record;
    anew public.device_events;
    old_ids bigint[];
    new_ids bigint[] := '{}'::bigint[];
    streams uuid[];
    kinds text[];
    streams_after uuid[];
    kinds_after text[];
    earliest timestamptz := timestamptz 'infinity';
    outcome jsonb;
    replaced integer := 0;
    ignored integer := 0;
    unchanged integer := 0;
    unreadable integer := 0;
    entries_changed integer := 0;
begin
    select * into device from public.devices as d where d.id = replay_events.device_id;
    perform private.require_role(device.organization_id, 'operator');
    if since is null or jsonb_typeof(readings) is distinct from 'array' or jsonb_array_length(readings) > 500 then
        perform private.refuse(422, 'invalid_readings', 'Expected a time, and an array of at most 500 readings.');
    end if;
    -- The events of one device one after the other, as when they are recorded.
    perform from public.device_status as s where s.device_id = device.id for update;
    caller.device_id := device.id;
    caller.organization_id := device.organization_id;
    caller.reading_version := case
        when device.payload_map is null and device.tag_format is null then 0 else device.reading_version
    end;
    select coalesce(device.time_zone, o.time_zone) into caller.time_zone
    from public.organizations as o where o.id = device.organization_id;

    old_ids := array(select (r.reading ->> 'event_id')::bigint from jsonb_array_elements(readings) as r (reading));
    select array_agg(t.stream_id), array_agg(t.mode) into streams, kinds
    from private.taps as t
    where t.id = any(old_ids) and t.device_id = device.id and t.stream_id is not null;
    for said in
        select e as old, r.reading
        from jsonb_array_elements(readings) as r (reading)
        join public.device_events as e on e.id = (r.reading ->> 'event_id')::bigint
        where e.device_id = device.id and e.occurred_at >= since
            and not exists (select from private.superseded_events as s where s.event_id = e.id)
        order by e.id
    loop
        if jsonb_typeof(said.reading -> 'event') = 'object' then
            anew := private.read_event_again(said.old, said.reading -> 'event', caller);
            if (anew.event_type, anew.tag_uid, anew.direction, anew.occurred_at) is not distinct from (
                (said.old).event_type, (said.old).tag_uid, (said.old).direction, (said.old).occurred_at
            ) then
                unchanged := unchanged + 1;
                continue;
            end if;
            new_ids := new_ids || private.store_again(anew, caller);
            earliest := least(earliest, anew.occurred_at, (said.old).occurred_at);
            replaced := replaced + 1;
        elsif said.reading -> 'is_ignored' = 'true' then
            insert into private.superseded_events (event_id) values ((said.old).id);
            earliest := least(earliest, (said.old).occurred_at);
            ignored := ignored + 1;
        else
            unreadable := unreadable + 1;
        end if;
    end loop;

    select array_agg(t.stream_id), array_agg(t.mode) into streams_after, kinds_after
    from private.taps as t where t.id = any(new_ids) and t.stream_id is not null;
    streams := coalesce(streams, '{}') || coalesce(streams_after, '{}');
    kinds := coalesce(kinds, '{}') || coalesce(kinds_after, '{}');
    if earliest < 'infinity' and cardinality(streams) > 0 then
        entries_changed := private.pair_again(streams, kinds, device.organization_id, earliest);
    end if;
    outcome := jsonb_build_object(
        'replaced', replaced, 'ignored', ignored, 'unchanged', unchanged, 'unreadable', unreadable,
        'entries_changed', entries_changed
    );
    if replaced + ignored > 0 then
        perform private.write_audit(
            device.organization_id, 'replay', 'devices', device.id::text, null, outcome || jsonb_build_object('since', since)
        );
    end if;
    return outcome;
end
$$;
comment on function private.replay_events(uuid, timestamptz, jsonb) is 'Through public.replay_events.';
grant execute on function private.replay_events(uuid, timestamptz, jsonb) to authenticated;

create function public.replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.replay_events(device_id, since, readings)
$$;
comment on function public.replay_events(uuid, timestamptz, jsonb) is
    'Operators and above: events of a device from since on as their stored payloads are read now. readings: at most 500 of '
    '{event_id, event (as record_device_events takes it, null: none), is_ignored}. An event that is read otherwise gets a '
    'new row that supersedes it and counts in its place. {replaced, ignored, unchanged, unreadable, entries_changed}.';
grant execute on function public.replay_events(uuid, timestamptz, jsonb) to authenticated;

create function private.preview_replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- The change itself, counted and taken back: the count is right whatever the rules are.
    begin
        outcome := private.replay_events(device_id, since, readings);
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_replay_events(uuid, timestamptz, jsonb) is 'Through public.preview_replay_events.';
grant execute on function private.preview_replay_events(uuid, timestamptz, jsonb) to authenticated;

create function public.preview_replay_events(device_id uuid, since timestamptz, readings jsonb)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_replay_events(device_id, since, readings)
$$;
comment on function public.preview_replay_events(uuid, timestamptz, jsonb) is
    'Operators and above: what replay_events would answer, without doing it.';
grant execute on function public.preview_replay_events(uuid, timestamptz, jsonb) to authenticated;

-- 70_time/restore_time_entry.sql
create function private.require_own_claim_or_operator(entry public.time_entries)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    perform private.require_own_or_operator(entry.organization_id, whose.person_id)
    from (
        select t.person_id
        from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id
        union
        select p.person_id
        from private.paired_entries as p
        where p.stream_id = entry.stream_id and p.started_at = entry.paired_started_at
    ) as whose;
end
$$;
comment on function private.require_own_claim_or_operator(public.time_entries) is
    'Members may undo corrections only if all parts of the entry, and the entry that the taps give, are their own '
    'time.';

create function private.drop_claim(entry public.time_entries, reason text)
returns void
language plpgsql
set search_path = ''
as $$
declare
    part public.time_entries;
begin
    for part in
        select * from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
        order by t.started_at, t.id
    loop
        delete from public.time_entries as t where t.id = part.id;
        perform private.audit_entry(part.id, 'restore', part, reason);
    end loop;
    if entry.paired_started_at is null then
        delete from public.time_entries as t where t.id = entry.id;
    else
        update public.time_entries as t
        set claim_id = null, claim_started_at = null, claim_ended_at = null, corrected_fields = '{}',
            end_set_at = null, note = null, started_at = t.paired_started_at, ended_at = null, version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    perform private.renew_stream(entry);
end
$$;
comment on function private.drop_claim(public.time_entries, text) is
    'Undoes all corrections of an entry from taps: deletes the other parts of a split, and lets the entry follow the '
    'taps again.';

create function private.restore_time_entry(entry_id uuid, reason text, expected_version integer)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    entry public.time_entries := before;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        entry.deleted_at := null;
        perform private.store_entry(entry);
    elsif before.claim_id is null then
        perform private.refuse(409, 'nothing_to_restore', 'This entry is as it was recorded.');
    else
        perform private.require_own_claim_or_operator(before);
        perform private.drop_claim(before, reason);
    end if;
    return private.audit_entry(entry_id, 'restore', before, reason);
end
$$;
comment on function private.restore_time_entry(uuid, text, integer) is 'Through public.restore_time_entry.';
grant execute on function private.restore_time_entry(uuid, text, integer) to authenticated;

create function public.restore_time_entry(entry_id uuid, reason text, expected_version integer default null)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.restore_time_entry(entry_id, reason, expected_version)
$$;
comment on function public.restore_time_entry(uuid, text, integer) is
    'Own time, or operators: brings a deleted entry back; otherwise undoes all corrections of an entry from taps. For '
    'that, all its parts and what the taps say must be the caller''s own time. 409 version_conflict if the entry has '
    'changed since the caller saw it (null: any version), nothing_to_restore.';
grant execute on function public.restore_time_entry(uuid, text, integer) to authenticated;

-- 70_time/set_pairing_settings.sql
create function private.set_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    since timestamptz := coalesce(valid_from, private.now());
    streams uuid[];
    kinds text[];
    changed integer := 0;
begin
    perform private.require_role(organization_id, case when device_id is null then 'admin' else 'operator' end);
    if since > private.now() then
        perform private.refuse(422, 'in_the_future', 'Settings hold from now on or from a time in the past.');
    end if;
    if merge_gap_seconds not between 0 and 3600 or debounce_seconds not between 0 and 3600
        or max_entry_hours not between 1 and 168 then
        perform private.refuse(
            422, 'invalid_setting', 'Gap and debounce are 0 to 3600 seconds, an entry lasts 1 to 168 hours.'
        );
    end if;
    if device_id is not null and not exists (
        select from public.devices as d
        where d.id = set_pairing_settings.device_id and d.organization_id = set_pairing_settings.organization_id
    ) then
        perform private.refuse(422, 'unknown_device', 'This organization has no such device.');
    end if;
    perform private.lock_recording(organization_id, device_id);
    insert into public.pairing_settings as s (
        organization_id, device_id, valid_from, mode, person_id, merge_gap_seconds, debounce_seconds, max_entry_hours,
        created_by
    )
    select
        set_pairing_settings.organization_id, set_pairing_settings.device_id, since, held.mode, held.person_id,
        set_pairing_settings.merge_gap_seconds, set_pairing_settings.debounce_seconds,
        set_pairing_settings.max_entry_hours, auth.uid()
    from (select 1) as always
    left join lateral (
        select p.mode, p.person_id from public.pairing_settings as p
        where p.device_id = set_pairing_settings.device_id and p.valid_from <= since
        order by p.valid_from desc limit 1
    ) as held on true
    on conflict on constraint pairing_settings_organization_id_device_id_valid_from_key do update
    set merge_gap_seconds = excluded.merge_gap_seconds, debounce_seconds = excluded.debounce_seconds,
        max_entry_hours = excluded.max_entry_hours, created_by = excluded.created_by;
    -- Later rows of the same device or organization take the new numbers and keep their mode and owner.
    update public.pairing_settings as s
    set merge_gap_seconds = set_pairing_settings.merge_gap_seconds,
        debounce_seconds = set_pairing_settings.debounce_seconds,
        max_entry_hours = set_pairing_settings.max_entry_hours
    where s.organization_id = set_pairing_settings.organization_id
        and s.device_id is not distinct from set_pairing_settings.device_id and s.valid_from > since;

    -- Also if it holds from now on, because an event may be slightly in the future.
    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_devices(set_pairing_settings.organization_id, set_pairing_settings.device_id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams, kinds, organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
comment on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.set_pairing_settings.';
grant execute on function private.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function public.set_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.set_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: settings from valid_from on (null: from now on). Where a '
    'number is null, the organization''s counts, otherwise 10 s, 60 s and 12 h. Answers {entries_changed, '
    'valid_from}.';
grant execute on function public.set_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function private.preview_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- Makes the change, counts, and undoes it, so the count is always right.
    begin
        outcome := private.set_pairing_settings(
            organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
        );
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.preview_pairing_settings.';
grant execute on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

create function public.preview_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: what set_pairing_settings would answer, without changing '
    'anything.';
grant execute on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;

-- 70_time/settle_entry.sql
create function private.settle_entry(entry public.time_entries)
returns public.time_entries
language plpgsql
set search_path = ''
as $$
begin
    if entry.ended_at is not null or entry.deleted_at is not null or entry.limit_at >= private.now() then
        return entry;
    end if;
    if entry.stream_id is not null then
        perform private.publish_entries(entry.stream_id, least(entry.claim_started_at, entry.paired_started_at));
    else
        update public.time_entries as t
        set ended_at = t.limit_at, flags = array['auto_closed'], version = t.version + 1, updated_at = private.now()
        where t.id = entry.id;
    end if;
    select * into entry from public.time_entries as t where t.id = entry.id;
    return entry;
end
$$;
comment on function private.settle_entry(public.time_entries) is
    'The entry as of now: what is past its limit has ended there, for every function, whether or not the sweep has come '
    'by. The caller has locked the entry and its stream.';

create function private.has_running(person_id uuid, entry_id uuid)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
    -- Two requests for one person wait for each other; taps do not wait.
    perform from public.people as p where p.id = has_running.person_id for no key update;
    perform private.settle_entry(t)
    from public.time_entries as t
    where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
        and t.source = 'manual' and t.ended_at is null and t.deleted_at is null;
    return exists (
        select from public.time_entries as t
        where t.person_id = has_running.person_id and t.id is distinct from has_running.entry_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    );
end
$$;
comment on function private.has_running(uuid, uuid) is
    'Whether a person has a running entry by hand other than this one. Ends the forgotten ones first, and locks the person.';

-- 70_time/split_time_entry.sql
create function private.split_time_entry(
    entry_id uuid, expected_version integer, split_at timestamptz, reason text, project_id uuid
)
returns setof public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    before public.time_entries := private.lock_entry(entry_id, expected_version);
    first_part public.time_entries := private.claim_entry(before);
    second_part public.time_entries := first_part;
begin
    reason := private.require_reason(reason);
    if before.deleted_at is not null then
        perform private.refuse(409, 'is_deleted', 'This entry is deleted. Restore it first.');
    end if;
    if split_at is null or split_at <= before.started_at or split_at >= coalesce(before.ended_at, private.now()) then
        perform private.refuse(422, 'split_outside', 'An entry is split at a time within it.');
    end if;
    perform private.require_of_organization(before.organization_id, null, project_id);
    perform private.require_not_archived(null, project_id);
    first_part.ended_at := split_at;
    second_part.id := gen_random_uuid();
    second_part.started_at := split_at;
    second_part.created_at := private.now();
    second_part.updated_at := private.now();
    second_part.version := 1;
    second_part.project_id := coalesce(split_time_entry.project_id, before.project_id);
    if before.stream_id is not null then
        first_part.corrected_fields := array_remove(before.corrected_fields, 'ended_at') || 'ended_at'::text;
        first_part.end_set_at := private.end_set_at(first_part);
        second_part.corrected_fields := array_remove(before.corrected_fields, 'started_at') || 'started_at'::text;
        if split_time_entry.project_id is not null then
            second_part.corrected_fields := array_remove(second_part.corrected_fields, 'project_id')
            || 'project_id'::text;
        end if;
    else
        first_part.flags := '{}';
        second_part.limit_at := private.limit_of_entry(before.organization_id, split_at);
    end if;
    perform private.store_entry(first_part);
    perform private.store_entry(second_part);
    return next private.audit_entry(first_part.id, 'split', before, reason);
    return next private.audit_entry(second_part.id, 'split', null, reason);
end
$$;
comment on function private.split_time_entry(uuid, integer, timestamptz, text, uuid) is 'Through public.split_time_entry.';
grant execute on function private.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;

create function public.split_time_entry(
    entry_id uuid, expected_version integer, split_at timestamptz, reason text, project_id uuid default null
)
returns setof public.time_entries
language sql
set search_path = ''
as $$
    select * from private.split_time_entry(entry_id, expected_version, split_at, reason, project_id)
$$;
comment on function public.split_time_entry(uuid, integer, timestamptz, text, uuid) is
    'Own time, or operators: makes two entries of one. project_id is that of the second; null: the same.';
grant execute on function public.split_time_entry(uuid, integer, timestamptz, text, uuid) to authenticated;

-- 70_time/stops.sql
create function private.stopped_at(stream uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    -- After its tap, even if the clock of the device is ahead.
    select greatest(min(stop.at), stopped_at.started_at + interval '1 microsecond')
    from (
        select max(least(t.deleted_at, t.end_set_at)) as at
        from public.time_entries as t
        where t.stream_id = stream and t.claim_started_at = stopped_at.started_at and t.claim_id is not null
        group by t.claim_id
        -- Both parts of what was split.
        having bool_and(least(t.deleted_at, t.end_set_at) is not null)
    ) as stop
    having min(stop.at) is not null
$$;
comment on function private.stopped_at(uuid, timestamptz) is
    'When people ended or deleted the entry that they saw begin with this tap; null if they did neither.';

create function private.note_stop(stream uuid, started_at timestamptz)
returns timestamptz
language plpgsql
set search_path = ''
as $$
declare
    stop timestamptz := private.stopped_at(stream, started_at);
    stop_before timestamptz;
begin
    delete from private.stops as s where s.stream_id = stream and s.started_at = note_stop.started_at
    returning s.stopped_at into stop_before;
    if stop is not null then
        insert into private.stops (stream_id, started_at, stopped_at) values (stream, note_stop.started_at, stop);
    end if;
    return case when stop is distinct from stop_before then greatest(stop, stop_before) end;
end
$$;
comment on function private.note_stop(uuid, timestamptz) is
    'Tells pairing when people ended what began with this tap, or that they did not. If that is new, returns the time '
    'until which it makes a difference.';

-- 70_time/store_entry.sql
create function private.renew_stream(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
declare
    stream private.streams;
    until timestamptz;
begin
    select * into stream from private.streams as s where s.stream_id = entry.stream_id;
    if stream.kind = 'terminal' then
        until := private.note_stop(stream.stream_id, entry.claim_started_at);
        if until is not null then
            perform private.recompute_stream(
                stream.stream_id, stream.kind, stream.organization_id, entry.claim_started_at, until
            );
        end if;
    end if;
    -- Everything that the correction replaces or replaced starts in this range.
    perform private.publish_entries(
        entry.stream_id,
        least(entry.claim_started_at, entry.paired_started_at),
        greatest(entry.claim_ended_at, entry.claim_started_at, entry.paired_started_at) + interval '1 microsecond'
    );
end
$$;
comment on function private.renew_stream(public.time_entries) is
    'Pairs and publishes the part of a stream around an entry after a correction, or after its undoing.';

create function private.says_nothing(entry public.time_entries)
returns boolean
language sql
stable
set search_path = ''
as $$
    select entry.deleted_at is null and entry.corrected_fields = '{}' and entry.note is null and not exists (
        select from public.time_entries as t
        where t.stream_id = entry.stream_id and t.claim_id = entry.claim_id and t.id <> entry.id
    )
$$;
comment on function private.says_nothing(public.time_entries) is
    'Whether nothing is left of a correction: what was taken back is as if it had never been.';

create function private.store_entry(entry public.time_entries)
returns void
language plpgsql
set search_path = ''
as $$
begin
    if entry.source = 'manual' and entry.ended_at is null and entry.deleted_at is null
        and private.has_running(entry.person_id, entry.id) then
        if entry.limit_at >= private.now() then
            perform private.refuse(409, 'already_running', 'This person has a running entry by hand. End that one first.');
        end if;
        -- What is past its limit has ended; one open row a person is all that the sweep has to look at.
        entry.ended_at := entry.limit_at;
        entry.flags := array['auto_closed'];
    end if;
    insert into public.time_entries as t
    select (entry).*
    on conflict (id) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, started_at = excluded.started_at,
        ended_at = excluded.ended_at, limit_at = excluded.limit_at, flags = excluded.flags, note = excluded.note,
        deleted_at = excluded.deleted_at, claim_id = excluded.claim_id, claim_started_at = excluded.claim_started_at,
        claim_ended_at = excluded.claim_ended_at, corrected_fields = excluded.corrected_fields,
        end_set_at = excluded.end_set_at, version = t.version + 1, updated_at = private.now();
    if entry.claim_id is not null and private.says_nothing(entry) then
        perform private.drop_claim(entry, null);
    elsif entry.stream_id is not null then
        perform private.renew_stream(entry);
    end if;
end
$$;
comment on function private.store_entry(public.time_entries) is
    'Stores an entry that people added or corrected, and updates its stream.';

-- 70_time/sweep.sql
create function private.close_forgotten(stream uuid, since timestamptz)
returns boolean
language plpgsql
set search_path = ''
as $$
begin
    perform from private.streams as s where s.stream_id = stream for update;
    perform private.publish_entries(stream, since);
    return true;
exception when others then
    raise warning 'Forgotten entries of stream % stay open: % (%)', stream, sqlerrm, sqlstate;
    return false;
end
$$;
comment on function private.close_forgotten(uuid, timestamptz) is
    'Ends the forgotten entries of a stream. Where that fails, writes a warning to the log and returns false.';

create function private.sweep()
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    stream record;
    closed integer := 0;
    ended integer;
    alerted integer;
begin
    for stream in
        select t.stream_id, min(least(t.paired_started_at, t.claim_started_at)) as since, count(*) as entries
        from public.time_entries as t
        where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now() and t.stream_id is not null
        group by t.stream_id order by t.stream_id limit 1000
    loop
        if private.close_forgotten(stream.stream_id, stream.since) then
            closed := closed + stream.entries;
        end if;
    end loop;
    update public.time_entries as t
    set ended_at = t.limit_at, flags = t.flags || 'auto_closed'::text, version = t.version + 1, updated_at = private.now()
    where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now() and t.stream_id is null;
    get diagnostics ended = row_count;

    -- Old entries that are loaded later raise no alert, nor do those whose alert is open or was cleared by a person.
    select count(private.raise_alert(
        t.organization_id, 'missing_clock_out', t.id,
        jsonb_build_object('person_id', t.person_id, 'started_at', t.started_at, 'ended_at', t.ended_at)
    )) into alerted
    from public.time_entries as t
    where t.flags @> array['auto_closed'] and t.deleted_at is null and t.ended_at > private.now() - interval '7 days'
        and not exists (
            select from public.alerts as a where a.source_id = t.id and a.kind = 'missing_clock_out'
                and (a.cleared_at is null or a.cleared_by is not null)
        );
    return jsonb_build_object('entries_closed', closed + ended, 'alerts_raised', alerted);
end
$$;
comment on function private.sweep() is 'The scheduler, through public.sweep.';
grant execute on function private.sweep() to service_role;

create function public.sweep()
returns jsonb
language sql
set search_path = ''
as $$
    select private.sweep()
$$;
comment on function public.sweep() is
    'The scheduler (service_role): ends entries that are past their limit, and raises an alert for each. Answers '
    '{entries_closed, alerts_raised}. A late removal still repairs such an entry.';
grant execute on function public.sweep() to service_role;

-- 70_time/time_entry_history.sql
create type public.time_entry_history_row as (
    id bigint,
    occurred_at timestamptz,
    actor_kind text,
    actor_name text,
    action text,
    before jsonb,
    after jsonb,
    reason text
);
comment on type public.time_entry_history_row is
    'A line of the audit log about one time entry, with the name of who made the change.';

create function private.time_entry_history(entry_id uuid)
returns setof public.time_entry_history_row
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
    entry public.time_entries;
begin
    select * into entry from public.time_entries as t where t.id = time_entry_history.entry_id;
    if entry.person_id is null or entry.person_id not in (select private.own_people()) then
        perform private.require_reader(entry.organization_id, 'viewer');
    end if;
    return query
    select
        l.id, l.occurred_at, l.actor_kind, coalesce(p.name, m.email), l.action, l.before, l.after, l.reason
    from public.audit_log as l
    left join public.people as p on p.organization_id = l.organization_id and p.user_id = l.actor_id
    left join public.memberships as m on m.organization_id = l.organization_id and m.user_id = l.actor_id
    where l.organization_id = entry.organization_id
        and l.table_name = 'time_entries' and l.row_id = time_entry_history.entry_id::text
    order by l.id desc
    limit 200;
end
$$;
comment on function private.time_entry_history(uuid) is 'Through public.time_entry_history.';
grant execute on function private.time_entry_history(uuid) to authenticated;

create function public.time_entry_history(entry_id uuid)
returns setof public.time_entry_history_row
language sql
stable
set search_path = ''
as $$
    select * from private.time_entry_history(entry_id)
$$;
comment on function public.time_entry_history(uuid) is
    'Own time, or viewers: what people changed in an entry, newest first, at most 200 lines. Only admins read the '
    'audit log itself.';
grant execute on function public.time_entry_history(uuid) to authenticated;

-- 70_time/timers.sql
create function private.start_timer(organization_id uuid, person_id uuid, project_id uuid, note text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    running public.time_entries;
begin
    perform private.require_own_or_operator(organization_id, person_id);
    -- A person has one timer; starting the next one stops it.
    perform from public.people as p where p.id = start_timer.person_id for no key update;
    for running in
        select * from public.time_entries as t
        where t.person_id = start_timer.person_id and t.organization_id = start_timer.organization_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    loop
        running := private.settle_entry(running);
        if running.ended_at is null then
            perform private.stop_timer(running.id, null, 'The next timer was started.');
        end if;
    end loop;
    return private.add_time_entry(organization_id, person_id, project_id, private.now(), null, 'Timer started.', note);
end
$$;
comment on function private.start_timer(uuid, uuid, uuid, text) is 'Through public.start_timer.';
grant execute on function private.start_timer(uuid, uuid, uuid, text) to authenticated;

create function public.start_timer(
    organization_id uuid, person_id uuid, project_id uuid default null, note text default null
)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.start_timer(organization_id, person_id, project_id, note)
$$;
comment on function public.start_timer(uuid, uuid, uuid, text) is
    'Own time, or operators: starts an entry now, and stops the person''s other timer, if one is running.';
grant execute on function public.start_timer(uuid, uuid, uuid, text) to authenticated;

create function private.stop_timer(entry_id uuid, expected_version integer, reason text)
returns public.time_entries
language plpgsql
security definer
set search_path = ''
as $$
declare
    entry public.time_entries := private.lock_entry(entry_id, expected_version);
begin
    if entry.ended_at is not null or entry.deleted_at is not null then
        perform private.refuse(409, 'not_running', 'This entry is not running.');
    end if;
    -- A timer that was started at this very instant has a length, too.
    return private.change_time_entry(
        entry_id, entry.version,
        jsonb_build_object('ended_at', greatest(private.now(), entry.started_at + interval '1 microsecond')),
        coalesce(reason, 'Timer stopped.')
    );
end
$$;
comment on function private.stop_timer(uuid, integer, text) is 'Through public.stop_timer.';
grant execute on function private.stop_timer(uuid, integer, text) to authenticated;

create function public.stop_timer(entry_id uuid, expected_version integer default null, reason text default null)
returns public.time_entries
language sql
set search_path = ''
as $$
    select * from private.stop_timer(entry_id, expected_version, reason)
$$;
comment on function public.stop_timer(uuid, integer, text) is 'Own time, or operators: ends a running entry now.';
grant execute on function public.stop_timer(uuid, integer, text) to authenticated;

-- 75_views/10_day_start.sql
create function private.day_start(day date, time_zone text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    -- Where midnight occurs twice (Havana in autumn), the first counts; where it is skipped, the jump of the clocks.
    select case
        when (instant - interval '1 hour') at time zone time_zone = day::timestamp then instant - interval '1 hour'
        else instant
    end
    from (select day::timestamp at time zone time_zone as instant) as midnight
$$;
comment on function private.day_start(date, text) is
    'The first instant of a day in a time zone, also where clocks change.';
grant execute on function private.day_start(date, text) to authenticated, service_role;

create function private.require_days(from_date date, to_date date, most_days integer)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if from_date is null or to_date is null
        or from_date not between '1970-01-01' and '2199-12-31' or to_date not between '1970-01-01' and '2199-12-31'
        or to_date < from_date then
        perform private.refuse(422, 'invalid_range', 'Expected from_date and to_date, in this order.');
    end if;
    if to_date - from_date >= most_days then
        perform private.refuse(422, 'range_too_long', format('Expected a range of at most %s days.', most_days));
    end if;
end
$$;
comment on function private.require_days(date, date, integer) is
    'For RPCs: refuses with 422 unless these are two days in order, fewer than most_days apart.';
grant execute on function private.require_days(date, date, integer) to authenticated, service_role;

-- 75_views/20_entry_parts.sql
create type private.entry_part as (
    day date,
    entry_id uuid,
    person_id uuid,
    owner_id uuid,
    project_id uuid,
    starts_at timestamptz,
    ends_at timestamptz,
    is_running boolean,
    flags text[]
);

create function private.entry_parts(organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid)
returns setof private.entry_part
language plpgsql
stable
set search_path = ''
-- A plan for the actual parameters: an absent filter costs nothing, and a present one uses its index.
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = entry_parts.organization_id);
    range_start timestamptz := private.day_start(from_date, zone);
    range_end timestamptz := private.day_start(to_date + 1, zone);
    -- Row level security decides what is read. Naming a member's people as well lets the planner use an index.
    people uuid[] := case
        when entry_parts.person_id is not null then array[entry_parts.person_id]
        when entry_parts.organization_id not in (select private.organizations_with_role('viewer'))
            then array(select private.own_people())
    end;
begin
    return query
    with entry as (
        select
            t.id, t.person_id, t.tag_id, t.project_id, t.started_at,
            greatest(t.started_at, coalesce(t.ended_at, least(private.now(), t.limit_at))) as ended_at,
            t.ended_at is null and t.limit_at >= private.now() as is_running,
            case
                when t.ended_at is null and t.limit_at < private.now() then t.flags || 'auto_closed'::text else t.flags
            end as flags
        from public.time_entries as t
        where t.organization_id = entry_parts.organization_id and t.deleted_at is null
            and (people is null or t.person_id = any(people))
            and (entry_parts.project_id is null or t.project_id = entry_parts.project_id)
            -- By time_entries_last_a_week_at_most, entries in the range start at most a week before it.
            and t.started_at >= range_start - interval '168 hours' and t.started_at < range_end
    ),
    calendar as materialized (
        select d.day::date as day, private.day_start(d.day::date, zone) as starts_at,
            private.day_start(d.day::date + 1, zone) as ends_at
        from generate_series(from_date::timestamp, to_date::timestamp, interval '1 day') as d (day)
        -- Samoa had no 30 December 2011.
        where private.day_start(d.day::date, zone) < private.day_start(d.day::date + 1, zone)
    )
    select
        c.day, e.id, e.person_id, coalesce(e.person_id, e.tag_id), e.project_id,
        greatest(e.started_at, c.starts_at), least(e.ended_at, c.ends_at),
        e.is_running and e.ended_at <= c.ends_at, e.flags
    from entry as e
    cross join lateral generate_series(
        greatest((e.started_at at time zone zone)::date, from_date)::timestamp,
        -- An entry that ends at midnight has no part in the next day.
        least((greatest(e.ended_at - interval '1 microsecond', e.started_at) at time zone zone)::date, to_date)::timestamp,
        interval '1 day'
    ) as d (day)
    join calendar as c on c.day = d.day::date
    where e.started_at >= range_start or e.ended_at > range_start;
end
$$;
comment on function private.entry_parts(uuid, date, date, uuid, uuid) is
    'The entries that the caller may read, split at midnight in the organization''s time zone: one part a day. A '
    'running entry counts until now, a forgotten one until its limit. owner_id is the person, or the tag where there '
    'is no person.';
grant execute on function private.entry_parts(uuid, date, date, uuid, uuid) to authenticated, service_role;

-- 75_views/30_measured_parts.sql
create type private.measured_part as (
    part private.entry_part,
    counted_from timestamptz,
    elapsed interval,
    wall interval,
    project_wall interval,
    is_overlapping boolean
);

create function private.measured_parts(
    organization_id uuid, from_date date, to_date date, person_id uuid, project_id uuid
)
returns setof private.measured_part
language sql
stable
set search_path = ''
as $$
    with part as (
        select
            p,
            max((p).ends_at) over (of_day rows between unbounded preceding and 1 preceding) as counted_until,
            max((p).ends_at) over (of_project rows between unbounded preceding and 1 preceding) as project_counted_until,
            lead((p).starts_at) over of_day as next_starts_at
        -- Of all projects, since overlapping entries may be of another one.
        from private.entry_parts(organization_id, from_date, to_date, person_id, null) as p
        window
            of_day as (partition by p.day, p.owner_id order by p.starts_at, p.ends_at, p.entry_id),
            of_project as (partition by p.day, p.owner_id, p.project_id order by p.starts_at, p.ends_at, p.entry_id)
    )
    select
        p,
        greatest((p).starts_at, counted_until),
        (p).ends_at - (p).starts_at,
        greatest((p).ends_at - greatest((p).starts_at, counted_until), interval '0'),
        greatest((p).ends_at - greatest((p).starts_at, project_counted_until), interval '0'),
        coalesce(counted_until > (p).starts_at, false) or coalesce(next_starts_at < (p).ends_at, false)
    from part
    where measured_parts.project_id is null or (p).project_id = measured_parts.project_id
$$;
comment on function private.measured_parts(uuid, date, date, uuid, uuid) is
    'The parts of entry_parts, each with its whole time, and with the time that no earlier part of the same day (or '
    'day and project) covers. Measured over all projects, even if one is asked for.';
grant execute on function private.measured_parts(uuid, date, date, uuid, uuid) to authenticated, service_role;

create function private.part_flags(
    auto_closed boolean, contradicted boolean, overlapping boolean, removal_missed boolean
)
returns text[]
language sql
immutable
set search_path = ''
as $$
    select array_remove(
        array[
            case when auto_closed then 'auto_closed' end,
            case when contradicted then 'contradicted' end,
            case when overlapping then 'overlapping' end,
            case when removal_missed then 'removal_missed' end
        ],
        null
    )
$$;
comment on function private.part_flags(boolean, boolean, boolean, boolean) is
    'The flags of several entries, each once, in a fixed order.';
grant execute on function private.part_flags(boolean, boolean, boolean, boolean) to authenticated, service_role;

-- 75_views/40_tap_outcomes.sql
create function private.reason_for_no_stream(event_id bigint)
returns text
language sql
stable
set search_path = ''
as $$
    select case
        when exists (select from private.superseded_events as r where r.event_id = e.id) then 'superseded'
        else coalesce(e.no_card, 'not_paired')
    end
    from public.device_events as e
    where e.id = reason_for_no_stream.event_id
$$;
comment on function private.reason_for_no_stream(bigint) is
    'Why an event counts nowhere: superseded, random_id, unreadable, or not_paired by a device without a mode.';

create view private.tap_outcomes as
select
    t.id,
    t.organization_id,
    t.stream_id,
    t.person_id,
    t.project_id,
    case
        when verdict.reason in ('opened', 'closed') then verdict.reason
        when verdict.reason in ('left_briefly', 'came_back') then 'continued'
        when verdict.reason in ('tag_was_not_in', 'out_while_closed', 'after_limit') then 'anomaly'
        else 'ignored'
    end as outcome,
    verdict.reason,
    case
        when verdict.reason = 'opened' then t.occurred_at
        when verdict.reason in ('closed', 'left_briefly', 'came_back', 'already_in', 'repeated') then earlier.started_at
    end as entry_started_at
from private.taps as t
left join lateral (
    select p.tag_id
    from private.paired_entries as p
    where p.stream_id = t.stream_id and p.started_at = t.occurred_at
    order by p.started_at limit 1
) as started on true
left join lateral (
    select
        p.started_at, p.ended_at, p.tag_id,
        coalesce(p.ended_at, p.limit_at) >= t.occurred_at as covers,
        coalesce(p.ended_at, p.limit_at) < t.occurred_at
        and (p.ended_at is null or 'auto_closed' = any(p.flags)) as is_forgotten
    from private.paired_entries as p
    where p.stream_id = t.stream_id and p.started_at < t.occurred_at
    order by p.started_at desc limit 1
) as earlier on true
left join lateral (
    -- The latest tap of the tag during the entry tells whether it was in the slot.
    select e.event_type
    from public.device_events as e
    where e.device_id = t.device_id and e.organization_id = t.organization_id
        and e.occurred_at >= earlier.started_at and e.occurred_at < t.occurred_at and e.tag_id = t.tag_id
        and not exists (
            select from private.superseded_events as r
            where r.event_id = e.id
        )
        -- Removal and insert at the same instant leave the tag where it was.
        and not exists (
            select from public.device_events as o
            where o.device_id = e.device_id and o.organization_id = e.organization_id
                and o.occurred_at = e.occurred_at and o.tag_id = e.tag_id and o.event_type <> e.event_type
                and not exists (
                    select from private.superseded_events as r
                    where r.event_id = o.id
                )
        )
    order by e.occurred_at desc limit 1
) as tapped on t.mode = 'dock' and earlier.covers and earlier.tag_id = t.tag_id
cross join lateral (
    select
        case
            when t.mode is null then private.reason_for_no_stream(t.id)
            when t.mode = 'terminal' and t.event_type = 'tag_removed' then 'removal_at_terminal'
            when started.tag_id = t.tag_id and t.event_type = 'tag_insert' and coalesce(t.direction, 'in') <> 'out'
                then 'opened'
            when t.event_type = 'tag_insert'
                and (earlier.covers is not true or t.mode = 'dock' and earlier.tag_id <> t.tag_id)
                and exists (
                    select from public.tags as g
                    where g.id = t.tag_id and g.archived_at <= t.occurred_at
                    union all
                    select from public.people as p
                    where p.id = t.person_id and p.archived_at <= t.occurred_at
                ) then 'archived'
            when t.mode = 'dock' and t.event_type = 'tag_insert' then
                case
                    when earlier.covers and earlier.tag_id = t.tag_id then
                        case tapped.event_type when 'tag_removed' then 'came_back' else 'already_in' end
                    else 'no_length'
                end
            when t.mode = 'dock' then
                case
                    when earlier.covers and earlier.tag_id = t.tag_id and tapped.event_type = 'tag_insert' then
                        case when earlier.ended_at = t.occurred_at then 'closed' else 'left_briefly' end
                    when exists (
                        select from public.device_events as e
                        where e.device_id = t.device_id and e.organization_id = t.organization_id
                            and e.occurred_at = t.occurred_at and e.tag_id = t.tag_id and e.event_type = 'tag_insert'
                            and not exists (
                                select from private.superseded_events as r
                                where r.event_id = e.id
                            )
                    ) then 'no_length'
                    when earlier.tag_id = t.tag_id and earlier.is_forgotten then 'after_limit'
                    else 'tag_was_not_in'
                end
            when earlier.ended_at = t.occurred_at and not earlier.is_forgotten then 'closed'
            when earlier.covers then case t.direction when 'in' then 'already_in' else 'repeated' end
            when t.direction is null
                or t.occurred_at <= make_interval(secs => t.debounce_seconds)
                + case when earlier.is_forgotten then earlier.started_at else earlier.ended_at end
                then 'repeated'
            when t.direction = 'in' or exists (
                select from private.taps as came
                where came.stream_id = t.stream_id and came.organization_id = t.organization_id
                    and came.occurred_at = t.occurred_at and came.direction = 'in'
                    and came.tag_id in (
                        select t.tag_id
                        union
                        select a.tag_id from public.tag_assignments as a
                        where a.person_id = t.stream_id
                    )
            ) then 'no_length'
            when earlier.is_forgotten then 'after_limit'
            else 'out_while_closed'
        end as reason
    -- There is only one row; the limit keeps the planner from evaluating this for every use of reason.
    order by reason limit 1
) as verdict;
comment on view private.tap_outcomes is
    'What became of every event: opened, closed, continued (the tag was off for at most merge_gap_seconds), ignored, '
    'or anomaly (it had no effect and should have had one). reason says why.';

-- 75_views/calendar_entries.sql
create function private.calendar_entries(token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    feed record;
begin
    select f.id, f.person_id, f.organization_id, f.last_used_at, p.name as person_name, o.name as organization_name
    into feed
    from public.calendar_feeds as f
    join public.people as p on p.id = f.person_id and p.organization_id = f.organization_id
    join public.organizations as o on o.id = f.organization_id
    join public.memberships as m on m.organization_id = f.organization_id and m.user_id = f.created_by
    where f.token_hash = sha256(convert_to(calendar_entries.token, 'UTF8'))
        and f.revoked_at is null and p.archived_at is null
        and m.is_active and (p.user_id = m.user_id or private.role_rank(m.role) >= private.role_rank('operator'));
    if not found then
        perform private.refuse(404, 'not_found', 'There is no such calendar.');
    end if;
    if feed.last_used_at is null or feed.last_used_at < private.now() - interval '1 minute' then
        update public.calendar_feeds as f set last_used_at = private.now() where f.id = feed.id;
    end if;
    return jsonb_build_object(
        'person_name', feed.person_name,
        'organization_name', feed.organization_name,
        'entries', (
            select coalesce(jsonb_agg(to_jsonb(entry) order by entry.started_at, entry.id), '[]')
            from (
                select
                    t.id, t.started_at,
                    -- In a calendar, an entry ends at least a second after its start.
                    case
                        when t.ended_at is not null then greatest(t.ended_at, t.started_at + interval '1 second')
                        else greatest(
                            least(date_trunc('minute', private.now()), t.limit_at), t.started_at + interval '1 minute'
                        )
                    end as ended_at,
                    t.ended_at is null and t.limit_at >= private.now() as is_running,
                    j.name as project_name, private.device_name(t.device_id) as device_name,
                    private.place_name(t.device_id) as place_name, t.note, t.version, t.created_at, t.updated_at
                from public.time_entries as t
                left join public.projects as j on j.id = t.project_id and j.organization_id = t.organization_id
                where t.person_id = feed.person_id and t.organization_id = feed.organization_id
                    and t.deleted_at is null and t.started_at > private.now() - interval '400 days'
                order by t.started_at desc limit 5000
            ) as entry
        )
    );
end
$$;
comment on function private.calendar_entries(text) is 'Whoever has the token, through public.calendar_entries.';
grant execute on function private.calendar_entries(text) to anon;

create function public.calendar_entries(token text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.calendar_entries(token)
$$;
comment on function public.calendar_entries(text) is
    'Whoever has the token of a calendar link. Answers {person_name, organization_name, entries}: the newest 5,000 of '
    'the last 400 days. A running entry ends with the current minute and lasts at least one. 404 for every token that '
    'does not work.';
grant execute on function public.calendar_entries(text) to anon;

-- 75_views/calendar_feeds.sql
create table public.calendar_feeds (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    person_id uuid not null,
    token_hash bytea not null unique constraint calendar_feeds_hash_is_sha256 check (length(token_hash) = 32),
    hint text not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    last_used_at timestamptz,
    revoked_at timestamptz,
    foreign key (person_id, organization_id) references public.people (id, organization_id) on delete cascade
);
comment on table public.calendar_feeds is
    'Secret links to a person''s time as a calendar; only sha256(token) is stored. A link works until it is revoked, '
    'the person is archived, or its creator may no longer create one. last_used_at is accurate to the minute.';
create index calendar_feeds_by_organization on public.calendar_feeds (organization_id);
create index calendar_feeds_by_person on public.calendar_feeds (person_id, organization_id);
create index calendar_feeds_by_maker on public.calendar_feeds (created_by);
alter table public.calendar_feeds enable row level security;
revoke all on table public.calendar_feeds from public, anon, authenticated, service_role;
grant select (id, organization_id, person_id, hint, created_by, created_at, last_used_at, revoked_at)
on public.calendar_feeds to authenticated, service_role;

create function private.audit_calendar_feed(feed public.calendar_feeds, action text, old public.calendar_feeds)
returns void
language sql
set search_path = ''
as $$
    select private.write_audit(
        feed.organization_id, action, 'calendar_feeds', feed.id::text,
        to_jsonb(old) - 'token_hash', to_jsonb(feed) - 'token_hash'
    )
$$;
comment on function private.audit_calendar_feed(public.calendar_feeds, text, public.calendar_feeds) is
    'Writes a line into the audit log, without the hash of the token.';

create function private.create_calendar_feed(person_id uuid)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    person public.people;
    token text := private.generate_device_key();
    made public.calendar_feeds;
begin
    select * into person from public.people as p where p.id = create_calendar_feed.person_id for update;
    perform private.require_own_or_operator(person.organization_id, person.id);
    if person.archived_at is not null then
        perform private.refuse(409, 'person_is_archived', 'This person is archived.');
    end if;
    if (
        select count(*) from public.calendar_feeds as f where f.person_id = person.id and f.revoked_at is null
    ) >= 10 then
        perform private.refuse(409, 'too_many_feeds', 'A person has at most 10 calendar links: revoke one first.');
    end if;
    insert into public.calendar_feeds (organization_id, person_id, token_hash, hint, created_by)
    values (
        person.organization_id, person.id, sha256(convert_to(token, 'UTF8')), substr(token, 4, 6), auth.uid()
    )
    returning * into made;
    perform private.audit_calendar_feed(made, 'insert', null);
    return jsonb_build_object(
        'id', made.id, 'token', token, 'path', '/api/calendar/' || token || '.ics', 'hint', made.hint,
        'created_at', made.created_at
    );
end
$$;
comment on function private.create_calendar_feed(uuid) is 'Own time, or operators, through public.create_calendar_feed.';
grant execute on function private.create_calendar_feed(uuid) to authenticated;

create function public.create_calendar_feed(person_id uuid)
returns jsonb
language sql
set search_path = ''
as $$
    select private.create_calendar_feed(person_id)
$$;
comment on function public.create_calendar_feed(uuid) is
    'Own time, or operators. Answers {id, token, path, hint, created_at}; the token is shown only this once. The '
    'calendar function serves the calendar at path. 409 too_many_feeds above 10, person_is_archived.';
grant execute on function public.create_calendar_feed(uuid) to authenticated;

create function private.revoke_calendar_feed(feed_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.calendar_feeds;
    revoked public.calendar_feeds;
begin
    select * into old from public.calendar_feeds as f where f.id = revoke_calendar_feed.feed_id for update;
    perform private.require_own_or_operator(old.organization_id, old.person_id);
    if old.revoked_at is null then
        update public.calendar_feeds as f set revoked_at = private.now() where f.id = old.id returning * into revoked;
        perform private.audit_calendar_feed(revoked, 'update', old);
    end if;
end
$$;
comment on function private.revoke_calendar_feed(uuid) is 'Own time, or operators, through public.revoke_calendar_feed.';
grant execute on function private.revoke_calendar_feed(uuid) to authenticated;

create function public.revoke_calendar_feed(feed_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_calendar_feed(feed_id)
$$;
comment on function public.revoke_calendar_feed(uuid) is 'Own time, or operators: the link stops working at once.';
grant execute on function public.revoke_calendar_feed(uuid) to authenticated;

-- 75_views/device_overview.sql
create function private.daily_taps(device_id uuid, organization_id uuid, days integer)
returns integer[]
language sql
stable
security definer
set search_path = ''
as $$
    with calendar as (
        select d.day::date as day, o.time_zone
        from public.organizations as o
        cross join lateral generate_series(
            (private.now() at time zone o.time_zone)::date - least(days, 100) + 1,
            (private.now() at time zone o.time_zone)::date,
            interval '1 day'
        ) as d (day)
        where o.id = daily_taps.organization_id
    )
    select array_agg(
        (
            select count(*)
            from public.device_events as e
            where e.device_id = daily_taps.device_id and e.organization_id = daily_taps.organization_id
                and e.occurred_at >= private.day_start(c.day, c.time_zone)
                and e.occurred_at < private.day_start(c.day + 1, c.time_zone)
        )::integer order by c.day
    )
    from calendar as c
$$;
comment on function private.daily_taps(uuid, uuid, integer) is
    'For views: the number of events of a device on each of the last days, today last. Needs only an index.';
grant execute on function private.daily_taps(uuid, uuid, integer) to authenticated, service_role;

create view public.device_overview with (security_invoker = true) as
select
    d.id,
    d.organization_id,
    d.external_id,
    d.name,
    d.kind,
    d.mode,
    d.time_zone,
    d.is_active,
    d.created_at,
    d.place_id,
    l.name as place_name,
    d.person_id,
    p.name as person_name,
    s.last_seen_at,
    (private.daily_taps(d.id, d.organization_id, 1))[1] as taps_today,
    private.daily_taps(d.id, d.organization_id, 14) as taps_by_day,
    (
        select count(*)
        from public.alerts as a
        where a.source_id = d.id and a.organization_id = d.organization_id and a.cleared_at is null
    ) as open_alerts,
    (
        select count(*)
        from public.device_keys as k
        where k.device_id = d.id and k.organization_id = d.organization_id
            and k.revoked_at is null and (k.expires_at is null or k.expires_at > private.now())
    ) as valid_keys
from public.devices as d
left join public.device_status as s on d.id = s.device_id
left join public.places as l on d.place_id = l.id and d.organization_id = l.organization_id
left join public.people as p on d.person_id = p.id and d.organization_id = p.organization_id;
comment on view public.device_overview is
    'Devices with their place, owner, last contact, open alerts and valid keys. taps_by_day has the last 14 days in '
    'the organization''s time zone, today last. Page by (name, id).';
revoke all on table public.device_overview from public, anon, authenticated, service_role;
grant select on public.device_overview to authenticated, service_role;

-- 75_views/event_anomalies.sql
create function private.anomalies_of(organization_id uuid)
returns table (event_id bigint, reason text)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    return query
    select o.id, o.reason
    from (
        select e.id, e.event_type, e.direction
        from public.device_events as e
        where e.organization_id = anomalies_of.organization_id
        order by e.id desc limit 10000
    ) as newest
    cross join lateral (
        -- There is only one row; the limit makes the planner go event by event.
        select t.id, t.outcome, t.reason from private.tap_outcomes as t where t.id = newest.id
        order by t.id limit 1
    ) as o
    where (newest.event_type = 'tag_removed' or newest.direction = 'out') and o.outcome = 'anomaly';
end
$$;
comment on function private.anomalies_of(uuid) is
    'For views: the anomalies among the newest 10,000 events of an organization. A late event may explain an anomaly, '
    'so each is judged when it is read; the number of events bounds the cost.';
grant execute on function private.anomalies_of(uuid) to authenticated, service_role;

create view public.event_anomalies with (security_invoker = true) as
select
    e.id,
    o.id as organization_id,
    e.event_type,
    e.direction,
    e.occurred_at,
    e.received_at,
    e.time_quality,
    e.device_id,
    private.device_name(e.device_id) as device_name,
    e.tag_id,
    e.tag_uid,
    g.label as tag_label,
    a.reason
from public.organizations as o
cross join lateral private.anomalies_of(o.id) as a
inner join public.device_events as e on a.event_id = e.id and o.id = e.organization_id
left join public.tags as g on e.tag_id = g.id and e.organization_id = g.organization_id;
comment on view public.event_anomalies is
    'Events that had no effect and should have had one, among the newest 10,000 of each organization: a removal at a '
    'dock of a tag that was not in (tag_was_not_in), an out at a terminal while nobody was in (out_while_closed), or '
    'either after the entry had ended at its limit (after_limit). Order by id desc.';
revoke all on table public.event_anomalies from public, anon, authenticated, service_role;
grant select on public.event_anomalies to authenticated, service_role;

-- 75_views/presence_by_hour.sql
create type public.presence_row as (
    weekday integer,
    hour integer,
    person_seconds bigint,
    average_people numeric
);
comment on type public.presence_row is
    'An hour (0-23) of a weekday (1 Monday to 7 Sunday): how long people were in, each person once, and how many that '
    'is on average.';

create function public.presence_by_hour(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.presence_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = presence_by_hour.organization_id);
    last_day date := least(to_date, (private.now() at time zone zone)::date);
begin
    perform private.require_reader(presence_by_hour.organization_id, 'member');
    perform private.require_days(from_date, to_date, 100);
    return query
    with piece as (
        select (m.part).day, m.counted_from as starts_at, (m.part).ends_at
        from private.measured_parts(
            presence_by_hour.organization_id, from_date, to_date, presence_by_hour.person_id, null
        ) as m
        where m.wall > interval '0'
    ),
    hour as (
        select
            extract(isodow from piece.day)::integer as weekday,
            extract(hour from h.starts_at at time zone zone)::integer as hour,
            sum(least(piece.ends_at, h.starts_at + step.length) - greatest(piece.starts_at, h.starts_at)) as spent
        from piece
        cross join lateral (
            select case
                when piece.ends_at - piece.starts_at
                    = (piece.ends_at at time zone zone) - (piece.starts_at at time zone zone) then interval '1 hour'
                else interval '15 minutes'
            end as length
        ) as step
        cross join lateral generate_series(
            -- The full hour in local time, which need not be one in UTC.
            piece.starts_at - (
                (piece.starts_at at time zone zone) - date_trunc('hour', piece.starts_at at time zone zone)
            ),
            piece.ends_at - interval '1 microsecond',
            -- Where clocks change within the piece, by less or more than an hour, quarters fall into the right hours.
            step.length
        ) as h (starts_at)
        group by 1, 2
    ),
    weekday as (
        select extract(isodow from d.day)::integer as weekday, count(*) as days
        from generate_series(from_date::timestamp, last_day::timestamp, interval '1 day') as d (day)
        group by 1
    )
    select
        hour.weekday, hour.hour, round(extract(epoch from hour.spent))::bigint,
        round(extract(epoch from hour.spent) / 3600 / weekday.days, 2)
    from hour
    left join weekday on weekday.weekday = hour.weekday
    order by hour.weekday, hour.hour;
end
$$;
comment on function public.presence_by_hour(uuid, date, date, uuid) is
    'For the chart of presence; who may read what is as in timesheet. 422 above 100 days. Hours in which nobody was '
    'in are left out.';
grant execute on function public.presence_by_hour(uuid, date, date, uuid) to authenticated;

-- 75_views/present_now.sql
create type public.present_row as (
    entry_id uuid,
    person_id uuid,
    person_name text,
    since timestamptz,
    limit_at timestamptz,
    project_id uuid,
    project_name text,
    project_color text,
    device_id uuid,
    device_name text,
    place_name text,
    tag_id uuid,
    tag_label text,
    source text,
    version integer
);
comment on type public.present_row is
    'A running entry: who is in, since when, and on which project. After limit_at it is forgotten.';

create function public.present_now(organization_id uuid)
returns setof public.present_row
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
begin
    perform private.require_reader(present_now.organization_id, 'member');
    return query
    select
        t.id, t.person_id, p.name, t.started_at, t.limit_at, t.project_id, j.name, j.color,
        t.device_id, private.device_name(t.device_id), private.place_name(t.device_id),
        t.tag_id, g.label, t.source, t.version
    from public.time_entries as t
    left join public.people as p on p.id = t.person_id
    left join public.projects as j on j.id = t.project_id
    left join public.tags as g on g.id = t.tag_id
    where t.organization_id = present_now.organization_id and t.deleted_at is null
        and t.ended_at is null and t.limit_at >= private.now()
    order by t.started_at, t.id
    limit 1000;
end
$$;
comment on function public.present_now(uuid) is
    'Members see themselves, viewers and above everybody who is in, longest first: a row for each running entry '
    'within its limit, at most 1,000. A person with tags in two docks has two rows.';
grant execute on function public.present_now(uuid) to authenticated;

-- 75_views/project_hours.sql
create type public.project_hours_row as (
    day date,
    project_id uuid,
    project_name text,
    project_color text,
    elapsed_seconds bigint,
    people bigint
);
comment on type public.project_hours_row is 'The time of all people on one project on one day.';

create function public.project_hours(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.project_hours_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_reader(project_hours.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            p.day, p.project_id,
            round(extract(epoch from sum(p.ends_at - p.starts_at)))::bigint as elapsed_seconds,
            count(distinct p.owner_id) as people
        from private.entry_parts(
            project_hours.organization_id, from_date, to_date, project_hours.person_id, null
        ) as p
        group by p.day, p.project_id
    )
    select t.day, t.project_id, j.name, j.color, t.elapsed_seconds, t.people
    from total as t
    left join public.projects as j on j.id = t.project_id
    order by t.day, j.name, t.project_id;
end
$$;
comment on function public.project_hours(uuid, date, date, uuid) is
    'For the chart of hours by project and day; who may read what, and the limit, are as in timesheet.';
grant execute on function public.project_hours(uuid, date, date, uuid) to authenticated;

-- 75_views/recent_taps.sql
create type private.tap_outcome as (
    person_id uuid,
    project_id uuid,
    outcome text,
    reason text,
    entry_id uuid
);

create function private.outcome_of_tap(event_id bigint)
returns setof private.tap_outcome
language plpgsql
stable
security definer
set search_path = ''
-- Called for each row of a page, where planning would cost more than the query.
set plan_cache_mode = force_generic_plan
rows 1
-- A high cost makes the planner stop at the end of the page.
cost 10000
as $$
begin
    return query
    select o.person_id, o.project_id, o.outcome, o.reason, entry.id
    from private.tap_outcomes as o
    left join lateral (
        select t.id
        from (
            -- Two queries, because uncorrected and corrected entries have separate indexes.
            select c.id, c.started_at, c.deleted_at
            from public.time_entries as c
            where c.stream_id = o.stream_id and c.paired_started_at = o.entry_started_at and c.claim_id is null
            union all
            select c.id, c.started_at, c.deleted_at
            from public.time_entries as c
            where c.stream_id = o.stream_id and c.paired_started_at = o.entry_started_at and c.claim_id is not null
        ) as t
        where t.deleted_at is null
        order by t.started_at limit 1
    ) as entry on true
    where o.id = event_id;
end
$$;
comment on function private.outcome_of_tap(bigint) is
    'For views: what became of an event, and the entry that it opened or closed or during which it happened.';
grant execute on function private.outcome_of_tap(bigint) to authenticated, service_role;

create view public.recent_taps with (security_invoker = true) as
select
    e.id,
    e.organization_id,
    e.event_type,
    e.direction,
    e.occurred_at,
    e.received_at,
    e.device_time,
    e.time_quality,
    e.device_id,
    private.device_name(e.device_id) as device_name,
    private.place_name(e.device_id) as place_name,
    e.tag_id,
    e.tag_uid,
    g.label as tag_label,
    p.id as person_id,
    p.name as person_name,
    j.id as project_id,
    j.name as project_name,
    o.outcome,
    o.reason,
    t.id as entry_id,
    t.started_at as entry_started_at,
    t.ended_at as entry_ended_at
from public.device_events as e
cross join lateral private.outcome_of_tap(e.id) as o
left join public.tags as g on e.tag_id = g.id and e.organization_id = g.organization_id
left join public.people as p on o.person_id = p.id and e.organization_id = p.organization_id
left join public.projects as j on o.project_id = j.id and e.organization_id = j.organization_id
left join public.time_entries as t on o.entry_id = t.id;
comment on view public.recent_taps is
    'Each event with its device, tag and person, and what became of it. Page by id desc within an organization, by '
    '(occurred_at desc, id) within an organization and a device or tag. outcome is opened, closed, continued, ignored '
    'or anomaly; reason is opened, closed, came_back, left_briefly, already_in, repeated, no_length, '
    'removal_at_terminal, not_paired, tag_was_not_in, out_while_closed, after_limit, '
    'random_id, unreadable or superseded.';
revoke all on table public.recent_taps from public, anon, authenticated, service_role;
grant select on public.recent_taps to authenticated, service_role;

create function public.latest_taps(organization_id uuid, max_rows integer default 50)
returns setof public.recent_taps
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
declare
    row_count integer := greatest(1, least(coalesce(max_rows, 50), 200));
    own_ids bigint[];
begin
    perform private.require_reader(latest_taps.organization_id, 'member');
    if latest_taps.organization_id in (select private.organizations_with_role('viewer')) then
        return query
        select r.* from public.recent_taps as r
        where r.organization_id = latest_taps.organization_id
        order by r.id desc limit row_count;
        return;
    end if;
    -- Row level security alone would read everybody's events until enough of the member's own are found.
    own_ids := array(
        select e.id
        from private.own_tag_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.tag_id = own.tag_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        union
        select e.id
        from private.own_device_times() as own
        cross join lateral (
            select d.id from public.device_events as d
            where d.device_id = own.device_id and d.organization_id = own.organization_id
                and d.occurred_at >= own.held_from and d.occurred_at < own.held_until
            order by d.occurred_at desc limit row_count
        ) as e
        where own.organization_id = latest_taps.organization_id
        order by id desc limit row_count
    );
    return query select r.* from public.recent_taps as r where r.id = any(own_ids) order by r.id desc;
end
$$;
comment on function public.latest_taps(uuid, integer) is
    'Members see taps of tags and devices while these were their own, viewers and above all taps; newest first, at '
    'most 200. Its cost does not grow with the organization, so a list may ask every few seconds.';
grant execute on function public.latest_taps(uuid, integer) to authenticated;

-- 75_views/taps_by_day.sql
create type public.taps_by_day_row as (
    day date,
    device_id uuid,
    taps bigint
);
comment on type public.taps_by_day_row is 'How many events a device reported on one day of its organization.';

create function public.taps_by_day(organization_id uuid, from_date date, to_date date)
returns setof public.taps_by_day_row
language plpgsql
stable
set search_path = ''
set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
    zone text := (select o.time_zone from public.organizations as o where o.id = taps_by_day.organization_id);
    range_start timestamptz := private.day_start(from_date, zone);
    range_end timestamptz := private.day_start(to_date + 1, zone);
begin
    perform private.require_reader(taps_by_day.organization_id, 'member');
    perform private.require_days(from_date, to_date, 100);
    return query
    select (e.occurred_at at time zone zone)::date as tap_day, d.id, count(*)
    from public.devices as d
    join public.device_events as e
        on e.device_id = d.id and e.organization_id = d.organization_id
            and e.occurred_at >= range_start and e.occurred_at < range_end
    where d.organization_id = taps_by_day.organization_id
    group by tap_day, d.id
    order by tap_day, d.id;
end
$$;
comment on function public.taps_by_day(uuid, date, date) is
    'For the chart of taps: members see their own devices, viewers and above all. to_date is included; 422 above 100 '
    'days.';
grant execute on function public.taps_by_day(uuid, date, date) to authenticated;

-- 75_views/time_entry_details.sql
create function private.is_overlapping(
    entry_id uuid, organization_id uuid, person_id uuid, started_at timestamptz, ended_at timestamptz
)
returns boolean
language sql
stable
security definer
set search_path = ''
as $$
    select exists (
        select from public.time_entries as t
        where t.person_id = is_overlapping.person_id and t.organization_id = is_overlapping.organization_id
            and t.started_at < is_overlapping.ended_at
            and t.started_at >= is_overlapping.started_at - interval '168 hours'
            and coalesce(t.ended_at, least(private.now(), t.limit_at)) > is_overlapping.started_at
            and t.id <> is_overlapping.entry_id and t.deleted_at is null
    )
$$;
comment on function private.is_overlapping(uuid, uuid, uuid, timestamptz, timestamptz) is
    'For views: whether the person has another entry at that time. Whoever may read one entry of a person may read '
    'all of them.';
grant execute on function private.is_overlapping(uuid, uuid, uuid, timestamptz, timestamptz)
to authenticated, service_role;

create view public.time_entry_details with (security_invoker = true) as
select
    t.id,
    t.organization_id,
    t.person_id,
    p.name as person_name,
    t.project_id,
    j.name as project_name,
    j.color as project_color,
    t.tag_id,
    g.label as tag_label,
    g.uid as tag_uid,
    t.device_id,
    private.device_name(t.device_id) as device_name,
    private.place_name(t.device_id) as place_name,
    t.started_at,
    coalesce(t.ended_at, case when t.limit_at < private.now() then t.limit_at end) as ended_at,
    t.limit_at,
    t.ended_at is null and t.limit_at >= private.now() as is_running,
    round(
        extract(
            epoch from greatest(coalesce(t.ended_at, least(private.now(), t.limit_at)) - t.started_at, interval '0')
        )
    )::bigint as duration_seconds,
    case
        when t.ended_at is null and t.limit_at < private.now() then t.flags || 'auto_closed'::text else t.flags
    end as flags,
    t.person_id is not null and private.is_overlapping(
        t.id, t.organization_id, t.person_id, t.started_at, coalesce(t.ended_at, least(private.now(), t.limit_at))
    ) as is_overlapping,
    t.source,
    t.note,
    t.corrected_fields,
    t.version,
    t.created_at,
    t.updated_at
from public.time_entries as t
left join public.people as p on t.person_id = p.id and t.organization_id = p.organization_id
left join public.projects as j on t.project_id = j.id and t.organization_id = j.organization_id
left join public.tags as g on t.tag_id = g.id and t.organization_id = g.organization_id
where t.deleted_at is null;
comment on view public.time_entry_details is
    'Time entries with the names of what they refer to, as of now: an entry past its limit ends there, flagged '
    'auto_closed, even before the next sweep. ended_at null: running. Page by (started_at desc, id) within an '
    'organization, a person or a project.';
revoke all on table public.time_entry_details from public, anon, authenticated, service_role;
grant select on public.time_entry_details to authenticated, service_role;

-- 75_views/timesheet.sql
create type public.timesheet_row as (
    day date,
    person_id uuid,
    person_name text,
    project_id uuid,
    project_name text,
    project_color text,
    elapsed_seconds bigint,
    wall_seconds bigint,
    entry_count bigint,
    running boolean,
    flags text[]
);
comment on type public.timesheet_row is
    'What a person did on a project on a day. elapsed_seconds is the sum of all entries; wall_seconds counts time in '
    'which entries overlap once. Rows without a person are of tags that nobody has yet.';

create function public.timesheet(
    organization_id uuid, from_date date, to_date date, person_id uuid default null, project_id uuid default null
)
returns setof public.timesheet_row
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_reader(timesheet.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            (m.part).day, (m.part).person_id, (m.part).project_id,
            extract(epoch from sum(m.elapsed)) as elapsed,
            extract(epoch from sum(m.project_wall)) as project_wall,
            count(*) as entry_count,
            bool_or((m.part).is_running) as running,
            private.part_flags(
                bool_or('auto_closed' = any((m.part).flags)), bool_or('contradicted' = any((m.part).flags)),
                bool_or(m.is_overlapping), bool_or('removal_missed' = any((m.part).flags))
            ) as flags
        from private.measured_parts(
            timesheet.organization_id, from_date, to_date, timesheet.person_id, null
        ) as m
        group by (m.part).day, (m.part).person_id, (m.part).project_id
    ),
    rounded as (
        -- What the day comes to is rounded, once; each project gets what it adds to that.
        select
            total.*,
            (round(sum(elapsed) over of_day) - round(sum(elapsed) over of_day - elapsed))::bigint as elapsed_seconds,
            (round(sum(project_wall) over of_day) - round(sum(project_wall) over of_day - project_wall))::bigint
            as wall_seconds
        from total
        window of_day as (partition by day, person_id order by project_id)
    )
    select
        t.day, t.person_id, p.name, t.project_id, j.name, j.color, t.elapsed_seconds, t.wall_seconds, t.entry_count,
        t.running, t.flags
    from rounded as t
    left join public.people as p on p.id = t.person_id
    left join public.projects as j on j.id = t.project_id
    where timesheet.project_id is null or t.project_id = timesheet.project_id
    order by t.day, p.name, t.person_id, j.name, t.project_id;
end
$$;
comment on function public.timesheet(uuid, date, date, uuid, uuid) is
    'Members: their own time; viewers and above: everybody''s, by day, person and project. Days are split at midnight '
    'of the organization''s time zone, durations are elapsed time, to_date is included; 422 above 400 days. The order '
    '(day, person, project) is total, so longer results are read with limit and offset.';
grant execute on function public.timesheet(uuid, date, date, uuid, uuid) to authenticated;

-- 75_views/timesheet_days.sql
create type public.timesheet_day as (
    day date,
    person_id uuid,
    person_name text,
    elapsed_seconds bigint,
    wall_seconds bigint,
    first_started_at timestamptz,
    last_ended_at timestamptz,
    entry_count bigint,
    running boolean,
    flags text[]
);
comment on type public.timesheet_day is
    'A person''s day over all projects. wall_seconds is how long they were in, overlaps counted once; the time from '
    'first_started_at to last_ended_at minus wall_seconds is their breaks.';

create function public.timesheet_days(
    organization_id uuid, from_date date, to_date date, person_id uuid default null
)
returns setof public.timesheet_day
language plpgsql
stable
set search_path = ''
as $$
#variable_conflict use_column
begin
    perform private.require_reader(timesheet_days.organization_id, 'member');
    perform private.require_days(from_date, to_date, 400);
    return query
    with total as (
        select
            (m.part).day, (m.part).person_id,
            round(extract(epoch from sum(m.elapsed)))::bigint as elapsed_seconds,
            round(extract(epoch from sum(m.wall)))::bigint as wall_seconds,
            min((m.part).starts_at) as first_started_at,
            max((m.part).ends_at) as last_ended_at,
            count(*) as entry_count,
            bool_or((m.part).is_running) as running,
            private.part_flags(
                bool_or('auto_closed' = any((m.part).flags)), bool_or('contradicted' = any((m.part).flags)),
                bool_or(m.is_overlapping), bool_or('removal_missed' = any((m.part).flags))
            ) as flags
        from private.measured_parts(
            timesheet_days.organization_id, from_date, to_date, timesheet_days.person_id, null
        ) as m
        group by (m.part).day, (m.part).person_id
    )
    select
        t.day, t.person_id, p.name, t.elapsed_seconds, t.wall_seconds, t.first_started_at,
        case when not t.running then t.last_ended_at end, t.entry_count, t.running, t.flags
    from total as t
    left join public.people as p on p.id = t.person_id
    order by t.day, p.name, t.person_id;
end
$$;
comment on function public.timesheet_days(uuid, date, date, uuid) is
    'Members: their own time; viewers and above: everybody''s; a row for each day and person, as in timesheet. '
    'last_ended_at is null while the person is in.';
grant execute on function public.timesheet_days(uuid, date, date, uuid) to authenticated;

-- 99_erasure/delete_organization.sql
create function private.delete_organization(organization_id uuid, name text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    doomed public.organizations;
begin
    perform private.require_role(delete_organization.organization_id, 'admin');
    select * into doomed from public.organizations as o where o.id = delete_organization.organization_id for update;
    if delete_organization.name is distinct from doomed.name then
        perform private.refuse(422, 'name_mismatch', 'Type the name of the organization to confirm.');
    end if;
    -- Rows whose foreign keys prevent the deletion go first; the others are deleted by cascade.
    delete from public.time_entries as t where t.organization_id = doomed.id;
    delete from private.paired_entries as p
    using private.streams as s
    where s.stream_id = p.stream_id and s.organization_id = doomed.id;
    delete from private.stops as p
    using private.streams as s
    where s.stream_id = p.stream_id and s.organization_id = doomed.id;
    delete from public.device_events as e where e.organization_id = doomed.id;
    delete from public.tag_assignments as a where a.organization_id = doomed.id;
    delete from public.pairing_settings as s where s.organization_id = doomed.id;
    delete from public.organizations as o where o.id = doomed.id;
end
$$;
comment on function private.delete_organization(uuid, text) is 'Admins, through public.delete_organization.';
grant execute on function private.delete_organization(uuid, text) to authenticated;

create function public.delete_organization(organization_id uuid, name text)
returns void
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.delete_organization(organization_id, name)
$$;
comment on function public.delete_organization(uuid, text) is
    'Admins: deletes everything of the organization, its audit log included. name confirms it. 422 name_mismatch.';
grant execute on function public.delete_organization(uuid, text) to authenticated;

-- 99_erasure/erase_person.sql
create function private.accounts_of_person(organization_id uuid, person_id uuid)
returns setof text
language sql
stable
set search_path = ''
as $$
    select linked.user_id
    from (
        -- An account that was later linked to another person belongs to that one.
        select distinct on (l.after ->> 'user_id') l.after ->> 'user_id' as user_id, l.row_id
        from public.audit_log as l
        where l.organization_id = accounts_of_person.organization_id and l.table_name = 'people'
            and l.after ->> 'user_id' is not null
        order by l.after ->> 'user_id', l.id desc
    ) as linked
    where linked.row_id = accounts_of_person.person_id::text
        and not exists (
            select from public.memberships as m
            where m.organization_id = accounts_of_person.organization_id and m.user_id::text = linked.user_id
        )
$$;
comment on function private.accounts_of_person(uuid, uuid) is
    'The accounts that were linked to this person and are no longer members, from the audit log.';

create function private.addresses_of_person(organization_id uuid, person_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(distinct lower(known.email)), '{}')
    from public.audit_log as l
    cross join lateral (values (l.before ->> 'email'), (l.after ->> 'email')) as known (email)
    where l.organization_id = addresses_of_person.organization_id and known.email is not null
        and (
            (l.table_name = 'people' and l.row_id = addresses_of_person.person_id::text)
            or (
                l.table_name = 'memberships' and coalesce(l.after, l.before) ->> 'user_id' in (
                    select private.accounts_of_person(
                        addresses_of_person.organization_id, addresses_of_person.person_id
                    )
                )
            )
        )
$$;
comment on function private.addresses_of_person(uuid, uuid) is
    'The e-mail addresses of a person and of the accounts that were linked to them, from the audit log.';

create function private.erase_from_audit_log(organization_id uuid, person_id uuid, emails text[])
returns void
language sql
set search_path = ''
as $$
    update public.audit_log as l
    set before = private.without_personal_data(l.before), after = private.without_personal_data(l.after)
    where l.organization_id = erase_from_audit_log.organization_id
        and (
            (l.table_name = 'people' and l.row_id = person_id::text)
            or (
                l.table_name in ('memberships', 'invitations')
                and (lower(l.before ->> 'email') = any(emails) or lower(l.after ->> 'email') = any(emails))
            )
        )
$$;
comment on function private.erase_from_audit_log(uuid, uuid, text[]) is
    'Removes personal data from lines of the audit log; the lines stay.';

create function private.erase_person(person_id uuid, confirmation text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    organization uuid;
    known_name text;
    emails text[];
begin
    -- A deleted person is only in the audit log.
    select l.organization_id, coalesce(l.after, l.before) ->> 'name' into organization, known_name
    from public.audit_log as l
    where l.organization_id in (select private.organizations_with_role('member'))
        and l.table_name = 'people' and l.row_id = erase_person.person_id::text and coalesce(l.after, l.before) is not null
    order by l.id desc limit 1;
    perform private.require_role(organization, 'admin');
    if confirmation is distinct from known_name then
        perform private.refuse(422, 'name_mismatch', 'Type the name of the person to confirm.');
    end if;
    if exists (
        select from public.people as p
        join public.memberships as m on m.organization_id = p.organization_id and m.user_id = p.user_id
        where p.id = erase_person.person_id
    ) then
        perform private.refuse(409, 'still_a_member', 'This person''s account is still a member: remove it first.');
    end if;
    emails := private.addresses_of_person(organization, erase_person.person_id);

    update public.people as p
    set name = 'Erased person', email = null, phone = null, user_id = null,
        archived_at = coalesce(p.archived_at, private.now()), erased_at = coalesce(p.erased_at, private.now())
    where p.id = erase_person.person_id;
    delete from public.invitations as i where i.organization_id = organization and lower(i.email) = any(emails);
    -- Last, because the two changes above are in the log by now.
    perform private.erase_from_audit_log(organization, erase_person.person_id, emails);
    perform private.write_audit(organization, 'erase', 'people', erase_person.person_id::text, null, null);
end
$$;
comment on function private.erase_person(uuid, text) is 'Admins, through public.erase_person.';
grant execute on function private.erase_person(uuid, text) to authenticated;

create function public.erase_person(person_id uuid, confirmation text)
returns void
language sql
set search_path = ''
as $$
    select private.erase_person(person_id, confirmation)
$$;
comment on function public.erase_person(uuid, text) is
    'Admins: erases name, e-mail address and phone number of a person, deleted or not, from the table and from the '
    'audit log. Time and the log''s lines stay. confirmation is the name. 409 still_a_member; 422 name_mismatch.';
grant execute on function public.erase_person(uuid, text) to authenticated;

-- 10_tenancy/10_organizations.sql
create policy organizations_select_member on public.organizations
for select to authenticated
using (id in (select private.organizations_with_role('member')));

create policy organizations_update_admin on public.organizations
for update to authenticated
using (id in (select private.organizations_to_change('admin')))
with check (id in (select private.organizations_to_change('admin')));

-- 10_tenancy/20_memberships.sql
create policy memberships_select_member on public.memberships
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or (
        user_id = (select auth.uid())
        and organization_id in (select private.organizations_with_role('member'))
    )
);

-- 10_tenancy/30_invitations.sql
create policy invitations_select_admin on public.invitations
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));

-- 10_tenancy/profiles.sql
create policy profiles_select_self on public.profiles
for select to authenticated
using (user_id = (select auth.uid()));

create policy profiles_insert_self on public.profiles
for insert to authenticated
with check (user_id = (select auth.uid()));

create policy profiles_update_self on public.profiles
for update to authenticated
using (user_id = (select auth.uid()))
with check (user_id = (select auth.uid()));

create policy profiles_delete_self on public.profiles
for delete to authenticated
using (user_id = (select auth.uid()));

-- 20_audit/audit_change.sql
-- The tables of tenancy come before this room, so their triggers stand here and not with the tables.
create trigger organizations_audit after insert or update on public.organizations
for each row execute function private.audit_change();

create trigger memberships_audit after insert or update or delete on public.memberships
for each row execute function private.audit_change();

create trigger invitations_audit after insert or update or delete on public.invitations
for each row execute function private.audit_change('token_hash');

-- 20_audit/audit_log.sql
create policy audit_log_select_admin on public.audit_log
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));

create trigger audit_log_is_append_only before update or delete on public.audit_log
for each row execute function private.guard_audit_log();

create trigger audit_log_is_not_truncated before truncate on public.audit_log
for each statement execute function private.refuse_change();

-- 30_book/10_people.sql
create policy people_select_self_or_viewer on public.people
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or id in (select private.own_people())
);

create policy people_insert_operator on public.people
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));

create policy people_update_operator on public.people
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));

create policy people_delete_operator on public.people
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger people_archive_time before update of archived_at on public.people
for each row when (new.archived_at is not null and new.archived_at is distinct from old.archived_at)
execute function private.keep_archive_time();

create trigger people_audit after insert or update or delete on public.people
for each row execute function private.audit_change();

-- 30_book/places.sql
create policy places_select_member on public.places
for select to authenticated
using (organization_id in (select private.organizations_with_role('member')));

create policy places_insert_operator on public.places
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));

create policy places_update_operator on public.places
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));

create policy places_delete_operator on public.places
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger places_audit after insert or update or delete on public.places
for each row execute function private.audit_change();

-- 30_book/projects.sql
create policy projects_select_member on public.projects
for select to authenticated
using (organization_id in (select private.organizations_with_role('member')));

create policy projects_insert_operator on public.projects
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));

create policy projects_update_operator on public.projects
for update to authenticated
using (organization_id in (select private.organizations_to_change('operator')))
with check (organization_id in (select private.organizations_to_change('operator')));

create policy projects_delete_operator on public.projects
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger projects_audit after insert or update or delete on public.projects
for each row execute function private.audit_change();

-- 40_devices/10_devices.sql
create policy devices_select_owner_or_viewer on public.devices
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);

create policy devices_insert_operator on public.devices
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));

create policy devices_update_owner_or_operator on public.devices
for update to authenticated
using (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
)
with check (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
);

create policy devices_delete_operator on public.devices
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger devices_audit after insert or update or delete on public.devices
for each row execute function private.audit_change();

create trigger devices_count_reading before insert or update of payload_map, tag_format on public.devices
for each row execute function private.count_reading();

-- 40_devices/20_device_status.sql
create policy device_status_select_owner_or_viewer on public.device_status
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

create trigger devices_add_status after insert on public.devices
for each row execute function private.add_device_status();

-- 40_devices/30_device_keys.sql
create policy device_keys_select_owner_or_viewer on public.device_keys
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

-- Without last_used_at: using a key is no change that people make.
create trigger device_keys_audit after insert or delete or update of name, kind, device_id, expires_at, revoked_at
on public.device_keys
for each row execute function private.audit_change('key_hash');

-- 40_devices/pairing_settings.sql
create policy pairing_settings_select_owner_or_viewer on public.pairing_settings
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or device_id in (select private.own_devices())
);

create trigger pairing_settings_audit after insert or update or delete on public.pairing_settings
for each row execute function private.audit_change();

create trigger devices_keep_pairing after insert on public.devices
for each row execute function private.keep_device_pairing();

create trigger devices_keep_pairing_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.keep_device_pairing();

-- 50_tags/10_tags.sql
create policy tags_select_owner_or_viewer on public.tags
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);

create policy tags_insert_operator on public.tags
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));

create policy tags_update_owner_or_operator on public.tags
for update to authenticated
using (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
)
with check (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
);

create policy tags_delete_operator on public.tags
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger tags_archive_time before update of archived_at on public.tags
for each row when (new.archived_at is not null and new.archived_at is distinct from old.archived_at)
execute function private.keep_archive_time();

create trigger tags_audit after insert or update or delete on public.tags
for each row execute function private.audit_change();

-- 50_tags/tag_assignments.sql
create policy tag_assignments_select_owner_or_viewer on public.tag_assignments
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);

create trigger tag_assignments_audit after insert or update or delete on public.tag_assignments
for each row execute function private.audit_change();

create trigger tags_keep_assignment after insert on public.tags
for each row when (new.person_id is not null or new.project_id is not null)
execute function private.keep_tag_assignment();

create trigger tags_keep_assignment_changes after update of person_id, project_id on public.tags
for each row when (old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id)
execute function private.keep_tag_assignment();

-- 55_alerts/05_alert_kinds.sql
create policy alert_kinds_select_everybody on public.alert_kinds
for select to authenticated
using (true);

-- 55_alerts/10_alerts.sql
create policy alerts_select_viewer on public.alerts
for select to authenticated
using (organization_id in (select private.organizations_with_role('viewer')));

-- 60_events/10_device_events.sql
-- Runs for every event of a long list: first a cheap look-up in a hash, and only for tags and devices that ever
-- belonged to the caller the comparison of times.
create policy device_events_select_owner_or_viewer on public.device_events
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or (
        device_id in (select own.device_id from private.own_device_times() as own)
        and exists (
            select from private.own_device_times() as own
            where own.device_id = device_events.device_id
                and device_events.occurred_at >= own.held_from and device_events.occurred_at < own.held_until
        )
    )
    or (
        tag_id in (select own.tag_id from private.own_tag_times() as own)
        and exists (
            select from private.own_tag_times() as own
            where own.tag_id = device_events.tag_id
                and device_events.occurred_at >= own.held_from and device_events.occurred_at < own.held_until
        )
    )
);

create trigger device_events_are_append_only before update on public.device_events
for each statement execute function private.refuse_change();

-- 70_time/10_time_entries.sql
create policy time_entries_select_owner_or_viewer on public.time_entries
for select to authenticated
using (
    deleted_at is null
    and (
        organization_id in (select private.organizations_with_role('viewer'))
        or person_id in (select private.own_people())
    )
);

create trigger time_entries_clear_forgotten_on_update after update of flags, deleted_at on public.time_entries
for each row when (
    old.flags @> array['auto_closed'] and not (new.flags @> array['auto_closed'] and new.deleted_at is null)
)
execute function private.clear_forgotten_alert();

create trigger time_entries_clear_forgotten_on_delete after delete on public.time_entries
for each row when (old.flags @> array['auto_closed'])
execute function private.clear_forgotten_alert();

-- 70_time/pair_changes.sql
create trigger tags_pair_changes after update of person_id, project_id, archived_at on public.tags
for each row when (
    (old.person_id, old.project_id, old.archived_at) is distinct from (new.person_id, new.project_id, new.archived_at)
)
execute function private.pair_tag_changes();

create trigger devices_pair_changes after update of mode, person_id on public.devices
for each row when (old.mode is distinct from new.mode or old.person_id is distinct from new.person_id)
execute function private.pair_device_changes();

create trigger people_pair_changes after update of archived_at on public.people
for each row when (old.archived_at is distinct from new.archived_at)
execute function private.pair_person_changes();

-- 75_views/calendar_feeds.sql
create policy calendar_feeds_select_self_or_operator on public.calendar_feeds
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('operator'))
    or person_id in (select private.own_people())
);

set check_function_bodies = on;
