"""Who may ask: keys at the door of everything that is asked to work.

What describes the service is open to all: its probes, its pages and its contract.
"""

from flask import Flask, current_app, g, request

from api.lines import INTERNAL
from api.security.keys import Key, KeyFile, KeyMissing, KeyUnknown, is_loopback

API_KEY = "X-API-Key"
# Blueprints, and so the contract's tags.
OPEN_TO_ALL = frozenset({"About", "Operation", "Pages"})
# Who calls by a hook of its own can send no key; it signs what it sends.
SIGNED = frozenset({"Hooks"})
_HOW = f"Send a key: `Authorization: Bearer …` or `{API_KEY}: …`."


def register(app: Flask) -> None:
    """Asks for a key before every request that needs one; `g.key` is whose it is, `g.key_name` what it is called."""
    app.extensions["nutgraf-keys"] = KeyFile(app.config["NUTGRAF_DATA_DIR"])
    app.before_request(_identify)


def guarded() -> bool:
    """Whether this request counts towards limits and, but for hooks, needs a key: from outside, it asks for work."""
    return not (
        INTERNAL in request.environ
        or request.endpoint is None  # no such address; a problem says so
        or request.blueprint in OPEN_TO_ALL
        or request.endpoint == "swagger"
        or request.method == "OPTIONS"  # browsers ask without a key whether they may ask with one
    )


def _identify() -> None:
    g.key = g.key_name = None
    if not guarded() or request.blueprint in SIGNED:
        return
    keys: KeyFile = current_app.extensions["nutgraf-keys"]
    if keys.keys() is None:
        if not (current_app.config["NUTGRAF_OPEN"] or is_loopback(current_app.config["NUTGRAF_HOST"])):
            raise KeyMissing("No key is set up here: whoever runs the service makes one with `nutgraf keys add NAME`.")
        return
    secret = _sent()
    if secret is None:
        raise KeyMissing(_HOW)
    key: Key | None = keys.find(secret)
    if key is None:
        raise KeyUnknown("The key is none of this service's, or was revoked.")
    g.key, g.key_name = key, key.name


def _sent() -> str | None:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and credentials.strip():
        return credentials.strip()
    return request.headers.get(API_KEY, "").strip() or None
