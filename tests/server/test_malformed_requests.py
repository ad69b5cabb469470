"""Thousands of malformed requests to a real server: each gets the right status, and the memory does not grow."""

import http.client
import json
import select
import socket
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import pytest

from nutgraf.summarizer.languages.language import all_languages
from tests.builders import NEWS as TEXT
from tests.builders import body
from tests.malformed_requests import KINDS, Kind
from tests.service import serving

REQUESTS = 3_000
CLIENTS = 24
CLIENT_SECONDS = 1
MOST_GROWTH = 0.05


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[int, serving]]:
    """The port of a server that waits one second for a slow client."""
    started = serving(
        NUTGRAF_WORKERS="1",
        NUTGRAF_JOB_WORKERS="0",
        NUTGRAF_CLIENT_SECONDS=str(CLIENT_SECONDS),
        NUTGRAF_MAX_INFLATED_BYTES=str(1 << 20),
        NUTGRAF_MAX_WAITING="64",
        NUTGRAF_MAX_WAIT_SECONDS="30",
    )
    with started as address:
        yield int(urlsplit(address).port or 0), started


def status(port: int, kind: Kind, content: bytes) -> int:
    """The status of the answer; 0 without one. A slow client sends its last bytes one by one."""
    with socket.create_connection(("127.0.0.1", port), 30) as connection:
        try:
            if kind.slow:
                connection.sendall(content[:-3])
                for byte in content[-3:]:
                    # Data that arrives after the server has closed the connection would reset it, and the answer would be
                    # lost.
                    if select.select([connection], [], [], CLIENT_SECONDS / 4)[0]:
                        break
                    connection.sendall(bytes([byte]))
            else:
                connection.sendall(content)
                connection.shutdown(socket.SHUT_WR) if kind.statuses & {0} else None
            answer = http.client.HTTPResponse(connection, method="POST")
            answer.begin()
            content = answer.read()
        except (ConnectionError, http.client.BadStatusLine):
            return 0
        if answer.status >= 400:
            problem = json.loads(content)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert problem["status"] == answer.status
        return answer.status


def good(port: int, **request: Any) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/json", "Connection": "close"}
    connection.request("POST", "/summarize", json.dumps(request or body()), headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def resident_bytes(process: int) -> int:
    """The memory of a server's processes, without shared memory."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    total = 0
    for child in children:
        rollup = Path(f"/proc/{child}/smaps_rollup").read_text().splitlines()
        total += sum(int(line.split()[1]) * 1024 for line in rollup if line.startswith(("Private_Dirty", "Private_Clean")))
    return total


def test_malformed_requests_get_the_right_status_and_do_not_grow_memory(server: tuple[int, serving]) -> None:
    port, started = server
    if not Path("/proc/self/smaps_rollup").exists():
        pytest.skip("needs /proc/PID/smaps_rollup, to measure memory")
    random = Random(7)
    names = [name for _ in range(REQUESTS // len(KINDS) + 1) for name in KINDS][:REQUESTS]
    wrong: Counter[tuple[str, int]] = Counter()

    def ask(name: str, seed: int) -> None:
        got = status(port, KINDS[name], KINDS[name].make(Random(seed)))
        if got not in KINDS[name].statuses:
            wrong[name, got] += 1

    def all_of(chunk: list[str]) -> None:
        with ThreadPoolExecutor(CLIENTS) as clients:
            for done in [clients.submit(ask, name, random.randrange(1 << 30)) for name in chunk]:
                done.result()
        assert good(port) == 200

    warm = REQUESTS // 5
    all_of(names[:warm])
    # Each process compiles the rules of a language once, when it first meets it; malformed requests name many languages.
    codes = [each.code for each in all_languages() for _ in range(8)]
    with ThreadPoolExecutor(CLIENTS) as clients:
        list(clients.map(lambda code: good(port, articles=[{"text": TEXT, "language": code}]), codes))
    before = resident_bytes(started.process.pid)
    workers = Path(f"/proc/{started.process.pid}/task/{started.process.pid}/children").read_text()
    for at in range(warm, REQUESTS, 500):
        all_of(names[at : at + 500])
    assert not wrong
    assert len(KINDS) >= 25
    assert Path(f"/proc/{started.process.pid}/task/{started.process.pid}/children").read_text() == workers
    assert resident_bytes(started.process.pid) <= before * (1 + MOST_GROWTH) + (8 << 20)


def test_slow_clients_do_not_block_others(server: tuple[int, serving]) -> None:
    """With more slow clients than threads, the next request is answered when the first slow client times out."""
    port, _ = server
    connections = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(40)]
    for connection in connections:
        connection.sendall(b"POST /summarize HTTP/1.1\r\nHost: desk.example\r\n")
    began = time.monotonic()
    assert good(port) == 200
    assert time.monotonic() - began < 6 * CLIENT_SECONDS
    for connection in connections:
        connection.close()


def test_the_body_of_a_refused_request_is_never_read_as_a_second_request(server: tuple[int, serving]) -> None:
    """A request hidden in the body of one with two framings is not answered."""
    port, _ = server
    hidden = b"GET /version HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST /summarize HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(head + hidden)
        answers = b""
        while received := _received(connection):
            answers += received
    assert answers.count(b"HTTP/1.1 ") == 1
    assert b" 400 " in answers.split(b"\r\n")[0]


def _received(connection: socket.socket) -> Any:
    try:
        return connection.recv(65_536)
    except ConnectionError:
        return b""
