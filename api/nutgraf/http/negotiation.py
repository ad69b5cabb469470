"""Chooses the output that the Accept header asks for, and writes compact JSON."""

from flask import Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import NotAcceptable

from nutgraf import formats


class CompactJSON(DefaultJSONProvider):
    """Flask's JSON provider, which writes UTF-8 without white space and keeps the order of keys."""

    ensure_ascii = False
    sort_keys = False
    compact = True


def accepted_output(request: Request) -> str:
    """Returns the name of the output that the Accept header asks for, "json" without that header.

    Raises NotAcceptable, with a list of the media types, if no output has an accepted media type.
    """
    accepted = request.accept_mimetypes
    best = accepted.best_match(formats.ACCEPTED)
    if accepted and not best:
        raise NotAcceptable(f"Answers are available as {', '.join(formats.ACCEPTED)}.")
    return formats.ACCEPTED[best or "application/json"]
