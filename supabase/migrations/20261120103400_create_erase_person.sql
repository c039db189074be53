alter table public.people add column erased_at timestamptz;
comment on column public.people.erased_at is 'When the personal data of this person was erased; the row stays for their time.';

create function private.without_personal_data(kept jsonb)
returns jsonb
language sql
immutable
set search_path = ''
as $$
    select case when kept is not null then kept || coalesce((
        select jsonb_object_agg(field.key, case field.key when 'name' then 'Erased person' end)
        from jsonb_each_text(kept) as field
        where field.key in ('name', 'email', 'phone') and field.value is not null
    ), '{}') end
$$;
comment on function private.without_personal_data(jsonb) is
    'A row of people, memberships or invitations as the audit log keeps it after its person was erased.';

create function private.guard_audit_log()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
    -- Nobody's role in the API; definer functions act in this one.
    is_owner boolean := current_user = (select pg_get_userbyid(c.relowner) from pg_class as c where c.oid = tg_relid);
    is_erasure boolean := tg_op = 'UPDATE' and is_owner
        and new.before is not distinct from private.without_personal_data(old.before)
        and new.after is not distinct from private.without_personal_data(old.after)
        and to_jsonb(new) - array['before', 'after'] = to_jsonb(old) - array['before', 'after'];
    goes_with_organization boolean := tg_op = 'DELETE'
        and not exists (select from public.organizations as o where o.id = old.organization_id);
begin
    if is_erasure then
        return new;
    elsif goes_with_organization then
        return old;
    end if;
    perform private.refuse(405, 'append_only', 'The audit log is never changed.');
    return null;
end
$$;
comment on function private.guard_audit_log() is
    'Trigger: a line of the audit log stays as it is, but for the erasure of a name, an e-mail address or a phone number.';

drop trigger audit_log_is_append_only on public.audit_log;
create trigger audit_log_is_append_only before update or delete on public.audit_log
for each row execute function private.guard_audit_log();
create trigger audit_log_is_not_truncated before truncate on public.audit_log
for each statement execute function private.refuse_change();

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
comment on function private.erase_from_audit_log(uuid, uuid, text[]) is 'The acts stay, the personal data in them goes.';

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
    -- Of a deleted person only the audit log knows.
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
    select coalesce(array_agg(distinct lower(known.email)), '{}') into emails
    from public.audit_log as l
    cross join lateral (values (l.before ->> 'email'), (l.after ->> 'email')) as known (email)
    where l.organization_id = organization and l.table_name = 'people' and l.row_id = erase_person.person_id::text
        and known.email is not null;

    update public.people as p
    set name = 'Erased person', email = null, phone = null, user_id = null,
        archived_at = coalesce(p.archived_at, now()), erased_at = coalesce(p.erased_at, now())
    where p.id = erase_person.person_id;
    delete from public.invitations as i where i.organization_id = organization and lower(i.email) = any(emails);
    -- Last, because the two before are in the log by now.
    perform private.erase_from_audit_log(organization, erase_person.person_id, emails);
    perform private.write_audit(organization, 'erase', 'people', erase_person.person_id::text, null, null);
end
$$;
comment on function private.erase_person(uuid, text) is 'Admins, through public.erase_person.';

create function public.erase_person(person_id uuid, confirmation text)
returns void
language sql
set search_path = ''
as $$
    select private.erase_person(person_id, confirmation)
$$;
comment on function public.erase_person(uuid, text) is
    'Admins: name, e-mail address and phone number of a person, deleted or not, are erased from the table and from the '
    'audit log; time and the trail of acts stay. confirmation is the name. 409 still_a_member; 422 name_mismatch.';
grant execute on function private.erase_person(uuid, text) to authenticated;
grant execute on function public.erase_person(uuid, text) to authenticated;
