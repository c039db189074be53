create table private.stops (
    stream_id uuid not null,
    started_at timestamptz not null,
    stopped_at timestamptz not null,
    primary key (stream_id, started_at)
);
comment on table private.stops is
    'Entries at terminals that people ended or deleted by hand while these were running, by the start that the taps '
    'gave them. An input of pairing, because somebody who stopped by hand is out at the next tap.';
