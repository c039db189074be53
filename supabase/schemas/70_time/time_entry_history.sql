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
