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
create policy time_entries_select_owner_or_viewer on public.time_entries
for select to authenticated
using (
    deleted_at is null
    and (
        organization_id in (select private.organizations_with_role('viewer'))
        or person_id in (select private.own_people())
    )
);

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
create trigger time_entries_clear_forgotten_on_update after update of flags, deleted_at on public.time_entries
for each row when (
    old.flags @> array['auto_closed'] and not (new.flags @> array['auto_closed'] and new.deleted_at is null)
)
execute function private.clear_forgotten_alert();
create trigger time_entries_clear_forgotten_on_delete after delete on public.time_entries
for each row when (old.flags @> array['auto_closed'])
execute function private.clear_forgotten_alert();
