"""A connection that is ended: its client can read the answer although it was late to stop sending."""

import selectors
import socket
from dataclasses import dataclass
from typing import Any

import pytest

from nutgraf.server.gunicorn_worker import Worker
from nutgraf.server.request_socket import RequestSocket


@dataclass(eq=False)
class Connection:
    """What the worker needs of gunicorn's connections."""

    sock: RequestSocket

    def close(self) -> None:
        self.sock.close()


def test_what_has_arrived_is_read_before_a_refused_connection_closes() -> None:
    """Otherwise the kernel resets the connection, and the client loses the answer."""
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.create_connection(listener.getsockname()) as client:
        accepted, _ = listener.accept()
        ended = RequestSocket(accepted, 5)
        conn: Any = Connection(ended)
        worker = Worker.__new__(Worker)
        worker._collecting, worker._next_sweep, worker.nr_conns = {}, 0.0, 1
        worker.poller = selectors.DefaultSelector()
        worker._closing = {conn: (0.0, 0)}
        worker.poller.register(ended, selectors.EVENT_READ)
        accepted.sendall(b"HTTP/1.1 431 Request Header Fields Too Large\r\n\r\n")
        accepted.setblocking(False)
        client.sendall(b"X-Late: header\r\n")
        worker.poller.select(5)  # the bytes have arrived
        worker.murder_pending()
        worker.poller.close()
        try:
            answer = client.recv(500) + client.recv(500)
        except ConnectionResetError:
            pytest.fail("The connection was reset.")
        assert answer.startswith(b"HTTP/1.1 431")
        assert worker.nr_conns == 0
