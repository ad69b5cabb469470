"""The socket of a connection: collects a request until a thread can work on it, with a deadline for each request."""

import re
import time
from typing import Any

from gunicorn.http import errors

from nutgraf.errors import NutgrafError

# The deadline for a body is extended by one second for every 64 KiB received.
MIN_BYTES_PER_SECOND = 65_536
# The maximum size of a head, the request line and the headers. gunicorn's own limit is about 800 KiB.
MAX_HEAD_BYTES = 65_536
# A body of up to this size is collected with its head. For a larger or slower one, a thread waits.
MAX_COLLECTED_BYTES = 1024 * 1024
COLLECTING_SECONDS = 0.5
# The maximum number of bytes that one call to `collect` receives.
_CHUNK_BYTES = 65_536
_HEAD_END = b"\r\n\r\n"
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,12})[ \t]*\r\n", re.IGNORECASE)
# With these headers, the size of the body is unknown, or the client sends it only when it is asked to.
_SIZE_UNKNOWN = re.compile(rb"\r\n(?:transfer-encoding|expect):", re.IGNORECASE)


class HeadTimeoutError(NutgrafError):
    """The request line and headers did not arrive in time."""

    problem_type = "too-late"


class RequestSocket:
    """A socket that collects a request without waiting, and then gives it to the thread that works on it.

    No thread waits for a head; a thread waits only for a body that is large or slow. The head must arrive within `seconds`;
    the deadline for a body moves with the bytes received. Each call of `sendall` must end within `seconds`.
    """

    def __init__(self, socket: Any, seconds: float) -> None:
        """Wraps `socket` and starts the deadline for the first request."""
        self._socket = socket
        self._seconds = seconds
        self.restart()

    def restart(self, collected: bytes = b"") -> None:
        """Starts the deadline for the next request on the connection, whose first bytes, `collected`, have arrived."""
        self._collected = bytearray(collected)
        self._searched = 0
        self._head_bytes: int | None = None
        self._body_bytes: int | None = None  # None: unknown
        self._body_expected_until = 0.0
        self._arrived_bytes = 0
        self._has_ended = False
        self._deadline = time.monotonic() + self._seconds
        self.in_body = False

    @property
    def collected_bytes(self) -> int:
        """The number of bytes that were collected and not read yet."""
        return len(self._collected)

    def collect(self) -> None:
        """Receives up to _CHUNK_BYTES that have arrived, without waiting; records whether the connection has ended."""
        try:
            received = self._socket.recv(_CHUNK_BYTES)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            received = b""
        self._has_ended = not received
        self._collected += received

    def needs_thread(self, max_body_bytes: int) -> bool:
        """Whether a thread is needed: the request is complete, or no further waiting without a thread will complete it.

        That is so if its body is larger than `max_body_bytes`, slow or of unknown size, or if the request has failed: it is
        late or malformed, or the connection has ended.
        """
        now = time.monotonic()
        if self._has_ended or now >= self._deadline:
            return True
        if self._head_bytes is None:
            end = self._collected.find(_HEAD_END, max(0, self._searched - len(_HEAD_END)))
            self._searched = len(self._collected)
            if end < 0:  # lines that end with LF alone, and too large heads, are refused
                return len(self._collected) > MAX_HEAD_BYTES or self._collected.count(b"\n") > self._collected.count(b"\r\n")
            self._head_bytes = end + len(_HEAD_END)
            self._body_bytes = _body_size(bytes(self._collected[: self._head_bytes]))
            self._body_expected_until = now + COLLECTING_SECONDS
        return (
            self._body_bytes is None
            or self._body_bytes > max_body_bytes
            or len(self._collected) >= self._head_bytes + self._body_bytes
            or now >= self._body_expected_until
        )

    def has_body(self, content_length: str | None) -> bool:
        """Whether the whole body, of this length, had arrived when a thread began to work on the request."""
        return content_length is not None and content_length.isdecimal() and int(content_length) <= self._arrived_bytes

    def begin(self) -> None:
        """Records how much of the body has arrived. Call it when a thread begins to work on the request; see `has_body`."""
        self._arrived_bytes = len(self._collected) - (self._head_bytes or 0)

    def recv(self, size: int) -> bytes:
        """Returns up to `size` bytes, like `socket.recv`; waits only for a body.

        Raises TimeoutError if the body is late; the application answers it. Raises HeadTimeoutError if the head was late,
        and LimitRequestHeaders if it is too large or has lines that end with LF alone; `handle_error` answers them.
        """
        if self._collected:
            received = bytes(self._collected[:size])
            del self._collected[:size]
            return received
        if self._has_ended:
            return b""
        remaining_seconds = self._deadline - time.monotonic()
        if not self.in_body:
            raise (
                HeadTimeoutError
                if remaining_seconds <= 0
                else errors.LimitRequestHeaders("The head is too large or has lines without CR.")
            )
        if remaining_seconds <= 0:
            raise TimeoutError
        self._socket.settimeout(remaining_seconds)
        received = bytes(self._socket.recv(size))
        self._deadline += len(received) / MIN_BYTES_PER_SECOND
        return received

    def discard(self) -> int:
        """Drops what has arrived, without waiting. Returns its size, 1 if nothing has arrived, 0 if the connection ended."""
        try:
            return len(self._socket.recv(_CHUNK_BYTES))
        except (BlockingIOError, InterruptedError):
            return 1
        except OSError:
            return 0

    def end_by(self, deadline: float) -> None:
        """Sets the deadline, a value of `time.monotonic`, for the head of the next request; an earlier deadline stays."""
        self._deadline = min(self._deadline, deadline)

    def stop_waiting(self) -> None:
        """From here on, `recv` returns what was collected and raises TimeoutError instead of waiting for more."""
        self._deadline = 0.0

    def sendall(self, content: bytes) -> None:
        """Sends all bytes, like `socket.sendall`. Raises TimeoutError if the client has not read them within `seconds`."""
        self._socket.settimeout(self._seconds)
        self._socket.sendall(content)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


def _body_size(head: bytes) -> int | None:
    """The size of the body that a head announces; None if it is not known. gunicorn checks the head later."""
    if _SIZE_UNKNOWN.search(head):
        return None
    length = _CONTENT_LENGTH.search(head)
    return int(length[1]) if length else 0
