"""Three compute slots per process: at most one small, one large and one huge request are computed at a time.

More threads would only compete for the interpreter lock: eight threads served 40% fewer requests than two slots did, before
huge requests had their own (`python -m bench http FILE`). Large requests have their own slot, so that small ones do not wait
behind them, and in the server their own process, so that they hardly delay small ones and can be ended at their deadline.
Huge requests take seconds, and clusters of usual length must not wait for them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from nutgraf.errors import NutgrafError, pluralize
from nutgraf.service.compute_process import ComputeProcess

# Requests with more characters are large: about six articles of usual length. Computing in another process costs 2 to 7 ms
# more: little beside the 51 ms of a text of this length or the 355 ms of eight articles, but 15% of the time of a short
# article (two busy cores).
LARGE_CHARACTERS = 20_000
# Requests with more characters are huge. Clusters of usual length are smaller.
HUGE_CHARACTERS = 200_000


class BusyError(NutgrafError):
    """The service has too many requests to answer this one soon."""

    problem_type = "busy"


class _Slot:
    """The right to compute one request, and the process that computes it; None if the calling thread computes it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.process: ComputeProcess[Any] | None = None


_small, _large, _huge = _Slot(), _Slot(), _Slot()


def use_process(process: ComputeProcess[Any] | None) -> None:
    """Sets the process that computes large requests; it must have been started. None: the calling threads compute them."""
    _large.process = process
    _huge.process = process and process.another()


@contextmanager
def compute_slot(characters: int, wait_seconds: float | None = None) -> Iterator[ComputeProcess[Any] | None]:
    """Waits for the compute slot of a request with this number of characters, and holds it during the `with` block.

    Yields the process that must compute the request, or None if the calling thread must. Raises BusyError if the slot is
    not free within `wait_seconds`; None means no time limit.
    """
    slot = _small if characters <= LARGE_CHARACTERS else _large if characters <= HUGE_CHARACTERS else _huge
    if not slot.lock.acquire(timeout=-1 if wait_seconds is None else wait_seconds):
        raise BusyError(f"The request waited {pluralize(wait_seconds or 0, 'second')} for its turn.")
    try:
        yield slot.process if slot.process and slot.process.is_available else None
    finally:
        slot.lock.release()
