-- A project or a person that an assignment or a time entry names stays: archived, not deleted (409, 23503). Setting the
-- project to null behind the taps' back left paired entries with a project that no longer was.
update private.paired_entries as p set project_id = null
where
    p.project_id is not null
    and not exists (
        select from public.projects as r
        where r.id = p.project_id
    );

alter table public.time_entries
drop constraint time_entries_project_id_organization_id_fkey,
add constraint time_entries_project_id_organization_id_fkey
foreign key (project_id, organization_id) references public.projects (id, organization_id);

alter table public.tag_assignments
drop constraint tag_assignments_project_id_organization_id_fkey,
add constraint tag_assignments_project_id_organization_id_fkey
foreign key (project_id, organization_id) references public.projects (id, organization_id),
drop constraint tag_assignments_person_id_organization_id_fkey,
add constraint tag_assignments_person_id_organization_id_fkey
foreign key (person_id, organization_id) references public.people (id, organization_id);

alter table public.pairing_settings
drop constraint pairing_settings_person_id_organization_id_fkey,
add constraint pairing_settings_person_id_organization_id_fkey
foreign key (person_id, organization_id) references public.people (id, organization_id);

create or replace function private.delete_organization(organization_id uuid, name text)
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
    -- Facts keep what they refer to from being deleted, so they go first; the rest follows by itself.
    delete from public.time_entries as t where t.organization_id = doomed.id;
    delete from private.paired_entries as p
    using private.streams as s
    where s.stream_id = p.stream_id and s.organization_id = doomed.id;
    delete from public.device_events as e where e.organization_id = doomed.id;
    delete from public.tag_assignments as a where a.organization_id = doomed.id;
    delete from public.pairing_settings as s where s.organization_id = doomed.id;
    delete from public.organizations as o where o.id = doomed.id;
end
$$;
