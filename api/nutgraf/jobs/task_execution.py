"""Executes a task: claims it, answers its requests one by one, and records the answers."""

import logging
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import Protocol

from nutgraf.jobs import leases
from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.leases import Lease, Reply, Task

# Answers are stored, and the lease is renewed, after this time. If a worker dies, only later answers are computed again.
RECORD_SECONDS = 1.0
# How many times a lease is renewed within its duration, while a request is answered.
RENEWALS_PER_LEASE = 3
# A request on which this many workers in a row have died gets a problem instead of another attempt.
MAX_ATTEMPTS = 3
# While the database does not answer, answers are kept in memory, and storing is retried after pauses that double each time.
FIRST_PAUSE_SECONDS = 0.5
MAX_PAUSE_SECONDS = 10.0
HOLD_SECONDS = 300.0

log = logging.getLogger("nutgraf")


class Responder(Protocol):
    """The interface of the function that answers requests; `service.respond.Responder` implements it."""

    def __call__(self, body: bytes, request_id: str) -> Reply:
        """Returns the reply to a request as for `POST /summarize`; never raises an exception."""

    def fail(self, detail: str, request_id: str) -> Reply:
        """Returns the reply to a request that failed through a fault of the service."""


def run(database: Database, respond: Responder, task: Task, *, lease_seconds: int) -> bool:
    """Answers the unanswered requests of a task. Returns True if that completed the job.

    Does nothing if another worker has the task, and stops if the lease is lost. Raises StorageUnavailableError.
    """
    lease = leases.claim(database, task, lease_seconds)
    if lease is None:
        return False
    with _lease_renewal(database, lease):
        return _answer(database, respond, lease)


def _answer(database: Database, respond: Responder, lease: Lease) -> bool:
    task = lease.task
    # If a worker died on this task, answers are stored one by one: the first request without an answer is then the cause.
    one_by_one = lease.attempts > 1
    replies: list[tuple[int, Reply]] = []
    last_recorded = time.monotonic()
    is_deadly = lease.attempts > MAX_ATTEMPTS
    for position, request in leases.unanswered_requests(database, task):
        request_id = f"{task.job_id}.{position}"
        replies.append((position, _give_up(respond, request_id) if is_deadly else respond(request, request_id)))
        is_deadly = False
        if one_by_one or time.monotonic() - last_recorded > RECORD_SECONDS:
            if not _record(database, lease, replies, last=False):
                return False
            replies, last_recorded = [], time.monotonic()
    return _record(database, lease, replies, last=True) and leases.complete(database, task.job_id)


@contextmanager
def _lease_renewal(database: Database, lease: Lease) -> Iterator[None]:
    """Renews the lease during the `with` block, so that a long request does not make the worker look dead.

    A hanging request does not keep the lease for ever: the responder ends a request after a time limit.
    """
    is_over = Event()

    def renew() -> None:
        while not is_over.wait(lease.seconds / RENEWALS_PER_LEASE):
            try:
                if not leases.renew(database, lease):
                    return
            except StorageUnavailableError as error:
                log.warning("a lease could not be renewed: the job database does not answer (%s)", error)

    Thread(target=renew, name="lease", daemon=True).start()
    try:
        yield
    finally:
        is_over.set()


def _give_up(respond: Responder, request_id: str) -> Reply:
    log.error("request %s failed: %d workers died while answering it", request_id, MAX_ATTEMPTS)
    return respond.fail("The workers that tried to answer this request died.", request_id)


def _record(database: Database, lease: Lease, replies: Sequence[tuple[int, Reply]], *, last: bool) -> bool:
    pause, deadline = FIRST_PAUSE_SECONDS, time.monotonic() + HOLD_SECONDS
    while True:
        try:
            return leases.record(database, lease, replies, last=last)
        except StorageUnavailableError:
            if time.monotonic() > deadline:
                raise
        time.sleep(pause)
        pause = min(2 * pause, MAX_PAUSE_SECONDS)
