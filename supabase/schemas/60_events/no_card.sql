create function private.no_card(uid text)
returns text
language sql
immutable
set search_path = ''
as $$
    select case
        when uid ~ '^((00)+|(FF)+)$' then 'unreadable'
        -- ISO/IEC 14443-3: four bytes that begin with 08 are random at each touch.
        when uid ~ '^08[0-9A-F]{6}$' then 'random_id'
    end
$$;
comment on function private.no_card(text) is
    'Why an id names no card: unreadable (a reader that failed), random_id (a telephone), or null.';

create function private.is_assigned(tag_id uuid, since timestamptz)
returns boolean
language sql
stable
set search_path = ''
as $$
    select coalesce((
        select a.person_id is not null or a.project_id is not null
        from public.tag_assignments as a
        where a.tag_id = is_assigned.tag_id and a.valid_from <= since
        order by a.valid_from desc limit 1
    ), false)
$$;
comment on function private.is_assigned(uuid, timestamptz) is 'Did a tag mean a person or a project at that time?';
