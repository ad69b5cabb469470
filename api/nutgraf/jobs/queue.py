"""Tasks -> workers, by huey, on the database of the jobs. No other module knows huey.

Messages hold ids alone, as JSON. One that is lost costs time, not work: the tables know what is undone.
"""

import json
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import psycopg
from huey import Huey, PostgresHuey, SqliteHuey
from huey.consumer import BaseProcess, Consumer, Worker
from huey.registry import Message
from huey.serializer import Serializer
from sqlalchemy.engine import URL

from nutgraf.jobs.database import BUSY_SECONDS, POSTGRES, Database, StorageUnavailableError
from nutgraf.jobs.leases import Task

# A job's tasks are put in the queue by a worker, before any task is worked on: who posts a large job does not wait for it.
FIRST = 100.0
# How often a worker without work looks again where the database can't wake it.
LONGEST_WAIT_SECONDS = 0.5
TICK_SECONDS = 1.0

log = logging.getLogger("nutgraf")


class _JSONMessages(Serializer):
    """Messages as JSON: what is read from a database is never code."""

    def _serialize(self, data: Any) -> bytes:
        return json.dumps(data).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(bytes(data)))


class Queue:
    """Where tasks wait. Opens its connection when first used, so that it may be made before a fork."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._begin: Callable[[str], None] = lambda job_id: None
        self._run: Callable[[Task], None] = lambda task: None

    def announce(self, job_id: str) -> None:
        """Has a worker put the job's tasks in the queue; where that fails they are handed out later."""
        try:
            self._tasks["begin"](job_id)
        except (StorageUnavailableError, sqlite3.Error, psycopg.Error) as error:
            log.warning("job %s waits: the queue can't be written (%s)", job_id, type(error).__name__)

    def put(self, tasks: Iterable[Task]) -> None:
        """Puts tasks in the queue. The first of every job come before the second of any, so that no job starves another."""
        for task in tasks:
            self._tasks["run"](task.job_id, task.ordinal, priority=-float(task.ordinal))

    def close(self) -> None:
        """Lets go of the connection; what is done next opens a new one."""
        if "_huey" in self.__dict__:
            self._huey.storage.close()

    def is_empty(self) -> bool:
        """Whether no task waits."""
        return bool(self._huey.pending_count() == 0)

    def consume(
        self, begin: Callable[[str], None], run: Callable[[Task], None], tick: Callable[[], None], *, processes: int
    ) -> None:
        """Works until the process is asked to stop: `tick` is called every second, in a process of its own.

        Raises StorageUnavailableError where the queue can't be opened.
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
            max_delay=LONGEST_WAIT_SECONDS,
            health_check_interval=1,
            graceful_signal="TERM",
            shutdown_timeout=30,
        )
        consumer.run()

    @cached_property
    def _huey(self) -> Huey:
        try:
            return _huey(self._database.url, self._database.is_sqlite)
        except (sqlite3.Error, psycopg.Error) as error:
            raise StorageUnavailableError(type(error).__name__) from error

    @cached_property
    def _tasks(self) -> dict[str, Any]:
        self._database.prepare()  # makes the folder of the file too

        @self._huey.task(name="begin", priority=FIRST)
        def begin(job_id: str) -> None:
            self._begin(job_id)

        @self._huey.task(name="run")
        def run(job_id: str, ordinal: int) -> None:
            self._run(Task(job_id, ordinal))

        return {"begin": begin, "run": run}


def _huey(url: URL, is_sqlite: bool) -> Huey:
    common = {"name": "nutgraf", "results": False, "serializer": _JSONMessages()}
    if is_sqlite:
        return SqliteHuey(filename=url.database, timeout=BUSY_SECONDS, **common)
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(connection=lambda: psycopg.connect(address, **POSTGRES), **common)


class _Bound:
    """A process of the consumer that ends when the consumer does, however that died."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._consumer = os.getpid()

    def loop(self, now: Any = None) -> None:
        if os.getppid() != self._consumer:
            raise KeyboardInterrupt  # huey's way to end a process
        super().loop(now)  # type: ignore[misc]  # of the class that this is mixed into


class _Worker(_Bound, Worker):
    pass


class _Ticking(BaseProcess):
    """Calls `tick` every second, in place of huey's schedule, which is not used."""

    def __init__(self, huey: Huey, stop_flag: Any, tick: Callable[[], None]) -> None:
        super().__init__(huey, stop_flag)
        self._tick = tick

    def loop(self, now: Any = None) -> None:
        self._tick()
        self.stop_flag.wait(TICK_SECONDS)


class _Clock(_Bound, _Ticking):
    pass


class _Consumer(Consumer):
    worker_class = _Worker

    def __init__(self, huey: Huey, tick: Callable[[], None], **options: Any) -> None:
        self._tick = tick
        super().__init__(huey, **options)

    def _create_scheduler(self) -> _Clock:
        return _Clock(self.huey, self.stop_flag, self._tick)
