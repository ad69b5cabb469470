"""A task -> its answers: claimed, answered one by one, recorded."""

import logging
import time
from collections.abc import Sequence

from api import problems
from api.jobs import leases
from api.jobs.database import Database, StorageUnavailable
from api.jobs.leases import Lease, Task
from api.lines import Asker, Reply

# Answers are kept when so much time has passed, so that a worker's death costs no more, and its lease is renewed.
RECORD_SECONDS = 1.0
# A request on which so many workers died in a row gets a problem instead of another try.
MOST_ATTEMPTS = 3
# While the database does not answer, what was worked out is held, and offered again after pauses that double.
FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 10.0
HOLD_SECONDS = 300.0

log = logging.getLogger("nutgraf")


def run(database: Database, asker: Asker, task: Task, *, lease_seconds: int) -> bool:
    """Answers what of the task is unanswered; whether the job is done with it. Raises StorageUnavailable."""
    lease = leases.claim(database, task, lease_seconds)
    if lease is None:
        return False
    # After a death the answers are kept one by one: what is unanswered first is then what the worker died on.
    careful = lease.attempts > 1
    replies: list[tuple[int, Reply]] = []
    since = time.monotonic()
    deadly = lease.attempts > MOST_ATTEMPTS
    for position, request in leases.unanswered(database, task):
        request_id = f"{task.job_id}.{position}"
        replies.append((position, _given_up(request_id) if deadly else asker.ask(request, request_id)))
        deadly = False
        if careful or time.monotonic() - since > RECORD_SECONDS:
            if not _record(database, lease, replies, last=False):
                return False
            replies, since = [], time.monotonic()
    return _record(database, lease, replies, last=True) and leases.complete(database, task.job_id)


def _given_up(request_id: str) -> Reply:
    log.error("request %s was given up: %d workers died on it", request_id, MOST_ATTEMPTS)
    return Reply(500, problems.as_json("internal-error", "The workers that tried it died.", request_id))


def _record(database: Database, lease: Lease, replies: Sequence[tuple[int, Reply]], *, last: bool) -> bool:
    pause, end = FIRST_PAUSE_SECONDS, time.monotonic() + HOLD_SECONDS
    while True:
        try:
            return leases.record(database, lease, replies, last=last)
        except StorageUnavailable:
            if time.monotonic() > end:
                raise
        time.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
