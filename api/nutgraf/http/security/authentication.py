"""Who may call: a key for everything that is asked to work.

What describes the service is open to all: its probes, its pages and its contract.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask, current_app, g, request

from nutgraf.http.security.keys import Key, KeyFile, KeyMissingError, UnknownKeyError, is_loopback

API_KEY = "X-API-Key"
# Blueprints, and so the contract's tags.
OPEN_TO_ALL = frozenset({"About", "Operation", "Pages"})
# A CMS that calls a hook can send no key; it signs what it sends.
SIGNED = frozenset({"Hooks"})
_HOW = f"Send a key: `Authorization: Bearer …` or `{API_KEY}: …`."


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Asks for a key before every request that needs one; `g.key` is whose it is, `g.key_name` what it is called."""
    app.extensions["nutgraf-keys"] = KeyFile(settings["data_dir"])
    needs_key = not (settings["open"] or is_loopback(settings["host"]))

    def identify() -> None:
        _identify(needs_key)

    app.before_request(identify)


def asks_for_work() -> bool:
    """Whether this request counts towards limits and, but for hooks, needs a key."""
    return not (
        request.endpoint is None  # no such address; a problem says so
        or request.blueprint in OPEN_TO_ALL
        or request.endpoint == "swagger"
        or request.method == "OPTIONS"  # browsers ask without a key whether they may ask with one
    )


def _identify(needs_key: bool) -> None:
    g.key = g.key_name = None
    if not asks_for_work() or request.blueprint in SIGNED:
        return
    keys: KeyFile = current_app.extensions["nutgraf-keys"]
    if keys.keys() is None:
        if needs_key:
            raise KeyMissingError("No key is set up here: whoever runs the service makes one with `nutgraf keys add NAME`.")
        return
    secret = _sent()
    if secret is None:
        raise KeyMissingError(_HOW)
    key: Key | None = keys.find(secret)
    if key is None:
        raise UnknownKeyError("The key is none of this service's, or was revoked.")
    g.key, g.key_name = key, key.name


def _sent() -> str | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        return credentials.strip()
    return request.headers.get(API_KEY, "").strip() or None
