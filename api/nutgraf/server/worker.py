"""gunicorn's threaded worker, whose threads wait for a slow client only so long.

What is no HTTP never reaches the application; it is answered here, as a problem too, without a word of what was sent.
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

# A body may take longer the more of it there is.
BYTES_PER_SECOND = 65_536


class HeadTimeoutError(NutgrafError):
    """The head of a request did not arrive in time."""

    problem_type = "too-late"


_STATUSES: dict[type[Exception], int] = {
    HeadTimeoutError: 408,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
}


class PatientSocket:
    """A socket whose reads end at a time, however slowly the bytes come, and whose writes don't wait for ever."""

    def __init__(self, socket: Any, seconds: float) -> None:
        """Wraps `socket`; a head has `seconds` to arrive, a body longer the more of it there is."""
        self._socket = socket
        self._seconds = seconds
        self.restart()

    def restart(self) -> None:
        """A new request begins."""
        self._ends = time.monotonic() + self._seconds
        self.in_body = False

    def recv(self, *arguments: Any) -> bytes:
        """Raises TimeoutError for a body that is late, which the application answers; HeadTimeoutError for a head."""
        left = self._ends - time.monotonic()
        try:
            if left <= 0:
                raise TimeoutError
            self._socket.settimeout(left)
            received: bytes = self._socket.recv(*arguments)
        except TimeoutError as error:
            if self.in_body:
                raise
            raise HeadTimeoutError from error
        self._ends += len(received) / BYTES_PER_SECOND if self.in_body else 0
        return received

    def sendall(self, content: bytes) -> None:
        """Raises TimeoutError where the client does not read."""
        self._socket.settimeout(self._seconds)
        self._socket.sendall(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class Worker(ThreadWorker):
    """Serves with threads; `worker_class` of gunicorn. Its configuration sets `client_seconds` after the fork."""

    client_seconds: float = 20

    def set_accept_enabled(self, enabled: bool) -> None:
        """Takes in, before it stops, whom the kernel has let in already: they would be cut off when the last worker ends."""
        super().set_accept_enabled(enabled)
        if self.alive:
            return
        for listener in self.sockets:
            for _ in range(self.cfg.backlog):
                before = self.nr_conns
                self.accept(listener)
                if self.nr_conns == before:
                    break
            listener.close()

    def handle(self, conn: Any) -> Any:
        """Each request of a connection has its own time."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(conn.sock, self.client_seconds)
        conn.sock.restart()
        return super().handle(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """The head is there; what is still to come, if anything, is the body."""
        conn.sock.in_body = True
        return super().handle_request(req, conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:
        """Answers what is no HTTP, or came too late, and closes."""
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
