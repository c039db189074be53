create function private.follow_sequence(
    caller private.caller, status public.device_status, events private.incoming_event[], stored_ids bigint[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    latest bigint := status.last_sequence_number;
    missing int8multirange := status.missing_numbers;
    number bigint;
    is_open boolean;
begin
    is_open := exists (
        select from public.alerts as a
        where a.organization_id = caller.organization_id and a.source_id = caller.device_id
            and a.kind = 'events_missing' and a.cleared_at is null
    );
    -- A person has cleared it: what was missing then is not looked for any more.
    if not is_open then
        missing := '{}';
    end if;
    for number in
        select e.sequence_number
        from unnest(events) as e
        join public.device_events as d on d.device_id = caller.device_id and d.dedupe_key = e.dedupe_key
        where e.sequence_number is not null and d.id = any(stored_ids)
        order by e.place
    loop
        if number <@ missing then
            missing := missing - int8multirange(int8range(number, number + 1));
        elsif latest is null or number <= 1 or abs(number - latest) > 10000 then
            -- The first one, or a counter that began anew.
            latest := number;
        elsif number > latest then
            missing := missing + int8multirange(int8range(latest + 1, number));
            latest := number;
        end if;
    end loop;
    if missing = '{}' and is_open then
        perform private.clear_alerts(caller.device_id, 'events_missing');
    elsif missing <> '{}' and missing <> status.missing_numbers then
        perform private.raise_alert(
            caller.organization_id, 'events_missing', caller.device_id,
            (
                select jsonb_build_object(
                    'missing', sum(upper(r.numbers) - lower(r.numbers)),
                    'first', min(lower(r.numbers)), 'last', max(upper(r.numbers)) - 1
                )
                from unnest(missing) as r (numbers)
            )
        );
    end if;
    update public.device_status as s set last_sequence_number = latest, missing_numbers = missing
    where s.device_id = caller.device_id;
end
$$;
comment on function private.follow_sequence(private.caller, public.device_status, private.incoming_event[], bigint[]) is
    'Where a device numbers its events, a gap raises an alert that says how many are missing; it clears when they came.';
