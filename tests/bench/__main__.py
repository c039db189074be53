"""`make bench`: the figures of this system on real PostgreSQL and PostgREST, as one JSON object.

    SCALE=1000000 python -m tests.bench
"""
import json, sys, tempfile
from pathlib import Path
from tests.bench.throughput import Throughput
from tests.bench.report import progress
from gatebook.local.postgres import PostgresStack
with PostgresStack(is_durable=True) as stack, tempfile.TemporaryDirectory() as home:
    progress("up")
    t = Throughput(stack, Path(home))
    f = t.measure_cold_starts()
    f |= t.measure()
    print(json.dumps(f, indent=1))
