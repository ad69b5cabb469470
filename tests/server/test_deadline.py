"""A large request ends at its deadline or when its client disconnects, without ending a worker."""

import http.client
import json
import os
import signal
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.builders import numbered_sentences
from tests.service import serving

if not sys.platform.startswith("linux"):
    pytest.skip("needs /proc, for the processes of the server", allow_module_level=True)

# Takes several seconds on any machine.
HUGE_SENTENCES, LARGE_SENTENCES = 48_000, 400
# The default limits would refuse the request.
LIMITS = {"NUTGRAF_MAX_CHARACTERS": "8000000", "NUTGRAF_MAX_SENTENCES": "50000"}
SOON_SECONDS = 30
# Needs a hundredth of the deadline, so that a slow and busy machine answers it in time, too.
SMALL = json.dumps({"articles": [{"text": "The council of Marsh voted for a new bridge.", "language": "en"}]}).encode()


def body(count: int) -> bytes:
    pool = numbered_sentences(1_000)
    texts = [" ".join(pool[(start + place * 7) % len(pool)] for place in range(count // 100)) for start in range(100)]
    return json.dumps({"articles": [{"text": text, "language": "en"} for text in texts]}).encode()


def post(address: str, content: bytes) -> tuple[int, str]:
    """Sends a request, and returns the status and the type of the problem, "" without one."""
    request = urllib.request.Request(f"{address}/summarize", content, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            response.read()
            return response.status, ""
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.load(error)["type"].rpartition("/")[2]


def children(process: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def compute_processes(server: int) -> set[int]:
    """The compute processes of a server: the children of the fork servers of its workers."""
    return {child for worker in children(server) for forks in children(worker) for child in children(forks)}


def at_work(server: int, others: set[int]) -> int:
    """Waits until a compute process other than `others` works on a request, and returns it."""
    end = time.monotonic() + SOON_SECONDS
    while time.monotonic() < end:
        for process in compute_processes(server) - others:
            if seconds(process) > 0.5:
                return process
        time.sleep(0.05)
    raise AssertionError("No process computes the request.")


def test_a_request_that_takes_too_long_is_ended_while_others_are_answered() -> None:
    with serving(**LIMITS, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0", NUTGRAF_MAX_SECONDS="2") as address:
        assert post(address, SMALL) == (200, "")  # loads the models
        huge = threading.Thread(target=lambda: outcomes.append(post(address, body(HUGE_SENTENCES))))
        outcomes: list[tuple[int, str]] = []
        huge.start()
        while huge.is_alive():
            assert post(address, SMALL) == (200, "")
        assert outcomes == [(503, "too-slow")]


def test_killing_a_compute_process_fails_one_request_and_no_worker() -> None:
    server = serving(**LIMITS, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0")
    with server as address:
        assert post(address, body(LARGE_SENTENCES)) == (200, "")
        workers, others = children(server.process.pid), compute_processes(server.process.pid)
        outcomes: list[tuple[int, str]] = []
        huge = threading.Thread(target=lambda: outcomes.append(post(address, body(HUGE_SENTENCES))))
        huge.start()
        os.kill(at_work(server.process.pid, others), signal.SIGKILL)
        huge.join()
        assert outcomes == [(503, "too-slow")]
        assert post(address, body(LARGE_SENTENCES)) == (200, "")
        assert post(address, body(2_000)) == (200, "")
        assert children(server.process.pid) == workers


def test_computation_ends_when_the_client_disconnects() -> None:
    server = serving(**LIMITS, NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0", NUTGRAF_MAX_SECONDS="60")
    with server as address:
        assert post(address, body(LARGE_SENTENCES)) == (200, "")
        others = compute_processes(server.process.pid)
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        client.request("POST", "/summarize", body(HUGE_SENTENCES), {"Content-Type": "application/json"})
        process = at_work(server.process.pid, others)
        end = time.monotonic() + SOON_SECONDS
        client.close()
        while Path(f"/proc/{process}").exists() and time.monotonic() < end:
            time.sleep(0.05)
        assert not Path(f"/proc/{process}").exists()
        assert post(address, body(LARGE_SENTENCES)) == (200, "")
    statuses = [json.loads(line)["status"] for line in server.log.splitlines() if '"route": "/summarize"' in line]
    assert statuses == [200, 400, 200]


def seconds(process: int) -> float:
    """The CPU time of a process."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
