create function private.require_of_organization(organization_id uuid, person_id uuid, project_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if person_id is not null and not exists (
        select from public.people as p
        where p.id = person_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_person', 'This organization has no such person.');
    end if;
    if project_id is not null and not exists (
        select from public.projects as p
        where p.id = project_id and p.organization_id = require_of_organization.organization_id
    ) then
        perform private.refuse(422, 'unknown_project', 'This organization has no such project.');
    end if;
end
$$;
comment on function private.require_of_organization(uuid, uuid, uuid) is
    'Refuses with 422 if the person or the project is given and belongs to another organization.';
