"""gunicorn's threaded worker, in which no client occupies a thread before its request has arrived.

The main thread collects the heads of requests and small bodies of all connections; threads answer them. Input that is
not valid HTTP never reaches the application. The worker itself answers it, with an `application/problem+json` body like all
other errors, which contains nothing of the input.
"""

import errno
import json
import time
import uuid
from functools import partial
from http import HTTPStatus
from selectors import EVENT_READ
from socket import SHUT_WR
from typing import Any

from gunicorn.http import errors
from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER, TConn, ThreadWorker

from nutgraf.http.body import BODY_HAS_ARRIVED
from nutgraf.observability.logs import log
from nutgraf.server.request_socket import MAX_COLLECTED_BYTES, HeadTimeoutError, RequestSocket
from nutgraf.service.schemas.problem_types import MEDIA_TYPE, PROBLEM_TYPES

# The maximum size of collected bodies of all connections together; beyond it, threads wait for bodies.
MAX_COLLECTED_BYTES_OF_ALL = 32 * 1024 * 1024
# How often deadlines are checked.
SWEEP_SECONDS = 0.1
# After an early answer, the rest of what the client sends is read for this long, so that the client reads the answer before
# the connection ends.
CLOSING_SECONDS = 2.0
MAX_DISCARDED_BYTES = 16 * 1024 * 1024

_STATUSES: dict[type[Exception], int] = {
    HeadTimeoutError: 408,
    errors.LimitRequestLine: 414,
    errors.ExpectationFailed: 417,
    errors.LimitRequestHeaders: 431,
    errors.UnsupportedTransferCoding: 501,
}


