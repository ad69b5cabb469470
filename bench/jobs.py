"""Jobs compared with plain calls of `summarize()`.

Measures the cost of the queue, the gain from a second process, and the latency of other requests while a job runs.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.http import Requests, percentiles, request_durations, serving
from bench.news import articles, sentences
from nutgraf.summarizer import Article, Options, summarize

# The number of sentences in a cluster of 10 articles, and in the article of the requests that are sent while a job runs.
CLUSTER_SENTENCES, ARTICLE_SENTENCES = 250, 20
BACKLOG_REQUESTS = 10_000


def table(file: Path, *, requests: int, seconds: float, database_url: str) -> Iterator[str]:
    """Yields a Markdown table: clusters per second of `summarize()` in a loop and of jobs, with 1 and 2 processes."""
    clusters = [*_clusters(sentences(file), requests)]
    yield "| clusters of 10 articles | per second | compared |"
    yield "|---|---|---|"
    loop = _combined_loop_rate(clusters, 1)
    yield f"| `summarize()` in a loop | {loop:.1f} | |"
    loops = _combined_loop_rate(clusters, 2)
    yield f"| `summarize()` in two processes (the upper bound for a job) | {loops:.1f} | {loops / loop:.2f} times one |"
    one = _job_rate(clusters, 1, database_url)
    yield f"| a job, one process | {one:.1f} | the queue costs {loop / one - 1:.0%} |"
    two = _job_rate(clusters, 2, database_url)
    yield f"| a job, two processes | {two:.1f} | {two / one:.2f} times one |"
    yield ""
    yield from _latency_during_jobs(clusters, Requests(sentences(file), [ARTICLE_SENTENCES]), seconds, database_url)


def _clusters(pool: list[str], count: int) -> Iterator[list[str]]:
    """Different clusters, so that caches help no more than with real clusters."""
    for index in range(count):
        start = (index * 37) % (len(pool) - CLUSTER_SENTENCES)
        yield articles(pool[start:], CLUSTER_SENTENCES)


def _combined_loop_rate(clusters: list[list[str]], processes: int) -> float:
    """Clusters per second of several processes that call `summarize()`; each process summarizes all clusters."""
    code = "import sys; from pathlib import Path; from bench.jobs import loop_rate; print(loop_rate(Path(sys.argv[1])))"
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(clusters, file)
        file.flush()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-c", code, file.name]
        loops = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
        return sum(float(process.communicate()[0]) for process in loops)


def loop_rate(file: Path) -> float:
    """Returns how many clusters `summarize()` completes per second, for a JSON file with a list of clusters."""
    clusters = [[Article(text, language="en") for text in texts] for texts in json.loads(file.read_text(encoding="utf-8"))]
    summarize(clusters[0], Options())
    start = time.perf_counter()
    for cluster in clusters:
        summarize(cluster, Options())
    return len(clusters) / (time.perf_counter() - start)


def _job_rate(clusters: list[list[str]], processes: int, database_url: str) -> float:
    """Clusters per second of a job, from the start of its first request to the end of its last."""
    with _server_without_worker(database_url) as (port, environment), _worker(environment, processes):
        _wait_for_job(port, _post(port, clusters[:32]))  # warms up the processes
        job = _wait_for_job(port, _post(port, clusters))
    return len(clusters) / (_moment(job["finished_at"]) - _moment(job["started_at"]))


def _latency_during_jobs(
    clusters: list[list[str]], requests: Iterator[bytes], seconds: float, database_url: str
) -> Iterator[str]:
    with _server_without_worker(database_url) as (port, environment):
        alone = request_durations(port, requests, seconds, 1)
        _post(port, (clusters * (BACKLOG_REQUESTS // len(clusters) + 1))[:BACKLOG_REQUESTS])
        queued = request_durations(port, requests, seconds, 1)
        with _worker(environment, 1):
            time.sleep(5)
            working = request_durations(port, requests, seconds, 1)
    yield f"POST /summarize of one article, no jobs queued: {percentiles(alone)};"
    yield f"with {BACKLOG_REQUESTS:,} requests queued: {percentiles(queued)};"
    yield f"while one process answers them: {percentiles(working)}."


@contextmanager
def _server_without_worker(database_url: str) -> Iterator[tuple[int, dict[str, str]]]:
    """A server without a job worker, whose jobs are in the given database or, without one, in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"NUTGRAF_DATA_DIR": folder, "NUTGRAF_DATABASE_URL": database_url, "OPENBLAS_NUM_THREADS": "1"}
        with serving("nutgraf", workers=1, **environment) as port:
            yield port, environment


@contextmanager
def _worker(environment: dict[str, str], processes: int) -> Iterator[None]:
    command = [sys.executable, "-m", "nutgraf.cli", "worker", "--processes", str(processes)]
    process = subprocess.Popen(command, env={**os.environ, **environment})
    try:
        yield
    finally:
        process.terminate()
        process.wait(60)


def _post(port: int, clusters: list[list[str]]) -> str:
    lines = [json.dumps({"articles": [{"text": text, "language": "en"} for text in texts]}) for texts in clusters]
    address, sent = f"http://127.0.0.1:{port}/jobs", "\n".join(lines).encode()
    request = urllib.request.Request(address, sent, {"Content-Type": "application/x-ndjson"})
    with urllib.request.urlopen(request, timeout=120) as response:
        return str(json.load(response)["id"])


def _wait_for_job(port: int, job_id: str) -> dict[str, Any]:
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/jobs/{job_id}", timeout=30) as response:
            job: dict[str, Any] = json.load(response)
        if job["state"] == "done":
            return job
        time.sleep(0.5)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
