"""What nobody asks for and every worker sees to: lost tasks, jobs that have expired, callbacks that are due."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor

from nutgraf.jobs import callbacks, leases, store
from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.queue import Queue
from nutgraf.jobs.webhooks import Sender

SWEEP_SECONDS = 5.0
# What was deleted stays in SQLite's log for no longer.
COMPACT_SECONDS = 60.0
# Calls wait for other servers, so several are made at once.
CALLS_AT_A_TIME = 8

log = logging.getLogger("nutgraf")


class Maintenance:
    """One of these runs beside the workers of each machine; that others run elsewhere does no harm."""

    def __init__(self, database: Database, queue: Queue, sender: Sender, result_line: callbacks.ResultLine) -> None:
        self._database, self._queue, self._sender, self._result_line = database, queue, sender, result_line
        self._calls: ThreadPoolExecutor | None = None
        self._under_way = 0
        # Not at once: what waited for a worker is in the queue, and is just being handed out.
        self._swept = self._compacted = time.monotonic()

    def tick(self) -> None:
        """Does what is due; where the database does not answer, the next tick tries again."""
        try:
            self._tell()
            if time.monotonic() - self._swept >= SWEEP_SECONDS:
                self._swept = time.monotonic()
                self._sweep()
        except StorageUnavailableError as error:
            log.warning("maintenance waits: the jobs' database does not answer (%s)", error)
        except Exception as error:
            log.error("maintenance failed: %s", type(error).__name__)

    def _sweep(self) -> None:
        for job_id in leases.unfinished(self._database):
            leases.complete(self._database, job_id)
        again = leases.requeue_expired(self._database, queue_is_empty=self._queue.is_empty())
        self._queue.put(again)
        if again:
            log.info("%d tasks were handed out again", len(again))
        if store.purge(self._database) or time.monotonic() - self._compacted >= COMPACT_SECONDS:
            self._compacted = time.monotonic()
            self._database.compact()

    def _tell(self) -> None:
        # Made in the process that ticks: threads do not survive a fork.
        self._calls = self._calls or ThreadPoolExecutor(CALLS_AT_A_TIME, thread_name_prefix="callback")
        for attempt in callbacks.claim(self._database, CALLS_AT_A_TIME - self._under_way):
            self._under_way += 1
            self._calls.submit(self._call, attempt)

    def _call(self, attempt: callbacks.Attempt) -> None:
        try:
            callbacks.make(self._database, attempt, self._sender, self._result_line)
        except StorageUnavailableError:
            log.warning("job %s: how its callback went could not be kept; it is tried again", attempt.job_id)
        finally:
            self._under_way -= 1
