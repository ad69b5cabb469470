"""A thread gets a request once it has arrived, and waits only for large bodies."""

import socket
import time
from collections.abc import Iterator

import pytest
from gunicorn.http import errors

from nutgraf.server import request_socket
from nutgraf.server.request_socket import MAX_COLLECTED_BYTES, MAX_HEAD_BYTES, HeadTimeoutError, RequestSocket

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"


@pytest.fixture
def pair() -> Iterator[tuple[RequestSocket, socket.socket]]:
    """The two ends of a connection: the service's and the client's."""
    ours, client = socket.socketpair()
    ours.setblocking(False)
    with ours, client:
        yield RequestSocket(ours, 5), client


def needs_thread(ours: RequestSocket, client: socket.socket, content: bytes) -> bool:
    client.sendall(content)
    ours.collect()
    return ours.needs_thread(MAX_COLLECTED_BYTES)


@pytest.mark.parametrize(
    "ending", [b"\r\n\r\n", b"\r\nExpect: 100-continue\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_a_complete_head_needs_a_thread(pair: tuple[RequestSocket, socket.socket], ending: bytes) -> None:
    for byte in (request := b"GET / HTTP/1.1\r\nHost: x" + ending)[:-1]:
        assert not needs_thread(*pair, bytes([byte]))
    assert needs_thread(*pair, request[-1:])
    assert pair[0].recv(10) == request[:10]
    assert pair[0].recv(500) == request[10:]


def test_a_small_body_is_collected_and_a_slow_or_large_one_is_not(
    pair: tuple[RequestSocket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, client = pair
    assert not needs_thread(ours, client, HEAD % 5 + b"four")
    assert needs_thread(ours, client, b"5")
    ours.begin()
    assert ours.has_body("5")
    assert not ours.has_body("6")
    assert not ours.has_body(None)
    ours.restart()
    assert needs_thread(ours, client, HEAD % (MAX_COLLECTED_BYTES + 1))
    ours.restart()
    monkeypatch.setattr(request_socket, "COLLECTING_SECONDS", 0.05)
    assert not needs_thread(ours, client, HEAD % 5)
    time.sleep(0.06)
    assert ours.needs_thread(MAX_COLLECTED_BYTES)
    ours.begin()
    assert not ours.has_body("5")


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"GET / HTTP/1.1\r\nX: " + b"x" * MAX_HEAD_BYTES, errors.LimitRequestHeaders),
        (b"GET / HTTP/1.1\nHost: x\n\n", errors.LimitRequestHeaders),
        (b"GET / HTTP/1.1\r\n", HeadTimeoutError),
    ],
    ids=["large", "bare", "late"],
)
def test_no_thread_waits_for_a_head(
    pair: tuple[RequestSocket, socket.socket], content: bytes, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, client = pair
    if error is HeadTimeoutError:
        monkeypatch.setattr(ours, "_seconds", 0)
        ours.restart()
    client.sendall(content)
    while ours.collected_bytes < len(content):
        ours.collect()
    assert ours.needs_thread(MAX_COLLECTED_BYTES)
    assert ours.recv(1 << 20) == content
    with pytest.raises(error):
        ours.recv(1)


def test_a_closed_connection_needs_a_thread_to_end_it(pair: tuple[RequestSocket, socket.socket]) -> None:
    ours, client = pair
    client.close()
    ours.collect()
    assert ours.needs_thread(MAX_COLLECTED_BYTES)
    assert ours.recv(1) == b""


def test_an_unread_body_is_not_waited_for(pair: tuple[RequestSocket, socket.socket]) -> None:
    ours, client = pair
    needs_thread(ours, client, HEAD % 50 + b"some")
    ours.in_body = True
    ours.stop_waiting()
    assert ours.recv(500).endswith(b"some")
    with pytest.raises(TimeoutError):
        ours.recv(1)
