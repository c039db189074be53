create function private.require_not_archived(person_id uuid, project_id uuid)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.people as p where p.id = require_not_archived.person_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This person is archived. Take the person out of the archive first.');
    end if;
    if exists (
        select from public.projects as p where p.id = require_not_archived.project_id and p.archived_at <= private.now()
    ) then
        perform private.refuse(422, 'archived', 'This project is archived. Take it out of the archive first.');
    end if;
end
$$;
comment on function private.require_not_archived(uuid, uuid) is
    'Refuses with 422 if the person or the project is archived. Called by definers for time that people enter by hand.';
