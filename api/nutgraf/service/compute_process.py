"""Calls a function in another process, which can be killed at a deadline, whatever it is doing.

Checks within the loops of the summarizer end most requests at their deadline, but nothing in this process can interrupt a
regular expression or a matrix product. The child process is kept for the next call; one that was killed, that died, or
whose memory has grown is replaced by a fork of `fork_server`, which takes milliseconds.
"""

import os
import pickle
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from nutgraf.errors import NutgrafError
from nutgraf.observability import metrics
from nutgraf.observability.logs import RemoteError, frames, log
from nutgraf.service import fork_server
from nutgraf.service.limits import ClientGoneError

T = TypeVar("T")

# A child usually notices the deadline at its next check, and stays warm. If it has not by this time, it is killed.
KILL_AFTER_SECONDS = 0.5
# A child whose caller has died ends by itself this many seconds after the deadline.
ALARM_AFTER_SECONDS = 5
# A child that has grown by more than this is replaced: memory that one large text needed goes back to the system.
MAX_GROWTH_BYTES = 128 * 1024 * 1024
# Linux ends the process with the highest score if memory runs out; the maximum is 1000.
OUT_OF_MEMORY_SCORE = 700
_LENGTH = struct.Struct("=Q")
_PID = struct.Struct("=q")
_RECEIVED_BYTES = 1 << 20
# The other side has closed the connection, completely or for sending.
_HANG_UP = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


class ComputeProcessError(NutgrafError):
    """The process that computed a request died; the message is for the log."""

    problem_type = "too-slow"
    public_detail = "The process that computed the request ended unexpectedly. Its memory may have run out."


def run(function: Callable[..., T], *arguments: Any) -> T:
    """Calls `function`, which must be importable because calls are pickled.

    Used by a ComputeProcess that calls several functions.
    """
    return function(*arguments)


