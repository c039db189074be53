create function private.require_reader(organization_id uuid, minimum text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if require_reader.organization_id in (select private.organizations_with_role(minimum)) then
        return;
    end if;
    -- A stranger learns nothing, not even that the organization exists.
    if require_reader.organization_id is null
        or require_reader.organization_id not in (select private.organizations_with_role('member')) then
        perform private.refuse(404, 'not_found', 'There is no such thing in an organization of yours.');
    end if;
    perform private.refuse(403, 'forbidden', format('This takes the role %s or above.', minimum));
end
$$;
comment on function private.require_reader(uuid, text) is
    'RPCs that only read: 404 for strangers and suspended members, 403 below the role, else nothing.';
grant execute on function private.require_reader(uuid, text) to authenticated, service_role;

create function private.require_active(organization_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    if not exists (
        select from public.organizations as o where o.id = require_active.organization_id and o.is_active
    ) then
        perform private.refuse(403, 'organization_inactive', 'This organization is inactive: it can be read, not changed.');
    end if;
end
$$;
comment on function private.require_active(uuid) is '403 organization_inactive unless the organization is active.';

create function private.require_role(organization_id uuid, minimum text)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    perform private.require_reader(organization_id, minimum);
    perform private.require_active(organization_id);
end
$$;
comment on function private.require_role(uuid, text) is
    'RPCs that change something: as require_reader, and 403 organization_inactive where the organization is read-only.';
grant execute on function private.require_role(uuid, text) to authenticated, service_role;
