"""What a handler answers: JSON in the envelope of every success, or a format of its own."""

from dataclasses import dataclass, field
from typing import Self

from gatebook.ground.outcome import Outcome, Rate


@dataclass(slots=True)
class Answer:
    """Success, before it is JSON."""

    data: object
    status: int = 200
    rate: Rate | None = None
    device: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, outcome: Outcome) -> Self:
        """201 if it made something new, else 200."""
        return cls(outcome.data, 201 if outcome.is_new else 200, outcome.rate, outcome.device)

    def body(self, request_id: str) -> dict[str, object]:
        """The envelope of every success."""
        meta: dict[str, object] = {"request_id": request_id}
        if self.rate is not None:
            meta["rate_limit"] = self.rate._asdict()
        return {"success": True, "data": self.data, "meta": meta}


@dataclass(slots=True)
class Content:
    """Success in a format of its own, for programs that keep a copy and ask whether it is still right."""

    body: bytes
    content_type: str
    cache_seconds: int
