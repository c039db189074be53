create function private.crc32(bytes bytea)
returns bigint
language plpgsql
immutable
set search_path = ''
as $$
declare
    crc bigint := 4294967295;
begin
    for i in 0 .. length(bytes) - 1 loop
        crc := crc # get_byte(bytes, i);
        for bit in 1 .. 8 loop
            crc := (crc >> 1) # (case when crc & 1 = 1 then 3988292384 else 0 end);
        end loop;
    end loop;
    return crc # 4294967295;
end
$$;
comment on function private.crc32(bytea) is
    'CRC-32 as in zlib and PNG. PostgreSQL has its own only from version 18 on.';

create function private.base62(value bigint, digits integer)
returns text
language sql
immutable
set search_path = ''
as $$
    select string_agg(
        substr(
            '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz',
            1 + ((value / (62::numeric ^ (digits - place))::bigint) % 62)::integer,
            1
        ), '' order by place
    )
    from generate_series(1, digits) as place
$$;
comment on function private.base62(bigint, integer) is
    'A number in base 62 (0-9, A-Z, a-z), padded to this number of digits.';

create function private.generate_device_key()
returns text
language plpgsql
volatile
set search_path = ''
as $$
declare
    key text := 'gb_';
    bytes bytea;
begin
    while length(key) < 33 loop
        bytes := uuid_send(gen_random_uuid());
        for i in 0 .. 15 loop
            -- Bytes 6 and 8 contain the version; values from 248 on would make the first digits more likely.
            if i not in (6, 8) and get_byte(bytes, i) < 248 and length(key) < 33 then
                key := key || private.base62(get_byte(bytes, i) % 62, 1);
            end if;
        end loop;
    end loop;
    return key || private.base62(private.crc32(convert_to(key, 'UTF8')), 6);
end
$$;
comment on function private.generate_device_key() is
    'A new key: gb_, 30 random base62 digits, and 6 base62 digits of their CRC-32, so that a typo is found without a '
    'query.';
