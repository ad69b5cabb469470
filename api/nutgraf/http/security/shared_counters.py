"""Request counters in memory that all processes of one server share.

With a counter per process, the processes together would allow a multiple of the limit. The counters are in shared memory
that is allocated before the server forks. It holds a hash table of fixed size, so many clients need no more memory. A key
may use one of SLOTS_PER_KEY slots. If all are taken, the counter whose window ends first is dropped: its client starts again
at 0. Windows are measured by the monotonic clock, so a change of the system's time does not change a window.
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

SLOT_COUNT = 16_384
# A counter may be in any of this many slots, starting at the one that its digest selects.
SLOTS_PER_KEY = 8
_SLOT_STRUCT = struct.Struct("=QdQ")  # digest, end of the window as a value of time.monotonic, count


class SharedCounters(Storage):
    """A storage backend for flask-limiter, with fixed windows. All processes of one server share its counters.

    It must be created before the server forks, because the processes inherit its memory and its lock file.
    """

    STORAGE_SCHEME = ["shared"]  # noqa: RUF012  # as its base class has it

    def __init__(self, uri: str | None = None, wrap_exceptions: bool = False, **options: float | str | bool) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._file, path = tempfile.mkstemp()
        os.unlink(path)
        weakref.finalize(self, os.close, self._file)
        os.truncate(self._file, SLOT_COUNT * _SLOT_STRUCT.size)
        self._memory = mmap.mmap(self._file, SLOT_COUNT * _SLOT_STRUCT.size)
        self._lock = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Adds `amount` to a counter and returns its value. A counter whose window has ended restarts at 0.

        `expiry` is the length of a new window in seconds.
        """
        with self._exclusive():
            offset, window_end, count = self._find_slot(key)
            if window_end <= time.monotonic():
                window_end, count = time.monotonic() + expiry, 0
            _SLOT_STRUCT.pack_into(self._memory, offset, _digest(key), window_end, count + amount)
            return count + amount

    def get(self, key: str) -> int:
        """Returns the value of the counter in its current window; 0 if it has none."""
        with self._exclusive():
            _, window_end, count = self._find_slot(key)
            return count if window_end > time.monotonic() else 0

    def get_expiry(self, key: str) -> float:
        """Returns the end of the counter's window in seconds since 1970; the current time if it has none."""
        with self._exclusive():
            return time.time() + max(0.0, self._find_slot(key)[1] - time.monotonic())

    def check(self) -> bool:
        """Returns True: the memory is always available."""
        return True

    def reset(self) -> int | None:
        """Sets all counters to 0."""
        with self._exclusive():
            self._memory[:] = bytes(len(self._memory))
        return None

    def clear(self, key: str) -> None:
        """Deletes the counter of a key, if it has one."""
        with self._exclusive():
            offset = self._find_slot(key)[0]
            if _SLOT_STRUCT.unpack_from(self._memory, offset)[0] == _digest(key):  # not the counter of another key
                _SLOT_STRUCT.pack_into(self._memory, offset, 0, 0.0, 0)

    def _find_slot(self, key: str) -> tuple[int, float, int]:
        """Returns the offset of the key's counter in the memory, the end of its window, and its value.

        If the key has no counter, these are the offset of the slot to use, 0 and 0.
        """
        digest = _digest(key)
        offsets = [(digest + step) % SLOT_COUNT * _SLOT_STRUCT.size for step in range(SLOTS_PER_KEY)]
        entries = [_SLOT_STRUCT.unpack_from(self._memory, offset) for offset in offsets]
        for offset, (owner, window_end, count) in zip(offsets, entries, strict=True):
            if owner == digest:
                return offset, window_end, count
        earliest = min(range(SLOTS_PER_KEY), key=lambda index: entries[index][1])
        return offsets[earliest], 0.0, 0

    @contextmanager
    def _exclusive(self) -> Iterator[None]:
        """A lock against other threads and processes. The kernel releases it if the process is killed."""
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _digest(key: str) -> int:
    # Never 0, which marks an empty slot.
    return int.from_bytes(hashlib.blake2b(key.encode(errors="replace"), digest_size=8).digest()) or 1
