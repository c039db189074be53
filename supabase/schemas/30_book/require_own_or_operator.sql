create function private.require_own_or_operator(organization_id uuid, person_id uuid)
returns void
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
    perform private.require_role(
        organization_id, case when person_id in (select private.own_people()) then 'member' else 'operator' end
    );
end
$$;
comment on function private.require_own_or_operator(uuid, uuid) is
    'Members may correct their own time; operators may correct everybody''s.';
