"""In each process one small request and one large one are computed at a time.

More threads at once would only fight for the interpreter's lock: eight of them served 40% fewer requests than two slots do
(`python -m bench http FILE`). A large request has a slot of its own, so that small ones do not queue behind it; while it
is computed the lock changes hands more often, so that a small one does not wait its usual 5 ms again and again.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from nutgraf.errors import NutgrafError

# About ten articles of usual length take this; they are summarized in some 15 ms.
LARGE_CHARACTERS = 100_000
SWITCH_SECONDS = 0.0002

_small, _large = Lock(), Lock()


class BusyError(NutgrafError):
    """The service has more requests than it can answer soon."""

    problem_type = "busy"


@contextmanager
def compute_slot(characters: int, wait_seconds: float | None = None) -> Iterator[None]:
    """The right to compute a request with so many characters of text, for the time of a `with` block.

    Raises BusyError after `wait_seconds`; None waits as long as it takes.
    """
    slot = _large if characters > LARGE_CHARACTERS else _small
    if not slot.acquire(timeout=-1 if wait_seconds is None else wait_seconds):
        raise BusyError(f"The request waited {wait_seconds:g} seconds for its turn.")
    usual = sys.getswitchinterval()
    if slot is _large:
        sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        if slot is _large:
            sys.setswitchinterval(usual)
        slot.release()
