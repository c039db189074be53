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
