create type private.incoming_event as (
    place integer,
    event_type text,
    tag_uid text,
    tag_type text,
    direction text,
    device_time text,
    occurred_at timestamptz,
    time_quality text,
    dedupe_key uuid,
    signature uuid,
    payload jsonb,
    is_by_order boolean,
    no_card text,
    sequence_number bigint
);
