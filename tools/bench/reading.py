"""How reading fares: a person's month in a small and a large database, and what row level security costs."""

import json
import statistics
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, LiteralString

import psycopg
from psycopg.rows import dict_row

from tools.bench.load import Connection, Endpoint, percentile
from tools.bench.report import Figures, progress
from tools.stack.postgres import PostgresStack
from tools.stack.processes import LocalError
from tools.stack.tokens import sign_jwt

PEOPLE = 40
MONTH_ROUNDS = 8
PAGE_ROUNDS = 5

# Everybody with the whole history, of organizations of all sizes: a quarter from the largest.
SAMPLE = """
select p.organization_id, p.id, p.user_id, current_date - 31 as from_date, current_date - 1 as to_date, (
    select jsonb_object_agg(m.role, m.user_id) from public.memberships as m
    where m.organization_id = p.organization_id and m.role in ('viewer', 'admin')
) as colleagues
from bench.people as p
where p.days = (select max(days) from bench.people)
order by
    row_number() over (partition by p.organization = 1 order by md5(p.id::text))
    * case p.organization when 1 then 3 else 1 end
limit %s
"""
Row = dict[str, Any]


def measure_months(small: PostgresStack, large: PostgresStack) -> Figures:
    """The timesheet of a month, asked for by the person whose it is, in turn of the two databases."""
    asked = {"small": _month_requests(small), "large": _month_requests(large)}
    connections = {"small": Connection(small.rest_url), "large": Connection(large.rest_url)}
    latencies: dict[str, list[float]] = {"small": [], "large": []}
    days: dict[str, list[int]] = {"small": [], "large": []}
    for number in range(MONTH_ROUNDS * PEOPLE):
        for name, connection in connections.items():
            milliseconds = connection.exchange(asked[name][number % len(asked[name])])
            # The first round warms up.
            if number >= PEOPLE:
                latencies[name].append(milliseconds)
                days[name].append(connection.answer.count(b'"day"'))
    for name, connection in connections.items():
        connection.socket.close()
        if min(days[name]) < 15:
            raise LocalError(f"A month of the {name} database has {min(days[name])} days.")
    figures = {
        name: {
            "p50_ms": percentile(values, 50),
            "p95_ms": percentile(values, 95),
            "requests": len(values),
            "median_days": statistics.median(days[name]),
        }
        for name, values in latencies.items()
    }
    progress(f"A month, p95: {figures['large']['p95_ms']:.1f} ms, small {figures['small']['p95_ms']:.1f} ms")
    return {
        "month_large_over_small": figures["large"]["p95_ms"] / figures["small"]["p95_ms"],
        "month": {"what": "RPC timesheet of 31 days through PostgREST as a member"} | figures,
    }


def measure_pages(stack: PostgresStack) -> Figures:
    """The 50 newest entries of a person, and of an organization: planning and execution in the database."""
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    with psycopg.connect(stack.cluster.url("postgres"), row_factory=dict_row) as connection:
        people = connection.execute(SAMPLE, [PEOPLE]).fetchall()
        for number in range(PAGE_ROUNDS + 1):
            for person in people:
                for source in ("time_entries", "time_entry_details"):
                    for page in ("person", "organization"):
                        for role in ("none", "member", "viewer", "admin"):
                            milliseconds = _page_ms(connection, source, page, role, person)
                            if number:
                                times[f"{source} of {page}", role].append(milliseconds)
    pages: dict[str, Any] = defaultdict(dict)
    for (page, role), values in times.items():
        without = times[page, "none"]
        pages[page][role] = {
            "p50_ms": statistics.median(values),
            "p95_ms": percentile(values, 95),
            "p50_over_none": statistics.median(values) / statistics.median(without),
            "p95_over_none": percentile(values, 95) / percentile(without, 95),
        }
    member = pages["time_entries of person"]["member"]
    progress(f"A member's page of 50: {member['p50_ms']:.2f} ms, {member['p50_over_none']:.2f} of none")
    return {"rls_over_none": member["p50_over_none"], "rls": dict(pages)}


def _page_ms(
    connection: psycopg.Connection[Row], source: LiteralString, page: str, role: str, person: Row
) -> float:
    query: LiteralString = "explain (analyze, timing off, format json) select * from public." + source
    query += " where organization_id = %(organization_id)s"
    if page == "person":
        query += " and person_id = %(id)s"
    query += " order by started_at desc, id limit 50"
    with connection.transaction(force_rollback=True):
        if role != "none":
            user_id = person["colleagues"].get(role, person["user_id"])
            claims = json.dumps({"sub": str(user_id), "role": "authenticated"})
            connection.execute("select set_config('request.jwt.claims', %s, true)", [claims])
            connection.execute("set local role authenticated")
        [answer] = connection.execute(query, person).fetchall()
    [plan] = answer["QUERY PLAN"]
    if page == "person" and plan["Plan"]["Actual Rows"] != 50:
        raise LocalError(f"A page of {plan['Plan']['Actual Rows']} entries, as {role}.")
    return float(plan["Planning Time"] + plan["Execution Time"])


def _month_requests(stack: PostgresStack) -> Sequence[bytes]:
    with psycopg.connect(stack.cluster.url("postgres"), row_factory=dict_row) as connection:
        people = connection.execute(SAMPLE, [PEOPLE]).fetchall()
    return [_month_request(stack, person) for person in people]


def _month_request(stack: PostgresStack, person: Row) -> bytes:
    claims = {"sub": str(person["user_id"]), "role": "authenticated", "aud": "authenticated"}
    headers = {
        "apikey": stack.publishable_key,
        "Authorization": f"Bearer {sign_jwt(claims, stack.jwt_secret)}",
    }
    body = {
        "organization_id": person["organization_id"],
        "person_id": person["id"],
        "from_date": person["from_date"],
        "to_date": person["to_date"],
    }
    return Endpoint(f"{stack.rest_url}/rpc/timesheet", headers).post(json.dumps(body, default=str))
