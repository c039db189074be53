create function private.link_person(person_id uuid, membership_id uuid)
returns public.people
language plpgsql
security definer
set search_path = ''
as $$
declare
    person public.people;
    account uuid;
begin
    select * into person from public.people as p where p.id = link_person.person_id;
    perform private.require_role(person.organization_id, 'operator');
    if link_person.membership_id is not null then
        perform private.lock_organization(person.organization_id);
        select m.user_id into account from public.memberships as m
        where m.id = link_person.membership_id and m.organization_id = person.organization_id;
        if not found then
            perform private.refuse(404, 'not_found', 'There is no such member in this organization.');
        end if;
        if exists (
            select from public.people as p
            where p.organization_id = person.organization_id and p.user_id = account and p.id <> person.id
        ) then
            perform private.refuse(409, 'member_is_linked', 'This member is linked to another person already.');
        end if;
    end if;
    update public.people as p set user_id = account where p.id = person.id
    returning * into person;
    return person;
end
$$;
comment on function private.link_person(uuid, uuid) is 'Operators and above, through public.link_person.';
grant execute on function private.link_person(uuid, uuid) to authenticated;

create function public.link_person(person_id uuid, membership_id uuid)
returns public.people
language sql
set search_path = ''
as $$
    select * from private.link_person(person_id, membership_id)
$$;
comment on function public.link_person(uuid, uuid) is
    'Operators and above: links a person to a member''s account (membership_id null: unlinks). 409 member_is_linked.';
grant execute on function public.link_person(uuid, uuid) to authenticated;
