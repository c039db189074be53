create function private.calendar_entries(token text)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    feed record;
begin
    select f.id, f.person_id, f.organization_id, f.last_used_at, p.name as person_name, o.name as organization_name
    into feed
    from public.calendar_feeds as f
    join public.people as p on p.id = f.person_id and p.organization_id = f.organization_id
    join public.organizations as o on o.id = f.organization_id
    join public.memberships as m on m.organization_id = f.organization_id and m.user_id = f.created_by
    where f.token_hash = sha256(convert_to(calendar_entries.token, 'UTF8'))
        and f.revoked_at is null and p.archived_at is null
        and m.is_active and (p.user_id = m.user_id or private.role_rank(m.role) >= private.role_rank('operator'));
    if not found then
        perform private.refuse(404, 'not_found', 'There is no such calendar.');
    end if;
    if feed.last_used_at is null or feed.last_used_at < private.now() - interval '1 minute' then
        update public.calendar_feeds as f set last_used_at = private.now() where f.id = feed.id;
    end if;
    return jsonb_build_object(
        'person_name', feed.person_name,
        'organization_name', feed.organization_name,
        'entries', (
            select coalesce(jsonb_agg(to_jsonb(entry) order by entry.started_at, entry.id), '[]')
            from (
                select
                    t.id, t.started_at,
                    -- In a calendar, an entry ends at least a second after its start.
                    case
                        when t.ended_at is not null then greatest(t.ended_at, t.started_at + interval '1 second')
                        else greatest(
                            least(date_trunc('minute', private.now()), t.limit_at), t.started_at + interval '1 minute'
                        )
                    end as ended_at,
                    t.ended_at is null and t.limit_at >= private.now() as is_running,
                    j.name as project_name, private.device_name(t.device_id) as device_name,
                    private.place_name(t.device_id) as place_name, t.note, t.version, t.created_at, t.updated_at
                from public.time_entries as t
                left join public.projects as j on j.id = t.project_id and j.organization_id = t.organization_id
                where t.person_id = feed.person_id and t.organization_id = feed.organization_id
                    and t.deleted_at is null and t.started_at > private.now() - interval '400 days'
                order by t.started_at desc limit 5000
            ) as entry
        )
    );
end
$$;
comment on function private.calendar_entries(text) is 'Whoever has the token, through public.calendar_entries.';
grant execute on function private.calendar_entries(text) to anon;

create function public.calendar_entries(token text)
returns jsonb
language sql
set search_path = ''
as $$
    select private.calendar_entries(token)
$$;
comment on function public.calendar_entries(text) is
    'Whoever has the token of a calendar link. Answers {person_name, organization_name, entries}: the newest 5,000 of '
    'the last 400 days. A running entry ends with the current minute and lasts at least one. 404 for every token that '
    'does not work.';
grant execute on function public.calendar_entries(text) to anon;
