"""Requires an API key for every request that makes the service work.

Probes, metrics, pages and the contract are open to everybody.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, g, request

from nutgraf.http.security.keys import Key, KeyFile, KeyMissingError, UnknownKeyError, is_loopback

API_KEY = "X-API-Key"
# Names of blueprints, which are also the tags of the contract.
PUBLIC_BLUEPRINTS = frozenset({"About", "Operation", "Pages"})
# A CMS can't send an API key with a webhook; it signs the body instead.
SIGNED_BLUEPRINTS = frozenset({"Hooks"})
_HOW_TO_SEND = f"Send an API key as `Authorization: Bearer …` or `{API_KEY}: …`."


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Checks the API key before every request that needs one, and sets `g.key` and `g.key_name`, else None.

    A request without a valid key raises KeyMissingError or UnknownKeyError. Without any key in the key file, requests are
    accepted only on a loopback address or with NUTGRAF_OPEN=1.
    """
    app.extensions["nutgraf-keys"] = KeyFile(settings["data_dir"])
    needs_key = not (settings["open"] or is_loopback(settings["host"]))

    def identify() -> None:
        _identify(needs_key)

    app.before_request(identify)


def needs_admission() -> bool:
    """Whether the current request counts towards the limits and, except for webhooks, needs an API key."""
    return not (
        request.endpoint is None  # an unknown path, which gets a 404
        or request.blueprint in PUBLIC_BLUEPRINTS
        or request.endpoint == "swagger"
        or request.method == "OPTIONS"  # browsers send preflight requests without a key
    )


def _identify(needs_key: bool) -> None:
    g.key = g.key_name = None
    if not needs_admission() or request.blueprint in SIGNED_BLUEPRINTS:
        return
    keys: KeyFile = current_app.extensions["nutgraf-keys"]
    if keys.keys() is None:
        if needs_key:
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
    return request.headers.get(API_KEY, "").strip() or None
