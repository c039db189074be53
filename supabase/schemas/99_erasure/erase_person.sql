create function private.accounts_of_person(organization_id uuid, person_id uuid)
returns setof text
language sql
stable
set search_path = ''
as $$
    select linked.user_id
    from (
        -- An account that was later linked to another person belongs to that one.
        select distinct on (l.after ->> 'user_id') l.after ->> 'user_id' as user_id, l.row_id
        from public.audit_log as l
        where l.organization_id = accounts_of_person.organization_id and l.table_name = 'people'
            and l.after ->> 'user_id' is not null
        order by l.after ->> 'user_id', l.id desc
    ) as linked
    where linked.row_id = accounts_of_person.person_id::text
        and not exists (
            select from public.memberships as m
            where m.organization_id = accounts_of_person.organization_id and m.user_id::text = linked.user_id
        )
$$;
comment on function private.accounts_of_person(uuid, uuid) is
    'The accounts that were linked to this person and are no longer members, from the audit log.';

create function private.addresses_of_person(organization_id uuid, person_id uuid)
returns text[]
language sql
stable
set search_path = ''
as $$
    select coalesce(array_agg(distinct lower(known.email)), '{}')
    from public.audit_log as l
    cross join lateral (values (l.before ->> 'email'), (l.after ->> 'email')) as known (email)
    where l.organization_id = addresses_of_person.organization_id and known.email is not null
        and (
            (l.table_name = 'people' and l.row_id = addresses_of_person.person_id::text)
            or (
                l.table_name = 'memberships' and coalesce(l.after, l.before) ->> 'user_id' in (
                    select private.accounts_of_person(
                        addresses_of_person.organization_id, addresses_of_person.person_id
                    )
                )
            )
        )
$$;
comment on function private.addresses_of_person(uuid, uuid) is
    'The e-mail addresses of a person and of the accounts that were linked to them, from the audit log.';

create function private.erase_from_audit_log(organization_id uuid, person_id uuid, emails text[])
returns void
language sql
set search_path = ''
as $$
    update public.audit_log as l
    set before = private.without_personal_data(l.before), after = private.without_personal_data(l.after)
    where l.organization_id = erase_from_audit_log.organization_id
        and (
            (l.table_name = 'people' and l.row_id = person_id::text)
            or (
                l.table_name in ('memberships', 'invitations')
                and (lower(l.before ->> 'email') = any(emails) or lower(l.after ->> 'email') = any(emails))
            )
        )
$$;
comment on function private.erase_from_audit_log(uuid, uuid, text[]) is
    'Removes personal data from lines of the audit log; the lines stay.';

create function private.erase_person(person_id uuid, confirmation text)
returns void
language plpgsql
security definer
set search_path = ''
as $$
declare
    organization uuid;
    known_name text;
    emails text[];
begin
    -- A deleted person is only in the audit log.
    select l.organization_id, coalesce(l.after, l.before) ->> 'name' into organization, known_name
    from public.audit_log as l
    where l.organization_id in (select private.organizations_with_role('member'))
        and l.table_name = 'people' and l.row_id = erase_person.person_id::text and coalesce(l.after, l.before) is not null
    order by l.id desc limit 1;
    perform private.require_role(organization, 'admin');
    if confirmation is distinct from known_name then
        perform private.refuse(422, 'name_mismatch', 'Type the name of the person to confirm.');
    end if;
    if exists (
        select from public.people as p
        join public.memberships as m on m.organization_id = p.organization_id and m.user_id = p.user_id
        where p.id = erase_person.person_id
    ) then
        perform private.refuse(409, 'still_a_member', 'This person''s account is still a member: remove it first.');
    end if;
    emails := private.addresses_of_person(organization, erase_person.person_id);

    update public.people as p
    set name = 'Erased person', email = null, phone = null, user_id = null,
        archived_at = coalesce(p.archived_at, private.now()), erased_at = coalesce(p.erased_at, private.now())
    where p.id = erase_person.person_id;
    delete from public.invitations as i where i.organization_id = organization and lower(i.email) = any(emails);
    -- Last, because the two changes above are in the log by now.
    perform private.erase_from_audit_log(organization, erase_person.person_id, emails);
    perform private.write_audit(organization, 'erase', 'people', erase_person.person_id::text, null, null);
end
$$;
comment on function private.erase_person(uuid, text) is 'Admins, through public.erase_person.';
grant execute on function private.erase_person(uuid, text) to authenticated;

create function public.erase_person(person_id uuid, confirmation text)
returns void
language sql
set search_path = ''
as $$
    select private.erase_person(person_id, confirmation)
$$;
comment on function public.erase_person(uuid, text) is
    'Admins: erases name, e-mail address and phone number of a person, deleted or not, from the table and from the '
    'audit log. Time and the log''s lines stay. confirmation is the name. 409 still_a_member; 422 name_mismatch.';
grant execute on function public.erase_person(uuid, text) to authenticated;
