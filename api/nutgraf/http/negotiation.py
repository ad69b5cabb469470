"""How answers are written: in the form that the Accept header asks for, JSON without white space."""

from flask import Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import NotAcceptable

from nutgraf import formats


class CompactJSON(DefaultJSONProvider):
    """Flask's JSON, written in UTF-8 without white space, its keys in the order given."""

    ensure_ascii = False
    sort_keys = False
    compact = True


def accepted_output(request: Request) -> str:
    """The output that the Accept header asks for; "json" without one. Raises NotAcceptable for what is not written."""
    accepted = request.accept_mimetypes
    best = accepted.best_match(formats.ACCEPTED)
    if accepted and not best:
        raise NotAcceptable(f"Answers are {', '.join(formats.ACCEPTED)}.")
    return formats.ACCEPTED[best or "application/json"]
