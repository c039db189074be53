"""Logs: one JSON line a request on standard output, and no key in any line of anyone."""

import json
import logging
import sys
import traceback
from types import TracebackType

from gatebook.ground import clock
from gatebook.ground.redaction import redact

_log = logging.getLogger("gatebook")


class JsonLines(logging.Handler):
    """Writes what Cloud Logging and most others read without being told."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write the record as one line; what was logged about goes on though that fails."""
        line = {
            "time": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "severity": record.levelname,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        try:
            sys.stdout.write(redact(json.dumps(line, default=str)) + "\n")
            sys.stdout.flush()
        except Exception:
            self.handleError(record)


class RedactedRecord(logging.LogRecord):
    """A record of any logger, urllib3's and gunicorn's too, that cannot hold a key."""

    def __init__(self, *arguments: object, **keywords: object) -> None:
        super().__init__(*arguments, **keywords)  # type: ignore[arg-type]
        try:
            self.msg = redact(self.getMessage())
        except Exception:
            # logging itself would say so when it writes the line, and not raise where it was logged.
            self.msg = f"A message of {self.name} that does not fit its arguments"
        self.args = None
        if self.exc_info and self.exc_info[0]:
            self.exc_text = redact("".join(traceback.format_exception(*self.exc_info)).rstrip())


def configure() -> None:
    """Set up the logs of this process, once."""
    if logging.getLogRecordFactory() is not RedactedRecord:
        logging.setLogRecordFactory(RedactedRecord)
    if not _log.handlers:
        _log.addHandler(JsonLines())
        _log.setLevel(logging.INFO)
        _log.propagate = False


def log_request(level: int, fields: dict[str, object]) -> None:
    """One line for one request."""
    _log.log(level, "request", extra={"fields": fields})


def log_crash(error: BaseException, request_id: str) -> None:
    """What went wrong and where, without the message: that may quote the body."""
    _log.error(
        "unexpected exception",
        extra={
            "fields": {
                "request_id": request_id,
                "exception": type(error).__qualname__,
                "at": _frames(error.__traceback__),
            }
        },
    )


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-8:]]
