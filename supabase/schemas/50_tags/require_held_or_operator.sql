create function private.require_held_or_operator(tag public.tags, since timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if exists (
        select from public.tag_assignments as a
        where a.tag_id = tag.id and a.person_id is not null
            and a.person_id not in (select private.own_people())
            and a.valid_from >= coalesce((
                select max(b.valid_from) from public.tag_assignments as b
                where b.tag_id = tag.id and b.valid_from <= since
            ), since)
    ) then
        perform private.require_role(tag.organization_id, 'operator');
    end if;
end
$$;
comment on function private.require_held_or_operator(public.tags, timestamptz) is
    'Members may relabel a tag only for times in which nobody else had it; operators may always.';
