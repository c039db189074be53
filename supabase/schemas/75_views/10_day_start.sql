create function private.day_start(day date, time_zone text)
returns timestamptz
language sql
stable
set search_path = ''
as $$
    -- Where midnight occurs twice (Havana in autumn), the first counts; where it is skipped, the jump of the clocks.
    select case
        when (instant - interval '1 hour') at time zone time_zone = day::timestamp then instant - interval '1 hour'
        else instant
    end
    from (select day::timestamp at time zone time_zone as instant) as midnight
$$;
comment on function private.day_start(date, text) is
    'The first instant of a day in a time zone, also where clocks change.';
grant execute on function private.day_start(date, text) to authenticated, service_role;

create function private.require_days(from_date date, to_date date, most_days integer)
returns void
language plpgsql
stable
set search_path = ''
as $$
begin
    if from_date is null or to_date is null
        or from_date not between '1970-01-01' and '2199-12-31' or to_date not between '1970-01-01' and '2199-12-31'
        or to_date < from_date then
        perform private.refuse(422, 'invalid_range', 'Expected from_date and to_date, in this order.');
    end if;
    if to_date - from_date >= most_days then
        perform private.refuse(422, 'range_too_long', format('Expected a range of at most %s days.', most_days));
    end if;
end
$$;
comment on function private.require_days(date, date, integer) is
    'For RPCs: refuses with 422 unless these are two days in order, fewer than most_days apart.';
grant execute on function private.require_days(date, date, integer) to authenticated, service_role;
