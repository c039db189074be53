"""What can go wrong, each with its HTTP status, as RFC 9457 problem details."""

# The names say what is wrong, and all of them are errors.
# ruff: noqa: N818

from collections.abc import Mapping, Sequence
from typing import ClassVar

ErrorList = Sequence[Mapping[str, str]]


class GatebookError(Exception):
    """The base of all: its message is what the client reads as `detail`."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal-error"
    title: ClassVar[str] = "Internal error"

    def __init__(self, detail: str = "Something went wrong on this side.") -> None:
        super().__init__(detail)
        self.detail = detail
        self.headers: dict[str, str] = {}
        self.extensions: dict[str, object] = {}

    def problem(self, request_id: str) -> dict[str, object]:
        """The body of the answer."""
        return {
            "type": f"urn:gatebook:problem:{self.type}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "request_id": request_id,
            **self.extensions,
        }


class Unauthorized(GatebookError):
    """Missing, mistyped, unknown, revoked and expired all read the same: nobody learns which it was."""

    status = 401
    type = "invalid-credential"
    title = "Invalid credential"

    def __init__(self) -> None:
        super().__init__("The request carries no valid credential.")
        self.headers["WWW-Authenticate"] = 'Bearer realm="gatebook"'


class DeviceMismatch(GatebookError):
    """The body names another device than the credential."""

    status = 403
    type = "device-mismatch"
    title = "Device mismatch"


class NotFound(GatebookError):
    """No such path, or nothing there for this caller."""

    status = 404
    type = "not-found"
    title = "Not found"


class MethodNotAllowed(GatebookError):
    """The path exists, the method does not."""

    status = 405
    type = "method-not-allowed"
    title = "Method not allowed"

    def __init__(self, found: str, allowed: Sequence[str]) -> None:
        super().__init__(f"Expected {' or '.join(allowed)}, found {found[:20]}.")
        self.headers["Allow"] = ", ".join([*allowed, "OPTIONS"])


class BodyTooLarge(GatebookError):
    """Refused before parsing, and before reading where the length is announced."""

    status = 413
    type = "body-too-large"
    title = "Body too large"


class UnsupportedMediaType(GatebookError):
    """Not JSON in UTF-8."""

    status = 415
    type = "unsupported-media-type"
    title = "Unsupported media type"

    def __init__(self, detail: str) -> None:
        super().__init__(detail)
        self.headers["Accept-Post"] = "application/json"


class Invalid(GatebookError):
    """The body or a header does not say what it should; `errors` names each field."""

    status = 422
    type = "invalid-request"
    title = "Invalid request"

    def __init__(self, detail: str, errors: ErrorList = ()) -> None:
        super().__init__(detail)
        # Where no field can be named, it is the body as a whole.
        self.extensions["errors"] = list(errors) or [{"field": "", "detail": detail}]


class RateLimited(GatebookError):
    """The device asks more often than it may."""

    status = 429
    type = "rate-limited"
    title = "Too many requests"

    def __init__(self, limit: int, retry_after_seconds: int) -> None:
        super().__init__(f"More than {limit} requests a minute; try again in {retry_after_seconds} s.")
        self.headers.update(rate_limit_headers(limit, 0, retry_after_seconds))
        self.headers["Retry-After"] = str(retry_after_seconds)


class Unavailable(GatebookError):
    """Supabase is away, slow, or answers nonsense: the same request succeeds once it is back.

    `reason` goes to the log and not to the client.
    """

    status = 503
    type = "unavailable"
    title = "Temporarily unavailable"
    retry_after_seconds: ClassVar[int] = 5

    def __init__(self, reason: str) -> None:
        super().__init__("The database cannot be reached; please send the same request again.")
        self.reason = reason
        self.headers["Retry-After"] = str(self.retry_after_seconds)


class NotReady(Unavailable):
    """The process is up, the database is not; the answer names what is running."""

    def __init__(self, version: Mapping[str, str]) -> None:
        super().__init__("The database did not answer")
        self.extensions.update(version)
        self.extensions["checks"] = {"database": "down"}


class NotConfigured(Unavailable):
    """A setting is missing on this side, or says nothing that can be meant; its name goes to the log."""

    type = "not-configured"
    title = "Not configured"

    def __init__(self, setting: str, trouble: str = "is not set") -> None:
        super().__init__(f"{setting} {trouble}")
        self.args = (self.detail,)
        self.detail = "This function lacks a setting; its log names it."


def rate_limit_headers(limit: int, remaining: int, reset_seconds: int) -> dict[str, str]:
    """As in draft-ietf-httpapi-ratelimit-headers-06: plain numbers, easy on a microcontroller."""
    return {
        "RateLimit-Limit": str(limit),
        "RateLimit-Remaining": str(remaining),
        "RateLimit-Reset": str(reset_seconds),
    }
