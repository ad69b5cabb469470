"""Jobs compared with the core alone: cost of the queue, gain of a second worker, and latency of requests meanwhile."""

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

from bench.http import load, ms, request_body, serving
from bench.news import articles, sentences
from nutgraf.summarizer import Article, Options, summarize

# Sentences of a cluster of 10 articles, and of the article in requests that are sent meanwhile.
CLUSTER, ARTICLE = 250, 20
BACKLOG = 10_000


def table(file: Path, *, requests: int, seconds: float, database_url: str) -> Iterator[str]:
    """Yields a Markdown table: clusters per second of `summarize()` in loops, and of jobs on 1 or 2 processes."""
    clusters = [*_clusters(sentences(file), requests)]
    yield "| clusters of 10 articles | per second | compared |"
    yield "|---|---|---|"
    loop = _looped(clusters, 1)
    yield f"| `summarize()` in a loop | {loop:.1f} | |"
    loops = _looped(clusters, 2)
    yield f"| `summarize()` in two loops at once: what the processors can do | {loops:.1f} | {loops / loop:.2f} times one |"
    one = _worked(clusters, 1, database_url)
    yield f"| a job, one process | {one:.1f} | the queue costs {loop / one - 1:.0%} |"
    two = _worked(clusters, 2, database_url)
    yield f"| a job, two processes | {two:.1f} | {two / one:.2f} times one |"
    yield ""
    yield from _meanwhile(clusters, request_body(sentences(file), ARTICLE), seconds, database_url)


def _clusters(pool: list[str], count: int) -> Iterator[list[str]]:
    """Different clusters, so that caches help no more than with real ones."""
    for index in range(count):
        start = (index * 37) % (len(pool) - CLUSTER)
        yield articles(pool[start:], CLUSTER)


def _looped(clusters: list[list[str]], processes: int) -> float:
    """Clusters per second in several processes, like those of a worker; each summarizes all clusters."""
    code = "import sys; from pathlib import Path; from bench.jobs import loop; print(loop(Path(sys.argv[1])))"
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(clusters, file)
        file.flush()
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
        command = [sys.executable, "-c", code, file.name]
        loops = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
        return sum(float(process.communicate()[0]) for process in loops)


def loop(file: Path) -> float:
    """Returns clusters per second of the core alone, for a JSON file with a list of clusters."""
    clusters = [[Article(text, language="en") for text in texts] for texts in json.loads(file.read_text(encoding="utf-8"))]
    summarize(clusters[0], Options())
    start = time.perf_counter()
    for cluster in clusters:
        summarize(cluster, Options())
    return len(clusters) / (time.perf_counter() - start)


def _worked(clusters: list[list[str]], processes: int, database_url: str) -> float:
    """Clusters per second of a job, from its first request to its last."""
    with _jobs(database_url) as (port, environment), _worker(environment, processes):
        _finished(port, _post(port, clusters[:32]))  # warms up the processes
        job = _finished(port, _post(port, clusters))
    return len(clusters) / (_moment(job["finished_at"]) - _moment(job["started_at"]))


def _meanwhile(clusters: list[list[str]], body: bytes, seconds: float, database_url: str) -> Iterator[str]:
    with _jobs(database_url) as (port, environment):
        alone = load(port, body, seconds, 1)
        _post(port, (clusters * (BACKLOG // len(clusters) + 1))[:BACKLOG])
        queued = load(port, body, seconds, 1)
        with _worker(environment, 1):
            time.sleep(5)
            working = load(port, body, seconds, 1)
    yield f"POST /summarize of one article alone: p50 {ms(alone, 50):.1f} ms, p99 {ms(alone, 99):.1f} ms;"
    yield f"with {BACKLOG:,} requests queued: p50 {ms(queued, 50):.1f} ms, p99 {ms(queued, 99):.1f} ms;"
    yield f"and one process at work on them: p50 {ms(working, 50):.1f} ms, p99 {ms(working, 99):.1f} ms."


@contextmanager
def _jobs(database_url: str) -> Iterator[tuple[int, dict[str, str]]]:
    """A server without a job worker, with an empty folder or the given database."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"NUTGRAF_DATA_DIR": folder, "NUTGRAF_DATABASE_URL": database_url, "OPENBLAS_NUM_THREADS": "1"}
        with serving("ours", 1, **environment) as port:
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


def _finished(port: int, job_id: str) -> dict[str, Any]:
    while True:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/jobs/{job_id}", timeout=30) as response:
            job: dict[str, Any] = json.load(response)
        if job["state"] == "done":
            return job
        time.sleep(0.5)


def _moment(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
