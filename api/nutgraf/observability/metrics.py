"""What can be counted of the service, for Prometheus: right over all its processes, and nothing that a caller wrote."""

import os

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_METHODS = frozenset({"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
# From an article to what a request may cost at most.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20)
_COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 50_000)

_registry = CollectorRegistry()
REQUESTS = Counter(
    "nutgraf_requests", "Requests, by what was asked and how it ended.", ["route", "method", "status"], registry=_registry
)
REQUEST_SECONDS = Histogram(
    "nutgraf_request_seconds", "How long requests took.", ["route"], buckets=_SECONDS, registry=_registry
)
STEP_SECONDS = Histogram(
    "nutgraf_stage_seconds", "How long the stages of a summary took.", ["stage"], buckets=_SECONDS, registry=_registry
)
ARTICLES = Histogram("nutgraf_articles", "Articles of a request.", buckets=_COUNTS[:7], registry=_registry)
SENTENCES = Histogram("nutgraf_sentences", "Sentences of a request.", buckets=_COUNTS, registry=_registry)
INSIDE = Gauge(
    "nutgraf_requests_inside",
    "Requests that wait for their turn, or have it.",
    registry=_registry,
    multiprocess_mode="livesum",
)


def count(route: str, verb: str, status: int, seconds: float) -> None:
    """Counts a request that has its answer."""
    REQUESTS.labels(route, method(verb), status).inc()
    REQUEST_SECONDS.labels(route).observe(seconds)


def method(verb: str) -> str:
    """The method, as long as it is one of HTTP's; "other" for what a client made up."""
    return verb if verb in _METHODS else "other"


def step(name: str, seconds: float) -> None:
    """Counts the seconds of a step."""
    STEP_SECONDS.labels(name).observe(seconds)


def count_summary(articles: int, sentences: int) -> None:
    """Counts a summary by the articles and sentences that it was made from."""
    ARTICLES.observe(articles)
    SENTENCES.observe(sentences)


def exposition(*collectors: Collector) -> bytes:
    """What Prometheus reads: what all processes counted, and what these collectors see now."""
    counted, seen = _registry, CollectorRegistry()
    if FOLDER in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]  # prometheus_client's
    for collector in collectors:
        seen.register(collector)
    return generate_latest(counted) + generate_latest(seen)
