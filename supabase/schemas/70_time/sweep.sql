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
        select t.stream_id, min(t.paired_started_at) as since, count(*) as entries
        from public.time_entries as t
        where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now()
            and t.paired_started_at is not null
        group by t.stream_id order by t.stream_id limit 1000
    loop
        if private.close_forgotten(stream.stream_id, stream.since) then
            closed := closed + stream.entries;
        end if;
    end loop;
    update public.time_entries as t
    set ended_at = t.limit_at, flags = t.flags || 'auto_closed'::text, version = t.version + 1,
        updated_at = private.now()
    where t.ended_at is null and t.deleted_at is null and t.limit_at < private.now() and t.paired_started_at is null;
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
