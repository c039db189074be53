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
    perform from public.people as p where p.id = start_timer.person_id for update;
    for running in
        select * from public.time_entries as t
        where t.person_id = start_timer.person_id and t.organization_id = start_timer.organization_id
            and t.source = 'manual' and t.ended_at is null and t.deleted_at is null
    loop
        perform private.stop_timer(running.id, null, 'The next timer was started.');
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
    -- A timer that was started in this transaction has a length, too.
    stopped_at timestamptz := greatest(private.now(), entry.started_at + interval '1 microsecond');
begin
    if entry.ended_at is not null or entry.deleted_at is not null then
        perform private.refuse(409, 'not_running', 'This entry is not running.');
    end if;
    return private.change_time_entry(
        entry_id, entry.version, jsonb_build_object('ended_at', stopped_at), coalesce(reason, 'Timer stopped.')
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
