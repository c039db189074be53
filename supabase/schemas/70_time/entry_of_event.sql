create function private.entry_of_event(event_id bigint)
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object(
        'id', e.id,
        'change', case
            when p.started_at = t.occurred_at then 'opened'
            when p.ended_at = t.occurred_at then 'closed'
            else 'continued'
        end,
        'started_at', e.started_at,
        'ended_at', e.ended_at
    )
    from private.taps as t
    join lateral (
        select * from private.paired_entries as p
        where p.stream_id = t.stream_id and p.started_at <= t.occurred_at
        order by p.started_at desc limit 1
    ) as p on p.ended_at is null or p.ended_at >= t.occurred_at
    join lateral (
        -- Two queries, because uncorrected and corrected entries have separate indexes.
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is null
        union all
        select c.id, c.started_at, c.ended_at, c.deleted_at from public.time_entries as c
        where c.stream_id = p.stream_id and c.paired_started_at = p.started_at and c.claim_id is not null
    ) as e on e.deleted_at is null
    where t.id = event_id
    order by e.started_at limit 1
$$;
comment on function private.entry_of_event(bigint) is
    'The time entry that an event opened or closed, or during which it happened; null if there is none.';
