"""Metrics for Prometheus, aggregated across the server's processes. No label contains text from a caller."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
# From a single short article to the maximum duration of a request.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
_COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000)

_registry = CollectorRegistry()
REQUESTS = Counter(
    "nutgraf_requests", "Requests by route, method and status.", ["route", "method", "status"], registry=_registry
)
REQUEST_SECONDS = Histogram(
    "nutgraf_request_seconds", "Duration of requests.", ["route"], buckets=_SECONDS, registry=_registry
)
STEP_SECONDS = Histogram(
    "nutgraf_stage_seconds", "Duration of each stage of a summary.", ["stage"], buckets=_SECONDS, registry=_registry
)
ARTICLES = Histogram("nutgraf_articles", "Articles per request.", buckets=_COUNTS[:7], registry=_registry)
SENTENCES = Histogram("nutgraf_sentences", "Sentences per request.", buckets=_COUNTS, registry=_registry)
ADMITTED_REQUESTS = Gauge(
    "nutgraf_requests_inside",
    "Requests that are waiting or being computed.",
    registry=_registry,
    multiprocess_mode="livesum",
)

# An observation that another process repeats: a function of this module and its arguments.
Observation = tuple[Callable[..., None], tuple[Any, ...]]
_deferred: list[Observation] | None = None


@contextmanager
def defer_observations() -> Iterator[Sequence[Observation]]:
    """Yields a list that collects what is observed about summaries during the block, for `observe_again`.

    Short-lived processes use it, because the metrics library keeps a file for each process that counts.
    """
    global _deferred
    collected: list[Observation] = []
    _deferred = collected
    try:
        yield collected
    finally:
        _deferred = None


def observe_again(observations: Sequence[Observation]) -> None:
    """Adds observations that another process collected with `defer_observations` to the metrics of this process."""
    for function, arguments in observations:
        function(*arguments)


def count_request(route: str, verb: str, status: int, seconds: float) -> None:
    """Counts an answered request and its duration.

    `route` is the path as the contract writes it and `verb` the HTTP method, so that the number of label values is bounded.
    """
    REQUESTS.labels(route, method_label(verb), status).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def method_label(verb: str) -> str:
    """Returns the HTTP method, or "other" for a method that HTTP does not define: clients can send any word."""
    return verb if verb in _METHODS else "other"


def observe_step(name: str, seconds: float) -> None:
    """Records the duration of one step of a summary."""
    if _deferred is not None:
        _deferred.append((observe_step, (name, seconds)))
        return
    STEP_SECONDS.labels(name).observe(seconds)


def count_summary(articles: int, sentences: int) -> None:
    """Records how many articles and sentences a summary was made from."""
    if _deferred is not None:
        _deferred.append((count_summary, (articles, sentences)))
        return
    ARTICLES.observe(articles)
    SENTENCES.observe(sentences)


def exposition(*collectors: Collector) -> bytes:
    """Returns all metrics in Prometheus' text format.

    Counts are sums over all processes of the server, if they share a metrics folder. `collectors` are asked for their
    present values.
    """
    counters, current = _registry, CollectorRegistry()
    if FOLDER in os.environ:
        counters = CollectorRegistry()
        MultiProcessCollector(counters)  # type: ignore[no-untyped-call]  # prometheus_client's
    for collector in collectors:
        current.register(collector)
    return generate_latest(counters) + generate_latest(current)
