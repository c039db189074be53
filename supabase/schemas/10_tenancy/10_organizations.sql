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
create policy organizations_select_member on public.organizations
for select to authenticated
using (id in (select private.organizations_with_role('member')));
create policy organizations_update_admin on public.organizations
for update to authenticated
using (id in (select private.organizations_to_change('admin')))
with check (id in (select private.organizations_to_change('admin')));

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
