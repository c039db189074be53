create table private.stops (
    stream_id uuid not null,
    started_at timestamptz not null,
    stopped_at timestamptz not null,
    primary key (stream_id, started_at)
);
comment on table private.stops is
    'What people ended or deleted by hand at terminals. started_at is the tap that had opened the entry they saw, '
    'stopped_at when they said so. An input of pairing: the entry that spans that tap ends then, if it is still open, '
    'and the next tap comes in.';
