create function private.count_request(caller private.caller)
returns public.device_status
language plpgsql
set search_path = ''
as $$
declare
    status public.device_status;
begin
    -- This lock makes requests of one device wait for each other, but not those of different devices.
    update public.device_status as s
    set last_seen_at = private.now(),
        window_started_at = case
            when s.window_started_at > private.now() - interval '1 minute' then s.window_started_at else private.now()
        end,
        requests_in_window = case
            when s.window_started_at > private.now() - interval '1 minute' then s.requests_in_window + 1 else 1
        end
    where s.device_id = caller.device_id
    returning * into status;
    if status.requests_in_window > caller.requests_per_minute then
        perform private.refuse(
            429, 'rate_limited',
            jsonb_build_object(
                'limit', caller.requests_per_minute,
                'retry_after_seconds',
                ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
            )::text
        );
    end if;
    return status;
end
$$;
comment on function private.count_request(private.caller) is
    'Records that the device was seen and counts its requests. Refuses with 429 above its requests per minute.';
