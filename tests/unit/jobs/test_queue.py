"""The queue relies on undocumented parts of huey; these tests check them for the installed version.

If a test fails after an upgrade of huey, compare the named part with jobs/queue.py.
"""

import inspect
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huey import Huey, PostgresHuey
from huey.consumer import BaseProcess, Consumer, Worker
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import BaseSqlStorage, PostgresStorage, SqliteStorage

from nutgraf.jobs.database import Database
from nutgraf.jobs.leases import Task
from nutgraf.jobs.queue import Queue, _Clock, _Consumer, _JSONMessages, _SqliteMessages, _Worker

# The functions that we call or override, with their parameters in order.
SIGNATURES: list[tuple[Callable[..., Any], str]] = [
    (BaseProcess.__init__, "self huey stop_flag"),
    (BaseProcess.loop, "self now"),
    (Worker.__init__, "self huey stop_flag default_delay max_delay backoff max_tasks"),
    (Worker.loop, "self now"),
    (Consumer._create_worker, "self"),
    (Consumer._create_scheduler, "self"),
    (Consumer._create_process, "self process name"),
    (Consumer.run, "self"),
    (Serializer._serialize, "self data"),
    (Serializer._deserialize, "self data"),
    (SqliteStorage._create_connection, "self"),
    (BaseSqlStorage.close, "self"),
    (Huey.pending_count, "self"),
]
CONSUMER_OPTIONS = (
    "workers worker_type periodic max_delay health_check_interval graceful_signal shutdown_timeout check_worker_health"
)


@pytest.mark.parametrize(("function", "parameters"), SIGNATURES, ids=lambda value: getattr(value, "__qualname__", ""))
def test_used_functions_of_huey_have_the_same_parameters(function: Callable[..., Any], parameters: str) -> None:
    assert " ".join(inspect.signature(function).parameters) == parameters


@pytest.mark.parametrize(
    ("function", "names"),
    [
        (Consumer.__init__, CONSUMER_OPTIONS),
        (Huey.__init__, "name results serializer storage_class"),
        (Huey.task, "priority name"),
        (SqliteStorage.__init__, "filename timeout"),
        (PostgresHuey, "connection"),
    ],
    ids=lambda value: getattr(value, "__qualname__", ""),
)
def test_options_of_huey_have_the_same_names(function: Callable[..., Any], names: str) -> None:
    if function is PostgresHuey:  # a class of huey with a bound storage, which gets the other arguments
        function = PostgresStorage.__init__
    assert set(names.split()) <= set(inspect.signature(function).parameters)


def test_messages_of_huey_have_the_same_fields() -> None:
    """Messages are stored as JSON lists of these fields; workers of two versions may share one queue."""
    assert " ".join(Message._fields) == (
        "id name eta retries retry_delay priority args kwargs on_complete on_error expires expires_resolved timeout "
        "chord_config retry_backoff"
    )


def test_messages_are_json(tmp_path: Path) -> None:
    """A pickle, huey's default, would be executed."""
    database = Database(None, tmp_path)
    queue = Queue(database)
    queue.put([Task("a1", 3)])
    with sqlite3.connect(tmp_path / "nutgraf.db") as connection:
        rows = connection.execute("SELECT queue, data, priority FROM task").fetchall()
    connection.close()
    ((name, content, priority),) = rows
    assert (name, priority) == ("nutgraf", -3.0)
    message = Message(*json.loads(content))
    assert (message.name, message.args) == ("nutgraf.jobs.queue.run", ["a1", 3])
    assert isinstance(queue._huey.storage, _SqliteMessages)
    assert queue._huey.pending_count() == 1
    queue.close()
    database.close()


def test_huey_uses_the_overridden_parts(tmp_path: Path) -> None:
    """huey itself asks for the classes; if it no longer asked for one, that part would silently not be used."""
    database = Database(None, tmp_path)
    queue = Queue(database)
    database.prepare()
    huey = queue._huey
    assert isinstance(huey.serializer, _JSONMessages)
    made: list[object] = []

    class Watched(_Consumer):
        def _create_process(self, process: Any, name: str) -> Any:
            made.append(process)
            return super()._create_process(process, name)

    consumer = Watched(huey, lambda: None, workers=2, worker_type="process", periodic=False, graceful_signal="TERM")
    assert [type(process) for process in made] == [_Clock, _Worker, _Worker]
    assert consumer.environment.forks
    opened = huey.storage.conn
    assert (opened, huey.storage.conn) == (huey.storage._conn, opened)
    assert all(statement.startswith(("create ", "drop ")) for statement in huey.storage.ddl)
    queue.close()
    assert huey.storage._conn is None
    database.close()


def test_a_process_ends_quietly_with_the_interrupt_that_the_queue_raises(tmp_path: Path) -> None:
    """A process whose consumer was killed raises KeyboardInterrupt in its loop."""
    database = Database(None, tmp_path)
    queue = Queue(database)
    database.prepare()
    consumer = _Consumer(queue._huey, lambda: None, workers=1, worker_type="thread", periodic=False)
    rounds: list[int] = []

    class Orphan(BaseProcess):
        def loop(self, now: object = None) -> None:
            rounds.append(1)
            raise KeyboardInterrupt

    ended = consumer._create_process(Orphan(queue._huey, consumer.stop_flag), "Orphan")
    ended.start()
    ended.join(5)
    assert not ended.is_alive()
    assert rounds == [1]
    queue.close()
    database.close()
