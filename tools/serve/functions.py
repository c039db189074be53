"""Load a function as the platform does: functions-framework imports main.py from the function's folder."""

import sys
from pathlib import Path

import functions_framework
from flask import Flask

from tools.stack.processes import PROJECT

FUNCTIONS = PROJECT / "functions"


def load_function(name: str, functions: Path = FUNCTIONS) -> Flask:
    """The app that the platform would start for functions/<name>/main.py."""
    source = functions / name / "main.py"
    path = list(sys.path)
    try:
        app: Flask = functions_framework.create_app(name, str(source))  # type: ignore[no-untyped-call]
    finally:
        # Each function is a module called main; the next one must not find this one.
        sys.path[:] = path
        sys.modules.pop("main", None)
    return app
