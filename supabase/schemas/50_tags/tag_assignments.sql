create table public.tag_assignments (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null,
    tag_id uuid not null,
    person_id uuid,
    project_id uuid,
    valid_from timestamptz not null,
    created_by uuid references auth.users (id) on delete set null,
    created_at timestamptz not null default private.now(),
    unique (tag_id, valid_from),
    foreign key (tag_id, organization_id) references public.tags (id, organization_id) on delete cascade,
    foreign key (person_id, organization_id) references public.people (id, organization_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
);
comment on table public.tag_assignments is
    'The person and the project that a tag stands for from valid_from on. An entry takes those that held when it '
    'started.';
create index tag_assignments_by_tag on public.tag_assignments (tag_id, organization_id, valid_from);
create index tag_assignments_by_person on public.tag_assignments (person_id, organization_id);
create index tag_assignments_by_project on public.tag_assignments (project_id, organization_id);
create index tag_assignments_by_organization on public.tag_assignments (organization_id);
create index tag_assignments_by_maker on public.tag_assignments (created_by);

alter table public.tag_assignments enable row level security;
revoke all on table public.tag_assignments from public, anon, authenticated, service_role;
grant select on public.tag_assignments to authenticated, service_role;
create policy tag_assignments_select_owner_or_viewer on public.tag_assignments
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);

create trigger tag_assignments_audit after insert or update or delete on public.tag_assignments
for each row execute function private.audit_change();

create function private.own_tag_times()
returns table (tag_id uuid, organization_id uuid, held_from timestamptz, held_until timestamptz)
language sql
stable
security definer
set search_path = ''
rows 10
as $$
    select held.tag_id, held.organization_id, held.valid_from, held.held_until
    from (
        select
            a.tag_id, a.organization_id, a.person_id, a.valid_from,
            lead(a.valid_from, 1, 'infinity') over (partition by a.tag_id order by a.valid_from) as held_until
        from public.tag_assignments as a
        where a.tag_id in (
            select own.tag_id from public.tag_assignments as own
            where own.person_id in (select private.own_people())
        )
    ) as held
    where held.person_id in (select private.own_people())
$$;
comment on function private.own_tag_times() is
    'For policies: each tag that belongs or once belonged to the signed-in user, with the times from and until when.';
grant execute on function private.own_tag_times() to authenticated, service_role;

create function private.keep_tag_assignment()
returns trigger
language plpgsql
security definer
set search_path = ''
as $$
begin
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (
        new.organization_id, new.id, new.person_id, new.project_id,
        case tg_op
            when 'INSERT' then '-infinity'
            -- Set by relabel_tag.
            else coalesce(nullif(current_setting('gatebook.assigned_from', true), '')::timestamptz, private.now())
        end,
        auth.uid()
    )
    on conflict (tag_id, valid_from) do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    return null;
end
$$;
comment on function private.keep_tag_assignment() is
    'Trigger function on tags: a change of person or project holds from now on. relabel_tag sets an earlier time.';
create trigger tags_keep_assignment after insert on public.tags
for each row when (new.person_id is not null or new.project_id is not null)
execute function private.keep_tag_assignment();
create trigger tags_keep_assignment_changes after update of person_id, project_id on public.tags
for each row when (old.person_id is distinct from new.person_id or old.project_id is distinct from new.project_id)
execute function private.keep_tag_assignment();
