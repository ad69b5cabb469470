"""Rate limits: requests are counted per API key, or per IP address where no key is needed. Off by default."""

import math
import re
import time
from collections.abc import Mapping, Sequence
from ipaddress import ip_address, ip_network
from typing import Any

from flask import Flask, Response, current_app, g, request
from flask_limiter import Limiter, RequestLimit
from limits.errors import StorageError
from werkzeug.middleware.proxy_fix import ProxyFix

from nutgraf.http.security.authentication import is_protected
from nutgraf.http.security.shared_counters import SharedCounters
from nutgraf.settings import MEMORY_STORAGE

# How long a request may wait for Redis; then the process uses its own counters. A frozen Redis accepts connections and
# answers nothing. A working Redis needs a millisecond, so this limit is not reached even on a busy machine.
REDIS_TIMEOUT_SECONDS = 0.4
# A client with one IPv6 address usually controls its whole /64 network.
_IPV6_NETWORK = 64
# An address in X-Forwarded-For. Proxies may add a port or a zone, and write it in brackets or in quotes.
_ADDRESS = re.compile(
    r""""?(?:\[(?P<v6>[0-9A-Fa-f:.]{2,45})(?:%[^\]"]*)?\](?::\d*)?|(?P<plain>[0-9.]{7,15}(?=:)|[0-9A-Fa-f:.]{2,45})"""
    r"""(?:%[^"]*|:\d*)?)"?"""
)


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Counts every request to a protected route, by key or by IP address, and refuses those above the limit with 429.

    Responses carry the headers RateLimit and RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers). A key's own limit
    replaces the setting `limit`.
    """
    if proxies := settings["trusted_proxies"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    storage, default_rate = settings["limit_storage"], settings["limit"]

    def rate() -> str:
        """The caller's limit: that of its key, else the setting."""
        key_rate: str | None = g.key and g.key.rate
        return key_rate or str(default_rate)

    limiter = Limiter(
        _client,
        app=app,
        default_limits=[rate],
        # One count for all routes together, not one per route.
        request_identifier=lambda: "all",
        storage_uri=f"{SharedCounters.STORAGE_SCHEME[0]}://" if storage == MEMORY_STORAGE else storage,
        storage_options={"wrap_exceptions": True, **({} if storage == MEMORY_STORAGE else _redis_options())},
        # While Redis is unreachable, each process uses its own counters: the limiter must not take the service down.
        in_memory_fallback_enabled=True,
    )
    limiter.request_filter(lambda: not is_protected() or not rate())
    app.extensions["nutgraf-limiter"] = limiter
    app.after_request(_add_headers)


def _redis_options() -> dict[str, Any]:
    """Options of the Redis client: short time limits, and no second attempt."""
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    return {
        "socket_timeout": REDIS_TIMEOUT_SECONDS,
        "socket_connect_timeout": REDIS_TIMEOUT_SECONDS,
        "retry": Retry(NoBackoff(), 0),
    }


def _client() -> str:
    if g.key:
        return f"key {g.key.owner}"
    match = _ADDRESS.fullmatch((request.remote_addr or "").strip())
    try:
        address = ip_address(match["v6"] or match["plain"]) if match else None
    except ValueError:
        address = None
    if address is None:  # a Unix socket, or an unchecked value that a proxy forwarded: all of these count as one client
        return "address unknown"
    if address.version == 6 and address.ipv4_mapped:
        address = address.ipv4_mapped
    return f"address {address if address.version == 4 else ip_network((address, _IPV6_NETWORK), strict=False)}"


def _add_headers(response: Response) -> Response:
    """Adds the headers of draft-ietf-httpapi-ratelimit-headers: lists of policy names with parameters."""
    limiter: Limiter = current_app.extensions["nutgraf-limiter"]
    try:
        states = [(limit, max(0, math.ceil(limit.window.reset_time - time.time()))) for limit in limiter.current_limits]
        if not states:
            return response
        named = list(zip(_policy_names([limit for limit, _ in states]), states, strict=True))
        policies = [f'"{name}";q={limit.limit.amount};w={limit.limit.get_expiry()}' for name, (limit, _) in named]
        remaining = [f'"{name}";r={max(0, limit.remaining)};t={seconds}' for name, (limit, seconds) in named]
    except StorageError:  # the storage became unreachable after the request was counted
        return response
    response.headers["RateLimit-Policy"] = ", ".join(policies)
    response.headers["RateLimit"] = ", ".join(remaining)
    if response.status_code == 429:
        response.headers["Retry-After"] = str(max([1, *(seconds for limit, seconds in states if limit.breached)]))
    return response


def _policy_names(limits: Sequence[RequestLimit]) -> list[str]:
    """The names of the policies: "key" or "default" and, if there are several, the length of their window."""
    owner = "key" if g.key and g.key.rate else "default"
    return [f"{owner}-{limit.limit.get_expiry()}s" if len(limits) > 1 else owner for limit in limits]
