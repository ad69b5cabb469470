"""Maintenance next to the workers: queues lost tasks again, deletes expired jobs, and makes due callbacks."""

import logging
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from nutgraf.errors import pluralize
from nutgraf.jobs import callbacks, leases, store
from nutgraf.jobs.callback_client import CallbackClient
from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.queue import Queue

SWEEP_SECONDS = 5.0
# The maximum time that deleted text stays in SQLite's write-ahead log.
COMPACT_SECONDS = 60.0
# Callbacks wait for other servers, so several are made at the same time.
MAX_CONCURRENT_CALLS = 16

log = logging.getLogger("nutgraf")


class Maintenance:
    """The periodic work for jobs: callbacks, lost tasks, and expired jobs.

    One instance runs next to the workers of each machine. Several instances do not disturb each other, because each row is
    claimed in the database.
    """

    def __init__(
        self, database: Database, queue: Queue, callback_client: CallbackClient, result_line: callbacks.ResultLine
    ) -> None:
        self._database, self._queue, self._callback_client, self._result_line = database, queue, callback_client, result_line
        self._calls: ThreadPoolExecutor | None = None
        self._active_calls: Counter[str] = Counter()  # by host
        self._lock = Lock()
        # The first sweep is delayed: tasks that waited for a worker are in the queue, and are being started now.
        self._swept = self._compacted = time.monotonic()

    def tick(self) -> None:
        """Makes the callbacks that are due and, every SWEEP_SECONDS, repairs and deletes jobs. Never raises an exception.

        Repairing means to complete jobs and to requeue tasks whose lease has expired. If the database does not answer, the
        next tick tries again.
        """
        try:
            self._make_callbacks()
            if time.monotonic() - self._swept >= SWEEP_SECONDS:
                self._swept = time.monotonic()
                self._sweep()
        except StorageUnavailableError as error:
            log.warning("maintenance is waiting: the job database does not answer (%s)", error)
        except Exception as error:
            log.error("maintenance failed: %s", type(error).__name__)

    def _sweep(self) -> None:
        for job_id in leases.jobs_to_complete(self._database):
            leases.complete(self._database, job_id)
        requeued = leases.requeue_expired(self._database, queue_is_empty=self._queue.is_empty())
        self._queue.put(requeued)
        if requeued:
            log.info("queued %s again: a worker died or a message was lost", pluralize(len(requeued), "task"))
        if store.delete_expired_jobs(self._database) or time.monotonic() - self._compacted >= COMPACT_SECONDS:
            self._compacted = time.monotonic()
            self._database.compact()

    def _make_callbacks(self) -> None:
        # The threads are started in the process that ticks: they would not survive a fork.
        self._calls = self._calls or ThreadPoolExecutor(MAX_CONCURRENT_CALLS, thread_name_prefix="callback")
        with self._lock:
            active_calls = dict(+self._active_calls)
        limit = MAX_CONCURRENT_CALLS - sum(active_calls.values())
        for attempt in callbacks.claim(self._database, limit, active_calls):
            with self._lock:
                self._active_calls[attempt.host] += 1
            self._calls.submit(self._call, attempt)

    def _call(self, attempt: callbacks.Attempt) -> None:
        try:
            callbacks.deliver(self._database, attempt, self._callback_client, self._result_line)
        except StorageUnavailableError:
            log.warning(
                "job %s: the outcome of its callback could not be stored; the callback will be repeated", attempt.job_id
            )
        finally:
            with self._lock:
                self._active_calls[attempt.host] -= 1
                self._active_calls = +self._active_calls  # drops hosts with no active call
