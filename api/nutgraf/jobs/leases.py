"""Leases: which worker processes which task, and until when. If a worker dies, its lease expires and another takes over.

A worker whose lease has expired writes nothing, so that each request is answered only once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select, update

from nutgraf.jobs.database import Database
from nutgraf.jobs.store import end_job
from nutgraf.jobs.tables import items, jobs, now, tasks

# The status of an answer, and its content as JSON text.
Reply = tuple[int, bytes]
# If the queue is empty, a task that was queued longer ago is queued again, because its message is lost.
LOST_AFTER_SECONDS = 10
# The size of the requests of a task that a worker reads at a time; a single request may be longer.
MAX_READ_BYTES = 16 * 1024 * 1024
# Maximum number of tasks that one sweep queues again.
MAX_REQUEUED = 1_000


@dataclass(frozen=True, slots=True)
class Task:
    """A part of a job: consecutive requests that one worker answers; `ordinal` counts the tasks of the job from 0."""

    job_id: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer a task for `seconds`; `attempts` counts the claims since the task last made progress."""

    task: Task
    holder: str
    attempts: int
    seconds: int


def claim(database: Database, task: Task, seconds: int) -> Lease | None:
    """Returns a lease on the task for `seconds`, or None if the task is done, deleted, or leased by another worker.

    Raises StorageUnavailableError.
    """
    holder = uuid4().hex
    is_free = or_(tasks.c.state == "queued", and_(tasks.c.state == "running", tasks.c.lease_until < now()))
    with database.write() as connection:
        attempts = connection.execute(
            update(tasks)
            .where(_matches(task), is_free)
            .values(state="running", holder=holder, lease_until=now() + seconds, attempts=tasks.c.attempts + 1)
            .returning(tasks.c.attempts)
        ).scalar_one_or_none()
        if attempts is None:
            return None
        connection.execute(
            update(jobs).where(jobs.c.id == task.job_id, jobs.c.state == "queued").values(state="running", started_at=now())
        )
    return Lease(task, holder, attempts, seconds)


def unanswered_requests(database: Database, task: Task) -> Iterator[tuple[int, bytes]]:
    """Yields position and JSON text of each request of a task that has no answer, in order.

    Reads all of them with one query; if they have more than MAX_READ_BYTES, as many at a time as fit. Raises
    StorageUnavailableError.
    """
    last_position = -1
    while rows := _read_requests(database, task, last_position):
        for row in rows:
            yield row.position, bytes(row.request)
        last_position = rows[-1].position
        if rows[-1].is_last:
            return


def record(database: Database, lease: Lease, replies: Sequence[tuple[int, Reply]], *, last: bool) -> bool:
    """Stores replies by position, deletes their requests, and renews the lease, or ends it if the replies are the `last`.

    Returns False, and stores nothing, if the lease was lost. Raises StorageUnavailableError.
    """
    failed = sum(status != 200 for _, (status, _) in replies)
    with database.write() as connection:
        renewed = connection.execute(
            update(tasks)
            .where(_matches(lease.task), tasks.c.holder == lease.holder, tasks.c.state == "running")
            .values(
                state="done" if last else "running",
                lease_until=None if last else now() + lease.seconds,
                attempts=0 if replies else tasks.c.attempts,
                answered=tasks.c.answered + len(replies) - failed,
                failed=tasks.c.failed + failed,
            )
        )
        if not renewed.rowcount:
            return False
        if replies:
            connection.execute(
                update(items)
                .where(items.c.job_id == lease.task.job_id, items.c.position == bindparam("item_position"))
                .values(request=None, status=bindparam("code"), result=bindparam("content")),
                [{"item_position": position, "code": status, "content": content} for position, (status, content) in replies],
            )
    return True


def renew(database: Database, lease: Lease) -> bool:
    """Renews the lease. Returns False if it was lost. Raises StorageUnavailableError."""
    return record(database, lease, [], last=False)


