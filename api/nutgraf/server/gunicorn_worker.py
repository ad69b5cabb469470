"""gunicorn's threaded worker with a time limit for slow clients.

Input that is not valid HTTP never reaches the application. The worker itself answers it, with an
`application/problem+json` body like all other errors, which contains nothing of the input.
"""

import json
import time
import uuid
from http import HTTPStatus
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from nutgraf.errors import NutgrafError
from nutgraf.observability.logs import log
from nutgraf.service.schemas.problem_types import MEDIA_TYPE, PROBLEM_TYPES

# The deadline for a body is extended by one second for every 64 KiB received.
BYTES_PER_SECOND = 65_536


class HeadTimeoutError(NutgrafError):
    """The request line and headers did not arrive in time."""

    problem_type = "too-late"


_STATUSES: dict[type[Exception], int] = {
    HeadTimeoutError: 408,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
}


class DeadlineSocket:
    """A socket with a deadline for each request, so that a client that sends a byte now and then can't hold a thread.

    The headers must arrive within `seconds`; the deadline for a body moves with the bytes received. Writes time out after
    `seconds` without progress.
    """

    def __init__(self, socket: Any, seconds: float) -> None:
        """Wraps `socket` and starts the time of the first request."""
        self._socket = socket
        self._seconds = seconds
        self.restart()

    def restart(self) -> None:
        """Starts the time of the next request on the connection."""
        self._deadline = time.monotonic() + self._seconds
        self.in_body = False

    def recv(self, *arguments: Any) -> bytes:
        """Receives bytes, like `socket.recv`.

        Raises TimeoutError if the body is late; the application answers it. Raises HeadTimeoutError if the headers are
        late; `handle_error` answers it.
        """
        remaining_seconds = self._deadline - time.monotonic()
        try:
            if remaining_seconds <= 0:
                raise TimeoutError
            self._socket.settimeout(remaining_seconds)
            received: bytes = self._socket.recv(*arguments)
        except TimeoutError as error:
            if self.in_body:
                raise
            raise HeadTimeoutError from error
        self._deadline += len(received) / BYTES_PER_SECOND if self.in_body else 0
        return received

    def sendall(self, content: bytes) -> None:
        """Sends all bytes, like `socket.sendall`. Raises TimeoutError if the client does not read."""
        self._socket.settimeout(self._seconds)
        self._socket.sendall(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class Worker(ThreadWorker):
    """gunicorn's `worker_class`: a threaded worker that limits how long a client may take.

    The configuration's `post_fork` sets `client_seconds`.
    """

    client_seconds: float = 20

    def set_accept_enabled(self, enabled: bool) -> None:
        """Before the worker stops, accepts all connections that wait in the kernel's queue.

        Otherwise the kernel would reset them when the last worker closes the listening socket.
        """
        super().set_accept_enabled(enabled)
        if self.alive:
            return
        for listener in self.sockets:
            for _ in range(self.cfg.backlog):
                previous_count = self.nr_conns
                self.accept(listener)
                if self.nr_conns == previous_count:
                    break
            listener.close()

    def handle(self, conn: Any) -> Any:
        """Handles a connection, and gives each of its requests a new deadline."""
        if not isinstance(conn.sock, DeadlineSocket):
            conn.sock = DeadlineSocket(conn.sock, self.client_seconds)
        conn.sock.restart()
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Handles a request whose headers have arrived; from here on, the socket reads the body."""
        conn.sock.in_body = True
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answers input that is not valid HTTP, or came too late, with a problem, and closes the connection.

        gunicorn calls it with the exception of its parser or of the socket. The log line contains only its class.
        """
        status = _STATUSES.get(type(exc), 400 if isinstance(exc, errors.ParseException) else 500)
        request_id = uuid.uuid4().hex
        log.warning("request-refused", request_id=request_id, error=type(exc).__name__, status=status)
        problem_type = PROBLEM_TYPES[
            {400: "bad-request", 408: "too-late", 500: "internal-error"}.get(status, "request-refused")
        ]
        body = json.dumps(problem_type.body(HTTPStatus(status).phrase + ".", request_id, status)).encode()
        head = (
            f"HTTP/1.1 {status} {HTTPStatus(status).phrase}\r\nConnection: close\r\nContent-Type: {MEDIA_TYPE}\r\n"
            f"Content-Length: {len(body)}\r\nX-Request-ID: {request_id}\r\n\r\n"
        )
        try:
            client.sendall(head.encode() + body)
        except OSError:
            log.info("client-gone", request_id=request_id)
