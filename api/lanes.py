"""Threads take turns: in each process one small request and one large one are computed at a time.

More threads at once would only fight for the interpreter's lock: eight of them served 40% fewer requests than two lanes do
(`python -m bench http FILE`). A large request has a lane of its own, so that small ones do not queue behind it; while it
is computed the lock changes hands more often, so that a small one does not wait its usual 5 ms again and again.

Only so many requests of a process wait for their turn, and each only so long: the next are told at once to come again.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

# About ten articles of usual length take this; they are summarized in some 15 ms.
LARGE_CHARACTERS = 100_000
SWITCH_SECONDS = 0.0002
FOREVER = -1.0

_small, _large = Lock(), Lock()


class Busy(Exception):
    """Says that the service has more requests than it can carry."""


class Queue:
    """The requests that are in a process at a time, those in their turn among them."""

    def __init__(self, most: int) -> None:
        self._places = BoundedSemaphore(most)

    def enter(self) -> Callable[[], None]:
        """Takes a place at once, and returns how to leave it. Raises Busy where there is none."""
        if not self._places.acquire(blocking=False):
            raise Busy("More requests are waiting than can be answered soon.")
        return self._places.release


@contextmanager
def lane(characters: int, patience_seconds: float = FOREVER) -> Iterator[None]:
    """The turn of a request with so many characters of text: wait for it with `with`. Raises Busy after so long."""
    turn = _large if characters > LARGE_CHARACTERS else _small
    if not turn.acquire(timeout=patience_seconds):
        raise Busy(f"The request waited {patience_seconds:g} seconds for its turn.")
    usual = sys.getswitchinterval()
    if turn is _large:
        sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        if turn is _large:
            sys.setswitchinterval(usual)
        turn.release()
