"""Two compute slots per process: one small and one large request are computed at the same time.

More threads would only compete for the interpreter lock: eight threads served 40% fewer requests than two slots
(`python -m bench http FILE`). Large requests have their own slot, so that small ones do not queue behind them. While a
large request is computed, the interpreter switches threads more often than every 5 ms, so that small ones stay fast.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from nutgraf.errors import NutgrafError, counted

# About ten articles of usual length; summarizing them takes about 15 ms.
LARGE_CHARACTERS = 100_000
SWITCH_SECONDS = 0.0002

_small, _large = Lock(), Lock()


class BusyError(NutgrafError):
    """The service has too many requests to answer this one soon."""

    problem_type = "busy"


@contextmanager
def compute_slot(characters: int, wait_seconds: float | None = None) -> Iterator[None]:
    """Waits for the compute slot of a request with this number of characters, and holds it during the `with` block.

    Raises BusyError if the slot is not free within `wait_seconds`; None means no time limit.
    """
    slot = _large if characters > LARGE_CHARACTERS else _small
    if not slot.acquire(timeout=-1 if wait_seconds is None else wait_seconds):
        raise BusyError(f"The request waited {counted(wait_seconds or 0, 'second')} for its turn.")
    normal_interval = sys.getswitchinterval()
    if slot is _large:
        sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        if slot is _large:
            sys.setswitchinterval(normal_interval)
        slot.release()
