"""Requires an API key on all routes except public ones and signed webhooks.

No key is needed for probes, metrics, pages, the contract, the version, and the lists of languages, formats and length
profiles.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import Flask, current_app, g, request

from nutgraf.http.security.keys import Key, KeyFile, KeyMissingError, UnknownKeyError, needs_key

API_KEY_HEADER = "X-API-Key"
# Names of blueprints whose routes need no key.
PUBLIC_BLUEPRINTS = frozenset({"About", "Operation", "Pages"})
# A CMS can't send an API key with a webhook; it signs the body instead.
SIGNED_BLUEPRINTS = frozenset({"Hooks"})
_HOW_TO_SEND = f"Send an API key as `Authorization: Bearer …` or `{API_KEY_HEADER}: …`."


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Checks the API key before every request that needs one.

    Sets `g.key` and `g.key_name`; both are None if the request needs no key, even if it has one. A request without a valid
    key raises KeyMissingError or UnknownKeyError. As long as no key file has ever existed, requests are accepted only on a
    loopback address without a proxy, or with NUTGRAF_OPEN=1. If the key file is lost or lists no keys, they are refused.
    """
    app.extensions["nutgraf-keys"] = KeyFile(settings["data_dir"])
    app.before_request(partial(_require_key, needs_key(settings)))


def is_protected() -> bool:
    """Whether the current request is subject to the rate limit and, except for webhooks, needs an API key."""
    return not (
        request.endpoint is None  # an unknown path, which gets a 404
        or request.blueprint in PUBLIC_BLUEPRINTS
        or request.endpoint == "swagger"
        or request.method == "OPTIONS"  # browsers send preflight requests without a key
    )


def _require_key(refuse_without_key_file: bool) -> None:
    g.key = g.key_name = None
    if not is_protected() or request.blueprint in SIGNED_BLUEPRINTS:
        return
    keys: KeyFile = current_app.extensions["nutgraf-keys"]
    if keys.keys() is None:
        if refuse_without_key_file:
            raise KeyMissingError("This service has no API key yet; its operator creates one with `nutgraf keys add NAME`.")
        return
    secret = _sent_secret()
    if secret is None:
        raise KeyMissingError(_HOW_TO_SEND)
    key: Key | None = keys.find(secret)
    if key is None:
        raise UnknownKeyError("The API key does not belong to this service, or was revoked.")
    g.key, g.key_name = key, key.name


def _sent_secret() -> str | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        return credentials.strip()
    return request.headers.get(API_KEY_HEADER, "").strip() or None
