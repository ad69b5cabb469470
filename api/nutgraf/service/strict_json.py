"""Strict JSON parsing: refuses input that different programs could read in different ways."""

import json
from typing import Any, NoReturn

from nutgraf.errors import NutgrafError


class MalformedJSONError(NutgrafError, ValueError):
    """A body is not JSON that this service accepts; the message says why."""

    problem_type = "malformed-json"


def parse(body: bytes, *, max_depth: int) -> Any:
    """Returns the value of a JSON text in UTF-8, with or without a byte order mark.

    Raises MalformedJSONError, also for repeated keys of an object, for NaN and Infinity, for nesting deeper than
    `max_depth` levels, and for numbers with more digits than Python converts.
    """
    try:
        value = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise MalformedJSONError(f"The body is not UTF-8: byte {error.start} can't be decoded.") from error
    except json.JSONDecodeError as error:
        raise MalformedJSONError(
            f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}."
        ) from error
    except RecursionError as error:
        raise MalformedJSONError(_too_deep(max_depth)) from error
    except MalformedJSONError:
        raise
    except ValueError as error:  # from int(), which limits the number of digits
        raise MalformedJSONError("The body has a number with too many digits.") from error
    if _is_deeper(value, max_depth):
        raise MalformedJSONError(_too_deep(max_depth))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise MalformedJSONError(f"An object has the key {repeated[:60]!r} twice.")
    return value


def _no_constant(name: str) -> NoReturn:
    raise MalformedJSONError(f"The body is not JSON: {name} is not a JSON number.")


def _too_deep(max_depth: int) -> str:
    return f"The body is nested deeper than {max_depth} levels."


def _is_deeper(value: Any, max_depth: int) -> bool:
    """Whether lists and objects are nested deeper; level by level, because recursion could exhaust the stack."""
    level = [value]
    for _ in range(max_depth + 1):
        level = [
            child
            for container in level
            if isinstance(container, (list, dict))
            for child in (container if isinstance(container, list) else container.values())
        ]
        if not level:
            return False
    return True
