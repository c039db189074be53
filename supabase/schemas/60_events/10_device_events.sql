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

create table private.superseded_events (
    event_id bigint primary key references public.device_events (id) on delete cascade,
    superseded_by bigint,
    superseded_at timestamptz not null default private.now()
);
comment on table private.superseded_events is
    'Events that were read anew after their device''s reading was corrected: they stay as they are and count nowhere any '
    'more. superseded_by null: they hold no tag, as it is read now.';
