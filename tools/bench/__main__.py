"""`make bench`: the figures of this system on real PostgreSQL and PostgREST, as one JSON object.

    make bench                  100,000 events stored; under 5 minutes
    make bench SCALE=10000000   10 thousand to 10 million

Every figure is a ratio of two things measured in turn in this one run.
"""

import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from tools.bench.generator import fill
from tools.bench.reading import measure_months, measure_pages
from tools.bench.report import Figures, machine, progress, report
from tools.bench.throughput import Throughput
from tools.stack.postgres import PostgresStack
from tools.stack.processes import LocalError

SMALL, LARGEST = 10_000, 10_000_000
DEFAULT = 100_000
# As a small hosted instance has them; PostgreSQL's own are for 128 MB.
DATABASE_SETTINGS = {"shared_buffers": "1GB", "max_wal_size": "8GB", "maintenance_work_mem": "256MB"}


def main() -> int:
    """Measure, and print."""
    # So that what was started is stopped, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))
    try:
        scale = _scale()
        machine_before = machine()
        print(json.dumps(report(measure(scale) | {"machine": machine_before}, scale), indent=2))
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measure(scale: int) -> Figures:
    """Reading from two databases side by side, then load on the small one."""
    with ExitStack() as cleanup:
        home = Path(cleanup.enter_context(tempfile.TemporaryDirectory()))
        small = cleanup.enter_context(PostgresStack(is_durable=True))
        versions = _set_up(small)
        fill(small, SMALL)
        large = cleanup.enter_context(PostgresStack(is_durable=True))
        _set_up(large)
        fill(large, scale)
        figures = measure_months(small, large) | measure_pages(large)
        large.stop()
        throughput = Throughput(small, home)
        return figures | throughput.measure_cold_starts() | throughput.measure() | {"versions": versions}


def _set_up(stack: PostgresStack) -> dict[str, str]:
    with psycopg.connect(stack.cluster.url("supabase_admin"), autocommit=True) as connection:
        for name, value in DATABASE_SETTINGS.items():
            connection.execute(f"alter system set {name} = '{value}'".encode())
    stack.stop()
    stack.start()
    [row] = stack.sql("select version()")
    server = stack.client().get("/").headers["Server"]
    progress(f"{row['version'].split(',')[0]} and {server} answer")
    return {"postgresql": row["version"], "postgrest": server}


def _scale() -> int:
    text = os.environ.get("SCALE") or str(DEFAULT)
    number = int(text.replace("_", "")) if text.replace("_", "").isdecimal() else 0
    if not SMALL <= number <= LARGEST:
        raise LocalError(f"SCALE must be a number of events from {SMALL} to {LARGEST}; found {text!r}.")
    return number


if __name__ == "__main__":
    sys.exit(main())
