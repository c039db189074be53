insert into public.alert_kinds (kind, source_type, severity, capability) values
('archived_tap', 'device', 'warning', 'time');

create function private.alert_archived_taps(caller private.caller, event_ids bigint[])
returns void
language plpgsql
set search_path = ''
as $$
begin
    -- Few organizations have anything archived, and each tap would pay for the question.
    if not exists (
            select from public.tags as g
            where g.organization_id = caller.organization_id and g.archived_at is not null
        ) and not exists (
            select from public.people as p
            where p.organization_id = caller.organization_id and p.archived_at is not null
        ) then
        return;
    end if;
    perform private.raise_alert(
        caller.organization_id, 'archived_tap', caller.device_id,
        jsonb_build_object(
            'tag_id', tap.tag_id, 'tag_uid', tap.tag_uid, 'person_id', tap.person_id, 'occurred_at', tap.occurred_at
        )
    )
    from (
        select t.tag_id, t.tag_uid, t.person_id, t.occurred_at
        from private.taps as t
        inner join public.tags as g on t.tag_id = g.id
        left join public.people as p on t.person_id = p.id
        where t.id = any(event_ids) and t.mode is not null and t.event_type = 'tag_insert'
            and (g.archived_at <= t.occurred_at or p.archived_at <= t.occurred_at)
        order by t.occurred_at desc, t.id desc
        limit 1
    ) as tap;
end
$$;
comment on function private.alert_archived_taps(private.caller, bigint[]) is
    'Raises an alert for a reader at which an archived tag, or an archived person''s, was tapped: nobody''s time is kept '
    'there. Only a person clears it.';
