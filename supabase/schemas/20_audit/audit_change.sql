create function private.audit_change()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
declare
    hidden text[] := coalesce(tg_argv, '{}');
    before jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) - hidden end;
    after jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) - hidden end;
    subject jsonb := coalesce(after, before);
    organization uuid := coalesce(subject ->> 'organization_id', subject ->> 'id');
begin
    -- The log is deleted with the organization, so nothing is written during that deletion.
    if before is distinct from after and exists (select from public.organizations as o where o.id = organization) then
        perform private.write_audit(
            organization, lower(tg_op), tg_table_name, subject ->> 'id', before, after,
            -- A new tag with a first device was added by that device.
            device_id => case
                when tg_table_name = 'tags' and tg_op = 'INSERT' then (after ->> 'first_seen_device_id')::uuid
            end
        );
    end if;
    return null;
end
$$;
comment on function private.audit_change() is
    'Trigger function: writes the change into the audit log. Its arguments name columns to leave out.';
-- The tables of tenancy come before this room, so their triggers stand here and not with the tables.
create trigger organizations_audit after insert or update on public.organizations
for each row execute function private.audit_change();
create trigger memberships_audit after insert or update or delete on public.memberships
for each row execute function private.audit_change();
create trigger invitations_audit after insert or update or delete on public.invitations
for each row execute function private.audit_change('token_hash');
