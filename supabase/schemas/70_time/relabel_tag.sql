create function private.relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    tag public.tags;
    since timestamptz := coalesce(valid_from, private.now());
    streams uuid[];
    kinds text[];
    streams_after uuid[];
    kinds_after text[];
    changed integer := 0;
begin
    -- Waits for events of this tag that are being recorded, and holds later ones back until the end.
    select * into tag from public.tags as t where t.id = relabel_tag.tag_id for update;
    perform private.require_own_or_operator(tag.organization_id, tag.person_id);
    perform private.require_own_or_operator(tag.organization_id, relabel_tag.person_id);
    perform private.require_held_or_operator(tag, since);
    if since > private.now() then
        perform private.refuse(422, 'in_the_future', 'A new meaning holds from now on or from a time in the past.');
    end if;
    perform private.require_of_organization(tag.organization_id, relabel_tag.person_id, relabel_tag.project_id);

    select array_agg(s.stream_id), array_agg(s.kind) into streams, kinds
    from private.streams_of_tag(tag.id, since) as s;
    delete from public.tag_assignments as a where a.tag_id = tag.id and a.valid_from > since;
    insert into public.tag_assignments (organization_id, tag_id, person_id, project_id, valid_from, created_by)
    values (tag.organization_id, tag.id, relabel_tag.person_id, relabel_tag.project_id, since, auth.uid())
    on conflict on constraint tag_assignments_tag_id_valid_from_key do update
    set person_id = excluded.person_id, project_id = excluded.project_id, created_by = excluded.created_by;
    perform set_config('gatebook.assigned_from', since::text, true);
    update public.tags as t
    set person_id = relabel_tag.person_id, project_id = relabel_tag.project_id
    where t.id = tag.id;
    perform set_config('gatebook.assigned_from', '', true);

    select array_agg(s.stream_id), array_agg(s.kind) into streams_after, kinds_after
    from private.streams_of_tag(tag.id, since) as s;
    if streams is not null then
        changed := private.pair_again(streams || streams_after, kinds || kinds_after, tag.organization_id, since);
    end if;
    return jsonb_build_object('entries_changed', changed, 'valid_from', since);
end
$$;
comment on function private.relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.relabel_tag.';
grant execute on function private.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function public.relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what the tag stands for from valid_from on (null: from now on). Past entries that start '
    'later change with it. Answers {entries_changed, valid_from}.';
grant execute on function public.relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function private.preview_relabel_tag(tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- Makes the change, counts, and undoes it, so the count is always right.
    begin
        outcome := private.relabel_tag(tag_id, person_id, project_id, valid_from);
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is 'Through public.preview_relabel_tag.';
grant execute on function private.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;

create function public.preview_relabel_tag(
    tag_id uuid, person_id uuid, project_id uuid, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
set statement_timeout = '10min'
as $$
    select private.preview_relabel_tag(tag_id, person_id, project_id, valid_from)
$$;
comment on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) is
    'Own tags, or operators: what relabel_tag would answer, without changing anything.';
grant execute on function public.preview_relabel_tag(uuid, uuid, uuid, timestamptz) to authenticated;