class Worker(ThreadWorker):
    """gunicorn's `worker_class`: a threaded worker that collects requests before threads work on them.

    The configuration's `post_fork` sets `client_seconds`, the time that a client may take for a head.
    """

    client_seconds: float = 20
    wsgi: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._collecting: dict[TConn, None] = {}  # in the order of their arrival
        self._collected_bytes = 0
        self._closing: dict[TConn, tuple[float, int]] = {}  # the deadline, and the number of bytes discarded
        self._next_sweep = 0.0

    def load_wsgi(self) -> None:
        """Loads the application, and adds to the environment of each request whether its body has arrived."""
        super().load_wsgi()
        application: Any = self.wsgi

        def with_arrival(environ: dict[str, Any], start_response: Any) -> Any:
            environ[BODY_HAS_ARRIVED] = environ["gunicorn.socket"].has_body(environ.get("CONTENT_LENGTH"))
            return application(environ, start_response)

        self.wsgi = with_arrival

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

    def accept(self, listener: Any) -> None:
        """Accepts a connection and collects its first request.

        If there are too many connections, the one that has waited longest is closed.
        """
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._close_longest_waiting()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK):
                raise
            return
        self.nr_conns += 1
        if self.alive and self.nr_conns >= self.worker_connections:
            self._close_longest_waiting()
        connection = TConn(self.cfg, RequestSocket(client, self.client_seconds), address, listener.getsockname())
        connection.data_ready = True  # no thread waits for the first byte
        self._collect(connection)

    def on_client_socket_readable(self, conn: Any, client: Any) -> None:
        """Collects the next request of a connection that was kept alive."""
        self.poller.unregister(client)
        self.keepalived_conns.remove(conn)
        conn.sock.restart()
        self._collect(conn)

    def enqueue_req(self, conn: Any) -> None:
        """Lets a thread work on the request that was collected."""
        conn.sock.begin()
        super().enqueue_req(conn)

    def handle_request(self, req: Any, conn: Any) -> Any:
        """Handles a request whose head has arrived; from here on, the socket reads the body."""
        conn.sock.in_body = True
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Any, keepalive: Any) -> bool:
        conn.sock.stop_waiting()  # the connection is closed if its body was not read and has not arrived
        return bool(super()._keepalive_after(conn, keepalive))

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Keeps a connection alive, or ends it without waiting for its client. Called in the main thread."""
        is_kept = not fs.cancelled() and fs.exception() is None and fs.result()
        if not is_kept:
            self._end(conn)
            return
        conn.sock.restart(conn.parser.unreader.take_buffered())
        conn.sock.setblocking(False)
        if conn.sock.collected_bytes:  # the start of the next request arrived with this one
            self._collect(conn)
            return
        conn.set_timeout()
        if not self.alive:
            conn.timeout = min(conn.timeout, time.monotonic() + STOP_KEEPALIVE_LINGER)
        self.keepalived_conns.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self.on_client_socket_readable, conn))

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Waits for events, and no longer than until deadlines are checked again."""
        super().wait_for_and_dispatch_events(min(timeout, SWEEP_SECONDS) if self._collecting or self._closing else timeout)

    def murder_pending(self) -> None:
        """Ends the connections whose clients are too late. Called by gunicorn after each event."""
        now = time.monotonic()
        if now < self._next_sweep:
            return
        self._next_sweep = now + SWEEP_SECONDS
        for conn in [each for each in self._collecting if each.sock.needs_thread(self._max_body_bytes)]:
            self._stop_collecting(conn)
            if conn.sock.collected_bytes:
                self.enqueue_req(conn)  # a problem answers it if the head is late
            else:
                self._close(conn)
        for conn in [each for each, (deadline, _) in self._closing.items() if deadline <= now]:
            conn.sock.discard()  # what is not read resets the connection, and the client loses the answer
            self._stop_closing(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """When the worker stops, closes connections that send nothing, such as kept-alive ones."""
        super()._cap_keepalive(deadline)
        for conn in self._collecting:
            if not conn.sock.collected_bytes:
                conn.sock.end_by(deadline)

    @property
    def _max_body_bytes(self) -> int:
        return MAX_COLLECTED_BYTES if self._collected_bytes < MAX_COLLECTED_BYTES_OF_ALL else 0

    def _collect(self, conn: Any) -> None:
        """Collects a request, and gives it to a thread once it is complete."""
        conn.sock.collect()
        if conn.sock.needs_thread(self._max_body_bytes):
            self.enqueue_req(conn)
            return
        self._collecting[conn] = None
        self._collected_bytes += conn.sock.collected_bytes
        self.poller.register(conn.sock, EVENT_READ, partial(self._on_readable, conn))

    def _on_readable(self, conn: Any, client: Any) -> None:
        previous_bytes = conn.sock.collected_bytes
        conn.sock.collect()
        self._collected_bytes += conn.sock.collected_bytes - previous_bytes
        if conn.sock.needs_thread(self._max_body_bytes):
            self._stop_collecting(conn)
            self.enqueue_req(conn)

    def _stop_collecting(self, conn: Any) -> None:
        del self._collecting[conn]
        self._collected_bytes -= conn.sock.collected_bytes
        self.poller.unregister(conn.sock)

    def _close_longest_waiting(self) -> None:
        if conn := next(iter(self._collecting), None):
            self._stop_collecting(conn)
            self._close(conn)

    def _end(self, conn: Any) -> None:
        """Ends a connection, and discards for a moment what its client still sends (RFC 9112, section 9.6)."""
        try:
            conn.sock.shutdown(SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self._on_closing_readable, conn))
        except (OSError, ValueError):  # the client or a thread has closed the connection
            self._close(conn)
        else:
            self._closing[conn] = (time.monotonic() + CLOSING_SECONDS, 0)

    def _on_closing_readable(self, conn: Any, client: Any) -> None:
        deadline, discarded_bytes = self._closing[conn]
        received = conn.sock.discard()
        if not received or discarded_bytes > MAX_DISCARDED_BYTES:
            self._stop_closing(conn)
        else:
            self._closing[conn] = (deadline, discarded_bytes + received)

    def _stop_closing(self, conn: Any) -> None:
        del self._closing[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: Any) -> None:
        self.nr_conns -= 1
        conn.close()

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
