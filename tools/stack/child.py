"""Run a command that must not outlive whoever started it.

    python child.py STOP_SIGNAL USER COMMAND...

Standard input is a pipe whose other end the starter holds. When it closes, because the starter closed it or
because it died in whatever way, the command is stopped. Its output is copied to standard output without keys.
Run by its path, with nothing imported that takes time.
"""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import threading
from typing import BinaryIO

# Tests have less patience.
GRACE_SECONDS = float(os.environ.get("GATEBOOK_GRACE_SECONDS", "10"))
PR_SET_PDEATHSIG = 1
# The embedded Supabase logs the arguments of a failed call, a device's key among them.
SECRETS = re.compile(rb"gb_[0-9A-Za-z]{20,}|sb_secret_[\w-]+|eyJ[\w-]+\.[\w-]+\.[\w-]*")


def copy_output(source: BinaryIO) -> None:
    """Copy lines, each secret replaced."""
    for line in source:
        # On a full disk, say. The command would wait for a pipe that nobody empties.
        with contextlib.suppress(OSError):
            sys.stdout.buffer.write(SECRETS.sub(b"[redacted]", line))
            sys.stdout.buffer.flush()


def main() -> int:
    """Run the command until it ends or the starter does."""
    stop_signal = signal.Signals[sys.argv[1]]
    user = sys.argv[2] or None
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def die_with_parent() -> None:
        # In case this very process is killed: the pipe has no watcher then.
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, stop_signal)

    child = subprocess.Popen(
        sys.argv[3:],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        user=user,
        extra_groups=[] if user else None,
        preexec_fn=die_with_parent,
    )

    def send(number: int) -> None:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, number)

    def stop(*_: object) -> None:
        send(stop_signal)
        timer = threading.Timer(GRACE_SECONDS, send, [signal.SIGKILL])
        timer.daemon = True
        timer.start()

    def watch_starter() -> None:
        # Not sys.stdin: its lock would still be held by this thread when the interpreter ends.
        while os.read(0, 4096):
            pass
        stop()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    threading.Thread(target=watch_starter, daemon=True).start()
    assert child.stdout is not None
    output = threading.Thread(target=copy_output, args=[child.stdout], daemon=True)
    output.start()
    code = child.wait()
    send(signal.SIGKILL)
    output.join(timeout=1)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    code = main()
    with contextlib.suppress(OSError):
        sys.stdout.flush()
    os._exit(code)
