create function private.require_reason(reason text)
returns text
language plpgsql
immutable
set search_path = ''
as $$
begin
    if coalesce(btrim(reason), '') = '' or length(reason) > 500 then
        perform private.refuse(422, 'invalid_reason', 'Every correction has a reason of 1 to 500 characters.');
    end if;
    return btrim(reason);
end
$$;
comment on function private.require_reason(text) is
    'The reason without surrounding white space; refuses with 422 if it is empty or too long.';

create function private.require_possible_time(started_at timestamptz, ended_at timestamptz)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if started_at is null or started_at < timestamptz '1970-01-01 00:00:00+00' then
        perform private.refuse(422, 'invalid_started_at', 'An entry has a start, in 1970 or later.');
    end if;
    if ended_at <= started_at then
        perform private.refuse(422, 'end_before_start', 'An entry ends after it starts.');
    end if;
    if ended_at > started_at + interval '168 hours' then
        perform private.refuse(422, 'too_long', 'An entry lasts a week at most.');
    end if;
    if coalesce(ended_at, started_at) > private.now() + interval '1 minute' then
        perform private.refuse(422, 'in_the_future', 'Time is recorded when it has passed.');
    end if;
end
$$;
comment on function private.require_possible_time(timestamptz, timestamptz) is
    'Refuses with 422 unless the start is before the end, at most a week before it, and neither is in the future.';

create function private.limit_of_entry(organization_id uuid, started_at timestamptz)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    select limit_of_entry.started_at + make_interval(hours => coalesce((
        select s.max_entry_hours from public.pairing_settings as s
        where s.organization_id = limit_of_entry.organization_id and s.device_id is null
            and s.valid_from <= limit_of_entry.started_at
        order by s.valid_from desc limit 1
    ), 12))
$$;
comment on function private.limit_of_entry(uuid, timestamptz) is 'When an entry without taps is forgotten.';
