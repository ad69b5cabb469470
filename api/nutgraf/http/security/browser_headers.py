"""Security headers for browsers, and CORS for the origins that may call the API."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response
from flask_cors import CORS

from nutgraf.http.request_context import REQUEST_ID

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'{styles}; img-src 'self'{images}; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Scripts, styles and images are loaded only from this service, and nothing is inline.
STRICT_POLICY = _POLICY.format(styles="", images="")
# Swagger UI sets inline styles and loads its icons from data: URLs.
DOCS_POLICY = _POLICY.format(styles=" 'unsafe-inline'", images=" data:")
# The desk shows text from untrusted sources; Trusted Types ensure that it never becomes markup.
DESK_POLICY = f"{STRICT_POLICY}; require-trusted-types-for 'script'; trusted-types 'none'"
HEADERS = {
    "Content-Security-Policy": STRICT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_READABLE = ("Location", "RateLimit", "RateLimit-Policy", "Retry-After", REQUEST_ID)
_SENDABLE = ("Accept", "Authorization", "Content-Encoding", "Content-Type", "Idempotency-Key", "X-API-Key", REQUEST_ID)
PREFLIGHT_SECONDS = 600


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Adds the security headers to every response that does not set them itself.

    Web pages from the origins in the setting `cors_origins` also get CORS headers; without that setting, no other page can
    read responses.
    """
    if allowed := settings["cors_origins"]:
        CORS(
            app,
            origins=[re.compile(re.escape(origin) + r"\Z") for origin in allowed],
            allow_headers=_SENDABLE,
            expose_headers=_READABLE,
            max_age=PREFLIGHT_SECONDS,
        )
    app.after_request(_add)


def _add(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
