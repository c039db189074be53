create function private.settle_alert(alert_id uuid, notes text, acknowledge boolean, clear boolean)
returns public.alerts
language plpgsql
security definer
set search_path = ''
as $$
declare
    old public.alerts;
    settled public.alerts;
begin
    select * into old from public.alerts as a where a.id = settle_alert.alert_id for update;
    perform private.require_role(old.organization_id, 'operator');
    if length(settle_alert.notes) > 2000 then
        perform private.refuse(422, 'invalid_notes', 'Notes have at most 2,000 characters.');
    end if;
    update public.alerts as a
    set notes = coalesce(settle_alert.notes, a.notes),
        acknowledged_at = case
            when acknowledge then coalesce(a.acknowledged_at, private.now()) else a.acknowledged_at
        end,
        acknowledged_by = case
            when acknowledge and a.acknowledged_at is null then auth.uid() else a.acknowledged_by
        end,
        cleared_at = case when clear then coalesce(a.cleared_at, private.now()) else a.cleared_at end,
        cleared_by = case when clear and a.cleared_at is null then auth.uid() else a.cleared_by end
    where a.id = old.id
    returning * into settled;
    perform private.write_audit(
        old.organization_id, case when clear then 'clear' else 'acknowledge' end, 'alerts', old.id::text,
        to_jsonb(old), to_jsonb(settled), settle_alert.notes
    );
    return settled;
end
$$;
comment on function private.settle_alert(uuid, text, boolean, boolean) is
    'Operators and above, through acknowledge_alert and clear_alert.';
grant execute on function private.settle_alert(uuid, text, boolean, boolean) to authenticated;

create function public.acknowledge_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, true, false)
$$;
comment on function public.acknowledge_alert(uuid, text) is
    'Operators and above: records that somebody has seen the alert. Only the first acknowledgement is kept; notes '
    'replace earlier notes.';
grant execute on function public.acknowledge_alert(uuid, text) to authenticated;

create function public.clear_alert(alert_id uuid, notes text default null)
returns public.alerts
language sql
set search_path = ''
as $$
    select * from private.settle_alert(alert_id, notes, false, true)
$$;
comment on function public.clear_alert(uuid, text) is
    'Operators and above: records that the cause is gone. Does not acknowledge.';
grant execute on function public.clear_alert(uuid, text) to authenticated;
