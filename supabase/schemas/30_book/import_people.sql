create function private.read_people(rows jsonb)
returns table (place integer, name text, email text, phone text, code text, field text)
language sql
immutable
set search_path = ''
as $$
    with item as (
        select
            i.place::integer as place,
            jsonb_typeof(i.person) as kind,
            btrim(i.person ->> 'name') as name,
            nullif(btrim(i.person ->> 'email'), '') as email,
            -- Accepts the usual notations: +43 (660) 123-4567, 0043 660 1234567.
            regexp_replace(regexp_replace(nullif(btrim(i.person ->> 'phone'), ''), '[\s()./-]', '', 'g'), '^00', '+') as phone
        from jsonb_array_elements(rows) with ordinality as i (person, place)
    )
    select item.place, item.name, item.email, item.phone, wrong.code, wrong.field
    from item
    left join lateral (
        values
        (item.kind <> 'object', 'not_an_object', null),
        (item.kind = 'object' and coalesce(item.name, '') = '', 'missing', 'name'),
        (length(item.name) > 200, 'too_long', 'name'),
        (item.email !~ '^[^@\s]+@[^@\s]+$' or length(item.email) > 320, 'invalid', 'email'),
        (item.phone !~ '^\+[1-9][0-9]{6,14}$', 'invalid', 'phone')
    ) as wrong (is_so, code, field) on wrong.is_so
$$;
comment on function private.read_people(jsonb) is
    'The rows of an import with white space removed and phone numbers in E.164. A row comes once for each error in '
    'it, with the error''s code and field, or once without.';

create function private.import_errors(organization_id uuid, rows jsonb)
returns jsonb
language sql
stable
set search_path = ''
as $$
    with person as materialized (
        select * from private.read_people(rows)
    ),
    good as (
        select place, field, value, min(place) over (partition by field, value) as first_place
        from (
            select p.place, contact.field, contact.value
            from person as p
            cross join lateral (values ('email', lower(p.email)), ('phone', p.phone)) as contact (field, value)
            where contact.value is not null
            group by p.place, contact.field, contact.value
            having bool_or(p.field = contact.field) is not true
        ) as contacts
    ),
    taken as (
        select 'email' as field, lower(p.email) as value from public.people as p
        where p.organization_id = import_errors.organization_id and p.email is not null
        union all
        select 'phone', p.phone from public.people as p
        where p.organization_id = import_errors.organization_id and p.phone is not null
    ),
    wrong as (
        select p.place, p.field, p.code, null::integer as other_row from person as p where p.code is not null
        union all
        select g.place, g.field, 'repeated', g.first_place from good as g where g.first_place < g.place
        union all
        select g.place, g.field, 'taken', null from good as g join taken as t using (field, value)
    )
    select coalesce(jsonb_agg(
        jsonb_strip_nulls(jsonb_build_object(
            'row', w.place, 'field', w.field, 'code', w.code, 'first_row', w.other_row
        )) order by w.place, w.field nulls first, w.code
    ), '[]')
    from wrong as w
$$;
comment on function private.import_errors(uuid, jsonb) is 'The errors that prevent an import, by row.';

create function private.import_people(organization_id uuid, rows jsonb, dry_run boolean)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    errors jsonb;
    imported integer := 0;
begin
    perform private.require_role(import_people.organization_id, 'operator');
    if jsonb_typeof(rows) is distinct from 'array' or jsonb_array_length(rows) > 5000 then
        perform private.refuse(422, 'invalid_rows', 'Expected an array of at most 5,000 rows.');
    end if;
    errors := private.import_errors(import_people.organization_id, rows);
    if errors = '[]' and dry_run is false then
        insert into public.people (organization_id, name, email, phone)
        select import_people.organization_id, p.name, p.email, p.phone
        from private.read_people(rows) as p order by p.place;
        get diagnostics imported = row_count;
    end if;
    return jsonb_build_object(
        'dry_run', dry_run is not false, 'rows', jsonb_array_length(rows), 'imported', imported, 'errors', errors
    );
exception when unique_violation then
    perform private.refuse(409, 'changed_meanwhile', 'Somebody added one of these people meanwhile: try again.');
    return null;
end
$$;
comment on function private.import_people(uuid, jsonb, boolean) is 'Operators and above, through public.import_people.';
grant execute on function private.import_people(uuid, jsonb, boolean) to authenticated;

create function public.import_people(organization_id uuid, rows jsonb, dry_run boolean default true)
returns jsonb
language sql
set search_path = ''
as $$
    select private.import_people(organization_id, rows, dry_run)
$$;
comment on function public.import_people(uuid, jsonb, boolean) is
    'Operators and above: adds people {name, email, phone}: all of them, or none if any row has an error or on a dry '
    'run. Answers {dry_run, rows, imported, errors: [{row, field, code, first_row}]}. row counts from 1; code is '
    'missing, too_long, invalid, repeated (first_row names the first), taken or not_an_object. 422 invalid_rows.';
grant execute on function public.import_people(uuid, jsonb, boolean) to authenticated;
