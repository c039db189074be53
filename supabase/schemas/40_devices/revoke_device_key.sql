create function private.revoke_device_key(key_id uuid)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    found_key public.device_keys;
begin
    select * into found_key from public.device_keys as k where k.id = revoke_device_key.key_id;
    perform private.require_role(found_key.organization_id, 'operator');
    update public.device_keys as k set revoked_at = private.now()
    where k.id = revoke_device_key.key_id and k.revoked_at is null;
end
$$;
comment on function private.revoke_device_key(uuid) is 'Operators and above, through public.revoke_device_key.';
grant execute on function private.revoke_device_key(uuid) to authenticated;

create function public.revoke_device_key(key_id uuid)
returns void
language sql
set search_path = ''
as $$
    select private.revoke_device_key(key_id)
$$;
comment on function public.revoke_device_key(uuid) is
    'Operators and above: the key, and every token made from it, stop working at once.';
grant execute on function public.revoke_device_key(uuid) to authenticated;
