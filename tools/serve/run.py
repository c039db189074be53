"""`make run`: Supabase, the functions and the page on this machine, and a demo in them.

With the SUPABASE_URL of another Supabase in the environment it starts none and no demo, and serves in front
of that one.
"""

import os
import secrets
import signal
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import httpx

from tools.serve.demo import prepare_demo, send_demo_taps
from tools.serve.rebuild import rebuild_on_change
from tools.serve.scheduler import start_scheduler
from tools.stack.dotenv import read_dotenv, write_dotenv
from tools.stack.embedded import EmbeddedStack
from tools.stack.home import Home
from tools.stack.processes import PROJECT, LocalError, Process, answers, require_free_port

ENV_COMMENT = "Written by make run for the demo on this machine; make reset removes it."


class Stopped(BaseException):
    """A signal asked for the end."""


def main() -> int:
    """Serve until a signal comes or a process ends; nothing stays behind."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _raise_stopped)
    _stop_with_make()
    try:
        with ExitStack() as cleanup:
            try:
                _serve(cleanup)
            finally:
                _ignore_signals()
    except Stopped:
        print("\nStopped.", flush=True)
    except LocalError as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


def _serve(cleanup: ExitStack) -> None:
    home = Home.from_environment()
    gateway_port, supabase_port = _port("GATEBOOK_PORT", 8000), _port("SUPABASE_PORT", 54321)
    gateway_url = f"http://127.0.0.1:{gateway_port}"
    lock = cleanup.enter_context(home.locked())
    require_free_port(gateway_port, "GATEBOOK_PORT")
    environment = os.environ | {
        "GATEBOOK_PORT": str(gateway_port),
        "GATEBOOK_URL": gateway_url,
        "GATEBOOK_RELOADS": "1",
    }
    processes: list[Process] = []
    if is_external(home, supabase_port):
        task_token = environment.get("GATEBOOK_TASK_TOKEN") or secrets.token_urlsafe(24)
        environment["GATEBOOK_TASK_TOKEN"] = task_token
        processes.append(_start_gateway(cleanup, home, environment, gateway_url))
        print(
            f"\n  Page and API   {gateway_url}\n  Supabase       {os.environ['SUPABASE_URL']}\n", flush=True
        )
        if environment.get("SUPABASE_SECRET_KEY"):
            start_scheduler(gateway_url, task_token)
    else:
        require_free_port(supabase_port, "SUPABASE_PORT")
        print("Starting Supabase …", flush=True)
        stack = EmbeddedStack(
            home.stack,
            port=supabase_port,
            project_secrets=home.secrets(),
            site_url=gateway_url,
            inherited_fds=[lock],
        )
        cleanup.callback(stack.close)
        stack.start()
        assert stack.process is not None
        processes.append(stack.process)
        task_token = read_dotenv(home.env_file).get("GATEBOOK_TASK_TOKEN") or secrets.token_urlsafe(24)
        # One process has all of these here; deployed, each function gets those of its own alone.
        environment |= stack.settings | {
            "GATEBOOK_PROXIES_SUPABASE": "1",
            "GATEBOOK_TASK_TOKEN": task_token,
            "GATEBOOK_JWT_SECRET": stack.jwt_secret,
            "SUPABASE_SECRET_KEY": stack.secret_key,
        }
        processes.append(_start_gateway(cleanup, home, environment, gateway_url))
        _show_demo(home, stack, gateway_url, task_token)
        start_scheduler(gateway_url, task_token)
    rebuild_on_change()
    print("Ready. Ctrl-C stops everything; the data stays until make reset.", flush=True)
    _watch(processes)


def _start_gateway(cleanup: ExitStack, home: Home, environment: Mapping[str, str], url: str) -> Process:
    print("Starting the functions and the page …", flush=True)
    process = Process(
        "The gateway",
        [sys.executable, "-m", "tools.serve.gateway"],
        log=home.folder / "gateway.log",
        env=environment,
        # The tools are not installed; they are found from here.
        cwd=PROJECT,
    )
    cleanup.callback(process.stop)
    process.await_ready(lambda: answers(f"{url}/api/health/live"))
    return process


def _show_demo(home: Home, stack: EmbeddedStack, gateway_url: str, task_token: str) -> None:
    before = read_dotenv(home.env_file)
    settings = {name: value for name, value in before.items() if name.startswith("DEMO_")}
    try:
        for found in prepare_demo(stack, stack.auth_url, gateway_url, before):
            settings |= found
        taps = send_demo_taps(gateway_url, settings["DEMO_DEVICE_KEY"], is_first_run=not before)
        demo = f"{taps} tap(s) sent by the reader {settings['DEMO_DEVICE_ID']}"
    except (LocalError, httpx.HTTPError) as error:
        demo = f"not sent ({error}); make reset brings it back"
    finally:
        # Whatever stopped it: the next start makes no further keys.
        _write_settings(home, stack, gateway_url, task_token, settings)
    print(
        f"""
  Page and API   {gateway_url}
  Sign in as     {settings.get("DEMO_EMAIL", "-")}  (the password is DEMO_PASSWORD in {_short(home.env_file)})
  Supabase       {stack.supabase_url}
  Keys           {_short(home.env_file)}
  Logs           {_short(home.folder / "gateway.log")}, {_short(stack.log)} (e-mails of Auth, too)
  Demo           {demo}
""",
        flush=True,
    )


def _write_settings(
    home: Home, stack: EmbeddedStack, gateway_url: str, task_token: str, demo: dict[str, str]
) -> None:
    settings = {
        "GATEBOOK_URL": gateway_url,
        "SUPABASE_URL": stack.supabase_url,
        "SUPABASE_PUBLISHABLE_KEY": stack.publishable_key,
        "SUPABASE_SECRET_KEY": stack.secret_key,
        "GATEBOOK_TASK_TOKEN": task_token,
    }
    write_dotenv(home.env_file, ENV_COMMENT, settings | demo)


def _watch(processes: list[Process]) -> None:
    while True:
        for process in processes:
            if process.exit_code is not None:
                raise LocalError(
                    f"{process.name} stopped by itself with code {process.exit_code} and so all else was."
                    f" Its last words: {process.last_words()} (more in {process.log})"
                )
        time.sleep(0.5)


def is_external(home: Home, supabase_port: int) -> bool:
    """Whether the environment names a Supabase that is not the one to be started here, and that answers."""
    url = os.environ.get("SUPABASE_URL", "").rstrip("/")
    if not url:
        return False
    is_own_url = url in (f"http://127.0.0.1:{supabase_port}", f"http://localhost:{supabase_port}")
    # Somebody may have sourced .env.local.
    if is_own_url and os.environ.get("SUPABASE_PUBLISHABLE_KEY") == home.secrets().publishable_key:
        return False
    if answers(url):
        return True
    # And then have reset it, so that the keys are others.
    if is_own_url:
        return False
    raise LocalError(f"SUPABASE_URL is set to {url}, where nobody answers; unset it.")


def _port(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65_536:
        raise LocalError(f"{name} must be a port, a number from 1 to 65535; found {text!r}.")
    return int(text)


def _short(path: Path) -> str:
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _ignore_signals() -> None:
    """An impatient second Ctrl-C must not leave half of it running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def _stop_with_make() -> None:
    """End when make is killed, which cannot pass that on."""
    if "MAKELEVEL" not in os.environ:
        return
    make = os.getppid()

    def watch() -> None:
        while os.getppid() == make:
            time.sleep(0.25)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
