"""How many requests a process works on at a time; those beyond are refused at once."""

from collections.abc import Callable, Mapping
from threading import BoundedSemaphore
from typing import Any

from flask import Flask, current_app, g

from nutgraf.http.security.authentication import asks_for_work
from nutgraf.observability import metrics
from nutgraf.service.compute_slot import BusyError


class AdmissionQueue:
    """The requests that a process works on at a time, those that are being computed among them."""

    def __init__(self, places: int) -> None:
        self._places = BoundedSemaphore(places)

    def enter(self) -> Callable[[], None]:
        """Takes a place at once, and returns how to leave it. Raises BusyError where there is none."""
        if not self._places.acquire(blocking=False):
            raise BusyError("More requests are waiting than can be answered soon.")
        return self._places.release


def register(app: Flask, settings: Mapping[str, Any]) -> None:
    """Gives the application its queue, which each request leaves when it ends."""
    app.extensions["nutgraf-admission"] = AdmissionQueue(settings["max_waiting"])
    app.teardown_request(_leave)


def enter() -> None:
    """Takes a place for the request that is served, until it ends. Raises BusyError where there is none."""
    if asks_for_work() and "leave_queue" not in g:
        g.leave_queue = current_app.extensions["nutgraf-admission"].enter()
        metrics.INSIDE.inc()


def _leave(error: BaseException | None) -> None:
    if leave := g.pop("leave_queue", None):
        leave()
        metrics.INSIDE.dec()
