"""Rate limits shared by several machines, with a real Redis."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from nutgraf.app import create_app
from tests.ports import free_port
from tests.unit.http.security.test_rate_limits import ask


@pytest.fixture
def redis() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A real Redis on a free port."""
    command = shutil.which("redis-server")
    if not command:
        pytest.skip("needs redis-server")
    port = free_port()
    process = subprocess.Popen(
        [command, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}", process
    process.kill()
    process.wait()


def test_machines_share_counters_in_redis_and_count_alone_without_it(redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, process = redis
    machines = [create_app({"limit": "2 per minute", "limit_storage": address}).test_client() for _ in range(2)]
    assert [ask(machine).status_code for machine in (*machines, *machines)] == [200, 200, 429, 429]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert [ask(machines[0]).status_code for _ in range(3)] == [200, 200, 429]


def test_a_frozen_redis_delays_requests_by_at_most_a_second(redis: tuple[str, subprocess.Popen[bytes]]) -> None:
    """A frozen Redis accepts connections and answers nothing; every request once waited for ever."""
    address, process = redis
    machine = create_app({"limit": "2 per minute", "limit_storage": address}).test_client()
    assert ask(machine).status_code == 200
    alone = fastest(machine)
    os.kill(process.pid, signal.SIGSTOP)
    try:
        statuses, seconds = [], []
        for _ in range(8):
            began = time.monotonic()
            statuses.append(ask(machine).status_code)
            seconds.append(time.monotonic() - began)
            time.sleep(0.3)
        assert max(seconds) <= 1 + 2 * alone
        assert statuses.count(200) == 2  # the process uses its own counters
    finally:
        os.kill(process.pid, signal.SIGCONT)


def fastest(machine: FlaskClient) -> float:
    """The time of a request without a limit."""
    began = time.monotonic()
    assert machine.get("/readyz").status_code == 200
    return time.monotonic() - began
