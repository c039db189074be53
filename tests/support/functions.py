"""Functions as tests load them."""

from collections.abc import Callable

from flask.testing import FlaskClient

from gatebook.ground import settings
from gatebook.supabase import rpc

Function = Callable[..., FlaskClient]
"""`function(name, **settings)`"""


def forget_settings() -> None:
    """The next call reads the settings anew, and connects anew."""
    rpc.close_client()
    settings.forget()
