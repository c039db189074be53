"""The readers that load is made of: each with its key and one tag, whose taps go on from phase to phase."""

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import psycopg
from pydantic_core import to_json

from gatebook.devices.keys import generate_key
from gatebook.taps.models import DeviceEventRequest
from tools.bench.load import Endpoint

EVENTS_A_DAY = 100
FIRST_DAY = date(2021, 1, 1)
JULIAN_FIRST_DAY = 2_459_216

CREATE_READERS = """
with owner as (
    insert into public.organizations (name, time_zone) values ('Load', 'Europe/Vienna') returning id
), person as (
    insert into public.people (organization_id, name) select id, 'Mira' from owner
    returning id, organization_id
), device as (
    insert into public.devices (organization_id, external_id, name, requests_per_minute)
    select id, 'NFC_LOAD' || n, 'Reader', 2147483647 from owner, generate_series(0, %(count)s - 1) as n
    returning id, organization_id, external_id
), tag as (
    insert into public.tags (organization_id, uid, person_id)
    select organization_id, upper(lpad(to_hex(n), 8, '0')), id
    from person, generate_series(0, %(count)s - 1) as n
)
insert into public.device_keys (organization_id, device_id, kind, key_hash, hint)
select d.organization_id, d.id, 'header', sha256(convert_to(k.key, 'UTF8')), substr(k.key, 4, 6)
from unnest(%(keys)s::text[]) with ordinality as k (key, n)
join device as d on d.external_id = 'NFC_LOAD' || k.n - 1
"""


@dataclass
class Reader:
    """A dock in which a tag comes and goes every 14 minutes, 50 times a day."""

    number: int
    key: str
    sent: int = 0
    said: list[str] = field(init=False)
    """The first day's events as the function takes them,"""
    translated: list[str] = field(init=False)
    """and as it passes them on to the database."""

    def __post_init__(self) -> None:
        events = [self._event(slot) for slot in range(EVENTS_A_DAY)]
        self.said = [json.dumps(event) for event in events]
        self.translated = [to_json(DeviceEventRequest.read(event).events()[0]).decode() for event in events]

    def next_events(self, first_day: Sequence[str], count: int) -> list[str]:
        """The next so many events; a batch of a whole day begins with a day."""
        if count == EVENTS_A_DAY:
            self.sent += -self.sent % EVENTS_A_DAY
        day, slot = divmod(self.sent, EVENTS_A_DAY)
        self.sent += count
        today = (FIRST_DAY + timedelta(days=day)).isoformat()
        return [text.replace(FIRST_DAY.isoformat(), today) for text in first_day[slot : slot + count]]

    def _event(self, slot: int) -> dict[str, object]:
        hour, minute = divmod(slot * 14, 60)
        tag_id = self.number.to_bytes(4, "big").hex(" ")
        return {
            "timestamp": f"{FIRST_DAY.isoformat()}T{hour:02}:{minute:02}:00.000Z",
            "event_type": "tag_removed" if slot % 2 else "tag_insert",
            "tag_present": slot % 2 == 0,
            "tag_id": tag_id,
            "tag_type": "Mifare Classic (4-byte)",
            "wifi_status": "Connected to WiFi-2.4-6B2E (-49 dBm)",
            "time_status": "Synced with NTP",
            "device_id": f"NFC_LOAD{self.number}",
        }


def create_readers(connection: psycopg.Connection, count: int) -> list[Reader]:
    """So many readers of one organization."""
    readers = [Reader(number, generate_key()) for number in range(count)]
    connection.execute(CREATE_READERS, {"count": count, "keys": [reader.key for reader in readers]})
    connection.commit()
    return readers


def function_requests(endpoint: Endpoint, readers: Sequence[Reader], batch: int) -> Iterator[bytes]:
    """What these readers post in turn: one event, or a batch."""
    for reader in itertools.cycle(readers):
        events = reader.next_events(reader.said, batch)
        body = events[0] if batch == 1 else f'{{"events":[{",".join(events)}]}}'
        yield endpoint.post(body, X_API_Key=reader.key)


def rpc_requests(endpoint: Endpoint, readers: Sequence[Reader], batch: int) -> Iterator[bytes]:
    """What the function would pass on of them."""
    for reader in itertools.cycle(readers):
        events = ",".join(reader.next_events(reader.translated, batch))
        yield endpoint.post(f'{{"events":[{events}],"device_key":"{reader.key}","key_kind":"header"}}')


def pgbench_script(readers_by_client: Sequence[Sequence[Reader]]) -> str:
    """A day of each reader of a client; the variable day counts on, as a Julian day."""
    lines = ["\\set day :day + 1"]
    for client, readers in enumerate(readers_by_client):
        lines.append(f"\\{'elif' if client else 'if'} :client_id = {client}")
        for reader in readers:
            events = ",".join(reader.translated).replace(f"{FIRST_DAY.isoformat()}T", "J:day ")
            lines.append(
                f"select public.record_device_events('{reader.key}', 'header', '[{events}]'::jsonb);"
            )
    return "\n".join([*lines, "\\endif", ""])
