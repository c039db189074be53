"""How many events a second: through the function, straight to PostgREST, and by pgbench."""

import os
import re
import statistics
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg

from tools.bench import serving
from tools.bench.load import Endpoint, Measured, percentile, run_load
from tools.bench.readers import (
    EVENTS_A_DAY,
    JULIAN_FIRST_DAY,
    Reader,
    create_readers,
    function_requests,
    pgbench_script,
    rpc_requests,
)
from tools.bench.report import Figures, progress
from tools.stack.postgres import PostgresStack
from tools.stack.processes import LocalError, Words

CONNECTIONS = 16
READERS_A_CONNECTION = 4
ROUNDS = 3
PHASE_SECONDS = 5.0
DAYS_A_ROUND = 600
COLD_STARTS = 9


class Throughput:
    """The phases of load on one stack, in turn, so that a drift of the machine meets all of them."""

    def __init__(self, stack: PostgresStack, home: Path) -> None:
        self._stack = stack
        self._home = home
        self._device_event, self._empty = serving.stage(home / "functions", stack.settings)
        with psycopg.connect(stack.cluster.url("postgres")) as connection:
            readers = create_readers(connection, 2 * CONNECTIONS * READERS_A_CONNECTION)
        half = len(readers) // 2
        self._readers = _dealt(readers[:half])
        script = pgbench_script(_dealt(readers[half:]))
        self._script = home / "pgbench.sql"
        self._script.write_text(script)
        self._sent = 0

    def measure(self) -> Figures:
        """Everything that needs the function running."""
        keys = {"apikey": self._stack.publishable_key}
        rpc = Endpoint(f"{self._stack.rest_url}/rpc/record_device_events", keys)
        rounds: list[dict[str, float]] = []
        memory: list[dict[str, float]] = []
        latencies: dict[str, Measured] = {}
        with ExitStack() as cleanup:
            server = cleanup.enter_context(serving.running(self._device_event))
            function = Endpoint(server.url, {})
            phases: list[tuple[str, str, Callable[..., Iterator[bytes]], Endpoint, int]] = [
                ("rpc_single", self._stack.rest_url, rpc_requests, rpc, 1),
                ("single", server.url, function_requests, function, 1),
                ("batch", server.url, function_requests, function, EVENTS_A_DAY),
                ("rpc_batch", self._stack.rest_url, rpc_requests, rpc, EVENTS_A_DAY),
            ]
            for number in range(ROUNDS + 1):
                # Round 0 warms up.
                seconds = PHASE_SECONDS if number else 1.0
                rates: dict[str, float] = {}
                for name, url, requests, endpoint, batch in phases:
                    sources = [requests(endpoint, readers, batch) for readers in self._readers]
                    measured = run_load(url, sources, seconds)
                    self._sent += batch * len(measured.latencies_ms)
                    rates[name] = measured.per_second * batch
                    latencies[name] = measured
                    memory.append(server.resident_mib())
                rates["pgbench"] = self._pgbench(number, seconds)
                if number:
                    rounds.append(rates)
                words = ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items())
                progress(f"Events a second, round {number} of {ROUNDS}: {words}")
        self._check_all_were_new()
        return _summary(rounds, memory, latencies)

    def measure_cold_starts(self) -> Figures:
        """The function and the empty app in turn; what is asked of the function is to store an event."""
        runs: dict[str, list[float]] = {"device_event": [], "empty": []}
        requests = function_requests(Endpoint("http://127.0.0.1", {}), self._readers[0], 1)
        hello = Endpoint("http://127.0.0.1", {}).post("{}")
        for number in range(COLD_STARTS + 1):
            for app in (self._device_event, self._empty):
                milliseconds = serving.cold_start_ms(
                    app, next(requests) if app.name == "device_event" else hello
                )
                self._sent += app.name == "device_event"
                # The first run compiles, as the platform does when it builds.
                if number:
                    runs[app.name].append(milliseconds)
        medians = {name: statistics.median(values) for name, values in runs.items()}
        progress(f"Cold start: {medians['device_event']:.0f} ms, of an empty app {medians['empty']:.0f} ms")
        return {
            "cold_start_over_empty": medians["device_event"] / medians["empty"],
            "cold_start": {"median_ms": medians, "runs_ms": runs},
        }

    def _pgbench(self, number: int, seconds: float) -> float:
        pgbench = self._stack.cluster.bin / "pgbench"
        words: Words = [
            pgbench,
            "--no-vacuum",
            f"--client={CONNECTIONS}",
            f"--time={seconds:.0f}",
            f"--file={self._script}",
            f"--define=day={JULIAN_FIRST_DAY - 1 + number * DAYS_A_ROUND}",
            self._stack.cluster.url("authenticator"),
        ]
        environment = os.environ | {"PGOPTIONS": "-c role=anon"}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        found = re.search(r"^tps = ([0-9.]+)", done.stdout, re.MULTILINE)
        if done.returncode or found is None:
            raise LocalError(f"pgbench failed: {done.stdout}{done.stderr}")
        return float(found[1]) * READERS_A_CONNECTION * EVENTS_A_DAY

    def _check_all_were_new(self) -> None:
        """A repeated event costs less than a new one."""
        numbers = [reader.number for readers in self._readers for reader in readers]
        [row] = self._stack.sql(
            "select count(*) as events, count(*) filter (where e.time_quality = 'synced') as synced,"
            " (select count(*) from public.time_entries as t where t.device_id in"
            "  (select id from public.devices where external_id = any(%s))) as entries"
            " from public.device_events as e join public.devices as d on d.id = e.device_id"
            " where d.external_id = any(%s)",
            [[f"NFC_LOAD{number}" for number in numbers]] * 2,
        )
        is_every_second = 0.9 < 2 * row["entries"] / self._sent < 1.1
        if not row["events"] == row["synced"] == self._sent or not is_every_second:
            raise LocalError(f"Of {self._sent} events sent came {row}.")


def _dealt(readers: Sequence[Reader]) -> list[list[Reader]]:
    return [list(readers[number::CONNECTIONS]) for number in range(CONNECTIONS)]


def _summary(
    rounds: Sequence[dict[str, float]], memory: Sequence[dict[str, float]], latencies: dict[str, Measured]
) -> Figures:
    def ratio(one: str, other: str) -> float:
        return statistics.median(rates[one] / rates[other] for rates in rounds)

    worker = max(sample["worker"] for sample in memory)
    details: dict[str, Any] = {
        "events_per_second": {
            name: {
                "median": statistics.median(rates[name] for rates in rounds),
                "rounds": [rates[name] for rates in rounds],
            }
            for name in rounds[0]
        },
        "latency_ms": {
            name: {percent: percentile(measured.latencies_ms, percent) for percent in (50, 95)}
            for name, measured in latencies.items()
        },
        "connections": CONNECTIONS,
        "threads": serving.THREADS,
        "phase_seconds": PHASE_SECONDS,
        "devices": CONNECTIONS * READERS_A_CONNECTION,
        "batch": EVENTS_A_DAY,
    }
    return {
        "single_over_rpc": ratio("single", "rpc_single"),
        "batch_over_single": ratio("batch", "single"),
        "batch_over_pgbench": ratio("batch", "pgbench"),
        "memory_mib": worker,
        "throughput": details | {"batch_over_rpc_batch": ratio("batch", "rpc_batch")},
        "memory": {
            "what": "resident memory of gunicorn's worker, in which the function runs; the largest sample",
            "worker_mib": worker,
            "arbiter_mib": max(sample["arbiter"] for sample in memory),
        },
    }
