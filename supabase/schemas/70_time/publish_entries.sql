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
