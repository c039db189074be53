"""Bodies in JSON, made safe for what comes after: PostgreSQL's jsonb, answers and logs."""

import json
import re
from typing import Any

from gatebook.ground.errors import Invalid
from gatebook.ground.redaction import redact

DEEPEST_NESTING = 64
LONGEST_NUMBER = 300
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def parse_json(body: bytes) -> Any:
    """The value of the body; raises Invalid for whatever a client may send instead of JSON."""
    try:
        value = json.loads(
            body.decode("utf-8-sig"), parse_int=_integer, parse_float=_float, parse_constant=_refuse_constant
        )
    except RecursionError:
        raise Invalid(f"Expected at most {DEEPEST_NESTING} levels of nesting.") from None
    except UnicodeDecodeError as error:
        raise Invalid(f"Expected UTF-8, found another byte at position {error.start}.") from None
    except json.JSONDecodeError as error:
        raise Invalid(f"Expected JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from None
    except ValueError as error:
        raise Invalid(str(error)) from None
    if body.count(b"[") + body.count(b"{") > DEEPEST_NESTING and _is_deeper_than(DEEPEST_NESTING, value):
        raise Invalid(f"Expected at most {DEEPEST_NESTING} levels of nesting.")
    # Only an escape can bring in what PostgreSQL's text cannot hold; keys do not belong into payloads.
    if b"\\u" in body or b"b_" in body or b"eyJ" in body:
        return _clean(value)
    return value


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise ValueError(f"Expected numbers of at most {LONGEST_NUMBER} digits.")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if number in (float("inf"), float("-inf")):
        raise ValueError("Expected numbers up to 1.7e308.")
    return number


def _refuse_constant(name: str) -> None:
    raise ValueError(f"Expected JSON, which has no {name}.")


def _is_deeper_than(limit: int, value: object) -> bool:
    if not isinstance(value, dict | list):
        return False
    if limit == 0:
        return True
    children = value.values() if isinstance(value, dict) else value
    return any(_is_deeper_than(limit - 1, child) for child in children if isinstance(child, dict | list))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact(_UNSTORABLE.sub("\ufffd", value))
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {_clean(name): _clean(item) for name, item in value.items()}
    return value
