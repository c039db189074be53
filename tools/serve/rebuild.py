"""Build the page anew when its sources change, so that `make run` shows it without a restart."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import watch

from tools.stack.processes import PROJECT, node

WEB = PROJECT / "web"
VITE = PROJECT / "node_modules" / "vite" / "bin" / "vite.js"


def build_page() -> None:
    """Build it, and say how that went; what is wrong with the sources stands in the terminal."""
    print("The page has changed; building it …", flush=True)
    done = subprocess.run([node(), VITE, "build", "web", "--logLevel=warn"], cwd=PROJECT, check=False)
    print("Reload the page to see it." if done.returncode == 0 else "The page was not built.", flush=True)


def rebuild_on_change(
    web: Path = WEB, build: Callable[[], None] = build_page, stopped: threading.Event | None = None
) -> threading.Thread:
    """Watch the sources in a thread of its own, until `stopped` is set or the process ends."""
    sources = [web / "src", web / "public", web / "index.html"]

    def work() -> None:
        for _changes in watch(*sources, stop_event=stopped, raise_interrupt=False):
            build()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread
