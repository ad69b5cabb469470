"""Limits how many requests a process holds at the same time; further requests are refused at once."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Lock
from typing import Any

from flask import Flask, current_app, g, request

from nutgraf.http.security.authentication import SIGNED_BLUEPRINTS, is_protected
from nutgraf.observability import metrics
from nutgraf.service.compute_slot import BusyError

# How many threads never wait for bodies, if there are at least three, so that probes and refusals are answered.
RESERVED_THREADS = 2
# How many threads may wait for bodies of senders that are not authenticated yet; a webhook is authenticated by a signature
# of its body.
MAX_UNAUTHENTICATED_BODIES = 4


class AdmissionQueue:
    """Two limits of one process: on the admitted requests, and on these together with the threads that wait for bodies.

    An admitted request has a place until it ends: it waits or is computed. The queue bounds the memory for bodies, the
    waiting time, and the threads that clients occupy; its methods may be called from any thread.
    """

    def __init__(self, places: int, threads: int) -> None:
        self._places, self._max_busy_threads = places, max(1, threads - RESERVED_THREADS)
        self._lock = Lock()
        self._admitted = self._reading = self._unauthenticated = 0

    @property
    def free_places(self) -> int:
        """The number of requests that may still enter."""
        return self._places - self._admitted

    def enter(self) -> Callable[[], None]:
        """Takes a place without waiting and returns the function that frees it. Raises BusyError if all are taken."""
        with self._lock:
            if self._admitted >= self._places:
                raise BusyError("Too many requests are waiting already.")
            self._admitted += 1
        return self._leave

    def _leave(self) -> None:
        with self._lock:
            self._admitted -= 1

    def begin_reading(self, is_unauthenticated: bool) -> Callable[[], None]:
        """Lets a thread wait for a body, and returns the function to call afterwards.

        Raises BusyError if the threads that wait for bodies and the admitted requests together reach the limit, or if
        MAX_UNAUTHENTICATED_BODIES threads already wait for bodies of unauthenticated senders.
        """
        with self._lock:
            too_many_unauthenticated = is_unauthenticated and self._unauthenticated >= MAX_UNAUTHENTICATED_BODIES
            if too_many_unauthenticated or self._reading + self._admitted >= self._max_busy_threads:
                raise BusyError("Too many request bodies are being received. Send the request again.")
            self._reading += 1
            self._unauthenticated += is_unauthenticated

        def end() -> None:
            with self._lock:
                self._reading -= 1
                self._unauthenticated -= is_unauthenticated

        return end


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Creates the application's admission queue of `max_waiting` places; a request frees its place when it ends."""
    app.extensions["nutgraf-admission"] = AdmissionQueue(settings["max_waiting"], settings["threads"])
    app.teardown_request(_leave)


def enter() -> None:
    """Takes a place for the current request until it ends; a request to a public route takes none.

    Calling it again has no effect. Raises BusyError if all places are taken.
    """
    if is_protected() and "leave_queue" not in g:
        g.leave_queue = current_app.extensions["nutgraf-admission"].enter()
        metrics.ADMITTED_REQUESTS.inc()


@contextmanager
def body_reading() -> Iterator[None]:
    """Context manager for reading the body of the current request: limits how many threads wait for bodies.

    Raises BusyError if too many threads are busy, or if too many wait for bodies of unauthenticated senders.
    """
    end = current_app.extensions["nutgraf-admission"].begin_reading(request.blueprint in SIGNED_BLUEPRINTS)
    try:
        yield
    finally:
        end()


def _leave(error: BaseException | None) -> None:
    if leave := g.pop("leave_queue", None):
        leave()
        metrics.ADMITTED_REQUESTS.dec()
