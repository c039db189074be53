"""Functions as tests load them."""

from collections.abc import Callable

from flask.testing import FlaskClient

Function = Callable[..., FlaskClient]
"""`function(name, **settings)`"""
