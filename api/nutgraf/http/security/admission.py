"""Limits how many requests a process holds at the same time; further requests are refused at once."""

from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, current_app, g

from nutgraf.http.security.authentication import needs_admission
from nutgraf.observability import metrics
from nutgraf.service.compute_slot import BusyError


class AdmissionQueue:
    """A fixed number of places for the requests of one process, both waiting and being computed.

    It bounds the memory for bodies and the waiting time; its methods may be called from any thread.
    """

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)

    def enter(self) -> Callable[[], None]:
        """Takes a place without waiting and returns the function that frees it. Raises BusyError if all are taken."""
        if not self._places.acquire(blocking=False):
            raise BusyError("Too many requests are waiting already.")
        return self._places.release


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Creates the application's admission queue of `max_waiting` places; a request frees its place when it ends."""
    app.extensions["nutgraf-admission"] = AdmissionQueue(settings["max_waiting"])
    app.teardown_request(_leave)


def enter() -> None:
    """Takes a place for the current request until it ends; requests that need no computation take none.

    Calling it again has no effect. Raises BusyError if all places are taken.
    """
    if needs_admission() and "leave_queue" not in g:
        g.leave_queue = current_app.extensions["nutgraf-admission"].enter()
        metrics.ADMITTED_REQUESTS.inc()


def _leave(error: BaseException | None) -> None:
    if leave := g.pop("leave_queue", None):
        leave()
        metrics.ADMITTED_REQUESTS.dec()
