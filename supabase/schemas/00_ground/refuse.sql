create function private.refuse(status integer, code text, words text)
returns void
language plpgsql
set search_path = ''
as $$
begin
    raise exception using errcode = 'PT' || status, message = code, detail = words;
end
$$;
comment on function private.refuse(integer, text, text) is
    'Ends the request with an error. PostgREST answers with the HTTP status; message is a stable code, detail is a '
    'sentence for people.';
grant execute on function private.refuse(integer, text, text) to anon, authenticated, service_role, device;

create function private.refuse_change()
returns trigger
language plpgsql
set search_path = ''
as $$
begin
    perform private.refuse(405, 'append_only', format('Rows of %I are never changed.', tg_table_name));
    return null;
end
$$;
comment on function private.refuse_change() is
    'Trigger function: refuses the change, so that the table is append-only for everybody.';
