create function private.follow_clock(
    caller private.caller, status public.device_status, events private.incoming_event[]
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    latest private.incoming_event := events[cardinality(events)];
    is_wrong boolean := latest.time_quality in ('ahead', 'unsynced') and latest.device_time is not null;
begin
    if is_wrong and not status.has_clock_alert then
        perform private.raise_alert(
            caller.organization_id, 'clock_skew', caller.device_id,
            jsonb_build_object('time_quality', latest.time_quality, 'device_time', left(latest.device_time, 200))
        );
    elsif not is_wrong and status.has_clock_alert then
        perform private.clear_alerts(caller.device_id, 'clock_skew');
    else
        return;
    end if;
    update public.device_status as s set has_clock_alert = is_wrong where s.device_id = caller.device_id;
end
$$;
comment on function private.follow_clock(private.caller, public.device_status, private.incoming_event[]) is
    'Raises an alert for a device whose clock is wrong; the next event with a right clock clears it.';
