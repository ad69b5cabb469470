"""Interruption of long loops: the caller of the summarizer can stop the work between two rounds, for example at a deadline.

`summarize` calls `on_step` only between steps, and a step of a long text can take seconds. Loops whose number of rounds
depends on the text iterate over `interruptible(…)`, or call `check_for_interruption()`. Both call the function that
`checked_by` has set for the current thread. A check takes a tenth of a microsecond.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

T = TypeVar("T")
_check: ContextVar[Callable[[], object] | None] = ContextVar("check", default=None)


def check_for_interruption() -> None:
    """Calls the function that `checked_by` set for the current thread, if there is one.

    Raises what that function raises.
    """
    if check := _check.get():
        check()


def interruptible(items: Iterable[T]) -> Iterator[T]:
    """Yields the items, and before each of them calls the function that `checked_by` had set for the thread.

    It is the function that was set when `interruptible` was called. Raises what that function raises.
    """
    check = _check.get()
    return iter(items) if check is None else _with_checks(items, check)


def _with_checks(items: Iterable[T], check: Callable[[], object]) -> Iterator[T]:
    for item in items:
        check()
        yield item


@contextmanager
def checked_by(check: Callable[[], object]) -> Iterator[None]:
    """Calls `check` during the `with` block wherever a loop checks for interruption. It may raise an exception to stop."""
    token = _check.set(check)
    try:
        yield
    finally:
        _check.reset(token)
