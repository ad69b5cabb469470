"""Requests per second over HTTP, compared with an echo service and a plain sumy service with the same gunicorn settings.

All requests are different.
"""

import http.client
import itertools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np

from bench.news import articles, sentences

CONNECTIONS = 8
START_SECONDS = 90
APPLICATIONS = {
    "nutgraf": "nutgraf.server.wsgi:app",
    "echo": "bench.compared_services:echo",
    "plain sumy": "bench.compared_services:plain",
}
# Numbers of sentences: one article of 20, and a cluster of 10 articles with 25 each.
PAYLOADS = {"article": 20, "cluster": 250}
LARGE_SENTENCES = 2_500
# The default of `nutgraf serve`.
DEFAULT_WORKERS = 2


def table(file: Path, *, seconds: float, workers: int) -> Iterator[str]:
    """Yields the rows of a Markdown table: requests per second and latencies by service, for an article and a cluster."""
    pool = sentences(file)
    rates: dict[tuple[str, str], float] = {}
    yield "| service | payload | requests per second | p50 ms | p99 ms |"
    yield "|---|---|---|---|---|"
    for name in APPLICATIONS:
        with serving(name, workers) as port:
            for payload, count in PAYLOADS.items():
                taken = request_durations(port, Requests(pool, [count]), seconds, CONNECTIONS)
                rates[name, payload] = len(taken) / seconds
                p50, p99 = percentile_ms(taken, 50), percentile_ms(taken, 99)
                yield f"| {name} | {payload} | {len(taken) / seconds:.1f} | {p50:.1f} | {p99:.1f} |"
    yield ""
    for payload in PAYLOADS:
        ratios = {peer: rates["nutgraf", payload] / max(0.01, rates[peer, payload]) for peer in ("echo", "plain sumy")}
        yield f"{payload}: our rate is {ratios['echo']:.0%} of the echo's and {ratios['plain sumy']:.1f} times plain sumy's."
    yield from _fairness(pool, seconds, DEFAULT_WORKERS)
    yield from _scaling(pool, seconds)


def _fairness(pool: list[str], seconds: float, workers: int) -> Iterator[str]:
    """Latencies of small requests while large ones are computed, one after the other."""
    small, large = Requests(pool, [PAYLOADS["article"]]), Requests(pool, [LARGE_SENTENCES])
    with serving("nutgraf", workers) as port:
        alone = request_durations(port, small, seconds, 1)
        large_requests = threading.Thread(target=lambda: request_durations(port, large, seconds, 1))
        large_requests.start()
        under_load = request_durations(port, small, seconds, 1)
        large_requests.join()
    ratio = percentile_ms(under_load, 99) / percentile_ms(alone, 50)
    yield f"With {workers} workers, small requests alone: {percentiles(alone)}; while requests of 100 articles run:"
    yield f"{percentiles(under_load)}; this p99 is {ratio:.1f} times the p50 alone."


def _scaling(pool: list[str], seconds: float) -> Iterator[str]:
    """Requests per second with two workers compared with one; with clusters, so that the client needs little time."""
    rates = []
    for workers in (1, 2):
        with serving("nutgraf", workers) as port:
            rates.append(len(request_durations(port, Requests(pool, [PAYLOADS["cluster"]]), seconds, CONNECTIONS)) / seconds)
    one, two = rates
    yield f"Two workers serve {two / one:.2f} times as many as one ({two:.1f} and {one:.1f} clusters per second)."


@contextmanager
def serving(name: str, workers: int, **variables: str) -> Iterator[int]:
    """Runs a service with `workers` workers and yields its port; `variables` are added to its environment."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        APPLICATIONS[name],
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
    ]
    command += ["--worker-class", "gthread", "--threads", "8", "--preload", "--log-level", "error", "--keep-alive", "30"]
    command += ["--config", "/dev/null", "--worker-tmp-dir", "/dev/shm"]
    with run_server(command, port, OPENBLAS_NUM_THREADS="1", **variables):
        yield port


def free_port() -> int:
    """Returns a free port of the loopback interface."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def run_server(command: list[str], port: int, **variables: str) -> Iterator[int]:
    """Runs a server until the block ends and yields its process id; `variables` are added to its environment.

    Raises RuntimeError if it does not answer on the port.
    """
    environment = {**os.environ, **variables}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(START_SECONDS)


def _wait(port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=1)) as connection:
                connection.request("GET", "/healthz", headers={"Connection": "close"})
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answers on port {port} after {START_SECONDS} seconds.")


def request_durations(port: int, requests: Iterator[bytes], seconds: float, connections: int) -> list[float]:
    """Returns the duration of each of `requests` in seconds, in a closed loop over `connections`, after a warm-up.

    Raises RuntimeError for an answer with another status than 200.
    """
    taken: list[float] = []
    _loop(port, requests, time.monotonic() + seconds / 4, [])
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=_loop, args=(port, requests, end, taken)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def _loop(port: int, requests: Iterator[bytes], end: float, taken: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < end:
        body = next(requests)
        start = time.perf_counter()
        connection.request("POST", "/summarize", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"The service answered {answer.status}.")
        taken.append(time.perf_counter() - start)


class Requests(Iterator[bytes]):
    """An endless iterator of different request bodies. Several threads may use it.

    Their sentences follow one another in the pool, from the start again at its end. Each body has a unique number.
    """

    def __init__(self, pool: Sequence[str], sizes: Sequence[int]) -> None:
        """`sizes` are the numbers of sentences of the first requests; the following ones repeat them."""
        self._pool = pool
        self._sizes = sizes
        self._numbers = itertools.count()

    def __next__(self) -> bytes:
        number = next(self._numbers)
        rounds, place = divmod(number, len(self._sizes))
        start = (rounds * sum(self._sizes) + sum(self._sizes[:place])) % len(self._pool)
        texts = articles([*self._pool[start:], *self._pool[:start]], self._sizes[place])
        texts[0] += f" Reader{number} wrote to the editor."
        return json.dumps({"articles": [{"text": text, "language": "en"} for text in texts]}).encode()


def percentile_ms(taken: list[float], percentile: float) -> float:
    """Returns a percentile, in milliseconds, of durations in seconds."""
    return 1000 * float(np.percentile(taken, percentile))


def percentiles(taken: list[float]) -> str:
    """Returns the p50 and p99 of durations in seconds, as text."""
    return f"p50 {percentile_ms(taken, 50):.1f} ms, p99 {percentile_ms(taken, 99):.1f} ms"
