create function public.ping()
returns jsonb
language sql
stable
set search_path = ''
as $$
    select jsonb_build_object('now', private.now())
$$;
comment on function public.ping() is 'Anyone: is the database there?';
grant execute on function public.ping() to anon, authenticated, service_role, device;
