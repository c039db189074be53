create table private.streams (
    stream_id uuid primary key,
    organization_id uuid not null references public.organizations (id) on delete cascade,
    kind text not null check (kind in ('dock', 'terminal')),
    last_occurred_at timestamptz not null default '-infinity'
) with (fillfactor = 50);
comment on table private.streams is
    'A stream is a sequence of taps that are paired with each other. stream_id is the id of a device (dock), of a '
    'person (their taps at all terminals), or of a tag (its taps at terminals while it had no person). The row is '
    'locked while the stream is paired.';
create index streams_by_organization on private.streams (organization_id);
