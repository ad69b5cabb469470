"""A proxy that can break and restore the connection to a server at once, while the server keeps running."""

import socket
import socketserver
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from tests.ports import free_port

BLOCK_BYTES = 65_536


class BreakableProxy:
    """Forwards connections to a server within the `with` block; afterwards closes them and refuses others."""

    def __init__(self, address: str) -> None:
        self.target = urlsplit(address)
        self.port = free_port()

    def __enter__(self) -> str:
        self._open: list[socket.socket] = []
        target, opened = (self.target.hostname, self.target.port), self._open

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with socket.create_connection(target) as server:
                    opened.extend((self.request, server))
                    back = threading.Thread(target=_copy, args=(server, self.request), daemon=True)
                    back.start()
                    _copy(self.request, server)
                    back.join()

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return f"http://127.0.0.1:{self.port}"

    def __exit__(self, *exception: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        for each in self._open:
            _end(each)


def _copy(come: socket.socket, go: socket.socket) -> None:
    with suppress(OSError):  # cut
        while block := come.recv(BLOCK_BYTES):
            go.sendall(block)
    _end(go)


def _end(connection: socket.socket) -> None:
    with suppress(OSError):  # the connection has ended already
        connection.shutdown(socket.SHUT_RDWR)
