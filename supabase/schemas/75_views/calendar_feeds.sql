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
create policy calendar_feeds_select_self_or_operator on public.calendar_feeds
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('operator'))
    or person_id in (select private.own_people())
);

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
