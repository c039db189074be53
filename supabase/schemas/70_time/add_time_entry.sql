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
    insert into public.time_entries (
        organization_id, person_id, project_id, started_at, ended_at, limit_at, source, note
    )
    values (
        organization_id, person_id, project_id, started_at, ended_at,
        private.limit_of_entry(organization_id, started_at), 'manual', note
    )
    returning * into entry;
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
