create table public.audit_log (
    id bigint generated always as identity primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    occurred_at timestamptz not null default now(),
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
    'Who did what, when, with what before and after. Append-only, even for admins; written by the database alone.';
create index audit_log_newest on public.audit_log (organization_id, id desc);
create index audit_log_by_row on public.audit_log (organization_id, table_name, row_id, id);

create trigger audit_log_is_append_only before update on public.audit_log
for each statement execute function private.refuse_change();

alter table public.audit_log enable row level security;
revoke all on table public.audit_log from public, anon, authenticated, service_role;
grant select on public.audit_log to authenticated, service_role;
create policy audit_log_select_admin on public.audit_log
for select to authenticated
using (organization_id in (select private.organizations_with_role('admin')));

create function private.write_audit(
    organization_id uuid, action text, table_name text, row_id text, before jsonb, after jsonb,
    reason text default null,
    device_id uuid default null
)
returns void
language sql
security definer
set search_path = ''
as $$
    insert into public.audit_log (
        organization_id, actor_id, actor_kind, action, table_name, row_id, before, after, reason, request_id
    )
    values (
        organization_id, coalesce(auth.uid(), device_id),
        case when auth.uid() is not null then 'user' when device_id is not null then 'device' else 'system' end,
        action, table_name, row_id, before, after, reason, left(private.request_header('x-request-id'), 128)
    )
$$;
comment on function private.write_audit(uuid, text, text, text, jsonb, jsonb, text, uuid) is
    'One line in the audit log, in the transaction of the act itself. Called by definer functions and triggers.';
