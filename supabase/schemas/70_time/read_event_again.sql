create function private.judge_again(said text, time_zone text, old public.device_events)
returns public.device_events
language plpgsql
stable
set search_path = ''
as $$
declare
    judged public.device_events := old;
    is_aware boolean := said like any(array['%Z', '%+__:__', '%-__:__', '%+____', '%-____']);
    device_at timestamptz := case
        when is_aware then said::timestamptz
        -- Of two instants the one that it was taken for, which the order of its request may have decided.
        else coalesce(
            (select i from unnest(private.local_instants(said::timestamp, time_zone)) as i where i = old.occurred_at),
            (private.local_times(
                jsonb_build_array(jsonb_build_object('device_at', said)), time_zone, old.received_at
            ))[1].at
        )
    end;
begin
    judged.time_quality := case
        when device_at is null or device_at < timestamptz '2020-01-01 00:00:00+00' then 'unsynced'
        when device_at > old.received_at + interval '2 minutes' then 'ahead'
        when is_aware then 'synced'
        else 'local'
    end;
    if judged.time_quality in ('synced', 'local') then
        judged.occurred_at := device_at;
    elsif old.time_quality in ('synced', 'local') then
        judged.occurred_at := old.received_at;
    end if;
    judged.is_by_order := old.is_by_order and judged.time_quality = 'local' and judged.occurred_at = old.occurred_at;
    return judged;
end
$$;
comment on function private.judge_again(text, text, public.device_events) is
    'The event with another time of the device, by the rules of time as they were when it was received.';

create function private.read_event_again(old public.device_events, event jsonb, caller private.caller)
returns public.device_events
language plpgsql
stable
set search_path = ''
as $$
declare
    anew public.device_events := private.judge_again(event ->> 'device_at', caller.time_zone, old);
begin
    anew.event_type := event ->> 'event_type';
    anew.tag_uid := event ->> 'tag_uid';
    anew.direction := event ->> 'direction';
    anew.device_time := event ->> 'device_time';
    anew.no_card := private.no_card(anew.tag_uid);
    anew.reading_version := caller.reading_version;
    anew.supersedes := old.id;
    if coalesce(anew.event_type, '') not in ('tag_insert', 'tag_removed') or anew.direction not in ('in', 'out')
        or coalesce(anew.tag_uid, '') !~ '^(([0-9A-F]{2}){4,32}|T:.{1,64})$' then
        perform private.refuse(422, 'invalid_reading', 'A reading says event_type, tag_uid and direction as events do.');
    end if;
    -- As record_device_events would key it, so that a device that sends it once more stores it not again.
    anew.dedupe_key := case
        when anew.time_quality = 'unsynced' then md5(format('replay %s %s', old.id, caller.reading_version))::uuid
        else md5(jsonb_build_array(
            event ->> 'event_type', event ->> 'tag_uid', event ->> 'direction',
            case
                when anew.time_quality = 'local' then event -> 'device_at'
                else to_jsonb(extract(epoch from (event ->> 'device_at')::timestamptz))
            end
        )::text)::uuid
    end;
    return anew;
end
$$;
comment on function private.read_event_again(public.device_events, jsonb, private.caller) is
    'An event as it is read now; everything else of it stays.';