class ComputeProcess(Generic[T]):
    """Calls a function in a child process, one call at a time.

    `start` must be called before this process starts threads. Processes forked after that have children of their own.
    """

    def __init__(self, function: Callable[..., T]) -> None:
        self._function = function
        self._requests: socket.socket | None = None
        self._connection: socket.socket | None = None
        self._child = 0

    def start(self) -> None:
        """Starts the fork server, which forks the children."""
        self._requests = fork_server.start(self.serve)

    def attach(self, requests: socket.socket) -> None:
        """Uses an existing fork server instead of `start`.

        `requests` is the socket for its requests; its children must run `serve`.
        """
        self._requests = requests

    @property
    def is_available(self) -> bool:
        """Whether the fork server has been started and is running."""
        return self._requests is not None

    def call(self, *arguments: Any, seconds: float | None = None, client: int | None = None) -> T:
        """Returns what the function returns for the arguments, which are pickled, and raises the NutgrafError it raises.

        The child is killed after `seconds` and KILL_AFTER_SECONDS, or as soon as `client`, the file descriptor of a
        socket, is closed by the other side. Raises TimeoutError, ClientGoneError, ComputeProcessError if the child dies,
        and RemoteError for an exception that is not a NutgrafError.
        """
        ends = None if seconds is None else time.monotonic() + seconds + KILL_AFTER_SECONDS
        try:
            connection = self._open()
            _send(connection, (seconds, arguments), ends)
            observations, outcome, is_last = _receive(connection, ends, client)
        except BaseException as error:
            self._kill()
            if isinstance(error, (EOFError, OSError)) and not isinstance(error, TimeoutError):
                raise ComputeProcessError("The process that computed a request died.") from error
            raise
        if is_last:
            self.close()
        metrics.observe_again(observations)
        if isinstance(outcome, Exception):
            raise outcome
        result: T = outcome
        return result

    def close(self) -> None:
        """Ends the idle child, if there is one; the next call starts another."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def another(self) -> "ComputeProcess[T]":
        """Returns a ComputeProcess with the same function and fork server but its own child, for calls at the same time."""
        other = ComputeProcess(self._function)
        other._requests = self._requests and self._requests.dup()
        return other

    def stop(self) -> None:
        """Ends the child process, and the fork server once no other ComputeProcess uses it."""
        self.close()
        if self._requests is not None:
            self._requests.close()
            self._requests = None

    def _open(self) -> socket.socket:
        """The connection to an idle child."""
        if self._connection is not None and _is_closed(self._connection):
            self.close()
        if self._connection is None:
            if self._requests is None:
                raise EOFError
            try:
                self._connection = fork_server.open_connection(self._requests)
            except OSError:
                self.stop()
                log.error("fork-server-gone", detail="Requests are computed in this process until it is restarted.")
                raise
            self._child = _PID.unpack(_receive_exactly(self._connection, _PID.size))[0]
        return self._connection

    def _kill(self) -> None:
        if self._connection is not None:
            self.close()
            with suppress(OSError):  # the fork server is gone, and its children with it
                fork_server.kill(self._requests, self._child)  # type: ignore[arg-type]  # it has opened the connection

    def serve(self, connection: socket.socket) -> None:
        """Answers calls until the connection is closed. Runs in the child."""
        _be_killed_first()
        start_bytes = _resident_bytes()
        connection.sendall(_PID.pack(os.getpid()))
        while True:
            try:
                seconds, arguments = _receive(connection)
            except EOFError:
                return
            if seconds is not None:
                signal.setitimer(signal.ITIMER_REAL, max(seconds, 0) + ALARM_AFTER_SECONDS)
            outcome: object
            with metrics.defer_observations() as observations:
                try:
                    outcome = self._function(*arguments)
                except NutgrafError as error:
                    outcome = error
                except Exception as error:
                    outcome = RemoteError(type(error).__name__, frames(error))
            signal.setitimer(signal.ITIMER_REAL, 0)
            del arguments
            is_last = _resident_bytes() - start_bytes > MAX_GROWTH_BYTES
            _send(connection, (observations, outcome, is_last))
            if is_last:
                return


def is_gone(client: int) -> bool:
    """Whether the other side of a socket, given by its file descriptor, has closed the connection."""
    poll = select.poll()
    poll.register(client, _HANG_UP)
    return bool(poll.poll(0))


def _send(connection: socket.socket, message: object, ends: float | None = None) -> None:
    content = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    connection.settimeout(None if ends is None else max(0.001, ends - time.monotonic()))
    connection.sendall(_LENGTH.pack(len(content)))
    connection.sendall(content)


def _receive(connection: socket.socket, ends: float | None = None, client: int | None = None) -> Any:
    """The next message. Raises EOFError, TimeoutError, and ClientGoneError."""
    length = _LENGTH.unpack(_receive_exactly(connection, _LENGTH.size, ends, client))[0]
    return pickle.loads(_receive_exactly(connection, length, ends, client))


def _receive_exactly(connection: socket.socket, length: int, ends: float | None = None, client: int | None = None) -> bytes:
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    if client is not None:
        poll.register(client, _HANG_UP)
    received = bytearray()
    while len(received) < length:
        remaining = None if ends is None else 1000 * (ends - time.monotonic())
        if remaining is not None and remaining <= 0:
            raise TimeoutError
        ready = {descriptor for descriptor, _ in poll.poll(remaining)}
        if connection.fileno() in ready:
            part = connection.recv(min(_RECEIVED_BYTES, length - len(received)))
            if not part:
                raise EOFError
            received += part
        elif ready:
            raise ClientGoneError("The client closed the connection.")
    return bytes(received)


def _is_closed(connection: socket.socket) -> bool:
    """Whether an idle child has died: it never sends anything on its own."""
    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return bool(poll.poll(0))


def _be_killed_first() -> None:
    try:
        with open("/proc/self/oom_score_adj", "w") as score:
            score.write(str(OUT_OF_MEMORY_SCORE))
    except OSError:
        pass  # not Linux, or the operator has set a higher score


def _resident_bytes() -> int:
    """The resident memory of this process; 0 if the system does not report it."""
    try:
        with open("/proc/self/statm") as sizes:
            return int(sizes.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0
