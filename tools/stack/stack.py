"""What the two local stacks have in common: the embedded Supabase, and PostgreSQL with PostgREST."""

import secrets
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from types import TracebackType
from typing import Self

import httpx

from tools.stack.tokens import ProjectSecrets

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class User:
    """Somebody who has signed up."""

    id: str
    email: str
    password: str
    access_token: str


class Stack(ABC):
    """A database with this project's migrations behind the interface of PostgREST."""

    name: str
    rest_url: str
    supabase_url: str
    """Where /rest/v1 and /auth/v1 hang; without Auth the same as rest_url."""
    secrets: ProjectSecrets

    @abstractmethod
    def start(self) -> None:
        """Answer requests, with the data from before."""

    @abstractmethod
    def stop(self) -> None:
        """Answer nothing more, and keep the data."""

    @abstractmethod
    def close(self) -> None:
        """Stop, and remove what was made."""

    @abstractmethod
    def sign_up(self, email: str | None = None) -> User:
        """A new user, with a random address unless one is given."""

    @property
    def publishable_key(self) -> str:
        """The key that anybody may know; with it alone one is `anon`."""
        return self.secrets.publishable_key

    @property
    def secret_key(self) -> str:
        """The key of the role service_role."""
        return self.secrets.secret_key

    @property
    def jwt_secret(self) -> str:
        """What user and device tokens are signed with."""
        return self.secrets.jwt_secret

    @property
    def settings(self) -> dict[str, str]:
        """The environment in which a function works on this stack; no secret among it."""
        return {
            "SUPABASE_URL": self.supabase_url,
            "SUPABASE_REST_URL": self.rest_url,
            "SUPABASE_PUBLISHABLE_KEY": self.publishable_key,
        }

    def client(self, token: str | None = None) -> httpx.Client:
        """A client of the tables and functions: `anon`, or whoever the token names. It needs no closing."""
        headers = {"apikey": self.publishable_key}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        return self._client(headers)

    @property
    def service(self) -> httpx.Client:
        """A client in the role service_role."""
        headers = {"apikey": self.secret_key}
        # An opaque key is not a token; the platform refuses it as one.
        if self.secret_key.startswith("eyJ"):
            headers["Authorization"] = f"Bearer {self.secret_key}"
        return self._client(headers)

    def close_connections(self) -> None:
        """Forget every connection of the clients; they make new ones when they are used again."""
        self._transport.close_pool()

    @cached_property
    def _transport(self) -> "_SharedTransport":
        return _SharedTransport()

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        return httpx.Client(
            base_url=self.rest_url, headers=headers, timeout=TIMEOUT_SECONDS, transport=self._transport
        )

    def __enter__(self) -> Self:
        """Start it."""
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop it and remove what was made."""
        self.close()


def random_email() -> str:
    """An address that no other test uses, in a domain that delivers nowhere."""
    return f"user-{secrets.token_hex(8)}@example.com"


class _SharedTransport(httpx.BaseTransport):
    """One pool of connections for all clients of a stack, whichever of them is closed."""

    def __init__(self) -> None:
        self._pool = httpx.HTTPTransport(limits=httpx.Limits(max_connections=100))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._pool.handle_request(request)

    def close_pool(self) -> None:
        self._pool.close()
