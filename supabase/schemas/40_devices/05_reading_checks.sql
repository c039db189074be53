create function private.is_tag_format(tag_format jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(tag_format)
        when 'string' then tag_format #>> '{}' in ('hex', 'unpadded_hex', 'base64', 'bytes', 'text')
        -- The embedded Supabase takes no text for a jsonb column, so that each has its object.
        when 'object' then tag_format in (
            '{"kind": "hex"}', '{"kind": "unpadded_hex"}', '{"kind": "base64"}', '{"kind": "bytes"}', '{"kind": "text"}'
        )
        or tag_format - array['kind', 'bytes', 'order'] = '{}'
            and tag_format -> 'kind' is not distinct from '"decimal"'
            and jsonb_typeof(tag_format -> 'bytes') is not distinct from 'number'
            and tag_format ->> 'bytes' ~ '^([4-9]|[12][0-9]|3[0-2])$'
            and coalesce(tag_format ->> 'order', '') in ('big', 'little')
        else tag_format is null
    end
$$;
comment on function private.is_tag_format(jsonb) is
    'Is this a notation of tag ids: hex, unpadded_hex, base64, bytes or text, or the same as {"kind": "hex"}, or '
    '{"kind": "decimal", "bytes": 4 to 32, "order": "big" or "little"}?';
grant execute on function private.is_tag_format(jsonb) to authenticated, service_role;

create function private.are_words(words jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(words)
        when 'array' then jsonb_array_length(words) <= 20 and not exists (
            select from jsonb_array_elements(words) as w (word)
            where jsonb_typeof(w.word) <> 'string' or length(w.word #>> '{}') not between 1 and 64
        )
        else words is null
    end
$$;
comment on function private.are_words(jsonb) is 'Are these at most 20 words of 1 to 64 characters each?';
grant execute on function private.are_words(jsonb) to authenticated, service_role;

create function private.is_payload_map(payload_map jsonb)
returns boolean
language sql
immutable
set search_path = ''
as $$
    select case jsonb_typeof(payload_map)
        when 'object' then payload_map - array[
                'preset', 'events', 'tag', 'time', 'event', 'direction', 'in', 'out', 'tag_format', 'day_first'
            ] = '{}'
            and not exists (
                select from jsonb_each(payload_map) as p (name, pointer)
                where p.name in ('events', 'tag', 'time', 'event', 'direction')
                    and not (
                        jsonb_typeof(p.pointer) = 'string' and length(p.pointer #>> '{}') <= 200
                        and p.pointer #>> '{}' ~ '^(/|$)'
                    )
            )
            and case
                when payload_map ? 'preset' then
                    coalesce(payload_map ->> 'preset', '') in (
                        'esphome', 'tasmota', 'home_assistant', 'zebra_fx', 'impinj', 'nfc_pcsc', 'pyscard'
                    )
                    and not payload_map ?| array['events', 'tag', 'time', 'event', 'direction', 'in', 'out']
                else payload_map ? 'tag'
                    or not payload_map ?| array['events', 'time', 'event', 'direction', 'in', 'out']
            end
            and private.are_words(payload_map -> 'in') is not false
            and private.are_words(payload_map -> 'out') is not false
            and private.is_tag_format(payload_map -> 'tag_format') is not false
            and coalesce(jsonb_typeof(payload_map -> 'day_first'), 'boolean') = 'boolean'
        else payload_map is null
    end
$$;
comment on function private.is_payload_map(jsonb) is
    'Is this a map of payloads: a preset, or pointers of which only tag is required? docs/webhook.md describes it.';
grant execute on function private.is_payload_map(jsonb) to authenticated, service_role;
