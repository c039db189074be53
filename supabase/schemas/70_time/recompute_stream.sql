create function private.recompute_stream(
    stream uuid, kind text, organization uuid, since timestamptz, until timestamptz default 'infinity'
)
returns void
language plpgsql
set search_path = ''
as $$
declare
    changed record;
begin
    select * into changed from private.pair_stream(stream, kind, organization, since, until);
    perform private.publish_entries(stream, changed.changed_from, changed.changed_before);
end
$$;
comment on function private.recompute_stream(uuid, text, uuid, timestamptz, timestamptz) is
    'Pairs a stream again after new or changed taps between since and until, and updates time_entries with the result.';
