"""What a handler answers: JSON in the envelope of every success, a format of its own, or a stream."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Self

from gatebook.ground.outcome import Outcome, Rate


@dataclass(slots=True)
class Answer:
    """Success, before it is HTTP: `data` becomes JSON, unless there is `content` in a format of its own."""

    data: object = None
    status: int = 200
    rate: Rate | None = None
    device: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    content: bytes | Iterable[bytes] | None = None
    content_type: str = "application/json"

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """201 if it made something new, else 200."""
        return cls(outcome.data, 201 if outcome.is_new else 200, outcome.rate, outcome.device)

    @classmethod
    def of_content(cls, content: bytes, content_type: str, cache_seconds: int) -> Self:
        """For programs that keep a copy and ask whether it is still right."""
        headers = {"Cache-Control": f"private, max-age={cache_seconds}"}
        return cls(content=content, content_type=content_type, headers=headers)

    @classmethod
    def of_stream(
        cls, pieces: Iterator[bytes], content_type: str, headers: dict[str, str] | None = None
    ) -> Self:
        """Sent piece by piece, as they come; what the iterator holds it frees when it is closed."""
        return cls(content=pieces, content_type=content_type, headers=headers or {})

    def body(self, request_id: str) -> dict[str, object]:
        """The envelope of every success."""
        meta: dict[str, object] = {"request_id": request_id}
        if self.rate is not None:
            meta["rate_limit"] = self.rate._asdict()
        return {"success": True, "data": self.data, "meta": meta}
