create function private.preview_pairing_settings(
    organization_id uuid, device_id uuid, merge_gap_seconds integer, debounce_seconds integer, max_entry_hours integer,
    valid_from timestamptz
)
returns jsonb
language plpgsql
security definer
set search_path = ''
as $$
declare
    outcome jsonb;
begin
    -- The change itself, counted and taken back: the count is right whatever the rules are.
    begin
        outcome := private.set_pairing_settings(
            organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
        );
        raise exception using errcode = 'GB000';
    exception when sqlstate 'GB000' then
        return outcome;
    end;
end
$$;
comment on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Through public.preview_pairing_settings.';

create function public.preview_pairing_settings(
    organization_id uuid, device_id uuid default null, merge_gap_seconds integer default null,
    debounce_seconds integer default null, max_entry_hours integer default null, valid_from timestamptz default null
)
returns jsonb
language sql
set search_path = ''
as $$
    select private.preview_pairing_settings(
        organization_id, device_id, merge_gap_seconds, debounce_seconds, max_entry_hours, valid_from
    )
$$;
comment on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz) is
    'Admins for the organization, operators for a device: what set_pairing_settings would answer, without doing it.';

grant execute on function private.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;
grant execute on function public.preview_pairing_settings(uuid, uuid, integer, integer, integer, timestamptz)
to authenticated;
