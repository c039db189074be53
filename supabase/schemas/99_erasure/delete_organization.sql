create function private.delete_organization(organization_id uuid, name text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    doomed public.organizations;
begin
    perform private.require_role(delete_organization.organization_id, 'admin');
    select * into doomed from public.organizations as o where o.id = delete_organization.organization_id for update;
    if delete_organization.name is distinct from doomed.name then
        perform private.refuse(422, 'name_mismatch', 'Type the name of the organization to confirm.');
    end if;
    -- Rows whose foreign keys prevent the deletion go first; the others are deleted by cascade.
    delete from public.time_entries as t where t.organization_id = doomed.id;
    delete from private.paired_entries as p
    using private.streams as s
    where s.stream_id = p.stream_id and s.organization_id = doomed.id;
    delete from private.stops as p
    using private.streams as s
    where s.stream_id = p.stream_id and s.organization_id = doomed.id;
    delete from public.device_events as e where e.organization_id = doomed.id;
    delete from public.tag_assignments as a where a.organization_id = doomed.id;
    delete from public.pairing_settings as s where s.organization_id = doomed.id;
    delete from public.organizations as o where o.id = doomed.id;
end
$$;
comment on function private.delete_organization(uuid, text) is 'Admins, through public.delete_organization.';
grant execute on function private.delete_organization(uuid, text) to authenticated;

create function public.delete_organization(organization_id uuid, name text)
returns void
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.delete_organization(organization_id, name)
$$;
comment on function public.delete_organization(uuid, text) is
    'Admins: deletes everything of the organization, its audit log included. name confirms it. 422 name_mismatch.';
grant execute on function public.delete_organization(uuid, text) to authenticated;
