"""The task queue for workers: huey, stored in the job database. No other module imports huey.

Messages are JSON and contain only ids. A lost message costs only time, because the tables record which tasks are open.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import psycopg
from huey import Huey, PostgresHuey
from huey.consumer import BaseProcess, Consumer, Worker
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage
from sqlalchemy.engine import URL

from nutgraf.jobs.database import BUSY_SECONDS, POSTGRES, Database, StorageUnavailableError, file_identity
from nutgraf.jobs.leases import Task

# Posting a job queues one message, so that it is fast; a worker splits the job into tasks before it works on other tasks.
START_PRIORITY = 100.0
# How often an idle worker polls a database that can't notify it.
POLL_SECONDS = 0.5
TICK_SECONDS = 1.0
# How long a process may go on after a request to stop, before it is interrupted and its task goes to another worker.
SHUTDOWN_SECONDS = 30

log = logging.getLogger("nutgraf")


class _JSONMessages(Serializer):
    """Messages as JSON, so that content of the database is never executed (huey's default is pickle)."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class _SqliteMessages(SqliteStorage):
    """Messages in a SQLite file. If the file is replaced while it is open, the new file is used."""

    _conn: sqlite3.Connection | None
    _opened: object = None

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection, which huey uses only while it holds its lock."""
        if self._conn is not None and file_identity(self.filename) != self._opened:
            self._conn.close()
            self._conn = None
        if self._conn is None:
            self._conn = self._create_connection()
            if file_identity(self.filename) != self._opened:
                for statement in self.ddl:  # creates missing tables
                    self._conn.execute(statement)
                self._opened = file_identity(self.filename)
        return self._conn


class Queue:
    """The queue of tasks, with messages in the job database.

    The server announces jobs, and workers consume them. The queue connects on first use, so that it can be created before
    a fork.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begin: Callable[[str], None] = lambda job_id: None
        self._run: Callable[[Task], None] = lambda task: None

    def announce(self, job_id: str) -> None:
        """Asks a worker to queue the tasks of a job. If that fails, maintenance queues them later, so nothing is raised."""
        try:
            self._tasks["begin"](job_id)
        except (StorageUnavailableError, sqlite3.Error, psycopg.Error) as error:
            log.warning("job %s is waiting: the queue can't be written (%s)", job_id, type(error).__name__)

    def put(self, tasks: Iterable[Task]) -> None:
        """Queues tasks. The first task of every job comes before the second of any other, so that no job blocks others."""
        for task in tasks:
            self._tasks["run"](task.job_id, task.ordinal, priority=-float(task.ordinal))

    def close(self) -> None:
        """Closes the connection; the next operation opens a new one."""
        if "_huey" in self.__dict__:
            self._huey.storage.close()

    def is_empty(self) -> bool:
        """Whether no message is waiting."""
        return bool(self._huey.pending_count() == 0)

    def consume(
        self, begin: Callable[[str], None], run: Callable[[Task], None], tick: Callable[[], None], *, processes: int
    ) -> None:
        """Processes messages in `processes` processes until this process is asked to stop.

        `begin` is called with the id of each new job, `run` with each task, and `tick` every second in its own process.
        Raises StorageUnavailableError if the queue can't be opened.
        """
        self._begin, self._run = begin, run
        _ = self._tasks
        self.close()
        logging.getLogger("huey").setLevel(logging.WARNING)
        consumer = _Consumer(
            self._huey,
            tick,
            workers=processes,
            worker_type="process",
            periodic=False,
            max_delay=POLL_SECONDS,
            health_check_interval=1,
            graceful_signal="TERM",
            shutdown_timeout=SHUTDOWN_SECONDS,
        )
        consumer.run()

    @cached_property
    def _huey(self) -> Huey:
        try:
            return _create_huey(self._database.url, self._database.is_sqlite)
        except (sqlite3.Error, psycopg.Error) as error:
            raise StorageUnavailableError(type(error).__name__) from error

    @cached_property
    def _tasks(self) -> dict[str, Any]:
        self._database.prepare()  # also creates the folder of the SQLite file

        @self._huey.task(name="begin", priority=START_PRIORITY)
        def begin(job_id: str) -> None:
            self._begin(job_id)

        @self._huey.task(name="run")
        def run(job_id: str, ordinal: int) -> None:
            self._run(Task(job_id, ordinal))

        return {"begin": begin, "run": run}


def _create_huey(url: URL, is_sqlite: bool) -> Huey:
    common = {"name": "nutgraf", "results": False, "serializer": _JSONMessages()}
    if is_sqlite:
        return Huey(storage_class=_SqliteMessages, filename=url.database, timeout=BUSY_SECONDS, **common)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(connection=lambda: psycopg.connect(address, **POSTGRES), **common)


class _EndsWithConsumer:
    """A mixin for huey's processes: the process ends when the consumer does, even if the consumer was killed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._consumer_pid = os.getpid()

    def loop(self, now: Any = None) -> None:
        if os.getppid() != self._consumer_pid:
            raise KeyboardInterrupt  # huey's way to end a process
        super().loop(now)  # type: ignore[misc]  # of the class that this mixin extends


class _Worker(_EndsWithConsumer, Worker):
    pass


class _Ticking(BaseProcess):
    """Calls `tick` every second; it replaces huey's scheduler, which is not used."""

    def __init__(self, huey: Huey, stop_flag: Any, tick: Callable[[], None]) -> None:
        super().__init__(huey, stop_flag)
        self._tick = tick

    def loop(self, now: Any = None) -> None:
        self._tick()
        self.stop_flag.wait(TICK_SECONDS)


class _Clock(_EndsWithConsumer, _Ticking):
    pass


class _Consumer(Consumer):
    worker_class = _Worker

    def __init__(self, huey: Huey, tick: Callable[[], None], **options: Any) -> None:
        self._tick = tick
        super().__init__(huey, **options)

    def _create_scheduler(self) -> _Clock:
        return _Clock(self.huey, self.stop_flag, self._tick)
