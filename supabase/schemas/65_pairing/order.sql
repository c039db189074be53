create function private.in_dock_order(taps private.taps[], slot_tag_id uuid)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    with tap as (
        select
            t.*,
            t.event_type = 'tag_removed' as leaves,
            bool_or(t.event_type = 'tag_insert') over same_tag as tag_enters,
            bool_or(t.event_type = 'tag_removed') over same_tag as tag_leaves
        from unnest(taps) as t
        window same_tag as (partition by t.tag_id)
    ),
    ranked as (
        select
            tap.*,
            case
                -- The tag in the slot leaves before another enters. Its repeated insert changes nothing.
                when tag_id = slot_tag_id and (leaves or not tag_leaves) then 0
                -- Tags that were inserted and removed at this instant.
                when tag_id is distinct from slot_tag_id and tag_enters and tag_leaves then 1
                when not leaves then 2
                else 3
            end as turn
        from tap
    )
    select array_agg(
        (
            id, organization_id, device_id, event_type, tag_id, tag_uid, direction, occurred_at, mode, person_id,
            project_id, merge_gap_seconds, debounce_seconds, max_entry_hours, stream_id
        )::private.taps
        order by turn, tag_uid, leaves
    )
    from ranked
$$;
comment on function private.in_dock_order(private.taps[], uuid) is
    'The taps of one dock at one instant, in the order that the state of the slot gives. The order of arrival does '
    'not matter.';

create function private.in_terminal_order(taps private.taps[], is_open boolean)
returns private.taps[]
language sql
immutable
set search_path = ''
as $$
    select array_agg(
        t order by
            case t.direction when 'out' then case when is_open then 0 else 2 end when 'in' then 1 else 3 end,
            t.tag_uid, t.device_id
    )
    from unnest(taps) as t
$$;
comment on function private.in_terminal_order(private.taps[], boolean) is
    'The taps of one stream at one instant: out first if somebody is in, in first if nobody is, taps without '
    'direction last.';
