"""A task -> its answers: claimed, answered one by one, recorded."""

import logging
import time
from collections.abc import Sequence
from typing import Protocol

from nutgraf.jobs import leases
from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.leases import Lease, Reply, Task

# Answers are kept when so much time has passed, so that a worker's death costs no more, and its lease is renewed.
RECORD_SECONDS = 1.0
# A request on which so many workers died in a row gets a problem instead of another try.
MAX_ATTEMPTS = 3
# While the database does not answer, what was worked out is held, and offered again after pauses that double.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
HOLD_SECONDS = 300.0

log = logging.getLogger("nutgraf")


class Responder(Protocol):
    """What answers requests; the job system does not know how."""

    def __call__(self, body: bytes, request_id: str) -> Reply:
        """The reply to a request as `POST /summarize` takes it; never raises."""

    def fail(self, detail: str, request_id: str) -> Reply:
        """The reply to a request that can't be answered through a fault of the service."""


def run(database: Database, respond: Responder, task: Task, *, lease_seconds: int) -> bool:
    """Answers what of the task is unanswered; whether the job is done with it. Raises StorageUnavailableError."""
    lease = leases.claim(database, task, lease_seconds)
    if lease is None:
        return False
    # After a death the answers are kept one by one: what is unanswered first is then what the worker died on.
    careful = lease.attempts > 1
    replies: list[tuple[int, Reply]] = []
    since = time.monotonic()
    deadly = lease.attempts > MAX_ATTEMPTS
    for position, request in leases.unanswered(database, task):
        request_id = f"{task.job_id}.{position}"
        replies.append((position, _give_up(respond, request_id) if deadly else respond(request, request_id)))
        deadly = False
        if careful or time.monotonic() - since > RECORD_SECONDS:
            if not _record(database, lease, replies, last=False):
                return False
            replies, since = [], time.monotonic()
    return _record(database, lease, replies, last=True) and leases.complete(database, task.job_id)


def _give_up(respond: Responder, request_id: str) -> Reply:
    log.error("request %s was given up: %d workers died on it", request_id, MAX_ATTEMPTS)
    return respond.fail("The workers that tried it died.", request_id)


def _record(database: Database, lease: Lease, replies: Sequence[tuple[int, Reply]], *, last: bool) -> bool:
    pause, end = FIRST_PAUSE_SECONDS, time.monotonic() + HOLD_SECONDS
    while True:
        try:
            return leases.record(database, lease, replies, last=last)
        except StorageUnavailableError:
            if time.monotonic() > end:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
