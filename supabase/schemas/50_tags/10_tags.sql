create table public.tags (
    id uuid primary key default gen_random_uuid(),
    organization_id uuid not null references public.organizations (id) on delete cascade,
    uid text not null constraint tags_uid_is_canonical check (uid ~ '^(([0-9A-F]{2}){4,32}|T:.{1,64})$'),
    label text constraint tags_label_is_short check (length(label) <= 200),
    tag_type text constraint tags_tag_type_is_short check (length(tag_type) <= 200),
    person_id uuid,
    project_id uuid,
    first_seen_at timestamptz,
    first_seen_device_id uuid,
    archived_at timestamptz,
    created_at timestamptz not null default private.now(),
    is_cut_short boolean not null generated always as (uid ~ '^88[0-9A-F]{6}$') stored,
    unique (id, organization_id),
    constraint tags_uid_is_unique unique (organization_id, uid),
    foreign key (person_id, organization_id) references public.people (id, organization_id)
    on delete set null (person_id),
    foreign key (project_id, organization_id) references public.projects (id, organization_id)
    on delete set null (project_id),
    foreign key (first_seen_device_id, organization_id) references public.devices (id, organization_id)
    on delete set null (first_seen_device_id)
);
comment on table public.tags is
    'NFC tags and badges. uid is upper-case hex, or T: and a text where the reader sends texts. '
    'is_cut_short: the first part of a longer id, which two cards can share. person_id and project_id are what the tag stands for now; '
    'tag_assignments has what it stood for when.';
create index tags_by_person on public.tags (person_id, organization_id);
create index tags_by_project on public.tags (project_id, organization_id);
create index tags_by_first_device on public.tags (first_seen_device_id, organization_id);
create index tags_archived on public.tags (organization_id) where archived_at is not null;

alter table public.tags enable row level security;
revoke all on table public.tags from public, anon, authenticated, service_role;
grant select, delete on public.tags to authenticated;
grant insert (organization_id, uid, label, tag_type, person_id, project_id) on public.tags to authenticated;
grant update (label, person_id, project_id, archived_at) on public.tags to authenticated;
grant select, insert, update, delete on public.tags to service_role;
create policy tags_select_owner_or_viewer on public.tags
for select to authenticated
using (
    organization_id in (select private.organizations_with_role('viewer'))
    or person_id in (select private.own_people())
);
create policy tags_insert_operator on public.tags
for insert to authenticated
with check (organization_id in (select private.organizations_to_change('operator')));
create policy tags_update_owner_or_operator on public.tags
for update to authenticated
using (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
)
with check (
    organization_id in (select private.organizations_to_change('operator'))
    or (
        organization_id in (select private.organizations_to_change('member'))
        and person_id in (select private.own_people())
    )
);
create policy tags_delete_operator on public.tags
for delete to authenticated
using (organization_id in (select private.organizations_to_change('operator')));

create trigger tags_archive_time before update of archived_at on public.tags
for each row when (new.archived_at is not null and new.archived_at is distinct from old.archived_at)
execute function private.keep_archive_time();
create trigger tags_audit after insert or update or delete on public.tags
for each row execute function private.audit_change();
