create function private.settle_reported_ids(caller private.caller, said_ids text[])
returns text[]
language plpgsql
set search_path = ''
as $$
declare
    known text := caller.reported_id;
    accepted text[] := array[caller.external_id];
    said text;
begin
    if not exists (select from unnest(said_ids) as s (id) where s.id <> all(accepted || known)) and known is not null then
        return accepted || known;
    end if;
    -- The device before its status: everyone locks them in this order.
    select d.reported_id into known from public.devices as d where d.id = caller.device_id for no key update;
    foreach said in array said_ids loop
        if said <> caller.external_id and exists (
            select from public.devices as d
            where d.organization_id = caller.organization_id and d.external_id = said
        ) then
            perform private.write_audit(
                caller.organization_id, 'refuse', 'devices', caller.device_id::text, null,
                jsonb_build_object('reported_id', said), device_id => caller.device_id
            );
        elsif known is null then
            update public.devices as d set reported_id = said where d.id = caller.device_id;
            known := said;
        elsif said <> known and said <> caller.external_id then
            perform private.raise_alert(
                caller.organization_id, 'device_changed', caller.device_id,
                jsonb_build_object('reported_id', said, 'known_id', known)
            );
            if not caller.is_id_strict then
                accepted := accepted || said;
            end if;
        end if;
    end loop;
    return array_remove(accepted || known, null);
end
$$;
comment on function private.settle_reported_ids(private.caller, text[]) is
    'Which of the ids in a request the device may call itself: its own, the one it reported first, and where it is not '
    'strict any other but another device''s external_id. A changed one raises an alert.';

create function private.confirm_reported_id(device_id uuid, reported text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    device public.devices;
    confirmed text;
begin
    select * into device from public.devices as d where d.id = confirm_reported_id.device_id for no key update;
    perform private.require_role(device.organization_id, 'operator');
    confirmed := coalesce(confirm_reported_id.reported, (
        select a.details ->> 'reported_id' from public.alerts as a
        where a.organization_id = device.organization_id and a.source_id = device.id and a.kind = 'device_changed'
            and a.cleared_at is null
    ));
    if confirmed is null or confirmed = '' or length(confirmed) > 200 then
        perform private.refuse(422, 'invalid_reported_id', 'Nothing was reported that could be confirmed.');
    end if;
    if exists (
        select from public.devices as d
        where d.organization_id = device.organization_id and d.external_id = confirmed and d.id <> device.id
    ) then
        perform private.refuse(409, 'id_of_another', 'Another device has this id.');
    end if;
    update public.devices as d set reported_id = confirmed where d.id = device.id;
    perform private.clear_alerts(device.id, 'device_changed');
    return jsonb_build_object('device_id', device.id, 'reported_id', confirmed);
end
$$;
comment on function private.confirm_reported_id(uuid, text) is 'Through public.confirm_reported_id.';
grant execute on function private.confirm_reported_id(uuid, text) to authenticated;

create function public.confirm_reported_id(device_id uuid, reported text default null)
returns jsonb
language sql
set search_path = ''
as $$
    select private.confirm_reported_id(device_id, reported)
$$;
comment on function public.confirm_reported_id(uuid, text) is
    'Operators and above: the device may call itself that (null: what its alert device_changed names), and the alert is '
    'cleared. {device_id, reported_id}; 409 id_of_another, 422 invalid_reported_id.';
grant execute on function public.confirm_reported_id(uuid, text) to authenticated;
