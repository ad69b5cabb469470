"""Processes jobs: in the test process, or with real workers that may be killed."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Flask

from nutgraf.jobs import leases, task_execution
from nutgraf.jobs.job_system import JobSystem
from nutgraf.service.respond import Responder
from nutgraf.settings import load
from tests.service import ROOT

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PATIENCE_SECONDS = 240


def jobs_of(app: Flask) -> JobSystem:
    jobs: JobSystem = app.extensions["nutgraf-jobs"]
    return jobs


def work_off(app: Flask, job_id: str, most: int = 10**6, **settings: int) -> None:
    """Processes up to `most` tasks of a job in this process, as a worker with these settings would."""
    jobs = jobs_of(app)
    respond = Responder(load(settings))
    for task in leases.tasks_to_queue(jobs.database, job_id)[:most]:
        task_execution.run(jobs.database, respond, task, lease_seconds=60)


class Worker:
    """A real `nutgraf worker` in its own process group."""

    def __init__(self, environment: Mapping[str, str], *, processes: int = 1, inside: Sequence[str] = ()) -> None:
        self._command = [*inside, sys.executable, "-m", "nutgraf.cli", "worker", "--processes", str(processes)]
        self._environment = {**os.environ, **environment}
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def kill(self) -> None:
        """Kills the worker with all its processes, like a power failure."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(40)


@contextmanager
def running_worker(environment: Mapping[str, str], *, processes: int = 1) -> Iterator[Worker]:
    worker = Worker(environment, processes=processes)
    try:
        yield worker
    finally:
        worker.stop()


def post(address: str, lines: Sequence[bytes], query: str = "", **headers: str) -> dict[str, Any]:
    """Posts a job with these requests, and returns it."""
    sent = {"Content-Type": "application/x-ndjson", **headers}
    request = urllib.request.Request(f"{address}/jobs{query}", b"\n".join(lines), sent)
    with urllib.request.urlopen(request, timeout=60) as response:
        assert response.status == 202
        job: dict[str, Any] = json.load(response)
        return job


def get(address: str, path: str) -> bytes:
    with urllib.request.urlopen(f"{address}{path}", timeout=60) as response:
        content: bytes = response.read()
        return content


def wait(address: str, job_id: str, seconds: float = PATIENCE_SECONDS) -> dict[str, Any]:
    """Waits until a job is done, and returns it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        job: dict[str, Any] = json.loads(get(address, f"/jobs/{job_id}"))
        if job["state"] == "done":
            return job
        time.sleep(0.1)
    raise AssertionError(f"The job is not done after {seconds} seconds: {job}")
