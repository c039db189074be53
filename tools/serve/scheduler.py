"""The scheduler of this machine: calls, every minute, what a cloud's scheduler would call."""

import contextlib
import threading
import time

import httpx

from gatebook.endpoint.routes import ROUTES

INTERVAL_SECONDS = 60


def start_scheduler(gateway_url: str, task_token: str) -> None:
    """Call every task of the routes, first at once, as long as this process lives."""
    paths = [route.path for route in ROUTES if route.access == "task" and "POST" in route.methods]

    def call_all() -> None:
        with httpx.Client(base_url=gateway_url, headers={"X-Task-Token": task_token}, timeout=30) as client:
            while True:
                for path in paths:
                    # What goes wrong stands in the gateway's log; the next minute brings another try.
                    with contextlib.suppress(httpx.HTTPError):
                        client.post(path)
                time.sleep(INTERVAL_SECONDS)

    threading.Thread(target=call_all, daemon=True).start()
