create function private.identify_device(device_key text, key_kind text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    caller private.caller;
    status public.device_status;
begin
    -- A key in a URL may be seen by others, and a token must not lead to another token.
    if key_kind is distinct from 'header' then
        perform private.refuse(401, 'invalid_credential', 'The credential is missing, unknown, revoked or expired.');
    end if;
    caller := private.caller_of(device_key, key_kind);
    status := private.count_request(caller);
    return (
        select jsonb_build_object(
            'key_id', k.id,
            'expires_at', k.expires_at,
            'device', jsonb_build_object(
                'id', d.id, 'external_id', d.external_id, 'organization_id', d.organization_id, 'place_id', d.place_id
            ),
            'rate', jsonb_build_object(
                'limit', caller.requests_per_minute,
                'remaining', caller.requests_per_minute - status.requests_in_window,
                'reset_seconds',
                ceil(extract(epoch from status.window_started_at + interval '1 minute' - private.now()))::integer
            )
        )
        from public.device_keys as k
        join public.devices as d on d.id = k.device_id
        where k.id = caller.key_id
    );
end
$$;
comment on function private.identify_device(text, text) is 'Devices, through public.identify_device.';
grant execute on function private.identify_device(text, text) to anon;

create function public.identify_device(device_key text, key_kind text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.identify_device(device_key, key_kind)
$$;
comment on function public.identify_device(text, text) is
    'Devices with a header key: the claims of a device token. 401 invalid_credential, 429 rate_limited.';
grant execute on function public.identify_device(text, text) to anon;
