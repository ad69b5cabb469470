"""How often each may ask: counted by key, or by address where none is needed, off unless set."""

import math
import time
from collections.abc import Mapping, Sequence
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter, RequestLimit
from limits.errors import StorageError
from werkzeug.middleware.proxy_fix import ProxyFix

from nutgraf.http.security.authentication import asks_for_work
from nutgraf.http.security.shared_counters import SharedCounters
from nutgraf.settings import MEMORY_STORAGE

# Whoever has one IPv6 address has all of its network.
_IPV6_NETWORK = 64


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Counts every request that needs a key, and says on its answer what is left: RateLimit and RateLimit-Policy."""
    if proxies := settings["trusted_proxies"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    storage, default_rate = settings["limit_storage"], settings["limit"]

    def rate() -> str:
        """The caller's limit: that of its key, else the setting."""
        of_key: str | None = g.key and g.key.rate
        return of_key or str(default_rate)

    limiter = Limiter(
        _who,
        app=app,
        default_limits=[rate],
        # One count for everything that is asked, not one for each address of the API.
        request_identifier=lambda: "all",
        storage_uri=f"{SharedCounters.STORAGE_SCHEME[0]}://" if storage == MEMORY_STORAGE else storage,
        storage_options={"wrap_exceptions": True},
        # Where Redis is gone, each process counts alone until it is back: a limit shall not take the service down.
        in_memory_fallback_enabled=True,
    )
    limiter.request_filter(lambda: not asks_for_work() or not rate())
    app.extensions["nutgraf-limiter"] = limiter
    app.after_request(_tell)


def _who() -> str:
    if g.key_name:
        return f"key {g.key_name}"
    given = request.remote_addr or ""
    try:
        address = ip_address(given.partition("%")[0])
    except ValueError:  # a socket of this machine's, or a proxy that knows none
        return f"address {given[:64]}"
    return f"address {address if address.version == 4 else ip_network((address, _IPV6_NETWORK), strict=False)}"


def _tell(response: Response) -> Response:
    """draft-ietf-httpapi-ratelimit-headers: lists of items, each a policy's name with its parameters."""
    limiter: Limiter = current_app.extensions["nutgraf-limiter"]
    try:
        states = [(each, max(0, math.ceil(each.window.reset_time - time.time()))) for each in limiter.current_limits]
        if not states:
            return response
        named = list(zip(_names([each for each, _ in states]), states, strict=True))
        policies = [f'"{name}";q={each.limit.amount};w={each.limit.get_expiry()}' for name, (each, _) in named]
        left = [f'"{name}";r={max(0, each.remaining)};t={seconds}' for name, (each, seconds) in named]
    except StorageError:  # gone since the request was counted
        return response
    response.headers["RateLimit-Policy"] = ", ".join(policies)
    response.headers["RateLimit"] = ", ".join(left)
    if response.status_code == 429:
        response.headers["Retry-After"] = str(max([1, *(seconds for each, seconds in states if each.breached)]))
    return response


def _names(limits: Sequence[RequestLimit]) -> list[str]:
    """What the policies are called: whose they are and, where there are several, over how long each counts."""
    whose = "key" if g.key and g.key.rate else "default"
    return [f"{whose}-{each.limit.get_expiry()}s" if len(limits) > 1 else whose for each in limits]