def complete(database: Database, job_id: str) -> bool:
    """Ends the job, and schedules its callback, if all its tasks are done.

    Returns True only if this call ended it: of several workers, exactly one gets True. Raises StorageUnavailableError.
    """
    # The check needs its own transaction: two workers that finish the last two tasks at once do not see each other's writes.
    with database.read() as connection:
        if connection.execute(_open_tasks(job_id).limit(1)).first():
            return False
    with database.write() as connection:
        return end_job(connection, job_id, "done", from_states=("running",))


def tasks_to_queue(database: Database, job_id: str) -> list[Task]:
    """Returns the tasks of a job that no worker has started, and records that they are queued now.

    Raises StorageUnavailableError.
    """
    with database.write() as connection:
        ordinals = connection.execute(
            update(tasks)
            .where(tasks.c.job_id == job_id, tasks.c.state == "queued")
            .values(handed_out_at=now())
            .returning(tasks.c.ordinal)
        )
        return [Task(job_id, ordinal) for ordinal in sorted(ordinals.scalars())]


def requeue_expired(database: Database, *, queue_is_empty: bool) -> list[Task]:
    """Releases and returns tasks to queue again: those whose lease has expired and, if the queue is empty, lost ones.

    A task is lost if its message was queued more than LOST_AFTER_SECONDS ago. Raises StorageUnavailableError.
    """
    expired = and_(tasks.c.state == "running", tasks.c.lease_until < now())
    lost = and_(tasks.c.state == "queued", tasks.c.handed_out_at < now() - LOST_AFTER_SECONDS)
    with database.write() as connection:
        # Rows that another process has locked, perhaps on a disconnected machine, are left to the next sweep.
        query = (
            select(tasks.c.job_id, tasks.c.ordinal)
            .where(or_(expired, lost) if queue_is_empty else expired)
            .order_by(tasks.c.ordinal)
            .limit(MAX_REQUEUED)
            .with_for_update(skip_locked=True)
        )
        requeued = [Task(row.job_id, row.ordinal) for row in connection.execute(query)]
        if requeued:
            connection.execute(
                update(tasks)
                .where(tasks.c.job_id == bindparam("job"), tasks.c.ordinal == bindparam("task_ordinal"))
                .values(state="queued", holder=None, lease_until=None, handed_out_at=now()),
                [{"job": task.job_id, "task_ordinal": task.ordinal} for task in requeued],
            )
    return requeued


def jobs_to_complete(database: Database) -> list[str]:
    """Returns the ids of running jobs without an open task.

    They remain if a worker dies between recording the last task and calling `complete`. Raises StorageUnavailableError.
    """
    with database.read() as connection:
        query = select(jobs.c.id).where(jobs.c.state == "running", ~exists(_open_tasks(jobs.c.id).correlate(jobs)))
        return list(connection.execute(query).scalars())


def _read_requests(database: Database, task: Task, last_position: int) -> Sequence[Any]:
    """Rows of `position`, `request` and `is_last`: the first requests without an answer after a position, at least one."""
    size = func.length(items.c.request)  # the databases store the length, so this does not read the request
    sizes = (
        select(
            items.c.position,
            (func.sum(size).over(order_by=items.c.position) - size).label("bytes_before"),
            (func.max(items.c.position).over() == items.c.position).label("is_last"),
        )
        .join(tasks, tasks.c.job_id == items.c.job_id)
        .where(
            _matches(task),
            items.c.position.between(tasks.c.first, tasks.c.first + tasks.c.size - 1),
            items.c.position > last_position,
            items.c.status.is_(None),
        )
        .subquery()
    )
    query = (
        select(items.c.position, items.c.request, sizes.c.is_last)
        .join(sizes, items.c.position == sizes.c.position)
        .where(items.c.job_id == task.job_id, sizes.c.bytes_before < MAX_READ_BYTES)
        .order_by(items.c.position)
    )
    with database.read() as connection:
        return connection.execute(query).all()


def _open_tasks(job_id: object) -> Select[tuple[int]]:
    return select(tasks.c.ordinal).where(tasks.c.job_id == job_id, tasks.c.state != "done")


def _matches(task: Task) -> ColumnElement[bool]:
    return and_(tasks.c.job_id == task.job_id, tasks.c.ordinal == task.ordinal)
