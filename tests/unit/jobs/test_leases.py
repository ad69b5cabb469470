"""A task has one holder at a time; if it dies, another worker continues, and each request is answered once."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event

from nutgraf.jobs import leases, store, task_execution
from nutgraf.jobs.database import Database, StorageUnavailableError
from nutgraf.jobs.leases import Task
from nutgraf.service.respond import Responder
from nutgraf.settings import load
from tests.builders import NEWS
from tests.workers import jobs_of

REQUEST = b'{"articles":[{"text":"%s"}]}' % NEWS.encode()
DONE = (200, b'{"the":"first"}')
LATE = (200, b'{"the":"second"}')


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    """An application on each kind of database."""
    return make_app()


@pytest.fixture
def database(app: Flask) -> Database:
    return jobs_of(app).database


def job(database: Database, total: int = 3) -> str:
    return store.create_or_find(database, store.NewJob(total, "digest", 60), [REQUEST] * total)[0].id


def statuses(database: Database, job_id: str) -> list[int]:
    return [status for _, status, _ in store.results(database, job_id)]


def test_a_task_is_claimed_once(database: Database) -> None:
    task = Task(job(database), 0)
    assert leases.claim(database, task, 60)
    assert leases.claim(database, task, 60) is None
    assert store.find(database, task.job_id, None).running == 1


def test_a_task_of_a_dead_worker_is_claimed_by_another_and_the_first_can_not_write(database: Database) -> None:
    task = Task(job(database), 0)
    dead = leases.claim(database, task, 0)
    assert dead
    time.sleep(0.05)
    assert leases.requeue_expired(database, queue_is_empty=False) == [task]
    living = leases.claim(database, task, 60)
    assert living
    assert living.attempts == 2
    assert leases.record(database, living, [(0, DONE)], last=True)
    assert not leases.record(database, dead, [(0, LATE)], last=True)
    assert [(status, content) for _, status, content in store.results(database, task.job_id)] == [DONE]


def test_a_renewed_lease_is_not_taken_over(database: Database) -> None:
    task = Task(job(database, 40), 0)
    lease = leases.claim(database, task, 60)
    assert lease
    assert leases.record(database, lease, [(0, DONE)], last=False)
    assert leases.requeue_expired(database, queue_is_empty=True) == []
    assert [at for at, _ in leases.unanswered_requests(database, task)] == [1, 2]


@contextmanager
def reads_counted(database: Database) -> Iterator[list[str]]:
    """Records the queries that read requests or results."""
    queries: list[str] = []

    def count(connection: object, cursor: object, statement: str, *more: object) -> None:
        if statement.startswith(("SELECT", "WITH")) and "job_items" in statement:
            queries.append(statement)

    event.listen(database._engine, "before_cursor_execute", count)
    try:
        yield queries
    finally:
        event.remove(database._engine, "before_cursor_execute", count)


def test_the_requests_of_a_task_are_read_with_one_query(database: Database) -> None:
    """Each request was once read with its own query."""
    requests = [b'{"number":%d}' % number for number in range(2 * 16 * 16)]
    job_id = store.create_or_find(database, store.NewJob(len(requests), "digest", 60), requests)[0].id
    read: dict[int, bytes] = {}
    tasks = leases.tasks_to_queue(database, job_id)
    with reads_counted(database) as queries:
        for task in tasks:
            read.update(leases.unanswered_requests(database, task))
    assert read == dict(enumerate(requests))
    assert len(queries) == len(tasks) == 2 * 16


def test_long_requests_of_a_task_are_not_all_in_memory_at_once(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "MAX_READ_BYTES", 25)
    requests = [b"a" * 10, b"b" * 10, b"c" * 10, b"d" * 10, b"e" * 100, b"f"]
    job_id = store.create_or_find(database, store.NewJob(6 * 16, "digest", 60), requests * 16)[0].id
    with reads_counted(database) as queries:
        assert list(leases.unanswered_requests(database, Task(job_id, 0))) == list(enumerate(requests))
    assert len(queries) == 3  # a b c, d e, f: the last may begin below the limit


def test_a_task_without_requests_is_read_once(database: Database) -> None:
    job_id = job(database)
    store.delete_job(database, job_id, store.ALL_OWNERS)
    with reads_counted(database) as queries:
        assert list(leases.unanswered_requests(database, Task(job_id, 0))) == []
    assert len(queries) == 1


def test_a_request_that_takes_longer_than_the_lease_is_not_repeated(database: Database) -> None:
    """Leases were once renewed only between two requests, so another worker began the same task."""
    expired: list[Task] = []
    lease_seconds = 4  # a busy machine may pause a process for more than a second, and a shorter lease then ends

    class Slow(Responder):
        def __call__(self, body: bytes, request_id: str) -> tuple[int, bytes]:
            end = time.monotonic() + 1.3 * lease_seconds
            while time.monotonic() < end:
                expired.extend(leases.requeue_expired(database, queue_is_empty=False))
                time.sleep(0.1)
            return DONE

    task = Task(job(database, 1), 0)
    assert task_execution.run(database, Slow(load()), task, lease_seconds=lease_seconds)
    assert expired == []
    assert statuses(database, task.job_id) == [200]


def test_a_lost_message_is_detected_if_the_queue_is_empty(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    job_id = job(database, 2)
    assert leases.requeue_expired(database, queue_is_empty=True) == []
    monkeypatch.setattr(leases, "LOST_AFTER_SECONDS", 0)
    time.sleep(0.05)
    assert leases.requeue_expired(database, queue_is_empty=False) == []
    assert leases.requeue_expired(database, queue_is_empty=True) == [Task(job_id, 0), Task(job_id, 1)]


def test_a_job_is_completed_if_its_worker_dies_before_completing_it(database: Database) -> None:
    task = Task(job(database, 1), 0)
    lease = leases.claim(database, task, 60)
    assert lease
    assert leases.record(database, lease, [(0, DONE)], last=True)
    assert store.find(database, task.job_id, None).state == "running"
    assert leases.jobs_to_complete(database) == [task.job_id]
    assert leases.complete(database, task.job_id)
    assert not leases.complete(database, task.job_id)
    assert leases.jobs_to_complete(database) == []


def test_a_request_that_kills_workers_gets_a_problem_and_the_others_are_answered(app: Flask) -> None:
    """The second of three kills every worker; after three deaths it gets a problem, and the third is answered."""

    class Deadly(Responder):
        def __call__(self, body: bytes, request_id: str) -> tuple[int, bytes]:
            if request_id.endswith(".1"):
                raise SystemExit
            return super().__call__(body, request_id)

    jobs = jobs_of(app)
    job_id, _ = store.create_or_find(jobs.database, store.NewJob(40, "digest", 60), [REQUEST] * 40)
    task = Task(job_id.id, 0)
    for _ in range(6):
        try:
            task_execution.run(jobs.database, Deadly(load()), task, lease_seconds=0)
            break
        except SystemExit:
            time.sleep(0.05)
    assert statuses(jobs.database, task.job_id) == [200, 500, 200]
    given_up = next(content for at, _, content in store.results(jobs.database, task.job_id) if at == 1)
    assert b"/problems/internal-error" in given_up


def test_answers_are_kept_in_memory_while_the_database_is_unavailable(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = jobs_of(app)
    job_id, _ = store.create_or_find(jobs.database, store.NewJob(1, "digest", 60), [REQUEST])
    real, failures = leases.record, iter([True, True, False])

    def sometimes(*arguments: object, **more: object) -> bool:
        if next(failures):
            raise StorageUnavailableError("gone")
        return real(*arguments, **more)  # type: ignore[arg-type]  # whatever it is given

    monkeypatch.setattr(leases, "record", sometimes)
    monkeypatch.setattr(task_execution, "FIRST_PAUSE_SECONDS", 0.01)
    assert task_execution.run(jobs.database, Responder(load()), Task(job_id.id, 0), lease_seconds=60)
    assert statuses(jobs.database, job_id.id) == [200]


@pytest.mark.parametrize(("total", "sizes"), [(1, {1}), (40, {3, 1}), (1_000, {16, 8})])
def test_a_small_job_is_split_for_several_workers_and_a_large_one_needs_few_messages(
    database: Database, total: int, sizes: set[int]
) -> None:
    job_id = job(database, total)
    tasks = leases.tasks_to_queue(database, job_id)
    found = {len(list(leases.unanswered_requests(database, task))) for task in (tasks[0], tasks[-1])}
    assert found == sizes
