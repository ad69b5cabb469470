"""Counts of requests that the processes of one server share.

Each process of its own would let through what all were meant to. The counts stand in memory that is made before the
server forks; a count is found by the digest of what it counts, so that whoever asks from many addresses costs no more
memory: the slot that ends first is given to the next.
"""

import fcntl
import hashlib
import mmap
import os
import struct
import tempfile
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from limits.storage import Storage

SLOTS = 16_384
# A count may stand in any of so many slots from where its digest points.
NEIGHBOURS = 8
_SLOT = struct.Struct("=QdQ")  # digest, end of the window in seconds since 1970, count


class SharedCounters(Storage):
    """The storage of flask-limiter for one machine; windows are fixed."""

    STORAGE_SCHEME = ["shared"]  # noqa: RUF012  # as its base class has it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._file, path = tempfile.mkstemp()
        os.unlink(path)
        weakref.finalize(self, os.close, self._file)
        os.truncate(self._file, SLOTS * _SLOT.size)
        self._memory = mmap.mmap(self._file, SLOTS * _SLOT.size)
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds to a count, which starts anew when its window has ended."""
        with self._alone():
            at, ends, count = self._find(key)
            if ends <= time.time():
                ends, count = time.time() + expiry, 0
            _SLOT.pack_into(self._memory, at, _digest(key), ends, count + amount)
            return count + amount

    def get(self, key: str) -> int:
        """The count of the window that runs."""
        with self._alone():
            _, ends, count = self._find(key)
            return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends, in seconds since 1970; now, where none runs."""
        with self._alone():
            return max(time.time(), self._find(key)[1])

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int | None:
        """Forgets all counts."""
        with self._alone():
            self._memory[:] = bytes(len(self._memory))
        return None

    def clear(self, key: str) -> None:
        """Forgets a count."""
        with self._alone():
            _SLOT.pack_into(self._memory, self._find(key)[0], 0, 0.0, 0)

    def _find(self, key: str) -> tuple[int, float, int]:
        """Where the key's count stands, or shall stand; when it ends, and what it is."""
        digest = _digest(key)
        slots = [(digest + step) % SLOTS * _SLOT.size for step in range(NEIGHBOURS)]
        held = [_SLOT.unpack_from(self._memory, at) for at in slots]
        for at, (whose, ends, count) in zip(slots, held, strict=True):
            if whose == digest:
                return at, ends, count
        ends_first = min(range(NEIGHBOURS), key=lambda at: held[at][1])
        return slots[ends_first], 0.0, 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """While it lasts, no other thread and no other process counts. A process that is killed lets go."""
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.blake2b(key.encode(errors="replace"), digest_size=8).digest()) or 1
