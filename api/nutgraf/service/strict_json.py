"""Parses JSON text: strictly for requests, where programs could read it in different ways; leniently for documents."""

import json
import re
from typing import Any, NoReturn

from nutgraf.errors import NutgrafError

# A key may be megabytes long; a problem quotes only its start.
_MAX_QUOTED_CHARACTERS = 60
# Maximum number of values in a body. An empty object of two bytes takes 64 bytes of memory, so the size of a body alone
# bounds little. A hundred large stories of a CMS have about a third of this.
MAX_VALUES = 500_000
# In a body without escaped backslashes and quotation marks: a string, or what comes before a value, which is a comma, or the
# start of a list or object that is not empty. No string is taken back, so it is linear.
_STRING_OR_VALUE = re.compile(rb'"[^"]*+"?+|,|[\[{](?!\s*+[\]}])')


class MalformedJSONError(NutgrafError, ValueError):
    """A body is not JSON that this service accepts; the message says why."""

    problem_type = "malformed-json"


def parse(body: bytes, *, max_depth: int, max_values: int = MAX_VALUES) -> Any:
    """Returns the value of a JSON text in UTF-8, with or without a byte order mark.

    Raises MalformedJSONError, also for repeated keys of an object, for NaN and Infinity, for nesting deeper than
    `max_depth` levels, for more than `max_values` values, and for numbers with more digits than Python converts.
    """
    _refuse_more_values(body, max_values)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedJSONError(f"The body is not UTF-8: byte {error.start} can't be decoded.") from error
    return _parse_checked(text, _STRICT, max_depth)


def parse_leniently(text: str, *, max_depth: int, max_values: int = MAX_VALUES) -> Any:
    """Returns the value of a JSON text that may break some rules, as documents of a CMS do.

    Of a repeated key, the last value is returned; strings may contain line ends and other control characters; NaN and
    Infinity become None. Raises MalformedJSONError for everything else that `parse` refuses.
    """
    _refuse_more_values(text.encode(errors="surrogatepass"), max_values)
    return _parse_checked(text, _LENIENT, max_depth)


def _parse_checked(text: str, decoder: json.JSONDecoder, max_depth: int) -> Any:
    try:
        value = decoder.decode(text)
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


def _refuse_more_values(body: bytes, max_values: int) -> None:
    """Raises MalformedJSONError for more values, before a JSON text is parsed, because parsing allocates all of them."""
    if body.count(b",") + body.count(b"[") + body.count(b"{") < max_values:
        return
    # Most commas may be punctuation in strings. Each value has at most one string as its key, and may be a string itself.
    values, strings = 1, 0
    for match in _STRING_OR_VALUE.finditer(body.replace(rb"\\", b"").replace(rb"\"", b"")):
        if match[0].startswith(b'"'):
            strings += 1
        else:
            values += 1
        if values > max_values or strings > 2 * max_values:
            raise MalformedJSONError(f"The body has more than {max_values} values.")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        seen: set[str] = set()
        # The first key that returns; `add` returns None.
        repeated = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise MalformedJSONError(f"An object has the key {repeated[:_MAX_QUOTED_CHARACTERS]!r} twice.")
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


# `strict` is about control characters in strings.
_STRICT = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_no_constant)
_LENIENT = json.JSONDecoder(strict=False, parse_constant=lambda name: None)
