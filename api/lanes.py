"""Threads take turns: in each process one small request and one large one are computed at a time.

More threads at once would only fight for the interpreter's lock: eight of them served 40% fewer requests than two lanes do
(`python -m bench http FILE`). A large request has a lane of its own, so that small ones do not queue behind it; while it
is computed the lock changes hands more often, so that a small one does not wait its usual 5 ms again and again.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock

# About ten articles of usual length take this; they are summarized in some 15 ms.
LARGE_CHARACTERS = 100_000
SWITCH_SECONDS = 0.0002

_small, _large = Lock(), Lock()


def lane(characters: int) -> AbstractContextManager[object]:
    """The turn of a request with so many characters of text: wait for it with `with`."""
    return _giving_way() if characters > LARGE_CHARACTERS else _small


@contextmanager
def _giving_way() -> Iterator[None]:
    with _large:
        usual = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            yield
        finally:
            sys.setswitchinterval(usual)
