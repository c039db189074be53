create table private.streams (
    stream_id uuid primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null check (kind in ('dock', 'terminal')),
    last_occurred_at timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table private.streams is
    'One sequence of taps that pair with each other; its row is locked while it is paired. stream_id is a device''s id '
    '(dock), a person''s (their taps on all terminals) or a tag''s (taps on terminals while it had no person).';
create index streams_by_organization on private.streams (organization_id);
