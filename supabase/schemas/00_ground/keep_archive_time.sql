create function private.keep_archive_time()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    new.archived_at := coalesce(old.archived_at, private.now());
    return new;
end
$$;
comment on function private.keep_archive_time() is
    'Trigger function: people say that something is archived, the database says since when. Taps from before still count.';
