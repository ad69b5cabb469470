"""JSON, in and out: read strictly, since what two programs could read in two ways is refused; written compactly."""

import json
from typing import Any, NoReturn

from flask import Request, current_app
from flask.json.provider import DefaultJSONProvider
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from api import documents
from api.security import admission


class MalformedJSON(ValueError):
    """Says why a body is not JSON that this service reads."""


class CompactJSON(DefaultJSONProvider):
    """Flask's JSON, written in UTF-8 without white space, its keys in the order given."""

    ensure_ascii = False
    sort_keys = False
    compact = True


def parse(body: bytes, *, max_depth: int) -> Any:
    """The value of a JSON text in UTF-8.

    Raises MalformedJSON, also for keys that an object repeats, for NaN and Infinity, which are no JSON, for nesting
    deeper than `max_depth`, and for numbers of more digits than Python converts.
    """
    try:
        value = json.loads(body.decode("utf-8-sig"), object_pairs_hook=_object, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise MalformedJSON(f"The body is not UTF-8: byte {error.start} can't be read.") from error
    except json.JSONDecodeError as error:
        raise MalformedJSON(f"The body is not JSON: {error.msg} at line {error.lineno}, column {error.colno}.") from error
    except RecursionError as error:
        raise MalformedJSON(_too_deep(max_depth)) from error
    except MalformedJSON:
        raise
    except ValueError as error:  # from int(), whose conversion of digits is bounded
        raise MalformedJSON("The body has a number with too many digits.") from error
    if _deeper(value, max_depth):
        raise MalformedJSON(_too_deep(max_depth))
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        repeated = next(key for key in keys if keys.count(key) > 1)
        raise MalformedJSON(f"An object has the key {repeated[:60]!r} twice.")
    return value


def _no_constant(name: str) -> NoReturn:
    raise MalformedJSON(f"The body is not JSON: {name} is no JSON number.")


def _too_deep(max_depth: int) -> str:
    return f"The body nests deeper than {max_depth} levels."


def _deeper(value: Any, max_depth: int) -> bool:
    """Whether lists and objects nest deeper; level by level, since recursion is what an attacker wants."""
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


class BodyParser(FlaskParser):
    """webargs' parser, reading bodies strictly; what it refuses leaves as an exception for `problems.py`."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        """The body as a JSON value; a document of a CMS as the request that it means.

        Raises UnsupportedMediaType, MalformedJSON, RequestEntityTooLarge.
        """
        query = req.args.to_dict()
        name = documents.named(req.mimetype, query)
        if name and documents.is_xml(req.mimetype):
            return documents.request(name, documents.decoded(admission.body()), query)
        if not req.is_json:
            raise UnsupportedMediaType(
                "Send JSON with the header Content-Type: application/json, or a document in a format of GET /formats."
            )
        value = parse(admission.body(), max_depth=current_app.config["NUTGRAF_MAX_JSON_DEPTH"])
        return documents.request(name, value, query) if name else value

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **kwargs: Any) -> NoReturn:
        """Passes marshmallow's error on, without the location that webargs wraps around it."""
        raise ValidationError(next(iter(error.messages_dict.values()))) from error
