"""Clients that send half of a request, or nothing, do not block others: probes are answered within a second."""

import http.client
import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.builders import NEWS, body
from tests.service import serving

MOST_SECONDS = 1.0
PROBES = 20
JSON = b"Host: desk.example\r\nContent-Type: application/json\r\n"
LARGE = JSON + b"Content-Length: 8388608\r\n\r\n{"


@pytest.fixture(scope="module")
def server() -> Iterator[serving]:
    """One worker with the default limits; Ghost's hook is disabled."""
    with (started := serving(NUTGRAF_WORKERS="1", NUTGRAF_JOB_WORKERS="0", NUTGRAF_SUPERDESK_SECRETS="secret")):
        yield started


@contextmanager
def clients(server: serving, number: int, content: bytes) -> Iterator[list[socket.socket]]:
    """Opens connections that send `content` and then wait."""
    with ExitStack() as opened:
        address = ("127.0.0.1", server.port)
        connections = [opened.enter_context(socket.create_connection(address, 30)) for _ in range(number)]
        for connection in connections:
            connection.sendall(content)
        yield connections


def slowest_probe(server: serving) -> float:
    slowest = 0.0
    for _ in range(PROBES):
        began = time.monotonic()
        urllib.request.urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=60).close()
        slowest = max(slowest, time.monotonic() - began)
        time.sleep(0.05)
    return slowest


def status(connection: socket.socket) -> int:
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    return answer.status


@pytest.mark.parametrize(
    ("number", "content"),
    [
        (100, b"POST /summarize HTTP/1.1\r\nHost: desk.example\r\nContent-Le"),
        (100, b"G"),
        (100, b""),
        (60, b"POST /hooks/ghost HTTP/1.1\r\n" + LARGE),
        (60, b"POST /hooks/superdesk HTTP/1.1\r\nx-superdesk-signature: sha1=" + b"0" * 40 + b"\r\n" + LARGE),
        (60, b"POST /summarize HTTP/1.1\r\n" + LARGE),
        (60, b"POST /jobs HTTP/1.1\r\n" + LARGE),
        (60, b"POST /summarize HTTP/1.1\r\n" + JSON + b"Content-Length: 500\r\n\r\n{"),
        (60, b"POST /summarize HTTP/1.1\r\n" + JSON + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{"),
        (60, b"GET /version HTTP/1.1\r\nHost: desk.example\r\n\r\nGET /vers"),
    ],
    ids=["half-head", "byte", "nothing", "hook-off", "unsigned", "body", "job", "small-body", "chunked", "second-head"],
)
def test_half_sent_requests_do_not_delay_probes(server: serving, number: int, content: bytes) -> None:
    """A hundred half heads, or sixty bytes to a disabled hook, once delayed the probe by 19 seconds."""
    with clients(server, number, content):
        assert slowest_probe(server) < MOST_SECONDS


def test_a_disabled_hook_refuses_before_reading_the_body(server: serving) -> None:
    with clients(server, 60, b"POST /hooks/ghost HTTP/1.1\r\n" + LARGE) as connections:
        began = time.monotonic()
        assert {status(connection) for connection in connections} == {403}
        assert time.monotonic() - began < 5


def test_requests_that_arrive_at_once_are_answered_despite_slow_ones(server: serving) -> None:
    """Unfinished bodies of unauthenticated clients occupy few threads, and complete requests need no waiting thread."""
    call = b'{"guid": "x"}'
    head = b"POST /hooks/superdesk HTTP/1.1\r\nx-superdesk-signature: sha1=" + b"0" * 40 + b"\r\n"
    with clients(server, 60, head + LARGE):
        whole = head + JSON + b"Content-Length: %d\r\n\r\n" % len(call) + call
        with clients(server, 10, whole) as connections:
            assert {status(connection) for connection in connections} == {401}  # not 503
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        # Larger than the bodies that are collected without a thread.
        content = json.dumps(body(background=[{"text": f"{NEWS}\n\n" * 3, "title": "x" * 900}] * 100)).encode()
        connection.request("POST", "/summarize", content, {"Content-Type": "application/json"})
        assert connection.getresponse().status == 200
        connection.close()


def test_a_client_with_a_large_refused_body_can_read_the_answer(server: serving) -> None:
    """The connection is not reset while the client still sends."""
    content = bytes(6 << 20)
    for path, expected in (("/hooks/ghost", 403), ("/nowhere", 404), ("/healthz", 405)):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("POST", path, content, {"Content-Type": "application/json"})
        assert connection.getresponse().status == expected
        connection.close()


def test_a_head_in_pieces_and_two_requests_at_once_are_answered(server: serving) -> None:
    with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
        request = b"GET /version HTTP/1.1\r\nHost: desk.example\r\n\r\n"
        for at in range(len(request)):
            connection.sendall(request[at : at + 1])
        assert status(connection) == 200
    with socket.create_connection(("127.0.0.1", server.port), 30) as connection:
        connection.sendall(request + request[:30])
        time.sleep(0.3)
        connection.sendall(request[30:] + b"GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answers = b""
        while received := connection.recv(65_536):
            answers += received
    assert answers.count(b"HTTP/1.1 200 OK") == 2
    assert answers.count(b"HTTP/1.1 404 ") == 1


def test_more_connections_than_a_worker_holds_do_not_stop_it(server: serving) -> None:
    """Those that have waited longest without a request make room."""
    with clients(server, 900, b"GET /"), clients(server, 200, b"GET /"):
        assert slowest_probe(server) < MOST_SECONDS
