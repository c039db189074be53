create table public.audit_log (
    id bigint generated always as identity primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    occurred_at timestamptz not null default private.now(),
    actor_id uuid,
    actor_kind text not null constraint audit_log_actor_kind_is_known
    check (actor_kind in ('user', 'device', 'system')),
    action text not null,
    table_name text not null,
    row_id text not null,
    before jsonb,
    after jsonb,
    reason text,
    request_id text
);
comment on table public.audit_log is
    'Who did what and when, with the row before and after. Append-only for everybody, admins included; only database '
    'functions write it.';
create index audit_log_newest on public.audit_log (organization_id, id desc);
create index audit_log_by_row on public.audit_log (organization_id, table_name, row_id, id);

alter table public.audit_log enable row level security;
revoke all on table public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;
create policy audit_log_select_admin on public.audit_log
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));

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
    'A logged row of people, memberships or invitations with name, e-mail address and phone number removed.';

create function private.guard_audit_log()
returns trigger
language plpgsql
set search_path = ''
as $$
declare
    -- No API request runs as the owner; definer functions do.
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
    'Trigger function: refuses every change of the audit log except the erasure of a name, an e-mail address or a '
    'phone number, and the deletion of the organization.';
create trigger audit_log_is_append_only before update or delete on public.audit_log
for each row execute function private.guard_audit_log();
create trigger audit_log_is_not_truncated before truncate on public.audit_log
for each statement execute function private.refuse_change();
